//! Nobody gets past the seats of a plan, by whatever way they come in (INV-14, INV-15).

use serde_json::{Value, json};

use super::{DAY, contract, full, invite, later, meters_show_what_is_there, on, somebody, with_items};
use crate::support::{PASSWORD, Person, Reply, World, text_of, until};

fn deactivation(member: &Person) -> String {
    format!("members/{}/deactivation", member.member)
}

#[track_caller]
fn is_full(problem: &Value, used: i64, cap: i64, remedies: Value) {
    let told = json!([problem["meter"], problem["used"], problem["cap"], problem["remedies"]]);
    assert_eq!(told, json!(["full_seats", used, cap, remedies]));
}

#[test]
fn inv_14_inv_15_bil_033_bil_048_five_slots_hold_five_until_another_is_bought() {
    let world = World::new();
    let (ann, bo, cleo) = (world.ann(), world.bo(), world.cleo());
    on(&world, "askusers", "enterprise");
    // Ann, Bo, Vic and Kim are four; one who is invited makes five. Cleo's light seat counts elsewhere.
    let kim = world.join(&ann, "Kim", "member");
    let first = text_of(&invite(&ann, &somebody(), "member").ok_with(201)["id"]);
    assert_eq!((full(&ann)["used"].clone(), full(&ann)["pending"].clone()), (json!(5), json!(1)));
    is_full(&invite(&ann, &somebody(), "member").refused(409, "seat.limit_reached"), 5, 5, json!(["buy"]));
    // Each address is told by itself.
    let (one, other) = (somebody(), somebody());
    ann.delete(&format!("invitations/{first}")).ok_with(204);
    let several = ann.post("invitations", json!({ "emails": [one, other], "role_key": "member" })).ok_with(201);
    assert_eq!(several["items"][0]["problem"], Value::Null);
    assert_eq!(several["items"][1]["problem"]["code"], "seat.limit_reached");
    meters_show_what_is_there(&world, "after several were invited");
    // Neither does anybody come in by another way.
    let accounts = world.database.count("select count(*) from accounts");
    let new = json!({ "name": "Lee", "email": somebody(), "role_key": "agent", "with": "link" });
    ann.post("members", new).refused(409, "seat.limit_reached");
    assert_eq!(world.database.count("select count(*) from accounts"), accounts, "no account without a place");
    let promoted = json!({ "role_key": "agent", "seat_type": "full" });
    ann.put(&format!("members/{}/role", cleo.member), promoted.clone()).refused(409, "seat.limit_reached");
    // Who is deactivated holds none, and comes back when one is free.
    ann.put(&deactivation(&kim), json!({})).ok();
    invite(&ann, &somebody(), "member").ok_with(201);
    is_full(&ann.delete(&deactivation(&kim)).refused(409, "seat.limit_reached"), 5, 5, json!(["buy"]));
    // A slot that was bought can be used at once.
    with_items(&world, "extra_member_seat", 1);
    assert_eq!((full(&ann)["cap"].clone(), full(&ann)["purchased"].clone()), (json!(6), json!(1)));
    ann.delete(&deactivation(&kim)).ok();
    bo.post("leave", json!({})).ok();
    ann.put(&format!("members/{}/role", cleo.member), promoted).ok();
    meters_show_what_is_there(&world, "after all of that");
}

#[test]
fn inv_11_inv_14_an_invitation_holds_its_seat_until_its_time_is_over() {
    let world = World::new();
    let ann = world.ann();
    contract(&world, 4);
    let kim = "kim@example.com";
    let invited = text_of(&invite(&ann, kim, "member").ok_with(201)["id"]);
    let token = world.mailed(kim, "/invite/");
    invite(&ann, &somebody(), "member").refused(409, "seat.limit_reached");
    // Nobody let it go yet, and still whoever needs a seat gets it.
    let ann = later(&world, DAY * 14, &ann);
    assert_eq!(full(&ann)["pending"], 0);
    let second = text_of(&invite(&ann, &somebody(), "member").ok_with(201)["id"]);
    meters_show_what_is_there(&world, "after one ran out");
    // Sent again it needs a seat again.
    let again = format!("invitations/{invited}/resend");
    ann.post(&again, json!({})).refused(409, "seat.limit_reached");
    ann.delete(&format!("invitations/{second}")).ok_with(204);
    ann.post(&again, json!({})).ok();
    let newer = until("a newer link", || Some(world.mailed(kim, "/invite/")).filter(|newer| *newer != token));
    // Who accepts takes the seat over that waited for them, but not while there are too many.
    let account = json!({ "name": "Kim", "email": kim, "password": PASSWORD, "invitation_token": newer });
    contract(&world, 3);
    world.browser().post("/api/v1/accounts", account.clone()).refused(409, "seat.limit_reached");
    contract(&world, 4);
    world.browser().post("/api/v1/accounts", account).ok_with(201);
    assert_eq!((full(&ann)["used"].clone(), full(&ann)["pending"].clone()), (json!(4), json!(0)));
    meters_show_what_is_there(&world, "after it was accepted");
}

#[test]
fn plan_026_what_helps_depends_on_how_seats_are_had() {
    let world = World::new();
    let ann = world.ann();
    let refused = || invite(&ann, &somebody(), "member").refused(409, "seat.limit_reached")["remedies"].clone();
    on(&world, "aisoule", "free_trial");
    assert_eq!(refused(), json!(["upgrade", "contact"]), "hard cap");
    on(&world, "aisoule", "scale");
    for _ in 0..7 {
        invite(&ann, &somebody(), "member").ok_with(201);
    }
    assert_eq!(refused(), json!(["contact"]), "the largest plan");
    contract(&world, 10);
    assert_eq!(refused(), json!(["contact"]), "as agreed");
    on(&world, "askusers", "enterprise");
    assert_eq!(refused(), json!(["buy"]), "slots");
    on(&world, "interlinked", "pro");
    invite(&ann, &somebody(), "member").ok_with(201);
    on(&world, "linkai", "starter");
    invite(&ann, &somebody(), "member").ok_with(201);
    assert_eq!(full(&ann)["cap"], Value::Null, "unlimited");
    // Light seats have a meter of their own.
    on(&world, "kustomer", "without_collaborators");
    let light = json!({ "email": somebody(), "role_key": "collaborator", "seat_type": "collaborator" });
    ann.post("invitations", light).refused(402, "entitlement_required");
}

/// Whatever people do in whatever order, the meters show what is there.
#[test]
fn inv_14_after_any_walk_the_meters_show_what_is_there() {
    let world = World::new();
    let mut ann = world.ann();
    let crowd = ["Kim", "Lee", "Max"].map(|name| world.join(&ann, name, "agent"));
    let mut dice: usize = 7;
    let mut roll = |sides: usize| {
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) % sides
    };
    for step in 0..60 {
        let one = &crowd[roll(crowd.len())];
        let waiting = ann.all("invitations");
        let waits = |place: usize| waiting.get(place % waiting.len().max(1)).map(|one| text_of(&one["id"]));
        let seat = ["full", "collaborator"][roll(2)];
        let reply: Option<Reply> = match (roll(9), waits(roll(8))) {
            (0, _) => {
                contract(&world, [4, 5, 6, 7, 8][roll(5)]);
                None
            }
            (1, Some(id)) => Some(ann.delete(&format!("invitations/{id}"))),
            (2, Some(id)) => Some(ann.post(&format!("invitations/{id}/resend"), json!({}))),
            (3, _) => Some(ann.put(&deactivation(one), json!({}))),
            (4, _) => Some(ann.delete(&deactivation(one))),
            (5, _) => {
                let role = if seat == "full" { "agent" } else { "collaborator" };
                let new = json!({ "role_key": role, "seat_type": seat });
                Some(ann.put(&format!("members/{}/role", one.member), new))
            }
            (6, _) => {
                ann = later(&world, DAY * 3, &ann);
                None
            }
            (7, _) => {
                let new = json!({ "name": "New", "email": somebody(), "role_key": "agent", "with": "link" });
                Some(ann.post("members", new))
            }
            _ => {
                let role = if seat == "full" { "agent" } else { "collaborator" };
                let new = json!({ "email": somebody(), "role_key": role, "seat_type": seat, "lifetime_days": 4 });
                Some(ann.post("invitations", new))
            }
        };
        if let Some(reply) = reply {
            assert!([200, 201, 204, 404, 409].contains(&reply.status), "{}: {}", reply.asked, reply.text());
        }
        meters_show_what_is_there(&world, &format!("after step {step}"));
    }
}
