use axum::http::StatusCode;
use kernel::{PreviewId, WorkspaceId};
use serde::Deserialize;
use utoipa::IntoParams;

use super::session_of;
use crate::{Allowed, Failure, PathOf, allowed::CallerOf};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct PreviewPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    _workspace_id: WorkspaceId,
    preview_id: PreviewId,
}

/// Ends a preview. The request itself does not look through it: it comes without the header.
#[utoipa::path(
    delete, path = "/api/v1/workspaces/{workspace_id}/previews/{preview_id}", operation_id = "preview_delete",
    tag = "rights", params(PreviewPath), responses((status = 204, description = "It has ended"))
)]
pub(crate) async fn delete(
    Allowed(grant): Allowed<tenancy::MemberSelf>,
    CallerOf(caller): CallerOf,
    PathOf(path): PathOf<PreviewPath>,
) -> Result<StatusCode, Failure> {
    let session = session_of(&caller)?;
    let mut tx = grant.begin().await?;
    let outcome = directory::end_preview(&mut tx, session, path.preview_id).await;
    tx.settle(outcome).await?;
    Ok(StatusCode::NO_CONTENT)
}
