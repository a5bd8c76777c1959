//! Fewer seats than are held: nobody is deleted or demoted, and whoever rests comes back (INV-17).

use std::{collections::BTreeSet, time::Duration};

use serde_json::{Value, json};

use super::{ACME, DAY, contract, full, invite, later, meters_show_what_is_there, on, somebody};
use crate::{
    stories::notifications::told,
    support::{Person, World, text_of, until},
};

/// A little longer than the clock's duty waits.
const MINUTES: Duration = Duration::from_secs(2 * 60);

fn status(by: &Person, member: &Person) -> String {
    text_of(&by.get(&format!("members/{}", member.member)).ok()["status"])
}

#[track_caller]
fn becomes(by: &Person, member: &Person, wanted: &str) {
    until(&format!("{} is {wanted}", member.name), || (status(by, member) == wanted).then_some(()));
}

fn recorded(world: &World, kind: &str) -> i64 {
    world.database.count(&format!("select count(*) from events where kind = '{kind}' and workspace_id = {ACME}"))
}

#[test]
fn inv_17_the_newest_rest_after_two_weeks_and_come_back_in_the_order_of_joining() {
    let world = World::new();
    let (ann, bo, vic) = (world.ann(), world.bo(), world.vic());
    contract(&world, 5);
    let kim = world.join(&ann, "Kim", "agent");
    let conversation = world.conversation("Hello");
    kim.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    ann.put(&format!("members/{}/deactivation", vic.member), json!({})).ok();
    let waits = somebody();
    // One that outlives the grace.
    let offer = json!({ "email": waits, "role_key": "member", "lifetime_days": 30 });
    ann.post("invitations", offer).ok_with(201);

    // Four are held; two are left.
    contract(&world, 2);
    assert_eq!(recorded(&world, "seat.over_limit"), 1);
    let seats = full(&ann);
    assert!(seats["over_since"].is_string() && seats["grace_until"].is_string());
    invite(&ann, &somebody(), "member").refused(409, "seat.limit_reached");
    ann.delete(&format!("members/{}/deactivation", vic.member)).refused(409, "seat.limit_reached");
    assert_eq!([&bo, &kim].map(|member| status(&ann, member)), ["active", "active"]);

    // The day before nothing happened; then the invitation goes first, and the newest member.
    let ann = later(&world, DAY * 13, &ann);
    assert_eq!(status(&ann, &kim), "active");
    let ann = later(&world, DAY + MINUTES, &ann);
    becomes(&ann, &kim, "suspended_over_limit");
    assert_eq!([&ann, &bo].map(|member| status(&ann, member)), ["active", "active"], "INV-04: never the owner");
    assert_eq!(full(&ann)["over_since"], Value::Null);
    assert!(ann.all("invitations").iter().all(|one| one["email"] != json!(waits)));
    let kim = later(&world, MINUTES, &kim);
    kim.get("conversations").refused(404, "not_found");
    let shown = ann.get(&format!("conversations/{conversation}")).ok();
    assert_eq!(shown["assignee"], Value::Null, "INV-09: what they had waits for others");
    let receipts = ann.all(&format!("members/{}/exit-receipts", kim.member));
    assert_eq!(receipts[0]["how"], "suspended_over_limit");
    meters_show_what_is_there(&world, "after somebody rests");

    // One more goes: the newest that is left.
    contract(&world, 1);
    let ann = later(&world, DAY * 14 + MINUTES, &ann);
    becomes(&ann, &bo, "suspended_over_limit");
    // Room for one: whoever joined first.
    contract(&world, 2);
    let bo = later(&world, MINUTES, &bo);
    becomes(&ann, &bo, "active");
    assert_eq!(status(&ann, &kim), "suspended_over_limit");
    bo.get("conversations").ok();
    // Who rests can be removed meanwhile, and gives nothing back that they do not hold.
    ann.delete(&format!("members/{}", kim.member)).ok();
    meters_show_what_is_there(&world, "after who rested was removed");
    assert_eq!((recorded(&world, "seat.suspended"), recorded(&world, "seat.restored")), (2, 1));
}

#[test]
fn e9_inv_17_the_owner_and_admins_are_told_that_there_are_too_many() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    contract(&world, 5);
    let ada = world.join(&ann, "Ada", "admin");
    contract(&world, 2);
    let mut recipients = Vec::new();
    for person in [&ann, &ada] {
        told(person, "seat.over_limit");
        recipients.push(format!("To: {}", person.email));
    }
    until("a mail to each of them", || {
        let mails = world.mails().into_iter().filter(|mail| mail.contains("More seats are in use in Acme"));
        let to: Vec<_> =
            mails.filter_map(|mail| mail.lines().find(|line| line.starts_with("To: ")).map(str::to_owned)).collect();
        (to.len() == 2 && recipients.iter().all(|recipient| to.contains(recipient))).then_some(())
    });
    let others = bo.get("notifications").ok();
    assert!(others["items"].as_array().expect("items").iter().all(|one| one["kind"] != "seat.over_limit"), "{others}");
}

#[test]
fn t_b5_inv_17_after_a_downgrade_nobody_sees_more_than_before() {
    let world = World::new();
    let mut people = [world.ann(), world.bo(), world.vic(), world.cleo()];
    on(&world, "askusers", "enterprise");
    for text in ["One", "Two", "Three"] {
        world.conversation(text);
    }
    let visible = |person: &Person| -> BTreeSet<String> {
        let lists = ["conversations", "members", "customers", "invitations", "teams"];
        let items = lists.into_iter().flat_map(|list| {
            let page = person.get(&format!("{list}?limit=100"));
            let items = page.body["items"].as_array().cloned().unwrap_or_default();
            items.into_iter().map(move |item| format!("{list} {}", item["id"]))
        });
        items.collect()
    };
    let before: Vec<_> = people.iter().map(visible).collect();
    assert!(before[0].len() > 6, "{:?}", before[0]);
    on(&world, "askusers", "individual");
    for pass in ["at once", "after the grace"] {
        for (person, before) in people.iter().zip(&before) {
            let after = visible(person);
            assert!(after.is_subset(before), "{} sees more {pass}: {:?}", person.name, after.difference(before));
        }
        world.clock.advance(DAY * 14);
        people = people.map(|person| later(&world, MINUTES, &person));
        becomes(&people[0], &people[1], "suspended_over_limit");
    }
}
