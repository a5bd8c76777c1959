use axum::Json;
use directory::{AdminShare, Authority, Reviewed};
use kernel::WorkspaceId;
use serde::Serialize;
use tenancy::MemberRemove;
use utoipa::ToSchema;

use super::view::MemberView;
use crate::{Allowed, Failure, Params, view::PageQuery};

/// Everybody who may enter, with what speaks for and against it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AccessReview {
    items: Vec<ReviewedView>,
    /// Where the next page starts; null on the last one.
    #[schema(required)]
    next_cursor: Option<String>,
    admin_share: AdminShareView,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReviewedMember)]
pub(crate) struct ReviewedView {
    member: MemberView,
    /// Whole days since they were last here, or since they joined.
    days_idle: i64,
    /// Signed-in browsers of theirs that others use too.
    sessions_on_shared_devices: i64,
}

/// How many members may do what comes close to owning the workspace.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AdminShare)]
pub(crate) struct AdminShareView {
    admins: usize,
    members: usize,
    /// They are more than half of a team of four or more.
    warn: bool,
}

/// Everybody who may enter, longest away first.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/access-review", operation_id = "access_review_show",
    tag = "members", params(("workspace_id" = WorkspaceId, Path), PageQuery),
    responses((status = 200, description = "A page of members", body = AccessReview))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<MemberRemove>,
    Params(query): Params<PageQuery>,
) -> Result<Json<AccessReview>, Failure> {
    let mut session = grant.read().await?;
    let limit = query.limit.unwrap_or_default();
    let page = directory::access_review(&mut session, limit, query.cursor.as_deref()).await?;
    let share = directory::admin_share(&mut session).await?;
    let viewer = Authority::of(&mut session).await?;
    Ok(Json(AccessReview {
        items: page.items.into_iter().map(|reviewed| ReviewedView::of(reviewed, &viewer)).collect(),
        next_cursor: page.next.map(|cursor| cursor.to_string()),
        admin_share: share.into(),
    }))
}

impl ReviewedView {
    fn of(reviewed: Reviewed, viewer: &Authority) -> Self {
        Self {
            member: MemberView::of(reviewed.member, viewer),
            days_idle: reviewed.days_idle,
            sessions_on_shared_devices: reviewed.shared_sessions,
        }
    }
}

impl From<AdminShare> for AdminShareView {
    fn from(share: AdminShare) -> Self {
        Self { admins: share.admins, members: share.members, warn: share.is_high() }
    }
}
