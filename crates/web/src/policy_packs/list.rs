use axum::{Json, extract::State};
use serde::Serialize;
use tenancy::Pack;
use utoipa::ToSchema;

use crate::{App, Failure, SignedIn};

/// A policy pack, as somebody sees it who chooses one.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyPackChoice {
    pub id: String,
    pub title: String,
    pub version: i64,
    pub description: String,
    /// Highest first.
    pub roles: Vec<RoleChoice>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RoleChoice {
    pub key: String,
    pub label: String,
    pub description: String,
}

/// There are few, so there are no pages.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyPackList {
    pub items: Vec<PolicyPackChoice>,
}

/// What a new workspace can be made with.
#[utoipa::path(
    get, path = "/api/v1/policy-packs", operation_id = "policy_packs_list", tag = "workspaces",
    responses((status = 200, description = "The packs", body = PolicyPackList))
)]
pub(crate) async fn list(_: SignedIn, State(app): State<App>) -> Result<Json<PolicyPackList>, Failure> {
    let packs = directory::packs_to_choose(&app.vault).await?;
    Ok(Json(PolicyPackList { items: packs.iter().map(|pack| PolicyPackChoice::of(pack)).collect() }))
}

impl PolicyPackChoice {
    fn of(pack: &Pack) -> Self {
        let mut roles: Vec<_> = pack.roles.iter().collect();
        roles.sort_by_key(|role| std::cmp::Reverse(role.rank));
        let choice = |role: &tenancy::Role| RoleChoice {
            key: role.key.clone(),
            label: role.label.clone(),
            description: role.description.clone(),
        };
        Self {
            id: pack.id.clone(),
            title: pack.title.clone(),
            version: pack.version,
            description: pack.description.clone(),
            roles: roles.into_iter().map(|role| choice(role)).collect(),
        }
    }
}
