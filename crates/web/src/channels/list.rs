use axum::Json;
use kernel::WorkspaceId;

use super::view::{ChannelList, ChannelView};
use crate::{Allowed, Failure};

/// The workspace's channels, oldest first; there are few, so they come at once.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/channels", operation_id = "channels_list", tag = "channels",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "All channels", body = ChannelList))
)]
pub(crate) async fn list(Allowed(grant): Allowed<tenancy::ChannelView>) -> Result<Json<ChannelList>, Failure> {
    let mut session = grant.read().await?;
    let viewer = session.viewer();
    let channels = channels::list(&mut session).await?;
    let items = channels.into_iter().map(|channel| ChannelView::of(channel, &viewer)).collect();
    Ok(Json(ChannelList { items, next_cursor: None }))
}
