use axum::{Json, extract::State};
use directory::Refusal;
use kernel::WorkspaceId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{App, Body, Failure, SignedIn};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InvitationAccept {
    token: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvitationAccepted {
    workspace_id: WorkspaceId,
}

/// Joins the workspace one was invited to, with the account one has.
#[utoipa::path(
    post, path = "/api/v1/invitations/accept", operation_id = "invitation_accept", tag = "accounts",
    request_body = InvitationAccept, responses((status = 200, description = "Joined", body = InvitationAccepted))
)]
pub(crate) async fn accept(
    mut caller: SignedIn,
    State(app): State<App>,
    Body(given): Body<InvitationAccept>,
) -> Result<Json<InvitationAccepted>, Failure> {
    let workspace_id = directory::invited_to(&app.directory, &given.token).await?;
    let mut tx = caller.begin(&app).await?.joining(workspace_id, caller.account);
    let outcome = directory::accept_invitation(&mut tx, &app.directory, caller.account, &given.token).await;
    let outcome = tx.settle(outcome.map(|()| InvitationAccepted { workspace_id })).await;
    if matches!(outcome, Err(Refusal::InvitationForOther))
        && let Err(error) = directory::record_foreign_acceptance(&app.directory, caller.account, &given.token).await
    {
        tracing::error!(%error, "a refusal could not be recorded");
    }
    Ok(Json(outcome?))
}
