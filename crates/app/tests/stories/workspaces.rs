//! Making, changing and choosing a workspace.

mod audit;
mod deletion;
mod isolation;
pub mod samples;

use std::{collections::BTreeSet, thread};

use serde_json::{Value, json};

use tenancy::{ConversationReply, Error, Grant, Pack, Vault, sql};

use crate::support::{PLACE, Person, Place, Server, World, text_of, watched};

/// Ann makes a further workspace, and is now in that one.
#[track_caller]
fn further_workspace(ann: &Person, name: &str) -> Person {
    let made = ann.post("/api/v1/workspaces", json!({ "name": name })).ok_with(201);
    ann.clone().in_workspace(&text_of(&made["id"]))
}

fn items(list: &Value) -> &Vec<Value> {
    list["items"].as_array().expect("items")
}

/// Everybody who stands as an owner in a workspace.
fn owners(person: &Person) -> Vec<String> {
    let members = person.all("members");
    members.iter().filter(|member| member["is_owner"] == true).map(|member| text_of(&member["name"])).collect()
}

#[test]
fn ws_001_ws_002_a_workspace_has_one_owner_and_that_is_its_founder() {
    let world = World::new();
    let ann = world.ann();
    assert_eq!(owners(&ann), ["Ann"]);
    assert_eq!(ann.all("members")[0]["account_id"], ann.account, "she made the account");
    assert_eq!(owners(&world.gus()), ["Gus"]);
    assert_eq!(owners(&further_workspace(&world.bo(), "Bo's second")), ["Bo"]);
    let invited = json!({ "email": "kim@example.com", "role_key": "founder", "seat_type": "full" });
    let refusal = world.ann().post("invitations", invited).refused(422, "invalid_field");
    assert_eq!(refusal["errors"][0]["code"], "unknown_role");
}

/// How many workspaces are without exactly one owner, or with one who is not active (INV-02).
pub fn ownerless(world: &World) -> i64 {
    let wrong = "select count(*) from workspaces w
        left join workspace_owners o on o.workspace_id = w.workspace_id
        left join memberships m on m.workspace_id = o.workspace_id and m.id = o.membership_id
        where (m.id is null or m.status <> 'active' or m.role_key <> 'owner'
            or 1 <> (select count(*) from memberships n
                where n.workspace_id = w.workspace_id and n.role_key = 'owner' and n.status = 'active'))";
    // The mirror is written row by row behind each statement; what the program commits is looked at.
    let ours = match *PLACE {
        Place::Sqlite => "substr(w.workspace_id, 1, 2) <> x'ffff'",
        Place::Postgres(_) => "left(w.workspace_id::text, 4) <> 'ffff'",
    };
    world.database.count(&format!("{wrong} and {ours}"))
}

#[test]
fn inv_02_every_workspace_has_exactly_one_owner_at_every_commit() {
    let world = World::new();
    let ann = world.ann();
    let found = || {
        thread::scope(|scope| {
            let busy = (0..4).map(|number| {
                let (ann, world) = (ann.clone(), &world);
                scope.spawn(move || {
                    for round in 0..5 {
                        further_workspace(&ann, &format!("Team {number}.{round}"));
                        world.sign_up(&format!("Zoe {number}.{round}"));
                    }
                })
            });
            busy.collect::<Vec<_>>().into_iter().for_each(|one| one.join().expect("it worked"));
        })
    };
    let ((), looks) = watched(|looks| assert_eq!(ownerless(&world), 0, "after {looks} looks"), found);
    assert!(looks > 5, "{looks} looks");
    assert_eq!(ann.get("/api/v1/me").ok()["memberships"].as_array().map(Vec::len), Some(21));
}

#[test]
fn ws_004_each_workspace_has_its_own_members_plan_and_rights() {
    let world = World::new();
    let ann = world.ann();
    let second = further_workspace(&ann, "Side project");
    assert_eq!(second.all("members").len(), 1);
    assert_eq!(ann.all("members").len(), 4);
    // A plan without the inbox: told in this workspace, unknown in the other.
    let without = "update workspaces set entitlements = '{\"crm\": false}', rights_version = rights_version + 1";
    world.database.run(&format!("{without} where name = 'Side project'"));
    let refusal = second.get("conversations").refused(402, "entitlement_required");
    assert_eq!(refusal["entitlement"], "crm");
    ann.get("conversations").ok();
    world.bo().in_workspace(&second.workspace).get("members").refused(404, "not_found");
}

#[test]
fn ws_006_ws_007_what_happens_in_one_workspace_stays_there() {
    let world = World::new();
    let ann = world.ann();
    let second = further_workspace(&ann, "Side project");
    let before = second.get("counters").ok();
    let conversation = world.conversation("Where is my umbrella?");
    let customer = text_of(&ann.get(&format!("conversations/{conversation}")).ok()["customer"]["id"]);
    assert_eq!(ann.all("conversations").len(), 1);
    assert_eq!(items(&ann.get("search?q=umbrella").ok()).len(), 1);

    for list in ["conversations", "customers", "search?q=umbrella"] {
        assert_eq!(items(&second.get(list).ok()).len(), 0, "{list}");
    }
    assert_eq!(second.get("counters").ok(), before);
    assert_eq!(second.all("channels").len(), 1, "its own chat only");
    second.get(&format!("conversations/{conversation}")).refused(404, "not_found");
    second.get(&format!("customers/{customer}")).refused(404, "not_found");
}

#[test]
fn ws_011_ws_012_a_further_workspace_is_made_by_asking_for_a_name() {
    let world = World::new();
    let ann = world.ann();
    let made = ann.post("/api/v1/workspaces", json!({ "name": "  Harbour Books " })).ok_with(201);
    assert_eq!((&made["name"], &made["state"]), (&json!("Harbour Books"), &json!("active")));
    assert_eq!(made["can"]["workspace.edit_settings"], true, "its founder owns it");
    let there = ann.clone().in_workspace(&text_of(&made["id"]));
    assert_eq!(there.get("").ok(), made);
    assert_eq!(items(&there.get("businesses").ok())[0]["name"], "Harbour Books");
    for bad in [json!({}), json!({ "name": "" }), json!({ "name": " " }), json!({ "name": "a\nb" })] {
        ann.post("/api/v1/workspaces", bad).refused(422, "invalid_field");
    }
    ann.post("/api/v1/workspaces", json!({ "name": "x", "plan": "gold" })).refused(422, "unknown_field");
}

#[test]
fn ws_012_ws_025_ws_026_a_workspace_is_made_on_the_pack_that_its_founder_chooses() {
    let world = World::new();
    let ann = world.ann();
    let packs = ann.get("/api/v1/policy-packs").ok();
    let ids: Vec<_> = items(&packs).iter().map(|pack| text_of(&pack["id"])).collect();
    assert_eq!(ids, ["default", "interlinked", "linkai", "kustomer", "aisoule", "askusers"]);
    for pack in items(&packs) {
        let id = text_of(&pack["id"]);
        let made = ann.post("/api/v1/workspaces", json!({ "name": format!("On {id}"), "pack": id })).ok_with(201);
        assert_eq!((&made["pack"], &made["pack_version"]), (&pack["id"], &pack["version"]));
        let there = ann.clone().in_workspace(&text_of(&made["id"]));
        let founder = &there.all("members")[0];
        assert_eq!((&founder["is_owner"], &founder["role"]["key"]), (&json!(true), &pack["roles"][0]["key"]), "{id}");
        assert_eq!(items(&there.get("roles").ok()).len(), items(&json!({ "items": pack["roles"] })).len(), "{id}");
    }
    let before = world.database.count("select count(*) from workspaces");
    for unknown in ["nothing", "", "DEFAULT", "../default"] {
        let refusal = ann.post("/api/v1/workspaces", json!({ "name": "x", "pack": unknown }));
        assert_eq!(refusal.refused(422, "invalid_field")["errors"][0]["pointer"], "/pack", "{unknown:?}");
    }
    assert_eq!(world.database.count("select count(*) from workspaces"), before);
    assert_eq!(further_workspace(&ann, "Plain").get("").ok()["pack"], "default");
}

#[test]
fn ws_013_one_account_switches_between_all_its_workspaces_and_no_others() {
    let world = World::new();
    let bo = world.bo();
    further_workspace(&bo, "Bo's own");
    let me = bo.get("/api/v1/me").ok();
    let places = me["memberships"].as_array().expect("places");
    let named = |place: &Value| (text_of(&place["workspace"]["name"]), text_of(&place["role"]["key"]));
    let named: Vec<_> = places.iter().map(named).collect();
    assert_eq!(named, [("Acme".into(), "member".into()), ("Bo's own".into(), "owner".into())]);
    for place in places {
        let there = bo.clone().in_workspace(&text_of(&place["workspace"]["id"]));
        let can_rename = place["can"]["workspace.edit_settings"] == true;
        let renamed = there.patch("", json!({ "name": "Renamed" }));
        assert_eq!(renamed.status, if can_rename { 200 } else { 403 }, "{}: {}", place, renamed.text());
    }
    bo.in_workspace(&world.gus().workspace).get("").refused(404, "not_found");
}

#[test]
fn ws_021_a_workspace_is_renamed_by_who_may_edit_its_settings() {
    let world = World::new();
    let ann = world.ann();
    let before = ann.get("").ok();
    let after = ann.patch("", json!({ "name": "Acme Books" })).ok();
    assert_eq!(after["name"], "Acme Books");
    assert_eq!(after["version"].as_i64(), before["version"].as_i64().map(|version| version + 1));
    assert_eq!(world.bo().get("").ok()["name"], "Acme Books");
    assert_eq!(ann.patch("", json!({ "name": "Acme Books" })).ok(), after, "the same name is no change");
    let refusal = world.bo().patch("", json!({ "name": "Bo's" })).refused(403, "forbidden");
    assert_eq!((&refusal["permission"], &refusal["decided_by"]), (&json!("workspace.edit_settings"), &json!("role")));
}

#[test]
fn the_first_steps_are_ticked_off_as_they_are_done() {
    let world = World::new();
    let zoe = world.sign_up("Zoe");
    let done = |person: &Person| -> BTreeSet<String> {
        let steps = person.get("onboarding").ok();
        items(&steps).iter().filter(|step| step["done"] == true).map(|step| text_of(&step["key"])).collect()
    };
    assert_eq!(done(&zoe), BTreeSet::new());
    zoe.post("invitations", json!({ "email": "kim@example.com", "role_key": "member" })).ok_with(201);
    let token = world.mailed(&zoe.email, "/verify/");
    world.browser().post("/api/v1/email-verifications/complete", json!({ "token": token })).ok_with(204);
    assert_eq!(done(&zoe), BTreeSet::from(["invite_colleague".into(), "verify_email".into()]));
}

#[test]
fn inv_12_a_changed_role_holds_from_the_next_request_on() {
    let world = World::new();
    let (bo, path) = (world.bo(), format!("conversations/{}/messages", world.conversation("Hello")));
    bo.post(&path, json!({ "text": "Hi", "seen_seq": 1 })).ok_with(201);
    samples::change_role(&world, &bo, "viewer");
    bo.post(&path, json!({ "text": "Hi again", "seen_seq": 2 })).refused(403, "forbidden");
    assert_eq!(bo.get("/api/v1/me").ok()["memberships"][0]["role"]["key"], "viewer");
}

/// A member's grant to reply, taken out below the doors.
async fn grant_to_reply(world: &World, person: &Person) -> Grant<ConversationReply> {
    let token = person.browser.header("cookie").and_then(|cookie| cookie.strip_prefix("sid=")).expect("signed in");
    let pack = Pack::parse(include_str!("../../../../packs/default.toml")).expect("the shipped pack");
    let vault = Vault::open(&world.database.url, vec![pack], world.clock.clone()).await.expect("a vault");
    let caller = vault.caller_of_session(token).await.expect("an answer").expect("signed in");
    let scope = vault.enter(&caller, person.workspace.parse().expect("an id")).await.expect("a member");
    scope.grant().expect("a member replies")
}

#[test]
fn inv_12_a_right_that_was_lost_after_entering_opens_no_transaction() {
    let world = World::new();
    let (bo, server) = (world.bo(), Server::new());
    server.run(async {
        let grant = grant_to_reply(&world, &bo).await;
        drop(grant.begin().await.expect("a transaction"));
        tokio::task::block_in_place(|| samples::change_role(&world, &bo, "viewer"));
        let refused = grant.begin().await.err();
        assert!(matches!(refused, Some(Error::Forbidden { .. })), "{refused:?}");
    });
}

#[test]
fn a_change_that_nobody_waits_for_is_read_by_what_follows_and_undoes_everything_when_it_is_refused() {
    let world = World::new();
    let (bo, server) = (world.bo(), Server::new());
    let reserved = sql!("select reserved from credit_accounts where workspace_id = $1");
    let more = sql!("update credit_accounts set reserved = reserved + 1 where workspace_id = $1");
    let refused = sql!("update credit_accounts set reserved = null where workspace_id = $1");
    let kept = || world.database.count("select sum(reserved) from credit_accounts");
    server.run(async {
        let grant = grant_to_reply(&world, &bo).await;
        let mut tx = grant.begin().await.expect("a transaction");
        let outcome = async {
            // More than go out at once.
            for _ in 0..40 {
                tx.mark_unasked(more, &[]).await?;
            }
            let found: i64 = tx.first(reserved, &[]).await?.expect("a pool").take(0)?;
            assert_eq!(found, 40);
            tx.mark_unasked(refused, &[]).await
        };
        let outcome: Result<(), Error> = outcome.await;
        let settled = tx.settle(outcome).await;
        assert!(settled.is_err(), "{settled:?}");
        assert_eq!(tokio::task::block_in_place(kept), 0);

        // Whoever overlooks it is told no commit that was none.
        let mut tx = grant.begin().await.expect("a transaction");
        tx.mark_unasked(more, &[]).await.expect("a change");
        let _overlooked = tx.mark_unasked(refused, &[]).await;
        let _overlooked = tx.first(reserved, &[]).await;
        let settled = tx.settle(Ok::<_, Error>(())).await;
        assert_eq!(tokio::task::block_in_place(kept), i64::from(settled.is_ok()), "{settled:?}");
    });
}
