//! Payments that fail, and the end of a subscription.

use super::{Shop, plan};
use crate::support::text_of;

#[test]
fn a_renewal_that_fails_is_past_due_then_restricted_and_can_be_bought_again() {
    let mut shop = Shop::paying();
    let subscription = shop.subscription();
    let (id, customer) = (text_of(&subscription["id"]), text_of(&subscription["customer"]));
    let card = shop.stripe.post("payment_methods/pm_card_chargeCustomerFail/attach", &[("customer", &customer)]);
    shop.stripe.post(&format!("subscriptions/{id}"), &[("default_payment_method", &text_of(&card["id"]))]);
    shop.until_billing("the new card", |billing| billing["payment_method"]["last4"] == "0341");
    shop.pass_days(32);
    shop.until_billing("the failure", |billing| billing["state"] == "past_due");
    assert_eq!(shop.number("select count(*) from events where kind = 'payment.failed' and"), 1);
    shop.pass_days(30);
    let billing = shop.until_billing("the end of the tries", |billing| billing["state"] == "restricted");
    assert_eq!(billing["plan"], "enterprise");
    // Nothing is lost, and the owner may buy again.
    shop.until_quiet();
    let page = shop.buy(plan("month"));
    shop.stripe.pay(&page);
    shop.until_billing("the new subscription", |billing| billing["state"] == "active");
    assert_eq!(shop.number("select count(*) from events where kind = 'subscription.restored' and"), 1);
}
