//! Who left their desk without a word.

use std::time::Duration;

use serde_json::{Value, json};

use super::{assignee, availability, minutes_later, team};
use crate::{
    stories::workspaces::samples::change_role,
    support::{Person, World, text_of},
};

/// As products come: after 15 minutes.
fn a_quarter_of_an_hour(world: &World) {
    world.ann().patch("inbox-settings", json!({ "auto_away_minutes": null })).ok();
    assert_eq!(world.ann().get("inbox-settings").ok()["auto_away_minutes"], 15);
}

fn touches(person: &Person) {
    person.put("activity", json!({})).ok_with(204);
}

/// Where somebody stands, as colleagues see it, and how that came about.
fn stands(world: &World, member: &Person) -> (String, String) {
    let shown = world.ann().get(&format!("members/{}", member.member)).ok()["availability"].clone();
    (text_of(&shown["status"]), text_of(&shown["cause"]))
}

fn pair((status, cause): (&str, &str)) -> (String, String) {
    (status.to_owned(), cause.to_owned())
}

#[test]
fn asg_019_who_touches_nothing_is_set_away_and_only_they_themselves_come_back() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    a_quarter_of_an_hour(&world);
    let team = team(&world, "round_robin", &[&bo, &ann]);
    ann.patch(&format!("teams/{team}"), json!({ "version": 1, "requeue_on": "away", "requeue_after_minutes": 5 })).ok();
    touches(&bo);
    let conversation = world.conversation("Hello");
    assert_eq!(assignee(&world, &conversation).as_deref(), Some("Bo"));

    minutes_later(&world, 14);
    touches(&ann);
    // An open page asks for things all the time; that is nobody at work.
    bo.get("members").ok();
    assert_eq!(stands(&world, &bo), pair(("available", "said")));
    let stream = ann.listen();
    minutes_later(&world, 3);
    assert_eq!(stands(&world, &bo), pair(("away", "idle")));
    assert_eq!(stands(&world, &ann), pair(("available", "said")), "she touched something");
    let told = stream.change("availability.set");
    assert_eq!((&told["subject"]["id"], &told["actor"]["kind"]), (&json!(bo.member), &json!("duty")));

    // The team takes back what they hold, as from everybody who is away.
    assert_eq!(assignee(&world, &conversation).as_deref(), Some("Bo"));
    minutes_later(&world, 4);
    touches(&ann);
    minutes_later(&world, 2);
    assert_eq!(assignee(&world, &conversation).as_deref(), Some("Ann"));

    // Who comes back to their desk says so.
    touches(&bo);
    minutes_later(&world, 2);
    assert_eq!(stands(&world, &bo), pair(("away", "idle")));
    availability(&bo, "available");
    assert_eq!(stands(&world, &bo), pair(("available", "said")));
    assert_eq!(ann.all("audit-events?kind=availability.set").len(), 2);
}

#[test]
fn asg_019_programs_are_known_by_what_they_ask_and_who_could_not_come_back_stays() {
    let world = World::new();
    let (ann, bo, kim) = (world.ann(), world.bo(), world.member_with_role("member"));
    let role = json!({ "label": "Fixed", "base_role_key": "member", "grants": { "availability.set": "none" } });
    let role = text_of(&ann.post("roles", role).ok_with(201)["key"]);
    change_role(&world, &kim, &role);
    a_quarter_of_an_hour(&world);
    bo.get("members").ok();
    // Requests are noted every five minutes only.
    minutes_later(&world, 19);
    assert_eq!(stands(&world, &bo), pair(("available", "said")));
    minutes_later(&world, 3);
    assert_eq!(stands(&world, &bo), pair(("away", "idle")));
    for one in [&ann, &kim, &world.vic(), &world.cleo()] {
        assert_eq!(stands(&world, one), pair(("available", "said")), "{}", one.name);
    }

    // Whose absence ends by itself is waited for from then on.
    let until = world.clock.now().plus(Duration::from_secs(30 * 60)).to_string();
    bo.put(&format!("members/{}/availability", bo.member), json!({ "status": "away", "until": until })).ok();
    minutes_later(&world, 40);
    assert_eq!(stands(&world, &bo), pair(("available", "said")));
    minutes_later(&world, 10);
    assert_eq!(stands(&world, &bo), pair(("away", "idle")));

    // A workspace that wants none of it.
    ann.patch("inbox-settings", json!({ "auto_away_minutes": 0 })).ok();
    availability(&bo, "available");
    minutes_later(&world, 60);
    assert_eq!(stands(&world, &bo), pair(("available", "said")));
    let refusal = ann.patch("inbox-settings", json!({ "auto_away_minutes": 1441 })).refused(422, "invalid_field");
    assert_eq!(refusal["errors"][0]["pointer"], "/auto_away_minutes");
}

#[test]
fn a_touch_is_a_persons_own() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let touched = "select count(*) from memberships where last_input_at is not null";
    let key = json!({ "name": "Robot", "kind": "personal", "scopes": ["conversation.view"] });
    let key = text_of(&ann.post("api-keys", key).ok_with(201)["key"]);
    let robot = ann.clone().with("authorization", &format!("Bearer {key}"));
    robot.put("activity", json!({})).refused(403, "api_key.not_for_this");
    let preview = ann.post("previews", json!({ "member_id": bo.member })).ok_with(201);
    let looking = ann.clone().with("guildhall-preview", &text_of(&preview["id"]));
    assert_eq!(looking.put("activity", json!({})).status, 403, "nothing happens in a preview");
    world.gus().in_workspace(&ann.workspace).put("activity", json!({})).refused(404, "not_found");
    assert_eq!(world.database.count(touched), 0);
    let before = world.recorded();
    touches(&bo);
    assert_eq!((world.database.count(touched), world.recorded()), (1, before), "it is no news");
}

#[test]
fn inv_26_whoever_picks_a_member_sees_who_cannot_be_assigned_and_why() {
    let world = World::new();
    let ann = world.ann();
    let light = world.member_with_role("member");
    ann.put(&format!("members/{}/role", light.member), json!({ "role_key": "member", "seat_type": "collaborator" }))
        .ok();
    let gone = world.member_with_role("member");
    ann.put(&format!("members/{}/deactivation", gone.member), json!({})).ok();
    let conversation = world.conversation("Hello");
    let expected: [(&Person, Value); 5] = [
        (&world.bo(), json!(true)),
        (&world.vic(), json!("role")),
        (&world.cleo(), json!("role")),
        (&light, json!("seat_type")),
        (&gone, json!("inactive")),
    ];
    for (member, can) in expected {
        let shown = ann.get(&format!("members/{}", member.member)).ok();
        assert_eq!(shown["can_be_assigned"], can, "{}", member.name);
        let given = ann.put(&format!("conversations/{conversation}/assignment"), json!({ "member_id": member.member }));
        assert_eq!(given.status == 200, can == json!(true), "{} as they are shown", member.name);
    }
    let listed = ann.get("members").ok();
    let listed = listed["items"].as_array().expect("members").iter().filter(|one| one["can_be_assigned"] == true);
    assert_eq!(listed.count(), 2, "Ann and Bo");
}
