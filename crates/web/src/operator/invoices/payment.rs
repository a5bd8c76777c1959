use axum::Json;
use billing::by_hand;
use kernel::{InvoiceId, WorkspaceId};
use tenancy::Operator;

use super::view::OperatorInvoiceView;
use crate::{Failure, PathOf};

/// Marks an open invoice as paid: what it was for is had from now on.
#[utoipa::path(
    put, path = "/api/v1/operator/workspaces/{workspace_id}/invoices/{invoice_id}/payment",
    operation_id = "operator_invoice_payment_put", tag = "operator",
    params(("workspace_id" = WorkspaceId, Path), ("invoice_id" = InvoiceId, Path)),
    responses((status = 200, description = "The invoice", body = OperatorInvoiceView))
)]
pub(crate) async fn put(
    operator: Operator,
    PathOf((workspace, invoice)): PathOf<(WorkspaceId, InvoiceId)>,
) -> Result<Json<OperatorInvoiceView>, Failure> {
    let mut tx = operator.enter(workspace)?.begin().await?;
    let paid = by_hand::mark_paid(&mut tx, invoice).await;
    Ok(Json(tx.settle(paid.map(|invoice| OperatorInvoiceView::of(workspace, invoice))).await?))
}
