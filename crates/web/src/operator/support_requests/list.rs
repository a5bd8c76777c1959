use axum::Json;
use billing::support_request;
use kernel::Limit;
use serde::Deserialize;
use tenancy::Operator;
use utoipa::{IntoParams, ToSchema};

use super::view::{OperatorRequestList, OperatorRequestView};
use crate::{Failure, Params};

/// Whether a request waits.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Waiting {
    Open,
    /// It was granted or declined.
    Done,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct OperatorRequestQuery {
    /// `open` unless asked otherwise.
    #[param(inline)]
    state: Option<Waiting>,
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100, default = 25)]
    limit: Option<Limit>,
    cursor: Option<String>,
}

/// What members of every workspace asked for, the newest first.
#[utoipa::path(
    get, path = "/api/v1/operator/support-requests", operation_id = "operator_support_requests_list",
    tag = "operator", params(OperatorRequestQuery),
    responses((status = 200, description = "A page of requests", body = OperatorRequestList))
)]
pub(crate) async fn list(
    operator: Operator,
    Params(query): Params<OperatorRequestQuery>,
) -> Result<Json<OperatorRequestList>, Failure> {
    let waits = query.state.is_none_or(|state| state == Waiting::Open);
    let page = operator.requests(waits, query.limit.unwrap_or_default(), query.cursor.as_deref()).await?;
    let mut items = Vec::new();
    for found in page.items {
        let mut session = operator.enter(found.workspace)?.read().await?;
        let request = support_request::request(&mut session, found.id).await?;
        items.push(OperatorRequestView::of(&mut session, request).await?);
    }
    Ok(Json(kernel::Page { items, next: page.next }.into()))
}
