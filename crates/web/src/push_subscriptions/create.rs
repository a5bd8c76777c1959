use ::notifications::NewPushSubscription;
use axum::{Json, extract::State, http::StatusCode};
use directory::Browser;
use kernel::WorkspaceId;
use tenancy::MemberSelf;

use super::view::PushSubscriptionView;
use crate::{Allowed, App, Body, Failure, allowed::CallerOf, previews::session_of};

/// Takes push messages in this browser from now on, until its session ends. The same browser again is renewed.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/push-subscriptions", operation_id = "push_subscription_create",
    tag = "notifications", params(("workspace_id" = WorkspaceId, Path)), request_body = NewPushSubscription,
    responses((status = 201, description = "The browser", body = PushSubscriptionView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<MemberSelf>,
    CallerOf(caller): CallerOf,
    State(app): State<App>,
    browser: Browser,
    Body(new): Body<NewPushSubscription>,
) -> Result<(StatusCode, Json<PushSubscriptionView>), Failure> {
    let session = session_of(&caller)?;
    let mut tx = grant.begin().await?;
    let outcome = ::notifications::subscribe_push(&mut tx, &*app.push, (session, &browser.device), &new).await;
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome.map(PushSubscriptionView::from)).await?)))
}
