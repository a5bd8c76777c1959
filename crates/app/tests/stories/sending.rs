//! Sending without stepping on each other: stale answers, the reply lock, taking back, sending later.

use std::{
    sync::{Barrier, Mutex},
    thread,
    time::Duration,
};

use serde_json::{Value, json};

use crate::support::{Person, Reply, World, fresh_id, text_of, until};

const MINUTE: Duration = Duration::from_secs(60);

fn send(person: &Person, conversation: &str, text: &str, seen_seq: i64) -> Reply {
    person.post(&format!("conversations/{conversation}/messages"), json!({ "text": text, "seen_seq": seen_seq }))
}

fn messages(person: &Person, conversation: &str) -> Vec<Value> {
    let page = person.get(&format!("conversations/{conversation}/messages?limit=100")).ok();
    page["items"].as_array().expect("messages").clone()
}

#[test]
fn own_5_r7_of_200_replies_on_one_version_one_is_sent_and_the_others_are_told_what_changed() {
    const REPLIES: usize = 200;
    const PEOPLE: usize = 8;
    let world = World::new();
    let (ann, bo, conversation) = (world.ann(), world.bo(), world.conversation("Is anybody there?"));
    let (start, answers) = (Barrier::new(PEOPLE), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for number in 0..PEOPLE {
            let person = if number % 2 == 0 { &ann } else { &bo };
            let (start, answers, conversation) = (&start, &answers, &conversation);
            scope.spawn(move || {
                start.wait();
                for _ in 0..REPLIES / PEOPLE {
                    let text = fresh_id();
                    let reply = send(person, conversation, &text, 1);
                    answers.lock().expect("nobody panicked").push((text, reply));
                }
            });
        }
    });
    let answers = answers.into_inner().expect("nobody panicked");
    let (sent, refused): (Vec<_>, Vec<_>) = answers.into_iter().partition(|(_, reply)| reply.status == 201);
    assert_eq!((sent.len(), refused.len()), (1, REPLIES - 1));
    let winner = &sent[0].0;
    for (_, reply) in refused {
        let problem = reply.refused(409, "conversation.stale");
        assert_eq!((&problem["messages"][0]["text"], &problem["seen_seq"]), (&json!(winner), &json!(2)));
    }
    let said: Vec<_> = messages(&ann, &conversation).iter().map(|message| text_of(&message["text"])).collect();
    assert_eq!(said, ["Is anybody there?", winner]);
    send(&bo, &conversation, "With what I know now", 2).ok_with(201);
}

#[test]
fn inv_24_under_a_strict_lock_only_the_holder_answers_until_taken_over_or_idle() {
    let world = World::new();
    let (ann, bo, conversation) = (world.ann(), world.bo(), world.conversation("Hello"));
    ann.patch("inbox-settings", json!({ "reply_lock": "strict" })).ok();
    send(&bo, &conversation, "Hello!", 1).ok_with(201);
    let before = world.recorded();
    let locked = send(&ann, &conversation, "Hello too", 2).refused(409, "conversation.locked");
    assert_eq!(locked["holder"]["name"], "Bo");
    assert_eq!(world.recorded(), before, "what was refused left nothing");
    send(&bo, &conversation, "What is it about?", 2).ok_with(201);

    // Taken over, it is Ann's; and after ten idle minutes it is whoever's comes first.
    let taken = ann.put(&format!("conversations/{conversation}/mode"), json!({ "mode": "manual" })).ok();
    assert_eq!(taken["mode_holder"]["name"], "Ann");
    send(&bo, &conversation, "Me again", 3).refused(409, "conversation.locked");
    world.clock.advance(MINUTE * 9);
    send(&bo, &conversation, "Me again", 3).refused(409, "conversation.locked");
    world.clock.advance(MINUTE);
    send(&bo, &conversation, "Me again", 3).ok_with(201);

    // Softly, nobody is kept from answering what they have seen.
    ann.patch("inbox-settings", json!({ "reply_lock": "soft" })).ok();
    send(&ann, &conversation, "And me", 4).ok_with(201);
}

#[test]
fn inb_008_a_held_answer_counts_for_colleagues_and_reaches_nobody_until_it_leaves() {
    let world = World::new();
    let (ann, bo, visitor) = (world.ann(), world.bo(), world.visitor());
    ann.patch("inbox-settings", json!({ "send_hold_seconds": 8 })).ok();
    let conversation = visitor.says("How much is it?");
    let (inbox, chat) = (ann.listen(), visitor.listen());
    let file = bo.upload("prices.pdf", b"%PDF-1.4 prices");
    let draft = json!({ "text": "Twelve whalebones", "seen_seq": 1, "attachments": [file["id"]] });
    let held = bo.post(&format!("conversations/{conversation}/messages"), draft).ok_with(201);
    assert_eq!((&held["state"], held["send_at"].is_null()), (&json!("held"), false));
    assert_eq!(inbox.change("message.held")["message"]["state"], "held", "colleagues see it");
    send(&ann, &conversation, "Ten", 1).refused(409, "conversation.stale");
    assert_eq!(visitor.messages(&conversation).len(), 1);
    assert_eq!(visitor.conversations()[0]["unread_count"], 0);
    let search = |words: &str| ann.get(&format!("search?q={words}")).ok()["items"].as_array().expect("hits").len();
    assert_eq!(search("whalebones"), 0);

    // Only its author takes it back, and gets everything back; nothing of it is left.
    let hold = format!("conversations/{conversation}/messages/2/hold");
    ann.delete(&hold).refused(409, "message.not_held");
    let back = bo.delete(&hold).ok();
    assert_eq!((&back["text"], &back["attachments"][0]["id"]), (&json!("Twelve whalebones"), &file["id"]));
    bo.delete(&hold).refused(409, "message.not_held");
    let left = &messages(&ann, &conversation)[1];
    assert_eq!((&left["state"], &left["text"]), (&json!("withdrawn"), &json!("")));
    let shown = ann.get(&format!("conversations/{conversation}")).ok();
    assert_eq!((&shown["preview"]["text"], &shown["last_outbound_seq"]), (&json!("How much is it?"), &json!(0)));
    assert!(!shown["waiting_since"].is_null(), "the customer waits again");

    // Sent again it leaves when its moment has come, with the same file, whatever else was said meanwhile.
    let again = json!({ "text": "Eleven whalebones", "seen_seq": 2, "attachments": [file["id"]] });
    bo.post(&format!("conversations/{conversation}/messages"), again).ok_with(201);
    visitor.says("Hello?");
    visitor.browser.put(&format!("/widget/v1/conversations/{conversation}/read"), json!({ "seq": 4 })).ok();
    world.clock.advance(Duration::from_secs(8));
    let sent = inbox.change("message.sent");
    assert_eq!((&sent["message"]["text"], &sent["message"]["state"]), (&json!("Eleven whalebones"), &json!("sent")));
    let arrived = chat.change("message.sent");
    assert_eq!(arrived["message"]["attachments"][0]["name"], "prices.pdf");
    let frames = chat.all_until(|frame| frame.data["kind"] == "message.sent" || frame.event == "change");
    assert!(!frames.iter().any(|frame| frame.data.to_string().contains("Twelve")), "{frames:?}");
    let seen: Vec<_> = visitor.messages(&conversation).iter().map(|message| text_of(&message["text"])).collect();
    assert_eq!(seen, ["How much is it?", "Eleven whalebones", "Hello?"]);
    assert_eq!(search("whalebones"), 1);
    bo.delete(&format!("conversations/{conversation}/messages/3/hold")).refused(409, "message.not_held");
}

#[test]
fn ruling_27_an_answer_for_later_leaves_at_its_time_whatever_became_of_its_author() {
    let world = World::new();
    let (ann, visitor) = (world.ann(), world.visitor());
    let kim = world.member_with_role("agent");
    let conversation = visitor.says("When does it start?");
    kim.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    let path = format!("conversations/{conversation}/scheduled-messages");
    let at = |minutes: u32| world.clock.now().plus(MINUTE * minutes).to_string();
    for bad in [at(0), at(60 * 24 * 400)] {
        kim.post(&path, json!({ "text": "Soon", "send_at": bad })).refused(422, "invalid_field");
    }
    kim.post(&path, json!({ "text": " ", "send_at": at(5) })).refused(422, "message.empty");
    world.vic().post(&path, json!({ "text": "Soon", "send_at": at(5) })).refused(403, "forbidden");
    let first = kim.post(&path, json!({ "text": "It starts at nine", "send_at": at(60) })).ok_with(201);
    let second = kim.post(&path, json!({ "text": "It has started", "send_at": at(30) })).ok_with(201);
    let waiting = ann.all(&path);
    assert_eq!(waiting.iter().map(|one| &one["id"]).collect::<Vec<_>>(), [&second["id"], &first["id"]]);
    assert_eq!(waiting[0]["overtaken"], false);
    assert_eq!(visitor.messages(&conversation).len(), 1);

    let back = ann.delete(&format!("{path}/{}", text_of(&second["id"]))).ok();
    assert_eq!(back["text"], "It has started");
    ann.delete(&format!("{path}/{}", text_of(&second["id"]))).refused(404, "not_found");
    visitor.says("Still there?");
    assert_eq!(ann.all(&path)[0]["overtaken"], true);

    ann.delete(&format!("members/{}", kim.member)).ok();
    world.clock.advance(MINUTE * 60);
    until("the answer", || (visitor.messages(&conversation).len() == 3).then_some(()));
    let said = messages(&ann, &conversation);
    assert_eq!((&said[2]["text"], &said[2]["author"]["former"]), (&json!("It starts at nine"), &json!(true)));
    assert_eq!(ann.all(&path), Vec::<Value>::new());

    // What became spam meanwhile is not answered.
    let send_at = at(5);
    ann.post(&path, json!({ "text": "One more", "send_at": send_at })).ok_with(201);
    ann.put(&format!("conversations/{conversation}/status"), json!({ "status": "spam" })).ok();
    world.clock.advance(MINUTE * 5);
    let told = || ann.all("audit-events?kind=scheduled_message.unsent").len();
    until("a note in the log", || (told() == 1).then_some(()));
    assert_eq!(messages(&ann, &conversation).len(), 3);
}
