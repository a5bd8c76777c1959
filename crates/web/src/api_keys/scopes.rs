use axum::Json;
use directory::{ScopeFault, ScopeOffer};
use kernel::WorkspaceId;
use serde::Serialize;
use tenancy::{ApiKeyManage, Kind};
use utoipa::ToSchema;

use crate::{Allowed, view::list_of};

/// A permission that keys know.
#[derive(Debug, Serialize, ToSchema)]
pub struct ApiKeyScope {
    /// `noun.verb`.
    pub name: &'static str,
    pub description: &'static str,
    /// It reads and changes nothing.
    pub reads: bool,
    /// Why the caller cannot give it to a personal key; null when they can.
    #[schema(required)]
    pub personal_refusal: Option<ScopeFault>,
    /// Why the caller cannot give it to a workspace's key; null when they can.
    #[schema(required)]
    pub workspace_refusal: Option<ScopeFault>,
}

list_of!(ApiKeyScopeList, ApiKeyScope);

impl From<ScopeOffer> for ApiKeyScope {
    fn from(offer: ScopeOffer) -> Self {
        Self {
            name: offer.permission.name(),
            description: offer.permission.description(),
            reads: matches!(offer.permission.kind(), Kind::View | Kind::Field),
            personal_refusal: offer.personal,
            workspace_refusal: offer.workspace,
        }
    }
}

/// Everything a key can be given, and why the caller cannot give some of it.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/api-key-scopes", operation_id = "api_key_scopes_list",
    tag = "api_keys", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "All scopes", body = ApiKeyScopeList))
)]
pub(crate) async fn list(Allowed(grant): Allowed<ApiKeyManage>) -> Json<ApiKeyScopeList> {
    let items = directory::api_key_scopes(&grant).into_iter().map(ApiKeyScope::from).collect();
    Json(ApiKeyScopeList { items, next_cursor: None })
}
