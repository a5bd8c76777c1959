//! What goes out: a member answers.

use std::time::Duration;

use kernel::{AttachmentId, CannedResponseId, ConversationId, LongText};
use tenancy::{ConversationReply, Error, Permission, Reach, ReplyLock, RightId, Session, Tx, Work, sql};

use crate::{
    Author, AuthorKind, Conversation, DraftMode, Message, Refusal, attachment, canned_response,
    conversation::{Held, hold, must_be_own, reread, show},
    draft, message,
    mode::Cause,
    outgoing::Outgoing,
    reading, take_over,
};

/// A member's answer.
#[derive(Debug, Clone)]
pub struct Outbound {
    pub text: LongText,
    pub attachments: Vec<AttachmentId>,
    /// The newest message its author had seen.
    pub seen_seq: i64,
    pub client_id: Option<String>,
    /// From which one its text comes.
    pub canned_response: Option<CannedResponseId>,
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
/// messages never block. Answering opens what was snoozed or solved, and takes the conversation from the AI. Where the
/// workspace wants that, the answer is held for a moment before it goes out.
///
/// # Errors
/// Out of sight, not one's own, not open, locked, stale, or nothing to send.
pub async fn reply(tx: &mut Tx<ConversationReply>, id: ConversationId, outbound: Outbound) -> Result<Sent, Refusal> {
    let held = hold(tx, id).await?;
    must_be_own(tx, &held)?;
    if !held.status.is_living() {
        return Err(Refusal::NotOpen);
    }
    let author = Author::of_member(tx)?;
    let me = tx.viewer().member.ok_or(Error::NotFound)?;
    let settings = directory::inbox_settings(tx).await?;
    must_not_be_locked(tx, &held, settings.reply_lock).await?;
    if held.last_outbound_seq > outbound.seen_seq {
        let messages = message::answers_after(tx, id, outbound.seen_seq).await?;
        let contact = reread(tx, id).await?.contact;
        return Err(Refusal::Stale { messages, contact, seen_seq: held.last_seq });
    }
    let attachments = attachment::link(tx, &outbound.attachments, id).await?;
    let hold = Duration::from_secs(settings.send_hold_seconds.into());
    let outgoing = Outgoing {
        author,
        text: &outbound.text,
        attachments: &attachments,
        client_id: outbound.client_id.as_deref(),
        send_at: (!hold.is_zero()).then(|| tx.now().plus(hold)),
    };
    let message = outgoing.send(tx, &held).await?;
    take_over::take(tx, &held, Some(me), Cause::Reply).await?;
    reading::mark(tx, id, message.seq).await?;
    draft::sent(tx, id, DraftMode::Reply, &outbound.text).await?;
    if let Some(response) = outbound.canned_response {
        canned_response::used(tx, response).await?;
    }
    Ok(Sent { conversation: reread(tx, id).await?, message })
}

/// A strict reply lock: only who has the conversation answers in it, until it is given back or taken over, or nothing
/// was done for a while.
pub(crate) async fn must_not_be_locked(
    tx: &mut Tx<ConversationReply>,
    held: &Held,
    lock: ReplyLock,
) -> Result<(), Refusal> {
    let me = tx.viewer().member.ok_or(Error::NotFound)?;
    match held.locked_by(me, tx.now()).filter(|_| lock == ReplyLock::Strict) {
        Some(holder) => {
            let name = directory::member_name(tx, holder).await?.unwrap_or_default();
            Err(Refusal::Locked { holder, name })
        }
        None => Ok(()),
    }
}

impl Author {
    /// The member who acts.
    pub(crate) fn of_member(work: &Work) -> Result<Self, Error> {
        match work.actor() {
            tenancy::Actor::Member(member) => {
                let name = member.name.clone();
                Ok(Self { kind: AuthorKind::Member, id: Some(member.id.into()), name, former: false })
            }
            _ => Err(Error::NotFound),
        }
    }
}
