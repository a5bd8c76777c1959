use axum::Json;
use kernel::{ConversationId, WorkspaceId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::ConversationView;
use crate::{Allowed, Failure, PathOf};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ConversationPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) conversation_id: ConversationId,
}

/// One conversation.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}",
    operation_id = "conversation_show", tag = "conversations", params(ConversationPath),
    responses((status = 200, description = "The conversation", body = ConversationView))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<tenancy::ConversationView>,
    PathOf(path): PathOf<ConversationPath>,
) -> Result<Json<ConversationView>, Failure> {
    let mut session = grant.read().await?;
    let conversation = conversations::show(&mut session, path.conversation_id).await?;
    Ok(Json(ConversationView::of(conversation, &session.viewer())))
}
