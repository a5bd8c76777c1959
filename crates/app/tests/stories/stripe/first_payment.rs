//! A catalogue without a trial whose lowest plan costs something: the first payment is the beginning.

use serde_json::json;

use super::Shop;
use crate::stories::billing::untried;

#[test]
fn inv_33_inv_41_a_new_workspace_begins_with_its_first_payment_on_the_providers_page() {
    let mut shop = Shop::open();
    shop.world.shelve(&untried());
    shop.world.restart_with(|settings| settings.catalogue = Some("untried".to_owned()));
    shop.owner = shop.world.sign_up("Nia");
    let billing = shop.billing();
    assert_eq!((&billing["state"], &billing["restricted_reason"]), (&json!("restricted"), &json!("never_paid")));
    shop.owner.get("conversations").refused(403, "forbidden");
    let offer = shop.owner.post("billing/plan-preview", json!({ "plan": "starter", "interval": "month" })).ok();
    assert_eq!((&offer["due_now"], &offer["is_bought"]), (&json!(1900), &json!(true)));
    let page = shop.buy(json!({ "kind": "plan", "plan": "starter", "interval": "month" }));
    assert_eq!(shop.billing()["state"], "restricted", "a page is no payment");
    shop.stripe.pay(&page);
    let billing = shop.until_billing("the plan that was paid", |billing| billing["state"] == "active");
    assert_eq!((&billing["plan"], &billing["restricted_reason"]), (&json!("starter"), &json!(null)));
    shop.owner.get("conversations").ok();
    let told = "select count(*) from events where kind in ('subscription.restricted', 'subscription.restored') and";
    assert_eq!(shop.number(told), 0, "what begins was never closed");
    // Once it has begun it ends as every plan does.
    shop.owner.put("billing/cancellation", json!({})).ok();
    shop.pass_days(32);
    let billing = shop.until_billing("the end", |billing| billing["state"] == "restricted");
    assert_eq!(billing["restricted_reason"], "cancelled");
}
