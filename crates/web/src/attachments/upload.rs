use axum::{Json, body::Body, extract::State, http::StatusCode};
use customers::masking::Exposure;
use kernel::WorkspaceId;
use tenancy::{ConversationReply, NoteCreate};

use super::file::{self, Octets, UploadQuery};
use crate::{App, Failure, Params, allowed::AllowedEither, conversations::view::AttachmentView};

/// Uploads a file for an answer or a note: the raw body, at most 25 MiB.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/attachments", operation_id = "attachment_upload",
    tag = "attachments", params(("workspace_id" = WorkspaceId, Path), UploadQuery),
    request_body(content = inline(Octets), content_type = "application/octet-stream"),
    responses((status = 201, description = "The file, not sent yet", body = AttachmentView))
)]
pub(crate) async fn upload(
    either: AllowedEither<ConversationReply, NoteCreate>,
    State(app): State<App>,
    Params(query): Params<UploadQuery>,
    body: Body,
) -> Result<(StatusCode, Json<AttachmentView>), Failure> {
    let workspace = either.scope().workspace();
    let stored = file::take_in(&app, workspace, &query, body).await?;
    // The uploader's own file, so in clear.
    let shown = |file| AttachmentView::of(file, workspace, Exposure::Clear);
    let file = if either.holds_first() {
        let mut tx = either.first()?.begin().await?;
        let outcome = conversations::upload(&mut tx, stored).await;
        tx.settle_created(outcome.map(shown)).await?
    } else {
        let mut tx = either.second()?.begin().await?;
        let outcome = conversations::upload_for_note(&mut tx, stored).await;
        tx.settle_created(outcome.map(shown)).await?
    };
    Ok((StatusCode::CREATED, Json(file)))
}
