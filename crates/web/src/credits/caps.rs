use axum::{Json, http::StatusCode};
use serde::Deserialize;
use tenancy::BillingManage;
use utoipa::ToSchema;

use super::view::CapPath;
use crate::{Allowed, Body, Failure, PathOf};

#[derive(Deserialize, serde::Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreditCap {
    /// How many credits the member may spend in a month; 0 lets them spend none.
    #[schema(value_type = i64, minimum = 0, maximum = 1_000_000_000)]
    monthly: billing::ledger::Cap,
}

/// Says how many credits a member may spend in a month.
#[utoipa::path(
    put, path = "/api/v1/workspaces/{workspace_id}/credits/caps/{member_id}", operation_id = "credit_cap_put",
    tag = "billing", params(CapPath), request_body = CreditCap,
    responses((status = 200, description = "The cap", body = CreditCap))
)]
pub(crate) async fn put(
    Allowed(grant): Allowed<BillingManage>,
    PathOf(path): PathOf<CapPath>,
    Body(cap): Body<CreditCap>,
) -> Result<Json<CreditCap>, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = billing::ledger::set_cap(&mut tx, path.member_id, cap.monthly).await;
    Ok(Json(tx.settle(outcome.map(|()| cap)).await?))
}

/// Lets a member spend what there is.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/credits/caps/{member_id}", operation_id = "credit_cap_delete",
    tag = "billing", params(CapPath), responses((status = 204, description = "There is no cap"))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<BillingManage>,
    PathOf(path): PathOf<CapPath>,
) -> Result<StatusCode, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = billing::ledger::remove_cap(&mut tx, path.member_id).await;
    tx.settle(outcome).await?;
    Ok(StatusCode::NO_CONTENT)
}
