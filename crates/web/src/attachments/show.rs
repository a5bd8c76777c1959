use axum::{extract::State, response::Response};
use kernel::{AttachmentId, WorkspaceId};
use serde::Deserialize;
use tenancy::{ConversationView, NoteView};
use utoipa::IntoParams;

use super::file::{self, Octets};
use crate::{App, Failure, PathOf, allowed::AllowedEither};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct AttachmentPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    _workspace_id: WorkspaceId,
    attachment_id: AttachmentId,
}

/// Downloads a file of a conversation, or beside a note on a customer, that the caller sees.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/attachments/{attachment_id}", operation_id = "attachment_show",
    tag = "attachments", params(AttachmentPath),
    responses((status = 200, description = "The file", body = inline(Octets), content_type = "*/*"))
)]
pub(crate) async fn show(
    either: AllowedEither<ConversationView, NoteView>,
    State(app): State<App>,
    PathOf(path): PathOf<AttachmentPath>,
) -> Result<Response, Failure> {
    let attachment = conversations::attachment(&mut either.read().await?, path.attachment_id).await?;
    file::hand_out(&app, either.scope().workspace(), attachment).await
}
