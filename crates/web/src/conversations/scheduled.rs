use axum::{Json, http::StatusCode};
use conversations::{Later, Refusal, ScheduledMessage};
use customers::masking::Exposure;
use kernel::{AttachmentId, ConversationId, LongText, ScheduledMessageId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::{ConversationReply, Session, Viewer};
use utoipa::{IntoParams, ToSchema};

use super::{
    show::ConversationPath,
    view::{AttachmentView, MessageAuthor},
};
use crate::{Allowed, Body, Failure, PathOf, view::list_of};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ScheduledPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    _workspace_id: WorkspaceId,
    conversation_id: ConversationId,
    scheduled_message_id: ScheduledMessageId,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScheduledMessageCreate {
    text: LongText,
    /// Uploaded files that were not sent yet.
    #[serde(default)]
    attachments: Vec<AttachmentId>,
    /// Within the next year.
    send_at: Timestamp,
}

/// An answer that waits for its moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct ScheduledMessageView {
    pub id: ScheduledMessageId,
    pub conversation_id: ConversationId,
    pub author: MessageAuthor,
    pub text: String,
    pub attachments: Vec<AttachmentView>,
    pub send_at: Timestamp,
    pub created_at: Timestamp,
    /// The customer has written since. It goes out all the same.
    pub overtaken: bool,
}

list_of!(ScheduledMessageList, ScheduledMessageView);

impl ScheduledMessageView {
    /// `contact`: whether the customer is the viewer's assigned contact.
    fn of(message: ScheduledMessage, workspace: WorkspaceId, viewer: &Viewer, contact: bool) -> Self {
        let exposure = Exposure::beside_conversation(viewer, contact);
        let attachments = message.attachments.into_iter();
        Self {
            id: message.id,
            conversation_id: message.conversation_id,
            author: MessageAuthor::of(message.author, exposure),
            text: exposure.text(&message.text),
            attachments: attachments.map(|file| AttachmentView::of(file, workspace, exposure)).collect(),
            send_at: message.send_at,
            created_at: message.created_at,
            overtaken: message.overtaken,
        }
    }
}

/// What waits to be sent, the next first; there are few, so all come at once.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/scheduled-messages",
    operation_id = "scheduled_messages_list", tag = "conversations", params(ConversationPath),
    responses((status = 200, description = "The messages", body = ScheduledMessageList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<tenancy::ConversationView>,
    PathOf(path): PathOf<ConversationPath>,
) -> Result<Json<ScheduledMessageList>, Failure> {
    let mut session = grant.read().await?;
    let conversation = conversations::show(&mut session, path.conversation_id).await?;
    let waiting = conversations::scheduled(&mut session, path.conversation_id).await?.into_iter();
    let (workspace, viewer) = (session.workspace(), session.viewer());
    let view = |message| ScheduledMessageView::of(message, workspace, &viewer, conversation.contact);
    Ok(Json(ScheduledMessageList { items: waiting.map(view).collect(), next_cursor: None }))
}

/// Accepts an answer that goes out later, whatever becomes of its author.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/scheduled-messages",
    operation_id = "scheduled_message_create", tag = "conversations", params(ConversationPath),
    request_body = ScheduledMessageCreate,
    responses((status = 201, description = "The message", body = ScheduledMessageView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<ConversationReply>,
    PathOf(path): PathOf<ConversationPath>,
    Body(message): Body<ScheduledMessageCreate>,
) -> Result<(StatusCode, Json<ScheduledMessageView>), Failure> {
    let mut tx = grant.begin().await?;
    let later = Later { text: message.text, attachments: message.attachments, send_at: message.send_at };
    let outcome = match conversations::schedule(&mut tx, path.conversation_id, later).await {
        Ok(message) => shown(&mut tx, message).await,
        Err(refusal) => Err(refusal),
    };
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}

/// Calls a waiting answer off. The answer holds its text and files for the composer.
#[utoipa::path(
    delete,
    path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/scheduled-messages/{scheduled_message_id}",
    operation_id = "scheduled_message_delete", tag = "conversations", params(ScheduledPath),
    responses((status = 200, description = "The message as it was", body = ScheduledMessageView))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<ConversationReply>,
    PathOf(path): PathOf<ScheduledPath>,
) -> Result<Json<ScheduledMessageView>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = match conversations::unschedule(&mut tx, path.conversation_id, path.scheduled_message_id).await {
        Ok(message) => shown(&mut tx, message).await,
        Err(refusal) => Err(refusal),
    };
    Ok(Json(tx.settle(outcome).await?))
}

/// As its reader may see it.
async fn shown(session: &mut Session, message: ScheduledMessage) -> Result<ScheduledMessageView, Refusal> {
    let contact = conversations::show(session, message.conversation_id).await?.contact;
    Ok(ScheduledMessageView::of(message, session.workspace(), &session.viewer(), contact))
}
