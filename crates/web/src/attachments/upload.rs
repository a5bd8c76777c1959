use axum::{Json, body::Body, extract::State, http::StatusCode};
use kernel::WorkspaceId;
use tenancy::ConversationReply;

use super::file::{self, Octets, UploadQuery};
use crate::{Allowed, App, Failure, Params, conversations::view::AttachmentView};

/// Uploads a file for an answer: the raw body, at most 25 MiB.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/attachments", operation_id = "attachment_upload",
    tag = "attachments", params(("workspace_id" = WorkspaceId, Path), UploadQuery),
    request_body(content = inline(Octets), content_type = "application/octet-stream"),
    responses((status = 201, description = "The file, not sent yet", body = AttachmentView))
)]
pub(crate) async fn upload(
    Allowed(grant): Allowed<ConversationReply>,
    State(app): State<App>,
    Params(query): Params<UploadQuery>,
    body: Body,
) -> Result<(StatusCode, Json<AttachmentView>), Failure> {
    let workspace = grant.scope().workspace();
    let stored = file::take_in(&app, workspace, &query, body).await?;
    let mut tx = grant.begin().await?;
    let outcome = conversations::upload(&mut tx, stored).await.map(|file| AttachmentView {
        url: format!("/api/v1/workspaces/{workspace}/attachments/{}", file.id),
        id: file.id,
        name: file.name,
        content_type: file.content_type,
        size: file.size,
    });
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}
