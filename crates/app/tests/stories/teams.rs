//! Routing teams: made, filled, changed and ended, and whether their members are here.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Person, World, fresh_id, text_of};

#[track_caller]
pub(super) fn team(by: &Person, said: Value) -> Value {
    let mut team = json!({ "name": fresh_id(), "strategy": "round_robin" });
    team.as_object_mut().expect("an object").extend(said.as_object().expect("an object").clone());
    by.post("teams", team).ok_with(201)
}

#[track_caller]
pub(super) fn shown(by: &Person, team: &Value) -> Value {
    let teams = by.get("teams").ok();
    let mut teams = teams["items"].as_array().expect("teams").iter();
    teams.find(|one| one["id"] == team["id"]).expect("the team").clone()
}

fn below(team: &Value, member: &Person) -> String {
    format!("teams/{}/members/{}", text_of(&team["id"]), member.member)
}

fn names(team: &Value) -> Vec<&str> {
    let seats = team["members"].as_array().expect("seats").iter();
    seats.map(|seat| seat["member"]["name"].as_str().expect("a name")).collect()
}

/// What one seat of a team says.
fn seat<'a>(team: &'a Value, member: &Person) -> &'a Value {
    let mut seats = team["members"].as_array().expect("seats").iter();
    seats.find(|seat| seat["member"]["id"] == json!(member.member)).expect("a seat")
}

#[test]
fn asg_013_asg_014_asg_015_asg_016_asg_017_asg_018_teams_have_a_name_members_and_a_strategy() {
    let world = World::new();
    let (ann, bo, cleo) = (world.ann(), world.bo(), world.cleo());
    let stream = bo.listen();
    let members = [&bo.member, &ann.member];
    let support = team(&ann, json!({ "name": "Support Team", "capacity": 4, "member_ids": members }));
    assert_eq!(stream.change("team.created")["subject"]["id"], support["id"]);
    assert_eq!((names(&support), &support["strategy"]), (vec!["Bo", "Ann"], &json!("round_robin")));
    assert_eq!((&support["capacity"], &support["hours"]), (&json!(4), &json!("shifts")));
    for strategy in ["load_balanced", "manual"] {
        let sales = team(&ann, json!({ "name": format!("Sales {strategy}"), "strategy": strategy }));
        assert_eq!((&sales["strategy"], names(&sales)), (&json!(strategy), Vec::<&str>::new()));
    }
    let seen = shown(&bo, &support);
    assert_eq!((&seen["can"]["team.manage"], names(&seen)), (&json!("role"), vec!["Bo", "Ann"]));

    let conversation = world.conversation("Hello");
    bo.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    let grown = ann.put(&below(&support, &cleo), json!({ "capacity": 2, "position": 0 })).ok();
    assert_eq!(names(&grown), ["Cleo", "Bo", "Ann"]);
    let loads: Vec<_> = grown["members"].as_array().expect("seats").iter().map(|seat| &seat["load"]).collect();
    assert_eq!(loads, [&json!(0), &json!(1), &json!(0)]);
    assert_eq!((&seat(&grown, &cleo)["capacity"], &seat(&grown, &bo)["capacity"]), (&json!(2), &Value::Null));
    let eligible = |member| seat(&grown, member)["can_be_assigned"].clone();
    assert_eq!((eligible(&cleo), eligible(&bo)), (json!(false), json!(true)), "INV-27: no collaborator");

    let moved = ann.put(&below(&support, &bo), json!({ "position": 99, "capacity": null })).ok();
    assert_eq!(names(&moved), ["Cleo", "Ann", "Bo"]);
    assert_eq!(stream.change("team.member_updated")["actor"]["name"], "Ann");
    let shrunk = ann.delete(&below(&support, &ann)).ok();
    assert_eq!(names(&shrunk), ["Cleo", "Bo"]);
    assert_eq!(shrunk["members"][1]["position"], 1);
    ann.delete(&below(&support, &ann)).refused(404, "not_found");
    let back = ann.put(&below(&support, &ann), json!({})).ok();
    assert_eq!(names(&back), ["Cleo", "Bo", "Ann"], "who comes back stands at the end");
}

#[test]
fn asg_017_a_team_is_changed_by_whoever_looked_at_its_newest_version() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let support = team(&ann, json!({ "name": "Support" }));
    let path = format!("teams/{}", text_of(&support["id"]));
    let before = world.recorded();
    ann.patch(&path, json!({ "version": 1, "strategy": "round_robin" })).ok();
    assert_eq!(world.recorded(), before, "nothing changed");
    let change = json!({
        "version": 1, "name": "Support EU", "strategy": "load_balanced", "capacity": 7, "requeue_on": "away",
        "requeue_after_minutes": 15, "hours": "workspace",
    });
    let changed = ann.patch(&path, change.clone()).ok();
    for field in ["name", "strategy", "capacity", "requeue_on", "requeue_after_minutes", "hours"] {
        assert_eq!(changed[field], change[field], "{field}");
    }
    let refusal = ann.patch(&path, json!({ "version": 1, "strategy": "manual" })).refused(409, "team.changed");
    assert_eq!(refusal["version"], 2);
    assert_eq!(ann.patch(&path, json!({ "version": 2, "capacity": null })).ok()["capacity"], Value::Null);

    let before = world.recorded();
    let code = |reply: crate::support::Reply| text_of(&reply.refused(422, "invalid_field")["errors"][0]["code"]);
    let other = json!({ "name": "SÚPPORT eu", "strategy": "manual" });
    assert_eq!(code(ann.post("teams", other)), "team.name_taken", "case and accents make no other name");
    for wrong in [json!({ "capacity": 0 }), json!({ "capacity": 1001 }), json!({ "requeue_after_minutes": -1 })] {
        let mut wrong = wrong;
        wrong["version"] = json!(3);
        assert_eq!(code(ann.patch(&path, wrong)), "out_of_range");
    }
    let stranger = json!({ "name": "Sales", "strategy": "manual", "member_ids": [world.gus().member] });
    assert_eq!(code(ann.post("teams", stranger)), "unknown_member");
    ann.put(&format!("{path}/members/{}", world.gus().member), json!({})).refused(404, "not_found");
    assert_eq!(code(ann.put(&format!("{path}/members/{}", bo.member), json!({ "capacity": -3 }))), "out_of_range");
    bo.post("teams", json!({ "name": "Mine", "strategy": "manual" })).refused(403, "forbidden");
    world.vic().get("teams").refused(403, "forbidden");
    assert_eq!(world.recorded(), before, "what was refused left nothing behind");
    ann.delete(&path).ok_with(204);
    ann.patch(&path, json!({ "version": 3, "strategy": "manual" })).refused(404, "not_found");
    team(&ann, json!({ "name": "Support EU" }));
}

#[test]
fn a_round_that_stood_at_who_leaves_stands_at_who_came_before() {
    let world = World::new();
    let (ann, bo, cleo) = (world.ann(), world.bo(), world.cleo());
    let team = team(&ann, json!({ "member_ids": [&ann.member, &bo.member, &cleo.member] }));
    let stands_at = |member: &Person| {
        let name = format!("'{}'", member.name);
        let query = "select count(*) from teams t join memberships m on m.workspace_id = t.workspace_id
            and m.id = t.cursor_member join accounts a on a.id = m.account_id where a.name = ";
        world.database.count(&format!("{query}{name}")) == 1
    };
    let stand_at = |member: &Person| {
        world.database.run(&format!(
            "update teams set cursor_member = (select m.id from memberships m join accounts a on a.id = m.account_id
                where m.workspace_id = teams.workspace_id and a.name = '{}')
             where name not like 'MIRROR%'",
            member.name
        ));
    };
    stand_at(&bo);
    ann.delete(&below(&team, &bo)).ok();
    assert!(stands_at(&ann));
    ann.delete(&below(&team, &ann)).ok();
    assert!(stands_at(&cleo), "before the first comes the last");
    ann.delete(&below(&team, &cleo)).ok();
    assert_eq!(world.database.count("select count(*) from teams where cursor_member is not null"), 0);
}

#[test]
fn asg_019_whether_somebody_is_here_is_theirs_to_say_and_ends_when_they_said() {
    let world = World::new();
    let (ann, bo, agent) = (world.ann(), world.bo(), world.member_with_role("agent"));
    let team = team(&ann, json!({ "member_ids": [&bo.member] }));
    let path = |member: &Person| format!("members/{}/availability", member.member);
    let unsaid = json!({ "status": "available", "until": null, "cause": "said" });
    assert_eq!(bo.get(&path(&bo)).ok(), unsaid);
    let stream = ann.listen();
    let hour = Duration::from_secs(3600);
    let until = world.clock.now().plus(hour).to_string();
    let away = bo.put(&path(&bo), json!({ "status": "away", "until": until })).ok();
    assert_eq!(away, json!({ "status": "away", "until": until, "cause": "said" }));
    assert_eq!(stream.change("availability.set")["subject"]["id"], json!(bo.member));
    let said = || {
        let in_team = seat(&shown(&ann, &team), &bo)["available"].clone();
        (ann.get(&format!("members/{}", bo.member)).ok()["availability"]["status"].clone(), in_team)
    };
    assert_eq!(said(), (json!("away"), json!(false)));
    world.clock.advance(hour);
    assert_eq!(said(), (json!("available"), json!(true)));
    assert_eq!(bo.get(&path(&bo)).ok(), unsaid);
    let working = json!({ "status": "available", "until": world.clock.now().plus(hour).to_string() });
    ann.put(&path(&bo), working).ok();
    world.clock.advance(hour);
    assert_eq!(said(), (json!("away"), json!(false)), "the opposite of what was said");

    agent.put(&path(&agent), json!({ "status": "away" })).ok();
    let before = world.recorded();
    agent.put(&path(&agent), json!({ "status": "away" })).ok();
    assert_eq!(world.recorded(), before, "said already");
    agent.put(&path(&bo), json!({ "status": "available" })).refused(403, "forbidden");
    agent.get(&path(&bo)).refused(403, "forbidden");
    world.vic().put(&path(&world.vic()), json!({ "status": "away" })).refused(403, "forbidden");
    ann.put(&path(&world.gus()), json!({ "status": "away" })).refused(404, "not_found");
    for moment in [world.clock.now().to_string(), "2031-01-01T00:00:00Z".into()] {
        let wrong = json!({ "status": "away", "until": moment });
        assert_eq!(ann.put(&path(&bo), wrong).refused(422, "invalid_field")["errors"][0]["code"], "invalid_moment");
    }
    ann.put(&path(&bo), json!({ "status": "offline" })).refused(422, "invalid_field");
}

#[test]
fn inv_27_who_rests_keeps_their_seat_and_who_has_gone_leaves_every_team() {
    let world = World::new();
    let (ann, bo, agent) = (world.ann(), world.bo(), world.member_with_role("agent"));
    let (support, sales) = (team(&ann, json!({ "member_ids": [&bo.member, &agent.member] })), team(&ann, json!({})));
    ann.put(&below(&sales, &agent), json!({})).ok();
    let shift =
        json!({ "member_id": agent.member, "team_id": sales["id"], "days": [1], "from": "09:00", "to": "13:00" });
    ann.post("shifts", shift).ok_with(201);
    let anywhere = json!({ "member_id": agent.member, "days": [2], "from": "09:00", "to": "13:00" });
    ann.post("shifts", anywhere).ok_with(201);
    agent.put(&format!("members/{}/availability", agent.member), json!({ "status": "away" })).ok();
    let deactivation = format!("members/{}/deactivation", agent.member);
    ann.put(&deactivation, json!({})).ok();
    let resting = shown(&ann, &support);
    let resting = seat(&resting, &agent);
    assert_eq!((&resting["can_be_assigned"], &resting["member"]["former"]), (&json!(false), &json!(true)));
    ann.delete(&deactivation).ok();
    assert_eq!(seat(&shown(&ann, &support), &agent)["can_be_assigned"], true);

    ann.delete(&format!("members/{}", agent.member)).ok();
    assert_eq!(names(&shown(&ann, &support)), ["Bo"]);
    assert_eq!(names(&shown(&ann, &sales)), Vec::<&str>::new());
    assert_eq!(ann.get("shifts").ok()["items"], json!([]));
    let left = "select (select count(*) from availability where status = 'away')
        + (select count(*) from memberships where status = 'removed' and teams <> '')";
    assert_eq!(world.database.count(left), mirrored(&world));
}

/// What the mirror keeps of the same, where nobody ever leaves.
fn mirrored(world: &World) -> i64 {
    world.database.count(
        "select count(*) from availability v join workspaces w on w.workspace_id = v.workspace_id
         where w.name like 'MIRROR%'",
    )
}

#[test]
fn inv_28_a_teams_queue_is_its_members_and_everybodys_once_the_team_ends() {
    let world = World::new();
    let (ann, agent) = (world.ann(), world.member_with_role("agent"));
    let support = team(&ann, json!({ "strategy": "manual" }));
    let conversation = world.conversation("Hello");
    let path = format!("conversations/{conversation}");
    ann.put(&format!("{path}/assignment"), json!({ "team_id": support["id"] })).ok();
    agent.get(&path).refused(404, "not_found");
    assert_eq!(shown(&ann, &support)["open_unassigned"], 1);
    assert_eq!(shown(&agent, &support)["open_unassigned"], 0, "out of sight");
    ann.put(&below(&support, &agent), json!({})).ok();
    agent.get(&path).ok();
    let seen = shown(&agent, &support);
    assert_eq!((&seen["open_unassigned"], &seat(&seen, &agent)["load"]), (&json!(1), &json!(0)));
    ann.delete(&below(&support, &agent)).ok();
    agent.get(&path).refused(404, "not_found");

    let stream = agent.listen();
    ann.delete(&format!("teams/{}", text_of(&support["id"]))).ok_with(204);
    assert_eq!(stream.change("conversation.requeued")["conversation"]["team"], Value::Null);
    agent.get(&path).ok();
    let counters = ann.get("counters").ok();
    assert_eq!((&counters["views"]["unassigned"], &counters["teams"]), (&json!(1), &json!([])));
    assert_eq!(world.database.count("select count(*) from conversation_counts where n < 0"), 0);
}
