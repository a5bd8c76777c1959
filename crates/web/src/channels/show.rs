use axum::Json;
use kernel::{ChannelId, WorkspaceId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::ChannelView;
use crate::{Allowed, Failure, PathOf};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ChannelPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) channel_id: ChannelId,
}

/// One channel.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/channels/{channel_id}", operation_id = "channel_show",
    tag = "channels", params(ChannelPath), responses((status = 200, description = "The channel", body = ChannelView))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<tenancy::ChannelView>,
    PathOf(path): PathOf<ChannelPath>,
) -> Result<Json<ChannelView>, Failure> {
    let mut session = grant.read().await?;
    let channel = channels::show(&mut session, path.channel_id).await?;
    Ok(Json(ChannelView::of(channel, &session.viewer())))
}
