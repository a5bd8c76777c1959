use axum::{Json, extract::State};
use kernel::WorkspaceId;
use serde::Serialize;
use tenancy::{AuditView, Verdict};
use utoipa::ToSchema;

use crate::{Allowed, App, Failure};

/// What recomputing both chains found.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AuditVerificationView {
    /// Of what was changed.
    changes: ChainVerdict,
    /// Of what was refused or looked at.
    access: ChainVerdict,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChainVerdict {
    whole: bool,
    /// How many events are in their place, up to the one that is not.
    events: i64,
    /// How many of them have lost the texts beside them, which breaks nothing: what people wrote can be erased.
    erased: i64,
    /// The number of the first event that is missing, changed or out of place.
    #[schema(required)]
    broken_at: Option<i64>,
    /// What is wrong with it, in English.
    #[schema(required)]
    finding: Option<String>,
}

impl From<Verdict> for ChainVerdict {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Whole { events, erased } => Self { whole: true, events, erased, broken_at: None, finding: None },
            Verdict::Broken { seq, finding } => Self {
                whole: false,
                events: seq - 1,
                erased: 0,
                broken_at: Some(seq),
                finding: Some(finding.to_owned()),
            },
        }
    }
}

/// Recomputes the whole log from its rows and tells whether any of them was changed, removed or moved. Changes
/// nothing.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/audit-events/verification", operation_id = "audit_verification_create",
    tag = "audit", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "What was found", body = AuditVerificationView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<AuditView>,
    State(app): State<App>,
) -> Result<Json<AuditVerificationView>, Failure> {
    app.limits.whole_log.take(&grant.scope().workspace().to_string())?;
    let found = grant.verify().await?;
    Ok(Json(AuditVerificationView { changes: found.changes.into(), access: found.access.into() }))
}
