use axum::{Json, extract::State};
use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Anyone, App, Body, Failure, peer::Peer};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InvitationLookup {
    token: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InvitationLookupView {
    workspace_name: String,
    #[schema(format = Email)]
    email: String,
    role_label: String,
    /// What access the role gives.
    role_description: String,
    /// Accepting makes one the owner.
    as_owner: bool,
    inviter_name: String,
    expires_at: Timestamp,
    /// The address has an account: the answer begins with signing in.
    account_exists: bool,
}

/// Shows where an invitation's link leads; nothing is used up by looking.
#[utoipa::path(
    post, path = "/api/v1/invitations/lookup", operation_id = "invitation_lookup", tag = "accounts",
    request_body = InvitationLookup, responses((status = 200, description = "The invitation", body = InvitationLookupView))
)]
pub(crate) async fn lookup(
    _: Anyone,
    State(app): State<App>,
    peer: Peer,
    Body(asked): Body<InvitationLookup>,
) -> Result<Json<InvitationLookupView>, Failure> {
    app.limits.visitors.take(&peer.0)?;
    let preview = directory::preview_invitation(&app.directory, &asked.token).await?;
    Ok(Json(InvitationLookupView {
        workspace_name: preview.workspace_name,
        email: preview.email,
        role_label: preview.role.label,
        role_description: preview.role_description,
        as_owner: preview.as_owner,
        inviter_name: preview.inviter_name,
        expires_at: preview.expires_at,
        account_exists: preview.account_exists,
    }))
}
