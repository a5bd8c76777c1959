//! Permission sets of a workspace's own. They count where the pack's roles may hold them, as Kustomer's do.

use serde_json::{Value, json};

use super::{can, give_role, give_sets, held, key};
use crate::{
    stories::members::on_pack,
    support::{Person, Reply, World, fresh_id, text_of},
};

#[track_caller]
fn new_set(by: &Person, label: &str, grants: Value) -> Value {
    by.post("permission-sets", json!({ "label": label, "grants": grants })).ok_with(201)
}

fn path(set: &Value) -> String {
    format!("permission-sets/{}", text_of(&set["id"]))
}

#[track_caller]
fn patch_set(by: &Person, set: &Value, change: Value) -> Reply {
    let mut change = change;
    change["version"] = set["version"].clone();
    by.patch(&path(set), change)
}

#[test]
fn rol_073_a_set_adds_to_the_roles_of_those_who_have_it_and_changes_for_all_at_once() {
    let world = World::new();
    let ann = on_pack(&world.ann(), "kustomer");
    let kim = world.join(&ann, "Kim", "full_time");
    let set = new_set(&ann, "Reports", json!({ "audit.view": "any" }));
    assert_eq!((&set["version"], &set["holders_count"]), (&json!(1), &json!(0)));
    assert_eq!(set["can"], json!({ "role.manage": true }));
    assert_eq!(set["grants"].as_object().expect("grants").len(), 130);
    give_sets(&ann, &kim, &[&text_of(&set["id"])]).ok();
    kim.get("audit-events").ok();
    let stream = kim.listen();
    let set = patch_set(&ann, &set, json!({ "grants": { "audit.view": "none", "member.remove": "any" } })).ok();
    assert_eq!((&set["version"], &set["holders_count"]), (&json!(2), &json!(1)));
    stream.until(|frame| frame.event == "reset");
    kim.get("audit-events").refused(403, "forbidden");
    kim.get("access-review").ok();
    let event = world.database.column("select payload from events where kind = 'permission_set.updated'").remove(0);
    let event: Value = serde_json::from_str(&event).expect("JSON");
    assert_eq!(event["permissions"], json!(["member.remove", "audit.view"]));
    patch_set(&ann, &json!({ "id": set["id"], "version": 1 }), json!({})).refused(409, "permission_set.changed");
}

#[test]
fn a_deleted_set_is_taken_from_everybody_who_has_it() {
    let world = World::new();
    let ann = on_pack(&world.ann(), "kustomer");
    let (kim, lou) = (world.join(&ann, "Kim", "full_time"), world.join(&ann, "Lou", "full_time"));
    let (set, other) = (
        new_set(&ann, "Reports", json!({ "audit.view": "any" })),
        new_set(&ann, "Reviews", json!({ "member.remove": "any" })),
    );
    let (id, kept) = (text_of(&set["id"]), text_of(&other["id"]));
    for person in [&kim, &lou] {
        give_sets(&ann, person, &[&id, &kept]).ok();
    }
    assert_eq!(ann.delete(&path(&set)).ok(), json!({ "holders": 2 }));
    ann.delete(&path(&set)).refused(404, "not_found");
    for person in [&kim, &lou] {
        person.get("audit-events").refused(403, "forbidden");
        person.get("access-review").ok();
        let sets = ann.get(&format!("members/{}", person.member)).ok()["permission_sets"].clone();
        assert_eq!(sets, json!([{ "id": kept, "label": "Reviews" }]));
    }
}

#[test]
fn inv_13_nobody_puts_into_a_set_what_they_do_not_hold() {
    let world = World::new();
    let ann = on_pack(&world.ann(), "kustomer");
    let ada = world.join(&ann, "Ada", "administrator");
    let grants = json!({ "workspace.delete": "any" });
    let asked = json!({ "label": "Eraser", "grants": grants });
    assert_eq!(ada.post("permission-sets", asked).refused(403, "role.above_own")["permission"], "workspace.delete");
    let set = new_set(&ada, "Reports", json!({ "audit.view": "any" }));
    patch_set(&ada, &set, json!({ "grants": grants })).refused(403, "role.above_own");
    let set = patch_set(&ann, &set, json!({ "grants": grants })).ok();
    patch_set(&ada, &set, json!({ "label": "Reports and more" })).ok();
}

#[test]
fn t_b1_nobody_changes_a_set_they_have_or_somebody_above_them_has() {
    let world = World::new();
    let ann = on_pack(&world.ann(), "kustomer");
    let ada = world.join(&ann, "Ada", "administrator");
    let low = ann.post("roles", json!({ "label": "Low", "base_role_key": "administrator", "rank": 50 })).ok_with(201);
    let bea = world.join(&ann, "Bea", &key(&low));
    let set = new_set(&ann, "Reports", json!({ "audit.view": "any" }));
    let id = text_of(&set["id"]);
    give_sets(&ann, &ada, &[&id]).ok();
    patch_set(&ada, &set, json!({ "label": "Mine" })).refused(409, "permission_set.own");
    ada.delete(&path(&set)).refused(409, "permission_set.own");
    patch_set(&bea, &set, json!({ "label": "Hers" })).refused(403, "permission_set.above_own_rank");
    bea.delete(&path(&set)).refused(403, "permission_set.above_own_rank");
    let shown = |by: &Person| by.all("permission-sets").remove(0)["can"]["role.manage"].clone();
    assert_eq!([shown(&ann), shown(&ada), shown(&bea)], [json!(true), json!("self"), json!("rank")]);
    patch_set(&ann, &set, json!({ "label": "Everybody's" })).ok();
}

#[test]
fn inv_18_a_set_means_nothing_on_a_seat_that_holds_none() {
    let world = World::new();
    let ann = on_pack(&world.ann(), "kustomer");
    let mut kim = world.join(&ann, "Kim", "full_time");
    let set = new_set(&ann, "Reports", json!({ "audit.view": "any" }));
    give_sets(&ann, &kim, &[&text_of(&set["id"])]).ok();
    assert!(held(&mut kim).contains(&"audit.view".to_owned()));
    // A role of which the editor takes away that its holders may have sets.
    let role = ann.post("roles", json!({ "label": "Plain", "base_role_key": "full_time" })).ok_with(201);
    give_role(&ann, &kim, &key(&role));
    assert_eq!(can(&mut kim)["audit.view"], true);
    let none = json!({ "version": 1, "grants": { "seat.extra_permission_sets": "none" } });
    ann.patch(&format!("roles/{}", key(&role)), none).ok();
    assert_eq!(can(&mut kim)["audit.view"], "role");
    let why = kim.get("authz/explain?permission=audit.view").ok();
    let step = why["steps"].as_array().expect("steps").iter().find(|step| step["step"] == "permission_sets");
    assert_eq!(step.expect("the sets")["facts"], json!({ "adding": ["Reports"], "count": false }));
}

#[test]
fn sets_are_named_and_granted_as_they_can_be() {
    let world = World::new();
    let ann = world.ann();
    let set = new_set(&ann, "Reports", json!({}));
    for (asked, code) in [
        (json!({ "label": "REPORTS" }), "label_taken"),
        (json!({ "label": "More", "grants": { "no.such": "any" } }), "unknown_permission"),
        (json!({ "label": "More", "grants": { "note.view": "masked" } }), "bad_reach"),
    ] {
        let refusal = ann.post("permission-sets", asked).refused(422, "invalid_field");
        assert_eq!(refusal["errors"][0]["code"], code);
    }
    patch_set(&ann, &set, json!({ "label": "reports" })).ok();
    ann.patch(&format!("permission-sets/{}", fresh_id()), json!({ "version": 1 })).refused(404, "not_found");
    world.bo().get("permission-sets").refused(403, "forbidden");
    world.gus().in_workspace(&ann.workspace).get("permission-sets").refused(404, "not_found");
}
