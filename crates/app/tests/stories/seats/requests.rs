//! What is not sold is asked of the operator (PLAN-026).

use serde_json::json;

use crate::support::World;

#[test]
fn plan_026_more_seats_are_asked_of_the_operator() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let ada = world.member_with_role("admin");
    let wish = json!({ "kind": "more_seats", "text": "Three more, please." });
    let asked = ann.post("billing/support-requests", wish.clone()).ok_with(201);
    assert_eq!((&asked["state"], &asked["answer"]), (&json!("open"), &json!("")));
    assert_eq!(ann.all("billing/support-requests"), [asked]);
    assert_eq!(ada.all("billing/support-requests").len(), 0, "each sees their own");
    bo.post("billing/support-requests", wish.clone()).refused(403, "forbidden");
    // What people wrote is no part of the log.
    let told = "select count(*) from events where kind = 'support_request.created' and payload like '%Three more%'";
    assert_eq!(world.database.count(told), 0);
    ann.post("billing/support-requests", json!({ "kind": "contact", "text": "  " })).refused(422, "invalid_field");
    for _ in 1..20 {
        ann.post("billing/support-requests", wish.clone()).ok_with(201);
    }
    ann.post("billing/support-requests", wish).refused(409, "support_request.many_wait");
}

#[test]
fn plan_026_inv_42_where_the_plan_lets_nobody_be_invited_the_operator_is_asked_all_the_same() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    world.assign("interlinked", "free");
    let wish = json!({ "kind": "contact", "text": "Pro, please." });
    let asked = ann.post("billing/support-requests", wish.clone()).ok_with(201);
    assert_eq!(ann.all("billing/support-requests"), [asked]);
    bo.post("billing/support-requests", wish).refused(403, "forbidden");
}
