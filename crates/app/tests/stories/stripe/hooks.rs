//! What is not signed by Stripe, whole and just now, changes nothing; what is, changes it once.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{Shop, credits, plan};
use crate::support::{Reply, SECRETS};

fn tag(secret: &str, at: i64, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("any key");
    mac.update(at.to_string().as_bytes());
    mac.update(b".");
    mac.update(body);
    mac.finalize().into_bytes().iter().map(|octet| format!("{octet:02x}")).collect()
}

impl Shop {
    fn seconds(&self) -> i64 {
        self.world.clock.now().millis() / 1000
    }

    fn send(&self, signature: Option<&str>, body: &[u8]) -> Reply {
        let browser = self.world.browser().without("origin");
        let browser = match signature {
            Some(signature) => browser.with("stripe-signature", signature),
            None => browser,
        };
        browser.send_raw("POST", "/hooks/stripe", Some(("application/json", body.to_vec())))
    }

    fn kept(&self) -> i64 {
        self.world.database.count("select count(*) from provider_events where id = 'evt_forged'")
    }
}

fn event(id: &str, kind: &str, object: &Value) -> Vec<u8> {
    let event = json!({ "id": id, "object": "event", "type": kind, "created": 1, "data": { "object": object } });
    serde_json::to_vec_pretty(&event).expect("JSON")
}

#[test]
fn t_g1_what_is_not_signed_as_it_should_be_is_refused_and_changes_nothing() {
    let shop = Shop::open();
    let page = shop.buy(plan("month"));
    // A page that claims to be paid.
    let session = json!({ "id": "cs_test_forged", "status": "complete", "payment_status": "paid",
                          "metadata": { "checkout": page["id"], "workspace": shop.owner.workspace } });
    let body = event("evt_forged", "checkout.session.completed", &session);
    let at = shop.seconds();
    let good = tag(SECRETS[0], at, &body);
    let compact = serde_json::to_vec(&serde_json::from_slice::<Value>(&body).expect("JSON")).expect("JSON");
    let mut headers = vec![
        None,
        Some(String::new()),
        Some(good.clone()),
        Some(format!("t={at}")),
        Some(format!("v1={good}")),
        Some(format!("t={at},v0={good}")),
        Some(format!("t={at},sha1={good}")),
        Some(format!("t={at},v1={}", good.to_uppercase())),
        Some(format!("t={at}, v1={good}")),
        Some(format!("t={at},v1={}", tag("whsec_other", at, &body))),
        Some(format!("t={at},v1={}", tag(SECRETS[0], at, &compact))),
        Some(format!("t={},v1={}", at - 301, tag(SECRETS[0], at - 301, &body))),
        Some(format!("t={},v1={}", at + 302, tag(SECRETS[0], at + 302, &body))),
    ];
    headers.extend((0..64).map(|length| Some(format!("t={at},v1={}", &good[..length]))));
    for header in headers {
        shop.send(header.as_deref(), &body).refused(401, "hook.signature");
    }
    assert_eq!(shop.kept(), 0, "nothing was written");
    // Signed and told, it still says nothing that Stripe itself does not say.
    assert_eq!(shop.send(Some(&format!("t={at},v1={good}")), &body).status, 204);
    assert_eq!(shop.kept(), 1);
    assert_eq!(shop.billing()["plan"], "individual");
    assert_eq!(shop.seats(), 1);

    let garbage = b"{";
    let signed = format!("t={at},v1={}", tag(SECRETS[1], at, garbage));
    shop.send(Some(&signed), garbage).refused(400, "hook.malformed");
    let unknown = event("evt_new", "treasury.outbound_transfer.posted", &json!({ "id": "obt_1" }));
    let signed = format!("t={at},v1={}", tag(SECRETS[1], at, &unknown));
    assert_eq!(shop.send(Some(&signed), &unknown).status, 204);
    let outcome = shop.world.database.column("select outcome from provider_events where id = 'evt_new'");
    assert_eq!(outcome, ["ignored"]);
}

#[test]
fn t_g1_where_stripe_is_not_the_till_nothing_is_taken_in() {
    let world = crate::support::World::new();
    let body = event("evt_1", "invoice.paid", &json!({ "id": "in_1" }));
    let at = world.clock.now().millis() / 1000;
    let browser = world.browser().with("stripe-signature", &format!("t={at},v1={}", tag("", at, &body)));
    browser.send_raw("POST", "/hooks/stripe", Some(("application/json", body))).refused(401, "hook.signature");
    world.ann().post("billing/checkouts", plan("month")).refused(409, "till.none");
}

#[test]
fn t_g3_a_delivery_that_is_replayed_has_one_effect() {
    let shop = Shop::paying();
    shop.stripe.control("hold", json!({ "held": true }));
    let page = shop.buy(credits(1));
    shop.stripe.pay(&page);
    let (id, _) = shop.stripe.events().into_iter().rfind(|(_, kind)| kind == "checkout.session.completed").expect("it");
    let body = serde_json::to_vec(&shop.stripe.get(&format!("events/{id}"))).expect("JSON");
    let at = shop.seconds();
    let captured = format!("t={at},v1={}", tag(SECRETS[0], at, &body));
    for _ in 0..3 {
        assert_eq!(shop.send(Some(&captured), &body).status, 204);
    }
    shop.settled(&page, "complete");
    assert_eq!(shop.credits(), 3000);
    // After an hour the captured one is stale; told again by Stripe itself it is known.
    shop.pass(std::time::Duration::from_secs(3600));
    shop.send(Some(&captured), &body).refused(401, "hook.signature");
    shop.stripe.control("deliver", json!({ "events": [id.clone(), id] }));
    shop.until_quiet();
    assert_eq!(shop.credits(), 3000);
}
