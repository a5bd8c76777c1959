//! Why somebody may or may not: the chain of the decision (OWN-1).

use serde_json::{Value, json};

use super::{give_role, key, new_role, nothing};
use crate::support::{Person, World, fresh_id, ran, text_of};

#[track_caller]
fn why(by: &Person, query: &str) -> Value {
    by.get(&format!("authz/explain?{query}")).ok()
}

fn step(told: &Value, step: &str) -> Value {
    let steps = told["steps"].as_array().expect("steps");
    steps.iter().find(|it| it["step"] == step).unwrap_or_else(|| panic!("no step {step} in {told}")).clone()
}

#[test]
fn own_1_the_chain_is_told_step_by_step() {
    let world = World::new();
    let (ann, cleo) = (world.ann(), world.cleo());
    let told = why(&ann, &format!("member_id={}&permission=conversation.reply", cleo.member));
    assert_eq!(
        (&told["allowed"], &told["decided_by"], &told["reach"]),
        (&json!(false), &json!("role"), &json!("none"))
    );
    let steps: Vec<_> = told["steps"].as_array().expect("steps").iter().map(|step| text_of(&step["step"])).collect();
    assert_eq!(steps, ["role", "seat_type", "state", "plan"]);
    assert_eq!(step(&told, "role")["facts"]["role"], json!({ "key": "collaborator", "label": "Collaborator" }));
    assert_eq!(step(&told, "seat_type")["facts"], json!({ "seat_type": "collaborator", "caps": true }));
    assert_eq!(step(&told, "role")["detail"], "The role \"Collaborator\" does not grant it.");
    let told = why(&cleo, "permission=note.create");
    assert_eq!((&told["allowed"], &told["decided_by"], &told["reach"]), (&json!(true), &Value::Null, &json!("any")));
}

#[test]
fn own_1_on_a_thing_it_tells_whose_it_is() {
    let world = World::new();
    let (ann, eve) = (world.ann(), world.member_with_role("agent"));
    let conversation = world.conversation("Hello");
    let on = |by: &Person, permission: &str| {
        why(by, &format!("member_id={}&permission={permission}&resource=conversation:{conversation}", eve.member))
    };
    let told = on(&ann, "conversation.reply");
    assert_eq!((&told["allowed"], &told["decided_by"]), (&json!(false), &json!("relation")));
    assert_eq!(step(&told, "relation")["facts"], json!({ "relation": "assignee", "own": false }));
    eve.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    let told = on(&eve, "conversation.reply");
    assert_eq!((&told["allowed"], &told["reach"]), (&json!(true), &json!("own")));
    // In Bo's hands Eve does not even see it, and neither may she ask about it.
    ann.put(&format!("conversations/{conversation}/assignment"), json!({ "member_id": world.bo().member })).ok();
    let told = on(&ann, "conversation.reply");
    assert_eq!(told["decided_by"], "visibility");
    assert_eq!(on(&ann, "conversation.view")["decided_by"], "relation");
    let own = format!("authz/explain?permission=conversation.reply&resource=conversation:{conversation}");
    eve.get(&own).refused(404, "not_found");
}

#[test]
fn own_1_a_plan_and_a_state_are_told_with_who_looks_after_them() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let asked = format!("member_id={}&permission=conversation.reply", bo.member);
    world.database.run("update workspaces set entitlements = '{\"crm\": false}'");
    let told = why(&ann, &asked);
    assert_eq!(
        (&told["decided_by"], &step(&told, "plan")["facts"]),
        (&json!("plan"), &json!({ "entitlement": "crm" }))
    );
    assert_eq!(told["who_can_change"], json!([{ "member_id": ann.member, "name": "Ann" }]));
    world.database.run("update workspaces set entitlements = '{}', state = 'restricted'");
    assert_eq!(why(&bo, "permission=conversation.reply")["decided_by"], "state");
    let told = why(&ann, "permission=billing.manage");
    assert_eq!(step(&told, "state")["facts"], json!({ "state": "restricted", "caps": false, "kept_by_owner": false }));
}

#[test]
fn own_1_who_can_change_it_is_who_could_touch_the_member() {
    let world = World::new();
    let (ann, bo, ada) = (world.ann(), world.bo(), world.member_with_role("admin"));
    let low = json!({ "label": "Low admin", "base_role_key": "admin", "rank": 20 });
    let low = ann.post("roles", low).ok_with(201);
    let eve = world.member_with_role("agent");
    give_role(&ann, &eve, &key(&low));
    let named = |told: &Value| -> Vec<String> {
        told["who_can_change"].as_array().expect("people").iter().map(|one| text_of(&one["member_id"])).collect()
    };
    assert_eq!(named(&why(&bo, "permission=audit.view")), [ann.member.clone(), ada.member.clone()]);
    assert_eq!(named(&why(&world.vic(), "permission=audit.view")).len(), 3, "Eve stands above a viewer");
    assert_eq!(named(&why(&ann, "permission=workspace.leave")), Vec::<String>::new(), "nobody changes the owner");
}

#[test]
fn own_1_what_is_done_to_members_tells_the_rule_about_them() {
    let world = World::new();
    let (ann, ada) = (world.ann(), world.member_with_role("admin"));
    let told = |by: &Person, permission: &str, to: &Person| {
        why(by, &format!("permission={permission}&resource=member:{}", to.member))["decided_by"].clone()
    };
    assert_eq!(told(&ada, "member.remove", &ann), "owner");
    assert_eq!(told(&ada, "member.change_role", &ada), "self");
    assert_eq!(told(&ada, "member.change_role", &world.bo()), Value::Null);
    assert_eq!(told(&ada, "member.edit", &ada), Value::Null);
    let high = json!({ "label": "High", "base_role_key": "admin", "rank": 99 });
    let high = world.ann().post("roles", high).ok_with(201);
    give_role(&ann, &world.bo(), &key(&high));
    assert_eq!(told(&ada, "member.deactivate", &world.bo()), "rank");
}

#[test]
fn own_1_own_explanations_need_no_right_and_those_of_others_do() {
    let world = World::new();
    let (bo, vic) = (world.bo(), world.vic());
    why(&vic, &format!("member_id={}&permission=note.view", vic.member));
    let others = format!("authz/explain?member_id={}&permission=note.view", bo.member);
    assert_eq!(vic.get(&others).refused(403, "forbidden")["permission"], "role.view");
    world.gus().in_workspace(&bo.workspace).get(&others).refused(404, "not_found");
    let absent = format!("authz/explain?member_id={}&permission=note.view", fresh_id());
    world.ann().get(&absent).refused(404, "not_found");
    for (query, code) in [
        ("permission=no.such", "unknown_permission"),
        ("permission=note.view&resource=note:1", "unknown_kind"),
        ("permission=note.view&resource=conversation:one", "unknown_kind"),
        ("permission=note.view&resource=conversation", "unknown_kind"),
    ] {
        let refusal = bo.get(&format!("authz/explain?{query}")).refused(422, "invalid_field");
        assert_eq!(refusal["errors"][0]["code"], code, "{query}");
    }
    let wrong = format!("authz/explain?permission=note.edit&resource=conversation:{}", world.conversation("Hello"));
    assert_eq!(bo.get(&wrong).refused(422, "invalid_field")["errors"][0]["code"], "does_not_fit");
    let absent = format!("authz/explain?permission=conversation.view&resource=conversation:{}", fresh_id());
    bo.get(&absent).refused(404, "not_found");
}

/// Who may look at roles and not at conversations learns nothing about one by asking how others stand to it.
#[test]
fn t_b1_an_explanation_shows_no_object_that_its_asker_does_not_see() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let mut grants = nothing();
    grants["role.view"] = json!("any");
    let role = new_role(&world, "Role reader", "agent", grants);
    give_role(&ann, &bo, &key(&role));
    let conversation = world.conversation("Hello");
    let customer = text_of(&ann.get(&format!("conversations/{conversation}")).ok()["customer"]["id"]);
    let business = text_of(&ann.all("businesses")[0]["id"]);
    for (permission, resource) in [
        ("conversation.view", format!("conversation:{conversation}")),
        ("customer.view", format!("customer:{customer}")),
        ("business.view", format!("business:{business}")),
        ("member.remove", format!("member:{}", world.vic().member)),
    ] {
        let asked = format!("authz/explain?member_id={}&permission={permission}&resource={resource}", ann.member);
        bo.get(&asked).refused(404, "not_found");
        assert_ne!(why(&ann, &asked["authz/explain?".len()..])["decided_by"], "visibility");
    }
}

#[test]
fn own_1_the_command_line_tells_the_same() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let conversation = world.conversation("Hello");
    let folder = world.database.folder.path().display().to_string();
    let ask = |member: &str, more: &[&str]| {
        let fixed = ["authz", "explain", "--workspace", &ann.workspace, "--member", member];
        let place = ["--database-url", &world.database.url, "--data-dir", &folder];
        ran(&[&fixed[..], more, &place[..]].concat())
    };
    let resource = format!("conversation:{conversation}");
    let (found, told) = ask(&bo.email, &["conversation.reply", "--resource", &resource]);
    assert!(found && told.starts_with("conversation.reply: allowed"), "{told}");
    let (found, told) = ask(&bo.email, &["audit.view"]);
    assert!(found && told.starts_with("audit.view: refused, decided by role"), "{told}");
    assert!(
        told.contains("The role \"Member\" does not grant it.") && told.contains("Who can change it: Ann"),
        "{told}"
    );
    for (member, more) in
        [("gus@example.com", &["audit.view"][..]), (&bo.email, &["no.such"]), ("nobody", &["audit.view"])]
    {
        let (found, told) = ask(member, more);
        assert!(!found, "{told}");
    }
}
