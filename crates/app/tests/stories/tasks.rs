//! Tasks: made, given, commented on, done, remembered in time, and left behind by who goes.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Person, World, text_of, until};

#[track_caller]
fn task(by: &Person, said: Value) -> Value {
    let mut task = json!({ "title": "Call back" });
    task.as_object_mut().expect("an object").extend(said.as_object().expect("an object").clone());
    by.post("tasks", task).ok_with(201)
}

fn path(task: &Value) -> String {
    format!("tasks/{}", text_of(&task["id"]))
}

/// Titles of a list.
#[track_caller]
fn titles(by: &Person, query: &str) -> Vec<String> {
    by.all(&format!("tasks?{query}")).iter().map(|task| text_of(&task["title"])).collect()
}

fn kinds_of(world: &World, noun: &str) -> Vec<String> {
    let query = format!(
        "select kind from events where kind like '{noun}.%' and workspace_id in
            (select workspace_id from workspaces where name = 'Acme') order by seq"
    );
    world.database.column(&query)
}

#[test]
fn res_021_a_task_is_given_to_somebody_changed_and_done() {
    let world = World::new();
    let (ann, bo, cleo) = (world.ann(), world.bo(), world.cleo());
    let conversation = world.conversation("Is it still there?");
    let stream = cleo.listen();
    let made = json!({
        "title": "Look for the parcel", "body": "It left on **Friday**.", "assignee_id": cleo.member,
        "due_at": "2026-01-07T09:00:00.000Z", "conversation_id": conversation,
    });
    let made = task(&ann, made);
    assert_eq!(stream.change("task.created")["subject"]["id"], made["id"]);
    assert_eq!(stream.change("task.assigned")["actor"]["name"], "Ann");
    assert_eq!((&made["assignee"]["name"], &made["created_by"]["name"]), (&json!("Cleo"), &json!("Ann")));
    assert_eq!((&made["status"], &made["conversation_id"]), (&json!("open"), &json!(conversation)));
    assert!(made["customer"]["display_name"].is_string());

    // A collaborator has tasks and does them, and changes and deletes nobody else's.
    let seen = cleo.get(&path(&made)).ok();
    assert_eq!((&seen["can"]["task.edit"], &seen["can"]["task.delete"]), (&json!(true), &json!("role")));
    let anns = task(&ann, json!({}));
    cleo.patch(&path(&anns), json!({ "status": "done" })).refused(403, "forbidden");
    ann.delete(&path(&anns)).ok_with(204);
    let done = cleo.patch(&path(&made), json!({ "status": "done" })).ok();
    assert_eq!(done["status"], "done");
    assert!(done["done_at"].is_string());
    let changed = json!({ "status": "open", "assignee_id": bo.member, "due_at": null, "title": "Find the parcel" });
    let changed = ann.patch(&path(&made), changed).ok();
    assert_eq!((&changed["status"], &changed["assignee"]["name"]), (&json!("open"), &json!("Bo")));
    assert_eq!(
        (&changed["due_at"], &changed["done_at"], &changed["body"]),
        (&Value::Null, &Value::Null, &made["body"])
    );
    let before = world.recorded();
    ann.patch(&path(&made), json!({ "title": "Find the parcel", "assignee_id": bo.member })).ok();
    assert_eq!(world.recorded(), before, "nothing changed");
    let kinds = ["created", "assigned", "created", "deleted", "completed", "updated", "assigned", "reopened"];
    assert_eq!(kinds_of(&world, "task"), kinds.map(|kind| format!("task.{kind}")));
    let seen = bo.get(&path(&made)).ok();
    assert_eq!((&seen["conversation_id"], &seen["can"]["task.edit"]), (&json!(conversation), &json!(true)));

    let deleted = ann.delete(&path(&made));
    let undo = format!("undo/{}", deleted.header("guildhall-undo").expect("an offer"));
    deleted.ok_with(204);
    bo.get(&path(&made)).refused(404, "not_found");
    assert_eq!(titles(&ann, ""), Vec::<String>::new());
    ann.delete(&path(&made)).refused(404, "not_found");
    ann.post(&undo, json!({})).ok();
    assert_eq!(bo.get(&path(&made)).ok()["title"], "Find the parcel", "OWN-10");
}

#[test]
fn res_022_a_task_is_commented_on_by_who_sees_it() {
    let world = World::new();
    let (ann, bo, cleo) = (world.ann(), world.bo(), world.cleo());
    let parcel = task(&ann, json!({ "assignee_id": cleo.member }));
    let comments = format!("{}/comments", path(&parcel));
    for (person, text) in [(&ann, "Since Friday."), (&cleo, "It is in Hamburg."), (&bo, "Great!")] {
        let said = person.post(&comments, json!({ "text": text })).ok_with(201);
        assert_eq!((&said["text"], &said["author"]["name"]), (&json!(text), &json!(person.name)));
    }
    let first = bo.get(&format!("{comments}?limit=2")).ok();
    assert_eq!(first["items"].as_array().map(Vec::len), Some(2));
    let all: Vec<_> = bo.all(&format!("{comments}?limit=2")).iter().map(|said| text_of(&said["text"])).collect();
    assert_eq!(all, ["Since Friday.", "It is in Hamburg.", "Great!"]);
    let newest = bo.all(&format!("{comments}?limit=2&sort=newest"));
    let newest: Vec<_> = newest.iter().map(|said| text_of(&said["text"])).collect();
    assert_eq!(newest, ["Great!", "It is in Hamburg.", "Since Friday."]);
    let cursor = text_of(&first["next_cursor"]);
    bo.get(&format!("{comments}?limit=2&sort=newest&cursor={cursor}")).refused(422, "invalid_field");
    assert_eq!(ann.get(&path(&parcel)).ok()["comments_count"], 3);
    let refusal = ann.post(&comments, json!({ "text": "  " })).refused(422, "invalid_field");
    assert_eq!(refusal["errors"][0]["code"], "empty");
    ann.post(&comments, json!({ "text": "x".repeat(10_001) })).refused(422, "invalid_field");
    world.vic().get(&comments).refused(403, "forbidden");
    world.gus().in_workspace(&ann.workspace).get(&comments).refused(404, "not_found");
    let payloads = world.database.column("select payload from events where kind = 'task.commented'");
    assert!(payloads.iter().all(|payload| !payload.contains("Hamburg")), "an event holds no words");
}

#[test]
fn an_agent_sees_own_tasks_and_nobody_reaches_a_hidden_subject_through_one() {
    let world = World::new();
    let (ann, bo, agent) = (world.ann(), world.bo(), world.member_with_role("agent"));
    let conversation = world.conversation("Write to jane@example.com");
    bo.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    let anns = task(&ann, json!({ "title": "Ann's", "conversation_id": conversation }));
    let given =
        json!({ "title": "Mail jane@example.com", "assignee_id": agent.member, "conversation_id": conversation });
    let given = task(&ann, given);
    let own = task(&agent, json!({ "title": "Own" }));
    assert_eq!(titles(&agent, ""), ["Mail j***@example.com", "Own"], "INV-19");
    agent.get(&path(&anns)).refused(404, "not_found");
    agent.patch(&path(&anns), json!({ "status": "done" })).refused(404, "not_found");
    let seen = agent.get(&path(&given)).ok();
    assert_eq!((&seen["conversation_id"], &seen["customer"]), (&Value::Null, &Value::Null), "Bo has it");
    assert_eq!(titles(&agent, &format!("conversation_id={conversation}")), Vec::<String>::new());
    agent.delete(&path(&given)).refused(403, "forbidden");
    agent.patch(&path(&given), json!({ "title": "Mail them" })).refused(403, "customer.masked");
    agent.patch(&path(&given), json!({ "assignee_id": bo.member })).ok();
    agent.get(&path(&given)).refused(404, "not_found");
    agent.delete(&path(&own)).ok_with(204);

    let before = world.recorded();
    let code = |reply: crate::support::Reply| text_of(&reply.refused(422, "invalid_field")["errors"][0]["code"]);
    let hidden = json!({ "title": "Look", "conversation_id": conversation });
    assert_eq!(code(agent.post("tasks", hidden)), "unknown_subject");
    for nobody in [&world.vic().member, &world.gus().member] {
        assert_eq!(code(ann.post("tasks", json!({ "title": "Look", "assignee_id": nobody }))), "not_eligible");
    }
    let customer = ann.get(&format!("conversations/{conversation}")).ok()["customer"]["id"].clone();
    let both = json!({ "title": "Look", "conversation_id": conversation, "customer_id": customer });
    assert_eq!(code(ann.post("tasks", both)), "two_subjects");
    let past = json!({ "title": "Look", "remind_at": world.clock.now().to_string() });
    assert_eq!(code(ann.post("tasks", past)), "invalid_moment");
    assert_eq!(code(ann.post("tasks", json!({ "title": "Look", "due_at": "2126-01-01T00:00:00Z" }))), "invalid_moment");
    ann.post("tasks", json!({ "title": "" })).refused(422, "invalid_field");
    ann.post("tasks", json!({ "title": "a\u{7}b" })).refused(422, "invalid_field");
    world.cleo().post("tasks", json!({ "title": "Look" })).refused(403, "forbidden");
    ann.get("tasks?due=someday").refused(422, "invalid_field");
    assert_eq!(world.recorded(), before);
}

#[test]
fn res_021_tasks_are_listed_by_who_has_them_and_when_they_are_due() {
    let world = World::new();
    let (ann, bo, cleo) = (world.ann(), world.bo(), world.cleo());
    // Monday, nine o'clock in Madrid.
    ann.put("business-hours", json!({ "timezone": "Europe/Madrid", "weekly": [] })).ok();
    for (title, due) in [
        ("overdue", Some("2026-01-05T07:59:00Z")),
        ("today", Some("2026-01-05T22:59:59Z")),
        ("week", Some("2026-01-05T23:00:00Z")),
        ("sunday", Some("2026-01-11T22:59:59Z")),
        ("later", Some("2026-01-11T23:00:00Z")),
        ("none", None),
    ] {
        task(&ann, json!({ "title": title, "due_at": due, "assignee_id": bo.member }));
    }
    for (due, expected) in [
        ("overdue", &["overdue"][..]),
        ("today", &["today"]),
        ("week", &["week", "sunday"]),
        ("later", &["later"]),
        ("none", &["none"]),
    ] {
        assert_eq!(titles(&ann, &format!("due={due}")), expected, "{due}");
    }
    assert_eq!(titles(&ann, "limit=2"), ["overdue", "today", "week", "sunday", "later", "none"], "page by page");

    let customer = text_of(&ann.get(&format!("conversations/{}", world.conversation("Hi"))).ok()["customer"]["id"]);
    task(&bo, json!({ "title": "Ann's", "assignee_id": ann.member, "customer_id": customer }));
    task(&bo, json!({ "title": "Cleo's", "assignee_id": cleo.member }));
    task(&bo, json!({ "title": "nobody's" }));
    assert_eq!(titles(&ann, "who=me"), ["Ann's"]);
    assert_eq!(titles(&ann, &format!("customer_id={customer}")), ["Ann's"]);
    assert_eq!(titles(&ann, "who=team"), ["nobody's"], "in no team");
    super::teams::team(&ann, json!({ "member_ids": [&ann.member, &cleo.member] }));
    assert_eq!(titles(&ann, "who=team"), ["Ann's", "Cleo's", "nobody's"]);
    let overdue = ann.get("tasks?due=overdue").ok()["items"][0].clone();
    ann.patch(&path(&overdue), json!({ "status": "done" })).ok();
    assert_eq!(titles(&ann, "due=overdue&status=open"), Vec::<String>::new());
    assert_eq!(titles(&ann, "status=done"), ["overdue"]);
}

#[test]
fn res_021_somebody_is_reminded_once_and_only_while_it_is_open() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let hour = Duration::from_secs(3600);
    let soon = world.clock.now().plus(hour).to_string();
    let reminding = task(&ann, json!({ "title": "Call", "assignee_id": bo.member, "remind_at": soon }));
    let done = task(&ann, json!({ "title": "Done", "remind_at": soon }));
    let moved = task(&ann, json!({ "title": "Moved", "remind_at": soon }));
    ann.patch(&path(&done), json!({ "status": "done" })).ok();
    let later = world.clock.now().plus(hour * 2).to_string();
    ann.patch(&path(&moved), json!({ "remind_at": later })).ok();
    let stream = bo.listen();
    world.clock.advance(hour + Duration::from_secs(60));
    let change = stream.change("task.reminded");
    assert_eq!((&change["subject"]["id"], &change["actor"]["kind"]), (&reminding["id"], &json!("duty")));
    assert_eq!(bo.get(&path(&reminding)).ok()["remind_at"], Value::Null);
    let open = "select count(*) from jobs where kind = 'task.remind' and state <> 'done'";
    until("the jobs of that hour", || (world.database.count(open) == 1).then_some(()));
    let reminded = || kinds_of(&world, "task").iter().filter(|kind| *kind == "task.reminded").count();
    assert_eq!(reminded(), 1);
    world.clock.advance(hour);
    assert_eq!(stream.change("task.reminded")["subject"]["id"], moved["id"]);
    assert_eq!(reminded(), 2);
}

#[test]
fn inv_09_who_goes_leaves_open_tasks_to_be_taken() {
    let world = World::new();
    let (ann, bo, agent) = (world.ann(), world.bo(), world.member_with_role("agent"));
    let open = task(&ann, json!({ "title": "Open", "assignee_id": agent.member }));
    let done = task(&ann, json!({ "title": "Done", "assignee_id": agent.member }));
    ann.patch(&path(&done), json!({ "status": "done" })).ok();
    let made = task(&agent, json!({ "title": "Made", "assignee_id": bo.member }));
    let stream = bo.listen();
    let receipt = ann.put(&format!("members/{}/deactivation", agent.member), json!({})).ok();
    assert_eq!(stream.change("task.unassigned")["subject"]["id"], open["id"]);
    assert_eq!(receipt["receipt"]["tasks_count"], 1);
    let left = ann.get(&path(&open)).ok();
    assert_eq!((&left["assignee"], &left["needs_assignee"]), (&Value::Null, &json!(true)));
    let history = ann.get(&path(&done)).ok();
    assert_eq!((&history["assignee"]["former"], &history["needs_assignee"]), (&json!(true), &json!(false)), "INV-10");
    assert_eq!(ann.get(&path(&made)).ok()["created_by"]["former"], true);
    ann.delete(&format!("members/{}/deactivation", agent.member)).ok();
    assert_eq!(ann.get(&path(&open)).ok()["assignee"], Value::Null, "nothing comes back by itself");
    let taken = bo.patch(&path(&open), json!({ "assignee_id": bo.member })).ok();
    assert_eq!((&taken["assignee"]["name"], &taken["needs_assignee"]), (&json!("Bo"), &json!(false)));
}
