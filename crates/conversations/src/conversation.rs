//! A conversation: one customer, one channel, one thread of messages.

use customers::label::label_ids;
use directory::MemberStatus;
use kernel::{BusinessId, ChannelId, ConversationId, CustomerId, HandoverId, LabelId, MemberId, TeamId, Timestamp};
use tenancy::{
    Composed, Error, Permission, Reach, Relation, Right, RightId, Row, Session, SightPoint, TenantSql, Tx, Viewer,
    Work, args, part, sql,
};
use uuid::Uuid;

use crate::{AuthorKind, Mode, Receiver, Refusal, Status, Visibility, counters::Place, visibility::waits_in};

/// A conversation as it stands. `read_seq`, `unread_count` and `contact` are its reader's own.
#[derive(Debug, Clone)]
pub struct Conversation {
    pub id: ConversationId,
    pub customer_id: CustomerId,
    pub customer_name: String,
    pub customer_email: Option<String>,
    pub channel_id: ChannelId,
    pub channel_kind: String,
    pub channel_name: String,
    pub business_id: BusinessId,
    /// The member who answers for the business.
    pub steward: MemberId,
    pub status: Status,
    pub mode: Mode,
    pub mode_epoch: i64,
    /// Whose it is, since somebody took it over or answered.
    pub mode_holder: Option<ModeHolder>,
    /// When the AI answers again, unless a person does something before.
    pub ai_resume_at: Option<Timestamp>,
    /// Whether the AI answers in this workspace.
    pub ai_answers: bool,
    /// The AI asks that a person looks at it.
    pub review_flag: bool,
    pub assignee: Option<(MemberId, String)>,
    pub team: Option<(TeamId, String)>,
    pub labels: Vec<LabelId>,
    /// A hand-over that waits for an answer.
    pub pending_handover: Option<PendingHandover>,
    pub subject: Option<String>,
    pub preview: Option<Preview>,
    pub last_seq: i64,
    pub last_inbound_seq: i64,
    pub last_outbound_seq: i64,
    pub customer_delivered_seq: i64,
    pub customer_read_seq: i64,
    pub read_seq: i64,
    pub unread_count: i64,
    pub waiting_since: Option<Timestamp>,
    pub snoozed_until: Option<Timestamp>,
    pub last_activity_at: Timestamp,
    pub created_at: Timestamp,
    pub version: i64,
    /// Whether the customer is the reader's assigned contact.
    pub contact: bool,
}

/// A hand-over that waits for an answer. Its receiver is whose the conversation is, or whose queue it is in.
#[derive(Debug, Clone)]
pub struct PendingHandover {
    pub id: HandoverId,
    pub to: Receiver,
    pub by: (MemberId, String),
    pub expires_at: Timestamp,
}

/// Who took a conversation over or answered in it last, as it is shown.
#[derive(Debug, Clone)]
pub struct ModeHolder {
    pub id: MemberId,
    pub name: String,
    /// They are here no longer (INV-10).
    pub former: bool,
}

/// The beginning of the newest message.
#[derive(Debug, Clone)]
pub struct Preview {
    pub text: String,
    pub author: AuthorKind,
    pub at: Timestamp,
}

impl Conversation {
    pub fn sight(&self) -> SightPoint {
        SightPoint {
            assignee: self.assignee.as_ref().map(|(member, _)| *member),
            team: self.team.as_ref().map(|(team, _)| *team),
            customer: self.customer_id,
        }
    }

    /// Whether the conversation stands in the permission's relation to the viewer.
    pub fn is_own(&self, permission: Permission, viewer: &Viewer) -> bool {
        match viewer.relation(permission) {
            Relation::AssignedContact => self.contact,
            relation => is_own(relation, &self.sight(), self.steward, viewer),
        }
    }
}

impl Conversation {
    /// The newest message that the customer has to do with: where notes stand is nobody's business outside.
    pub fn last_outward_seq(&self) -> i64 {
        self.last_inbound_seq.max(self.last_outbound_seq)
    }

    /// Whether it waits in one of the viewer's queues.
    pub fn waits_for(&self, viewer: &Viewer) -> bool {
        let sight = self.sight();
        waits_in(&viewer.teams, sight.assignee, sight.team)
    }
}

pub(crate) fn is_own(relation: Relation, sight: &SightPoint, steward: MemberId, viewer: &Viewer) -> bool {
    let Some(member) = viewer.member else { return false };
    match relation {
        Relation::Assignee => sight.assignee == Some(member),
        Relation::AssigneeOrQueue => {
            sight.assignee == Some(member) || waits_in(&viewer.teams, sight.assignee, sight.team)
        }
        Relation::BusinessCreator => steward == member,
        _ => false,
    }
}

/// `$2` is the reading member, `$3` the moment.
const CONVERSATIONS: TenantSql = sql!(
    "select c.id, cu.id, cu.display_name, cu.email, c.channel_id, ch.kind, ch.name, c.business_id, c.status,
        c.mode, c.mode_epoch, c.assignee_id, coalesce(m.display_name, a.name), c.team_id, c.subject, c.preview_text, c.preview_author,
        c.preview_at, c.last_seq, c.last_inbound_seq, c.last_outbound_seq, c.customer_delivered_seq,
        c.customer_read_seq, coalesce(r.seq, 0),
        case when c.last_inbound_seq > coalesce(r.seq, 0) then (
            select count(*) from (
                select 1 from messages i
                where i.workspace_id = c.workspace_id and i.conversation_id = c.id and i.seq > coalesce(r.seq, 0)
                    and i.direction = 'inbound' limit 99) few) else 0 end,
        c.waiting_since, c.snoozed_until, c.last_activity_at, c.created_at, c.version, k.member_id, b.steward, t.name, c.label_ids,
        c.mode_holder_id, coalesce(hm.display_name, ha.name), c.ai_resume_at, c.review_flag,
        case when g.enabled = 1 and g.paused_reason is null then 1 else 0 end,
        o.id, o.to_member, o.to_team, o.from_member, coalesce(om.display_name, oa.name), o.expires_at, hm.status
     from conversations c
     join customers part on part.workspace_id = c.workspace_id and part.id = c.customer_id
     join customers cu on cu.workspace_id = c.workspace_id and cu.id = coalesce(part.merged_into, part.id)
     join channels ch on ch.workspace_id = c.workspace_id and ch.id = c.channel_id
     join businesses b on b.workspace_id = c.workspace_id and b.id = c.business_id
     left join memberships m on m.workspace_id = c.workspace_id and m.id = c.assignee_id
     left join accounts a on a.id = m.account_id
     left join memberships hm on hm.workspace_id = c.workspace_id and hm.id = c.mode_holder_id
     left join accounts ha on ha.id = hm.account_id
     left join handovers o on o.workspace_id = c.workspace_id and o.conversation_id = c.id and o.state = 'open'
     left join memberships om on om.workspace_id = c.workspace_id and om.id = o.from_member
     left join accounts oa on oa.id = om.account_id
     left join agents g on g.workspace_id = c.workspace_id
     left join teams t on t.workspace_id = c.workspace_id and t.id = c.team_id
     left join conversation_reads r on r.workspace_id = c.workspace_id and r.member_id = $2 and r.conversation_id = c.id
     left join customer_assignees k on k.workspace_id = c.workspace_id and k.customer_id = cu.id
        and k.member_id = $2 and (k.until is null or k.until > $3)
     where c.workspace_id = $1"
);

/// A statement over conversations as the session's actor reads them, still to be narrowed.
pub(crate) fn conversations(session: &Session) -> Composed {
    let member = session.viewer().member.map_or(Uuid::nil(), Uuid::from);
    Composed::new(CONVERSATIONS, args![member, session.now()])
}

pub(crate) fn read(mut row: Row) -> Result<Conversation, Error> {
    let assignee: Option<MemberId> = row.take(11)?;
    let preview_text: Option<String> = row.take(15)?;
    let preview = match preview_text {
        Some(text) => Some(Preview { text, author: named(&mut row, 16, AuthorKind::parse)?, at: row.take(17)? }),
        None => None,
    };
    Ok(Conversation {
        id: row.take(0)?,
        customer_id: row.take(1)?,
        customer_name: row.take(2)?,
        customer_email: row.take(3)?,
        channel_id: row.take(4)?,
        channel_kind: row.take(5)?,
        channel_name: row.take(6)?,
        business_id: row.take(7)?,
        status: named(&mut row, 8, Status::parse)?,
        mode: named(&mut row, 9, Mode::parse)?,
        mode_epoch: row.take(10)?,
        mode_holder: match row.take::<Option<MemberId>>(34)? {
            Some(id) => {
                let status: Option<String> = row.take(45)?;
                let former = status.as_deref().and_then(MemberStatus::parse).is_some_and(MemberStatus::is_former);
                Some(ModeHolder { id, name: row.take(35)?, former })
            }
            None => None,
        },
        ai_resume_at: row.take(36)?,
        review_flag: row.take(37)?,
        ai_answers: row.take(38)?,
        assignee: match assignee {
            Some(member) => Some((member, row.take(12)?)),
            None => None,
        },
        team: match row.take::<Option<TeamId>>(13)? {
            Some(team) => Some((team, row.take(32)?)),
            None => None,
        },
        labels: label_ids(&row.take::<String>(33)?)?,
        pending_handover: match row.take::<Option<HandoverId>>(39)? {
            Some(id) => Some(PendingHandover {
                id,
                to: Receiver::read(row.take(40)?, row.take(41)?)?,
                by: (row.take(42)?, row.take(43)?),
                expires_at: row.take(44)?,
            }),
            None => None,
        },
        subject: row.take(14)?,
        preview,
        last_seq: row.take(18)?,
        last_inbound_seq: row.take(19)?,
        last_outbound_seq: row.take(20)?,
        customer_delivered_seq: row.take(21)?,
        customer_read_seq: row.take(22)?,
        read_seq: row.take(23)?,
        unread_count: row.take(24)?,
        waiting_since: row.take(25)?,
        snoozed_until: row.take(26)?,
        last_activity_at: row.take(27)?,
        created_at: row.take(28)?,
        version: row.take(29)?,
        contact: row.take::<Option<MemberId>>(30)?.is_some(),
        steward: row.take(31)?,
    })
}

/// A column that holds one of the names of a closed set.
pub(crate) fn named<T>(row: &mut Row, column: usize, parse: impl Fn(&str) -> Option<T>) -> Result<T, Error> {
    let name: String = row.take(column)?;
    parse(&name).ok_or_else(|| Error::Corrupt(format!("the name {name:?} in column {column}")))
}

/// One conversation, if the session's actor sees it.
///
/// # Errors
/// [`Error::NotFound`] for what does not exist or is out of sight.
pub async fn show(session: &mut Session, id: ConversationId) -> Result<Conversation, Refusal> {
    let conversation = reread(session, id).await?;
    if Visibility::of(session).sees(&conversation.sight()) { Ok(conversation) } else { Err(Error::NotFound.into()) }
}

/// The conversation after a change by somebody who may have lost sight of it by that very change.
pub(crate) async fn reread(session: &mut Session, id: ConversationId) -> Result<Conversation, Refusal> {
    let mut query = conversations(session);
    query.push(part!("and c.id = ?"), args![id]);
    let row = session.list(&query).await?.into_iter().next().ok_or(Error::NotFound)?;
    Ok(read(row)?)
}

/// A conversation's own columns, its row held until the transaction ends: whoever else changes it waits.
#[derive(Debug, Clone)]
pub(crate) struct Held {
    pub(crate) id: ConversationId,
    pub(crate) customer: CustomerId,
    pub(crate) channel: ChannelId,
    pub(crate) steward: MemberId,
    pub(crate) status: Status,
    pub(crate) mode: Mode,
    pub(crate) mode_epoch: i64,
    pub(crate) holder: Option<Holder>,
    pub(crate) ai_resume_at: Option<Timestamp>,
    pub(crate) assignee: Option<MemberId>,
    pub(crate) team: Option<TeamId>,
    pub(crate) last_seq: i64,
    pub(crate) last_inbound_seq: i64,
    pub(crate) last_outbound_seq: i64,
    pub(crate) customer_delivered_seq: i64,
    pub(crate) customer_read_seq: i64,
    pub(crate) snoozed_until: Option<Timestamp>,
}

/// Who took a conversation over or answered in it last.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Holder {
    pub(crate) member: MemberId,
    pub(crate) acted_at: Timestamp,
}

impl Held {
    pub(crate) fn sight(&self) -> SightPoint {
        SightPoint { assignee: self.assignee, team: self.team, customer: self.customer }
    }

    /// The customer's newest message has no answer.
    pub(crate) fn is_unanswered(&self) -> bool {
        self.last_inbound_seq > self.last_outbound_seq
    }

    /// Where it is counted.
    pub(crate) fn place(&self) -> Place {
        Place { status: self.status, assignee: self.assignee, team: self.team }
    }
}

/// Holds a conversation that the actor sees. Writing the row to itself locks it in the same words on both engines.
pub(crate) async fn hold(work: &mut Work, id: ConversationId) -> Result<Held, Refusal> {
    let held = hold_unseen(work, id).await?;
    if Visibility::of(work).sees(&held.sight()) { Ok(held) } else { Err(Error::NotFound.into()) }
}

/// Holds a conversation for who finds it by other means than visibility: its own customer.
pub(crate) async fn hold_unseen(work: &mut Work, id: ConversationId) -> Result<Held, Refusal> {
    let text = sql!(
        "update conversations set version = version where workspace_id = $1 and id = $2
         returning id, customer_id, channel_id, status, mode, assignee_id, team_id, last_seq, last_outbound_seq,
            customer_delivered_seq, customer_read_seq, snoozed_until,
            (select b.steward from businesses b
             where b.workspace_id = conversations.workspace_id and b.id = conversations.business_id),
            mode_epoch, mode_holder_id, mode_held_at, ai_resume_at, last_inbound_seq"
    );
    let mut row = work.first(text, args![id]).await?.ok_or(Error::NotFound)?;
    Ok(Held {
        id: row.take(0)?,
        customer: row.take(1)?,
        channel: row.take(2)?,
        status: named(&mut row, 3, Status::parse)?,
        mode: named(&mut row, 4, Mode::parse)?,
        assignee: row.take(5)?,
        team: row.take(6)?,
        last_seq: row.take(7)?,
        last_outbound_seq: row.take(8)?,
        customer_delivered_seq: row.take(9)?,
        customer_read_seq: row.take(10)?,
        snoozed_until: row.take(11)?,
        steward: row.take(12)?,
        mode_epoch: row.take(13)?,
        holder: match row.take(14)? {
            Some(member) => Some(Holder { member, acted_at: row.take(15)? }),
            None => None,
        },
        ai_resume_at: row.take(16)?,
        last_inbound_seq: row.take(17)?,
    })
}

/// Refuses what the transaction's right reaches only on one's own.
pub(crate) fn must_be_own<P: Right>(tx: &Tx<P>, held: &Held) -> Result<(), Refusal> {
    let RightId::Catalogue(permission) = P::RIGHT else { return Ok(()) };
    let viewer = tx.viewer();
    let own = is_own(viewer.relation(permission), &held.sight(), held.steward, &viewer);
    if viewer.reach(permission) == Reach::Own && !own {
        return Err(Error::NotOwn { right: P::RIGHT }.into());
    }
    Ok(())
}
