//! One action on many conversations: progress, a result for each, undone as one.

use serde_json::{Value, json};

use super::{after, assign, label, newest, offer, queue, show, status, take_back};
use crate::{
    stories::workspaces::samples::{change_role, literal},
    support::{PLACE, Person, Place, Puppet, Reply, World, fresh_id, text_of, until},
};

fn bulk(person: &Person, selection: &Value, action: &Value) -> Reply {
    person.post("bulk-actions", json!({ "selection": selection, "action": action }))
}

/// A bulk action when it has come to its end.
#[track_caller]
fn finished(person: &Person, id: &str) -> Value {
    until("the end of a bulk action", || {
        let report = person.get(&format!("bulk-actions/{id}")).ok();
        report["finished_at"].is_string().then_some(report)
    })
}

#[track_caller]
fn done(person: &Person, accepted: Reply) -> Value {
    finished(person, &text_of(&accepted.ok_with(202)["id"]))
}

fn counts(report: &Value) -> (i64, i64, i64) {
    let count = |field: &str| report[field].as_i64().expect("a number");
    (count("total"), count("done"), count("failed"))
}

#[test]
fn a_bulk_action_tells_of_each_that_it_could_not_do_and_is_undone_as_one() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversations: Vec<_> = (0..5).map(|_| world.conversation("Hello")).collect();
    assign(&ann, &conversations[0], &bo).ok();
    status(&ann, &conversations[4], "archived").ok();
    let before: Vec<_> = conversations.iter().map(|id| show(&ann, id)).collect();
    let nowhere = fresh_id();
    let ids: Vec<&String> = conversations.iter().chain([&nowhere, &conversations[0]]).collect();

    let accepted = bulk(&ann, &json!({ "ids": ids }), &json!({ "kind": "snooze", "until": after(&world, 3600) }));
    let way_back = offer(&accepted);
    let report = done(&ann, accepted);
    assert_eq!(counts(&report), (6, 4, 2), "one was named twice");
    let failures: Vec<_> = report["failures"].as_array().expect("failures").iter().collect();
    let told =
        |id: &str| failures.iter().find(|failure| failure["conversation_id"] == id).map(|one| text_of(&one["code"]));
    assert_eq!(told(&conversations[4]).as_deref(), Some("conversation.not_open"), "somebody else just closed it");
    assert_eq!(told(&nowhere).as_deref(), Some("not_found"));
    assert!(conversations[..4].iter().all(|id| show(&ann, id)["status"] == "snoozed"));
    bo.get(&format!("bulk-actions/{}", text_of(&report["id"]))).refused(404, "not_found");

    // A colleague went on with one of them.
    status(&bo, &conversations[1], "solved").ok();
    let back = text_of(&take_back(&ann, &way_back).ok()["bulk_action_id"]);
    let report = finished(&ann, &back);
    assert_eq!(counts(&report), (4, 3, 1));
    assert_eq!(report["takes_back"], ann.get("bulk-actions").ok()["items"][1]["id"]);
    assert_eq!(report["failures"][0]["code"], "undo.overtaken");
    for (id, before) in conversations.iter().zip(&before) {
        let now = show(&ann, id);
        if *id != conversations[1] {
            for field in ["status", "snoozed_until", "assignee", "waiting_since"] {
                assert_eq!(now[field], before[field], "{field}");
            }
        }
    }
    take_back(&ann, &way_back).refused(409, "undo.overtaken");
}

#[test]
fn own_4_a_bulk_action_over_a_filter_reaches_what_its_member_sees_and_no_more() {
    let world = World::new();
    let ann = world.ann();
    let role = json!({ "label": "Own", "base_role_key": "member", "grants": { "conversation.view": "own" } });
    let role = text_of(&ann.post("roles", role).ok_with(201)["key"]);
    let bo = world.bo();
    change_role(&world, &bo, &role);
    let conversations: Vec<_> = (0..4).map(|number| world.conversation(&format!("Refund {number}"))).collect();
    let other = world.conversation("Something else");
    assign(&ann, &conversations[0], &ann).ok();
    let refund = label(&world, "Refund");
    let filter = json!({ "filter": { "q": "refund" } });
    let report = done(&bo, bulk(&bo, &filter, &json!({ "kind": "label", "label_id": refund })));
    assert_eq!(counts(&report), (3, 3, 0));
    assert_eq!(show(&ann, &conversations[0])["label_ids"], json!([]), "it is Ann's, so Bo does not see it");
    assert_eq!(show(&ann, &other)["label_ids"], json!([]));
    let labelled = bo.all(&format!("conversations?label_id={refund}"));
    assert_eq!(labelled.len(), 3, "as the list has it");

    // Named one by one, what is out of sight is not there.
    let report = done(&bo, bulk(&bo, &json!({ "ids": conversations }), &json!({ "kind": "mark_read", "read": true })));
    assert_eq!(counts(&report), (4, 3, 1));
    assert_eq!(report["failures"][0]["code"], "not_found");
    assert_eq!(show(&bo, &conversations[1])["unread_count"], 0);
}

#[test]
fn a_bulk_action_has_the_rights_its_member_has_when_its_turn_comes() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversations: Vec<_> = (0..2).map(|_| world.conversation("Hello")).collect();
    let ids = json!({ "ids": conversations });
    let before = world.recorded();
    bulk(&world.vic(), &ids, &json!({ "kind": "status", "status": "spam" })).refused(403, "forbidden");
    bulk(&bo, &json!({ "ids": [] }), &json!({ "kind": "unassign" })).refused(422, "invalid_field");
    let many: Vec<_> = (0..1001).map(|_| fresh_id()).collect();
    bulk(&bo, &json!({ "ids": many }), &json!({ "kind": "unassign" })).refused(422, "invalid_field");
    bulk(&bo, &ids, &json!({ "kind": "status", "status": "snoozed" })).refused(422, "invalid_field");
    bulk(&bo, &ids, &json!({ "kind": "snooze", "until": after(&world, 0) })).refused(422, "invalid_field");
    let answer = json!({ "kind": "reply", "canned_response_id": fresh_id() });
    bulk(&bo, &ids, &answer).refused(422, "invalid_field");
    bulk(&bo, &json!({ "ids": conversations, "filter": {} }), &json!({ "kind": "unassign" }))
        .refused(422, "invalid_field");
    assert_eq!(world.recorded(), before, "what was refused left nothing");
    let key =
        json!({ "name": "Robot", "kind": "personal", "scopes": ["conversation.view", "conversation.set_status"] });
    let key = text_of(&ann.post("api-keys", key).ok_with(201)["key"]);
    let robot = ann.clone().with("authorization", &format!("Bearer {key}"));
    bulk(&robot, &ids, &json!({ "kind": "status", "status": "solved" })).refused(403, "api_key.not_for_this");

    // A member whose rights end before the job gets there.
    let gone = world.member_with_role("member");
    let accepted = bulk(&gone, &ids, &json!({ "kind": "status", "status": "solved" })).ok_with(202);
    ann.put(&format!("members/{}/deactivation", gone.member), json!({})).ok();
    let ended = format!(
        "select count(*) from bulk_actions where finished_at is not null and id = {}",
        literal(&text_of(&accepted["id"]))
    );
    until("the end of it", || (world.database.count(&ended) > 0).then_some(()));
    let standing: Vec<_> = conversations.iter().map(|id| show(&ann, id)["status"].clone()).collect();
    let told = format!(
        "select count(*) from events where kind = 'conversation.status_changed' and workspace_id = {}",
        literal(&ann.workspace)
    );
    let events = world.database.count(&told);
    let solved = standing.iter().filter(|status| **status == "solved").count();
    assert_eq!(i64::try_from(solved).expect("few"), events, "what was done before is told, and no more is done");
}

#[test]
fn notes_teams_and_who_answers_reach_many_at_once_each_by_itself_and_go_back_as_one() {
    let world = World::with_agent(Puppet::default());
    let (ann, bo, team) = (world.ann(), world.bo(), queue(&world));
    let conversations: Vec<_> = (0..3).map(|_| world.conversation("thinking")).collect();
    let ids = json!({ "ids": conversations });
    let modes = || -> Vec<_> { conversations.iter().map(|id| text_of(&show(&ann, id)["mode"])).collect() };

    // Taken over; one of them a colleague takes next, so that it is theirs.
    let accepted = bulk(&bo, &ids, &json!({ "kind": "mode", "mode": "manual" }));
    let way_back = offer(&accepted);
    assert_eq!(counts(&done(&bo, accepted)), (3, 3, 0));
    assert_eq!(modes(), ["manual"; 3]);
    ann.put(&format!("conversations/{}/mode", conversations[0]), json!({ "mode": "manual" })).ok();
    let back = finished(&bo, &text_of(&take_back(&bo, &way_back).ok()["bulk_action_id"]));
    assert_eq!((counts(&back), &back["failures"][0]["code"]), ((3, 2, 1), &json!("undo.overtaken")));
    assert_eq!(modes(), ["manual", "ai", "ai"]);

    // Given to the AI, but for what is not open any more.
    status(&ann, &conversations[0], "archived").ok();
    let report = done(&bo, bulk(&bo, &ids, &json!({ "kind": "mode", "mode": "ai" })));
    assert_eq!((counts(&report), &report["failures"][0]["code"]), ((3, 2, 1), &json!("conversation.not_open")));

    // Noted in each; a note that was gone on with stays.
    let accepted = bulk(&bo, &ids, &json!({ "kind": "note", "text": "The parcels are late today" }));
    let way_back = offer(&accepted);
    assert_eq!(counts(&done(&bo, accepted)), (3, 3, 0));
    let seq = newest(&bo, &conversations[1])["seq"].clone();
    let edited = json!({ "version": 1, "text": "The parcel comes tomorrow" });
    bo.patch(&format!("conversations/{}/notes/{seq}", conversations[1]), edited).ok();
    let back = finished(&bo, &text_of(&take_back(&bo, &way_back).ok()["bulk_action_id"]));
    assert_eq!((counts(&back), &back["failures"][0]["code"]), ((3, 2, 1), &json!("undo.overtaken")));
    let left: Vec<_> = conversations.iter().map(|id| newest(&ann, id)["text"].clone()).collect();
    assert_eq!(left, ["", "The parcel comes tomorrow", ""]);

    // To a team, and back to where each was.
    assign(&ann, &conversations[1], &ann).ok();
    let accepted = bulk(&bo, &ids, &json!({ "kind": "assign_team", "team_id": team }));
    let way_back = offer(&accepted);
    assert_eq!(counts(&done(&bo, accepted)), (3, 3, 0));
    assert!(conversations.iter().all(|id| show(&ann, id)["team"]["id"] == team.as_str()));
    let back = finished(&bo, &text_of(&take_back(&bo, &way_back).ok()["bulk_action_id"]));
    assert_eq!(counts(&back), (3, 3, 0));
    let who = show(&ann, &conversations[1]);
    assert_eq!((&who["assignee"]["id"], &who["team"]), (&json!(ann.member), &Value::Null));

    let report = done(&bo, bulk(&bo, &ids, &json!({ "kind": "assign_team", "team_id": fresh_id() })));
    assert_eq!((counts(&report), &report["failures"][0]["code"]), ((3, 0, 3), &json!("not_found")));
    let before = world.recorded();
    bulk(&bo, &ids, &json!({ "kind": "note", "text": " " })).refused(422, "message.empty");
    for (action, permission) in [
        (json!({ "kind": "note", "text": "Noted" }), "note.create"),
        (json!({ "kind": "mode", "mode": "manual" }), "conversation.take_manual"),
        (json!({ "kind": "mode", "mode": "ai" }), "conversation.release_to_ai"),
    ] {
        assert_eq!(bulk(&world.vic(), &ids, &action).refused(403, "forbidden")["permission"], permission);
    }
    assert_eq!(world.recorded(), before, "what was refused left nothing");
}

#[test]
fn a_thousand_conversations_at_once() {
    let world = World::new();
    let ann = world.ann();
    let visitor = world.visitor();
    let first = visitor.says("Hello");
    // The others are copies, for speed.
    let workspace = literal(&ann.workspace);
    let columns = world.database.column(match *PLACE {
        Place::Sqlite => "select name from pragma_table_info('conversations')",
        Place::Postgres(_) => "select column_name from information_schema.columns where table_name = 'conversations'",
    });
    let mut ids = vec![first.clone()];
    for _ in 1..1000 {
        let id = fresh_id();
        let values: Vec<String> = columns
            .iter()
            .map(|column| match column.as_str() {
                "id" => literal(&id),
                "status" => "'archived'".to_owned(),
                column => column.to_owned(),
            })
            .collect();
        world.database.run(&format!(
            "insert into conversations ({}) select {} from conversations where workspace_id = {workspace} and id = {}",
            columns.join(", "),
            values.join(", "),
            literal(&first)
        ));
        ids.push(id);
    }
    let accepted = bulk(&ann, &json!({ "ids": ids }), &json!({ "kind": "status", "status": "spam" }));
    let way_back = offer(&accepted);
    let report = done(&ann, accepted);
    assert_eq!(counts(&report), (1000, 1000, 0));
    let spam = format!("select count(*) from conversations where workspace_id = {workspace} and status = 'spam'");
    assert_eq!(world.database.count(&spam), 1000);
    let back = text_of(&take_back(&ann, &way_back).ok()["bulk_action_id"]);
    assert_eq!(counts(&finished(&ann, &back)), (1000, 1000, 0));
    assert_eq!(world.database.count(&spam), 0);
    assert_eq!(show(&ann, &first)["status"], "open");
}
