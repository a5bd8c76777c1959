use axum::http::StatusCode;
use tenancy::VisitorChat;

use super::conversations::OwnConversationPath;
use crate::{Allowed, Body, Failure, PathOf, conversations::read::ReadPut};

/// Says that the visitor has seen everything up to a message.
#[utoipa::path(
    put, path = "/widget/v1/conversations/{conversation_id}/read", operation_id = "widget_read_put", tag = "widget",
    params(OwnConversationPath), request_body = ReadPut,
    responses((status = 204, description = "Noted"))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<VisitorChat>,
    PathOf(path): PathOf<OwnConversationPath>,
    Body(read): Body<ReadPut>,
) -> Result<StatusCode, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = conversations::visitor_read(&mut tx, path.conversation_id, read.seq).await;
    tx.settle(outcome).await?;
    Ok(StatusCode::NO_CONTENT)
}
