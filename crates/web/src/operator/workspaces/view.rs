//! How a workspace is shown to who operates the instance: what it pays and has, and nothing of what is said in it.

use billing::{
    catalogue::{Interval, SeatBilling, known},
    ledger,
    subscription::{RestrictedReason, State, TillKind, subscription},
};
use kernel::{Timestamp, WorkspaceId};
use serde::Serialize;
use tenancy::Session;
use utoipa::ToSchema;

use crate::{Failure, billing::show::GaugeView, view::list_of};

/// A workspace inside something else.
#[derive(Debug, Serialize, ToSchema)]
pub struct NamedWorkspace {
    pub id: WorkspaceId,
    pub name: String,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct OperatorWorkspaceView {
    pub id: WorkspaceId,
    pub name: String,
    /// `active`, `restricted` or `pending_deletion`.
    pub state: String,
    pub created_at: Timestamp,
    /// When it will be deleted, while that is scheduled.
    #[schema(required)]
    pub deletion_at: Option<Timestamp>,
    pub owner_name: String,
    pub catalogue: String,
    pub catalogue_version: i64,
    pub plan: String,
    pub plan_name: String,
    #[schema(inline)]
    pub interval: Interval,
    #[schema(inline)]
    pub subscription: State,
    #[schema(required, inline)]
    pub restricted_reason: Option<RestrictedReason>,
    #[schema(required)]
    pub trial_ends_at: Option<Timestamp>,
    pub period_end: Timestamp,
    #[schema(required)]
    pub past_due_since: Option<Timestamp>,
    #[schema(inline)]
    pub till: TillKind,
    /// How seats are paid in its catalogue; `contract` has them agreed on.
    #[schema(inline)]
    pub seat_billing: SeatBilling,
    /// How many full seats were agreed on; null where the plan says it.
    #[schema(required)]
    pub contract_seats: Option<i64>,
    /// Seats and businesses.
    pub gauges: Vec<GaugeView>,
    /// More is held of something than the plan has.
    pub over_limit: bool,
    /// What is left in the pool; null where nothing is counted.
    #[schema(required)]
    pub credits: Option<i64>,
}

list_of!(OperatorWorkspaceList, OperatorWorkspaceView);

impl OperatorWorkspaceView {
    /// The workspace as it stands in this session.
    pub async fn read(session: &mut Session) -> Result<Self, Failure> {
        let workspace = directory::workspace(session).await?;
        let owner = directory::owner(session).await?;
        let subscription = subscription(session).await?;
        let catalogue = known(session, &subscription.catalogue, subscription.catalogue_version).await?;
        let gauges = session.gauges().await?;
        let pool = ledger::account(session).await?;
        Ok(Self {
            id: workspace.id,
            name: workspace.name,
            state: workspace.state,
            created_at: workspace.created_at,
            deletion_at: workspace.deletion_at,
            owner_name: owner.name,
            plan_name: catalogue.plan(&subscription.plan).map(|plan| plan.name.clone()).unwrap_or_default(),
            restricted_reason: subscription.restricted_reason(),
            seat_billing: catalogue.seat_billing,
            contract_seats: subscription.contract_seats(),
            catalogue: subscription.catalogue,
            catalogue_version: subscription.catalogue_version,
            plan: subscription.plan,
            interval: subscription.interval,
            subscription: subscription.state,
            trial_ends_at: subscription.trial_ends_at,
            period_end: subscription.period.end,
            past_due_since: subscription.past_due_since,
            till: subscription.till,
            over_limit: gauges.iter().any(|gauge| gauge.over_since.is_some()),
            gauges: gauges.into_iter().map(GaugeView::from).collect(),
            credits: (!pool.unlimited).then(|| pool.balance()),
        })
    }
}
