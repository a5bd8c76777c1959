use axum::Json;

use super::show::CustomerPath;
use crate::{
    Allowed, Failure, Params, PathOf,
    conversations::view::{ConversationList, ConversationView},
    view::PageQuery,
};

/// A customer's conversations, newest first, whatever their status.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/customers/{customer_id}/conversations",
    operation_id = "customer_conversations_list", tag = "customers", params(CustomerPath, PageQuery),
    responses((status = 200, description = "A page of conversations", body = ConversationList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<tenancy::ConversationView>,
    PathOf(path): PathOf<CustomerPath>,
    Params(query): Params<PageQuery>,
) -> Result<Json<ConversationList>, Failure> {
    let mut session = grant.read().await?;
    let (limit, cursor) = (query.limit.unwrap_or_default(), query.cursor.as_deref());
    let page = conversations::customer_conversations(&mut session, path.customer_id, limit, cursor).await?;
    let viewer = session.viewer();
    Ok(Json(page.map(|conversation| ConversationView::of(conversation, &viewer)).into()))
}
