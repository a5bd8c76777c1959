use axum::Json;
use conversations::{CannotSee, NoteOn, Unseen};
use kernel::{ConversationId, CustomerId, MemberId, Problem, TeamId, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::NoteMention;
use utoipa::ToSchema;

use super::view::MentionGiven;
use crate::{Allowed, Body, Failure};

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MentionsCheck {
    /// What the note stands on: a conversation or a customer, one of the two.
    #[schema(nullable = false)]
    conversation_id: Option<ConversationId>,
    #[schema(nullable = false)]
    customer_id: Option<CustomerId>,
    /// At most 50.
    mentions: Vec<MentionGiven>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MentionsChecked {
    /// Nobody, if everybody who would be called sees the note.
    pub cannot_see: Vec<CannotSeeView>,
}

/// Somebody who would not see the note that calls them.
#[derive(Debug, Serialize, ToSchema)]
pub struct CannotSeeView {
    pub member_id: MemberId,
    /// The team by which they would be called.
    #[schema(required)]
    pub team_id: Option<TeamId>,
    pub reason: UnseenReason,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum UnseenReason {
    /// The conversation is out of their sight.
    Conversation,
    /// The customer's profile is.
    Customer,
    /// They see no notes.
    Notes,
    /// They cannot be mentioned, or are here no longer.
    Mention,
}

impl From<CannotSee> for CannotSeeView {
    fn from(one: CannotSee) -> Self {
        let reason = match one.why {
            Unseen::Conversation => UnseenReason::Conversation,
            Unseen::Customer => UnseenReason::Customer,
            Unseen::Notes => UnseenReason::Notes,
            Unseen::Mention => UnseenReason::Mention,
        };
        Self { member_id: one.member, team_id: one.team, reason }
    }
}

/// Says, before a note is sent, who of those that it calls would not see it. Changes nothing.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/mentions/check", operation_id = "mentions_check", tag = "notes",
    params(("workspace_id" = WorkspaceId, Path)), request_body = MentionsCheck,
    responses((status = 200, description = "Who would not see it", body = MentionsChecked))
)]
pub(crate) async fn check(
    Allowed(grant): Allowed<NoteMention>,
    Body(check): Body<MentionsCheck>,
) -> Result<Json<MentionsChecked>, Failure> {
    let on = match (check.conversation_id, check.customer_id) {
        (Some(id), None) => NoteOn::Conversation(id),
        (None, Some(id)) => NoteOn::Customer(id),
        _ => {
            return Err(Problem::field(
                "/conversation_id",
                "invalid_value",
                "is needed where /customer_id is not, and never beside it",
            )
            .into());
        }
    };
    let mentions: Vec<_> = check.mentions.into_iter().map(Into::into).collect();
    let blind = conversations::cannot_see(&mut grant.read().await?, on, &mentions).await?;
    Ok(Json(MentionsChecked { cannot_see: blind.into_iter().map(Into::into).collect() }))
}
