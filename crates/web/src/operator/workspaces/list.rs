use axum::Json;
use kernel::Limit;
use serde::Deserialize;
use tenancy::Operator;
use utoipa::IntoParams;

use super::view::{OperatorWorkspaceList, OperatorWorkspaceView};
use crate::{Failure, Params};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct OperatorWorkspaceQuery {
    /// A part of the name, or the whole id.
    q: Option<String>,
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100, default = 25)]
    limit: Option<Limit>,
    cursor: Option<String>,
}

/// Every workspace, the newest first.
#[utoipa::path(
    get, path = "/api/v1/operator/workspaces", operation_id = "operator_workspaces_list", tag = "operator",
    params(OperatorWorkspaceQuery),
    responses((status = 200, description = "A page of workspaces", body = OperatorWorkspaceList))
)]
pub(crate) async fn list(
    operator: Operator,
    Params(query): Params<OperatorWorkspaceQuery>,
) -> Result<Json<OperatorWorkspaceList>, Failure> {
    let (search, limit) = (query.q.unwrap_or_default(), query.limit.unwrap_or_default());
    let page = operator.workspaces(&search, limit, query.cursor.as_deref()).await?;
    let mut items = Vec::new();
    for found in page.items {
        items.push(OperatorWorkspaceView::read(&mut operator.enter(found.id)?.read().await?).await?);
    }
    Ok(Json(kernel::Page { items, next: page.next }.into()))
}
