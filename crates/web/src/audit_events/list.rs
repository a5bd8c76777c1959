use axum::Json;
use kernel::{Limit, WorkspaceId};
use tenancy::AuditView;

use super::{query::narrowed, readable, view::AuditEventList};
use crate::{Allowed, Failure, Params};

narrowed!(AuditEventsQuery {
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100, default = 25)]
    limit: Option<Limit>,
    cursor: Option<String>,
});

/// What was changed, refused or looked at, newest first. Narrowed by several things at once, a page may hold fewer
/// items than its limit, or none; its cursor goes on.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/audit-events", operation_id = "audit_events_list", tag = "audit",
    params(("workspace_id" = WorkspaceId, Path), AuditEventsQuery),
    responses((status = 200, description = "A page of the audit log", body = AuditEventList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<AuditView>,
    Params(query): Params<AuditEventsQuery>,
) -> Result<Json<AuditEventList>, Failure> {
    let wanted = query.limit.unwrap_or_default().get() as usize;
    let page = tenancy::audit_events(&grant, &query.filter()?, wanted, query.cursor.as_deref()).await?;
    Ok(Json(readable::page(&grant, page).await?.into()))
}
