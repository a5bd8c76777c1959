use axum::Json;
use kernel::ConversationId;
use serde::{Deserialize, Serialize};
use tenancy::CannedResponseUse;
use utoipa::ToSchema;

use super::view::CannedResponsePath;
use crate::{Allowed, Body, Failure, PathOf};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RenderingCreate {
    conversation_id: ConversationId,
}

/// A text with its variables filled in.
#[derive(Debug, Serialize, ToSchema)]
pub struct RenderingView {
    pub text: String,
    /// Variables without a value here; they stand in the text as they were written.
    pub missing: Vec<String>,
}

/// A canned response as it would be sent in a conversation. What its writer sees masked is missing.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/canned-responses/{canned_response_id}/rendering",
    operation_id = "canned_response_render", tag = "canned responses", params(CannedResponsePath),
    request_body = RenderingCreate, responses((status = 200, description = "The text", body = RenderingView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<CannedResponseUse>,
    PathOf(path): PathOf<CannedResponsePath>,
    Body(body): Body<RenderingCreate>,
) -> Result<Json<RenderingView>, Failure> {
    let (id, conversation) = (path.canned_response_id, body.conversation_id);
    let rendering = conversations::render_canned_response(&mut grant.read().await?, id, conversation).await?;
    Ok(Json(RenderingView { text: rendering.text, missing: rendering.missing }))
}
