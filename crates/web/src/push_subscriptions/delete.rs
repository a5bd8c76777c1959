use axum::http::StatusCode;
use kernel::{PushSubscriptionId, WorkspaceId};
use serde::Deserialize;
use tenancy::MemberSelf;
use utoipa::IntoParams;

use crate::{Allowed, Failure, PathOf};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct PushSubscriptionPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    _workspace_id: WorkspaceId,
    push_subscription_id: PushSubscriptionId,
}

/// Sends no more push messages to one of one's own browsers.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/push-subscriptions/{push_subscription_id}",
    operation_id = "push_subscription_delete", tag = "notifications", params(PushSubscriptionPath),
    responses((status = 204, description = "Ended"))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<MemberSelf>,
    PathOf(path): PathOf<PushSubscriptionPath>,
) -> Result<StatusCode, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = ::notifications::unsubscribe_push(&mut tx, path.push_subscription_id).await;
    tx.settle(outcome).await?;
    Ok(StatusCode::NO_CONTENT)
}
