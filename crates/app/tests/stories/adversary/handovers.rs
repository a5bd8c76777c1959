//! Hand-overs answered by who could not have taken them, and ones whose team or receiver is gone.

use serde_json::{Value, json};

use super::MINUTE;
use crate::{
    stories::teams::team,
    support::{Person, World, text_of, until},
};

#[track_caller]
fn handed_over(by: &Person, conversation: &str, to: &Value) -> String {
    let note = json!({ "context": "Wants a refund", "next": "Call her at noon" });
    let asked = json!({ "to": to, "note": note, "respond_within_minutes": 30 });
    let handed = by.post(&format!("conversations/{conversation}/handovers"), asked).ok_with(201);
    format!("handovers/{}", text_of(&handed["handover"]["id"]))
}

#[track_caller]
fn claimed(world: &World, by: &Person) -> String {
    let conversation = world.conversation("I want my money back");
    by.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    conversation
}

fn show(by: &Person, conversation: &str) -> Value {
    by.get(&format!("conversations/{conversation}")).ok()
}

#[test]
fn own_11_inv_13_nobody_answers_for_a_team_who_could_not_have_claimed() {
    let world = World::new();
    let (ann, bo, cleo) = (world.ann(), world.bo(), world.cleo());
    let eve = world.member_with_role("agent");
    let support = team(&ann, json!({ "member_ids": [cleo.member, eve.member], "strategy": "manual" }));
    let conversation = claimed(&world, &bo);
    let path = handed_over(&bo, &conversation, &json!({ "team_id": support["id"] }));
    for answer in ["acceptance", "refusal"] {
        cleo.post(&format!("{path}/{answer}"), json!({})).refused(403, "forbidden");
    }
    assert_eq!(show(&ann, &conversation)["assignee"], Value::Null);
    eve.post(&format!("{path}/refusal"), json!({})).ok();
    assert_eq!(show(&ann, &conversation)["assignee"]["id"], json!(bo.member));
}

#[test]
fn own_11_a_hand_over_to_a_team_that_is_gone_is_taken_back() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let support = team(&ann, json!({ "strategy": "manual" }));
    let conversation = claimed(&world, &bo);
    let path = handed_over(&bo, &conversation, &json!({ "team_id": support["id"] }));
    ann.delete(&format!("teams/{}", text_of(&support["id"]))).ok_with(204);
    assert_eq!(bo.delete(&path).ok()["handover"]["state"], "withdrawn");
    assert_eq!(show(&ann, &conversation)["assignee"]["id"], json!(bo.member));
}

/// What went back into its queue with its receiver is whose it then becomes; the clock of before takes it from nobody.
#[test]
fn own_11_inv_09_a_hand_over_ends_with_its_receiver() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let (eve, kim) = (world.member_with_role("agent"), world.member_with_role("agent"));
    let support = team(&ann, json!({ "member_ids": [kim.member] }));
    let conversation = world.conversation("I want my money back");
    let assignment = format!("conversations/{conversation}/assignment");
    ann.put(&assignment, json!({ "team_id": support["id"] })).ok();
    let path = handed_over(&ann, &conversation, &json!({ "member_id": eve.member }));
    ann.put(&format!("members/{}/deactivation", eve.member), json!({})).ok();
    let assignee = || show(&bo, &conversation)["assignee"]["id"].clone();
    until("the team chose", || (assignee() == json!(kim.member)).then_some(()));
    ann.delete(&path).refused(409, "handover.ended");

    world.clock.advance(31 * MINUTE);
    let done = "select state from jobs where kind = 'handover.expire'";
    until("the clock looked at it", || (world.database.column(done)[0] == "done").then_some(()));
    assert_eq!(assignee(), json!(kim.member));
}
