//! A change of the rules is rehearsed on what came in before it is made (OWN-12).

use serde_json::{Value, json};

use super::{decisions, team};
use crate::support::World;

#[test]
fn own_12_drafts_are_played_on_what_came_in_and_nothing_is_written() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let dee = world.join(&ann, "Dee", "member");
    let old = world.conversation("Long ago");
    let week = 8 * 24 * 60 * 60 * 1000;
    world.database.run(&format!("update conversations set created_at = created_at - {week}"));
    let sales = team(&world, "round_robin", &[&bo, &dee]);
    let all: Vec<_> = (0..5).map(|n| world.conversation(&format!("Question {n}"))).collect();
    let to_ann = json!({ "name": "To Ann", "conditions": {}, "action": { "member_id": ann.member } });
    let rehearse =
        |rules: Value, days: u32| ann.post("routing-rules/rehearsal", json!({ "rules": rules, "days": days }));
    let before = (world.recorded(), world.database.count("select count(*) from assignment_decisions"));

    let same = rehearse(json!([]), 7).ok();
    assert_eq!(
        (&same["conversations"], &same["changed_count"]),
        (&json!(5), &json!(0)),
        "the same rules change nothing"
    );
    let told = rehearse(json!([to_ann]), 7).ok();
    assert_eq!((&told["conversations"], &told["changed_count"]), (&json!(5), &json!(5)));
    let newest = &told["changed"][0];
    assert_eq!(newest["conversation_id"], json!(all[4]));
    assert_eq!((&newest["before"]["team"]["id"], &newest["before"]["rule"]), (&json!(sales), &Value::Null));
    assert_eq!((&newest["after"]["member"]["name"], &newest["after"]["rule"]), (&json!("Ann"), &json!("To Ann")));
    let per_member: Vec<_> = told["per_member"]
        .as_array()
        .expect("counts")
        .iter()
        .map(|one| (one["member"]["name"].as_str().unwrap_or("nobody"), one["before"].as_i64(), one["after"].as_i64()))
        .collect();
    assert!(per_member.contains(&("Ann", Some(0), Some(5))), "{per_member:?}");
    // The round stands at whom it chose last, and goes on from there.
    assert!(
        per_member.contains(&("Bo", Some(2), Some(0))) || per_member.contains(&("Bo", Some(3), Some(0))),
        "{per_member:?}"
    );
    assert_eq!(rehearse(json!([to_ann]), 30).ok()["conversations"], 6, "with {old}");
    rehearse(json!([]), 31).refused(422, "invalid_field");
    rehearse(json!([{ "name": "Nowhere", "action": { "team_id": ann.member } }]), 7).refused(422, "invalid_field");
    let after = (world.recorded(), world.database.count("select count(*) from assignment_decisions"));
    assert_eq!(before, after, "nothing was written");
    assert_eq!(decisions(&world, &all[0]).len(), 1);
    world.vic().post("routing-rules/rehearsal", json!({ "rules": [], "days": 7 })).refused(403, "forbidden");
}
