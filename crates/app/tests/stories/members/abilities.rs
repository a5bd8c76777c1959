//! What `can` tells of a member is what the doors answer, for everybody about everybody.

use serde_json::{Value, json};

use super::{of, reactivate, shown};
use crate::support::{Person, Reply, World};

/// A request that uses the permission on the member; it changes nothing, or is undone.
fn attempt(by: &Person, member: &Person, role: &str, permission: &str) -> Reply {
    match permission {
        "member.edit" => by.patch(&of(member, ""), json!({})),
        "member.change_role" => by.put(&of(member, "/role"), json!({ "role_key": role })),
        "member.deactivate" => super::deactivate(by, member),
        "member.reset_password" => by.post(&of(member, "/password-reset"), json!({})),
        other => panic!("how does one use {other}?"),
    }
}

#[test]
fn ruling_17_can_tells_of_every_member_what_the_doors_answer() {
    let world = World::new();
    let ann = world.ann();
    let roles = ["owner", "admin", "supervisor", "agent", "viewer"];
    let first: Vec<Person> =
        roles.iter().map(|role| if *role == "owner" { ann.clone() } else { world.member_with_role(role) }).collect();
    let second: Vec<Person> = roles[1..].iter().map(|role| world.member_with_role(role)).collect();
    let targets = first.iter().zip(roles).chain(second.iter().zip(roles.into_iter().skip(1)));
    let mut told = std::collections::BTreeMap::<String, usize>::new();
    for (target, role) in targets {
        for by in &first {
            let can = shown(by, target)["can"].clone();
            for permission in ["member.edit", "member.change_role", "member.reset_password", "member.deactivate"] {
                let verdict = &can[permission];
                *told.entry(verdict.to_string()).or_default() += 1;
                let reply = attempt(by, target, role, permission);
                let what = format!("{} by {} on {}: {verdict}", permission, by.name, target.name);
                match (verdict, permission) {
                    (Value::Bool(true), _) => assert!(reply.status < 300, "{what}: {}", reply.text()),
                    _ => assert!([403, 409].contains(&reply.status), "{what}: {} {}", reply.status, reply.text()),
                }
                if permission == "member.deactivate" && reply.status < 300 {
                    reactivate(&ann, target).ok();
                }
            }
        }
    }
    let reasons: Vec<_> = told.keys().map(String::as_str).collect();
    assert_eq!(reasons, ["\"owner\"", "\"rank\"", "\"role\"", "\"self\"", "true"], "{told:?}");
}
