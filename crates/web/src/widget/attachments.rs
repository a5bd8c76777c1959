use axum::{Json, body::Body, extract::State, http::StatusCode, response::Response};
use kernel::AttachmentId;
use serde::Deserialize;
use tenancy::VisitorChat;
use utoipa::IntoParams;

use super::{send::take_turn, view::attachment};
use crate::{
    Allowed, App, Failure, Params, PathOf,
    attachments::file::{self, Octets, UploadQuery},
    conversations::view::AttachmentView,
};

/// Uploads a file for a message: the raw body, at most 25 MiB.
#[utoipa::path(
    post, path = "/widget/v1/attachments", operation_id = "widget_attachment_upload", tag = "widget",
    params(UploadQuery), request_body(content = inline(Octets), content_type = "application/octet-stream"),
    responses((status = 201, description = "The file, not sent yet", body = AttachmentView))
)]
pub(crate) async fn upload(
    Allowed(grant): Allowed<VisitorChat>,
    State(app): State<App>,
    Params(query): Params<UploadQuery>,
    body: Body,
) -> Result<(StatusCode, Json<AttachmentView>), Failure> {
    take_turn(&app, grant.scope().actor())?;
    let stored = file::take_in(&app, grant.scope().workspace(), &query, body).await?;
    let mut tx = grant.begin().await?;
    let outcome = conversations::visitor_upload(&mut tx, stored).await.map(attachment);
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OwnAttachmentPath {
    attachment_id: AttachmentId,
}

/// Downloads a file of one of the visitor's conversations.
#[utoipa::path(
    get, path = "/widget/v1/attachments/{attachment_id}", operation_id = "widget_attachment_show", tag = "widget",
    params(OwnAttachmentPath),
    responses((status = 200, description = "The file", body = inline(Octets), content_type = "*/*"))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<VisitorChat>,
    State(app): State<App>,
    PathOf(path): PathOf<OwnAttachmentPath>,
) -> Result<Response, Failure> {
    let attachment = conversations::visitor_attachment(&mut grant.read().await?, path.attachment_id).await?;
    file::hand_out(&app, grant.scope().workspace(), attachment).await
}
