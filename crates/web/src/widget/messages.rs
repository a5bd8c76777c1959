use axum::Json;
use conversations::Direction;
use tenancy::VisitorChat;

use super::{
    conversations::OwnConversationPath,
    view::{WidgetMessageList, WidgetMessageView},
};
use crate::{Allowed, Failure, Params, PathOf, conversations::messages::MessagesQuery};

/// Messages of one of the visitor's conversations, oldest first. What is read here counts as delivered.
#[utoipa::path(
    get, path = "/widget/v1/conversations/{conversation_id}/messages", operation_id = "widget_messages_list",
    tag = "widget", params(OwnConversationPath, MessagesQuery),
    responses((status = 200, description = "A page of messages", body = WidgetMessageList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<VisitorChat>,
    PathOf(path): PathOf<OwnConversationPath>,
    Params(query): Params<MessagesQuery>,
) -> Result<Json<WidgetMessageList>, Failure> {
    let (range, limit) = (query.range()?, query.limit.unwrap_or_default());
    let page = conversations::visitor_messages(&mut grant.read().await?, path.conversation_id, range, limit).await?;
    let answers = page.items.iter().filter(|message| message.direction == Direction::Outbound);
    if let Some(newest) = answers.map(|message| message.seq).max().filter(|seq| *seq > page.conversation.delivered_seq)
    {
        let mut tx = grant.begin().await?;
        let outcome = conversations::visitor_delivered(&mut tx, path.conversation_id, newest).await;
        tx.settle(outcome).await?;
    }
    Ok(Json(WidgetMessageList { items: page.items.into_iter().map(WidgetMessageView::of).collect() }))
}
