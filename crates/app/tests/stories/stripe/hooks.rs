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
    let signed = format!("t={at},v1={good}");
    // Cut short on its way, at the first octet, in between and at the last.
    for length in [0, 1, body.len() / 2, body.len() - 1] {
        shop.send(Some(&signed), &body[..length]).refused(401, "hook.signature");
    }
    // Two headers, of which one is good.
    for [first, second] in [[&*signed, "t=1,v1="], ["t=1,v1=", &*signed], [&*signed, &*signed]] {
        let browser = shop.world.browser().without("origin").with("stripe-signature", first);
        let browser = browser.with("Stripe-Signature", second);
        browser
            .send_raw("POST", "/hooks/stripe", Some(("application/json", body.clone())))
            .refused(401, "hook.signature");
    }
    assert_eq!(shop.kept(), 0, "nothing was written");
    // Signed and told, it still says nothing that Stripe itself does not say.
    assert_eq!(shop.send(Some(&signed), &body).status, 204);
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
    let mut shop = Shop::paying();
    // What a server was at when its plug was pulled is taken up again only after minutes.
    shop.until_quiet();
    let delivery = shop.bought_but_not_told();
    let before = shop.world.back_up();
    // At once, many times, at two servers on the same database.
    let (second, elsewhere) = shop.world.second_server();
    std::thread::scope(|scope| {
        for at in [&shop.world.origin, &elsewhere].repeat(4) {
            let (shop, delivery) = (&shop, &delivery);
            scope.spawn(move || assert_eq!(shop.replay(at, delivery), 204));
        }
    });
    shop.until_quiet();
    assert_eq!(shop.credits(), 3000);
    drop(second);
    // After a restart.
    shop.world.restart();
    shop.assert_no_effect(&delivery);
    // After what was there is put back from a backup, made before the delivery was heard or after.
    let after = shop.world.back_up();
    shop.world.restore(&after);
    shop.assert_no_effect(&delivery);
    shop.world.restore(&before);
    assert_eq!(shop.credits(), 2000, "that it was granted is forgotten with everything since then");
    assert_eq!(shop.replay(&shop.world.origin, &delivery), 204);
    shop.until_quiet();
    assert_eq!(shop.credits(), 3000, "it is granted again, once");
    shop.assert_no_effect(&delivery);
    // After an hour and after eight days the captured one is stale; told again by Stripe itself it is known.
    for days in [0, 8] {
        shop.pass(std::time::Duration::from_secs(3600));
        shop.pass_days(days);
        shop.send(Some(&delivery.signature), &delivery.body).refused(401, "hook.signature");
        shop.stripe.control("deliver", json!({ "events": [delivery.event, delivery.event] }));
        shop.until_quiet();
        assert_eq!(shop.credits(), 3000);
    }
}

/// A delivery as somebody on the way could have kept it.
struct Delivery {
    event: String,
    signature: String,
    body: Vec<u8>,
}

impl Shop {
    /// A pack of credits that was paid; that it was nobody told us.
    fn bought_but_not_told(&self) -> Delivery {
        self.stripe.control("hold", json!({ "held": true }));
        let page = self.buy(credits(1));
        self.stripe.pay(&page);
        let kind = "checkout.session.completed";
        let (event, _) = self.stripe.events().into_iter().rfind(|(_, other)| other == kind).expect("it");
        let body = serde_json::to_vec(&self.stripe.get(&format!("events/{event}"))).expect("JSON");
        let at = self.seconds();
        Delivery { event, signature: format!("t={at},v1={}", tag(SECRETS[0], at, &body)), body }
    }

    /// Sends it again to one of the servers; the answer's status.
    fn replay(&self, origin: &str, delivery: &Delivery) -> u16 {
        let mut browser = self.world.browser().without("origin").with("stripe-signature", &delivery.signature);
        origin.clone_into(&mut browser.origin);
        browser.send_raw("POST", "/hooks/stripe", Some(("application/json", delivery.body.clone()))).status
    }

    #[track_caller]
    fn assert_no_effect(&self, delivery: &Delivery) {
        assert_eq!(self.replay(&self.world.origin, delivery), 204);
        self.until_quiet();
        assert_eq!(self.credits(), 3000);
        let granted = "select count(*) from credit_entries where kind = 'purchase' and";
        assert_eq!(self.number(granted), 1);
    }
}
