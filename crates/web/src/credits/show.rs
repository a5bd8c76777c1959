use axum::Json;
use kernel::WorkspaceId;
use tenancy::CreditViewBalance;

use super::view::CreditsView;
use crate::{Allowed, Failure};

/// What is left of the pool of credits, and who consumed the rest.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/credits", operation_id = "credits_show", tag = "billing",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The pool", body = CreditsView))
)]
pub(crate) async fn show(Allowed(grant): Allowed<CreditViewBalance>) -> Result<Json<CreditsView>, Failure> {
    let pool = billing::ledger::balance(&grant).await?;
    Ok(Json(CreditsView::of(pool, &grant.scope().viewer())))
}
