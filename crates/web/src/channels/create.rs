use axum::{Json, http::StatusCode};
use kernel::{Line, WorkspaceId};
use serde::Deserialize;
use tenancy::ChannelManage;
use utoipa::ToSchema;

use super::view::ChannelView;
use crate::{Allowed, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChannelCreate {
    name: Line,
}

/// Opens a further website chat.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/channels", operation_id = "channel_create", tag = "channels",
    params(("workspace_id" = WorkspaceId, Path)), request_body = ChannelCreate,
    responses((status = 201, description = "The channel", body = ChannelView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<ChannelManage>,
    Body(new): Body<ChannelCreate>,
) -> Result<(StatusCode, Json<ChannelView>), Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let outcome = channels::create(&mut tx, &new.name).await.map(|channel| ChannelView::of(channel, &viewer));
    Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
}
