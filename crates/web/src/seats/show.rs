use axum::Json;
use billing::seat;
use kernel::WorkspaceId;
use tenancy::{BillingView, MemberInvite};

use super::view::SeatsView;
use crate::{AllowedEither, Failure};

/// How many seats there are and are held, what the next full one costs at this moment, and who could buy more.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/billing/seats", operation_id = "seats_show", tag = "billing",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The seats", body = SeatsView))
)]
pub(crate) async fn show(allowed: AllowedEither<MemberInvite, BillingView>) -> Result<Json<SeatsView>, Failure> {
    let mut session = allowed.read().await?;
    let terms = seat::terms(&mut session).await?;
    let buyers = seat::buyers(&mut session, &terms).await?;
    Ok(Json(SeatsView::of(&terms, buyers)?))
}
