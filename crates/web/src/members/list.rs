use axum::Json;
use directory::{Authority, MemberStatus};
use kernel::{Limit, Problem, WorkspaceId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::{MemberList, MemberView};
use crate::{Allowed, Failure, Params};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct MembersQuery {
    /// `active`, `deactivated`, `suspended_over_limit`, `left`, `removed`, or `ended` for the last two; several are
    /// separated by commas. Everybody who belongs here unless said otherwise.
    status: Option<String>,
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100, default = 25)]
    limit: Option<Limit>,
    cursor: Option<String>,
}

/// The members, longest there first.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/members", operation_id = "members_list", tag = "members",
    params(("workspace_id" = WorkspaceId, Path), MembersQuery),
    responses((status = 200, description = "A page of members", body = MemberList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<tenancy::MemberView>,
    Params(query): Params<MembersQuery>,
) -> Result<Json<MemberList>, Failure> {
    let statuses = statuses(query.status.as_deref())?;
    let mut session = grant.read().await?;
    let limit = query.limit.unwrap_or_default();
    let page = directory::members(&mut session, &statuses, limit, query.cursor.as_deref()).await?;
    let viewer = Authority::of(&mut session).await?;
    Ok(Json(page.map(|member| MemberView::of(member, &viewer)).into()))
}

fn statuses(asked: Option<&str>) -> Result<Vec<MemberStatus>, Problem> {
    let Some(asked) = asked else {
        return Ok(MemberStatus::ALL.into_iter().filter(|status| !status.is_ended()).collect());
    };
    let names: Vec<&str> = asked.split(',').collect();
    let means = |name: &str, status: MemberStatus| status.name() == name || (name == "ended" && status.is_ended());
    if let Some(name) = names.iter().find(|name| !MemberStatus::ALL.into_iter().any(|status| means(name, status))) {
        return Err(Problem::field("/status", "invalid_parameter", format!("{name:?} is no status of a member")));
    }
    // Each once, however often it was named.
    Ok(MemberStatus::ALL.into_iter().filter(|status| names.iter().any(|name| means(name, *status))).collect())
}
