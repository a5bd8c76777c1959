//! Calling a colleague or a team to a note: who can be called, and who of them would not see what they are called to.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use customers::masking::opens_profile;
use kernel::{ConversationId, CustomerId, CustomerNoteId, MemberId, TeamId};
use tenancy::{
    Composed, Error, MemberStanding, Permission, Reach, RightId, Row, Session, SightPoint, Work, args, part, sql,
};
use uuid::Uuid;

use crate::{NoteRefusal, Refusal, Visibility, conversation::show, note};

/// Whoever calls more than these calls nobody.
pub const MOST_MENTIONS: usize = 50;

/// Who is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mention {
    Member(MemberId),
    Team(TeamId),
}

/// Somebody that a note calls, by the name they have now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mentioned {
    pub mention: Mention,
    pub name: String,
}

/// What a note stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteOn {
    Conversation(ConversationId),
    Customer(CustomerId),
}

/// Somebody who would not see the note that calls them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CannotSee {
    pub member: MemberId,
    /// The team by which they are called.
    pub team: Option<TeamId>,
    pub why: Unseen,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unseen {
    /// The conversation is out of their sight.
    Conversation,
    /// The customer's profile is.
    Customer,
    /// They see no notes.
    Notes,
    /// They cannot be mentioned, or are here no longer.
    Mention,
}

impl Mention {
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::Member(_) => "member",
            Self::Team(_) => "team",
        }
    }

    pub(crate) fn id(self) -> Uuid {
        match self {
            Self::Member(id) => id.into(),
            Self::Team(id) => id.into(),
        }
    }

    pub(crate) fn read(kind: &str, id: Uuid) -> Result<Self, Error> {
        match kind {
            "member" => Ok(Self::Member(id.into())),
            "team" => Ok(Self::Team(id.into())),
            kind => Err(Error::Corrupt(format!("a mention of a {kind:?}"))),
        }
    }
}

/// Who of those that a note would call would not see it.
///
/// # Errors
/// What it stands on is out of the actor's sight, there is no such member or team, or they are too many.
pub async fn cannot_see(session: &mut Session, on: NoteOn, mentions: &[Mention]) -> Result<Vec<CannotSee>, Refusal> {
    let whom = whom(session, on).await?;
    let mut blind = Vec::new();
    for mention in distinct(mentions)? {
        let (team, members) = match mention {
            Mention::Member(member) => (None, vec![member]),
            Mention::Team(team) => (Some(team), members_of(session, team).await?),
        };
        for member in members {
            let standing = session.standing_of(member).await?;
            if let Some(why) = whom.unseen(&standing) {
                blind.push(CannotSee { member, team, why });
            }
        }
    }
    Ok(blind)
}

/// Who may open what a note stands on.
enum Whom {
    Conversation(SightPoint),
    /// Whose assigned contact the customer is.
    Customer(Vec<MemberId>),
}

async fn whom(session: &mut Session, on: NoteOn) -> Result<Whom, Refusal> {
    Ok(match on {
        NoteOn::Conversation(id) => Whom::Conversation(show(session, id).await?.sight()),
        NoteOn::Customer(id) => {
            customers::show(session, id).await?;
            Whom::Customer(customers::contacts(session, id).await?)
        }
    })
}

impl Whom {
    /// Why a member would not see the note; nothing if they would.
    fn unseen(&self, standing: &MemberStanding) -> Option<Unseen> {
        let viewer = standing.viewer();
        if !can_be_mentioned(standing) {
            return Some(Unseen::Mention);
        }
        if viewer.reach(Permission::NoteView) == Reach::None {
            return Some(Unseen::Notes);
        }
        match self {
            Self::Conversation(sight) => (!Visibility::of_viewer(&viewer).sees(sight)).then_some(Unseen::Conversation),
            Self::Customer(contacts) => {
                (!opens_profile(&viewer, contacts.contains(&standing.member.id))).then_some(Unseen::Customer)
            }
        }
    }
}

/// Whom a note calls, each once. Calling takes a right of its own, and being called too.
///
/// # Errors
/// The actor may not mention, there is no such member or team, somebody cannot be mentioned, or they are too many.
pub(crate) async fn allowed(work: &mut Work, mentions: &[Mention]) -> Result<Vec<Mention>, Refusal> {
    let mentions = distinct(mentions)?;
    if mentions.is_empty() {
        return Ok(mentions);
    }
    if let Some(decided_by) = work.viewer().access.and_then(|access| access.decider(Permission::NoteMention)) {
        return Err(Error::Forbidden { right: RightId::Catalogue(Permission::NoteMention), decided_by }.into());
    }
    for mention in &mentions {
        match *mention {
            Mention::Member(member) if !can_be_mentioned(&work.standing_of(member).await?) => {
                return Err(NoteRefusal::NotMentionable { member }.into());
            }
            Mention::Member(_) => {}
            Mention::Team(team) => drop(members_of(work, team).await?),
        }
    }
    Ok(mentions)
}

/// Writes down whom a note calls, instead of whom it called before.
pub(crate) async fn write(
    work: &mut Work,
    conversation: ConversationId,
    seq: i64,
    mentions: &[Mention],
) -> Result<(), Error> {
    let forget = sql!("delete from mentions where workspace_id = $1 and conversation_id = $2 and seq = $3");
    let insert =
        sql!("insert into mentions (workspace_id, target_id, conversation_id, seq, kind) values ($1, $2, $3, $4, $5)");
    work.run(forget, args![conversation, seq]).await?;
    for mention in mentions {
        work.run(insert, args![mention.id(), conversation, seq, mention.kind()]).await?;
    }
    Ok(())
}

/// Everybody whom these call, by themselves or by their teams, as far as they can be.
pub(crate) async fn called(session: &mut Session, mentions: &[Mention]) -> Result<BTreeSet<MemberId>, Refusal> {
    let mut called = BTreeSet::new();
    for mention in mentions {
        match *mention {
            Mention::Member(member) => drop(called.insert(member)),
            Mention::Team(team) => {
                for member in members_of(session, team).await? {
                    if can_be_mentioned(&session.standing_of(member).await?) {
                        called.insert(member);
                    }
                }
            }
        }
    }
    Ok(called)
}

/// Whom the notes of a conversation call, by their sequences, from one to another.
pub(crate) async fn mentioned(
    session: &mut Session,
    conversation: ConversationId,
    (first, last): (i64, i64),
) -> Result<BTreeMap<i64, Vec<Mentioned>>, Error> {
    let text = sql!(
        "select n.seq, n.kind, n.target_id, coalesce(m.display_name, a.name, t.name, '') from mentions n
         left join memberships m on m.workspace_id = n.workspace_id and m.id = n.target_id
         left join accounts a on a.id = m.account_id
         left join teams t on t.workspace_id = n.workspace_id and t.id = n.target_id
         where n.workspace_id = $1 and n.conversation_id = $2 and n.seq between $3 and $4
         order by n.seq, n.target_id"
    );
    let mut by_seq: BTreeMap<i64, Vec<Mentioned>> = BTreeMap::new();
    for mut row in session.all(text, args![conversation, first, last]).await? {
        by_seq.entry(row.take(0)?).or_default().push(mentioned_in(&mut row)?);
    }
    Ok(by_seq)
}

/// Somebody called, after what calls them: their kind, id and name.
fn mentioned_in(row: &mut Row) -> Result<Mentioned, Error> {
    Ok(Mentioned { mention: Mention::read(&row.take::<String>(1)?, row.take(2)?)?, name: row.take(3)? })
}

/// Writes down whom a note on a customer calls, instead of whom it called before.
pub(crate) async fn write_on_customer(
    work: &mut Work,
    note: CustomerNoteId,
    mentions: &[Mention],
) -> Result<(), Error> {
    let forget = sql!("delete from customer_note_mentions where workspace_id = $1 and note_id = $2");
    let insert =
        sql!("insert into customer_note_mentions (workspace_id, note_id, target_id, kind) values ($1, $2, $3, $4)");
    work.run(forget, args![note]).await?;
    for mention in mentions {
        work.run(insert, args![note, mention.id(), mention.kind()]).await?;
    }
    Ok(())
}

/// Whom these notes on customers call, by note.
pub(crate) async fn mentioned_on_customers(
    session: &mut Session,
    notes: &[CustomerNoteId],
) -> Result<HashMap<CustomerNoteId, Vec<Mentioned>>, Error> {
    let mut query = Composed::new(
        sql!(
            "select n.note_id, n.kind, n.target_id, coalesce(m.display_name, a.name, t.name, '')
             from customer_note_mentions n
             left join memberships m on m.workspace_id = n.workspace_id and m.id = n.target_id
             left join accounts a on a.id = m.account_id
             left join teams t on t.workspace_id = n.workspace_id and t.id = n.target_id
             where n.workspace_id = $1"
        ),
        &[],
    );
    let notes: Vec<_> = notes.iter().map(|note| (*note).into()).collect();
    query.push(part!("and n.note_id in ("), &[]).push_ids(&notes).push(part!("order by n.note_id, n.target_id"), &[]);
    let mut by_note: HashMap<_, Vec<_>> = HashMap::new();
    for mut row in session.list(&query).await? {
        by_note.entry(row.take(0)?).or_default().push(mentioned_in(&mut row)?);
    }
    Ok(by_note)
}

/// Appends the conversations with a note that calls the session's member, by themselves or by a team of theirs.
pub(crate) fn push_calling<'a>(query: &'a mut Composed, session: &Session) -> &'a mut Composed {
    let viewer = session.viewer();
    let mine = viewer.teams.iter().map(|team| Uuid::from(*team)).chain(viewer.member.map(Uuid::from));
    let mine: Vec<Uuid> = mine.filter(|_| note::are_seen_by(session)).collect();
    let calling = part!(
        "select n.conversation_id from mentions n
         join messages i on i.workspace_id = n.workspace_id and i.conversation_id = n.conversation_id
            and i.seq = n.seq and i.deleted_at is null
         where n.workspace_id = $1 and n.target_id in ("
    );
    query.push(calling, &[]).push_ids(&mine)
}

fn distinct(mentions: &[Mention]) -> Result<Vec<Mention>, Refusal> {
    if mentions.len() > MOST_MENTIONS {
        return Err(NoteRefusal::TooManyMentions.into());
    }
    let distinct: BTreeSet<Mention> = mentions.iter().copied().collect();
    Ok(distinct.into_iter().collect())
}

pub(crate) async fn members_of(session: &mut Session, team: TeamId) -> Result<Vec<MemberId>, Refusal> {
    let lives = sql!("select 1 from teams where workspace_id = $1 and id = $2 and archived_at is null");
    session.first(lives, args![team]).await?.ok_or(Error::NotFound)?;
    let members = sql!(
        "select member_id from team_members where workspace_id = $1 and team_id = $2 order by position, member_id"
    );
    let rows = session.all(members, args![team]).await?.into_iter();
    Ok(rows.map(|mut row| row.take(0)).collect::<Result<_, Error>>()?)
}

fn can_be_mentioned(standing: &MemberStanding) -> bool {
    standing.is_active() && standing.access().reach(Permission::NoteBeMentioned) != Reach::None
}
