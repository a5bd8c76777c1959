use axum::http::StatusCode;
use kernel::{ApiKeyId, WorkspaceId};
use serde::Deserialize;
use tenancy::ApiKeyManage;
use utoipa::IntoParams;

use crate::{Allowed, Failure, PathOf};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ApiKeyPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    _workspace_id: WorkspaceId,
    api_key_id: ApiKeyId,
}

/// Revokes an API key: it and every stream that it holds open end at once.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/api-keys/{api_key_id}", operation_id = "api_key_delete",
    tag = "api_keys", params(ApiKeyPath), responses((status = 204, description = "Revoked"))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<ApiKeyManage>,
    PathOf(path): PathOf<ApiKeyPath>,
) -> Result<StatusCode, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = directory::revoke_api_key(&mut tx, path.api_key_id).await;
    tx.settle(outcome).await?;
    Ok(StatusCode::NO_CONTENT)
}
