use axum::{Json, extract::State, http::StatusCode};
use conversations::Written;
use kernel::{AttachmentId, ConversationId, LongText, Problem};
use serde::{Deserialize, Serialize};
use tenancy::{Actor, InboundReceive};
use utoipa::ToSchema;
use uuid::Uuid;

use super::view::WidgetMessageView;
use crate::{Allowed, App, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WidgetMessageSend {
    /// The browser's own id for the message: sent again, it is not written again.
    client_id: Uuid,
    text: LongText,
    /// Uploaded files that were not sent yet.
    #[serde(default)]
    attachments: Vec<AttachmentId>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct WidgetMessageSent {
    conversation_id: ConversationId,
    message: WidgetMessageView,
}

/// Writes to the team, into the visitor's one living conversation or a new one.
#[utoipa::path(
    post, path = "/widget/v1/messages", operation_id = "widget_message_send", tag = "widget",
    request_body = WidgetMessageSend,
    responses(
        (status = 201, description = "The message", body = WidgetMessageSent),
        (status = 200, description = "The message, which had arrived before", body = WidgetMessageSent)
    )
)]
pub(crate) async fn send(
    Allowed(grant): Allowed<InboundReceive>,
    State(app): State<App>,
    Body(message): Body<WidgetMessageSend>,
) -> Result<(StatusCode, Json<WidgetMessageSent>), Failure> {
    take_turn(&app, grant.scope().actor())?;
    let written =
        Written { client_id: message.client_id.to_string(), text: message.text, attachments: message.attachments };
    let mut tx = grant.begin().await?;
    let received = conversations::write(&mut tx, written).await;
    let repeated = received.as_ref().is_ok_and(|received| received.repeated);
    let outcome = received.map(|received| WidgetMessageSent {
        conversation_id: received.message.conversation_id,
        message: WidgetMessageView::of(received.message),
    });
    if repeated {
        Ok((StatusCode::OK, Json(tx.settle(outcome).await?)))
    } else {
        Ok((StatusCode::CREATED, Json(tx.settle_created(outcome).await?)))
    }
}

/// Counts a message or file of a visitor against its own limit and its channel's.
///
/// # Errors
/// 429 when one of them is reached.
pub(super) fn take_turn(app: &App, actor: &Actor) -> Result<(), Problem> {
    if let Actor::Visitor { visitor, channel, .. } = actor {
        app.limits.visitor_messages.take(&visitor.to_string())?;
        app.limits.channel_messages.take(&channel.to_string())?;
    }
    Ok(())
}
