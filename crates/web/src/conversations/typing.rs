use axum::{extract::State, http::StatusCode};
use serde::Deserialize;
use tenancy::ConversationReply;
use utoipa::ToSchema;

use super::show::ConversationPath;
use crate::{
    Allowed, App, Body, Failure, PathOf,
    realtime::{Ephemeral, Typing, TypingState, TypingWho},
};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TypingPost {
    pub(crate) state: TypingState,
}

/// Says that one is typing an answer; the customer sees it too. Nothing of it is kept.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/typing",
    operation_id = "typing_post", tag = "conversations", params(ConversationPath), request_body = TypingPost,
    responses((status = 204, description = "Told"))
)]
pub(crate) async fn post(
    Allowed(grant): Allowed<ConversationReply>,
    State(app): State<App>,
    PathOf(path): PathOf<ConversationPath>,
    Body(typing): Body<TypingPost>,
) -> Result<StatusCode, Failure> {
    let conversation = conversations::to_answer(&mut grant.read().await?, path.conversation_id).await?;
    if typing.state == TypingState::Typing && conversation.ai_comes_back_soon(app.vault.clock().now()) {
        let mut tx = grant.begin().await?;
        let outcome = conversations::keep_ai_away(&mut tx, conversation.id).await;
        tx.settle(outcome).await?;
    }
    if let Some(member) = grant.scope().member() {
        let typing = Typing {
            conversation: conversation.id,
            channel: conversation.channel_id,
            sight: conversation.sight(),
            who: TypingWho::Member,
            member: Some(member.id),
            name: member.name.clone(),
            state: typing.state,
        };
        app.hub.tell(grant.scope().workspace(), Ephemeral::Typing(typing));
    }
    Ok(StatusCode::NO_CONTENT)
}
