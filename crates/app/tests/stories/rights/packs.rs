//! Switching a workspace to another policy pack (OWN-14).

use serde_json::{Value, json};

use super::{can, give_role, held, key, new_role, patch_role, role_of};
use crate::{
    stories::{members::on_pack, workspaces::samples::literal},
    support::{Person, World, fresh_id, text_of},
};

const PACKS: [&str; 6] = ["interlinked", "linkai", "kustomer", "aisoule", "askusers", "default"];

#[track_caller]
fn switch(by: &Person, pack: &str) -> Value {
    by.put("policy-pack", json!({ "pack": pack })).ok()
}

#[track_caller]
fn preview(by: &Person, wanted: Value) -> Value {
    by.post("policy-pack/preview", wanted).ok()
}

fn moved(switch: &Value, member: &Person) -> Value {
    let members = switch["members"].as_array().expect("members").iter();
    let mut of = members.filter(|moved| moved["member_id"] == member.member.as_str());
    of.next().unwrap_or_else(|| panic!("{} is not in {switch}", member.name)).clone()
}

/// One member for each role of the default pack, and one with a role of the workspace's own.
fn a_team(world: &World) -> Vec<Person> {
    let own = new_role(world, "Helper", "agent", json!({ "audit.view": "any" }));
    let mut team = vec![world.ann(), world.bo(), world.vic(), world.cleo()];
    team.extend(["admin", "supervisor", "agent"].map(|role| world.member_with_role(role)));
    let helper = world.member_with_role("agent");
    give_role(&world.ann(), &helper, &key(&own));
    team.push(helper);
    team
}

/// Who has which role on which seat.
fn roles(by: &Person) -> Vec<(Value, Value, Value)> {
    let members = by.all("members").into_iter();
    members.map(|member| (member["id"].clone(), member["role"]["key"].clone(), member["seat_type"].clone())).collect()
}

#[test]
fn own_14_a_workspace_goes_through_all_packs_and_comes_back_with_the_same_rights() {
    let world = World::new();
    let (ann, mut team) = (world.ann(), a_team(&world));
    let invited = json!({ "email": format!("{}@example.com", fresh_id()), "role_key": "agent" });
    ann.post("invitations", invited).ok_with(201);
    let before: Vec<_> = team.iter_mut().map(can).collect();
    let roles_before = roles(&ann);
    for pack in PACKS {
        // Her session may have another token since the last switch.
        let ann = team[0].clone();
        let told = preview(&ann, json!({ "pack": pack }));
        let had: Vec<_> = team.iter_mut().map(can).collect();
        assert_eq!(switch(&ann, pack)["id"], pack);
        assert_eq!(ann.get("policy-pack").ok()["id"], pack);
        for (person, had) in team.iter_mut().zip(&had) {
            as_told(&moved(&told, person), had, &can(person));
        }
        let ann = &team[0];
        let owners = ann.all("members").into_iter().filter(|member| member["is_owner"] == true).count();
        assert_eq!(owners, 1, "INV-02");
        let known: Vec<_> = ann.all("roles").iter().map(key).collect();
        let open = format!(
            "select role_key from invitations where status = 'pending' and workspace_id = {}",
            literal(&ann.workspace)
        );
        let open = world.database.column(&open);
        assert!(open.iter().all(|role| known.contains(role)), "{open:?} in {pack}");
    }
    assert_eq!(roles(&team[0]), roles_before);
    for (person, before) in team.iter_mut().zip(&before) {
        assert_eq!(can(person), *before, "{}", person.name);
    }
    let switches = world.database.count("select count(*) from events where kind = 'policy_pack.switched'");
    let audited =
        world.database.count("select count(*) from events where kind = 'member.role_changed' and parent_seq is null");
    // Bo's role and the helper's were given by hand; the mirror has each too.
    assert!(switches >= 6 && audited <= 2, "{switches} switches, {audited} changes of their own");
}

/// What is held now and was not before was told as a gain, and what is lost as a loss; whatever else was told reaches
/// further or less.
#[track_caller]
fn as_told(told: &Value, before: &Value, after: &Value) {
    let list = |field: &str| told[field].as_array().expect("names").clone();
    for name in before.as_object().expect("abilities").keys() {
        let (had, has) = (before[name] == true, after[name] == true);
        let (gained, lost) = (list("gains").contains(&json!(name)), list("losses").contains(&json!(name)));
        assert!(if gained { has } else { had || !has }, "{name}: {told}");
        assert!(if lost { had } else { has || !had }, "{name}: {told}");
    }
}

#[test]
fn own_14_the_preview_tells_what_everybody_gains_and_loses_and_changes_nothing() {
    let world = World::new();
    let (ann, bo, vic) = (world.ann(), world.bo(), world.vic());
    let before = world.recorded();
    let told = preview(&ann, json!({ "pack": "askusers" }));
    assert_eq!(world.recorded(), before);
    assert_eq!(told["role_map"]["viewer"], "viewer");
    let of_vic = moved(&told, &vic);
    assert_eq!(of_vic["from_role"], json!({ "key": "viewer", "label": "Viewer" }));
    assert!(moved(&told, &bo)["losses"].as_array().is_some_and(|losses| !losses.is_empty()), "{told}");
    let policies = told["policies_changed"].as_array().expect("policies");
    assert!(policies.iter().any(|change| change["policy"] == "seat_billing"), "{policies:?}");
    // Something else than proposed.
    let told = preview(&ann, json!({ "pack": "askusers", "role_map": { "member": "viewer" } }));
    assert_eq!(moved(&told, &bo)["to_role"]["key"], "viewer");
    for (from, to) in [("owner", "admin"), ("member", "owner"), ("member", "king"), ("king", "member")] {
        let wanted = json!({ "pack": "askusers", "role_map": { from: to } });
        let refusal = ann.post("policy-pack/preview", wanted.clone()).refused(422, "invalid_field");
        assert_eq!(refusal["errors"][0]["pointer"], format!("/role_map/{from}"));
        ann.put("policy-pack", wanted).refused(422, "invalid_field");
    }
    ann.post("policy-pack/preview", json!({ "pack": "nobody's" })).refused(422, "invalid_field");
    ann.post("policy-pack/preview", json!({ "pack": "askusers", "version": 99 })).refused(422, "invalid_field");
    bo.post("policy-pack/preview", json!({ "pack": "askusers" })).refused(403, "forbidden");
    assert_eq!(ann.get("policy-pack").ok()["id"], "default");
}

#[test]
fn own_14_what_was_chosen_holds_for_everybody_who_has_the_role_and_the_rest_finds_back() {
    let world = World::new();
    let (ann, mut bo, mut sue) = (world.ann(), world.bo(), world.member_with_role("supervisor"));
    switch(&ann, "interlinked");
    assert_eq!(can(&mut bo), can(&mut sue), "one role for both");
    // Somebody gives another role meanwhile: then that counts.
    switch(&ann, "linkai");
    give_role(&ann, &sue, "viewer");
    switch(&ann, "default");
    let roles = roles(&ann);
    let of = |person: &Person| {
        roles.iter().find(|(id, ..)| *id == person.member.as_str()).map(|(_, role, _)| text_of(role)).expect("a role")
    };
    assert_eq!((of(&bo), of(&sue)), ("member".into(), "viewer".into()));
    // Choosing overrides where everybody was.
    switch(&ann, "linkai");
    let chosen = json!({ "pack": "default", "role_map": { "member": "viewer" } });
    ann.put("policy-pack", chosen).ok();
    assert_eq!(ann.get(&format!("members/{}", bo.member)).ok()["role"]["key"], "viewer");
}

#[test]
fn inv_12_inv_09_a_switch_holds_at_once_and_releases_what_nobody_may_hold() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = world.conversation("Hello");
    bo.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    let stream = bo.listen();
    let before = world.database.count("select count(*) from events where parent_seq is null");
    ann.put("policy-pack", json!({ "pack": "askusers", "role_map": { "member": "viewer" } })).ok();
    assert_eq!(world.database.count("select count(*) from events where parent_seq is null") - before, 2, "its mirror");
    stream.until(|frame| frame.event == "reset");
    assert_eq!(ann.get(&format!("conversations/{conversation}")).ok()["assignee"], Value::Null);
    let before = world.recorded();
    switch(&ann, "askusers");
    assert_eq!(world.recorded(), before, "the pack it stands on is no change");
}

#[test]
fn inv_13_who_switches_raises_neither_themselves_nor_others_above_themselves() {
    let world = World::new();
    let (ann, ada) = (world.ann(), world.member_with_role("admin"));
    // In Link AI an admin could not delete the workspace either, but in AIsoule every admin can.
    let refusal = ada.put("policy-pack", json!({ "pack": "aisoule", "role_map": { "admin": "admin" } }));
    refusal.refused(403, "policy_pack.raises_self");
    // A role that manages roles and nothing else: whatever pack, somebody would gain what it does not hold.
    let only = super::nothing();
    let grants = {
        let mut grants = only;
        grants["role.manage"] = json!("any");
        grants["role.view"] = json!("any");
        grants
    };
    let asked = json!({ "label": "Role keeper", "base_role_key": "agent", "rank": 90, "grants": grants });
    let keeper = ann.post("roles", asked).ok_with(201);
    give_role(&ann, &ada, &key(&keeper));
    for pack in PACKS.into_iter().filter(|pack| *pack != "default") {
        let up = ada.put("policy-pack", json!({ "pack": pack }));
        assert_eq!(up.status, 403, "{pack}: {}", up.text());
    }
    assert_eq!(ann.get("policy-pack").ok()["id"], "default");
}

#[test]
fn own_roles_stay_and_stand_no_higher_than_what_the_new_pack_hands_out() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let asked = json!({ "label": "Deputy", "base_role_key": "admin", "rank": 99 });
    let deputy = ann.post("roles", asked).ok_with(201);
    give_role(&ann, &bo, &key(&deputy));
    let told = preview(&ann, json!({ "pack": "interlinked" }));
    let role = json!({ "key": deputy["key"], "label": "Deputy" });
    assert_eq!(told["ranks_lowered"], json!([{ "role": role, "from": 99, "to": 40 }]));
    assert_eq!(moved(&told, &bo)["to_role"], role);
    switch(&ann, "interlinked");
    let shown = role_of(&ann, &key(&deputy));
    assert_eq!((&shown["rank"], &shown["members_count"], &shown["base"]), (&json!(40), &json!(1), &Value::Null));
    let named = json!({ "version": shown["version"], "label": "Full-time User" });
    ann.patch(&format!("roles/{}", key(&deputy)), named).ok();
    let refusal = ann.put("policy-pack", json!({ "pack": "kustomer" })).refused(409, "policy_pack.label_taken");
    assert_eq!(refusal["label"], "Full-time User");
}

/// ROL-083…ROL-096: own roles are put together from the pack's ten switches.
#[test]
fn rol_086_rol_096_each_switch_gives_its_permissions_and_no_others() {
    let world = World::new();
    let ann = on_pack(&world.ann(), "aisoule");
    let toggles = ann.get("policy-pack").ok()["toggles"].as_object().expect("toggles").clone();
    let switches = [
        "analytics.read",
        "campaigns.read",
        "campaigns.write",
        "contacts.delete",
        "contacts.read",
        "contacts.write",
        "settings.read",
        "settings.write",
        "templates.read",
        "templates.write",
    ];
    assert!(toggles.keys().eq(switches), "{toggles:?}");
    let made = json!({ "label": "Sales Lead", "base_role_key": "custom" });
    let mut role = ann.post("roles", made).ok_with(201);
    let mut kim = world.join(&ann, "Kim", &key(&role));
    let base: Vec<_> = held(&mut kim);
    for (switch, permissions) in &toggles {
        let turned = |reach: &str| -> Value {
            let permissions = permissions.as_array().expect("permissions").iter();
            json!({ "grants": permissions.map(|name| (text_of(name), json!(reach))).collect::<Value>() })
        };
        role = patch_role(&ann, &role, turned("any")).ok();
        let given: Vec<_> = held(&mut kim).into_iter().filter(|name| !base.contains(name)).map(Value::from).collect();
        let mut expected = permissions.as_array().expect("permissions").clone();
        expected.retain(|name| !base.contains(&text_of(name)));
        expected.sort_by_key(text_of);
        assert_eq!(given, expected, "{switch}");
        role = patch_role(&ann, &role, turned("none")).ok();
    }
}

#[test]
fn a_pack_shows_its_policies_labels_and_switches() {
    let world = World::new();
    let shown = world.ann().get("policy-pack").ok();
    assert_eq!((&shown["id"], &shown["version"], &shown["toggles"]), (&json!("default"), &json!(1), &json!({})));
    assert_eq!(shown["policies"]["grant_ceiling"], "at_or_below_self");
    assert_eq!(shown["ready_labels"].as_array().expect("labels").len(), 5);
    assert!(shown["notifications"]["member.joined"].is_array());
    assert_eq!(switch(&world.ann(), "aisoule")["toggles"].as_object().expect("toggles").len(), 10);
    world.bo().get("policy-pack").refused(403, "forbidden");
}
