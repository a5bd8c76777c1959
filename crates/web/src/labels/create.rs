use axum::{Json, http::StatusCode};
use customers::label::NewLabel;
use kernel::{LabelName, ShortText, WorkspaceId};
use serde::Deserialize;
use tenancy::LabelManage;
use utoipa::ToSchema;

use super::view::LabelView;
use crate::{Allowed, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LabelCreate {
    name: LabelName,
    /// A hue.
    #[schema(minimum = 0, maximum = 359)]
    color: i64,
    icon: Option<LabelName>,
    /// What it tells the team.
    #[serde(default)]
    purpose: ShortText,
}

/// Makes a label.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/labels", operation_id = "label_create", tag = "labels",
    params(("workspace_id" = WorkspaceId, Path)), request_body = LabelCreate,
    responses((status = 201, description = "The label", body = LabelView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<LabelManage>,
    Body(new): Body<LabelCreate>,
) -> Result<(StatusCode, Json<LabelView>), Failure> {
    let LabelCreate { name, color, icon, purpose } = new;
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = customers::label::create_label(&mut tx, NewLabel { name, color, icon, purpose }).await;
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome.map(|label| LabelView::of(label, &viewer))).await?)))
}
