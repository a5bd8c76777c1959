use axum::Json;
use kernel::WorkspaceId;
use tenancy::{MemberInvite, MemberInviteCollaborator};

use super::view::{InvitationList, InvitationView};
use crate::{AllowedEither, Failure, Params, view::PageQuery};

/// Invitations that wait for an answer and that the caller could send, newest first.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/invitations", operation_id = "invitations_list", tag = "members",
    params(("workspace_id" = WorkspaceId, Path), PageQuery),
    responses((status = 200, description = "A page of invitations", body = InvitationList))
)]
pub(crate) async fn list(
    allowed: AllowedEither<MemberInvite, MemberInviteCollaborator>,
    Params(query): Params<PageQuery>,
) -> Result<Json<InvitationList>, Failure> {
    let mut session = allowed.read().await?;
    let page = directory::invitations(&mut session, query.limit.unwrap_or_default(), query.cursor.as_deref()).await?;
    Ok(Json(page.map(InvitationView::from).into()))
}
