use axum::Json;
use directory::Member;
use kernel::{AccountId, MemberId, Timestamp, WorkspaceId};
use serde::Serialize;
use tenancy::{SeatType, Viewer};
use utoipa::ToSchema;

use crate::{
    Allowed, Failure, Params,
    me::view::RoleRefView,
    view::{PageQuery, list_of},
};

#[derive(Debug, Serialize, ToSchema)]
pub struct MemberView {
    pub id: MemberId,
    pub account_id: AccountId,
    pub name: String,
    #[schema(format = Email)]
    pub email: String,
    pub role: RoleRefView,
    pub seat_type: SeatType,
    pub status: String,
    pub joined_at: Timestamp,
    #[schema(required)]
    pub last_active_at: Option<Timestamp>,
    pub is_owner: bool,
    pub is_me: bool,
}

list_of!(MemberList, MemberView);

impl MemberView {
    fn of(member: Member, viewer: &Viewer) -> Self {
        Self {
            id: member.id,
            account_id: member.account,
            name: member.name,
            email: member.email,
            role: member.role.into(),
            seat_type: member.seat_type,
            status: member.status.name().to_owned(),
            joined_at: member.joined_at,
            last_active_at: member.last_active_at,
            is_owner: member.is_owner,
            is_me: viewer.member == Some(member.id),
        }
    }
}

/// The members, longest there first.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/members", operation_id = "members_list", tag = "members",
    params(("workspace_id" = WorkspaceId, Path), PageQuery),
    responses((status = 200, description = "A page of members", body = MemberList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<tenancy::MemberView>,
    Params(query): Params<PageQuery>,
) -> Result<Json<MemberList>, Failure> {
    let mut session = grant.read().await?;
    let page = directory::members(&mut session, query.limit.unwrap_or_default(), query.cursor.as_deref()).await?;
    let viewer = session.viewer();
    Ok(Json(page.map(|member| MemberView::of(member, &viewer)).into()))
}
