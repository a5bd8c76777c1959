use axum::Json;
use kernel::LabelId;
use serde::Deserialize;
use tenancy::LabelManage;
use utoipa::ToSchema;

use super::view::{LabelPath, LabelView};
use crate::{Allowed, Body, Failure, PathOf};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LabelMerge {
    /// The label that takes its place.
    into: LabelId,
}

/// Puts another label in the place of this one, on everything that carries it; this one is gone.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/labels/{label_id}/merge", operation_id = "label_merge",
    tag = "labels", params(LabelPath), request_body = LabelMerge,
    responses((status = 200, description = "The label that took its place", body = LabelView))
)]
pub(crate) async fn merge(
    Allowed(grant): Allowed<LabelManage>,
    PathOf(path): PathOf<LabelPath>,
    Body(merge): Body<LabelMerge>,
) -> Result<Json<LabelView>, Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = customers::label::merge_label(&mut tx, path.label_id, merge.into).await;
    Ok(Json(tx.settle(outcome.map(|label| LabelView::of(label, &viewer))).await?))
}
