use axum::{Json, extract::State, http::StatusCode};
use directory::Inviting;
use kernel::{EmailAddress, WorkspaceId};
use serde::Deserialize;
use tenancy::{Grant, MemberInvite, MemberInviteCollaborator, SeatType};
use utoipa::ToSchema;

use super::view::InvitationView;
use crate::{Allowed, App, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct InvitationCreate {
    email: EmailAddress,
    role_key: String,
    /// The role's usual seat unless said otherwise.
    seat_type: Option<SeatType>,
}

/// Invites a colleague by mail. Giving a collaborator's seat takes `member.invite_collaborator` as well.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/invitations", operation_id = "invitation_create", tag = "members",
    params(("workspace_id" = WorkspaceId, Path)), request_body = InvitationCreate,
    responses((status = 201, description = "The invitation", body = InvitationView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<MemberInvite>,
    State(app): State<App>,
    Body(invitation): Body<InvitationCreate>,
) -> Result<(StatusCode, Json<InvitationView>), Failure> {
    app.limits.invitations.take(&grant.scope().workspace().to_string())?;
    let InvitationCreate { email, role_key, seat_type } = invitation;
    let seat_type = match seat_type {
        Some(seat_type) => seat_type,
        None => directory::usual_seat(&mut grant.read().await?, &role_key).await?,
    };
    let invitation = match seat_type {
        SeatType::Full => invite(&grant, &email, &role_key).await?,
        SeatType::Collaborator => {
            invite(&grant.scope().grant::<MemberInviteCollaborator>()?, &email, &role_key).await?
        }
    };
    Ok((StatusCode::CREATED, Json(invitation)))
}

async fn invite<P: Inviting>(
    grant: &Grant<P>,
    email: &EmailAddress,
    role_key: &str,
) -> Result<InvitationView, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = directory::invite(&mut tx, email, role_key).await.map(InvitationView::from);
    Ok(tx.settle_created(outcome).await?)
}
