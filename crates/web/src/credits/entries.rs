use axum::Json;
use billing::ledger::{EntryFilter, EntryKind};
use kernel::{Limit, MemberId, WorkspaceId};
use serde::Deserialize;
use tenancy::CreditViewLedger;
use utoipa::IntoParams;

use super::view::{CreditEntryList, CreditEntryView};
use crate::{Allowed, Failure, Params};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreditEntriesQuery {
    /// Whose consumption.
    member_id: Option<MemberId>,
    #[param(inline)]
    kind: Option<EntryKind>,
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100, default = 25)]
    limit: Option<Limit>,
    cursor: Option<String>,
}

/// The ledger, newest first: all of it, or what one consumed oneself, as far as one may see it.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/credits/entries", operation_id = "credit_entries_list",
    tag = "billing", params(("workspace_id" = WorkspaceId, Path), CreditEntriesQuery),
    responses((status = 200, description = "A page of entries", body = CreditEntryList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<CreditViewLedger>,
    Params(query): Params<CreditEntriesQuery>,
) -> Result<Json<CreditEntryList>, Failure> {
    let filter = EntryFilter { member: query.member_id, kind: query.kind };
    let limit = query.limit.unwrap_or_default().get();
    let page = billing::ledger::entries(&grant, filter, limit, query.cursor.as_deref()).await?;
    let viewer = grant.scope().viewer();
    Ok(Json(page.map(|entry| CreditEntryView::of(entry, &viewer)).into()))
}
