//! A member's stream.

use std::sync::Arc;

use axum::{extract::State, http::HeaderMap, response::Response};
use conversations::Visibility;
use kernel::{ConversationId, MemberId, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::{Caller, Revocation, Scope, Viewer};
use utoipa::{IntoParams, ToSchema};

use super::{
    change::{Change, ChangeEvent},
    presence::{Ephemeral, PresenceState, TypingState, TypingWho},
    stream::{self, Listener, Standing, frame},
};
use crate::{Allowed, App, Failure, Params, allowed::CallerOf, notifications::count::NotificationCount};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventsQuery {
    /// Where to go on, for a first connection; a reconnecting browser sends the header.
    last_event_id: Option<i64>,
}

/// Everything that happens in the workspace, as the caller may see it. Stored events carry an id and `event: change`;
/// `ready`, `presence`, `typing`, `notification`, `reset` and `closed` are described by the schemas of their names.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/events", operation_id = "events_stream", tag = "realtime",
    params(("workspace_id" = WorkspaceId, Path), EventsQuery),
    responses((status = 200, description = "The stream", body = ChangeEvent, content_type = "text/event-stream"))
)]
pub(crate) async fn events(
    Allowed(grant): Allowed<tenancy::ConversationView>,
    CallerOf(caller): CallerOf,
    State(app): State<App>,
    headers: HeaderMap,
    Params(query): Params<EventsQuery>,
) -> Result<Response, Failure> {
    let last_event_id = stream::last_event_id(&headers, query.last_event_id)?;
    let workspace = grant.scope().workspace();
    let listener = MemberListener::new(grant.scope(), caller);
    let newest = async { grant.read().await?.newest_seq().await };
    stream::open(app, workspace, listener, last_event_id, newest).await
}

struct MemberListener {
    caller: Caller,
    workspace: WorkspaceId,
    viewer: Viewer,
    visibility: Visibility,
    rights_version: i64,
}

impl MemberListener {
    fn new(scope: &Scope, caller: Caller) -> Self {
        let (viewer, rights_version) = (scope.viewer(), scope.rights_version());
        let visibility = Visibility::of_viewer(&viewer);
        Self { caller, workspace: scope.workspace(), visibility, viewer, rights_version }
    }
}

impl Listener for MemberListener {
    const KIND: &'static str = "member";

    fn is_behind(&self, change: &Change) -> bool {
        self.rights_version < change.rights_version
    }

    async fn change(&mut self, _: &App, change: &Arc<Change>) -> Option<Arc<str>> {
        change.for_member(&self.viewer)
    }

    fn ephemeral(&mut self, ephemeral: &Ephemeral) -> Option<String> {
        match ephemeral {
            Ephemeral::Presence(presence) if self.visibility.sees(&presence.sight) => {
                let members = presence.present.iter().filter(|someone| Some(someone.member) != self.viewer.member);
                let members = members
                    .map(|someone| PresenceMember {
                        id: someone.member,
                        name: someone.name.clone(),
                        state: someone.state,
                    })
                    .collect();
                frame("presence", &PresenceEvent { conversation_id: presence.conversation, members })
            }
            Ephemeral::Typing(typing)
                if self.visibility.sees(&typing.sight)
                    && (typing.member.is_none() || typing.member != self.viewer.member) =>
            {
                frame(
                    "typing",
                    &TypingEvent {
                        conversation_id: typing.conversation,
                        who: typing.who,
                        name: typing.name.clone(),
                        state: typing.state,
                    },
                )
            }
            Ephemeral::Notified(notified) if Some(notified.member) == self.viewer.member => {
                frame("notification", &NotificationCount { unread: notified.unread })
            }
            Ephemeral::Presence(_) | Ephemeral::Typing(_) | Ephemeral::AgentRead(_) | Ephemeral::Notified(_) => None,
        }
    }

    async fn look_again(&mut self, app: &App) -> Standing {
        match app.vault.caller_again(&self.caller).await {
            Ok(Some(_)) => {}
            Ok(None) if self.caller.api_key().is_some() => return Standing::Ended("api_key.ended"),
            Ok(None) => return Standing::Ended("session.ended"),
            // A database that does not answer says nothing about rights; the next look will.
            Err(_) => return Standing::Unchanged,
        }
        let scope = match app.vault.enter(&self.caller, self.workspace).await {
            Ok(scope) => scope,
            Err(tenancy::Error::NotFound) => return Standing::Ended("membership.ended"),
            Err(tenancy::Error::ConfirmationRequired) => return Standing::Ended("session.confirmation_required"),
            Err(tenancy::Error::PreviewEnded) => return Standing::Ended("preview.ended"),
            Err(_) => return Standing::Unchanged,
        };
        if scope.grant::<tenancy::ConversationView>().is_err() {
            return Standing::Ended("forbidden");
        }
        let unchanged = self.viewer.access == scope.access().cloned();
        *self = Self::new(&scope, self.caller.clone());
        if unchanged { Standing::Unchanged } else { Standing::Changed }
    }

    fn concerns(&self, revocation: Revocation) -> bool {
        match revocation {
            Revocation::Rights(workspace) => workspace == self.workspace,
            Revocation::Session(session) => self.caller.account().is_some_and(|(_, mine)| mine == session),
        }
    }

    fn greeting(&mut self, app: &App) -> Vec<String> {
        let present = app.presence.all(self.workspace);
        present.into_iter().filter_map(|presence| self.ephemeral(&Ephemeral::Presence(presence))).collect()
    }
}

/// Data of `event: ready`, the first frame: the stream goes on after this sequence.
#[derive(Serialize, ToSchema)]
pub struct ReadyEvent {
    pub seq: i64,
}

/// Data of `event: closed`: the server will not go on; the code says why.
#[derive(Serialize, ToSchema)]
pub struct ClosedEvent {
    pub code: String,
}

/// Data of `event: presence`: everybody else who is at a conversation right now.
#[derive(Serialize, ToSchema)]
pub struct PresenceEvent {
    pub conversation_id: ConversationId,
    pub members: Vec<PresenceMember>,
}

#[derive(Serialize, ToSchema)]
pub struct PresenceMember {
    pub id: MemberId,
    pub name: String,
    pub state: PresenceState,
}

/// Data of `event: typing`.
#[derive(Serialize, ToSchema)]
pub struct TypingEvent {
    pub conversation_id: ConversationId,
    pub who: TypingWho,
    /// The member's name; empty for the customer, whom the conversation names.
    pub name: String,
    pub state: TypingState,
}
