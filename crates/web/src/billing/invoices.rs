use axum::Json;
use kernel::{InvoiceId, WorkspaceId};
use tenancy::BillingView;

use super::view::{InvoiceList, InvoiceView};
use crate::{Allowed, Failure, Params, PathOf, view::PageQuery};

/// The invoices, newest first.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/billing/invoices", operation_id = "invoices_list", tag = "billing",
    params(("workspace_id" = WorkspaceId, Path), PageQuery),
    responses((status = 200, description = "The invoices", body = InvoiceList))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<BillingView>,
    Params(page): Params<PageQuery>,
) -> Result<Json<InvoiceList>, Failure> {
    let mut session = grant.read().await?;
    let limit = page.limit.unwrap_or_default();
    let invoices = billing::invoice::invoices(&mut session, limit, page.cursor.as_deref()).await?;
    Ok(Json(invoices.map(InvoiceView::from).into()))
}

/// An invoice with its lines.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/billing/invoices/{invoice_id}", operation_id = "invoices_show",
    tag = "billing", params(("workspace_id" = WorkspaceId, Path), ("invoice_id" = InvoiceId, Path)),
    responses((status = 200, description = "The invoice", body = InvoiceView))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<BillingView>,
    PathOf((_, id)): PathOf<(WorkspaceId, InvoiceId)>,
) -> Result<Json<InvoiceView>, Failure> {
    Ok(Json(billing::invoice::invoice(&mut grant.read().await?, id).await?.into()))
}
