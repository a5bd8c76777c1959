use axum::{Json, extract::State};
use directory::Inviting;
use kernel::InvitationId;
use tenancy::{Grant, MemberInvite, MemberInviteCollaborator, SeatType};

use super::view::{InvitationPath, InvitationView};
use crate::{Allowed, App, Failure, PathOf};

/// Sends an invitation again; the earlier link is dead at once.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/invitations/{invitation_id}/resend",
    operation_id = "invitation_resend", tag = "members", params(InvitationPath),
    responses((status = 200, description = "The invitation", body = InvitationView))
)]
pub(crate) async fn resend(
    Allowed(grant): Allowed<MemberInvite>,
    State(app): State<App>,
    PathOf(path): PathOf<InvitationPath>,
) -> Result<Json<InvitationView>, Failure> {
    app.limits.invitations.take(&grant.scope().workspace().to_string())?;
    let invitation = match directory::invitation_seat(&mut grant.read().await?, path.invitation_id).await? {
        SeatType::Full => send(&grant, path.invitation_id).await?,
        SeatType::Collaborator => send(&grant.scope().grant::<MemberInviteCollaborator>()?, path.invitation_id).await?,
    };
    Ok(Json(invitation))
}

async fn send<P: Inviting>(grant: &Grant<P>, id: InvitationId) -> Result<InvitationView, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = directory::resend_invitation(&mut tx, id).await.map(InvitationView::from);
    Ok(tx.settle(outcome).await?)
}
