//! The AI asks for a person: who can come is told.

use std::time::Duration;

use serde_json::json;

use super::{settled, told, unread};
use crate::support::{Puppet, World, text_of, until};

/// The AI waits this long for the customer's next message.
const DEBOUNCE: Duration = Duration::from_secs(3);

#[test]
fn e9_when_the_ai_asks_for_a_person_its_team_at_work_and_the_owner_are_told_and_nobody_else() {
    let world = World::with_agent(Puppet::default());
    let (ann, bo) = (world.ann(), world.bo());
    let [dee, kim] = ["Dee", "Kim"].map(|name| world.join(&ann, name, "agent"));
    let members = [&bo.member, &dee.member];
    let team = json!({ "name": "Experts", "strategy": "manual", "member_ids": members });
    let team = text_of(&ann.post("teams", team).ok_with(201)["id"]);
    let rule = json!({ "name": "It cannot", "conditions": { "escalation_reasons": ["cannot_answer"] },
        "action": { "team_id": team } });
    ann.post("routing-rules", rule).ok_with(201);
    dee.put(&format!("members/{}/availability", dee.member), json!({ "status": "away" })).ok();
    ann.post("notifications/read-all", json!({})).ok();

    let stream = bo.listen();
    let conversation = world.conversation("escalate, please");
    world.clock.advance(DEBOUNCE);
    stream.until(|frame| frame.event == "notification" && frame.data["unread"] == 1);
    for person in [&ann, &bo] {
        let asked = told(person, "handoff.requested");
        assert_eq!(asked["conversation"]["id"], json!(conversation));
        assert_eq!(asked["conversation"]["excerpt"], "escalate, please");
    }
    settled(&world);
    assert_eq!((unread(&dee), unread(&kim)), (0, 0), "who is away and who is of no such team are left in peace");

    // Who opens it has read it.
    bo.put(&format!("conversations/{conversation}/read"), json!({ "seq": 2 })).ok_with(204);
    until("the bell to be silent", || (unread(&bo) == 0).then_some(()));
}
