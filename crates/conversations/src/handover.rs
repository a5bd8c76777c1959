//! Handing a conversation over (OWN-11): note, labels, assignment and notification in one act. Whoever gets it accepts
//! or sends it back, and a clock puts it back into its queue when nobody answers.
//!
//! Until then it is theirs like any other: whoever moves it on meanwhile ends the hand-over by that.

use std::{collections::BTreeMap, time::Duration};

use kernel::{ConversationId, HandoverId, LabelId, MemberId, NoteText, TeamId, Timestamp};
use serde_json::{Value as Json, json};
use tenancy::{
    Actor, Composed, ConversationAssign, Error, Event, Job, Permission, Row, Session, Subject, TenantSql, Tx, Work,
    args, part, sql,
};

use crate::{
    AssignmentCause, Conversation, NewNote, NoteRefusal, Refusal, Visibility,
    assignment::{Destination, give_to_team, move_to, must_be_eligible},
    conversation::{Held, hold, must_be_own, reread},
    labelling, mention, note,
    undo::must_still_hold,
};

/// The job that ends a hand-over which nobody answered; its payload is `{handover_id}`.
pub const HANDOVER_JOB: &str = "handover.expire";
const SHORTEST_MINUTES: u32 = 1;
const LONGEST_MINUTES: u32 = 7 * 24 * 60;

/// Who is to go on with a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receiver {
    Member(MemberId),
    Team(TeamId),
}

/// What a colleague is told so that they can go on without asking (NOTE-006).
#[derive(Debug, Clone)]
pub struct Briefing {
    pub context: NoteText,
    pub discussed: NoteText,
    pub next: NoteText,
}

/// A conversation to be handed over.
#[derive(Debug, Clone)]
pub struct NewHandover {
    pub to: Receiver,
    pub briefing: Briefing,
    pub labels: Vec<LabelId>,
    /// How long there is to answer; without it, as long as is usual here.
    pub respond_within_minutes: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HandoverState {
    Open,
    Accepted,
    Refused,
    Withdrawn,
    Expired,
    /// Somebody moved the conversation on before it was answered.
    Overtaken,
}
crate::message::names!(HandoverState {
    Open = "open",
    Accepted = "accepted",
    Refused = "refused",
    Withdrawn = "withdrawn",
    Expired = "expired",
    Overtaken = "overtaken",
});

/// A hand-over, with the names that its people have now.
#[derive(Debug, Clone)]
pub struct Handover {
    pub id: HandoverId,
    pub conversation_id: ConversationId,
    /// Its note.
    pub seq: i64,
    pub from: (MemberId, String),
    pub to: Receiver,
    pub to_name: String,
    pub state: HandoverState,
    /// Why it was refused.
    pub reason: Option<String>,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub answered_at: Option<Timestamp>,
    pub answered_by: Option<MemberId>,
}

const HANDOVERS: TenantSql = sql!(
    "select h.id, h.conversation_id, h.seq, h.from_member, coalesce(f.display_name, fa.name), h.to_member, h.to_team,
        coalesce(m.display_name, ma.name, t.name, ''), h.state, h.reason, h.created_at, h.expires_at, h.answered_at,
        h.answered_by
     from handovers h
     join conversations c on c.workspace_id = h.workspace_id and c.id = h.conversation_id
     join memberships f on f.workspace_id = h.workspace_id and f.id = h.from_member
     join accounts fa on fa.id = f.account_id
     left join memberships m on m.workspace_id = h.workspace_id and m.id = h.to_member
     left join accounts ma on ma.id = m.account_id
     left join teams t on t.workspace_id = h.workspace_id and t.id = h.to_team
     where h.workspace_id = $1"
);

fn read(mut row: Row) -> Result<Handover, Error> {
    let state: String = row.take(8)?;
    Ok(Handover {
        id: row.take(0)?,
        conversation_id: row.take(1)?,
        seq: row.take(2)?,
        from: (row.take(3)?, row.take(4)?),
        to: Receiver::read(row.take(5)?, row.take(6)?)?,
        to_name: row.take(7)?,
        state: HandoverState::parse(&state).ok_or_else(|| Error::Corrupt(format!("hand-over {state:?}")))?,
        reason: row.take(9)?,
        created_at: row.take(10)?,
        expires_at: row.take(11)?,
        answered_at: row.take(12)?,
        answered_by: row.take(13)?,
    })
}

/// The hand-overs that wait for an answer, of conversations that the session's actor sees; the next to end first.
///
/// # Errors
/// The database cannot answer.
pub async fn open_handovers(session: &mut Session) -> Result<Vec<Handover>, Refusal> {
    const MOST: i64 = 200;
    let mut query = Composed::new(HANDOVERS, &[]);
    query.push(part!("and h.state = 'open'"), &[]);
    Visibility::of(session).narrow(&mut query).push(part!("order by h.expires_at, h.id limit ?"), args![MOST]);
    Ok(session.list(&query).await?.into_iter().map(read).collect::<Result<_, _>>()?)
}

pub(crate) async fn find(session: &mut Session, id: HandoverId) -> Result<Handover, Error> {
    let mut query = Composed::new(HANDOVERS, &[]);
    query.push(part!("and h.id = ?"), args![id]);
    session.list(&query).await?.into_iter().next().map(read).ok_or(Error::NotFound)?
}

/// The hand-overs that notes of a conversation came with, by the notes' sequences, from one to another.
pub(crate) async fn of_notes(
    session: &mut Session,
    conversation: ConversationId,
    (first, last): (i64, i64),
) -> Result<BTreeMap<i64, HandoverId>, Error> {
    let text = sql!(
        "select seq, id from handovers
         where workspace_id = $1 and conversation_id = $2 and seq between $3 and $4"
    );
    let rows = session.all(text, args![conversation, first, last]).await?.into_iter();
    rows.map(|mut row: Row| Ok((row.take(0)?, row.take(1)?))).collect()
}

/// A hand-over that was made or answered, and its conversation as it now stands.
#[derive(Debug, Clone)]
pub struct HandedOver {
    pub handover: Handover,
    pub conversation: Conversation,
}

/// Hands a conversation over: writes the note, puts the labels on, gives it to the receiver and sets the clock, all or
/// nothing. It takes the rights of each.
///
/// # Errors
/// Out of sight, not one's own, not open, handed over already, nobody or nothing to hand it to, or too long a note.
pub async fn hand_over(
    tx: &mut Tx<ConversationAssign>,
    id: ConversationId,
    new: NewHandover,
) -> Result<HandedOver, Refusal> {
    let held = hold(tx, id).await?;
    must_be_own(tx, &held)?;
    if !held.status.is_living() {
        return Err(Refusal::NotOpen);
    }
    let me = tx.viewer().member.ok_or(Error::NotFound)?;
    if new.to == Receiver::Member(me) {
        return Err(NoteRefusal::ToOneself.into());
    }
    if open_of(tx, id).await?.is_some() {
        return Err(NoteRefusal::AlreadyOffered.into());
    }
    let minutes = match new.respond_within_minutes {
        Some(minutes) => minutes,
        None => directory::inbox_settings(tx).await?.handover_minutes,
    };
    if !(SHORTEST_MINUTES..=LONGEST_MINUTES).contains(&minutes) {
        return Err(NoteRefusal::AnswerTime.into());
    }
    must_still_hold(tx, Permission::NoteCreate)?;
    let text = new.briefing.text(speaks_spanish(tx, me).await?)?;
    let seq = note::post(tx, &held, NewNote { text, attachments: vec![], mentions: vec![], client_id: None }).await?;
    if !new.labels.is_empty() {
        must_still_hold(tx, Permission::LabelApply)?;
    }
    for label in new.labels {
        labelling::apply(tx, &held, label).await?;
    }
    let (handover, now) = (tx.ids().next::<HandoverId>(), tx.now());
    let expires_at = now.plus(Duration::from_secs(u64::from(minutes) * 60));
    let insert = sql!(
        "insert into handovers (workspace_id, id, conversation_id, seq, from_member, to_member, to_team, state,
            created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, 'open', $8, $9)"
    );
    let (to_member, to_team) = new.to.ids();
    let offered = json!({
        "handover_id": handover, "conversation_id": id, "seq": seq, "from": held.assignee, "by": me,
        "to": to_member, "team": to_team, "members": new.to.people(tx).await?, "expires_at": expires_at,
    });
    match new.to {
        Receiver::Member(member) => {
            must_be_eligible(tx, member).await?;
            let after =
                move_to(tx, &held, Destination { assignee: Some(member), team: held.team, waits_for: None }).await?;
            record(tx, "handover.offered", (&held, &after), offered);
        }
        Receiver::Team(team) => {
            directory::team(tx, team).await?;
            give_to_team(tx, &held, team, AssignmentCause::Moved).await?;
            record(tx, "handover.offered", (&held, &held), offered);
        }
    }
    tx.run(insert, args![handover, id, seq, me, to_member, to_team, now, expires_at]).await?;
    let job = Job::new(HANDOVER_JOB, handover.to_string(), json!({ "handover_id": handover }));
    tx.enqueue(job.at(expires_at));
    handed_over(tx, handover).await
}

/// Ends the hand-over of a conversation that a member moves on, if one waits. What the house shares out of a team's
/// queue is still to be answered.
///
/// # Errors
/// The database refuses.
pub(crate) async fn overtaken(work: &mut Work, id: ConversationId) -> Result<(), Error> {
    match work.actor() {
        Actor::Member(_) => end_unanswered(work, id).await,
        _ => Ok(()),
    }
}

/// Ends the hand-over of a conversation, if one waits, whoever acts: also when its member goes, so that its clock does
/// not take it from whom it came to afterwards.
///
/// # Errors
/// The database refuses.
pub(crate) async fn end_unanswered(work: &mut Work, id: ConversationId) -> Result<(), Error> {
    let text = sql!(
        "update handovers set state = 'overtaken', answered_at = $3
         where workspace_id = $1 and conversation_id = $2 and state = 'open'"
    );
    let now = work.now();
    work.run(text, args![id, now]).await.map(drop)
}

async fn open_of(work: &mut Work, id: ConversationId) -> Result<Option<HandoverId>, Error> {
    let text = sql!("select id from handovers where workspace_id = $1 and conversation_id = $2 and state = 'open'");
    work.first(text, args![id]).await?.map(|mut row| row.take(0)).transpose()
}

pub(crate) async fn handed_over(work: &mut Work, id: HandoverId) -> Result<HandedOver, Refusal> {
    let handover = find(work, id).await?;
    let conversation = reread(work, handover.conversation_id).await?;
    Ok(HandedOver { handover, conversation })
}

pub(crate) fn record(work: &mut Work, kind: &'static str, (before, after): (&Held, &Held), payload: Json) {
    let event = Event::new(kind, Subject::new("conversation", before.id));
    work.record(event.sight(Some(before.sight()), Some(after.sight())).payload(payload));
}

async fn speaks_spanish(session: &mut Session, member: MemberId) -> Result<bool, Error> {
    let text = sql!(
        "select a.locale from memberships m join accounts a on a.id = m.account_id
         where m.workspace_id = $1 and m.id = $2"
    );
    let locale = session.first(text, args![member]).await?.map(|mut row| row.take::<String>(0)).transpose()?;
    Ok(locale.is_some_and(|locale| locale.starts_with("es")))
}

impl Receiver {
    /// As it stands in two columns, of which one holds it.
    pub(crate) fn read(member: Option<MemberId>, team: Option<TeamId>) -> Result<Self, Error> {
        let receiver = member.map(Self::Member).or(team.map(Self::Team));
        receiver.ok_or_else(|| Error::Corrupt("a hand-over to nobody".into()))
    }

    fn ids(self) -> (Option<MemberId>, Option<TeamId>) {
        match self {
            Self::Member(member) => (Some(member), None),
            Self::Team(team) => (None, Some(team)),
        }
    }

    /// Whom a hand-over to it concerns; nobody, where the team is gone.
    pub(crate) async fn people(self, session: &mut Session) -> Result<Vec<MemberId>, Refusal> {
        match self {
            Self::Member(member) => Ok(vec![member]),
            Self::Team(team) => match mention::members_of(session, team).await {
                Err(Refusal::Vault(Error::NotFound)) => Ok(vec![]),
                members => members,
            },
        }
    }
}

impl Briefing {
    /// The note: what it is about, what was said, what comes next, each under its heading.
    fn text(&self, spanish: bool) -> Result<NoteText, Refusal> {
        let needed = [("context", &self.context), ("next", &self.next)];
        if let Some((part, _)) = needed.into_iter().find(|(_, text)| text.trim().is_empty()) {
            return Err(NoteRefusal::Unbriefed { part }.into());
        }
        let headings =
            if spanish { ["Contexto", "Lo hablado", "Siguiente paso"] } else { ["Context", "Discussed", "Next"] };
        let parts = [&self.context, &self.discussed, &self.next];
        let said = headings.iter().zip(parts).filter(|(_, part)| !part.trim().is_empty());
        let text: Vec<_> = said.map(|(heading, part)| format!("**{heading}**\n{}", part.trim())).collect();
        NoteText::try_from(text.join("\n\n")).map_err(|_| NoteRefusal::TooLong.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn note_006_a_briefing_has_its_headings_and_no_empty_ones() {
        let text = |text: &str| NoteText::try_from(text).expect("a text");
        let briefing = Briefing { context: text(" Wants a refund "), discussed: text(""), next: text("Call her") };
        let note = briefing.text(false).expect("a note");
        assert_eq!(&*note, "**Context**\nWants a refund\n\n**Next**\nCall her");
        assert!(briefing.text(true).expect("a note").starts_with("**Contexto**"));
        let long = Briefing { context: text(&"x".repeat(9_999)), ..briefing };
        assert!(long.text(false).is_err());
        assert!(Briefing { next: text(" "), ..long }.text(false).is_err());
    }
}
