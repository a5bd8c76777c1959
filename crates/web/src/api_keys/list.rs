use axum::Json;
use directory::ApiKeyStatus;
use kernel::{Limit, WorkspaceId};
use serde::Deserialize;
use tenancy::ApiKeyManage;
use utoipa::IntoParams;

use super::view::{ApiKeyList, ApiKeyView};
use crate::{Allowed, Failure, Params};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApiKeysQuery {
    /// Only keys that are good still, or only those that are not.
    #[param(inline)]
    status: Option<ApiKeyStatus>,
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100, default = 25)]
    limit: Option<Limit>,
    cursor: Option<String>,
}

/// API keys, newest first: everybody's, or one's own where the permission reaches no further.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/api-keys", operation_id = "api_keys_list", tag = "api_keys",
    params(("workspace_id" = WorkspaceId, Path), ApiKeysQuery),
    responses((status = 200, description = "A page of API keys", body = ApiKeyList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<ApiKeyManage>,
    Params(query): Params<ApiKeysQuery>,
) -> Result<Json<ApiKeyList>, Failure> {
    let (limit, cursor) = (query.limit.unwrap_or_default(), query.cursor.as_deref());
    let page = directory::api_keys(&mut grant.read().await?, query.status, limit, cursor).await?;
    Ok(Json(page.map(ApiKeyView::from).into()))
}
