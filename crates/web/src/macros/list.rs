use axum::Json;
use kernel::WorkspaceId;
use tenancy::CannedResponseUse;

use super::view::{MacroList, MacroView};
use crate::{Allowed, Failure};

/// One's own macros, those of one's teams and everybody's, by name.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/macros", operation_id = "macros_list", tag = "macros",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The macros", body = MacroList))
)]
pub(crate) async fn list(Allowed(grant): Allowed<CannedResponseUse>) -> Result<Json<MacroList>, Failure> {
    let mut session = grant.read().await?;
    let macros = conversations::macros(&mut session).await?;
    let viewer = session.viewer();
    Ok(Json(MacroList { items: macros.into_iter().map(|one| MacroView::of(one, &viewer)).collect() }))
}
