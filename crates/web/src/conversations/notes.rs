use axum::{Json, http::StatusCode};
use conversations::{NewNote, NoteChange, Noted};
use kernel::{AttachmentId, ConversationId, NoteText, WorkspaceId};
use serde::Deserialize;
use tenancy::{NoteCreate, NoteDelete, NoteEdit, Viewer};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{show::ConversationPath, view::MessageView};
use crate::{Allowed, Body, Failure, PathOf, mentions::view::MentionGiven, undo::Undoable};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteCreateBody {
    /// Text with light marks: `**bold**`, `_italic_`, lists, links. Nothing in it is ever HTML.
    text: NoteText,
    /// Uploaded files that were not sent yet.
    #[serde(default)]
    attachments: Vec<AttachmentId>,
    /// At most 50.
    #[serde(default)]
    mentions: Vec<MentionGiven>,
    /// The author's own id for the note, shown again in every answer and event.
    client_id: Option<Uuid>,
}

/// Writes a note: among members, never to the customer.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/notes",
    operation_id = "note_create", tag = "notes", params(ConversationPath), request_body = NoteCreateBody,
    responses((status = 201, description = "The note", body = MessageView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<NoteCreate>,
    PathOf(path): PathOf<ConversationPath>,
    Body(note): Body<NoteCreateBody>,
) -> Result<(StatusCode, Json<MessageView>), Failure> {
    let new = NewNote {
        text: note.text,
        attachments: note.attachments,
        mentions: note.mentions.into_iter().map(Into::into).collect(),
        client_id: note.client_id.map(|id| id.to_string()),
    };
    let mut tx = grant.begin().await?;
    let (workspace, viewer) = (tx.workspace(), tx.viewer());
    let outcome = conversations::write_note(&mut tx, path.conversation_id, new).await;
    let outcome = outcome.map(|noted| shown(noted, workspace, &viewer));
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct NotePath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) conversation_id: ConversationId,
    pub(crate) note_seq: i64,
}

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoteUpdate {
    /// The version that was looked at; a note that was changed since refuses.
    version: i64,
    #[schema(nullable = false)]
    text: Option<NoteText>,
    /// Instead of those before; who is called anew is told.
    #[schema(nullable = false)]
    mentions: Option<Vec<MentionGiven>>,
}

/// Changes a note. What it said before stays in the audit log.
#[utoipa::path(
    patch, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/notes/{note_seq}",
    operation_id = "note_update", tag = "notes", params(NotePath), request_body = NoteUpdate,
    responses((status = 200, description = "The note", body = MessageView))
)]
pub(crate) async fn update(
    Allowed(grant): Allowed<NoteEdit>,
    PathOf(path): PathOf<NotePath>,
    Body(update): Body<NoteUpdate>,
) -> Result<Json<MessageView>, Failure> {
    let change = NoteChange {
        version: update.version,
        text: update.text,
        mentions: update.mentions.map(|mentions| mentions.into_iter().map(Into::into).collect()),
    };
    let mut tx = grant.begin().await?;
    let (workspace, viewer) = (tx.workspace(), tx.viewer());
    let outcome = conversations::edit_note(&mut tx, path.conversation_id, path.note_seq, change).await;
    let outcome = outcome.map(|noted| shown(noted, workspace, &viewer));
    Ok(Json(tx.settle(outcome).await?))
}

/// Takes a note away; its place in the conversation stays.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/notes/{note_seq}",
    operation_id = "note_delete", tag = "notes", params(NotePath),
    responses((status = 200, description = "What is left of the note", body = MessageView))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<NoteDelete>,
    PathOf(path): PathOf<NotePath>,
) -> Result<Undoable<Json<MessageView>>, Failure> {
    let mut tx = grant.begin().await?;
    let (workspace, viewer) = (tx.workspace(), tx.viewer());
    let outcome = conversations::delete_note(&mut tx, path.conversation_id, path.note_seq).await;
    let outcome = outcome.map(|noted| shown(noted, workspace, &viewer));
    let undo = tx.undo_offer();
    Ok(Undoable(undo, Json(tx.settle(outcome).await?)))
}

fn shown(noted: Noted, workspace: WorkspaceId, viewer: &Viewer) -> MessageView {
    MessageView::of(noted.message, workspace, viewer, noted.conversation.contact)
}
