use axum::Json;
use conversations::{Assignee, Filter, Mode, Sort, Status};
use kernel::{ChannelId, LabelId, Limit, Problem, TeamId, WorkspaceId};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::view::{ConversationList, ConversationView};
use crate::{Allowed, Failure, Params};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConversationsQuery {
    /// `open` unless asked otherwise.
    status: Option<Status>,
    mode: Option<Mode>,
    /// A member's id, `me` or `none`.
    assignee_id: Option<String>,
    /// In whose queue they are or were.
    team_id: Option<TeamId>,
    /// A label's id; a member's for their own label.
    label_id: Option<LabelId>,
    /// `me`: only those with a note that calls the caller, or a team of theirs.
    #[param(inline)]
    mentions: Option<Whose>,
    channel_id: Option<ChannelId>,
    /// Only those with something the caller has not read.
    unread: Option<bool>,
    /// Words of the customer's name or of messages.
    q: Option<String>,
    #[param(inline)]
    sort: Option<Sort>,
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100, default = 25)]
    limit: Option<Limit>,
    cursor: Option<String>,
}

/// Whose mentions: one's own only.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Whose {
    Me,
}

/// Conversations by their newest activity.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/conversations", operation_id = "conversations_list",
    tag = "conversations", params(("workspace_id" = WorkspaceId, Path), ConversationsQuery),
    responses((status = 200, description = "A page of conversations", body = ConversationList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<tenancy::ConversationView>,
    Params(query): Params<ConversationsQuery>,
) -> Result<Json<ConversationList>, Failure> {
    let filter = Filter {
        status: Some(query.status.unwrap_or(Status::Open)),
        mode: query.mode,
        assignee: query.assignee_id.as_deref().map(assignee).transpose()?,
        team: query.team_id,
        label: query.label_id,
        mentions: query.mentions.is_some(),
        channel: query.channel_id,
        unread: query.unread.unwrap_or(false),
        q: query.q,
        sort: query.sort.unwrap_or_default(),
        customer: None,
    };
    let mut session = grant.read().await?;
    let limit = query.limit.unwrap_or_default();
    let page = conversations::list(&mut session, &filter, limit, query.cursor.as_deref()).await?;
    let viewer = session.viewer();
    Ok(Json(page.map(|conversation| ConversationView::of(conversation, &viewer)).into()))
}

fn assignee(text: &str) -> Result<Assignee, Problem> {
    match text {
        "me" => Ok(Assignee::Me),
        "none" => Ok(Assignee::Nobody),
        id => id
            .parse()
            .map(Assignee::Member)
            .map_err(|_| Problem::field("/assignee_id", "invalid_parameter", "is a member's id, me or none")),
    }
}
