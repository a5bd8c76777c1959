use axum::{extract::State, http::StatusCode};
use serde::Deserialize;
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
    let mut receipt = None;
    let outcome = conversations::mark_read(&mut tx, path.conversation_id, read.seq)
        .await
        .map(|conversation| receipt = Some(AgentRead::of(&conversation)));
    tx.settle(outcome).await?;
    if let Some(receipt) = receipt {
        app.hub.tell(grant.scope().workspace(), Ephemeral::AgentRead(receipt));
    }
    Ok(StatusCode::NO_CONTENT)
}
