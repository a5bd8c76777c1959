use axum::{
    body::{Body, Bytes},
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use billing::ledger::{EntryFilter, EntryKind};
use futures_util::{Stream, TryStreamExt, stream};
use kernel::{MemberId, WorkspaceId};
use serde::Deserialize;
use tenancy::{CreditViewLedger, Grant};
use utoipa::IntoParams;

use super::view::CreditEntryView;
use crate::{
    Allowed, App, Failure, Params,
    attachments::file::Octets,
    table::{self, inert},
};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreditExportQuery {
    /// Whose consumption.
    member_id: Option<MemberId>,
    #[param(inline)]
    kind: Option<EntryKind>,
}

/// Rows that are read and written at once.
const ROWS_AT_ONCE: i64 = 500;

const COLUMNS: [&str; 13] = [
    "seq",
    "at",
    "kind",
    "amount",
    "of_grant",
    "balance",
    "member_id",
    "member_name",
    "actor_kind",
    "actor_id",
    "cause",
    "subject_kind",
    "subject_id",
];

/// The ledger as a table for a spreadsheet, newest first, as far as one may see it.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/credits/entries.csv", operation_id = "credit_entries_export",
    tag = "billing", params(("workspace_id" = WorkspaceId, Path), CreditExportQuery),
    responses((status = 200, description = "The ledger", content((Octets = "text/csv"))))
)]
pub(crate) async fn export(
    Allowed(grant): Allowed<CreditViewLedger>,
    State(app): State<App>,
    Params(query): Params<CreditExportQuery>,
) -> Result<Response, Failure> {
    app.limits.whole_log.take(&grant.scope().workspace().to_string())?;
    let filter = EntryFilter { member: query.member_id, kind: query.kind };
    let day: String = app.vault.clock().now().to_string().chars().take(10).collect();
    let mut response = Body::from_stream(written(grant, filter)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, table::CSV);
    headers.insert(header::CONTENT_DISPOSITION, table::attachment(&format!("credits-{day}.csv")));
    Ok(response)
}

/// Where the export stands.
enum Place {
    Beginning,
    After(String),
    End,
}

/// The file in pieces. Every piece is a read of its own that is let in anew, so that whoever may read the ledger no more
/// gets no more of it (INV-08).
fn written(grant: Grant<CreditViewLedger>, filter: EntryFilter) -> impl Stream<Item = std::io::Result<Bytes>> {
    stream::try_unfold(Place::Beginning, move |place| {
        let grant = grant.clone();
        async move {
            let (cursor, begins) = match place {
                Place::Beginning => (None, true),
                Place::After(cursor) => (Some(cursor), false),
                Place::End => return Ok(None),
            };
            let grant = grant.again().await.map_err(std::io::Error::other)?;
            let page = billing::ledger::entries(&grant, filter, ROWS_AT_ONCE, cursor.as_deref()).await;
            let page = page.map_err(std::io::Error::other)?;
            let viewer = grant.scope().viewer();
            let rows = page.items.into_iter().map(|entry| cells(CreditEntryView::of(entry, &viewer)));
            let piece = table::csv(begins.then_some(&COLUMNS), rows)?;
            let next = page.next.map_or(Place::End, |cursor| Place::After(cursor.to_string()));
            Ok(Some((Bytes::from(piece), next)))
        }
    })
    .inspect_err(|error: &std::io::Error| tracing::error!(%error, "an export of the credit ledger broke off"))
}

/// Names are people's own words; numbers stay numbers, also below zero.
fn cells(entry: CreditEntryView) -> [String; COLUMNS.len()] {
    let id = |id: Option<uuid::Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let (member_id, member_name) = entry.member.map(|member| (member.id.into(), member.name)).unzip();
    let (subject_kind, subject_id) = entry.subject.map(|subject| (subject.kind, subject.id)).unzip();
    [
        entry.seq.to_string(),
        entry.at.to_string(),
        entry.kind.name().to_owned(),
        entry.amount.to_string(),
        entry.of_grant.to_string(),
        entry.balance.map(|balance| balance.to_string()).unwrap_or_default(),
        id(member_id),
        inert(member_name.unwrap_or_default()),
        entry.actor.kind,
        id(entry.actor.id),
        inert(entry.cause),
        subject_kind.unwrap_or_default(),
        id(subject_id),
    ]
}
