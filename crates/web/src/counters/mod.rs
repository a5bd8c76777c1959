//! The counters beside the fixed views.

use axum::Json;
use kernel::{TeamId, WorkspaceId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Allowed, Failure};

#[derive(Debug, Serialize, ToSchema)]
pub struct CountersView {
    pub views: ViewCounts,
    pub unread: UnreadCounts,
    /// The queues that hold something, of the teams whose queues the caller sees.
    pub teams: Vec<TeamCount>,
}

/// What waits in a team's queue.
#[derive(Debug, Serialize, ToSchema)]
pub struct TeamCount {
    pub team_id: TeamId,
    pub open_unassigned: i64,
}

/// All, unassigned and mine count open conversations.
#[derive(Debug, Serialize, ToSchema)]
pub struct ViewCounts {
    pub all: i64,
    pub unassigned: i64,
    pub mine: i64,
    pub snoozed: i64,
    pub solved: i64,
    pub spam: i64,
    pub archived: i64,
    /// Open ones with a note that calls the caller, or a team of theirs; 100 means more than 99.
    pub mentions: i64,
    /// Open ones that the AI answers; 100 means more than 99, null that there is no AI that does.
    #[schema(required)]
    pub ai: Option<i64>,
}

/// Open conversations with something unread; 100 means more than 99.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnreadCounts {
    pub all: i64,
    pub unassigned: i64,
    pub mine: i64,
}

/// How many conversations stand where, as the caller sees them.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/counters", operation_id = "counters_show", tag = "conversations",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The counters", body = CountersView))
)]
pub(crate) async fn show(Allowed(grant): Allowed<tenancy::ConversationView>) -> Result<Json<CountersView>, Failure> {
    let conversations::Counters { views, unread, mentions, ai } =
        conversations::counters(&mut grant.read().await?).await?;
    Ok(Json(CountersView {
        views: ViewCounts {
            all: views.all,
            unassigned: views.unassigned,
            mine: views.mine,
            snoozed: views.snoozed,
            solved: views.solved,
            spam: views.spam,
            archived: views.archived,
            mentions,
            ai,
        },
        teams: views
            .teams
            .into_iter()
            .map(|(team_id, open_unassigned)| TeamCount { team_id, open_unassigned })
            .collect(),
        unread: UnreadCounts { all: unread.all, unassigned: unread.unassigned, mine: unread.mine },
    }))
}
