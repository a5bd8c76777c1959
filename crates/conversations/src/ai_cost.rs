//! What an answer of the AI costs, where the plan asks something for it: kept when it begins, spent with the message that
//! it becomes, given back when it becomes none (INV-22).

use billing::ledger::{self, Claim, ReservationTime};
use kernel::ConversationId;
use tenancy::{Error, Subject, Work};

use crate::{Refusal, ai_draft::Turn};

/// As catalogues name it.
const CAUSE: &str = "ai_answer";

/// Keeps the credits of an answer that begins; one that begins again keeps them on.
///
/// # Errors
/// There are not enough.
pub(crate) async fn reserve(work: &mut Work, turn: Turn) -> Result<(), Refusal> {
    let Some(amount) = ledger::cost(work, CAUSE).await? else { return Ok(()) };
    let claim = Claim {
        amount,
        member: None,
        cause: CAUSE,
        subject: Some(Subject::new("conversation", turn.conversation_id)),
        time: ReservationTime::default(),
        key: Some(&key(turn)),
    };
    ledger::reserve(work, claim).await?;
    Ok(())
}

/// Spends what was kept for an answer, in the transaction that sends it.
///
/// # Errors
/// Its time was over, and there are not enough any more.
pub(crate) async fn spend(work: &mut Work, turn: Turn) -> Result<(), Refusal> {
    Ok(ledger::commit_key(work, &key(turn)).await?)
}

/// Gives back what is kept for answers in a conversation, because none of them leaves.
pub(crate) async fn give_back(work: &mut Work, id: ConversationId) -> Result<(), Error> {
    ledger::release_work(work, CAUSE, id).await
}

fn key(turn: Turn) -> String {
    let Turn { conversation_id, epoch, inbound_seq } = turn;
    format!("{CAUSE}/{conversation_id}/{epoch}/{inbound_seq}")
}
