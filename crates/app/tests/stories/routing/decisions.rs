//! What comes in is shared out, and every decision says why.

use std::thread;

use serde_json::{Value, json};

use super::{assignee, availability, capacity, decisions, shared_out, shown, solve, team};
use crate::support::{Person, Reply, World, text_of};

/// Who was looked at, with the reason why they were passed over.
fn considered(decision: &Value) -> Vec<(String, Option<String>)> {
    let told = decision["considered"].as_array().expect("who was considered").iter();
    told.map(|one| (text_of(&one["member"]["name"]), one["reason"].as_str().map(str::to_owned))).collect()
}

fn eligible(name: &str) -> (String, Option<String>) {
    (name.to_owned(), None)
}

fn passed_over(name: &str, reason: &str) -> (String, Option<String>) {
    (name.to_owned(), Some(reason.to_owned()))
}

#[test]
fn asg_012_asg_015_asg_020_own_12_what_comes_in_goes_round_and_says_who_was_passed_over_and_why() {
    let world = World::new();
    let (ann, bo, cleo) = (world.ann(), world.bo(), world.cleo());
    let before = world.conversation("Before there is a team");
    assert!(shown(&world, &before)["team"].is_null() && decisions(&world, &before).is_empty());

    let team = team(&world, "round_robin", &[&ann, &bo, &cleo]);
    let stream = bo.listen();
    let first = world.conversation("One");
    assert_eq!(assignee(&world, &first).as_deref(), Some("Ann"));
    assert_eq!(shown(&world, &first)["team"]["id"], json!(team));
    let told = &decisions(&world, &first)[0];
    assert_eq!(
        (&told["cause"], &told["strategy"], &told["rule"]),
        (&json!("arrived"), &json!("round_robin"), &Value::Null)
    );
    assert_eq!(told["chosen"]["name"], "Ann");
    assert_eq!(considered(told), [eligible("Ann"), eligible("Bo"), passed_over("Cleo", "collaborator")]);

    assert_eq!(assignee(&world, &world.conversation("Two")).as_deref(), Some("Bo"));
    stream.until(|frame| frame.data["kind"] == "conversation.assigned");
    availability(&bo, "away");
    assert_eq!(assignee(&world, &world.conversation("Three")).as_deref(), Some("Ann"));
    let four = world.conversation("Four");
    assert_eq!(assignee(&world, &four).as_deref(), Some("Ann"), "Bo is away");
    assert_eq!(considered(&decisions(&world, &four)[0])[1], passed_over("Bo", "away"));
    availability(&ann, "away");
    let waits = world.conversation("Five");
    assert_eq!(assignee(&world, &waits), None);
    assert_eq!(decisions(&world, &waits)[0]["chosen"], Value::Null);

    // INV-28: whoever comes back is given what waits.
    availability(&bo, "available");
    shared_out(&world);
    assert_eq!(assignee(&world, &waits).as_deref(), Some("Bo"));
    assert_eq!(decisions(&world, &waits)[0]["cause"], "waited");
    assert_eq!(decisions(&world, &waits).len(), 2, "both are kept");

    let masked = world.vic().get(&format!("conversations/{waits}/assignment-decisions")).ok();
    assert_eq!(masked["items"][0]["chosen"]["name"], "Bo", "a viewer reads it too");
    world
        .gus()
        .in_workspace(&ann.workspace)
        .get(&format!("conversations/{waits}/assignment-decisions"))
        .refused(404, "not_found");
}

#[test]
fn asg_016_inb_006_inv_27_the_least_loaded_gets_it_until_full_and_room_is_filled_oldest_first() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let team = team(&world, "load_balanced", &[&ann, &bo]);
    capacity(&world, &team, &ann, Some(1));
    capacity(&world, &team, &bo, Some(2));
    let taken: Vec<_> = (0..3).map(|n| world.conversation(&format!("Question {n}"))).collect();
    let names: Vec<_> = taken.iter().map(|one| assignee(&world, one).expect("somebody")).collect();
    assert_eq!(names, ["Ann", "Bo", "Bo"]);
    let waiting: Vec<_> = (0..2).map(|n| world.conversation(&format!("Waits {n}"))).collect();
    let told = &decisions(&world, &waiting[0])[0];
    assert_eq!(considered(told), [passed_over("Ann", "over_capacity"), passed_over("Bo", "over_capacity")]);
    assert_eq!(told["considered"][1]["load"], 2);
    for person in [&bo, &world.vic(), &world.cleo()] {
        let listed = person.all("conversations?status=open&assignee_id=none");
        assert_eq!(listed.len(), 2, "what nobody has is listed for {}", person.name);
    }

    // A label for what comes first goes before age (E5).
    let labels = ann.get("labels").ok();
    let priority = labels["items"].as_array().expect("labels").iter().find(|label| label["key"] == "priority");
    let priority = text_of(&priority.expect("a label for what comes first")["id"]);
    ann.put(&format!("conversations/{}/labels/{priority}", waiting[1]), json!({})).ok();
    solve(&world, &taken[0]);
    shared_out(&world);
    assert_eq!([0, 1].map(|n| assignee(&world, &waiting[n])), [None, Some("Ann".into())]);

    // Snoozed ones weigh nothing.
    let until = world.clock.now().plus(std::time::Duration::from_secs(3600)).to_string();
    ann.put(&format!("conversations/{}/snooze", taken[1]), json!({ "until": until })).ok();
    shared_out(&world);
    assert_eq!(assignee(&world, &waiting[0]).as_deref(), Some("Bo"));

    let late = world.conversation("Late");
    assert_eq!(assignee(&world, &late), None);
    capacity(&world, &team, &ann, None);
    shared_out(&world);
    assert_eq!(assignee(&world, &late).as_deref(), Some("Ann"), "any number now");
}

#[test]
fn asg_010_asg_011_inv_09_what_somebody_had_who_leaves_goes_to_the_others_and_never_back_to_them() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let dee = world.join(&ann, "Dee", "member");
    let team = team(&world, "round_robin", &[&bo, &dee]);
    let all: Vec<_> = (0..6).map(|n| world.conversation(&format!("Question {n}"))).collect();
    ann.put(&format!("members/{}/deactivation", bo.member), json!({})).ok();
    shared_out(&world);
    for one in &all {
        assert_eq!(assignee(&world, one).as_deref(), Some("Dee"));
    }
    ann.put(&format!("members/{}/deactivation", dee.member), json!({})).ok();
    shared_out(&world);
    assert!(all.iter().all(|one| assignee(&world, one).is_none()), "nobody is left");
    let told = &decisions(&world, &world.conversation("Seven"))[0];
    assert_eq!(considered(told), [passed_over("Bo", "inactive"), passed_over("Dee", "inactive")]);

    ann.delete(&format!("members/{}/deactivation", bo.member)).ok();
    shared_out(&world);
    assert!(all.iter().all(|one| assignee(&world, one).as_deref() == Some("Bo")), "who is back takes what waits");
    ann.delete(&format!("teams/{team}")).ok_with(204);
    let general = world.conversation("Eight");
    assert!(shown(&world, &general)["team"].is_null() && assignee(&world, &general).is_none());
}

#[test]
fn inv_26_asg_009_of_many_who_claim_from_a_teams_queue_one_wins_whatever_the_house_does_meanwhile() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let crowd = [ann.clone(), bo.clone(), world.join(&ann, "Dee", "member"), world.join(&ann, "Eli", "member")];
    let team = team(&world, "manual", &[&ann, &bo]);
    let all = json!({ "name": "All", "action": { "team_id": team } });
    ann.post("routing-rules", all).ok_with(201);
    for round in 0..5 {
        let conversation = world.conversation(&format!("Who takes this? {round}"));
        assert_eq!(assignee(&world, &conversation), None);
        assert_eq!(decisions(&world, &conversation)[0]["strategy"], "manual");
        let claim = |person: &Person| person.post(&format!("conversations/{conversation}/claim"), json!({}));
        let strategy = |version: i64| {
            let strategy = if version % 2 == 1 { "round_robin" } else { "manual" };
            ann.patch(&format!("teams/{team}"), json!({ "version": version, "strategy": strategy })).ok();
        };
        let answers: Vec<Reply> = thread::scope(|scope| {
            let claims: Vec<_> = crowd.iter().map(|person| scope.spawn(|| claim(person))).collect();
            // The team begins to share out by itself at the same moment.
            scope.spawn(|| strategy(2 * round + 1));
            claims.into_iter().map(|claim| claim.join().expect("an answer")).collect()
        });
        shared_out(&world);
        let winner = text_of(&shown(&world, &conversation)["assignee"]["id"]);
        for (person, answer) in crowd.iter().zip(answers) {
            if person.member == winner && answer.status == 200 {
                assert_eq!(answer.ok()["assignee"]["id"], json!(winner));
            } else {
                answer.refused(409, "claim.lost");
            }
        }
        strategy(2 * round + 2);
    }
}

#[test]
fn a_conversation_is_given_to_a_team_and_back_and_goes_to_somebody_else() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = world.conversation("Hello");
    let team = team(&world, "round_robin", &[&bo, &ann]);
    let assign = |to: Value| ann.put(&format!("conversations/{conversation}/assignment"), to);
    assign(json!({ "team_id": team })).ok();
    assert_eq!(assignee(&world, &conversation).as_deref(), Some("Bo"));
    assert_eq!(decisions(&world, &conversation)[0]["cause"], "moved");
    ann.delete(&format!("conversations/{conversation}/assignment")).ok();
    assert_eq!(assignee(&world, &conversation).as_deref(), Some("Ann"), "not the one it was taken from");
    let told = &decisions(&world, &conversation)[0];
    assert_eq!(considered(told)[0], passed_over("Bo", "excluded"));

    let before = world.recorded();
    assign(json!({})).refused(422, "assignment.target");
    assign(json!({ "team_id": team, "member_id": bo.member })).refused(422, "assignment.target");
    assign(json!({ "team_id": bo.member })).refused(404, "not_found");
    world
        .vic()
        .put(&format!("conversations/{conversation}/assignment"), json!({ "team_id": team }))
        .refused(403, "forbidden");
    assert_eq!(world.recorded(), before, "what was refused left nothing");
}
