use axum::Json;
use channels::SettingsChange;
use kernel::Line;
use serde::Deserialize;
use tenancy::ChannelManage;
use utoipa::ToSchema;

use super::{show::ChannelPath, view::ChannelView};
use crate::{Allowed, Body, Failure, PathOf};

/// What to change; a field that is left out stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChannelUpdate {
    #[schema(nullable = false)]
    name: Option<Line>,
    /// Sites that may carry the chat, each as `https://host` or `https://host:port`.
    #[schema(nullable = false)]
    allowed_origins: Option<Vec<String>>,
    #[schema(nullable = false)]
    settings: Option<SettingsChange>,
}

/// Changes a channel.
#[utoipa::path(
    patch, path = "/api/v1/workspaces/{workspace_id}/channels/{channel_id}", operation_id = "channel_update",
    tag = "channels", params(ChannelPath), request_body = ChannelUpdate,
    responses((status = 200, description = "The channel", body = ChannelView))
)]
pub(crate) async fn update(
    Allowed(grant): Allowed<ChannelManage>,
    PathOf(path): PathOf<ChannelPath>,
    Body(update): Body<ChannelUpdate>,
) -> Result<Json<ChannelView>, Failure> {
    let mut tx = grant.begin().await?;
    let viewer = tx.viewer();
    let change =
        channels::Change { name: update.name, allowed_origins: update.allowed_origins, settings: update.settings };
    let outcome =
        channels::update(&mut tx, path.channel_id, change).await.map(|channel| ChannelView::of(channel, &viewer));
    Ok(Json(tx.settle(outcome).await?))
}
