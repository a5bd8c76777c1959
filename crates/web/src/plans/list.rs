use std::collections::BTreeMap;

use axum::{Json, extract::State};
use billing::{
    catalogue::{Addon, Adds, Amount, Behaviour, Catalogue, Plan, Price, SeatBilling},
    subscription::TillKind,
};
use kernel::WorkspaceId;
use serde::Serialize;
use tenancy::{MemberSelf, Permission};
use utoipa::ToSchema;

use crate::{Allowed, App, Failure, conversations::view::MemberRef};

/// The catalogue that the workspace stands on. Money is in minor units of its currency.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlansView {
    catalogue: CatalogueView,
    /// Who takes the money.
    till: TillKind,
    /// From the lowest to the highest.
    plans: Vec<PlanView>,
    addons: Vec<AddonView>,
    /// The plan the workspace is on.
    current: String,
    /// Members who could choose another one.
    who_can_choose: Vec<MemberRef>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct CatalogueView {
    id: String,
    version: i64,
    title: String,
    /// ISO 4217.
    currency: String,
    seat_billing: SeatBilling,
    trial_days: Option<i64>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PlanView {
    id: String,
    name: String,
    rank: i64,
    monthly: PriceView,
    yearly: PriceView,
    /// Whether it can be bought here, for an interval at least.
    for_sale: bool,
    included_full_seats: AmountView,
    max_full_seats: AmountView,
    max_collaborator_seats: AmountView,
    extra_seat_monthly: PriceView,
    included_businesses: AmountView,
    max_businesses: AmountView,
    credits_monthly: AmountView,
    /// What it is known to have or not to have; what is not named it has.
    entitlements: BTreeMap<String, bool>,
    meters: Vec<AllowanceView>,
    text: String,
}

#[derive(Debug, Serialize, ToSchema)]
struct AllowanceView {
    meter: String,
    included: AmountView,
    behaviour: Behaviour,
    overage_unit: PriceView,
}

/// How many; without a number, why there is none.
#[derive(Debug, Serialize, ToSchema)]
struct AmountView {
    of: Option<i64>,
    /// `unlimited` or `custom`.
    word: Option<&'static str>,
}

/// How much; without a number, why there is none.
#[derive(Debug, Serialize, ToSchema)]
struct PriceView {
    of: Option<i64>,
    /// `not_stated`, `negotiated` or `not_sold`.
    word: Option<&'static str>,
}

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct AddonView {
    id: String,
    name: String,
    description: String,
    adds: Adds,
    /// How much one of it adds.
    quantity: i64,
    /// Paid with every period of the plan; otherwise once.
    recurring: bool,
    price: PriceView,
}

/// The plans that can be had and the one the workspace is on, for everybody who works here.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/plans", operation_id = "plans_list", tag = "billing",
    params(("workspace_id" = WorkspaceId, Path)),
    responses((status = 200, description = "The catalogue", body = PlansView))
)]
pub(crate) async fn list(
    Allowed(grant): Allowed<MemberSelf>,
    State(app): State<App>,
) -> Result<Json<PlansView>, Failure> {
    let mut session = grant.read().await?;
    let (catalogue, current) = billing::catalogue_of(&mut session).await?;
    let till = app.till.kind();
    let choosers = billing::who_may(&mut session, Permission::BillingManage).await?;
    Ok(Json(PlansView {
        plans: catalogue.plans.iter().map(|plan| PlanView::of(plan, till)).collect(),
        addons: catalogue.addons.iter().map(AddonView::of).collect(),
        catalogue: CatalogueView::of(&catalogue),
        till,
        current,
        who_can_choose: choosers.into_iter().map(|(id, name)| MemberRef::here(id, name)).collect(),
    }))
}

impl CatalogueView {
    pub(crate) fn of(catalogue: &Catalogue) -> Self {
        Self {
            id: catalogue.id.clone(),
            version: catalogue.version,
            title: catalogue.title.clone(),
            currency: catalogue.currency.clone(),
            seat_billing: catalogue.seat_billing,
            trial_days: catalogue.trial.as_ref().map(|trial| trial.days),
        }
    }
}

impl PlanView {
    pub(crate) fn of(plan: &Plan, till: TillKind) -> Self {
        Self {
            id: plan.id.clone(),
            name: plan.name.clone(),
            rank: plan.rank,
            monthly: plan.monthly.into(),
            yearly: plan.yearly.into(),
            for_sale: plan.is_sold_by(till),
            included_full_seats: plan.included_full_seats.into(),
            max_full_seats: plan.max_full_seats.into(),
            max_collaborator_seats: plan.max_collaborator_seats.into(),
            extra_seat_monthly: plan.extra_seat_monthly.into(),
            included_businesses: plan.included_businesses.into(),
            max_businesses: plan.max_businesses.into(),
            credits_monthly: plan.credits_monthly.into(),
            entitlements: plan.entitlements.clone(),
            meters: plan
                .allowances
                .iter()
                .map(|allowance| AllowanceView {
                    meter: allowance.meter.clone(),
                    included: allowance.included.into(),
                    behaviour: allowance.behaviour,
                    overage_unit: allowance.overage_unit.into(),
                })
                .collect(),
            text: plan.text.clone(),
        }
    }
}

impl AddonView {
    pub(crate) fn of(addon: &Addon) -> Self {
        Self {
            id: addon.id.clone(),
            name: addon.name.clone(),
            description: addon.description.clone(),
            adds: addon.adds,
            quantity: addon.quantity,
            recurring: addon.recurring,
            price: addon.price.into(),
        }
    }
}

impl From<Amount> for AmountView {
    fn from(amount: Amount) -> Self {
        match amount {
            Amount::Of(of) => Self { of: Some(of), word: None },
            Amount::Unlimited => Self { of: None, word: Some("unlimited") },
            Amount::Custom => Self { of: None, word: Some("custom") },
        }
    }
}

impl From<Price> for PriceView {
    fn from(price: Price) -> Self {
        match price {
            Price::Of(of) => Self { of: Some(of), word: None },
            Price::NotStated => Self { of: None, word: Some("not_stated") },
            Price::Negotiated => Self { of: None, word: Some("negotiated") },
            Price::NotSold => Self { of: None, word: Some("not_sold") },
        }
    }
}
