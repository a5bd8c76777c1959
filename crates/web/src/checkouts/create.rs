use ::billing::{catalogue::Interval, checkout::Quantity};
use axum::{Json, extract::State, http::StatusCode};
use kernel::{Problem, WorkspaceId};
use serde::Deserialize;
use tenancy::{BillingManage, BillingPurchaseAddons};
use utoipa::ToSchema;

use super::view::CheckoutView;
use crate::{App, Body, Failure, allowed::AllowedEither};

/// What is to be bought.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Bought {
    Plan,
    /// Something recurring beside the plan.
    Addon,
    /// A pack of credits.
    Credits,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckoutCreate {
    kind: Bought,
    /// The plan's id, where a plan is bought.
    plan: Option<String>,
    /// How often the plan is paid.
    interval: Option<Interval>,
    /// The add-on's id, where an add-on or credits are bought.
    addon: Option<String>,
    /// How many of the add-on.
    quantity: Option<Quantity>,
}

/// Begins a purchase, which is paid on the provider's own page. Asking for the same again leads to the same page; another
/// choice closes the earlier one. What is bought is had once the payment is confirmed.
#[utoipa::path(
    post, path = "/api/v1/workspaces/{workspace_id}/billing/checkouts", operation_id = "checkout_create",
    tag = "billing", params(("workspace_id" = WorkspaceId, Path)), request_body = CheckoutCreate,
    responses((status = 201, description = "The purchase and where to pay", body = CheckoutView))
)]
pub(crate) async fn create(
    either: AllowedEither<BillingManage, BillingPurchaseAddons>,
    State(app): State<App>,
    Body(wanted): Body<CheckoutCreate>,
) -> Result<(StatusCode, Json<CheckoutView>), Failure> {
    let (till, public_url) = (&*app.till, &app.config.public_url);
    let checkout = match wanted.kind {
        Bought::Plan => {
            only(&wanted.addon, "/addon")?;
            only(&wanted.quantity, "/quantity")?;
            let plan = given(wanted.plan, "/plan")?;
            let interval = given(wanted.interval, "/interval")?;
            ::billing::checkout::buy_plan(&either.first()?, till, public_url, (&plan, interval)).await?
        }
        Bought::Addon | Bought::Credits => {
            only(&wanted.plan, "/plan")?;
            only(&wanted.interval, "/interval")?;
            let addon = given(wanted.addon, "/addon")?;
            let quantity = wanted.quantity.unwrap_or(Quantity::ONE);
            ::billing::checkout::buy_addon(&either.second()?, till, public_url, (&addon, quantity)).await?
        }
    };
    Ok((StatusCode::CREATED, Json(checkout.into())))
}

fn given<T>(value: Option<T>, pointer: &str) -> Result<T, Problem> {
    value.ok_or_else(|| Problem::field(pointer, "missing_field", "says what is bought"))
}

fn only<T>(value: &Option<T>, pointer: &str) -> Result<(), Problem> {
    match value {
        None => Ok(()),
        Some(_) => Err(Problem::field(pointer, "invalid_value", "does not belong to what is bought")),
    }
}
