use axum::{Json, extract::State};
use directory::Inviting;
use kernel::InvitationId;
use tenancy::{Grant, MemberInvite, MemberInviteCollaborator, SeatType, WorkspaceTransferOwnership};

use super::view::{InvitationPath, InvitationView};
use crate::{AllowedEither, App, Failure, PathOf};

/// Sends an invitation again; the earlier link is dead at once.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/invitations/{invitation_id}/resend",
    operation_id = "invitation_resend", tag = "members", params(InvitationPath),
    responses((status = 200, description = "The invitation", body = InvitationView))
)]
pub(crate) async fn resend(
    allowed: AllowedEither<MemberInvite, MemberInviteCollaborator>,
    State(app): State<App>,
    PathOf(path): PathOf<InvitationPath>,
) -> Result<Json<InvitationView>, Failure> {
    app.limits.invitations.take(&allowed.scope().workspace().to_string())?;
    let invitation = directory::invitation(&mut allowed.read().await?, path.invitation_id).await?;
    let sent = match invitation.seat_type {
        SeatType::Full if invitation.as_owner => send_as_owner(&allowed.first()?, invitation.id).await?,
        SeatType::Full => send(&allowed.first()?, invitation.id).await?,
        SeatType::Collaborator => send(&allowed.second()?, invitation.id).await?,
    };
    Ok(Json(sent))
}

async fn send<P: Inviting>(grant: &Grant<P>, id: InvitationId) -> Result<InvitationView, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = directory::resend_invitation(&mut tx, id).await.map(InvitationView::from);
    Ok(tx.settle(outcome).await?)
}

async fn send_as_owner(grant: &Grant<MemberInvite>, id: InvitationId) -> Result<InvitationView, Failure> {
    let mut tx = grant.scope().grant::<WorkspaceTransferOwnership>()?.begin().await?;
    let outcome = directory::resend_as_owner(&mut tx, id).await.map(InvitationView::from);
    Ok(tx.settle(outcome).await?)
}
