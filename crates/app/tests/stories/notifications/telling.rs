//! From what happened to the centre of who it concerns: once, and in step everywhere.

use std::time::Duration;

use serde_json::{Value, json};

use super::{A_BREAK, assign, mails_to, settled, told, unread};
use crate::support::{World, until};

#[test]
fn not_009_not_007_the_owner_is_told_in_the_app_and_by_mail_who_joined() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let stream = ann.listen();
    let lee = world.join(&ann, "Lee", "member");
    stream.until(|frame| frame.event == "notification" && frame.data == json!({ "unread": 1 }));
    let joined = told(&ann, "member.joined");
    assert_eq!((&joined["member"]["id"], &joined["member"]["name"]), (&json!(lee.member), &json!("Lee")));
    assert_eq!((&joined["read_at"], &joined["happened"]), (&Value::Null, &json!(1)));
    until("a mail to the owner", || (mails_to(&world, &ann, "Lee joined Acme").len() == 1).then_some(()));
    for other in [&bo, &lee] {
        assert_eq!(unread(other), 0, "nobody else is told");
    }

    ann.put(&format!("notifications/{}/read", joined["id"].as_str().expect("an id")), json!({})).ok_with(204);
    stream.until(|frame| frame.event == "notification" && frame.data == json!({ "unread": 0 }));
    assert_eq!(ann.get("notifications?unread=true").ok()["items"], json!([]));
    bo.put(&format!("notifications/{}/read", joined["id"].as_str().expect("an id")), json!({}))
        .refused(404, "not_found");
}

#[test]
fn r20_an_assignment_is_told_once_for_each_conversation_and_reading_it_clears_it_everywhere() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = world.conversation("Is this still available?");
    let stream = bo.listen();
    assign(&ann, &conversation, &bo);
    let first = told(&bo, "conversation.assigned");
    assert_eq!(first["actor"]["name"], "Ann");
    assert_eq!(first["conversation"]["id"], json!(conversation));
    assert_eq!(first["conversation"]["excerpt"], "Is this still available?");
    stream.until(|frame| frame.event == "notification" && frame.data["unread"] == 1);

    assign(&ann, &conversation, &ann);
    assign(&ann, &conversation, &bo);
    let again = until("it happened again", || {
        let told = told(&bo, "conversation.assigned");
        (told["happened"] == 2).then_some(told)
    });
    assert_eq!((&again["id"], unread(&bo)), (&first["id"], 1), "one for each conversation");
    assert_eq!(unread(&ann), 0, "nobody is told what they did themselves");

    bo.put(&format!("conversations/{conversation}/read"), json!({ "seq": 1 })).ok_with(204);
    stream.until(|frame| frame.event == "notification" && frame.data["unread"] == 0);
    assert_eq!(unread(&bo), 0);
    assert_ne!(told(&bo, "conversation.assigned")["read_at"], Value::Null, "it stays in the centre, read");
}

#[test]
fn a_hand_over_is_one_piece_of_news_and_so_is_its_answer() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = world.conversation("Hello");
    assign(&ann, &conversation, &ann);
    let briefing = json!({ "context": "Wants a refund", "next": "Look at the invoice" });
    let asked = json!({ "to": { "member_id": bo.member }, "note": briefing });
    let handed = ann.post(&format!("conversations/{conversation}/handovers"), asked).ok_with(201);
    let offered = told(&bo, "note.hand_over");
    assert_eq!((&offered["actor"]["name"], &offered["happened"]), (&json!("Ann"), &json!(1)));
    assert!(offered["conversation"]["excerpt"].as_str().expect("a text").contains("Wants a refund"), "{offered}");

    let handover = handed["handover"]["id"].as_str().expect("an id");
    bo.post(&format!("handovers/{handover}/refusal"), json!({ "reason": "On leave from noon" })).ok();
    let answered = told(&ann, "note.hand_over");
    assert_eq!((&answered["actor"]["name"], &answered["happened"]), (&json!("Bo"), &json!(1)));
    settled(&world);
    assert_eq!(told(&bo, "note.hand_over")["happened"], json!(1), "who answers knows");
}

#[test]
fn a_task_is_told_to_who_gets_it_and_again_when_its_time_has_come() {
    let world = World::new();
    let (ann, cleo) = (world.ann(), world.cleo());
    let remind_at = world.clock.now().plus(Duration::from_secs(3600));
    let task = json!({ "title": "Call back", "assignee_id": cleo.member, "remind_at": remind_at.to_string() });
    let task = ann.post("tasks", task).ok_with(201);
    let given = told(&cleo, "task.assigned");
    assert_eq!((&given["task_id"], &given["task_title"]), (&task["id"], &json!("Call back")));
    world.clock.advance(Duration::from_secs(3601));
    assert_eq!(told(&cleo, "task.reminded")["task_id"], task["id"]);
    assert_eq!((unread(&cleo), unread(&ann)), (1, 0), "one for each task");
    ann.delete(&format!("tasks/{}", task["id"].as_str().expect("an id"))).ok_with(204);
    let left = (unread(&cleo), cleo.get("notifications").ok()["items"].clone());
    assert_eq!(left, (0, json!([])), "what is gone is told no more");
}

#[test]
fn news_to_which_nothing_was_added_for_ninety_days_is_forgotten() {
    const HOUR: Duration = Duration::from_secs(60 * 60);
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let [old, renewed] = [world.conversation("Hello"), world.conversation("Hello again")];
    assign(&ann, &old, &bo);
    assign(&ann, &renewed, &bo);
    until("both are told", || (unread(&bo) == 2).then_some(()));
    world.clock.advance(HOUR);
    assign(&ann, &renewed, &ann);
    assign(&ann, &renewed, &bo);
    let kept = |happened: i64| {
        let kept = "select count(*) from notifications where subject_kind = 'conversation' and happened";
        world.database.count(&format!("{kept} = {happened}"))
    };
    until("it is told anew", || (kept(2) == 1).then_some(()));
    world.clock.advance(HOUR * 24 * 90 - HOUR / 2);
    until("the old one is forgotten", || (kept(1) == 0).then_some(()));
    assert_eq!(kept(2), 1, "what happened since is kept");
}

#[test]
fn two_servers_and_a_restart_tell_everything_once() {
    const TIMES: usize = 12;
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let (second, _) = world.second_server();
    world.clock.advance(A_BREAK);
    let conversation = world.conversation("Hello");
    for _ in 0..TIMES {
        assign(&ann, &conversation, &bo);
        assign(&ann, &conversation, &ann);
    }
    settled(&world);
    drop(second);
    // A server that starts reads on from where the others stood.
    let (third, _) = world.second_server();
    assign(&ann, &conversation, &bo);
    settled(&world);
    drop(third);
    let told = told(&bo, "conversation.assigned");
    assert_eq!(told["happened"], json!(TIMES + 1));
    let jobs = "select count(*) from jobs where kind = 'notification.mail' and payload like '%conversation.assigned%'";
    assert_eq!(world.database.count(jobs), TIMES as i64 + 1, "a mail for each, planned once");
    assert_eq!(unread(&ann), 0);
}
