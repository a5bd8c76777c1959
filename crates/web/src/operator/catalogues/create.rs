use axum::{Json, http::StatusCode};
use billing::catalogue::{Catalogue, CatalogueRefusal, Shelf};
use serde::{Deserialize, Serialize};
use tenancy::Operator;
use utoipa::ToSchema;

use crate::{Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CatalogueLoad {
    /// The catalogue in TOML.
    text: String,
}

/// A version that workspaces can be put on from now on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CatalogueLoaded {
    id: String,
    version: i64,
    title: String,
}

/// Takes in a catalogue of one's own, or a newer version of any. A faulty one is refused whole, with the line and the
/// reason; workspaces keep the version they stand on.
#[utoipa::path(
    post, path = "/api/v1/operator/catalogues", operation_id = "operator_catalogue_create", tag = "operator",
    request_body = CatalogueLoad,
    responses((status = 201, description = "The version", body = CatalogueLoaded))
)]
pub(crate) async fn create(
    operator: Operator,
    Body(load): Body<CatalogueLoad>,
) -> Result<(StatusCode, Json<CatalogueLoaded>), Failure> {
    let mut tx = operator.begin().await?;
    let loaded = Shelf::take_in(&mut tx, operator.actor(), &load.text).await;
    let loaded = loaded.map(|Catalogue { id, version, title, .. }| CatalogueLoaded { id, version, title });
    Ok((StatusCode::CREATED, Json(tx.settle_created::<_, CatalogueRefusal>(loaded).await?)))
}
