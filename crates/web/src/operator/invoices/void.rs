use axum::Json;
use billing::by_hand;
use kernel::{InvoiceId, WorkspaceId};
use tenancy::Operator;

use super::view::OperatorInvoiceView;
use crate::{Failure, PathOf};

/// Takes an open invoice back: nobody owes it any more, and what it was for is not had.
#[utoipa::path(
    put, path = "/api/v1/operator/workspaces/{workspace_id}/invoices/{invoice_id}/void",
    operation_id = "operator_invoice_void_put", tag = "operator",
    params(("workspace_id" = WorkspaceId, Path), ("invoice_id" = InvoiceId, Path)),
    responses((status = 200, description = "The invoice", body = OperatorInvoiceView))
)]
pub(crate) async fn put(
    operator: Operator,
    PathOf((workspace, invoice)): PathOf<(WorkspaceId, InvoiceId)>,
) -> Result<Json<OperatorInvoiceView>, Failure> {
    let mut tx = operator.enter(workspace)?.begin().await?;
    let taken_back = by_hand::void(&mut tx, invoice).await;
    Ok(Json(tx.settle(taken_back.map(|invoice| OperatorInvoiceView::of(workspace, invoice))).await?))
}
