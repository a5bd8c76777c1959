//! RES-018: searches under a name.

use serde_json::{Value, json};

use super::{offer, take_back};
use crate::support::{Person, World, text_of};

fn names(person: &Person) -> Vec<String> {
    let items = person.get("saved-searches").ok()["items"].clone();
    items.as_array().expect("items").iter().map(|item| text_of(&item["name"])).collect()
}

#[test]
fn res_018_a_saved_search_is_ones_own_or_everybodys() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let filter = json!({ "status": "solved", "assignee": "me", "q": "refund" });
    let mine = json!({ "name": "My refunds", "icon": "coins", "filter": filter });
    let mine = bo.post("saved-searches", mine).ok_with(201);
    assert_eq!(mine["filter"], filter);
    assert_eq!((&mine["shared"], &mine["can_edit"]), (&json!(false), &json!(true)));
    let ours = json!({ "name": "Unanswered", "shared": true, "filter": { "unread": true } });
    let ours = bo.post("saved-searches", ours).ok_with(201);
    assert_eq!((names(&bo), names(&ann)), (vec!["My refunds".into(), "Unanswered".into()], vec!["Unanswered".into()]));
    assert_eq!(names(&world.vic()), ["Unanswered"]);

    let path = |search: &Value| format!("saved-searches/{}", text_of(&search["id"]));
    let carl = world.member_with_role("member");
    carl.patch(&path(&ours), json!({ "version": 1, "name": "Mine now" })).refused(403, "forbidden");
    ann.patch(&path(&mine), json!({ "version": 1, "name": "Seen" })).refused(404, "not_found");
    ann.patch(&path(&ours), json!({ "version": 1, "position": 0, "icon": null })).ok();
    bo.patch(&path(&ours), json!({ "version": 1, "name": "Late" })).refused(409, "tool.changed");
    assert_eq!(names(&bo), ["Unanswered", "My refunds"]);

    let way_back = offer(&bo.delete(&path(&mine)));
    assert_eq!(names(&bo), ["Unanswered"]);
    take_back(&bo, &way_back).ok();
    assert_eq!(names(&bo), ["Unanswered", "My refunds"]);
}

#[test]
fn res_018_a_filter_that_is_none_is_refused() {
    let world = World::new();
    let bo = world.bo();
    let before = world.recorded();
    for filter in [json!({ "status": "gone" }), json!({ "sql": "1=1" }), json!({ "assignee": "boss" }), json!("all")] {
        let status = bo.post("saved-searches", json!({ "name": "Odd", "filter": filter })).status;
        assert_eq!(status, 422, "{filter}");
    }
    bo.post("saved-searches", json!({ "name": "\u{7}", "filter": {} })).refused(422, "invalid_field");
    assert_eq!(world.recorded(), before);
    for name in 0..100 {
        bo.post("saved-searches", json!({ "name": format!("Search {name}"), "filter": {} })).ok_with(201);
    }
    bo.post("saved-searches", json!({ "name": "One more", "filter": {} })).refused(422, "tool.too_many");
}
