//! One that becomes two, and one again.

use serde_json::{Value, json};

use super::{assign, label, offer, show, status, take_back};
use crate::{
    stories::{inbox::assert_counters, notes::note, notifications::told},
    support::{Person, Reply, Visitor, World, fresh_id, text_of},
};

fn split(person: &Person, conversation: &str, from_seq: i64) -> Reply {
    person.post(&format!("conversations/{conversation}/split"), json!({ "from_seq": from_seq }))
}

fn reply(person: &Person, conversation: &str, text: &str, seen_seq: i64) -> Value {
    let body = json!({ "text": text, "seen_seq": seen_seq });
    person.post(&format!("conversations/{conversation}/messages"), body).ok_with(201)
}

/// What was said, by number.
fn said(person: &Person, conversation: &str) -> Vec<(i64, String)> {
    let page = person.get(&format!("conversations/{conversation}/messages")).ok();
    let items = page["items"].as_array().expect("messages").iter();
    items.map(|one| (one["seq"].as_i64().expect("a number"), text_of(&one["text"]))).collect()
}

/// Which conversation a word is found in.
fn found_in(person: &Person, word: &str) -> Value {
    person.get(&format!("search?q={word}")).ok()["items"][0]["conversation_id"].clone()
}

/// An order, a note of it that calls Ann, an answer; and then something else: an invoice.
fn two_matters(world: &World) -> (Visitor, String) {
    let (ann, bo) = (world.ann(), world.bo());
    let visitor = world.visitor_who(json!({ "name": "Zoë" }));
    let file = visitor.upload("parcel.txt", b"where is it");
    let first = json!({ "client_id": fresh_id(), "text": "Where is my parcel?", "attachments": [file["id"]] });
    let conversation = text_of(&visitor.browser.post("/widget/v1/messages", first).ok()["conversation_id"]);
    let mentions = json!([{ "kind": "member", "id": ann.member }]);
    let asked = json!({ "text": "The courier is on strike", "mentions": mentions });
    bo.post(&format!("conversations/{conversation}/notes"), asked).ok_with(201);
    reply(&bo, &conversation, "It ships today", 1);
    visitor.says("Another thing: my invoice is wrong");
    (visitor, conversation)
}

/// All of a conversation but what only ever rises.
fn whole(person: &Person, conversation: &str) -> Value {
    let mut view = show(person, conversation);
    view["version"] = Value::Null;
    json!([view, person.get(&format!("conversations/{conversation}/messages")).ok()["items"]])
}

#[test]
fn own_10_what_came_before_a_message_goes_into_the_archive_and_comes_back() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let (visitor, conversation) = two_matters(&world);
    let refund = label(&world, "Refund");
    ann.put(&format!("conversations/{conversation}/labels/{refund}"), json!({})).ok();
    assign(&ann, &conversation, &bo).ok();
    ann.put(&format!("conversations/{conversation}/read"), json!({ "seq": 1 })).ok_with(204);
    let draft = json!({ "reply": "Dear", "note": "", "mode": "reply", "version": 0 });
    bo.put(&format!("conversations/{conversation}/draft"), draft).ok();
    let before = [&ann, &bo].map(|person| (whole(person, &conversation), person.get("counters").ok()));
    let file =
        text_of(&ann.get(&format!("conversations/{conversation}/messages")).ok()["items"][0]["attachments"][0]["url"]);
    let (inside, outside) = (bo.listen(), visitor.listen());

    let done = split(&ann, &conversation, 4);
    let way_back = offer(&done);
    let done = done.ok_with(201);
    let earlier = text_of(&done["earlier_id"]);
    let (old, new) = (show(&ann, &earlier), show(&ann, &conversation));
    assert_eq!((&old["status"], &new["status"]), (&json!("archived"), &json!("open")));
    for field in ["assignee", "team", "label_ids", "mode", "customer", "channel"] {
        assert_eq!(old[field], new[field], "{field}");
    }
    let numbers: Vec<_> =
        said(&ann, &earlier).into_iter().chain(said(&ann, &conversation)).map(|(seq, _)| seq).collect();
    assert_eq!((said(&ann, &conversation).len(), numbers), (1, vec![1, 2, 3, 4]), "every message keeps its number");
    assert_eq!((&old["preview"]["text"], &old["last_seq"]), (&json!("It ships today"), &json!(3)));
    assert_eq!((&new["preview"]["text"], &new["last_seq"]), (&json!("Another thing: my invoice is wrong"), &json!(4)));
    assert_eq!((&old["created_at"], &old["waiting_since"]), (&before[0].0[0]["created_at"], &Value::Null));
    assert_eq!((&old["read_seq"], &new["unread_count"]), (&json!(1), &json!(1)));
    for (word, place) in [("parcel", &earlier), ("courier", &earlier), ("invoice", &conversation)] {
        assert_eq!(found_in(&ann, word), json!(place), "{word}");
    }
    assert_eq!(ann.get(&file).text(), "where is it");
    assert_eq!(told(&ann, "note.mentioned")["conversation"]["id"], json!(earlier), "the note is found from its news");
    assert_eq!(bo.get(&format!("conversations/{conversation}/draft")).ok()["reply"], "Dear");
    for (part, listed) in [(&earlier, &conversation), (&conversation, &earlier)] {
        let merges = ann.get(&format!("conversations/{part}/merges")).ok()["items"].clone();
        assert_eq!((&merges[0]["kind"], merges.as_array().map(Vec::len)), (&json!("split"), Some(1)), "{listed}");
        assert_eq!((&merges[0]["source_id"], &merges[0]["target_id"]), (&json!(earlier), &json!(conversation)));
    }
    [&ann, &bo].into_iter().for_each(assert_counters);

    // Open windows hear of both; the customer has the whole, in order, and hears nothing.
    let heard = [inside.change("conversation.split"), inside.change("conversation.split")];
    let [here, there] = heard.map(|frame| text_of(&frame["conversation"]["id"]));
    assert_eq!((&here, &there), (&conversation, &earlier));
    let theirs: Vec<_> = visitor.conversations().iter().rev().map(|one| text_of(&one["id"])).collect();
    assert_eq!(theirs, [earlier.clone(), conversation.clone()]);
    let read: Vec<_> = theirs.iter().flat_map(|one| visitor.messages(one)).map(|one| one["seq"].clone()).collect();
    assert_eq!(read, [1, 3, 4]);
    assert_eq!(visitor.says("Are you there?"), conversation);
    let told = outside.all_until(|frame| frame.data["message"]["text"] == "Are you there?");
    assert!(told.iter().all(|frame| frame.data["kind"] != "conversation.split"), "{told:?}");

    // What arrived since stays, and all the rest is as it was.
    take_back(&ann, &way_back).ok();
    ann.get(&format!("conversations/{earlier}")).refused(404, "not_found");
    let joined = inside.until(|frame| frame.data["kind"] == "conversation.joined" && frame.data["removed"] == true);
    assert_eq!(joined.data["subject"]["id"], json!(earlier));
    assert_eq!(said(&ann, &conversation).len(), 5);
    for field in ["created_at", "waiting_since", "read_seq", "label_ids", "assignee", "last_outbound_seq"] {
        assert_eq!(show(&ann, &conversation)[field], before[0].0[0][field], "{field}");
    }
    assert_eq!(found_in(&ann, "parcel"), json!(conversation));
    assert_eq!(visitor.messages(&conversation).len(), 4);
    assert_eq!(ann.get(&format!("conversations/{conversation}/merges")).ok()["items"], json!([]));
    [&ann, &bo].into_iter().for_each(assert_counters);
    ann.delete(&format!("merges/{}", text_of(&done["id"]))).refused(409, "undo.overtaken");

    // Without anything since, nothing at all is left of it.
    let before = [&ann, &bo].map(|person| (whole(person, &conversation), person.get("counters").ok()));
    let again = split(&ann, &conversation, 5).ok_with(201);
    ann.delete(&format!("merges/{}", text_of(&again["id"]))).ok_with(204);
    let after = [&ann, &bo].map(|person| (whole(person, &conversation), person.get("counters").ok()));
    assert_eq!(after, before);
}

#[test]
fn a_split_that_makes_no_sense_is_refused_and_changes_nothing() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let (visitor, conversation) = two_matters(&world);
    note(&bo, &conversation, "Nobody has answered yet").ok_with(201);
    let before = (whole(&ann, &conversation), world.recorded());
    for seq in [-1, 0, 1, 5, 6, 99] {
        let told = split(&ann, &conversation, seq).refused(422, "invalid_field");
        assert_eq!(told["errors"][0]["pointer"], "/from_seq", "{seq}");
    }
    split(&world.vic(), &conversation, 4).refused(403, "forbidden");
    split(&world.gus().in_workspace(&ann.workspace), &conversation, 4).refused(404, "not_found");
    split(&ann, &fresh_id(), 4).refused(404, "not_found");
    assert_eq!((whole(&ann, &conversation), world.recorded()), before);

    // A hand-over that waits is about what goes on, and may not be left behind.
    let handed = json!({ "to": { "member_id": ann.member }, "note": { "context": "An order", "next": "Call" } });
    bo.post(&format!("conversations/{conversation}/handovers"), handed).ok_with(201);
    visitor.says("Hello?");
    split(&ann, &conversation, 7).refused(409, "split.under_way");
    split(&ann, &conversation, 4).ok_with(201);

    status(&ann, &conversation, "archived").ok();
    split(&ann, &conversation, 7).refused(409, "split.closed");
}

/// INV-24 on the way in: what is delivered again is found where it stands by now.
#[test]
fn a_message_that_is_delivered_again_after_a_split_is_received_once() {
    let world = World::new();
    let (ann, visitor, id) = (world.ann(), world.visitor(), fresh_id());
    let conversation = visitor.sends(&id, "One").expect("an answer");
    visitor.says("Two");
    let earlier = text_of(&split(&ann, &conversation, 2).ok_with(201)["earlier_id"]);
    assert_eq!(visitor.sends(&id, "One"), Some(earlier.clone()));
    assert_eq!(said(&ann, &earlier), [(1, "One".to_owned())]);
    assert_eq!(said(&ann, &conversation), [(2, "Two".to_owned())]);
}

#[test]
fn parts_become_one_again_last_split_first_and_only_untouched() {
    let world = World::new();
    let (ann, bo, visitor) = (world.ann(), world.bo(), world.visitor());
    let conversation = visitor.says("One");
    visitor.says("Two");
    visitor.says("Three");
    let [first, second] = [2, 3].map(|seq| split(&ann, &conversation, seq));
    let ways_back = [offer(&first), offer(&second)];
    let [first, second] = [first, second].map(|done| text_of(&done.ok_with(201)["earlier_id"]));
    assert_eq!(said(&ann, &second), [(2, "Two".to_owned())]);
    take_back(&ann, &ways_back[0]).refused(409, "undo.overtaken");
    take_back(&ann, &ways_back[1]).ok();
    // Somebody begins to work with what was split off.
    note(&bo, &first, "Called them").ok_with(201);
    let before = world.recorded();
    take_back(&ann, &ways_back[0]).refused(409, "undo.overtaken");
    assert_eq!(world.recorded(), before);
    assert_eq!(said(&ann, &conversation).len(), 2);
}
