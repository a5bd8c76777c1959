use axum::{Json, extract::State};
use billing::catalogue::Shelf;
use serde::Serialize;
use tenancy::Operator;
use utoipa::ToSchema;

use super::view::OperatorCatalogueView;
use crate::{App, Failure};

/// There are few, so there are no pages.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OperatorCatalogueList {
    items: Vec<OperatorCatalogueView>,
}

/// Every version of every catalogue: those of the program first, then what was loaded, by id and newest first.
#[utoipa::path(
    get, path = "/api/v1/operator/catalogues", operation_id = "operator_catalogues_list", tag = "operator",
    responses((status = 200, description = "The catalogues", body = OperatorCatalogueList))
)]
pub(crate) async fn list(operator: Operator, State(app): State<App>) -> Result<Json<OperatorCatalogueList>, Failure> {
    let all = Shelf::all(&mut operator.read().await?).await?;
    let in_use = operator.catalogues_in_use().await?;
    let shown = |known| OperatorCatalogueView::of(known, &all, &in_use, app.till.kind());
    Ok(Json(OperatorCatalogueList { items: all.iter().map(shown).collect() }))
}
