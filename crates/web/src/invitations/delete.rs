use axum::http::StatusCode;
use directory::Inviting;
use kernel::InvitationId;
use tenancy::{Grant, MemberInvite, MemberInviteCollaborator, SeatType};

use super::view::InvitationPath;
use crate::{AllowedEither, Failure, PathOf};

/// Withdraws an invitation; its link is dead at once.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/invitations/{invitation_id}",
    operation_id = "invitation_delete", tag = "members", params(InvitationPath),
    responses((status = 204, description = "Withdrawn"))
)]
pub(crate) async fn delete(
    allowed: AllowedEither<MemberInvite, MemberInviteCollaborator>,
    PathOf(path): PathOf<InvitationPath>,
) -> Result<StatusCode, Failure> {
    // Read to the end first: a transaction that waits for a connection while this one is held may wait forever.
    let invitation = directory::invitation(&mut allowed.read().await?, path.invitation_id).await?;
    match invitation.seat_type {
        SeatType::Full => revoke(&allowed.first()?, path.invitation_id).await?,
        SeatType::Collaborator => revoke(&allowed.second()?, path.invitation_id).await?,
    }
    Ok(StatusCode::NO_CONTENT)
}

async fn revoke<P: Inviting>(grant: &Grant<P>, id: InvitationId) -> Result<(), Failure> {
    let mut tx = grant.begin().await?;
    let outcome = directory::revoke_invitation(&mut tx, id).await;
    Ok(tx.settle(outcome).await?)
}
