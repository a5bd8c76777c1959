use axum::{Json, extract::State};
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
    caller: SignedIn,
    State(app): State<App>,
    Body(given): Body<InvitationAccept>,
) -> Result<Json<InvitationAccepted>, Failure> {
    let workspace_id = directory::accept_invitation(&app.directory, caller.account, &given.token).await?;
    Ok(Json(InvitationAccepted { workspace_id }))
}
