use axum::{extract::State, http::StatusCode};
use serde::Deserialize;
use utoipa::ToSchema;

use super::show::ConversationPath;
use crate::{
    Allowed, App, Body, Failure, PathOf,
    realtime::{Ephemeral, PresenceState},
};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PresencePost {
    state: PresenceState,
}

/// Says that one looks at or answers a conversation. To be repeated every few seconds; silence is forgotten.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/presence",
    operation_id = "presence_post", tag = "conversations", params(ConversationPath), request_body = PresencePost,
    responses((status = 204, description = "Told"))
)]
pub(crate) async fn post(
    Allowed(grant): Allowed<tenancy::ConversationView>,
    State(app): State<App>,
    PathOf(path): PathOf<ConversationPath>,
    Body(presence): Body<PresencePost>,
) -> Result<StatusCode, Failure> {
    let conversation = conversations::show(&mut grant.read().await?, path.conversation_id).await?;
    let workspace = grant.scope().workspace();
    if let Some(member) = grant.scope().member() {
        let place = (conversation.id, conversation.sight());
        if let Some(changed) = app.presence.note(workspace, place, (member.id, &member.name), presence.state) {
            app.hub.tell(workspace, Ephemeral::Presence(changed));
        }
    }
    Ok(StatusCode::NO_CONTENT)
}
