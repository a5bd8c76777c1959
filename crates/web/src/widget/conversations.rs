use axum::Json;
use channels::Settings;
use kernel::ConversationId;
use serde::Deserialize;
use tenancy::{Actor, Error, Session, VisitorChat};
use utoipa::IntoParams;

use super::view::{WidgetConversationList, WidgetConversationView};
use crate::{Allowed, Failure};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct OwnConversationPath {
    pub(crate) conversation_id: ConversationId,
}

/// The visitor's own conversations, newest first.
#[utoipa::path(
    get, path = "/widget/v1/conversations", operation_id = "widget_conversations_list", tag = "widget",
    responses((status = 200, description = "The conversations", body = WidgetConversationList))
)]
pub(crate) async fn list(Allowed(grant): Allowed<VisitorChat>) -> Result<Json<WidgetConversationList>, Failure> {
    let mut session = grant.read().await?;
    let settings = settings(&mut session).await?;
    let items = conversations::visitor_conversations(&mut session).await?.into_iter();
    let items = items.map(|conversation| WidgetConversationView::of(conversation, &settings)).collect();
    Ok(Json(WidgetConversationList { items }))
}

/// How the visitor's channel is set.
pub(crate) async fn settings(session: &mut Session) -> Result<Settings, channels::Refusal> {
    let Actor::Visitor { channel, .. } = *session.actor() else { return Err(Error::NotFound.into()) };
    Ok(channels::show(session, channel).await?.settings)
}
