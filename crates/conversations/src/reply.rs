//! What goes out: a member answers.

use kernel::{AttachmentId, ConversationId, LongText};
use serde_json::json;
use tenancy::{ConversationReply, Error, Event, Permission, Reach, RightId, Session, Subject, Tx, Work, args, sql};

use crate::{
    Author, AuthorKind, Conversation, Direction, Message, Mode, Refusal,
    assignment::settle_contact,
    attachment,
    conversation::{Held, hold, must_be_own, reread, show},
    counters::{self, Place},
    message,
    message::NewMessage,
    preview::preview,
    reading, receive,
};

/// A member's answer.
#[derive(Debug, Clone)]
pub struct Outbound {
    pub text: LongText,
    pub attachments: Vec<AttachmentId>,
    /// The newest message its author had seen.
    pub seen_seq: i64,
    pub client_id: Option<String>,
}

/// The answer, and the conversation as it now stands.
#[derive(Debug, Clone)]
pub struct Sent {
    pub conversation: Conversation,
    pub message: Message,
}

/// Whether the workspace has ever answered anybody.
///
/// # Errors
/// The database cannot answer.
pub async fn has_answered(session: &mut Session) -> Result<bool, Error> {
    let sql = sql!("select 1 from conversations where workspace_id = $1 and last_outbound_seq > 0 limit 1");
    Ok(session.first(sql, &[]).await?.is_some())
}

/// The conversation that somebody is about to answer.
///
/// # Errors
/// Out of sight, or not one's own to answer.
pub async fn to_answer(session: &mut Session, id: ConversationId) -> Result<Conversation, Refusal> {
    let conversation = show(session, id).await?;
    let (permission, viewer) = (Permission::ConversationReply, session.viewer());
    if viewer.reach(permission) == Reach::Own && !conversation.is_own(permission, &viewer) {
        return Err(Error::NotOwn { right: RightId::Catalogue(permission) }.into());
    }
    Ok(conversation)
}

/// Answers the customer. Whoever has not seen a colleague's newer answer is shown it first (INV-24); newer inbound
/// messages never block. Answering opens what was snoozed or solved, and takes the conversation from the AI.
///
/// # Errors
/// Out of sight, not one's own, not open, stale, or nothing to send.
pub async fn reply(tx: &mut Tx<ConversationReply>, id: ConversationId, outbound: Outbound) -> Result<Sent, Refusal> {
    let held = hold(tx, id).await?;
    must_be_own(tx, &held)?;
    if !held.status.is_living() {
        return Err(Refusal::NotOpen);
    }
    if held.last_outbound_seq > outbound.seen_seq {
        let messages = message::answers_after(tx, id, outbound.seen_seq).await?;
        let contact = reread(tx, id).await?.contact;
        return Err(Refusal::Stale { messages, contact, seen_seq: held.last_seq });
    }
    let attachments = attachment::link(tx, &outbound.attachments, id).await?;
    if outbound.text.trim().is_empty() && attachments.is_empty() {
        return Err(Refusal::EmptyMessage);
    }
    let author = author(tx)?;
    let seq = held.last_seq + 1;
    advance(tx, &held, seq, &preview(&outbound.text, attachments.first().map(|file| file.name.as_str()))).await?;
    let new = NewMessage {
        conversation: id,
        seq,
        direction: Direction::Outbound,
        author,
        text: &outbound.text,
        attachments: &attachments,
        client_id: outbound.client_id.as_deref(),
    };
    let message = new.write(tx).await?;
    receive::index(tx, held.customer, &message).await?;
    reading::mark(tx, id, seq).await?;
    record(tx, &held, &message);
    Ok(Sent { conversation: reread(tx, id).await?, message })
}

fn author(work: &Work) -> Result<Author, Error> {
    match work.actor() {
        tenancy::Actor::Member(member) => {
            let name = member.name.clone();
            Ok(Author { kind: AuthorKind::Member, id: Some(member.id.into()), name, former: false })
        }
        _ => Err(Error::NotFound),
    }
}

async fn advance(work: &mut Work, held: &Held, seq: i64, preview: &str) -> Result<(), Error> {
    let text = sql!(
        "update conversations set status = $3, snoozed_until = null, last_seq = $4, last_outbound_seq = $4,
            preview_text = $5, preview_author = 'member', preview_at = $6, last_activity_at = $6, waiting_since = null,
            mode_epoch = case when mode = 'manual' then mode_epoch else mode_epoch + 1 end, mode = 'manual',
            version = version + 1
         where workspace_id = $1 and id = $2"
    );
    let (after, now) = (held.status.after_message(), work.now());
    work.run(text, args![held.id, after.name(), seq, preview, now]).await?;
    counters::moved(work, Some(held.place()), Some(Place { status: after, ..held.place() }));
    if after != held.status {
        settle_contact(work, held.customer, held.assignee).await?;
    }
    Ok(())
}

fn record(work: &mut Work, held: &Held, message: &Message) {
    let sight = Some(held.sight());
    let mut happened = |kind, payload| {
        let event = Event::new(kind, Subject::new("conversation", held.id));
        work.record(event.sight(sight, sight).payload(payload));
    };
    let (id, after) = (held.id, held.status.after_message());
    happened("message.sent", json!({ "conversation_id": id, "seq": message.seq, "message_id": message.id }));
    if after != held.status {
        let (from, to) = (held.status.name(), after.name());
        happened(
            "conversation.status_changed",
            json!({ "conversation_id": id, "from": from, "to": to, "cause": "reply" }),
        );
    }
    if held.mode != Mode::Manual {
        let (from, to) = (held.mode.name(), Mode::Manual.name());
        happened(
            "conversation.mode_changed",
            json!({ "conversation_id": id, "from": from, "to": to, "cause": "reply" }),
        );
    }
}
