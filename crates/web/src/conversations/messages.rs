use axum::Json;
use conversations::Range;
use kernel::{Limit, Problem};
use serde::Deserialize;
use utoipa::IntoParams;

use super::{
    show::ConversationPath,
    view::{MessageList, MessageView},
};
use crate::{Allowed, Failure, Params, PathOf};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct MessagesQuery {
    /// The page that ends before this sequence; the newest page without it.
    #[param(minimum = 0)]
    before_seq: Option<i64>,
    /// The page that starts after this sequence.
    #[param(minimum = 0)]
    after_seq: Option<i64>,
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100, default = 25)]
    pub(crate) limit: Option<Limit>,
}

impl MessagesQuery {
    pub(crate) fn range(&self) -> Result<Range, Problem> {
        match (self.before_seq, self.after_seq) {
            (Some(_), Some(_)) => {
                Err(Problem::field("/after_seq", "invalid_parameter", "cannot be combined with before_seq"))
            }
            (before, None) => Ok(Range::Before(before)),
            (None, Some(after)) => Ok(Range::After(after)),
        }
    }
}

/// Messages of a conversation, oldest first. `next_cursor` is the sequence to go on with in the direction of reading.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/messages",
    operation_id = "messages_list", tag = "conversations", params(ConversationPath, MessagesQuery),
    responses((status = 200, description = "A page of messages", body = MessageList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<tenancy::ConversationView>,
    PathOf(path): PathOf<ConversationPath>,
    Params(query): Params<MessagesQuery>,
) -> Result<Json<MessageList>, Failure> {
    let mut session = grant.read().await?;
    let range = query.range()?;
    let page =
        conversations::messages(&mut session, path.conversation_id, range, query.limit.unwrap_or_default()).await?;
    let (workspace, viewer, contact) = (session.workspace(), session.viewer(), page.conversation.contact);
    let items: Vec<_> =
        page.items.into_iter().map(|message| MessageView::of(message, workspace, &viewer, contact)).collect();
    let edge = if matches!(range, Range::After(_)) { items.last() } else { items.first() };
    let next_cursor = edge.filter(|_| page.more).map(|message| message.seq.to_string());
    Ok(Json(MessageList { items, next_cursor }))
}
