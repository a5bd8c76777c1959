use axum::Json;
use conversations::Refusal;
use kernel::{MemberId, TeamId};
use serde::Deserialize;
use tenancy::ConversationAssign;
use utoipa::ToSchema;

use super::{show::ConversationPath, view::ConversationView};
use crate::{Allowed, Body, Failure, PathOf, undo::Undoable};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AssignmentPut {
    /// Either this or `team_id`.
    #[schema(nullable = false)]
    member_id: Option<MemberId>,
    /// Into whose queue; the team's strategy says to whom.
    #[schema(nullable = false)]
    team_id: Option<TeamId>,
}

/// Gives a conversation to a member or to a team.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/assignment",
    operation_id = "assignment_put", tag = "conversations", params(ConversationPath), request_body = AssignmentPut,
    responses((status = 200, description = "The conversation", body = ConversationView))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<ConversationAssign>,
    PathOf(path): PathOf<ConversationPath>,
    Body(assignment): Body<AssignmentPut>,
) -> Result<Undoable<Json<ConversationView>>, Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = match (assignment.member_id, assignment.team_id) {
        (Some(member), None) => conversations::assign(&mut tx, path.conversation_id, member).await,
        (None, Some(team)) => conversations::assign_to_team(&mut tx, path.conversation_id, team).await,
        _ => Err(Refusal::AssignmentTarget),
    };
    let outcome = outcome.map(|conversation| ConversationView::of(conversation, &viewer));
    let undo = tx.undo_offer();
    Ok(Undoable(undo, Json(tx.settle(outcome).await?)))
}

/// Puts a conversation back into the queue.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/assignment",
    operation_id = "assignment_delete", tag = "conversations", params(ConversationPath),
    responses((status = 200, description = "The conversation", body = ConversationView))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<ConversationAssign>,
    PathOf(path): PathOf<ConversationPath>,
) -> Result<Undoable<Json<ConversationView>>, Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = conversations::unassign(&mut tx, path.conversation_id)
        .await
        .map(|conversation| ConversationView::of(conversation, &viewer));
    let undo = tx.undo_offer();
    Ok(Undoable(undo, Json(tx.settle(outcome).await?)))
}
