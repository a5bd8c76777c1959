use axum::Json;
use kernel::WorkspaceId;
use tenancy::MemberSelf;

use super::view::PushSubscriptionList;
use crate::{Allowed, Failure, allowed::CallerOf, previews::session_of};

/// One's own browsers that take push messages, newest first.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/push-subscriptions", operation_id = "push_subscriptions_list",
    tag = "notifications", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The browsers", body = PushSubscriptionList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<MemberSelf>,
    CallerOf(caller): CallerOf,
) -> Result<Json<PushSubscriptionList>, Failure> {
    let session = session_of(&caller)?;
    let found = ::notifications::push_subscriptions(&mut grant.read().await?, session).await?;
    Ok(Json(PushSubscriptionList { items: found.into_iter().map(Into::into).collect() }))
}
