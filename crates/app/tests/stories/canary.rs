//! INV-19, INV-20, T-B7: a customer's address and number stand everywhere they can stand; who sees customers masked
//! knocks at every door and reads every answer, and finds neither.
//!
//! That nothing of another workspace is told needs no sweep of its own: behind every workspace stands its mirror, and
//! no answer in any story may hold a word of it.

use serde_json::{Value, json};

use super::workspaces::samples;
use crate::{
    house::{Operation, operations},
    support::{Person, Reply, Stream, Visitor, World, fresh_id, text_of},
};

/// What nobody masked may read: parts of an address and of two numbers.
const CANARIES: [&str; 3] = ["pii.canary", "5550117", "5550118"];

struct Scene {
    world: World,
    conversation: String,
    customer: String,
    attachment: String,
    visitor: Visitor,
}

impl Scene {
    fn new() -> Self {
        let world = World::new();
        let ann = world.ann();
        let visitor = world.visitor_who(json!({ "name": "pii.canary@example.com", "email": "pii.canary@example.com" }));
        let file = text_of(&visitor.upload("from-pii.canary@example.com.txt", b"hello")["id"]);
        let conversation = visitor.says("I am pii.canary@example.com, +49 170 5550117");
        let sent = json!({ "client_id": fresh_id(), "text": "My file", "attachments": [file] });
        visitor.browser.post("/widget/v1/messages", sent).ok_with(201);
        let quoted = json!({ "text": "> pii.canary@example.com wrote: 5550117\nIs that you?", "seen_seq": 2 });
        ann.post(&format!("conversations/{conversation}/messages"), quoted).ok_with(201);
        let customer = text_of(&ann.get(&format!("conversations/{conversation}")).ok()["customer"]["id"]);
        // Changed twice, so that before and after stand in the log.
        for phone in ["+49 170 5550117", "+49 170 5550118"] {
            ann.patch(&format!("customers/{customer}"), json!({ "phone": phone })).ok();
        }
        Self { attachment: file, world, conversation, customer, visitor }
    }

    /// Somebody who may do all that Ann could hand out, but sees customers only so far.
    fn everything_but(&self, unmasked: &str) -> Person {
        let ann = self.world.ann();
        let roles = ann.all("roles");
        let admin = roles.iter().find(|role| role["key"] == "admin").expect("a role with nearly everything");
        let mut grants = admin["grants"].clone();
        grants["customer.view_unmasked"] = unmasked.into();
        // Whom the customer is given to may see them.
        grants["conversation.be_assigned"] = "none".into();
        let role = json!({ "label": format!("Blind {unmasked}"), "base_role_key": "admin", "grants": grants });
        let role = text_of(&ann.post("roles", role).ok_with(201)["key"]);
        self.world.join(&ann, &format!("Blind {unmasked}"), &role)
    }

    /// The operation's path, leading to the canary where it can.
    fn path(&self, operation: &Operation) -> String {
        let known = operation
            .path
            .replace("{workspace_id}", &self.world.workspace())
            .replace("{conversation_id}", &self.conversation)
            .replace("{customer_id}", &self.customer)
            .replace("{attachment_id}", &self.attachment)
            .replace("{channel_id}", &self.world.channel);
        if known.contains('{') { crate::house::doors::filled(&self.world, operation) } else { known }
    }
}

fn holds_none(what: &str, text: &str) {
    for canary in CANARIES {
        assert!(!text.contains(canary), "{what} tells {canary}: {text}");
    }
}

fn read(what: &str, reply: &Reply) {
    holds_none(what, &reply.text());
    holds_none(what, &format!("{:?}", reply.headers));
}

/// Every door that only looks, with every filter that takes words.
fn look_everywhere(scene: &Scene, actor: &Person) -> usize {
    let mut answered = 0;
    for operation in operations().into_iter().filter(|each| each.method == "GET" && !each.streams) {
        if operation.admits == "visitor" {
            continue;
        }
        let path = scene.path(&operation);
        let reply = actor.get(&path);
        // What a customer sent is theirs: a file is not rewritten, and its name is looked at where it is listed.
        if operation.name == "attachment_show" {
            continue;
        }
        read(&operation.name, &reply);
        answered += usize::from(reply.status == 200);
        if matches!(operation.name.as_str(), "conversations_list" | "customers_list" | "search_query") {
            for q in ["pii.canary", "pii", "canary@example.com", "5550117", "file", "you"] {
                read(&operation.name, &actor.get(&format!("{path}?q={q}")));
            }
        }
    }
    answered
}

/// Every door that changes something, as the actor.
fn touch_everything(scene: &Scene, actor: &Person) -> usize {
    let mut done = 0;
    for operation in operations().into_iter().filter(|each| each.method != "GET" && each.admits == "member") {
        // One's own way out comes last, by nobody's wish.
        if operation.name == "workspace_leave" {
            continue;
        }
        let ready = samples::ready(&scene.world, &operation);
        let at_the_canary = scene.path(&operation);
        for path in [&ready.path, &at_the_canary] {
            let reply = actor.browser.send(&ready.method, path, ready.body.clone());
            read(&operation.name, &reply);
            done += usize::from(reply.status < 300);
        }
    }
    done
}

/// What a stream told up to a mark.
fn told(scene: &Scene, stream: &Stream) -> String {
    scene.world.ann().patch("", json!({ "name": format!("Acme {}", fresh_id()) })).ok();
    let frames = stream.all_until(|frame| frame.data["kind"] == "workspace.updated");
    json!(frames.iter().map(|frame| &frame.data).collect::<Vec<_>>()).to_string()
}

#[test]
fn inv_19_inv_20_t_b7_no_door_and_no_stream_tells_a_masked_reader_an_address_or_a_number() {
    for unmasked in ["masked", "none", "own"] {
        let scene = Scene::new();
        let ann = scene.world.ann();
        let shown = ann.get(&format!("conversations/{}/messages", scene.conversation)).text();
        assert!(shown.contains("pii.canary") && shown.contains("5550117"), "it is there to be seen: {shown}");
        let actor = scene.everything_but(unmasked);
        let stream = actor.listen();
        assert!(look_everywhere(&scene, &actor) > 15);
        scene.visitor.says("Once more: pii.canary@example.com");
        holds_none("the stream", &told(&scene, &stream));
        drop(stream);
        assert!(touch_everything(&scene, &actor) > 15);
        look_everywhere(&scene, &actor);
        for mail in scene.world.mails().iter().filter(|mail| mail.to_lowercase().contains(&actor.email)) {
            holds_none("a mail", mail);
        }
    }
}

#[test]
fn t_b7_twenty_questions_about_an_address_gain_a_masked_reader_nothing() {
    let scene = Scene::new();
    let actor = scene.everything_but("masked");
    let answers = |q: &str| -> Vec<Value> {
        ["conversations", "customers", "search"].map(|list| actor.get(&format!("{list}?q={q}")).ok()).to_vec()
    };
    let nothing = answers("zzzzqqqq");
    // The first letter, the country and the last two digits are told by the mask itself.
    for right in ["pi", "pii", "pii.c", "pii.canary", "pii.canary@example.com", "170", "49170", "555", "5550118"] {
        let answer = answers(right);
        assert_eq!(answer[0], nothing[0], "{right}: conversations");
        assert_eq!(answer[1], nothing[1], "{right}: customers");
        assert_eq!(answer[2], nothing[2], "{right}: search");
    }
    for list in ["conversations", "customers"] {
        for parameter in ["sort=email", "email=pii.canary@example.com", "phone=5550118", "order=phone"] {
            let status = actor.get(&format!("{list}?{parameter}")).status;
            assert_eq!(status, 422, "{list}?{parameter} is no filter");
        }
    }
}
