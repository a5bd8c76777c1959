//! What seats cost is told before anybody is invited, and that is what is invoiced (INV-16).

use serde_json::{Value, json};

use super::{ACME, DAY, change, invite, later, on, somebody, with_items};
use crate::support::{Person, World, until};

fn quote(by: &Person, full: i64) -> Value {
    by.post("billing/seat-quote", json!({ "full": full })).ok()
}

#[test]
fn bil_001_bil_002_bil_003_bil_005_bil_006_inv_16_the_price_shown_is_the_price_invoiced() {
    let world = World::new();
    let ann = world.ann();
    on(&world, "interlinked", "pro");
    // A period that has just begun.
    let now = world.clock.now();
    change(&world, |subscription| {
        subscription.anchor = now;
        subscription.period = billing::period::first(now, subscription.interval);
    });
    // Ann, Bo and Vic are the three that are included: two more make five users.
    let two = quote(&ann, 2);
    assert_eq!((&two["full"]["extra"], &two["monthly"], &two["currency"]), (&json!(2), &json!(3000), &json!("USD")));
    assert_eq!(two["charge_now"], json!(3000), "the whole period is left");
    let next = ann.get("billing/seats").ok()["next_seat"].clone();
    assert_eq!((&next["price_monthly"], &next["billed"]), (&json!(1500), &json!("metered")));

    // Who is only invited costs nothing yet.
    let lines = format!("select coalesce(sum(amount), 0) from pending_lines where workspace_id = {ACME}");
    let billed = || world.database.count(&lines);
    invite(&ann, &somebody(), "agent").ok_with(201);
    world.join(&ann, "Kim", "agent");
    until("one seat is billed", || (billed() == 1500).then_some(()));
    // Half of the period later the rest of it is what another costs.
    let ann = later(&world, DAY * 16, &ann);
    let shown = quote(&ann, 1)["charge_now"].as_i64().expect("a price");
    assert!((700..750).contains(&shown), "15 of 31 days of 1500: {shown}");
    let new = json!({ "name": "Lee", "email": somebody(), "role_key": "agent", "with": "link" });
    ann.post("members", new).ok_with(201);
    until("another seat is billed", || (billed() > 1500).then_some(()));
    assert_eq!(billed() - 1500, shown);
}

#[test]
fn bil_004_bil_033_plan_026_every_way_of_having_seats_says_what_more_cost() {
    let world = World::new();
    let ann = world.ann();
    on(&world, "interlinked", "ultra");
    assert_eq!(quote(&ann, 2)["monthly"], json!(0), "five are included");
    assert_eq!(quote(&ann, 5)["monthly"], json!(3000), "three more at 10 dollars");
    on(&world, "askusers", "enterprise");
    let slots = quote(&ann, 4);
    assert_eq!(slots["full"]["buy_first"], json!({ "addon": "extra_member_seat", "quantity": 2 }));
    assert_eq!(slots["monthly"], json!(3800));
    with_items(&world, "extra_member_seat", 2);
    assert_eq!(quote(&ann, 4)["full"]["buy_first"], Value::Null);
    // Where the plan can have no more none are sold beside it, whatever is paid.
    on(&world, "askusers", "individual");
    let one_more = json!({ "addon": "extra_member_seat", "quantity": 1 });
    ann.post("billing/addon-preview", one_more).refused(409, "addon.no_room");
    let small = quote(&ann, 1);
    assert_eq!(
        (&small["full"]["buy_first"], &small["full"]["remedies"]),
        (&Value::Null, &json!(["upgrade", "contact"]))
    );
    on(&world, "aisoule", "growth");
    let capped = quote(&ann, 3);
    assert_eq!((&capped["full"]["missing"], &capped["full"]["remedies"]), (&json!(1), &json!(["upgrade", "contact"])));
    on(&world, "linkai", "starter");
    assert_eq!(quote(&ann, 10_000)["charge_now"], json!(0));
    // What makes no sense is refused.
    for wrong in
        [json!({ "full": -1 }), json!({ "collaborator": 10_001 }), json!({ "full": 1.5 }), json!({ "seats": 1 })]
    {
        let reply = ann.post("billing/seat-quote", wrong);
        assert!([400, 422].contains(&reply.status), "{}", reply.text());
    }
    world.vic().get("billing/seats").refused(403, "forbidden");
    let buyers = ann.get("billing/seats").ok()["who_can_buy"].clone();
    assert_eq!(buyers[0]["name"], "Ann");
}
