//! What went wrong with money and does not settle by itself, in the console. The stories of Stripe show how it comes
//! about; here it is put there.

use std::time::Duration;

use serde_json::{Value, json};

use crate::{
    stories::workspaces::samples::literal,
    support::{World, fresh_id},
};

const TROUBLES: &str = "/api/v1/operator/troubles";

#[test]
fn what_the_provider_told_and_what_was_paid_in_vain_is_shown_to_operators() {
    let world = World::new();
    let (olga, ann) = (world.operator(), world.ann());
    let shown = || olga.get(TROUBLES).ok()["items"].as_array().expect("items").clone();
    assert_eq!(shown(), Vec::<Value>::new(), "there is nothing to look into");

    let now = world.clock.now().millis();
    let told = |id: &str, kind: &str, settled: &str| {
        world.database.run(&format!(
            "insert into provider_events (id, kind, object_id, created_at, received_at, settled_at, outcome)
             values ('{id}', '{kind}', 'object_{id}', {now}, {now}, {settled})"
        ));
    };
    told("evt_waits", "invoice.paid", "null, null");
    told("evt_gone", "checkout.session.completed", &format!("{now}, 'gone'"));
    told("evt_done", "invoice.paid", &format!("{now}, 'applied'"));
    told("evt_foreign", "invoice.paid", &format!("{now}, 'foreign'"));
    let (id, nil) = (literal(&fresh_id()), literal("00000000-0000-0000-0000-000000000000"));
    world.database.run(&format!(
        "insert into jobs (id, scope, kind, key, payload, state, run_at, attempts, last_error, created_at)
         values ({id}, {nil}, 'billing.provider_event', 'evt_waits', '{{}}', 'waiting', {later}, 3,
            'the till does not answer', {now})",
        later = now + 3_600_000,
    ));
    let (workspace, member) = (literal(&ann.workspace), literal(&ann.member));
    let bought = |state: &str, attempts: i64| {
        let id = fresh_id();
        world.database.run(&format!(
            "insert into checkouts (workspace_id, id, kind, addon, quantity, amount, currency, state, till, created_by,
                created_at, expires_at, attempts)
             values ({workspace}, {}, 'credits', 'pack', 1, 1, 'USD', '{state}', 'stripe', {member}, {now}, {now},
                {attempts})",
            literal(&id)
        ));
        id
    };
    let (stuck, refunded) = (bought("settling", 2), bought("refunded", 0));
    bought("complete", 0);

    let of = |kind: &str| -> Vec<Value> {
        // Behind Acme stands its mirror, whose purchases are as stuck.
        let is_ours = |each: &Value| each["workspace"].is_null() || each["workspace"]["id"] == ann.workspace;
        shown().into_iter().filter(|each| each["kind"] == kind && is_ours(each)).collect()
    };
    // What only just happened may still settle by itself.
    assert_eq!((of("event_waiting").len(), of("checkout_stuck").len()), (0, 0));
    assert_eq!((of("event_unmatched").len(), of("checkout_refunded").len()), (1, 1));
    world.clock.advance(Duration::from_secs(10 * 60));
    let [waiting] = &of("event_waiting")[..] else { panic!("one waits") };
    assert_eq!(
        [&waiting["object"], &waiting["what"], &waiting["attempts"], &waiting["cause"], &waiting["workspace"]],
        [
            &json!("object_evt_waits"),
            &json!("invoice.paid"),
            &json!(3),
            &json!("the till does not answer"),
            &Value::Null
        ]
    );
    let [purchase] = &of("checkout_stuck")[..] else { panic!("one is stuck") };
    assert_eq!((&purchase["object"], &purchase["workspace"]["name"]), (&json!(stuck), &json!("Acme")));
    assert_eq!((&purchase["what"], &purchase["attempts"]), (&json!("pack"), &json!(2)));
    assert_eq!(of("checkout_refunded")[0]["object"], json!(refunded));
    assert_eq!(of("event_unmatched")[0]["cause"], "gone");
    let [foreign] = &of("event_foreign")[..] else { panic!("one of nothing that was sold here") };
    assert_eq!((&foreign["object"], &foreign["what"]), (&json!("object_evt_foreign"), &json!("invoice.paid")));
    let moments: Vec<_> = shown().iter().map(|each| each["at"].as_str().expect("a moment").to_owned()).collect();
    assert!(moments.windows(2).all(|pair| pair[0] >= pair[1]), "the newest first: {moments:?}");
}
