use axum::Json;
use billing::{
    catalogue::Interval,
    overview::{NextInvoice, Overview, overview},
    pricing::Charge,
    subscription::{RestrictedReason, State, TillKind},
    usage,
};
use kernel::{Timestamp, WorkspaceId};
use serde::Serialize;
use tenancy::{BillingView, Gauge, Permission, Viewer};
use utoipa::ToSchema;

use super::view::{InvoiceLineView, PaymentMethodView, PeriodView, lines};
use crate::{Allowed, Failure, usage::show::MeterUsageView, view::Can};

/// Where the workspace stands with its plan. Money is in minor units of `currency`.
#[derive(Debug, Serialize, ToSchema)]
pub struct BillingOverview {
    #[schema(inline)]
    pub state: State,
    pub plan: String,
    pub plan_name: String,
    #[schema(inline)]
    pub interval: Interval,
    pub currency: String,
    #[schema(required)]
    pub trial_ends_at: Option<Timestamp>,
    pub period: PeriodView,
    pub cancel_at_period_end: bool,
    /// What begins with the next period, or when the trial ends.
    #[schema(required)]
    pub next_plan: Option<NextPlanView>,
    #[schema(required)]
    pub past_due_since: Option<Timestamp>,
    /// Why only billing and export are left.
    #[schema(required, inline)]
    pub restricted_reason: Option<RestrictedReason>,
    /// What is paid in every period.
    pub items: Vec<BillingItemView>,
    #[schema(required)]
    pub next_invoice: Option<NextInvoiceView>,
    /// What is held at any time: seats, businesses.
    pub gauges: Vec<GaugeView>,
    /// What is used up in a month.
    pub meters: Vec<MeterUsageView>,
    #[schema(required)]
    pub payment_method: Option<PaymentMethodView>,
    /// Whose card it is.
    #[schema(required)]
    pub payer: Option<String>,
    #[schema(inline)]
    pub till: TillKind,
    pub can: Can,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct NextPlanView {
    pub plan: String,
    pub name: String,
    #[schema(inline)]
    pub interval: Interval,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct BillingItemView {
    /// `plan`, `extra_seat`, or the id of an add-on.
    pub item: String,
    pub name: String,
    pub quantity: i64,
    /// What it becomes with the next period.
    #[schema(required)]
    pub next_quantity: Option<i64>,
    pub unit: i64,
    pub amount: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct NextInvoiceView {
    pub at: Timestamp,
    pub lines: Vec<InvoiceLineView>,
    pub total: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct GaugeView {
    /// `full_seats`, `collaborator_seats` or `businesses`.
    pub meter: &'static str,
    pub used: i64,
    /// Null where nothing is capped.
    #[schema(required)]
    pub cap: Option<i64>,
    /// Since when more is held than the cap.
    #[schema(required)]
    pub over_since: Option<Timestamp>,
}

/// The plan, what is used of it, and what comes next.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/billing", operation_id = "billing_show", tag = "billing",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "Where the workspace stands", body = BillingOverview))
)]
pub(crate) async fn show(Allowed(grant): Allowed<BillingView>) -> Result<Json<BillingOverview>, Failure> {
    let mut session = grant.read().await?;
    let standing = overview(&mut session).await?;
    let month = usage::this_month(&mut session).await?;
    let meters = month.meters.into_iter().map(MeterUsageView::from).collect();
    Ok(Json(BillingOverview::of(standing, meters, session.now(), &session.viewer())))
}

impl BillingOverview {
    pub(crate) fn of(standing: Overview, meters: Vec<MeterUsageView>, now: Timestamp, viewer: &Viewer) -> Self {
        let Overview { subscription, catalogue, charges, next_invoice, gauges, payer } = standing;
        let name = |id: &str| catalogue.plan(id).map_or_else(|| id.to_owned(), |plan| plan.name.clone());
        let next_plan = subscription.next.as_ref();
        let items = charges.into_iter().map(|charge| {
            let item = subscription.items.iter().find(|item| item.item == charge.item);
            BillingItemView::of(charge, item.and_then(|item| item.next_quantity))
        });
        let needed = [Permission::BillingManage, Permission::BillingPurchaseAddons, Permission::CreditViewBalance];
        Self {
            state: subscription.state,
            plan_name: name(&subscription.plan),
            interval: subscription.interval,
            currency: catalogue.currency.clone(),
            trial_ends_at: subscription.trial_ends_at,
            period: subscription.period.into(),
            cancel_at_period_end: subscription.cancel_at_period_end,
            next_plan: next_plan.map(|(plan, interval)| NextPlanView {
                plan: plan.clone(),
                name: name(plan),
                interval: *interval,
            }),
            past_due_since: subscription.past_due_since,
            restricted_reason: subscription.restricted_reason(),
            items: items.collect(),
            next_invoice: next_invoice.map(NextInvoiceView::from),
            gauges: gauges.into_iter().map(GaugeView::from).collect(),
            meters,
            payment_method: subscription.payment_method.clone().map(|card| PaymentMethodView::of(card, now)),
            payer,
            till: subscription.till,
            can: Can::new(needed.map(|permission| (permission, viewer.ability(permission, false)))),
            plan: subscription.plan,
        }
    }
}

impl BillingItemView {
    fn of(charge: Charge, next_quantity: Option<i64>) -> Self {
        let Charge { item, name, quantity, unit } = charge;
        Self { item, name, quantity, next_quantity, unit, amount: unit.saturating_mul(quantity) }
    }
}

impl From<NextInvoice> for NextInvoiceView {
    fn from(next: NextInvoice) -> Self {
        Self { at: next.at, lines: lines(next.lines), total: next.total }
    }
}

impl From<Gauge> for GaugeView {
    fn from(gauge: Gauge) -> Self {
        Self { meter: gauge.meter.name(), used: gauge.used, cap: gauge.cap, over_since: gauge.over_since }
    }
}
