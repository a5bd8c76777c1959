use axum::{extract::State, http::StatusCode};
use tenancy::{Actor, VisitorChat};

use super::conversations::OwnConversationPath;
use crate::{
    Allowed, App, Body, Failure, PathOf,
    conversations::typing::TypingPost,
    realtime::{Ephemeral, Typing, TypingWho},
};

/// Says that the visitor is typing. Nothing of it is kept.
#[utoipa::path(
    post, path = "/widget/v1/conversations/{conversation_id}/typing", operation_id = "widget_typing_post",
    tag = "widget", params(OwnConversationPath), request_body = TypingPost,
    responses((status = 204, description = "Told"))
)]
pub(crate) async fn post(
    Allowed(grant): Allowed<VisitorChat>,
    State(app): State<App>,
    PathOf(path): PathOf<OwnConversationPath>,
    Body(typing): Body<TypingPost>,
) -> Result<StatusCode, Failure> {
    let conversation = conversations::visitor_conversation(&mut grant.read().await?, path.conversation_id).await?;
    if let Actor::Visitor { channel, .. } = *grant.scope().actor() {
        let typing = Typing {
            conversation: conversation.id,
            channel,
            sight: conversation.sight,
            who: TypingWho::Customer,
            member: None,
            // Members know the customer from the conversation, each as they may see it.
            name: String::new(),
            state: typing.state,
        };
        app.hub.tell(grant.scope().workspace(), Ephemeral::Typing(typing));
    }
    Ok(StatusCode::NO_CONTENT)
}
