use axum::{Json, http::StatusCode};
use billing::support_request::{self, RequestKind};
use kernel::{LongText, Problem, WorkspaceId};
use serde::Deserialize;
use tenancy::MemberInvite;
use utoipa::ToSchema;

use super::view::SupportRequestView;
use crate::{Allowed, Body, Failure};

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
    Allowed(grant): Allowed<MemberInvite>,
    Body(SupportRequestCreate { kind, text }): Body<SupportRequestCreate>,
) -> Result<(StatusCode, Json<SupportRequestView>), Failure> {
    if text.trim().is_empty() {
        return Err(Problem::field("/text", "missing_field", "Say what you need.").into());
    }
    let mut tx = grant.begin().await?;
    let outcome = support_request::ask(&mut tx, kind, &text).await.map(SupportRequestView::from);
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}
