//! How a catalogue is shown to who loads them.

use billing::{
    catalogue::{KnownCatalogue, Price},
    subscription::TillKind,
};
use kernel::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::plans::list::{AddonView, CatalogueView, PlanView};

/// A version of a catalogue.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OperatorCatalogueView {
    catalogue: CatalogueView,
    /// Null for those that come with the program.
    #[schema(required)]
    loaded_at: Option<Timestamp>,
    /// The version on which workspaces begin, and are put.
    newest: bool,
    /// How many stand on it.
    workspaces: i64,
    /// What nobody can buy.
    not_for_sale: Vec<NotForSale>,
}

#[derive(Debug, Serialize, ToSchema)]
struct NotForSale {
    /// Of a plan or an add-on.
    id: String,
    name: String,
    /// `no_till` where nothing is sold at all; `usage_billed` where the payment provider cannot bill what is used beyond a
    /// plan; else `not_stated`, `negotiated` or `not_sold`.
    why: &'static str,
}

/// A version of a catalogue, whole.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OperatorCatalogueDetail {
    #[serde(flatten)]
    shown: OperatorCatalogueView,
    plans: Vec<PlanView>,
    addons: Vec<AddonView>,
    /// As it is written, to begin the next version from.
    text: String,
}

impl OperatorCatalogueView {
    pub(super) fn of(
        known: &KnownCatalogue,
        all: &[KnownCatalogue],
        in_use: &[(String, i64, i64)],
        till: TillKind,
    ) -> Self {
        let catalogue = &known.catalogue;
        let versions = all.iter().filter(|other| other.catalogue.id == catalogue.id);
        let stands = in_use.iter().find(|(id, version, _)| (id, *version) == (&catalogue.id, catalogue.version));
        let plans = catalogue.plans.iter().map(|plan| {
            let unbilled = (till == TillKind::Stripe && plan.bills_usage()).then_some("usage_billed");
            (&plan.id, &plan.name, why_not(first_stated(plan.monthly, plan.yearly), till).or(unbilled))
        });
        let addons = catalogue.addons.iter().map(|addon| (&addon.id, &addon.name, why_not(addon.price, till)));
        let not_for_sale = plans
            .chain(addons)
            .filter_map(|(id, name, why)| Some(NotForSale { id: id.clone(), name: name.clone(), why: why? }));
        Self {
            catalogue: CatalogueView::of(catalogue),
            loaded_at: known.loaded_at,
            newest: versions.map(|other| other.catalogue.version).max() == Some(catalogue.version),
            workspaces: stands.map_or(0, |(.., count)| *count),
            not_for_sale: not_for_sale.collect(),
        }
    }
}

impl OperatorCatalogueDetail {
    pub(super) fn of(known: &KnownCatalogue, shown: OperatorCatalogueView, till: TillKind) -> Self {
        Self {
            shown,
            plans: known.catalogue.plans.iter().map(|plan| PlanView::of(plan, till)).collect(),
            addons: known.catalogue.addons.iter().map(AddonView::of).collect(),
            text: known.text.to_string(),
        }
    }
}

fn first_stated(monthly: Price, yearly: Price) -> Price {
    if monthly.stated().is_some() { monthly } else { yearly }
}

fn why_not(price: Price, till: TillKind) -> Option<&'static str> {
    match price {
        _ if till == TillKind::None => Some("no_till"),
        Price::Of(_) => None,
        Price::NotStated => Some("not_stated"),
        Price::Negotiated => Some("negotiated"),
        Price::NotSold => Some("not_sold"),
    }
}
