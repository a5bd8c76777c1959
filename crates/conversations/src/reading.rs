//! How far somebody has read. A member's mark is its own business and leaves no event (ruling 9); what the
//! customer's client says moves the state of what was sent, so the inbox hears of it.

use kernel::ConversationId;
use serde_json::json;
use tenancy::{ConversationView, Error, Session, Tx, VisitorChat, Work, args, sql};

use crate::{
    Conversation, Refusal,
    conversation::{Held, hold_unseen, show},
    status::record,
    visit::must_be_visitors,
};

/// Sets how far the member has read; lower than before marks as unread. Returns the conversation as it is now read.
///
/// # Errors
/// Out of sight.
pub async fn mark_read(tx: &mut Tx<ConversationView>, id: ConversationId, seq: i64) -> Result<Conversation, Refusal> {
    let seq = seq.clamp(0, show(tx, id).await?.last_seq);
    mark(tx, id, seq).await?;
    show(tx, id).await
}

/// How far the member has read.
pub(crate) async fn position(session: &mut Session, id: ConversationId) -> Result<i64, Error> {
    let text =
        sql!("select seq from conversation_reads where workspace_id = $1 and member_id = $2 and conversation_id = $3");
    let me = session.viewer().member.ok_or(Error::NotFound)?;
    session.first(text, args![me, id]).await?.map_or(Ok(0), |mut row| row.take(0))
}

pub(crate) async fn mark(work: &mut Work, id: ConversationId, seq: i64) -> Result<(), Error> {
    let text = sql!(
        "insert into conversation_reads (workspace_id, member_id, conversation_id, seq) values ($1, $2, $3, $4)
         on conflict (workspace_id, member_id, conversation_id) do update set seq = excluded.seq"
    );
    let me = work.viewer().member.ok_or(Error::NotFound)?;
    work.mark(text, args![me, id, seq]).await.map(drop)
}

/// The visitor has everything up to here before its eyes.
///
/// # Errors
/// Not the visitor's conversation.
pub async fn visitor_read(tx: &mut Tx<VisitorChat>, id: ConversationId, seq: i64) -> Result<(), Refusal> {
    let held = own(tx, id).await?;
    let seq = seen(tx, &held, seq).await?;
    if seq <= held.customer_read_seq {
        return Ok(());
    }
    let text = sql!(
        "update conversations set customer_read_seq = $3,
            customer_delivered_seq = case when customer_delivered_seq > $3 then customer_delivered_seq else $3 end
         where workspace_id = $1 and id = $2"
    );
    tx.run(text, args![id, seq]).await?;
    record(tx, "message.read", &held, json!({ "conversation_id": id, "seq": seq }));
    Ok(())
}

/// Everything up to here has reached the visitor's client.
///
/// # Errors
/// Not the visitor's conversation.
pub async fn visitor_delivered(tx: &mut Tx<VisitorChat>, id: ConversationId, seq: i64) -> Result<(), Refusal> {
    let held = own(tx, id).await?;
    let seq = seen(tx, &held, seq).await?;
    if seq <= held.customer_delivered_seq {
        return Ok(());
    }
    let text = sql!("update conversations set customer_delivered_seq = $3 where workspace_id = $1 and id = $2");
    tx.run(text, args![id, seq]).await?;
    record(tx, "message.delivered", &held, json!({ "conversation_id": id, "seq": seq }));
    Ok(())
}

/// As far as the customer can have come: to the newest message, or to before one that is still held.
async fn seen(tx: &mut Tx<VisitorChat>, held: &Held, seq: i64) -> Result<i64, Error> {
    let text =
        sql!("select min(seq) from messages where workspace_id = $1 and conversation_id = $2 and state = 'held'");
    let first: Option<i64> = tx.first(text, args![held.id]).await?.ok_or(Error::NotFound)?.take(0)?;
    Ok(seq.min(first.map_or(held.last_seq, |first| first - 1)))
}

async fn own(tx: &mut Tx<VisitorChat>, id: ConversationId) -> Result<Held, Refusal> {
    let held = hold_unseen(tx, id).await?;
    must_be_visitors(tx.actor(), held.customer, held.channel)?;
    Ok(held)
}
