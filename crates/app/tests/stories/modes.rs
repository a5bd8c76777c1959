//! Who answers: people, or the AI where people let it (E4). The agent of these stories is a puppet: what a customer
//! writes names the step at which it waits.

mod clock;
mod fence;
mod vectors;

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{ANSWER, Person, Puppet, Reply, World, until};

/// The AI waits this long for the customer's next message, and then before its answer leaves.
const DEBOUNCE: Duration = Duration::from_secs(3);
const SEND_DELAY: Duration = Duration::from_millis(1500);
const MINUTE: Duration = Duration::from_secs(60);

fn put_mode(person: &Person, conversation: &str, mode: &str) -> Reply {
    person.put(&format!("conversations/{conversation}/mode"), json!({ "mode": mode }))
}

fn reply(person: &Person, conversation: &str, text: &str) -> Reply {
    let seen = show(person, conversation)["last_seq"].clone();
    person.post(&format!("conversations/{conversation}/messages"), json!({ "text": text, "seen_seq": seen }))
}

fn show(person: &Person, conversation: &str) -> Value {
    person.get(&format!("conversations/{conversation}")).ok()
}

fn mode_of(world: &World, conversation: &str) -> String {
    let shown = show(&world.ann(), conversation);
    shown["mode"].as_str().expect("a mode").to_owned()
}

/// State of the newest draft.
fn draft(world: &World, conversation: &str) -> Option<String> {
    let mode = world.ann().get(&format!("conversations/{conversation}/mode")).ok();
    mode["drafts"][0]["state"].as_str().map(str::to_owned)
}

#[track_caller]
fn until_draft(world: &World, conversation: &str, state: &str) {
    until(state, || (draft(world, conversation).as_deref() == Some(state)).then_some(()));
}

/// What the customer was told, oldest first: who said it, and what.
fn told(world: &World, conversation: &str) -> Vec<(String, String)> {
    let page = world.ann().get(&format!("conversations/{conversation}/messages?limit=100")).ok();
    let outward = page["items"].as_array().expect("messages").iter().filter(|message| {
        message["direction"] == "outbound" && message["state"] != "held" && message["state"] != "withdrawn"
    });
    let said = |message: &Value| {
        let text = |value: &Value| value.as_str().expect("text").to_owned();
        (text(&message["author"]["kind"]), text(&message["text"]))
    };
    outward.map(said).collect()
}

#[test]
fn ai_001_ai_003_the_ai_answers_until_a_person_steps_in_and_again_when_it_is_given_back() {
    let world = World::with_agent(Puppet::default());
    let (bo, visitor) = (world.bo(), world.visitor());
    let stream = bo.listen();
    let conversation = visitor.says("Where is my order?");
    assert_eq!(mode_of(&world, &conversation), "ai", "where the AI answers, it gets what is new");
    world.clock.advance(DEBOUNCE);
    until_draft(&world, &conversation, "queued");
    world.clock.advance(SEND_DELAY);
    let sent = stream.change("message.sent");
    assert_eq!((&sent["message"]["text"], &sent["actor"]["kind"]), (&json!(ANSWER), &json!("agent")));
    let seen = visitor.messages(&conversation);
    assert_eq!((&seen[1]["author"]["kind"], &seen[1]["text"]), (&json!("ai"), &json!(ANSWER)));

    // A person steps in: the answer that is about to leave stays, and everybody sees who has it.
    visitor.says("And the other one?");
    world.clock.advance(DEBOUNCE);
    until_draft(&world, &conversation, "queued");
    let taken = put_mode(&bo, &conversation, "manual").ok();
    assert_eq!((&taken["mode"], &taken["mode_holder"]["name"]), (&json!("manual"), &json!("Bo")));
    assert_eq!(draft(&world, &conversation).as_deref(), Some("suppressed"));
    let changed = stream.change("conversation.mode_changed");
    assert_eq!(changed["conversation"]["mode_epoch"], taken["mode_epoch"]);
    reply(&bo, &conversation, "Both come tomorrow.").ok_with(201);
    visitor.says("Thank you! One more thing");
    world.clock.advance(DEBOUNCE + SEND_DELAY);

    // Given back, it looks at once at what nobody answered.
    assert_eq!(put_mode(&bo, &conversation, "ai").ok()["mode"], "ai");
    until_draft(&world, &conversation, "queued");
    world.clock.advance(SEND_DELAY);
    until_draft(&world, &conversation, "sent");
    let kinds: Vec<_> = told(&world, &conversation).into_iter().map(|(who, _)| who).collect();
    assert_eq!(kinds, ["ai", "member", "ai"]);

    let mode = world.ann().get(&format!("conversations/{conversation}/mode")).ok();
    let changes = mode["changes"].as_array().expect("changes");
    let told: Vec<_> =
        changes.iter().map(|change| (&change["epoch"], &change["cause"], &change["actor"]["name"])).collect();
    let bo = &json!("Bo");
    assert_eq!(told, [(&json!(2), &json!("release"), bo), (&json!(1), &json!("take_over"), bo)], "INV-21");
    let audit = world.ann().all("audit-events?kind=conversation.mode_changed");
    assert_eq!(audit.len(), 2, "every change of mode stands in the log");
}

#[test]
fn inv_25_a_mode_changes_in_one_conversation_and_only_by_who_may() {
    let world = World::with_agent(Puppet::default());
    let (one, other) = (world.conversation("thinking"), world.conversation("thinking"));
    let before = show(&world.ann(), &other);
    put_mode(&world.vic(), &one, "manual").refused(403, "forbidden");
    put_mode(&world.cleo(), &one, "manual").refused(403, "forbidden");
    put_mode(&world.gus().in_workspace(&world.workspace()), &one, "manual").refused(404, "not_found");
    put_mode(&world.bo(), &one, "nonsense").refused(422, "invalid_field");
    assert_eq!(mode_of(&world, &one), "ai", "what was refused changed nothing");
    put_mode(&world.bo(), &one, "manual").ok();
    let after = show(&world.ann(), &other);
    assert_eq!((&after["mode"], &after["mode_epoch"]), (&before["mode"], &before["mode_epoch"]));
}

#[test]
fn ai_020_without_an_agent_people_answer_and_nothing_can_be_given_to_it() {
    let world = World::new();
    let conversation = world.conversation("Hello");
    let shown = show(&world.bo(), &conversation);
    assert_eq!((&shown["mode"], &shown["ai_answers"]), (&json!("manual"), &json!(false)));
    put_mode(&world.bo(), &conversation, "ai").refused(409, "agent.not_available");
    world.ann().put("agent", json!({ "enabled": true })).refused(409, "agent.not_available");
    assert_eq!(world.database.count("select count(*) from jobs where kind like 'agent.%'"), 0);
}

#[test]
fn ai_002_whoever_may_watches_the_agent_and_switching_it_off_pauses_what_it_had() {
    let puppet = Puppet::default();
    let world = World::with_agent(puppet.clone());
    let (ann, conversation) = (world.ann(), world.conversation("streaming"));
    world.clock.advance(DEBOUNCE);
    until("a first word", || (puppet.waiting() == 1).then_some(()));
    let watched = ann.get("agent").ok();
    assert_eq!((&watched["answers"], &watched["available"]), (&json!(true), &json!(true)));
    assert_eq!(watched["conversations"], json!([{ "mode": "ai", "count": 1 }]));
    assert_eq!(watched["drafts"], json!([{ "state": "streaming", "count": 1 }]));
    world.vic().get("agent").refused(403, "forbidden");

    ann.put("agent", json!({ "enabled": false })).ok();
    until("a paused conversation", || (mode_of(&world, &conversation) == "ai_paused").then_some(()));
    puppet.go_on();
    until_draft(&world, &conversation, "suppressed");
    assert_eq!(mode_of(&world, &world.conversation("Hello")), "manual", "meanwhile people get what is new");
    ann.put("agent", json!({ "enabled": true, "name": "Robin" })).ok();
    until("its conversation back", || (mode_of(&world, &conversation) == "ai").then_some(()));
    until("a second try", || (puppet.waiting() == 1).then_some(()));
    puppet.go_on();
    until_draft(&world, &conversation, "queued");
    world.clock.advance(SEND_DELAY);
    until_draft(&world, &conversation, "sent");
    let page = ann.get(&format!("conversations/{conversation}/messages")).ok();
    assert_eq!(page["items"][1]["author"]["name"], "Robin");
}

#[test]
fn e4_what_a_person_settled_is_not_opened_again_by_an_answer_that_comes_late() {
    let world = World::with_agent(Puppet::default());
    let conversation = world.conversation("Where is my order?");
    world.clock.advance(DEBOUNCE);
    until_draft(&world, &conversation, "queued");
    world.bo().put(&format!("conversations/{conversation}/status"), json!({ "status": "solved" })).ok();
    world.clock.advance(SEND_DELAY);
    until_draft(&world, &conversation, "suppressed");
    let shown = show(&world.bo(), &conversation);
    assert_eq!((&shown["status"], &shown["mode"]), (&json!("solved"), &json!("ai")), "settling keeps the mode");
    assert_eq!(told(&world, &conversation), []);
}

#[test]
fn e4_an_agent_that_cannot_answer_hands_over_once_and_tells_the_customer_and_the_team() {
    let world = World::with_agent(Puppet::default());
    let stream = world.bo().listen();
    let visitor = world.visitor_who(json!({ "locale": "es-MX" }));
    let conversation = visitor.says("escalate");
    world.clock.advance(DEBOUNCE);
    let handed = stream.change("handoff.requested");
    assert_eq!(handed["conversation"]["mode"], "handoff");
    let line = ("system".to_owned(), "Una persona de nuestro equipo seguirá contigo aquí.".to_owned());
    assert_eq!(told(&world, &conversation), [line]);
    assert!(!handed["conversation"]["waiting_since"].is_null(), "the customer still waits for an answer");
    let labels = world.bo().all("labels");
    let escalated = labels.iter().find(|label| label["key"] == "escalated").expect("a ready label");
    until("the label", || {
        let shown = show(&world.bo(), &conversation);
        shown["label_ids"].as_array().expect("labels").contains(&escalated["id"]).then_some(())
    });

    // Nobody does anything: it tries again, cannot again, and the customer is not told twice.
    world.clock.advance(MINUTE * 16);
    until("a second time", || (show(&world.bo(), &conversation)["mode_epoch"] == 3).then_some(()));
    assert_eq!(told(&world, &conversation).len(), 1);

    // One that breaks down every time hands over too.
    let broken = world.conversation("broken");
    for _ in 0..4 {
        world.clock.advance(MINUTE);
        let tried = "select count(*) from jobs where kind = 'agent.answer' and state in ('waiting', 'running')
            and run_at <= ";
        until("its try", || {
            (world.database.count(&format!("{tried}{}", world.clock.now().millis())) == 0).then_some(())
        });
    }
    assert_eq!(mode_of(&world, &broken), "handoff");
}
