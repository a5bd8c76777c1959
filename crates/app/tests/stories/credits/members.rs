//! Who may consume, who consumed, and how much each may.

use serde_json::json;

use super::{pool, reserve, spend};
use crate::support::World;

#[test]
fn cred_009_cred_012_cred_014_consumption_is_told_by_member() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    world.on_plan("hundred");
    [(&ann, 5), (&bo, 20), (&ann, 3)].into_iter().for_each(|(person, amount)| spend(person, amount));
    let told = ann.get("credits").ok();
    let by_member = json!([
        { "member": { "id": bo.member, "name": "Bo" }, "consumed": 20, "cap": null },
        { "member": { "id": ann.member, "name": "Ann" }, "consumed": 8, "cap": null },
    ]);
    assert_eq!((&told["by_member"], &told["unattributed"]), (&by_member, &json!(0)));
    assert_eq!(told["grant"]["amount"], 100);
    assert_eq!((&told["grant"]["left"], &told["purchased"]), (&json!(72), &json!(0)));
    let own = bo.get("credits").ok();
    assert_eq!(own["by_member"], json!([by_member[0]]), "a member sees their own");
    assert_eq!(own.get("unattributed"), None);
    // Who left stays in the history.
    ann.delete(&format!("members/{}", bo.member)).ok();
    assert_eq!(ann.get("credits").ok()["by_member"][0]["member"]["former"], true);
}

#[test]
fn cred_011_viewers_consume_nothing() {
    let world = World::new();
    world.on_plan("hundred");
    let said = json!({ "amount": 1, "cause": "analysis" });
    let refusal = world.vic().post("credits/reservations", said.clone()).refused(403, "forbidden");
    assert_eq!(refusal["permission"], "credit.consume");
    world.cleo().post("credits/reservations", said).refused(403, "forbidden");
    assert_eq!(pool(&world.vic()), (100, 100), "they see what there is");
    world.cleo().get("credits").refused(403, "forbidden");
    world.bo().put(&format!("credits/caps/{}", world.bo().member), json!({ "monthly": 1 })).refused(403, "forbidden");
    assert_eq!(pool(&world.ann()), (100, 100));
}

#[test]
fn a_member_with_a_cap_spends_no_more_than_that_in_a_month() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    world.on_plan("hundred");
    let cap = format!("credits/caps/{}", bo.member);
    ann.put(&cap, json!({ "monthly": 10 })).ok();
    spend(&bo, 4);
    let open = reserve(&bo, 5);
    let more = |amount| bo.post("credits/reservations", json!({ "amount": amount, "cause": "analysis" }));
    assert_eq!(more(2).refused(409, "credit.cap_reached")["available"], 1, "what is reserved counts");
    bo.delete(&format!("credits/reservations/{open}")).ok_with(204);
    spend(&bo, 6);
    more(1).refused(409, "credit.cap_reached");
    assert_eq!(ann.get("credits").ok()["by_member"][0]["cap"], 10);
    spend(&ann, 20);
    ann.delete(&cap).ok_with(204);
    spend(&bo, 1);
    ann.put(&cap, json!({ "monthly": -1 })).refused(422, "invalid_field");
    ann.put(&format!("credits/caps/{}", world.gus().member), json!({ "monthly": 1 })).refused(404, "not_found");
    let kinds = ann.all("audit-events?subject_kind=member&limit=100");
    let of_caps = kinds.iter().filter(|entry| entry["kind"].as_str().is_some_and(|kind| kind.starts_with("credit.")));
    assert_eq!(of_caps.count(), 2, "set and removed, and nothing for what was refused");
}
