use axum::{Json, http::StatusCode};
use conversations::Outbound;
use kernel::{AttachmentId, CannedResponseId, LongText};
use serde::Deserialize;
use tenancy::ConversationReply;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    show::ConversationPath,
    view::{MessageView, refusal},
};
use crate::{Allowed, Body, Failure, PathOf};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MessageSend {
    text: LongText,
    /// Uploaded files that were not sent yet.
    #[serde(default)]
    attachments: Vec<AttachmentId>,
    /// The newest message the author has seen: a colleague's newer answer refuses this one with 409.
    seen_seq: i64,
    /// The author's own id for the message, shown again in every answer and event.
    client_id: Option<Uuid>,
    /// Where the text comes from a canned response: its use is counted.
    canned_response_id: Option<CannedResponseId>,
}

/// Answers the customer.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/messages",
    operation_id = "message_send", tag = "conversations", params(ConversationPath), request_body = MessageSend,
    responses((status = 201, description = "The message", body = MessageView))
)]
pub(crate) async fn send(
    Allowed(grant): Allowed<ConversationReply>,
    PathOf(path): PathOf<ConversationPath>,
    Body(message): Body<MessageSend>,
) -> Result<(StatusCode, Json<MessageView>), Failure> {
    let mut tx = grant.begin().await?;
    let (workspace, viewer) = (tx.workspace(), tx.viewer());
    let outbound = Outbound {
        text: message.text,
        attachments: message.attachments,
        seen_seq: message.seen_seq,
        client_id: message.client_id.map(|id| id.to_string()),
        canned_response: message.canned_response_id,
    };
    let outcome = conversations::reply(&mut tx, path.conversation_id, outbound)
        .await
        .map(|sent| MessageView::of(sent.message, workspace, &viewer, sent.conversation.contact));
    match tx.settle_created(outcome).await {
        Ok(message) => Ok((StatusCode::CREATED, Json(message))),
        Err(refused) => Err(refusal(refused, workspace, &viewer)),
    }
}
