use axum::{extract::State, http::StatusCode};
use kernel::ConversationId;
use serde::Deserialize;
use tenancy::Tx;
use utoipa::ToSchema;

use super::show::ConversationPath;
use crate::{
    Allowed, App, Body, Failure, PathOf,
    realtime::{AgentRead, Ephemeral},
};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadPut {
    /// The newest message that was read; lower than before marks as unread.
    #[schema(minimum = 0)]
    pub(crate) seq: i64,
}

/// Says how far one has read.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/read", operation_id = "read_put",
    tag = "conversations", params(ConversationPath), request_body = ReadPut,
    responses((status = 204, description = "Noted"))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<tenancy::ConversationView>,
    State(app): State<App>,
    PathOf(path): PathOf<ConversationPath>,
    Body(read): Body<ReadPut>,
) -> Result<StatusCode, Failure> {
    let mut tx = grant.begin().await?;
    let mut done = None;
    let outcome = mark_read(&mut tx, path.conversation_id, read.seq).await.map(|marked| done = Some(marked));
    tx.settle(outcome).await?;
    if let Some((receipt, notified)) = done {
        app.hub.tell(grant.scope().workspace(), Ephemeral::AgentRead(receipt));
        if notified {
            app.notify(grant.scope());
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Marks a conversation read up to a message and, when that is the last one, what one was told about it.
async fn mark_read(
    tx: &mut Tx<tenancy::ConversationView>,
    id: ConversationId,
    seq: i64,
) -> Result<(AgentRead, bool), conversations::Refusal> {
    let conversation = conversations::mark_read(tx, id, seq).await?;
    let whole = conversation.read_seq == conversation.last_seq;
    let notified = whole && ::notifications::conversation_read(tx, id).await?;
    Ok((AgentRead::of(&conversation), notified))
}
