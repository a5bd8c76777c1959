//! Send later: an answer that waits for its moment, and can be read and called off until then.

use std::time::Duration;

use directory::MemberStatus;
use kernel::{AttachmentId, ConversationId, LongText, MemberId, ScheduledMessageId, Timestamp, days};
use serde_json::json;
use tenancy::{ConversationReply, Error, Housekeeping, Job, Row, Session, TenantSql, Tx, Work, args, sql};

use crate::{
    AttachmentRef, Author, AuthorKind, Refusal, attachment,
    conversation::{hold, hold_unseen, must_be_own, show},
    mode::Cause,
    outgoing::Outgoing,
    reply::must_not_be_locked,
    status::record,
    take_over,
};

/// The job that sends a scheduled message; its payload is `{scheduled_message_id}`.
pub const SCHEDULED_JOB: &str = "message.send_scheduled";
const LONGEST: Duration = days(366);
/// A conversation has at most this many waiting.
const MOST_WAITING: usize = 50;

/// An answer that waits for its moment.
#[derive(Debug, Clone)]
pub struct ScheduledMessage {
    pub id: ScheduledMessageId,
    pub conversation_id: ConversationId,
    pub author: Author,
    pub text: String,
    pub attachments: Vec<AttachmentRef>,
    pub send_at: Timestamp,
    pub created_at: Timestamp,
    /// The customer has written since: it goes out all the same, so somebody should read it again.
    pub overtaken: bool,
}

const SCHEDULED: TenantSql = sql!(
    "select s.id, s.conversation_id, s.author_id, s.author_name, m.status, s.text, s.attachments, s.send_at,
        s.created_at, case when c.last_inbound_seq > s.seen_inbound_seq then 1 else 0 end
     from scheduled_messages s
     join conversations c on c.workspace_id = s.workspace_id and c.id = s.conversation_id
     join memberships m on m.workspace_id = s.workspace_id and m.id = s.author_id
     where s.workspace_id = $1 and s.conversation_id = $2 and s.state = 'waiting' order by s.send_at, s.id"
);

fn read(mut row: Row) -> Result<ScheduledMessage, Error> {
    let (member, status): (MemberId, String) = (row.take(2)?, row.take(4)?);
    let attachments: String = row.take(6)?;
    Ok(ScheduledMessage {
        id: row.take(0)?,
        conversation_id: row.take(1)?,
        author: Author {
            kind: AuthorKind::Member,
            id: Some(member.into()),
            name: row.take(3)?,
            former: MemberStatus::parse(&status).is_some_and(MemberStatus::is_former),
        },
        text: row.take(5)?,
        attachments: serde_json::from_str(&attachments).map_err(|error| Error::Corrupt(error.to_string()))?,
        send_at: row.take(7)?,
        created_at: row.take(8)?,
        overtaken: row.take(9)?,
    })
}

/// What waits to be sent in a conversation, the next first.
///
/// # Errors
/// Out of sight.
pub async fn scheduled(session: &mut Session, id: ConversationId) -> Result<Vec<ScheduledMessage>, Refusal> {
    show(session, id).await?;
    Ok(waiting(session, id).await?)
}

async fn waiting(session: &mut Session, id: ConversationId) -> Result<Vec<ScheduledMessage>, Error> {
    session.all(SCHEDULED, args![id]).await?.into_iter().map(read).collect()
}

/// An answer for later.
#[derive(Debug, Clone)]
pub struct Later {
    pub text: LongText,
    pub attachments: Vec<AttachmentId>,
    pub send_at: Timestamp,
}

/// Accepts an answer that goes out later. Rights are asked now; then it leaves whatever becomes of its author, and
/// whatever the customer writes meanwhile (ruling 27).
///
/// # Errors
/// Out of sight, not one's own, not open, locked, nothing to send, or the time is not within the next year.
pub async fn schedule(
    tx: &mut Tx<ConversationReply>,
    id: ConversationId,
    later: Later,
) -> Result<ScheduledMessage, Refusal> {
    if later.send_at <= tx.now() || later.send_at > tx.now().plus(LONGEST) {
        return Err(Refusal::SendTime);
    }
    let held = hold(tx, id).await?;
    must_be_own(tx, &held)?;
    if !held.status.is_living() {
        return Err(Refusal::NotOpen);
    }
    let lock = directory::inbox_settings(tx).await?.reply_lock;
    must_not_be_locked(tx, &held, lock).await?;
    if waiting(tx, id).await?.len() >= MOST_WAITING {
        return Err(Refusal::TooManyScheduled);
    }
    let attachments = attachment::link(tx, &later.attachments, id).await?;
    if later.text.trim().is_empty() && attachments.is_empty() {
        return Err(Refusal::EmptyMessage);
    }
    let author = Author::of_member(tx)?;
    let (scheduled, now): (ScheduledMessageId, _) = (tx.ids().next(), tx.now());
    let text = sql!(
        "insert into scheduled_messages (workspace_id, id, conversation_id, author_id, author_name, text, attachments,
            seen_inbound_seq, state, send_at, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 'waiting', $9, $10)"
    );
    let files = serde_json::to_string(&attachments).map_err(|error| Error::Corrupt(error.to_string()))?;
    let values =
        args![scheduled, id, author.id, &author.name, &*later.text, files, held.last_inbound_seq, later.send_at, now];
    tx.run(text, values).await?;
    let payload = json!({ "conversation_id": id, "scheduled_message_id": scheduled, "send_at": later.send_at });
    record(tx, "scheduled_message.created", &held, payload);
    let payload = json!({ "scheduled_message_id": scheduled });
    tx.enqueue(Job::new(SCHEDULED_JOB, scheduled.to_string(), payload).at(later.send_at));
    Ok(ScheduledMessage {
        id: scheduled,
        conversation_id: id,
        author,
        text: later.text.into(),
        attachments,
        send_at: later.send_at,
        created_at: now,
        overtaken: false,
    })
}

/// Calls a waiting answer off; who may answer in the conversation may call off anybody's. Returns it, so that its text
/// is not lost.
///
/// # Errors
/// Out of sight, not one's own, or it waits no longer.
pub async fn unschedule(
    tx: &mut Tx<ConversationReply>,
    id: ConversationId,
    scheduled: ScheduledMessageId,
) -> Result<ScheduledMessage, Refusal> {
    let held = hold(tx, id).await?;
    must_be_own(tx, &held)?;
    let found = waiting(tx, id).await?.into_iter().find(|one| one.id == scheduled).ok_or(Error::NotFound)?;
    end(tx, scheduled, "cancelled").await?;
    attachment::unlink(tx, &found.attachments).await?;
    let payload = json!({ "conversation_id": id, "scheduled_message_id": scheduled });
    record(tx, "scheduled_message.cancelled", &held, payload);
    Ok(found)
}

async fn end(work: &mut Work, scheduled: ScheduledMessageId, state: &str) -> Result<(), Error> {
    let text = sql!("update scheduled_messages set state = $3 where workspace_id = $1 and id = $2");
    work.run(text, args![scheduled, state]).await.map(drop)
}

/// Sends a scheduled answer whose moment has come. One for a conversation that was put to the spam or archived
/// meanwhile stays unsent, and the audit log says so. Safe to run twice.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn send_scheduled(tx: &mut Tx<Housekeeping>, scheduled: ScheduledMessageId) -> Result<(), Refusal> {
    let place = sql!("select conversation_id from scheduled_messages where workspace_id = $1 and id = $2");
    let Some(mut row) = tx.first(place, args![scheduled]).await? else { return Ok(()) };
    let held = hold_unseen(tx, row.take(0)?).await?;
    let found = waiting(tx, held.id).await?.into_iter().find(|one| one.id == scheduled);
    let Some(found) = found else { return Ok(()) };
    if !held.status.is_living() {
        end(tx, scheduled, "unsent").await?;
        let payload = json!({ "conversation_id": held.id, "scheduled_message_id": scheduled });
        record(tx, "scheduled_message.unsent", &held, payload);
        return Ok(());
    }
    let text = LongText::try_from(found.text).map_err(Error::Corrupt)?;
    let author = match found.author.id.map(MemberId) {
        Some(author) => still_here(tx, author).await?,
        None => None,
    };
    let outgoing =
        Outgoing { author: found.author, text: &text, attachments: &found.attachments, client_id: None, send_at: None };
    outgoing.send(tx, &held).await?;
    end(tx, scheduled, "sent").await?;
    Ok(take_over::take(tx, &held, author, Cause::Reply).await?)
}

/// The member, unless they are gone: held, so that they do not go at this very moment.
async fn still_here(work: &mut Work, member: MemberId) -> Result<Option<MemberId>, Error> {
    let hold = sql!(
        "update memberships set status = status where workspace_id = $1 and id = $2 and status = 'active' returning id"
    );
    Ok(work.first(hold, args![member]).await?.map(|_| member))
}
