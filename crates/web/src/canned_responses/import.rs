use axum::{Json, body::Body};
use conversations::{AudienceKind, Imported};
use kernel::{CannedResponseId, TeamId, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::CannedResponseManage;
use utoipa::{IntoParams, ToSchema};

use crate::{Allowed, Failure, Params, attachments::file::Octets, body};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ImportQuery {
    /// For whom they are.
    #[param(inline)]
    scope: AudienceKind,
    /// Where the scope is a team.
    team_id: Option<TeamId>,
}

/// What became of a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportView {
    pub created_ids: Vec<CannedResponseId>,
    pub failures: Vec<ImportFailure>,
}

/// A row that did not come in.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportFailure {
    /// Its line in the file, the heading being the first.
    pub line: u64,
    /// Stable, for programs.
    pub code: String,
    /// For people.
    pub detail: String,
}

impl From<Imported> for ImportView {
    fn from(imported: Imported) -> Self {
        let failure = |row: conversations::FailedRow| ImportFailure {
            line: row.line,
            code: row.code.to_owned(),
            detail: row.detail,
        };
        Self { created_ids: imported.created, failures: imported.failed.into_iter().map(failure).collect() }
    }
}

/// Takes in a table in CSV (UTF-8, at most 1 MiB and 500 rows) with the columns `shortcut`, `text` and, if there is one,
/// `title`. What is good comes in; what is not is named by its line.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/canned-responses/import",
    operation_id = "canned_responses_import", tag = "canned responses",
    params(("workspace_id" = WorkspaceId, Path), ImportQuery),
    request_body(content = inline(Octets), content_type = "text/csv"),
    responses((status = 200, description = "What came in and what did not", body = ImportView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<CannedResponseManage>,
    Params(query): Params<ImportQuery>,
    file: Body,
) -> Result<Json<ImportView>, Failure> {
    let file = body::read(file).await?;
    let mut tx = grant.begin().await?;
    let outcome = conversations::import_canned_responses(&mut tx, &file, query.scope, query.team_id).await;
    Ok(Json(tx.settle(outcome.map(ImportView::from)).await?))
}
