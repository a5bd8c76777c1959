//! Handing a conversation over.

use std::collections::BTreeMap;

use kernel::{ConversationId, HandoverId};
use tenancy::{Error, Row, Session, args, sql};

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
