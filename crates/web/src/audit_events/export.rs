use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::{Stream, TryStreamExt, stream};
use kernel::WorkspaceId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{AuditFilter, AuditView, Event, Grant, Subject, access_log};
use utoipa::ToSchema;

use super::{query::narrowed, readable, table};
use crate::{Allowed, App, Failure, Params, attachments::file::Octets};

/// How the export is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ExportFormat {
    /// For a spreadsheet: no cell begins like a formula.
    #[default]
    Csv,
    /// One JSON object a line, of the shape that the list has.
    Ndjson,
}

narrowed!(AuditExportQuery {
    /// `csv` unless asked otherwise.
    #[param(inline)]
    format: Option<ExportFormat>,
});

/// Rows that are read, named and written at once.
const ROWS_AT_ONCE: usize = 200;

/// The log as a file, newest first, while it is read. That it was taken is itself recorded.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/audit-events/export", operation_id = "audit_events_export",
    tag = "audit", params(("workspace_id" = WorkspaceId, Path), AuditExportQuery),
    responses((status = 200, description = "The log", content(
        (Octets = "text/csv"),
        (Octets = "application/x-ndjson"),
    )))
)]
pub(crate) async fn export(
    Allowed(grant): Allowed<AuditView>,
    State(app): State<App>,
    Params(query): Params<AuditExportQuery>,
) -> Result<Response, Failure> {
    let (filter, format) = (query.filter()?, query.format.unwrap_or_default());
    let workspace = grant.scope().workspace();
    app.limits.whole_log.take(&workspace.to_string())?;
    access_log::read(&grant, exported(workspace, &filter, format)).await?;
    let (kind, ending) = match format {
        ExportFormat::Csv => (crate::table::CSV, "csv"),
        ExportFormat::Ndjson => (HeaderValue::from_static("application/x-ndjson"), "ndjson"),
    };
    let day: String = app.vault.clock().now().to_string().chars().take(10).collect();
    let mut response = Body::from_stream(written(grant, filter, format)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, kind);
    headers.insert(header::CONTENT_DISPOSITION, crate::table::attachment(&format!("audit-{day}.{ending}")));
    Ok(response)
}

fn exported(workspace: WorkspaceId, filter: &AuditFilter, format: ExportFormat) -> Event {
    Event::new("audit.exported", Subject::new("workspace", workspace)).payload(json!({
        "format": format,
        "actor_id": filter.actor,
        "kind": filter.kind,
        "subject_kind": filter.subject_kind,
        "subject_id": filter.subject_id,
        "from": filter.from,
        "to": filter.to,
        "outcome": filter.outcome,
    }))
}

/// Where the export stands.
enum Place {
    Beginning,
    After(String),
    End,
}

/// The file in pieces. Every piece is a read of its own, so that a slow reader holds no connection, and one that is
/// let in anew, so that whoever may read the log no more gets no more of it (INV-08).
fn written(
    grant: Grant<AuditView>,
    filter: AuditFilter,
    format: ExportFormat,
) -> impl Stream<Item = std::io::Result<Bytes>> {
    stream::try_unfold(Place::Beginning, move |place| {
        let (grant, filter) = (grant.clone(), filter.clone());
        async move {
            let (cursor, begins) = match place {
                Place::Beginning => (None, true),
                Place::After(cursor) => (Some(cursor), false),
                Place::End => return Ok(None),
            };
            let grant = grant.again().await.map_err(std::io::Error::other)?;
            let page = tenancy::audit_events(&grant, &filter, ROWS_AT_ONCE, cursor.as_deref()).await;
            let page = readable::page(&grant, page.map_err(std::io::Error::other)?).await;
            let page = page.map_err(std::io::Error::other)?;
            let piece = match format {
                ExportFormat::Csv => table::csv(&page.items, begins)?,
                ExportFormat::Ndjson => table::ndjson(&page.items)?,
            };
            let next = page.next.map_or(Place::End, |cursor| Place::After(cursor.to_string()));
            Ok(Some((Bytes::from(piece), next)))
        }
    })
    .inspect_err(|error: &std::io::Error| tracing::error!(%error, "an export of the audit log broke off"))
}
