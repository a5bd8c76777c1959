use axum::{Json, http::StatusCode};
use billing::support_request::{self, RequestKind};
use kernel::{LongText, Problem, WorkspaceId};
use serde::Deserialize;
use tenancy::{BillingView, MemberInvite};
use utoipa::ToSchema;

use super::view::SupportRequestView;
use crate::{AllowedEither, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SupportRequestCreate {
    kind: RequestKind,
    text: LongText,
}

/// Asks the operator of this server for more seats, or for something else.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/billing/support-requests", operation_id = "support_request_create",
    tag = "billing", params(("workspace_id" = WorkspaceId, Path)), request_body = SupportRequestCreate,
    responses((status = 201, description = "The request", body = SupportRequestView))
)]
pub(crate) async fn create(
    either: AllowedEither<MemberInvite, BillingView>,
    Body(SupportRequestCreate { kind, text }): Body<SupportRequestCreate>,
) -> Result<(StatusCode, Json<SupportRequestView>), Failure> {
    if text.trim().is_empty() {
        return Err(Problem::field("/text", "missing_field", "Say what you need.").into());
    }
    let request = if either.holds_first() {
        let mut tx = either.first()?.begin().await?;
        let outcome = support_request::ask(&mut tx, kind, &text).await;
        tx.settle_created(outcome.map(SupportRequestView::from)).await?
    } else {
        let mut tx = either.second()?.begin().await?;
        let outcome = support_request::ask_about_plan(&mut tx, kind, &text).await;
        tx.settle_created(outcome.map(SupportRequestView::from)).await?
    };
    Ok((StatusCode::CREATED, Json(request)))
}
