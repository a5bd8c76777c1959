//! An invoice with whose it is.

use billing::invoice::Invoice;
use kernel::WorkspaceId;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{billing::view::InvoiceView, operator::workspaces::view::NamedWorkspace, view::list_of};

#[derive(Debug, Serialize, ToSchema)]
pub struct OperatorInvoiceView {
    /// Called as it was when the invoice was issued; the workspace itself may be gone.
    pub workspace: NamedWorkspace,
    pub invoice: InvoiceView,
}

list_of!(OperatorInvoiceList, OperatorInvoiceView);

impl OperatorInvoiceView {
    pub fn of(workspace: WorkspaceId, invoice: Invoice) -> Self {
        let workspace = NamedWorkspace { id: workspace, name: invoice.workspace_name.clone() };
        Self { workspace, invoice: invoice.into() }
    }
}
