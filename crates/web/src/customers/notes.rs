use axum::{Json, http::StatusCode};
use conversations::{NewProfileNote, ProfileNote, ProfileNoteChange};
use kernel::{AttachmentId, CustomerId, CustomerNoteId, NoteText, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::{NoteCreate, NoteDelete, NoteEdit, NoteView, Permission, Viewer};
use utoipa::{IntoParams, ToSchema};

use super::show::CustomerPath;
use crate::{
    Allowed, Body, Failure, Params, PathOf,
    conversations::view::{AttachmentView, MemberRef, MessageList, MessageView},
    mentions::view::{MentionGiven, MentionView},
    undo::Undoable,
    view::{Can, PageQuery, list_of},
};

#[derive(Debug, Serialize, ToSchema)]
pub struct CustomerNoteView {
    pub id: CustomerNoteId,
    pub customer_id: CustomerId,
    pub author: MemberRef,
    /// Text with light marks: `**bold**`, `_italic_`, lists, links. Nothing in it is ever HTML.
    pub text: String,
    pub attachments: Vec<AttachmentView>,
    /// Whom it calls.
    pub mentions: Vec<MentionView>,
    /// It stands beside every conversation of the customer.
    pub pinned: bool,
    pub created_at: Timestamp,
    #[schema(required)]
    pub edited_at: Option<Timestamp>,
    /// Secrets that it seems to hold and better did not: `card_number`, `bank_account`, `password`.
    pub warnings: Vec<&'static str>,
    /// To be sent along with a change.
    pub version: i64,
    pub can: Can,
}

list_of!(CustomerNoteList, CustomerNoteView);

impl CustomerNoteView {
    fn of(note: ProfileNote, customer: &customers::Customer, workspace: WorkspaceId, viewer: &Viewer) -> Self {
        let ProfileNote { note, attachments, mentions } = note;
        let own = note.is_own(viewer);
        let abilities = [Permission::NoteEdit, Permission::NoteDelete];
        let exposure = customer.exposure(viewer);
        let text = exposure.text(&note.text);
        let attachments = attachments.into_iter();
        Self {
            attachments: attachments.map(|file| AttachmentView::of(file, workspace, exposure)).collect(),
            mentions: mentions.into_iter().map(MentionView::from).collect(),
            can: Can::new(abilities.map(|permission| (permission, viewer.ability(permission, own)))),
            warnings: kernel::sensitive(&text),
            id: note.id,
            customer_id: note.customer_id,
            author: MemberRef { id: note.author, name: note.author_name, former: note.author_former },
            text,
            pinned: note.pinned,
            created_at: note.created_at,
            edited_at: note.edited_at,
            version: note.version,
        }
    }
}

/// The notes on a customer, newest first.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/customers/{customer_id}/notes",
    operation_id = "customer_notes_list", tag = "notes", params(CustomerPath, PageQuery),
    responses((status = 200, description = "A page of notes", body = CustomerNoteList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<NoteView>,
    PathOf(path): PathOf<CustomerPath>,
    Params(query): Params<PageQuery>,
) -> Result<Json<CustomerNoteList>, Failure> {
    let mut session = grant.read().await?;
    let (limit, cursor) = (query.limit.unwrap_or_default(), query.cursor.as_deref());
    let (customer, page) = conversations::profile_notes(&mut session, path.customer_id, limit, cursor).await?;
    let (workspace, viewer) = (session.workspace(), session.viewer());
    Ok(Json(page.map(|note| CustomerNoteView::of(note, &customer, workspace, &viewer)).into()))
}

/// What was noted in those conversations of a customer that the caller sees, newest first.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/customers/{customer_id}/conversation-notes",
    operation_id = "customer_conversation_notes_list", tag = "notes", params(CustomerPath, PageQuery),
    responses((status = 200, description = "A page of notes", body = MessageList))
)]
pub(crate) async fn in_conversations(
    Allowed(grant): Allowed<NoteView>,
    PathOf(path): PathOf<CustomerPath>,
    Params(query): Params<PageQuery>,
) -> Result<Json<MessageList>, Failure> {
    let mut session = grant.read().await?;
    let (limit, cursor) = (query.limit.unwrap_or_default(), query.cursor.as_deref());
    let (customer, page) = conversations::notes_in_conversations(&mut session, path.customer_id, limit, cursor).await?;
    let (workspace, viewer) = (session.workspace(), session.viewer());
    Ok(Json(page.map(|note| MessageView::of(note, workspace, &viewer, customer.contact)).into()))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CustomerNoteCreate {
    /// May be empty beside a file.
    #[serde(default)]
    text: NoteText,
    #[serde(default)]
    pinned: bool,
    /// Files that were uploaded before, at most ten.
    #[serde(default)]
    attachments: Vec<AttachmentId>,
    /// At most 50.
    #[serde(default)]
    mentions: Vec<MentionGiven>,
}

/// Writes a note on a customer: among members, never to the customer.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/customers/{customer_id}/notes",
    operation_id = "customer_note_create", tag = "notes", params(CustomerPath), request_body = CustomerNoteCreate,
    responses((status = 201, description = "The note", body = CustomerNoteView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<NoteCreate>,
    PathOf(path): PathOf<CustomerPath>,
    Body(note): Body<CustomerNoteCreate>,
) -> Result<(StatusCode, Json<CustomerNoteView>), Failure> {
    let new = NewProfileNote {
        text: note.text,
        pinned: note.pinned,
        attachments: note.attachments,
        mentions: note.mentions.into_iter().map(Into::into).collect(),
    };
    let mut tx = grant.begin().await?;
    let (workspace, viewer) = (tx.workspace(), tx.viewer());
    let outcome = conversations::write_profile_note(&mut tx, path.customer_id, new).await;
    let outcome = outcome.map(|noted| CustomerNoteView::of(noted.note, &noted.customer, workspace, &viewer));
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct CustomerNotePath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) customer_id: CustomerId,
    pub(crate) note_id: CustomerNoteId,
}

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CustomerNoteUpdate {
    /// The version that was looked at; a note that was changed since refuses.
    version: i64,
    #[schema(nullable = false)]
    text: Option<NoteText>,
    #[schema(nullable = false)]
    pinned: Option<bool>,
    /// Whom it calls from now on; who was not called before is told.
    #[schema(nullable = false)]
    mentions: Option<Vec<MentionGiven>>,
}

/// Changes a note on a customer. What it said before stays in the audit log.
#[utoipa::path(
    patch, path = "/api/v1/workspaces/{workspace_id}/customers/{customer_id}/notes/{note_id}",
    operation_id = "customer_note_update", tag = "notes", params(CustomerNotePath),
    request_body = CustomerNoteUpdate,
    responses((status = 200, description = "The note", body = CustomerNoteView))
)]
pub(crate) async fn update(
    Allowed(grant): Allowed<NoteEdit>,
    PathOf(path): PathOf<CustomerNotePath>,
    Body(update): Body<CustomerNoteUpdate>,
) -> Result<Json<CustomerNoteView>, Failure> {
    let change = ProfileNoteChange {
        version: update.version,
        text: update.text,
        pinned: update.pinned,
        mentions: update.mentions.map(|mentions| mentions.into_iter().map(Into::into).collect()),
    };
    let mut tx = grant.begin().await?;
    let (workspace, viewer) = (tx.workspace(), tx.viewer());
    let outcome = conversations::edit_profile_note(&mut tx, path.customer_id, path.note_id, change).await;
    let outcome = outcome.map(|noted| CustomerNoteView::of(noted.note, &noted.customer, workspace, &viewer));
    Ok(Json(tx.settle(outcome).await?))
}

/// Takes a note on a customer away.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/customers/{customer_id}/notes/{note_id}",
    operation_id = "customer_note_delete", tag = "notes", params(CustomerNotePath),
    responses((status = 204, description = "It is gone"))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<NoteDelete>,
    PathOf(path): PathOf<CustomerNotePath>,
) -> Result<Undoable<StatusCode>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = conversations::delete_profile_note(&mut tx, path.customer_id, path.note_id).await;
    let undo = tx.undo_offer();
    tx.settle(outcome).await?;
    Ok(Undoable(undo, StatusCode::NO_CONTENT))
}
