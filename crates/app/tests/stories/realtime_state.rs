//! Events against fresh fetches: a page that applies every frame to what it holds ends up with what it would fetch.

use std::{collections::BTreeMap, time::Duration};

use serde_json::{Value, json};

use crate::support::{Frame, Person, Stream, Visitor, World, fresh_id, text_of, until};

/// What an open page holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    conversations: BTreeMap<String, Value>,
    messages: BTreeMap<(String, i64), Value>,
    customers: BTreeMap<String, Value>,
    counters: Value,
}

impl Page {
    pub fn fetch(person: &Person) -> Self {
        let mut page = Self {
            conversations: BTreeMap::new(),
            messages: BTreeMap::new(),
            customers: BTreeMap::new(),
            counters: person.get("counters").ok(),
        };
        for status in ["open", "snoozed", "solved", "spam", "archived"] {
            for conversation in person.all(&format!("conversations?status={status}")) {
                page.open_thread(person, &text_of(&conversation["id"]));
                page.conversations.insert(text_of(&conversation["id"]), conversation);
            }
        }
        for customer in person.all("customers") {
            page.take_customer(customer);
        }
        page
    }

    fn open_thread(&mut self, person: &Person, conversation: &str) {
        let thread = person.get(&format!("conversations/{conversation}/messages?limit=100"));
        if thread.status == 404 {
            // Out of sight again already: a later frame says so.
            return;
        }
        for message in thread.ok()["items"].as_array().expect("messages") {
            self.take_message(message.clone());
        }
    }

    /// Brings the page up to date with one frame, by nothing but what the frame holds; a conversation that comes into
    /// sight, or of which one may do and see more or less than before, is opened like any other, and the counters are
    /// asked for when a frame says so.
    pub fn apply(&mut self, person: &Person, frame: &Frame) {
        if frame.event == "notification" {
            // What one is told of has a place of its own.
            return;
        }
        assert_eq!(frame.event, "change", "{frame:?}");
        let change = &frame.data;
        if change["removed"] == true {
            let gone = text_of(&change["subject"]["id"]);
            self.conversations.remove(&gone);
            self.messages.retain(|(conversation, _), _| *conversation != gone);
        }
        if change["conversation"].is_object() {
            let id = text_of(&change["conversation"]["id"]);
            let before = self.conversations.insert(id.clone(), change["conversation"].clone());
            if before.is_none_or(|before| before["can"] != change["conversation"]["can"]) {
                self.open_thread(person, &id);
            }
        }
        if change["message"].is_object() {
            self.take_message(change["message"].clone());
            self.advance_states(text_of(&change["kind"]).as_str(), &change["message"]);
        }
        if change["customer"].is_object() {
            self.take_customer(change["customer"].clone());
        } else if change["subject"]["kind"] == "customer" {
            self.ask_again_beside(person, &change["subject"]["id"]);
        }
        if change["counters_changed"] == true {
            self.counters = person.get("counters").ok();
        }
    }

    /// Holds what a fresh page of the same person fetched.
    #[track_caller]
    pub fn must_be(&self, fresh: &Self, person: &Person, when: &str) {
        let who = &person.name;
        assert_eq!(self.conversations, fresh.conversations, "{when}: conversations of {who}");
        assert_eq!(self.messages, fresh.messages, "{when}: messages of {who}");
        assert_eq!(self.counters, fresh.counters, "{when}: counters of {who}");
        if who != "agent" {
            // Whose contact a customer is, follows from conversations and is no event of the customer.
            assert_eq!(self.customers, fresh.customers, "{when}: customers of {who}");
        }
    }

    /// The page shows the customer beside conversations, but may not open its profile.
    fn ask_again_beside(&mut self, person: &Person, customer: &Value) {
        for (id, conversation) in &mut self.conversations {
            if conversation["customer"]["id"] == *customer {
                *conversation = person.get(&format!("conversations/{id}")).ok();
            }
        }
    }

    fn take_message(&mut self, message: Value) {
        let place = (text_of(&message["conversation_id"]), message["seq"].as_i64().expect("a number"));
        self.messages.insert(place, message);
    }

    /// Marks go up to a message: everything sent before it came as far.
    fn advance_states(&mut self, kind: &str, message: &Value) {
        let Some(state) = kind.strip_prefix("message.").filter(|state| ["delivered", "read"].contains(state)) else {
            return;
        };
        let (conversation, seq) = (text_of(&message["conversation_id"]), message["seq"].as_i64());
        for ((_, at), earlier) in self.messages.iter_mut().filter(|((of, _), _)| *of == conversation) {
            if Some(*at) <= seq && earlier["direction"] == "outbound" && earlier["state"] != "read" {
                earlier["state"] = state.into();
            }
        }
    }

    /// A customer is known beside its conversations too. When it was last there is no event (ruling 9).
    fn take_customer(&mut self, mut customer: Value) {
        customer.as_object_mut().expect("a customer").remove("last_seen_at");
        for conversation in self.conversations.values_mut() {
            let beside = &mut conversation["customer"];
            if beside["id"] == customer["id"] {
                for field in ["display_name", "email"] {
                    beside[field] = customer[field].clone();
                }
                let fields = customer["masked_fields"].as_array().into_iter().flatten();
                beside["masked_fields"] = fields.filter(|field| *field == "email").cloned().collect();
            }
        }
        self.customers.insert(text_of(&customer["id"]), customer);
    }
}

/// What happens, and its doing.
type Action<'a> = (&'a str, Box<dyn Fn() + 'a>);

/// A person with an open page.
struct Onlooker {
    person: Person,
    stream: Stream,
    page: Page,
}

impl Onlooker {
    fn new(person: Person) -> Self {
        let stream = person.listen();
        Self { page: Page::fetch(&person), person, stream }
    }

    /// Applies what the stream says up to the mark and compares with a fresh fetch.
    fn verify(&mut self, action: &str) {
        let is_mark = |frame: &Frame| frame.data["kind"] == "workspace.updated";
        let mut frames = self.stream.all_until(is_mark);
        frames.pop();
        for frame in &frames {
            self.page.apply(&self.person, frame);
        }
        let fresh = Page::fetch(&self.person);
        self.page.must_be(&fresh, &self.person, action);
        self.page = fresh;
    }
}

#[test]
fn a_page_that_applies_the_events_holds_what_a_fresh_one_fetches() {
    let world = World::new();
    let agent = Person { name: "agent".into(), ..world.member_with_role("agent") };
    let (ann, bo) = (world.ann(), world.bo());
    let claim = json!({ "name": "Jane", "email": "jane.doe@example.com" });
    let jane = world.visitor_who(claim.clone());
    let conversation = jane.says("The first, from jane.doe@example.com");
    let people = [ann.clone(), bo.clone(), world.vic(), world.cleo(), agent.clone()];
    let mut onlookers: Vec<Onlooker> = people.into_iter().map(Onlooker::new).collect();

    let at = |what: &str| format!("conversations/{conversation}/{what}");
    let reply = |person: &Person, text: &str| {
        let seen = ann.get(&format!("conversations/{conversation}")).ok()["last_seq"].clone();
        person.post(&at("messages"), json!({ "text": text, "seen_seq": seen })).ok_with(201);
    };
    let assign = |member: &str| drop(ann.put(&at("assignment"), json!({ "member_id": member })).ok());
    let put_status = |status: &str| drop(ann.put(&at("status"), json!({ "status": status })).ok());
    let snooze = |seconds: u64| {
        let moment = world.clock.now().plus(Duration::from_secs(seconds)).to_string();
        ann.put(&at("snooze"), json!({ "until": moment })).ok();
    };
    let status = || text_of(&ann.get(&format!("conversations/{conversation}")).ok()["status"]);
    let customer = text_of(&ann.get(&format!("conversations/{conversation}")).ok()["customer"]["id"]);
    let rename = |change: Value| drop(ann.patch(&format!("customers/{customer}"), change).ok());
    let other: Visitor = world.visitor();

    let actions: Vec<Action<'_>> = vec![
        ("a visitor writes", Box::new(|| drop(jane.says("The second")))),
        ("another visitor begins", Box::new(|| drop(other.says("Somebody else")))),
        ("a member replies", Box::new(|| reply(&bo, "An answer"))),
        ("a member replies again", Box::new(|| reply(&ann, "Another answer"))),
        ("the answers arrive", Box::new(|| drop(jane.messages(&conversation)))),
        (
            "the visitor reads",
            Box::new(|| {
                let path = format!("/widget/v1/conversations/{conversation}/read");
                jane.browser.put(&path, json!({ "seq": 4 })).ok_with(204);
            }),
        ),
        (
            "the visitor sends a file",
            Box::new(|| {
                let file = jane.upload("plan.txt", b"a plan");
                let message = json!({ "client_id": fresh_id(), "text": "", "attachments": [file["id"]] });
                jane.browser.post("/widget/v1/messages", message).ok_with(201);
            }),
        ),
        ("a member claims", Box::new(|| drop(bo.post(&at("claim"), json!({})).ok()))),
        ("the visitor writes to who has it", Box::new(|| drop(jane.says("The third")))),
        ("it goes back into the queue", Box::new(|| drop(bo.delete(&at("assignment")).ok()))),
        ("the agent gets it", Box::new(|| assign(&agent.member))),
        ("the agent replies", Box::new(|| reply(&agent, "From the agent"))),
        ("the agent loses it", Box::new(|| assign(&bo.member))),
        ("it is solved", Box::new(|| put_status("solved"))),
        ("the visitor opens it again", Box::new(|| drop(jane.says("The fourth")))),
        ("the agent gets it back", Box::new(|| assign(&agent.member))),
        ("it is snoozed", Box::new(|| snooze(3600))),
        ("it is taken out of the snooze", Box::new(|| drop(ann.delete(&at("snooze")).ok()))),
        (
            "it is snoozed and wakes",
            Box::new(|| {
                snooze(60);
                world.clock.advance(Duration::from_secs(61));
                until("it is awake", || (status() == "open").then_some(()));
            }),
        ),
        ("the customer is renamed", Box::new(|| rename(json!({ "display_name": "Jane Doe" })))),
        ("the customer gets a number", Box::new(|| rename(json!({ "phone": "+49 170 1234521" })))),
        (
            "the visitor says more of itself",
            Box::new(|| {
                let said = json!({ "visitor_token": other.token, "name": "Otto", "email": "otto@example.com" });
                world.visitor_who(said);
            }),
        ),
        ("it is spam", Box::new(|| put_status("spam"))),
        ("the visitor writes into the spam", Box::new(|| drop(jane.says("The fifth")))),
        ("it is archived", Box::new(|| put_status("archived"))),
        ("the visitor begins anew", Box::new(|| drop(jane.says("A new story")))),
    ];
    for (action, act) in &actions {
        act();
        ann.patch("", json!({ "name": format!("After: {action}") })).ok();
        onlookers.iter_mut().for_each(|onlooker| onlooker.verify(action));
    }
}
