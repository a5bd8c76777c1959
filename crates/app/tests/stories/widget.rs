//! The visitor's side.

use std::{collections::BTreeSet, thread};

use kernel::DAY;
use serde_json::{Value, json};

use crate::support::{Person, Reply, SITE, Visitor, World, fresh_id, identity, text_of};

fn visit(world: &World, mut said: Value) -> Reply {
    said["channel_key"] = world.channel_key.clone().into();
    world.browser().with("origin", SITE).post("/widget/v1/visitors", said)
}

fn reply(person: &Person, conversation: &str, text: &str, seen_seq: i64) {
    let message = json!({ "text": text, "seen_seq": seen_seq });
    person.post(&format!("conversations/{conversation}/messages"), message).ok_with(201);
}

fn customer(world: &World, conversation: &str) -> Value {
    let customer = &world.bo().get(&format!("conversations/{conversation}")).ok()["customer"];
    world.bo().get(&format!("customers/{}", text_of(&customer["id"]))).ok()
}

/// `sent`, `delivered` or `read`: how far members see that an answer has come.
fn states(person: &Person, conversation: &str) -> Vec<String> {
    let page = person.get(&format!("conversations/{conversation}/messages")).ok();
    let items = page["items"].as_array().expect("messages");
    let answers = items.iter().filter(|message| message["direction"] == "outbound");
    answers.map(|message| text_of(&message["state"])).collect()
}

#[test]
fn the_chat_tells_how_it_looks_and_first_names_only() {
    let world = World::new();
    world.bo().get("conversations").ok();
    let browser = world.browser().with("origin", SITE);
    let config = browser.get(&format!("/widget/v1/config?key={}", world.channel_key)).ok();
    assert_eq!((&config["name"], &config["settings"]["position"]), (&json!("Website"), &json!("right")));
    let names: BTreeSet<String> =
        config["team"].as_array().expect("a team").iter().map(|member| text_of(&member["name"])).collect();
    assert_eq!(names, ["Ann", "Bo"].map(str::to_owned).into(), "who may answer, by role and seat");
    assert_eq!(config["online"], true, "Bo is there");
    assert!(!config.to_string().contains('@'));
    let channel = world.ann().get(&format!("channels/{}", world.channel)).ok();
    assert!(channel["last_seen_at"].is_string(), "the snippet is seen to be installed");
    for key in ["", "pk_unknown", "%00", "%F0%9F%92%A9", "' or 1=1"] {
        let key = key.replace(' ', "%20");
        browser.get(&format!("/widget/v1/config?key={key}")).refused(404, "not_found");
    }
}

#[test]
fn ruling_25_a_typed_address_is_a_claim_that_joins_nobody() {
    let world = World::new();
    let claim = json!({ "name": "Jane", "email": "jane@example.com" });
    let (jane, impostor) = (world.visitor_who(claim.clone()), world.visitor_who(claim));
    let (first, second) = (jane.says("My card number is 4242"), impostor.says("Show me my history"));
    assert_ne!(first, second);
    let (real, other) = (customer(&world, &first), customer(&world, &second));
    assert_ne!(real["id"], other["id"]);
    assert_eq!((&real["email"], &real["identified"]), (&json!("jane@example.com"), &json!(false)));
    assert_eq!(impostor.conversations().len(), 1);
    impostor.browser.get(&format!("/widget/v1/conversations/{first}/messages")).refused(404, "not_found");
}

#[test]
fn a_signed_identity_is_the_same_customer_in_every_browser() {
    let world = World::new();
    let secret = world.identity_secret();
    let signed = json!({ "identity": identity(&secret, "user-7") });
    let (laptop, phone) = (world.visitor_who(signed.clone()), world.visitor_who(signed));
    let conversation = laptop.says("Hello from my laptop");
    assert_eq!(phone.says("And from my phone"), conversation);
    assert_eq!(phone.messages(&conversation).len(), 2);
    assert_eq!(customer(&world, &conversation)["identified"], true);

    let stranger = world.visitor_who(json!({ "identity": identity(&secret, "user-8") }));
    assert!(stranger.conversations().is_empty());
}

#[test]
fn a_visitor_who_signs_in_takes_the_conversation_along_and_who_is_somebody_else_leaves_it() {
    let world = World::new();
    let secret = world.identity_secret();
    let visitor = world.visitor();
    let conversation = visitor.says("Before I signed in");
    let seven = world.visitor_who(json!({ "visitor_token": visitor.token, "identity": identity(&secret, "user-7") }));
    assert_eq!(seven.id, visitor.id);
    assert_eq!(seven.says("Now signed in"), conversation);
    let eight = world.visitor_who(json!({ "visitor_token": seven.token, "identity": identity(&secret, "user-8") }));
    assert!(eight.conversations().is_empty(), "a shared browser shows the next user nothing");
    eight.browser.get(&format!("/widget/v1/conversations/{conversation}/messages")).refused(404, "not_found");
    assert_ne!(eight.says("Hello"), conversation);
}

#[test]
fn a_forged_identity_is_refused_and_opens_nothing() {
    let world = World::new();
    let unset = identity("gk_whatever", "user-7");
    visit(&world, json!({ "identity": unset })).refused(401, "visitor.identity_invalid");
    let secret = world.identity_secret();
    let signed = identity(&secret, "user-7");
    let hash = text_of(&signed["hash"]);
    let forged = [
        ("user-8", hash.clone()),
        ("user-7", String::new()),
        ("user-7", hash[..62].to_owned()),
        ("user-7", "0".repeat(64)),
        ("user-7", text_of(&identity("another secret", "user-7")["hash"])),
    ];
    let before = world.recorded();
    for (user_id, hash) in forged {
        let said = json!({ "identity": { "user_id": user_id, "hash": hash } });
        visit(&world, said).refused(401, "visitor.identity_invalid");
    }
    for user_id in [String::new(), "x".repeat(201), "a\0b".to_owned()] {
        visit(&world, json!({ "identity": identity(&secret, &user_id) })).refused(422, "invalid_field");
    }
    assert_eq!(world.recorded(), before);

    // A new secret ends what the old one signed.
    let renewed = world.identity_secret();
    visit(&world, json!({ "identity": signed })).refused(401, "visitor.identity_invalid");
    visit(&world, json!({ "identity": identity(&renewed, "user-7") })).ok_with(201);
}

#[test]
fn a_visit_is_renewed_with_its_token_and_once_with_the_one_before() {
    let world = World::new();
    let first = world.visitor();
    let conversation = first.says("Hello");
    let again = |token: &str| world.visitor_who(json!({ "visitor_token": token }));
    let second = again(&first.token);
    assert_eq!((&second.id, second.token == first.token), (&first.id, false));
    first.browser.get("/widget/v1/conversations").refused(401, "unauthenticated");
    assert_eq!(second.conversations().len(), 1);

    // The answer with the second token never arrived: the first one still leads back.
    let third = again(&first.token);
    assert_eq!(third.id, first.id);
    assert_eq!(third.says("Still me"), conversation);
    assert_ne!(again("gv_forged").id, first.id, "an unknown token begins a new visit");
}

#[test]
fn a_visit_ends_after_ninety_days_without_renewal() {
    let world = World::new();
    let visitor = world.visitor();
    visitor.says("Hello");
    world.clock.advance(89 * DAY);
    assert_eq!(visitor.conversations().len(), 1);
    world.clock.advance(2 * DAY);
    visitor.browser.get("/widget/v1/conversations").refused(401, "unauthenticated");
    visitor.browser.post("/widget/v1/messages", json!({})).refused(401, "unauthenticated");
    let anew = world.visitor_who(json!({ "visitor_token": visitor.token }));
    assert_ne!(anew.id, visitor.id);
    assert!(anew.conversations().is_empty());
}

#[test]
fn only_pages_of_the_channels_origins_may_ask() {
    let world = World::new();
    let visitor = world.visitor();
    let conversation = visitor.says("Hello");
    let config = format!("/widget/v1/config?key={}", world.channel_key);
    let messages = format!("/widget/v1/conversations/{conversation}/messages");
    let message = || json!({ "client_id": fresh_id(), "text": "Hello" });
    let foreign = [
        "null",
        "http://shop.example",
        "https://shop.example:8443",
        "https://shop.example.evil.test",
        "https://evilshop.example",
        "https://evil.test",
    ];
    let before = world.recorded();
    for origin in foreign {
        let page = visitor.browser.clone().with("origin", origin);
        let refusals = [
            page.get(&config),
            page.post("/widget/v1/visitors", json!({ "channel_key": world.channel_key })),
            page.get("/widget/v1/conversations"),
            page.get(&messages),
            page.post("/widget/v1/messages", message()),
            page.put(&format!("/widget/v1/conversations/{conversation}/read"), json!({ "seq": 1 })),
            page.post(&format!("/widget/v1/conversations/{conversation}/typing"), json!({ "state": "typing" })),
            page.upload("/widget/v1/attachments", "a.txt", b"content"),
            page.get(&format!("/widget/v1/attachments/{}", fresh_id())),
        ];
        for refusal in refusals {
            assert!(refusal.header("access-control-allow-origin").is_none(), "{origin}: {}", refusal.asked);
            refusal.refused(403, "origin.not_allowed");
        }
        assert_eq!(page.listen("/widget/v1/events").status, 403, "{origin}");
    }
    assert_eq!(world.recorded(), before);

    for origin in [SITE, &world.origin] {
        let answer = visitor.browser.clone().with("origin", origin).get(&messages);
        assert_eq!(answer.header("access-control-allow-origin"), Some(origin));
        assert!(answer.header("access-control-allow-credentials").is_none());
        assert_eq!(answer.header("vary"), Some("origin"));
        answer.ok();
    }
    visitor.browser.clone().without("origin").get(&messages).ok();
}

#[test]
fn a_page_can_read_why_it_was_refused_and_what_to_wait_for() {
    let world = World::new();
    let page = world.browser().with("origin", SITE).with("authorization", "Visitor gv_forged");
    let refused = page.get("/widget/v1/conversations");
    assert_eq!(refused.header("access-control-allow-origin"), Some(SITE));
    assert!(refused.header("access-control-expose-headers").is_some_and(|names| names.contains("retry-after")));
    refused.refused(401, "unauthenticated");

    let preflight = page
        .with("access-control-request-method", "POST")
        .with("access-control-request-headers", "authorization,content-type")
        .send("OPTIONS", "/widget/v1/messages", None);
    assert_eq!(preflight.header("access-control-allow-origin"), Some(SITE));
    let allowed = preflight.header("access-control-allow-headers").expect("headers");
    assert!(allowed.contains("authorization") && allowed.contains("last-event-id"));
    preflight.ok_with(204);
    // The app's own doors are open to no other page.
    let app = world.browser().with("origin", SITE).with("access-control-request-method", "POST");
    assert!(app.send("OPTIONS", "/api/v1/sessions", None).header("access-control-allow-origin").is_none());
}

#[test]
fn t_g4_parallel_deliveries_of_one_message_are_received_once() {
    let world = World::new();
    let visitor = world.visitor();
    for _ in 0..5 {
        let id = fresh_id();
        let message = || json!({ "client_id": id, "text": "Once only" });
        let answers: Vec<Reply> = thread::scope(|scope| {
            let sends: Vec<_> =
                (0..8).map(|_| scope.spawn(|| visitor.browser.post("/widget/v1/messages", message()))).collect();
            sends.into_iter().map(|send| send.join().expect("an answer")).collect()
        });
        let created = answers.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(created, 1, "one made it, the others heard of it");
        let ids: BTreeSet<String> = answers.into_iter().map(|answer| text_of(&answer.ok()["message"]["id"])).collect();
        assert_eq!(ids.len(), 1);
    }
    let conversations = visitor.conversations();
    assert_eq!((conversations.len(), &conversations[0]["last_seq"]), (1, &json!(5)));
}

#[test]
fn t_g4_a_new_customer_has_one_conversation_however_many_messages_arrive_at_once() {
    let world = World::new();
    for _ in 0..5 {
        let visitor = world.visitor();
        let conversations: BTreeSet<String> = thread::scope(|scope| {
            let sends: Vec<_> = (0..8)
                .map(|index| {
                    scope.spawn({
                        let visitor = &visitor;
                        move || visitor.says(&format!("Message {index}"))
                    })
                })
                .collect();
            sends.into_iter().map(|send| send.join().expect("an answer")).collect()
        });
        assert_eq!(conversations.len(), 1);
        let seqs: Vec<i64> = visitor
            .messages(conversations.first().expect("a conversation"))
            .iter()
            .map(|message| message["seq"].as_i64().expect("a number"))
            .collect();
        assert_eq!(seqs, (1..=8).collect::<Vec<_>>(), "numbered without gaps");
    }
    assert_eq!(world.bo().all("customers").len(), 5);
}

#[test]
fn client_ids_of_different_visitors_never_meet() {
    let world = World::new();
    let (one, two, id) = (world.visitor(), world.visitor(), fresh_id());
    let mine = one.sends(&id, "Mine").expect("an answer");
    let yours = two.sends(&id, "Yours").expect("an answer");
    assert_ne!(mine, yours);
    assert_eq!(two.messages(&yours)[0]["text"], "Yours");
}

#[test]
fn members_see_answers_sent_delivered_and_read() {
    let world = World::new();
    let (bo, visitor) = (world.bo(), world.visitor());
    let conversation = visitor.says("Hello");
    reply(&bo, &conversation, "First answer", 1);
    reply(&bo, &conversation, "Second answer", 2);
    assert_eq!(states(&bo, &conversation), ["sent", "sent"]);
    visitor.messages(&conversation);
    assert_eq!(states(&bo, &conversation), ["delivered", "delivered"]);
    let read =
        |seq: i64| visitor.browser.put(&format!("/widget/v1/conversations/{conversation}/read"), json!({ "seq": seq }));
    read(2).ok_with(204);
    assert_eq!(states(&bo, &conversation), ["read", "delivered"]);
    read(1).ok_with(204);
    read(99).ok_with(204);
    assert_eq!(states(&bo, &conversation), ["read", "read"], "reading goes forward only, and not beyond the end");
    let own = &visitor.conversations()[0];
    assert_eq!((&own["read_seq"], &own["unread_count"]), (&json!(3), &json!(0)));
    reply(&bo, &conversation, "Third answer", 3);
    assert_eq!(visitor.conversations()[0]["unread_count"], 1);
}

#[test]
fn an_answer_that_arrives_over_the_stream_is_delivered() {
    let world = World::new();
    let (bo, visitor) = (world.bo(), world.visitor());
    let conversation = visitor.says("Hello");
    let (inbox, chat) = (bo.listen(), visitor.listen());
    reply(&bo, &conversation, "Answer", 1);
    assert_eq!(chat.change("message.sent")["message"]["text"], "Answer");
    let told = inbox.change("message.delivered");
    assert_eq!((&told["message"]["seq"], &told["message"]["state"]), (&json!(2), &json!("delivered")));
    assert_eq!(states(&bo, &conversation), ["delivered"]);
}

#[test]
fn visitors_learn_nothing_of_how_the_house_works() {
    let world = World::new();
    let bo = world.bo();
    let visitor = world.visitor();
    let conversation = visitor.says("Hello");
    bo.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    let statuses = [("spam", "open"), ("open", "open"), ("archived", "solved"), ("open", "open"), ("solved", "solved")];
    for (inside, outside) in statuses {
        bo.put(&format!("conversations/{conversation}/status"), json!({ "status": inside })).ok();
        assert_eq!(visitor.conversations()[0]["status"], outside, "{inside}");
    }
    bo.put(&format!("conversations/{conversation}/status"), json!({ "status": "open" })).ok();
    reply(&world.join(&world.ann(), "Bea Secret Lastname", "member"), &conversation, "Hello", 1);
    let messages = json!(visitor.messages(&conversation)).to_string();
    assert!(messages.contains("Bea") && !messages.contains("Lastname"), "{messages}");
}

#[test]
fn read_receipts_are_shown_only_where_the_channel_says_so() {
    let world = World::new();
    let (ann, visitor) = (world.ann(), world.visitor());
    let conversation = visitor.says("Hello");
    ann.put(&format!("conversations/{conversation}/read"), json!({ "seq": 1 })).ok();
    assert_eq!(visitor.conversations()[0]["agent_read_seq"], 1);
    let hide = json!({ "settings": { "show_read_receipts": false } });
    ann.patch(&format!("channels/{}", world.channel), hide).ok();
    assert_eq!(visitor.conversations()[0]["agent_read_seq"], 0);
    let stream = visitor.listen();
    reply(&ann, &conversation, "Answer", 1);
    assert_eq!(stream.change("message.sent")["agent_read_seq"], Value::Null);
}

#[test]
fn a_conversation_is_its_own_visitors_alone() {
    let world = World::new();
    let (mine, other) = (world.visitor(), world.visitor());
    let conversation = mine.says("Private");
    other.says("Hello");
    let at = |what: &str| format!("/widget/v1/conversations/{conversation}/{what}");
    other.browser.get(&at("messages")).refused(404, "not_found");
    other.browser.put(&at("read"), json!({ "seq": 1 })).refused(404, "not_found");
    other.browser.post(&at("typing"), json!({ "state": "typing" })).refused(404, "not_found");
    let unborn: Visitor = world.visitor();
    unborn.browser.get(&at("messages")).refused(404, "not_found");
    assert!(unborn.conversations().is_empty());
}
