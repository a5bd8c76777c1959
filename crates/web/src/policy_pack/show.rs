use axum::Json;
use kernel::WorkspaceId;

use super::view::PolicyPackView;
use crate::{Allowed, Failure};

/// The policy pack that the workspace stands on.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/policy-pack", operation_id = "policy_pack_show", tag = "rights",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The pack", body = PolicyPackView))
)]
pub(crate) async fn show(Allowed(grant): Allowed<tenancy::RoleView>) -> Result<Json<PolicyPackView>, Failure> {
    let pack = directory::workspace_pack(&mut grant.read().await?).await?;
    Ok(Json((&*pack).into()))
}
