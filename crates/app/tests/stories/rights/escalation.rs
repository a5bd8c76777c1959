//! T-B1: whoever holds one permission reaches no other by it, whatever they try.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tenancy::{Permission, Reach};

use super::{give_role, held, key, nothing, patch_role};
use crate::support::{Person, World, fresh_id, text_of};

/// Somebody with a role of one permission, in a workspace with a colleague below and one beside them.
struct Scene {
    world: World,
    /// The role, as it stands now.
    role: Value,
    mal: Person,
}

/// What was to be reached: more than anything that one permission could mean.
const MORE: [Permission; 4] =
    [Permission::AuditView, Permission::RoleManage, Permission::MemberRemove, Permission::WorkspaceDelete];

impl Scene {
    fn new() -> Self {
        let world = World::new();
        let ann = world.ann();
        let asked = json!({ "label": "One thing", "base_role_key": "agent", "grants": nothing() });
        let role = ann.post("roles", asked).ok_with(201);
        let mal = world.member_with_role("agent");
        give_role(&ann, &mal, &key(&role));
        Self { world, role, mal }
    }

    /// The role grants this permission and no other from now on.
    fn grants(&mut self, permission: Permission) {
        let mut grants = nothing();
        grants[permission.name()] = json!("any");
        self.role = patch_role(&self.world.ann(), &self.role, json!({ "grants": grants })).ok();
    }

    /// Every way by which rights are given, made, borrowed or taken over.
    fn attempts(&self) -> Vec<(&'static str, String, Value)> {
        let (mal, vic, bo) = (&self.mal, self.world.vic(), self.world.bo());
        let mut attempts = Vec::new();
        let mut more = json!({});
        MORE.iter().for_each(|permission| more[permission.name()] = json!("any"));
        let mut post = |path: &str, body: Value| attempts.push(("POST", path.to_owned(), body));
        for base in ["owner", "admin", "viewer", &key(&self.role)] {
            for grants in [json!({}), more.clone()] {
                post("roles", json!({ "label": fresh_id(), "base_role_key": base, "grants": grants }));
            }
        }
        post("permission-sets", json!({ "label": fresh_id(), "grants": more }));
        for (role, seat) in [("owner", "full"), ("admin", "full"), ("viewer", "full"), ("collaborator", "collaborator")]
        {
            let email = format!("{}@example.com", fresh_id());
            post("invitations", json!({ "email": email, "role_key": role, "seat_type": seat }));
            let made =
                json!({ "name": "Mel", "email": email, "role_key": role, "seat_type": seat, "with": "password" });
            post("members", made);
        }
        for kind in ["personal", "workspace"] {
            let scopes = MORE.map(Permission::name);
            post("api-keys", json!({ "name": "Key", "kind": kind, "scopes": scopes }));
            post("api-keys", json!({ "name": "Key", "kind": kind, "scopes": ["conversation.view"] }));
        }
        post("ownership-transfers", json!({ "to_member_id": mal.member, "workspace_name": "Acme" }));
        let mut put = |path: String, body: Value| attempts.push(("PUT", path, body));
        for member in [mal, &vic, &bo] {
            for role in ["owner", "admin", "supervisor"] {
                put(format!("members/{}/role", member.member), json!({ "role_key": role }));
            }
        }
        for pack in ["interlinked", "linkai", "kustomer", "aisoule", "askusers"] {
            put("policy-pack".into(), json!({ "pack": pack }));
        }
        let own = format!("roles/{}", key(&self.role));
        attempts.push(("PATCH", own, json!({ "version": self.role["version"], "grants": more, "rank": 99 })));
        attempts.push(("PATCH", "roles/viewer".into(), json!({ "version": 1, "grants": more })));
        attempts
    }
}

fn send(by: &Person, (method, path, body): &(&str, String, Value)) -> crate::support::Reply {
    by.browser.send(method, &format!("/api/v1/workspaces/{}/{path}", by.workspace), Some(body.clone()))
}

#[test]
fn t_b1_one_permission_leads_to_no_other() {
    let mut scene = Scene::new();
    let (world_people, ann) = ([scene.world.bo(), scene.world.vic(), scene.world.cleo()], scene.world.ann());
    let mut others = world_people;
    let before: Vec<BTreeSet<String>> = others.iter_mut().map(|person| held(person).into_iter().collect()).collect();
    let mut reached = 0;
    for &permission in Permission::ALL {
        scene.grants(permission);
        let only = BTreeSet::from([permission.name().to_owned()]);
        for attempt in scene.attempts() {
            let reply = send(&scene.mal, &attempt);
            assert!(reply.status < 500, "{attempt:?}: {}", reply.text());
            reached += usize::from(reply.status < 300);
            within(&reply.body, &only, &format!("{} by {attempt:?}", permission.name()));
        }
        let now: BTreeSet<_> = held(&mut scene.mal).into_iter().collect();
        assert!(now.is_subset(&only), "{} became {now:?}", permission.name());
        for (person, before) in others.iter_mut().zip(&before) {
            let now: BTreeSet<_> = held(person).into_iter().collect();
            let allowed: BTreeSet<_> = before.union(&only).cloned().collect();
            assert!(now.is_subset(&allowed), "{} gave {} {now:?}", permission.name(), person.name);
        }
    }
    // Some do succeed, or nothing was tried: a role that grants no more than the one it is made from, for one.
    assert!(reached > 0);
    assert_eq!(ann.get("policy-pack").ok()["id"], "default");
    assert!(ann.all("members").iter().all(|member| member["is_owner"] == (member["id"] == ann.member.as_str())));
}

/// What was made grants only this: a role or a set by its grants, a key by its scopes; a member or an invitation has a
/// role that does.
#[track_caller]
fn within(made: &Value, only: &BTreeSet<String>, how: &str) {
    let granted = made["grants"].as_object().into_iter().flatten().filter(|(_, reach)| **reach != Reach::None.name());
    let scopes = made["scopes"].as_array().into_iter().flatten().filter_map(Value::as_str);
    for name in granted.map(|(name, _)| name.as_str()).chain(scopes) {
        assert!(only.contains(name), "{how} made something with {name}");
    }
    for role in ["/role/key", "/member/role/key"] {
        let role = made.pointer(role).and_then(Value::as_str).unwrap_or("one that grants it");
        assert!(!["owner", "admin", "viewer", "collaborator"].contains(&role), "{how} gave the role {role}");
    }
}

/// Who may look at roles looks as the owner and is no more for it.
#[test]
fn t_b1_looking_as_somebody_else_reaches_nothing() {
    let mut scene = Scene::new();
    scene.grants(Permission::RoleView);
    assert_eq!(held(&mut scene.mal), ["role.view"]);
    for wanted in [
        json!({ "role_key": "owner" }),
        json!({ "base_role_key": "viewer", "grants": { "audit.view": "any" } }),
        json!({ "role_key": "member", "seat_type": "full" }),
    ] {
        let preview = text_of(&scene.mal.post("previews", wanted).ok_with(201)["id"]);
        let mut seen = scene.mal.clone().with("guildhall-preview", &preview);
        let held = held(&mut seen);
        assert!(held.iter().all(|name| name == "role.view"), "{held:?}");
        for path in ["audit-events", "conversations", "customers", "members", "channels", "invitations", "api-keys"] {
            seen.get(path).refused(403, "forbidden");
        }
        for attempt in scene.attempts() {
            send(&seen, &attempt).refused(403, "preview_read_only");
        }
    }
    scene.mal.post("previews", json!({ "member_id": scene.world.ann().member })).refused(403, "forbidden");
}

/// INV-13: a random editor with a random role makes random roles and sets: whatever is made is within their own.
#[test]
fn inv_13_whatever_is_made_is_within_its_makers_own() {
    use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};

    const MAKERS: usize = 12;
    const TRIES: usize = 12;
    let seed = rand::random::<u64>();
    println!("seed {seed}");
    let lot = &mut StdRng::seed_from_u64(seed);
    let world = World::new();
    let ann = world.ann();
    let asked = json!({ "label": "Maker", "base_role_key": "admin", "grants": {} });
    let mut role = ann.post("roles", asked).ok_with(201);
    let maker = world.member_with_role("agent");
    give_role(&ann, &maker, &key(&role));
    let (mut made, mut refused) = (0, 0);
    for _ in 0..MAKERS {
        let mut own = drawn(lot, 0.4);
        own["role.manage"] = json!("any");
        own["role.view"] = json!("any");
        role = patch_role(&ann, &role, json!({ "grants": own })).ok();
        for _ in 0..TRIES {
            let few = lot.random_bool(0.7);
            let grants = drawn(lot, if few { 0.02 } else { 0.3 });
            let bases = ["viewer".to_owned(), "agent".to_owned(), key(&role)];
            let base = bases.choose(lot).expect("a base");
            let grants = if lot.random_bool(0.5) { grants } else { merged(&role["grants"], &grants, lot) };
            let reply = if lot.random_bool(0.5) {
                maker.post("roles", json!({ "label": fresh_id(), "base_role_key": base, "grants": grants }))
            } else {
                maker.post("permission-sets", json!({ "label": fresh_id(), "grants": grants }))
            };
            match reply.status {
                201 => {
                    made += 1;
                    for permission in Permission::ALL {
                        let name = permission.name();
                        let reach = |grants: &Value| Reach::parse(grants[name].as_str().expect("a reach"));
                        let leave = *permission == Permission::WorkspaceLeave;
                        assert!(leave || reach(&reply.body["grants"]) <= reach(&role["grants"]), "{name}, seed {seed}");
                    }
                    let path = match reply.body["key"].as_str() {
                        Some(key) => format!("roles/{key}"),
                        None => format!("permission-sets/{}", text_of(&reply.body["id"])),
                    };
                    ann.delete(&path).ok();
                }
                403 => {
                    refused += 1;
                    let beyond = text_of(&reply.refused(403, "role.above_own")["permission"]);
                    assert_ne!(role["grants"][&beyond], "any", "seed {seed}");
                }
                other => panic!("{other}: {}, seed {seed}", reply.text()),
            }
        }
    }
    assert!(made > 0 && refused > 0, "{made} made, {refused} refused, seed {seed}");
}

/// Random grants, each with this chance to be anything but none.
fn drawn(lot: &mut impl rand::Rng, chance: f64) -> Value {
    use rand::seq::IndexedRandom;
    let mut grants = nothing();
    for permission in Permission::ALL {
        if lot.random_bool(chance) {
            let all = [Reach::Masked, Reach::Own, Reach::Any];
            let known: Vec<_> = all.into_iter().filter(|reach| permission.parse_reach(reach.name()).is_ok()).collect();
            grants[permission.name()] = json!(known.choose(lot).expect("any").name());
        }
    }
    grants
}

/// A part of the one's grants, and all of the other's.
fn merged(own: &Value, more: &Value, lot: &mut impl rand::Rng) -> Value {
    let mut grants = more.clone();
    for permission in Permission::ALL {
        if lot.random_bool(0.3) {
            grants[permission.name()] = own[permission.name()].clone();
        }
    }
    grants
}
