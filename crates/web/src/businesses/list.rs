use axum::Json;
use directory::Business;
use kernel::{BusinessId, WorkspaceId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Allowed, Failure, view::list_of};

#[derive(Debug, Serialize, ToSchema)]
pub struct BusinessView {
    pub id: BusinessId,
    pub name: String,
}

list_of!(BusinessList, BusinessView);

impl From<Business> for BusinessView {
    fn from(business: Business) -> Self {
        Self { id: business.id, name: business.name }
    }
}

/// The businesses, the default one first; there are few, so all come at once.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/businesses", operation_id = "businesses_list", tag = "workspaces",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The businesses", body = BusinessList))
)]
pub(crate) async fn list(Allowed(grant): Allowed<tenancy::BusinessView>) -> Result<Json<BusinessList>, Failure> {
    let businesses = directory::businesses(&mut grant.read().await?).await?;
    Ok(Json(BusinessList { items: businesses.into_iter().map(BusinessView::from).collect(), next_cursor: None }))
}
