//! What Stripe's invoices cannot hold is not sold there (E7).

use serde_json::{Value, json};

use super::Shop;
use crate::stories::billing::CATALOGUE;

/// The one of a list with this id.
fn with_id<'a>(list: &'a Value, id: &str) -> &'a Value {
    list.as_array().expect("a list").iter().find(|one| one["id"] == id).unwrap_or(&Value::Null)
}

#[test]
fn e7_a_plan_that_bills_usage_is_not_sold_where_the_provider_writes_the_invoices() {
    let shop = Shop::open();
    shop.world.shelve(CATALOGUE);
    shop.world.assign_to(&shop.owner.workspace, "walked", "starter");
    let busy = json!({ "plan": "busy", "interval": "month" });
    shop.owner.post("billing/plan-preview", busy).refused(409, "plan.not_for_sale");
    let wanted = json!({ "kind": "plan", "plan": "busy", "interval": "month" });
    shop.owner.post("billing/checkouts", wanted).refused(409, "plan.not_for_sale");
    let plans = shop.owner.get("plans").ok()["plans"].clone();
    assert_eq!(["growth", "busy"].map(|plan| with_id(&plans, plan)["for_sale"].clone()), [json!(true), json!(false)]);
    // Whoever operates the server reads why, and can still assign it.
    let listed = shop.world.operator().get("/api/v1/operator/catalogues").ok()["items"].clone();
    let walked = listed.as_array().expect("items").iter().find(|each| each["catalogue"]["id"] == "walked");
    assert_eq!(with_id(&walked.expect("it is there")["not_for_sale"], "busy")["why"], "usage_billed");
}
