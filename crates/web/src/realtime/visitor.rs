//! A visitor's stream: the messages of its own conversations in its own channel, and who is typing an answer.

use std::sync::Arc;

use axum::{extract::State, http::HeaderMap, response::Response};
use conversations::{Direction, Message, Status};
use kernel::{ChannelId, ConversationId, CustomerId, VisitorId};
use serde::Serialize;
use tenancy::{Actor, Caller, Error, Grant, Revocation, VisitorChat};
use utoipa::ToSchema;

use super::{
    change::Change,
    presence::{Ephemeral, TypingState, TypingWho},
    stream::{self, Listener, Standing, frame},
};
use crate::{
    Allowed, App, Failure,
    allowed::CallerOf,
    widget::{
        conversations::settings,
        view::{WidgetMessageView, first_name},
    },
};

/// What happens in the visitor's conversations. Stored events carry an id and `event: change`; `ready`, `typing`,
/// `reset` and `closed` are described by the schemas of their names.
#[utoipa::path(
    get, path = "/widget/v1/events", operation_id = "widget_events_stream", tag = "widget",
    responses((status = 200, description = "The stream", body = WidgetChangeEvent, content_type = "text/event-stream"))
)]
pub(crate) async fn events(
    Allowed(grant): Allowed<VisitorChat>,
    CallerOf(caller): CallerOf,
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let last_event_id = stream::last_event_id(&headers, None)?;
    let workspace = grant.scope().workspace();
    let read_receipts = settings(&mut grant.read().await?).await?.show_read_receipts;
    let listener = VisitorListener { caller, grant: grant.clone(), read_receipts, arrived: None };
    let newest = async { grant.read().await?.newest_seq().await };
    stream::open(app, workspace, listener, last_event_id, newest).await
}

struct VisitorListener {
    caller: Caller,
    grant: Grant<VisitorChat>,
    read_receipts: bool,
    /// The newest answer on its way to the visitor.
    arrived: Option<(ConversationId, i64)>,
}

/// Data of `event: change` in a visitor's stream.
#[derive(Serialize, ToSchema)]
pub struct WidgetChangeEvent {
    pub kind: String,
    pub conversation_id: ConversationId,
    #[schema(required)]
    pub message: Option<WidgetMessageView>,
    /// How far somebody of the team has read; null where the channel shows no read receipts.
    #[schema(required)]
    pub agent_read_seq: Option<i64>,
    /// `open` or `solved`.
    #[schema(required)]
    pub status: Option<Status>,
}

/// Data of `event: typing` in a visitor's stream.
#[derive(Serialize, ToSchema)]
pub struct WidgetTypingEvent {
    pub conversation_id: ConversationId,
    /// A member's first name.
    #[schema(required)]
    pub name: Option<String>,
    pub state: TypingState,
}

impl Listener for VisitorListener {
    const KIND: &'static str = "visitor";

    async fn change(&mut self, app: &App, change: &Arc<Change>) -> Option<Arc<str>> {
        if self.may_be_another_customer_now(change)
            && let Err(error) = self.meet_again(app).await
        {
            tracing::warn!(%error, "a visitor's stream does not know whose it is");
        }
        let snapshot = change.snapshot.as_ref()?;
        let conversation = snapshot.conversation();
        if !self.is_mine(conversation.customer_id, conversation.channel_id) || !concerns_the_customer(change) {
            return None;
        }
        if let Some(message) = &change.message
            && message.direction == Direction::Outbound
            && message.seq > conversation.customer_delivered_seq
        {
            self.arrived = Some((conversation.id, message.seq));
        }
        let event = WidgetChangeEvent {
            kind: change.event.kind.clone(),
            conversation_id: conversation.id,
            message: change.message.clone().map(WidgetMessageView::of),
            agent_read_seq: self.read_receipts.then(|| snapshot.furthest_read()),
            status: Some(conversation.status.outward()),
        };
        Some(serde_json::to_string(&event).ok()?.into())
    }

    async fn handed_over(&mut self) {
        if let Some((conversation, seq)) = self.arrived.take()
            && let Err(error) = delivered(&self.grant, conversation, seq).await
        {
            // The next answer, or the next look at the messages, says it too.
            tracing::warn!(%error, "an answer that arrived is not marked so");
        }
    }

    fn ephemeral(&mut self, ephemeral: &Ephemeral) -> Option<String> {
        match ephemeral {
            Ephemeral::Typing(typing)
                if typing.who == TypingWho::Member && self.is_mine(typing.sight.customer, typing.channel) =>
            {
                let told = WidgetTypingEvent {
                    conversation_id: typing.conversation,
                    name: Some(first_name(&typing.name).to_owned()),
                    state: typing.state,
                };
                frame("typing", &told)
            }
            Ephemeral::AgentRead(read) if self.read_receipts && self.is_mine(read.customer, read.channel) => {
                let told = WidgetChangeEvent {
                    kind: "message.agent_read".to_owned(),
                    conversation_id: read.conversation,
                    message: None,
                    agent_read_seq: Some(read.seq),
                    status: None,
                };
                frame("change", &told)
            }
            Ephemeral::Typing(_) | Ephemeral::AgentRead(_) | Ephemeral::Presence(_) | Ephemeral::Notified(_) => None,
        }
    }

    async fn look_again(&mut self, app: &App) -> Standing {
        match self.meet_again(app).await {
            Ok(true) => Standing::Unchanged,
            Ok(false) => Standing::Ended("visitor.ended"),
            // A database that does not answer says nothing about rights; the next look will.
            Err(_) => Standing::Unchanged,
        }
    }

    fn concerns(&self, _: Revocation) -> bool {
        false
    }

    fn greeting(&mut self, _: &App) -> Vec<String> {
        Vec::new()
    }
}

impl VisitorListener {
    /// The visitor, its channel, and its customer once the first message made it one.
    fn who(&self) -> Option<(VisitorId, ChannelId, Option<CustomerId>)> {
        match *self.grant.scope().actor() {
            Actor::Visitor { visitor, channel, customer } => Some((visitor, channel, customer)),
            _ => None,
        }
    }

    fn is_mine(&self, customer: CustomerId, channel: ChannelId) -> bool {
        self.who().is_some_and(|(_, mine, me)| mine == channel && me == Some(customer))
    }

    /// Its first message makes a visitor a customer, and a signed identity can make it another one.
    fn may_be_another_customer_now(&self, change: &Change) -> bool {
        let Some((visitor, _, customer)) = self.who() else { return false };
        let wrote = change.event.actor_kind == "visitor" && change.event.actor_id == Some(visitor.0);
        let identified = change.event.subject_kind == "visitor" && change.event.subject_id == visitor.0;
        identified || (wrote && customer.is_none())
    }

    /// Asks who the visitor is now; false when its visit is over.
    async fn meet_again(&mut self, app: &App) -> Result<bool, Error> {
        let workspace = self.grant.scope().workspace();
        let Some(caller) = app.vault.caller_again(&self.caller).await? else { return Ok(false) };
        self.grant = app.vault.enter(&caller, workspace).await?.grant()?;
        self.caller = caller;
        Ok(true)
    }
}

/// Messages among members and the house's own sorting are none of the customer's business.
fn concerns_the_customer(change: &Change) -> bool {
    let status = |key: &str| change.event.payload[key].as_str().and_then(Status::parse).map(Status::outward);
    match change.event.kind.as_str() {
        "conversation.created" => true,
        "conversation.status_changed" => status("from") != status("to"),
        kind if kind.starts_with("message.") => change.message.as_ref().is_some_and(Message::is_outward),
        _ => false,
    }
}

async fn delivered(
    grant: &Grant<VisitorChat>,
    conversation: ConversationId,
    seq: i64,
) -> Result<(), conversations::Refusal> {
    let mut tx = grant.begin().await?;
    let outcome = conversations::visitor_delivered(&mut tx, conversation, seq).await;
    tx.settle(outcome).await
}
