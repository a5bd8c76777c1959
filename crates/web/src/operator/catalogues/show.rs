use axum::{Json, extract::State};
use billing::catalogue::Shelf;
use kernel::Problem;
use serde::Deserialize;
use tenancy::Operator;
use utoipa::IntoParams;

use super::view::{OperatorCatalogueDetail, OperatorCatalogueView};
use crate::{App, Failure, Params, PathOf};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CatalogueVersionQuery {
    /// The newest unless asked otherwise.
    version: Option<i64>,
}

/// A catalogue with its plans, its add-ons and its text.
#[utoipa::path(
    get, path = "/api/v1/operator/catalogues/{catalogue_id}", operation_id = "operator_catalogue_show",
    tag = "operator", params(("catalogue_id" = String, Path), CatalogueVersionQuery),
    responses((status = 200, description = "The catalogue", body = OperatorCatalogueDetail))
)]
pub(crate) async fn show(
    operator: Operator,
    PathOf(id): PathOf<String>,
    Params(query): Params<CatalogueVersionQuery>,
    State(app): State<App>,
) -> Result<Json<OperatorCatalogueDetail>, Failure> {
    let all = Shelf::all(&mut operator.read().await?).await?;
    let versions = all.iter().filter(|known| known.catalogue.id == id);
    let wanted = match query.version {
        Some(version) => versions.into_iter().find(|known| known.catalogue.version == version),
        None => versions.max_by_key(|known| known.catalogue.version),
    };
    let (known, till) = (wanted.ok_or_else(Problem::not_found)?, app.till.kind());
    let in_use = operator.catalogues_in_use().await?;
    let shown = OperatorCatalogueView::of(known, &all, &in_use, till);
    Ok(Json(OperatorCatalogueDetail::of(known, shown, till)))
}
