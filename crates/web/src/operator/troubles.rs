use std::collections::BTreeMap;

use axum::{Json, extract::State};
use billing::trouble::{Trouble, TroubleKind, troubles};
use kernel::{Timestamp, WorkspaceId};
use serde::Serialize;
use tenancy::{Error, Operator};
use utoipa::ToSchema;

use super::workspaces::view::NamedWorkspace;
use crate::{App, Failure};

/// What went wrong with money.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TroubleList {
    /// The newest first, and of each kind the newest fifty.
    items: Vec<TroubleView>,
}

#[derive(Debug, Serialize, ToSchema)]
struct TroubleView {
    #[schema(inline)]
    kind: TroubleKind,
    at: Timestamp,
    /// Null where it is not known, or there is no such workspace any more.
    #[schema(required)]
    workspace: Option<NamedWorkspace>,
    /// The provider's name of the thing, or the id of the purchase.
    object: String,
    /// The provider's word for what happened, or what was bought.
    what: String,
    attempts: i64,
    /// What the last try said.
    #[schema(required)]
    cause: Option<String>,
}

/// What went wrong with money and did not settle by itself: what the provider told and nobody could look into, purchases
/// that got stuck, payments that led nowhere.
#[utoipa::path(
    get, path = "/api/v1/operator/troubles", operation_id = "operator_troubles_list", tag = "operator",
    responses((status = 200, description = "What went wrong", body = TroubleList))
)]
pub(crate) async fn list(operator: Operator, State(app): State<App>) -> Result<Json<TroubleList>, Failure> {
    let troubles = troubles(&operator, app.vault.clock().now()).await?;
    let mut names: BTreeMap<WorkspaceId, String> = BTreeMap::new();
    for workspace in troubles.iter().filter_map(|trouble| trouble.workspace) {
        if names.contains_key(&workspace) {
            continue;
        }
        match directory::workspace(&mut operator.enter(workspace)?.read().await?).await {
            Ok(found) => drop(names.insert(workspace, found.name)),
            Err(directory::Refusal::Vault(Error::NotFound)) => {}
            Err(refusal) => return Err(refusal.into()),
        }
    }
    let named = |id: WorkspaceId| Some(NamedWorkspace { id, name: names.get(&id)?.clone() });
    let shown = |trouble: Trouble| {
        let Trouble { kind, at, workspace, object, what, attempts, cause } = trouble;
        TroubleView { kind, at, workspace: workspace.and_then(named), object, what, attempts, cause }
    };
    Ok(Json(TroubleList { items: troubles.into_iter().map(shown).collect() }))
}
