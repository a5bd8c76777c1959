//! What is counted by the month: messages to customers, within what the plan includes (CRED-001, CRED-002).

use serde_json::{Value, json};

use crate::support::{Person, Reply, World, until};

/// Answers the customer of a conversation.
fn answer(person: &Person, conversation: &str) -> Reply {
    let seen = person.get(&format!("conversations/{conversation}")).ok()["last_seq"].clone();
    person.post(&format!("conversations/{conversation}/messages"), json!({ "text": "Here it is", "seen_seq": seen }))
}

/// Waits until both who see what the workspace pays were mailed this, and nobody else.
#[track_caller]
fn mailed(world: &World, people: [&Person; 2], said: &str) {
    until(&format!("mails that say {said:?}"), || {
        let mails: Vec<_> = world.mails().into_iter().filter(|mail| mail.contains(said)).collect();
        let is_to = |person: &&Person| mails.iter().any(|mail| mail.contains(&format!("To: {}", person.email)));
        (mails.len() == people.len() && people.iter().all(is_to)).then_some(())
    });
}

/// This month's messages, as the usage tells them.
fn messages(person: &Person) -> Value {
    person.get("usage").ok()["months"][0]["meters"][0].clone()
}

#[test]
fn cred_001_a_plan_with_so_many_messages_sends_no_more_and_takes_in_every_one() {
    let world = World::new();
    let ann = world.ann();
    let ada = world.join(&ann, "Ada", "admin");
    world.on_plan("three_messages");
    let visitor = world.visitor();
    let conversation = visitor.says("Hello");
    (0..3).for_each(|_| drop(answer(&ann, &conversation).ok_with(201)));
    let recorded = world.recorded();
    let refusal = answer(&ann, &conversation).refused(409, "limit_reached");
    assert_eq!((&refusal["meter"], &refusal["used"], &refusal["cap"]), (&json!("messages"), &json!(3), &json!(3)));
    assert_eq!(world.recorded(), recorded, "what is refused leaves nothing");
    visitor.says("Are you there?");
    assert_eq!(
        messages(&ann),
        json!({ "meter": "messages", "used": 3, "included": 3, "behaviour": "hard", "warned": 100 })
    );
    mailed(&world, [&ann, &ada], "Acme has used 3 of 3 messages of this month: no more can be sent");
    // CRED-005: of another workspace nothing is counted.
    assert_eq!(messages(&world.gus())["used"], 0);
    world.bo().get("usage").refused(403, "forbidden");
}

#[test]
fn an_answer_that_was_taken_back_was_no_message() {
    let world = World::new();
    let ann = world.ann();
    world.on_plan("three_messages");
    ann.patch("inbox-settings", json!({ "send_hold_seconds": 60 })).ok();
    let conversation = world.conversation("Hello");
    let held = answer(&ann, &conversation).ok_with(201);
    assert_eq!(messages(&ann)["used"], 1);
    ann.delete(&format!("conversations/{conversation}/messages/{}/hold", held["seq"])).ok();
    assert_eq!(messages(&ann)["used"], 0);
}

#[test]
fn e7_a_plan_that_warns_does_so_at_80_95_and_100_percent_once_each() {
    let world = World::new();
    let ann = world.ann();
    let ada = world.join(&ann, "Ada", "admin");
    world.on_plan("twenty_messages");
    let conversation = world.conversation("Hello");
    let mut told = Vec::new();
    for sent in 1..=22 {
        answer(&ann, &conversation).ok_with(201);
        let warned = ann.all("audit-events?kind=usage.warned").len();
        if warned > told.len() {
            told.push(sent);
            mailed(&world, [&ann, &ada], &format!("Acme has used {sent} of 20 messages of this month"));
        }
    }
    assert_eq!(told, [16, 19, 20]);
    let shares: Vec<_> =
        ann.all("audit-events?kind=usage.warned").iter().map(|event| event["detail"]["percent"].clone()).collect();
    assert_eq!(shares, [100, 95, 80]);
    assert_eq!(messages(&ann)["used"], 22, "what is beyond is sent, too");
}
