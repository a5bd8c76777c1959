use axum::Json;
use customers::label::LabelChange;
use kernel::{LabelName, ShortText};
use serde::Deserialize;
use tenancy::LabelManage;
use utoipa::ToSchema;

use super::view::{LabelPath, LabelView};
use crate::{Allowed, Body, Failure, PathOf, body::given};

/// What to change; what is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LabelUpdate {
    /// The version that was looked at; a label that was changed since refuses.
    version: i64,
    #[schema(nullable = false)]
    name: Option<LabelName>,
    /// A hue.
    #[schema(nullable = false, minimum = 0, maximum = 359)]
    color: Option<i64>,
    /// Null takes the sign away.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<LabelName>)]
    icon: Option<Option<LabelName>>,
    #[schema(nullable = false)]
    purpose: Option<ShortText>,
}

/// Changes a label, on everything that carries it. One that came with the workspace keeps its key.
#[utoipa::path(
    patch, path = "/api/v1/workspaces/{workspace_id}/labels/{label_id}", operation_id = "label_update",
    tag = "labels", params(LabelPath), request_body = LabelUpdate,
    responses((status = 200, description = "The label", body = LabelView))
)]
pub(crate) async fn update(
    Allowed(grant): Allowed<LabelManage>,
    PathOf(path): PathOf<LabelPath>,
    Body(update): Body<LabelUpdate>,
) -> Result<Json<LabelView>, Failure> {
    let LabelUpdate { version, name, color, icon, purpose } = update;
    let change = LabelChange { version, name, color, icon, purpose };
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = customers::label::update_label(&mut tx, path.label_id, change).await;
    Ok(Json(tx.settle(outcome.map(|label| LabelView::of(label, &viewer))).await?))
}
