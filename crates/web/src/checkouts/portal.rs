use axum::{Json, extract::State, http::StatusCode};
use kernel::WorkspaceId;
use serde::Serialize;
use tenancy::BillingManage;
use url::Url;
use utoipa::ToSchema;

use crate::{Allowed, App, Failure};

#[derive(Serialize, ToSchema)]
pub(crate) struct PortalView {
    /// Good once and for a short time: whoever has it changes the card.
    #[schema(value_type = String)]
    url: Url,
}

/// Opens the provider's own page for cards and receipts.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/billing/portal-sessions", operation_id = "portal_session_create",
    tag = "billing", params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 201, description = "Where it is", body = PortalView))
)]
pub(crate) async fn create(
    Allowed(grant): Allowed<BillingManage>,
    State(app): State<App>,
) -> Result<(StatusCode, Json<PortalView>), Failure> {
    let url = ::billing::sync::open_portal(&grant, &*app.till, &app.config.public_url).await?;
    Ok((StatusCode::CREATED, Json(PortalView { url })))
}
