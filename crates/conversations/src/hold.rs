//! Undo send: an answer is held for a few seconds, by the server and not by the tab, and can be taken back until then.

use kernel::{ConversationId, Timestamp};
use serde_json::json;
use tenancy::{ConversationReply, Error, Housekeeping, Tx, Work, args, sql};

use crate::{
    Message, Refusal, Sent, State, attachment,
    conversation::{Held, hold, hold_unseen, must_be_own, reread},
    message::message,
    mode, preview, receive,
    status::record,
};

/// The job that sends what was held; its payload is `{conversation_id, seq}`.
pub const SEND_JOB: &str = "message.send";

/// Takes an answer back that is still held: the customer never sees it. Returns it as it was, so that its text goes
/// back to its author.
///
/// # Errors
/// Out of sight, not one's own, somebody else's answer, or it went out.
pub async fn withdraw(tx: &mut Tx<ConversationReply>, id: ConversationId, seq: i64) -> Result<Sent, Refusal> {
    let held = hold(tx, id).await?;
    must_be_own(tx, &held)?;
    let answer = message(tx, id, seq).await?.ok_or(Error::NotFound)?;
    let me = tx.viewer().member.map(Into::into);
    if answer.state != State::Held || answer.author.id != me {
        return Err(Refusal::NotHeld);
    }
    let empty = sql!(
        "update messages set state = 'withdrawn', text = '', attachments = '[]', send_at = null
         where workspace_id = $1 and conversation_id = $2 and seq = $3"
    );
    tx.run(empty, args![id, seq]).await?;
    attachment::unlink(tx, &answer.attachments).await?;
    stand_as_before(tx, &held).await?;
    billing::usage::uncount(tx, billing::usage::FlowMeter::Messages).await?;
    record(tx, "message.withdrawn", &held, json!({ "conversation_id": id, "seq": seq, "message_id": answer.id }));
    Ok(Sent { conversation: reread(tx, id).await?, message: answer })
}

/// The conversation as if the answer had never been: the newest other message is its preview, and who waited for an
/// answer waits again, for the AI where it was given the conversation meanwhile.
async fn stand_as_before(work: &mut Work, held: &Held) -> Result<(), Error> {
    let answered = sql!(
        "select coalesce(max(seq), 0) from messages
         where workspace_id = $1 and conversation_id = $2 and direction = 'outbound' and author_kind <> 'system'
            and state <> 'withdrawn'"
    );
    let waiting = sql!(
        "select min(sent_at) from messages
         where workspace_id = $1 and conversation_id = $2 and direction = 'inbound' and seq > $3"
    );
    let write = sql!(
        "update conversations set last_outbound_seq = $3, waiting_since = $4, version = version + 1
         where workspace_id = $1 and id = $2"
    );
    let last: i64 = one(work.first(answered, args![held.id]).await?)?;
    let since: Option<Timestamp> = one(work.first(waiting, args![held.id, last]).await?)?;
    work.run(write, args![held.id, last, since]).await?;
    mode::ask(work, &Held { last_outbound_seq: last, ..held.clone() });
    preview::renew(work, held.id).await
}

fn one<T: tenancy::FromValue>(row: Option<tenancy::Row>) -> Result<T, Error> {
    row.ok_or(Error::NotFound)?.take(0)
}

/// Sends a held answer whose moment has come, whatever became of its author (ruling 27); one that was taken back, or
/// went out already, stays as it is.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn send_held(tx: &mut Tx<Housekeeping>, id: ConversationId, seq: i64) -> Result<(), Refusal> {
    let held = hold_unseen(tx, id).await?;
    let Some(answer) = message(tx, id, seq).await?.filter(|answer| answer.state == State::Held) else {
        return Ok(());
    };
    let text = sql!(
        "update messages set state = 'sent', sent_at = $4, send_at = null
         where workspace_id = $1 and conversation_id = $2 and seq = $3"
    );
    let now = tx.now();
    tx.run(text, args![id, seq, now]).await?;
    let sent = Message { state: State::Sent, sent_at: now, send_at: None, ..answer };
    receive::index(tx, held.customer, &sent).await?;
    record(tx, "message.sent", &held, json!({ "conversation_id": id, "seq": seq, "message_id": sent.id }));
    Ok(())
}
