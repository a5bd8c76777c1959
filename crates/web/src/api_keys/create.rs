use axum::{Json, http::StatusCode};
use directory::{ApiKeyKind, ApiKeyLifetime, NewApiKey};
use kernel::{Line, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::ApiKeyManage;
use utoipa::ToSchema;

use super::view::ApiKeyView;
use crate::{Allowed, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApiKeyCreate {
    name: Line,
    kind: ApiKeyKind,
    /// Permissions, none of which reaches further than the caller's own.
    scopes: Vec<String>,
    #[schema(value_type = Option<i32>, minimum = 1, maximum = 365, default = 90)]
    expires_in_days: Option<ApiKeyLifetime>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ApiKeyCreated {
    #[serde(flatten)]
    api_key: ApiKeyView,
    /// The key, shown this once: the answer to a repeated request leaves it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    key: Option<String>,
}

/// Makes an API key. It takes a sign-in or a confirmation that is not older than ten minutes.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/api-keys", operation_id = "api_key_create", tag = "api_keys",
    params(("workspace_id" = WorkspaceId, Path)), request_body = ApiKeyCreate,
    responses((status = 201, description = "The key", body = ApiKeyCreated))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<ApiKeyManage>,
    Body(asked): Body<ApiKeyCreate>,
) -> Result<(StatusCode, Json<ApiKeyCreated>), Failure> {
    let ApiKeyCreate { name, kind, scopes, expires_in_days } = asked;
    let new = NewApiKey { name, kind, scopes, lifetime: expires_in_days.unwrap_or_default() };
    let mut tx = grant.begin().await?;
    // What a repeated request is answered stays in the database: it is settled without the key.
    let (outcome, key) = match directory::create_api_key(&mut tx, &new).await {
        Ok((api_key, token)) => (Ok(ApiKeyView::from(api_key)), Some(token.as_str().to_owned())),
        Err(refusal) => (Err(refusal), None),
    };
    let api_key = tx.settle_created(outcome).await?;
    Ok((StatusCode::CREATED, Json(ApiKeyCreated { api_key, key })))
}
