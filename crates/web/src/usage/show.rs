use axum::Json;
use billing::{
    catalogue::Behaviour,
    usage::{FlowMeter, MonthOfUse, Usage},
};
use kernel::{Timestamp, WorkspaceId};
use serde::Serialize;
use tenancy::BillingView;
use utoipa::ToSchema;

use crate::{Allowed, Failure};

/// What was used, by month.
#[derive(Debug, Serialize, ToSchema)]
pub struct UsageView {
    /// This month first, at most thirteen.
    pub months: Vec<UsageMonthView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct UsageMonthView {
    pub start: Timestamp,
    /// The first moment of the next one.
    pub end: Timestamp,
    pub meters: Vec<MeterUsageView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MeterUsageView {
    #[schema(inline)]
    pub meter: FlowMeter,
    pub used: i64,
    /// What the plan includes; null where it limits nothing, and for months that are over.
    #[schema(required)]
    pub included: Option<i64>,
    /// What happens to more than that: it is refused, warned of or billed.
    #[schema(required, inline)]
    pub behaviour: Option<Behaviour>,
    /// The highest share in percent that was warned of; 0 before any.
    pub warned: i64,
}

/// How many messages and texts the workspace sent, this month and the ones before.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/usage", operation_id = "usage_show", tag = "billing",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "Usage by month", body = UsageView))
)]
pub(crate) async fn show(Allowed(grant): Allowed<BillingView>) -> Result<Json<UsageView>, Failure> {
    let months = billing::usage::usage(&grant).await?;
    Ok(Json(UsageView { months: months.into_iter().map(UsageMonthView::from).collect() }))
}

impl From<MonthOfUse> for UsageMonthView {
    fn from(month: MonthOfUse) -> Self {
        let meters = month.meters.into_iter().map(MeterUsageView::from).collect();
        Self { start: month.period.start, end: month.period.end, meters }
    }
}

impl From<Usage> for MeterUsageView {
    fn from(usage: Usage) -> Self {
        let Usage { meter, used, included, behaviour, warned } = usage;
        Self { meter, used, included, behaviour, warned }
    }
}
