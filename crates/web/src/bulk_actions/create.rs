use axum::{Json, http::StatusCode};
use conversations::{Action, ListFilter, Selection};
use kernel::{ConversationId, Problem, WorkspaceId};
use serde::Deserialize;
use tenancy::ConversationView;
use utoipa::ToSchema;

use super::view::BulkActionView;
use crate::{Allowed, Body, Failure, undo::Undoable};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BulkActionCreate {
    selection: BulkSelection,
    /// Any but a reply.
    action: Action,
}

/// What it is done to: one of the two.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BulkSelection {
    /// One to 1,000 conversations.
    #[schema(nullable = false)]
    ids: Option<Vec<ConversationId>>,
    /// Whatever the caller sees of it, and was there when it was asked for.
    #[schema(nullable = false)]
    filter: Option<ListFilter>,
}

/// Does one thing to many conversations, one after the other, with the rights that the caller then has. What cannot be
/// done to one of them is told for that one.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/bulk-actions", operation_id = "bulk_action_create",
    tag = "bulk actions", params(("workspace_id" = WorkspaceId, Path)), request_body = BulkActionCreate,
    responses((status = 202, description = "It was accepted", body = BulkActionView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<ConversationView>,
    Body(asked): Body<BulkActionCreate>,
) -> Result<Undoable<(StatusCode, Json<BulkActionView>)>, Failure> {
    let selection = match asked.selection {
        BulkSelection { ids: Some(ids), filter: None } => Selection::Ids(ids),
        BulkSelection { ids: None, filter: Some(filter) } => Selection::Filter(filter),
        _ => return Err(Problem::field("/selection", "invalid", "is either ids or a filter").into()),
    };
    let mut tx = grant.begin().await?;
    let outcome = conversations::create_bulk_action(&mut tx, selection, asked.action).await;
    let undo = tx.undo_offer();
    let accepted = tx.settle_accepted(outcome.map(BulkActionView::from)).await?;
    Ok(Undoable(undo, (StatusCode::ACCEPTED, Json(accepted))))
}
