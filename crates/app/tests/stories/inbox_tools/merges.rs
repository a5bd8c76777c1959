//! Two that become one, and one again.

use serde_json::{Value, json};

use super::{assign, label, offer, show, status, take_back};
use crate::support::{Person, Reply, Visitor, World, text_of};

fn merge(person: &Person, conversation: &str, into: &str) -> Reply {
    person.post(&format!("conversations/{conversation}/merge"), json!({ "into": into }))
}

fn merge_customers(person: &Person, customer: &str, into: &str) -> Reply {
    person.post(&format!("customers/{customer}/merge"), json!({ "into": into }))
}

fn customer_of(person: &Person, conversation: &str) -> String {
    text_of(&show(person, conversation)["customer"]["id"])
}

/// Two conversations of one customer: an older one that was archived, and the living one.
fn two_of_one(world: &World) -> (Visitor, String, String) {
    let visitor = world.visitor_who(json!({ "name": "Zoë" }));
    let older = visitor.says("Hello");
    status(&world.ann(), &older, "archived").ok();
    let newer = visitor.says("Hello again");
    (visitor, older, newer)
}

#[test]
fn conversations_of_one_customer_become_one_and_part_again() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let (_visitor, older, newer) = two_of_one(&world);
    let refund = label(&world, "Refund");
    ann.put(&format!("conversations/{newer}/labels/{refund}"), json!({})).ok();
    let before = [show(&ann, &older), show(&ann, &newer)];

    let merged = merge(&bo, &newer, &older);
    let way_back = offer(&merged);
    let id = text_of(&merged.ok_with(201)["id"]);
    assert_eq!(show(&ann, &newer)["status"], "archived");
    assert_eq!(show(&ann, &older)["label_ids"], json!([refund]));
    let listed = ann.get(&format!("conversations/{older}/merges")).ok()["items"][0].clone();
    assert_eq!((&listed["source_id"], &listed["merged_by"]["id"]), (&json!(newer), &json!(bo.member)));

    // No circle, no second time, no other customer.
    merge(&ann, &older, &newer).refused(409, "merge.cycle");
    merge(&ann, &newer, &older).refused(409, "merge.cycle");
    merge(&ann, &older, &older).refused(409, "merge.cycle");
    let other = world.conversation("Hello");
    merge(&ann, &other, &older).refused(422, "merge.other_customer");
    merge(&world.vic(), &other, &older).refused(403, "forbidden");

    take_back(&bo, &way_back).ok();
    for (id, before) in [&older, &newer].into_iter().zip(&before) {
        let now = show(&ann, id);
        for field in ["status", "label_ids", "waiting_since", "assignee"] {
            assert_eq!(now[field], before[field], "{field}");
        }
    }
    assert_eq!(ann.get(&format!("conversations/{older}/merges")).ok()["items"], json!([]));
    ann.delete(&format!("merges/{id}")).refused(409, "undo.overtaken");
}

#[test]
fn what_went_on_since_stays_when_two_part() {
    let world = World::new();
    let ann = world.ann();
    let (visitor, older, newer) = two_of_one(&world);
    let merged = merge(&ann, &newer, &older);
    let way_back = offer(&merged);
    let id = text_of(&merged.ok_with(201)["id"]);
    let newest = visitor.says("Anybody there?");
    assert!(newest != newer && newest != older);
    // The customer lives elsewhere by now, so nothing comes back exactly.
    take_back(&ann, &way_back).refused(409, "undo.overtaken");
    assert_eq!(ann.get(&format!("conversations/{newer}/merges")).ok()["items"].as_array().map(Vec::len), Some(1));
    ann.delete(&format!("merges/{id}")).ok_with(204);
    assert_eq!(show(&ann, &newer)["status"], "archived");
    assert_eq!(ann.get(&format!("conversations/{newer}/merges")).ok()["items"], json!([]));
    ann.delete(&format!("merges/{}", crate::support::fresh_id())).refused(404, "not_found");
}

#[test]
fn customers_of_one_business_become_one_for_members_and_stay_two_on_their_own_side() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let desk = world.visitor_who(json!({ "name": "Zoë van Dijk" }));
    let phone = world.visitor_who(json!({ "name": "Zoe", "email": "zoe@example.com" }));
    let (at_desk, by_phone) = (desk.says("From my desk"), phone.says("By phone"));
    let (zoe, double) = (customer_of(&ann, &at_desk), customer_of(&ann, &by_phone));
    let refund = label(&world, "Refund");
    ann.put(&format!("customers/{double}/labels/{refund}"), json!({})).ok();
    ann.post(&format!("customers/{double}/notes"), json!({ "text": "Likes blue" })).ok_with(201);
    assign(&ann, &by_phone, &bo).ok();
    let profile = |id: &str| ann.get(&format!("customers/{id}")).ok();
    let before = [profile(&zoe), profile(&double)];

    let merged = merge_customers(&ann, &double, &zoe);
    let way_back = offer(&merged);
    merged.ok_with(201);
    ann.get(&format!("customers/{double}")).refused(404, "not_found");
    let whole = profile(&zoe);
    assert_eq!((&whole["email"], &whole["label_ids"]), (&json!("zoe@example.com"), &json!([refund])));
    assert_eq!(customer_of(&ann, &by_phone), zoe);
    assert_eq!(show(&ann, &by_phone)["customer"]["display_name"], "Zoë van Dijk");
    assert_eq!(ann.all(&format!("customers/{zoe}/conversations")).len(), 2);
    assert_eq!(ann.all(&format!("customers/{zoe}/notes")).len(), 1);
    assert_eq!(ann.all("customers").len(), 1);
    // On the website nobody sees the other's conversation.
    for (visitor, own) in [(&desk, &at_desk), (&phone, &by_phone)] {
        let theirs = visitor.browser.get("/widget/v1/conversations").ok();
        let ids: Vec<_> = theirs["items"].as_array().expect("items").iter().map(|one| one["id"].clone()).collect();
        assert_eq!(ids, [json!(own)]);
    }
    // What is written goes on where it was.
    assert_eq!(phone.says("Still me"), by_phone);
    assert_eq!(customer_of(&ann, &by_phone), zoe);

    merge_customers(&ann, &zoe, &double).refused(409, "merge.cycle");
    merge_customers(&ann, &zoe, &zoe).refused(409, "merge.cycle");
    merge_customers(&ann, &double, &zoe).refused(404, "not_found");
    merge_customers(&world.vic(), &double, &zoe).refused(403, "forbidden");

    take_back(&ann, &way_back).ok();
    for (id, before) in [&zoe, &double].into_iter().zip(&before) {
        let now = profile(id);
        for field in ["display_name", "email", "phone", "label_ids"] {
            assert_eq!(now[field], before[field], "{field}");
        }
    }
    assert_eq!(customer_of(&ann, &by_phone), double);
    assert_eq!(ann.all(&format!("customers/{double}/notes")).len(), 1);
    assert_eq!(ann.all("customers").len(), 2);
    let found = ann.all("customers?q=zoe%40example.com");
    assert_eq!(found.iter().map(|one| one["id"].clone()).collect::<Vec<Value>>(), [json!(double)]);
}

#[test]
fn own_4_who_was_given_a_part_finds_the_whole_and_no_more() {
    let world = World::new();
    let ann = world.ann();
    let grants = json!({ "customer.view": "own", "customer.view_unmasked": "own" });
    let role = json!({ "label": "Own", "base_role_key": "member", "grants": grants });
    let role = text_of(&ann.post("roles", role).ok_with(201)["key"]);
    let sam = world.join(&ann, "Sam", &role);
    let (at_desk, by_phone) = (world.conversation("From my desk"), world.conversation("By phone"));
    let (zoe, double) = (customer_of(&ann, &at_desk), customer_of(&ann, &by_phone));
    merge_customers(&ann, &double, &zoe).ok_with(201);
    sam.get(&format!("customers/{zoe}")).refused(404, "not_found");
    assign(&ann, &by_phone, &sam).ok();
    assert_eq!(sam.get(&format!("customers/{zoe}")).ok()["id"], zoe.as_str());
    assert_eq!(sam.all("customers").len(), 1);
}

/// Two that part again have each their own address: what was written since stays with whom it was written for.
#[test]
fn an_address_written_after_two_became_one_stays_where_it_was_written() {
    let world = World::new();
    let ann = world.ann();
    let (desk, phone) = (world.visitor(), world.visitor_who(json!({ "email": "zoe@example.com" })));
    let [zoe, double] = [desk.says("Hello"), phone.says("Hello")].map(|one| customer_of(&ann, &one));
    let profile = |id: &str| ann.get(&format!("customers/{id}")).ok();
    ann.patch(&format!("customers/{double}"), json!({ "phone": "+31 20 123 4567" })).ok();
    let theirs = profile(&double)["phone"].clone();
    let merged = merge_customers(&ann, &double, &zoe).ok_with(201);
    ann.patch(&format!("customers/{zoe}"), json!({ "email": "other@example.com" })).ok();
    ann.delete(&format!("merges/{}", text_of(&merged["id"]))).ok_with(204);
    let [zoe, double] = [zoe, double].map(|id| profile(&id));
    assert_eq!((&zoe["email"], &zoe["phone"]), (&json!("other@example.com"), &Value::Null));
    assert_eq!((&double["email"], &double["phone"]), (&Value::Null, &theirs));
}
