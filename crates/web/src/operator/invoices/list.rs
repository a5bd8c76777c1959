use axum::Json;
use billing::invoice::{InvoiceState, invoice};
use kernel::Limit;
use serde::Deserialize;
use tenancy::Operator;
use utoipa::IntoParams;

use super::view::{OperatorInvoiceList, OperatorInvoiceView};
use crate::{Failure, Params};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct OperatorInvoiceQuery {
    /// `open` unless asked otherwise.
    #[param(inline)]
    state: Option<InvoiceState>,
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100, default = 25)]
    limit: Option<Limit>,
    cursor: Option<String>,
}

/// The invoices of every workspace that are in one state, the newest first, with their lines.
#[utoipa::path(
    get, path = "/api/v1/operator/invoices", operation_id = "operator_invoices_list", tag = "operator",
    params(OperatorInvoiceQuery),
    responses((status = 200, description = "A page of invoices", body = OperatorInvoiceList))
)]
pub(crate) async fn list(
    operator: Operator,
    Params(query): Params<OperatorInvoiceQuery>,
) -> Result<Json<OperatorInvoiceList>, Failure> {
    let (state, limit) = (query.state.unwrap_or(InvoiceState::Open), query.limit.unwrap_or_default());
    let page = operator.invoices(state.name(), limit, query.cursor.as_deref()).await?;
    let mut items = Vec::new();
    for found in page.items {
        let invoice = invoice(&mut operator.enter(found.workspace)?.read().await?, found.id).await?;
        items.push(OperatorInvoiceView::of(found.workspace, invoice));
    }
    Ok(Json(kernel::Page { items, next: page.next }.into()))
}
