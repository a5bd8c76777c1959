//! A workspace's own roles.

use serde_json::{Value, json};

use super::{give_role, held, key, new_role, patch_role, role_of};
use crate::support::{World, text_of};

#[test]
fn rol_083_rol_085_a_role_is_made_from_another_and_given_to_people() {
    let world = World::new();
    let (ann, mut bo) = (world.ann(), world.bo());
    let asked = json!({
        "label": "Sales Agent", "description": "Sells.", "base_role_key": "agent",
        "grants": { "campaign.send": "any", "conversation.reply": "any" }
    });
    let role = ann.post("roles", asked).ok_with(201);
    let told = |field: &str| role[field].clone();
    assert_eq!((told("label"), told("description")), (json!("Sales Agent"), json!("Sells.")));
    assert_eq!((told("base"), told("rank"), told("seat_type")), (json!("agent"), json!(40), json!("full")));
    assert_eq!((told("is_builtin"), told("version"), told("members_count")), (json!(false), json!(1), json!(0)));
    assert_eq!((told("assignable"), told("can")), (json!(true), json!({ "role.manage": true })));
    let grants = role["grants"].as_object().expect("grants");
    assert_eq!(grants.len(), 130, "none is left out");
    assert_eq!((&grants["campaign.send"], &grants["audit.view"]), (&json!("any"), &json!("none")));

    give_role(&ann, &bo, &key(&role));
    assert!(held(&mut bo).contains(&"campaign.send".to_owned()));
    assert_eq!(role_of(&ann, &key(&role))["members_count"], 1);
    let stored = format!("members/{}", bo.member);
    assert_eq!(ann.get(&stored).ok()["role"]["label"], "Sales Agent");
    // Inviting somebody to it, too.
    let mut eve = world.join(&ann, "Eve", &key(&role));
    assert!(held(&mut eve).contains(&"campaign.send".to_owned()));
}

#[test]
fn t_b2_built_in_roles_are_changed_and_deleted_by_nobody() {
    let world = World::new();
    let (ann, ada) = (world.ann(), world.member_with_role("admin"));
    for role in ann.all("roles") {
        assert_eq!((&role["is_builtin"], &role["can"]["role.manage"]), (&json!(true), &json!("builtin")));
        let path = format!("roles/{}", key(&role));
        for person in [&ann, &ada] {
            let change = json!({ "version": role["version"], "label": "Mine", "grants": { "audit.view": "any" } });
            person.patch(&path, change).refused(409, "role.builtin");
            person.delete(&path).refused(409, "role.builtin");
        }
        for person in [&world.bo(), &world.vic(), &world.cleo()] {
            person.patch(&path, json!({ "version": 1, "label": "Mine" })).refused(403, "forbidden");
            person.delete(&path).refused(403, "forbidden");
        }
        assert_eq!(role_of(&ann, &key(&role)), role);
    }
}

#[test]
fn inv_12_a_changed_role_holds_at_once_for_everybody_who_has_it() {
    let world = World::new();
    let (ann, bo, eve) = (world.ann(), world.bo(), world.member_with_role("agent"));
    let role = new_role(&world, "Support Lead", "member", json!({}));
    for person in [&bo, &eve] {
        give_role(&ann, person, &key(&role));
    }
    let (stream, before) = (bo.listen(), world.recorded());
    let conversation = world.conversation("Hello");
    let shown =
        patch_role(&ann, &role, json!({ "grants": { "conversation.reply": "none", "audit.view": "any" } })).ok();
    assert_eq!((&shown["version"], &shown["members_count"]), (&json!(2), &json!(2)));
    stream.until(|frame| frame.event == "reset");
    for person in [&bo, &eve] {
        let answer = json!({ "text": "Hi", "seen_seq": 1 });
        let refusal = person.post(&format!("conversations/{conversation}/messages"), answer).refused(403, "forbidden");
        assert_eq!(refusal["decided_by"], "role");
        person.get("audit-events").ok();
    }
    let event = world.database.column("select payload from events where kind = 'role.updated'").remove(0);
    let event: Value = serde_json::from_str(&event).expect("JSON");
    assert_eq!(event["permissions"], json!(["conversation.reply", "audit.view"]));
    let details = world.database.column(
        "select d.details from event_details d join events e on e.workspace_id = d.workspace_id and e.seq = d.seq
         where e.kind = 'role.updated'",
    );
    let details: Value = serde_json::from_str(&details[0]).expect("JSON");
    assert_eq!(details["before"]["grants"], json!({ "conversation.reply": "any", "audit.view": "none" }));
    assert_eq!(details["after"]["grants"], json!({ "conversation.reply": "none", "audit.view": "any" }));
    assert!(world.recorded() > before);
    let before = world.recorded();
    patch_role(&ann, &shown, json!({ "label": "Support Lead", "grants": { "audit.view": "any" } })).ok();
    assert_eq!(world.recorded(), before, "what is so already is no change");
}

#[test]
fn inv_09_who_can_be_given_conversations_no_longer_keeps_none() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let role = new_role(&world, "Helper", "member", json!({}));
    give_role(&ann, &bo, &key(&role));
    let conversation = world.conversation("Hello");
    bo.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    patch_role(&ann, &role, json!({ "grants": { "conversation.be_assigned": "none" } })).ok();
    assert_eq!(ann.get(&format!("conversations/{conversation}")).ok()["assignee"], Value::Null);
}

#[test]
fn two_editors_do_not_overwrite_each_other() {
    let world = World::new();
    let (ann, ada) = (world.ann(), world.member_with_role("admin"));
    let role = new_role(&world, "Helper", "agent", json!({}));
    patch_role(&ada, &role, json!({ "label": "Helping hand" })).ok();
    let refusal = patch_role(&ann, &role, json!({ "label": "Handy" })).refused(409, "role.changed");
    assert_eq!(refusal["version"], 2);
    assert_eq!(role_of(&ann, &key(&role))["label"], "Helping hand");
}

#[test]
fn names_are_one_roles_alone_whatever_their_case() {
    let world = World::new();
    let ann = world.ann();
    let role = new_role(&world, "Helper", "agent", json!({}));
    let taken = |label: &str| {
        let asked = json!({ "label": label, "base_role_key": "agent" });
        let refusal = ann.post("roles", asked).refused(422, "invalid_field");
        assert_eq!(
            refusal["errors"][0],
            json!({
                "pointer": "/label", "code": "label_taken", "detail": "Another one is called so already."
            })
        );
    };
    ["Helper", "HELPER", "viewer", "Admin"].iter().for_each(|label| taken(label));
    patch_role(&ann, &role, json!({ "label": "OWNER" })).refused(422, "invalid_field");
    patch_role(&ann, &role, json!({ "label": "helper" })).ok();
    ann.patch("", json!({ "name": "Acme again" })).ok();
    let gus = world.gus();
    gus.post("roles", json!({ "label": "Helper", "base_role_key": "agent" })).ok_with(201);
}

#[test]
fn what_a_role_cannot_grant_is_refused_at_its_permission() {
    let world = World::new();
    let ann = world.ann();
    let before = world.recorded();
    for (base, grants, code, pointer) in [
        ("agent", json!({ "no.such": "any" }), "unknown_permission", "/grants/no.such"),
        ("agent", json!({ "note.view": "own" }), "bad_reach", "/grants/note.view"),
        ("agent", json!({ "note.view": "masked" }), "bad_reach", "/grants/note.view"),
        ("agent", json!({ "note.view": "always" }), "bad_reach", "/grants/note.view"),
        ("collaborator", json!({ "conversation.reply": "own" }), "beyond_seat", "/grants/conversation.reply"),
        ("nobody", json!({}), "unknown_role", "/base_role_key"),
    ] {
        let asked = json!({ "label": "Helper", "base_role_key": base, "grants": grants });
        let refusal = ann.post("roles", asked).refused(422, "invalid_field");
        assert_eq!((&refusal["errors"][0]["code"], &refusal["errors"][0]["pointer"]), (&json!(code), &json!(pointer)));
    }
    for rank in [0, -1, 101, i64::MAX] {
        let asked = json!({ "label": "Helper", "base_role_key": "agent", "rank": rank });
        let refusal = ann.post("roles", asked).refused(422, "invalid_field");
        assert_eq!(refusal["errors"][0]["code"], "out_of_range");
    }
    assert_eq!(world.recorded(), before);
}

#[test]
fn inv_13_nobody_grants_in_a_role_what_they_do_not_hold() {
    let world = World::new();
    let (ann, ada) = (world.ann(), world.member_with_role("admin"));
    // An admin cannot delete the workspace, and so makes no role that can.
    let asked = json!({ "label": "Eraser", "base_role_key": "agent", "grants": { "workspace.delete": "any" } });
    let refusal = ada.post("roles", asked).refused(403, "role.above_own");
    assert_eq!(refusal["permission"], "workspace.delete");
    ada.post("roles", json!({ "label": "Copy", "base_role_key": "owner" })).refused(403, "role.above_own");
    let high = json!({ "label": "High", "base_role_key": "agent", "rank": 90 });
    ada.post("roles", high).refused(422, "invalid_field");
    let role = ada.post("roles", json!({ "label": "Helper", "base_role_key": "agent" })).ok_with(201);
    let wider = json!({ "grants": { "workspace.delete": "any" } });
    assert_eq!(patch_role(&ada, &role, wider).refused(403, "role.above_own")["permission"], "workspace.delete");
    // What the owner put in stays where an admin changes something else; they can take it away, and not back.
    let role = patch_role(&ann, &role, json!({ "grants": { "workspace.delete": "any" } })).ok();
    let role = patch_role(&ada, &role, json!({ "description": "Helps." })).ok();
    assert_eq!(role["grants"]["workspace.delete"], "any");
    let role = patch_role(&ada, &role, json!({ "grants": { "workspace.delete": "none" } })).ok();
    patch_role(&ada, &role, json!({ "grants": { "workspace.delete": "any" } })).refused(403, "role.above_own");
}

#[test]
fn t_b1_nobody_changes_the_role_they_have_or_one_above_them() {
    let world = World::new();
    let (ann, ada) = (world.ann(), world.member_with_role("admin"));
    let low = ann.post("roles", json!({ "label": "Low admin", "base_role_key": "admin", "rank": 50 })).ok_with(201);
    let high = ann.post("roles", json!({ "label": "High admin", "base_role_key": "admin", "rank": 60 })).ok_with(201);
    give_role(&ann, &ada, &key(&low));
    patch_role(&ada, &low, json!({ "grants": { "audit.view": "none" } })).refused(409, "role.own");
    assert_eq!(role_of(&ada, &key(&low))["can"]["role.manage"], "self");
    patch_role(&ada, &high, json!({ "description": "Mine" })).refused(403, "role.above_own_rank");
    assert_eq!(role_of(&ada, &key(&high))["can"]["role.manage"], "rank");
    ada.delete(&format!("roles/{}", key(&high))).refused(403, "role.above_own_rank");
    let raise = json!({ "rank": 55 });
    let other = ada.post("roles", json!({ "label": "Helper", "base_role_key": "agent" })).ok_with(201);
    patch_role(&ada, &other, raise).refused(422, "invalid_field");
    // Who owns the workspace is above everybody, by whatever rank.
    patch_role(&ann, &high, json!({ "rank": 100 })).ok();
}

#[test]
fn a_role_in_use_is_not_deleted() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let role = new_role(&world, "Helper", "agent", json!({}));
    let path = format!("roles/{}", key(&role));
    give_role(&ann, &bo, &key(&role));
    let invited = json!({ "email": "kim@example.com", "role_key": key(&role) });
    let invitation = text_of(&ann.post("invitations", invited).ok_with(201)["id"]);
    let refusal = ann.delete(&path).refused(409, "role.in_use");
    assert_eq!((&refusal["members"], &refusal["invitations"]), (&json!(1), &json!(1)));
    give_role(&ann, &bo, "agent");
    ann.delete(&path).refused(409, "role.in_use");
    ann.delete(&format!("invitations/{invitation}")).ok();
    ann.delete(&path).ok_with(204);
    ann.delete(&path).refused(404, "not_found");
    assert!(ann.all("roles").iter().all(|role| role["label"] != "Helper"));
    new_role(&world, "Helper", "agent", json!({}));
}

#[test]
fn inv_10_who_left_with_a_role_that_is_gone_is_still_shown() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let role = new_role(&world, "Helper", "agent", json!({}));
    give_role(&ann, &bo, &key(&role));
    ann.delete(&format!("members/{}", bo.member)).ok();
    ann.delete(&format!("roles/{}", key(&role))).ok_with(204);
    assert_eq!(ann.get(&format!("members/{}", bo.member)).ok()["status"], "removed");
    let why = format!("authz/explain?member_id={}&permission=note.view", bo.member);
    assert_eq!(ann.get(&why).ok()["decided_by"], "membership");
}

#[test]
fn the_impact_of_a_draft_is_told_before_anything_is_changed() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let role = new_role(&world, "Helper", "agent", json!({}));
    give_role(&ann, &bo, &key(&role));
    let light = world.join(&ann, "Lee", "agent");
    let seat = json!({ "role_key": key(&role), "seat_type": "collaborator" });
    ann.put(&format!("members/{}/role", light.member), seat).ok();
    let before = world.recorded();
    let impact = |grants: Value| ann.post(&format!("roles/{}/impact", key(&role)), json!({ "grants": grants })).ok();
    let draft = json!({ "audit.view": "any", "conversation.reply": "none", "note.view": "any" });
    let told = impact(draft);
    assert_eq!(told["gains"], json!(["audit.view"]));
    assert_eq!(told["losses"], json!(["conversation.reply"]));
    assert_eq!(told["members_affected"], 2);
    let told = impact(json!({ "conversation.reply": "any" }));
    assert_eq!(told["members_affected"], 1, "a light seat never replies");
    assert_eq!(impact(json!({}))["members_affected"], 0);
    ann.post("roles/nobody/impact", json!({ "grants": {} })).refused(404, "not_found");
    assert_eq!(world.recorded(), before);
    assert_eq!(role_of(&ann, &key(&role))["version"], 1);
}

#[test]
fn the_matrix_tells_why_a_cell_is_locked() {
    let world = World::new();
    let (ann, ada) = (world.ann(), world.member_with_role("admin"));
    let role = new_role(&world, "Helper", "agent", json!({}));
    let light = new_role(&world, "Guest", "collaborator", json!({}));
    let matrix = ada.get("authz/matrix").ok();
    let columns = matrix["roles"].as_array().expect("roles").clone();
    let rows = matrix["permissions"].as_array().expect("rows").clone();
    assert_eq!((columns.len(), rows.len()), (9, 130));
    let cell = |permission: &str, role: &str| {
        let column = columns.iter().position(|column| column["key"] == role).expect("a role");
        let row = rows.iter().find(|row| row["permission"] == permission).expect("a permission");
        row["cells"][column].clone()
    };
    assert_eq!(cell("note.view", "viewer")["locked"], "builtin");
    let reply = cell("conversation.reply", &key(&role));
    assert_eq!(reply, json!({ "reach": "own", "choices": ["none", "any"], "locked": null }));
    assert_eq!(cell("workspace.delete", &key(&role))["locked"], "above_own");
    assert_eq!(cell("conversation.reply", &key(&light))["locked"], "seat_type");
    let matrix = ann.get("authz/matrix").ok();
    let row =
        matrix["permissions"].as_array().expect("rows").iter().find(|row| row["permission"] == "workspace.delete");
    assert_eq!(row.expect("a row")["within"], "any");
    world.bo().get("authz/matrix").refused(403, "forbidden");
}

#[test]
fn the_catalogue_names_every_permission_with_its_group() {
    let world = World::new();
    let items = world.ann().get("permissions").ok()["items"].as_array().expect("items").clone();
    assert_eq!(items.len(), 130);
    let of = |name: &str| items.iter().find(|item| item["name"] == name).expect("a permission").clone();
    let reply = of("conversation.reply");
    assert_eq!((&reply["group"], &reply["relation"]), (&json!("Conversations"), &json!("assignee")));
    assert_eq!((&reply["reaches"], &reply["kind"]), (&json!(["none", "own", "any"]), &json!("action")));
    assert_eq!(of("customer.view_unmasked")["reaches"], json!(["none", "masked", "own", "any"]));
    assert_eq!((&of("role.manage")["owner_equivalent"], &reply["owner_equivalent"]), (&json!(true), &json!(false)));
}

#[test]
fn rol_083_what_is_near_to_owning_takes_a_fresh_proof() {
    let world = World::new();
    let ann = world.ann();
    world.clock.advance(std::time::Duration::from_secs(11 * 60));
    let asked = json!({ "label": "Helper", "base_role_key": "agent" });
    ann.post("roles", asked).refused(403, "session.confirmation_required");
    ann.get("roles").ok();
}
