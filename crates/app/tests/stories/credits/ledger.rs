//! What the ledger holds, who sees it, and how it shows that it was tampered with.

use std::time::Duration;

use serde_json::json;

use super::{assert_whole, commit, entries, literal, pool, reserve, signed_in, spend, verified};
use crate::support::{World, until};

#[test]
fn cred_010_inv_30_inv_31_what_is_reserved_is_kept_then_spent_or_given_back() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    world.on_plan("hundred");
    assert_eq!(pool(&bo), (100, 100), "one pool for everybody");
    let (first, second) = (reserve(&ann, 30), reserve(&bo, 50));
    assert_eq!(pool(&ann), (100, 20));
    let refusal = bo.post("credits/reservations", json!({ "amount": 21, "cause": "analysis" }));
    assert_eq!(refusal.refused(409, "credit.insufficient")["available"], 20);

    let spent = commit(&ann, &first, json!({ "amount": 25 }));
    assert_eq!((&spent["state"], &spent["spent"]), (&json!("committed"), &json!(25)));
    assert_eq!(pool(&ann), (75, 25), "what was not needed is free again");
    assert_eq!(commit(&ann, &first, json!({ "amount": 25 })), spent, "once, however often it is said");
    let again = |said| ann.post(&format!("credits/reservations/{first}/commit"), said);
    again(json!({ "amount": 24 })).refused(409, "credit.reservation_settled");
    ann.delete(&format!("credits/reservations/{first}")).refused(409, "credit.reservation_settled");

    bo.post(&format!("credits/reservations/{second}/commit"), json!({ "amount": 51 }))
        .refused(422, "credit.exceeds_reservation");
    ann.delete(&format!("credits/reservations/{second}")).refused(404, "not_found");
    bo.delete(&format!("credits/reservations/{second}")).ok_with(204);
    bo.delete(&format!("credits/reservations/{second}")).ok_with(204);
    bo.post(&format!("credits/reservations/{second}/commit"), json!({})).refused(409, "credit.reservation_settled");
    assert_eq!(pool(&ann), (75, 75));
    assert_eq!(entries(&ann), [("grant".to_owned(), 100), ("consume".to_owned(), -25)]);
    assert_whole(&world);
}

#[test]
fn what_is_no_number_of_credits_is_refused_and_changes_nothing() {
    let world = World::new();
    let ann = world.ann();
    world.on_plan("hundred");
    let before = world.recorded();
    for amount in [json!(0), json!(-1), json!(1.5), json!("7"), json!(1_000_000_001), json!(i64::MAX), json!(null)] {
        let refused = ann.post("credits/reservations", json!({ "amount": amount, "cause": "analysis" }));
        assert_eq!(refused.status, 422, "{amount}: {}", refused.text());
    }
    for said in [
        json!({ "amount": 1 }),
        json!({ "amount": 1, "cause": "An analysis" }),
        json!({ "amount": 1, "cause": "=cmd" }),
        json!({ "amount": 1, "cause": "analysis", "ttl_seconds": 0 }),
        json!({ "amount": 1, "cause": "analysis", "ttl_seconds": 3601 }),
        json!({ "amount": 1, "cause": "analysis", "balance": 1000 }),
    ] {
        let refused = ann.post("credits/reservations", said.clone());
        assert_eq!(refused.status, 422, "{said}: {}", refused.text());
    }
    assert_eq!((pool(&ann), world.recorded()), ((100, 100), before));
}

#[test]
fn t_j6_what_nobody_settles_is_given_back_within_five_minutes() {
    let world = World::new();
    let ann = world.ann();
    world.on_plan("hundred");
    let (left, kept) = (reserve(&ann, 40), reserve(&ann, 10));
    commit(&ann, &kept, json!({}));
    let long = json!({ "amount": 7, "cause": "analysis", "ttl_seconds": 3600 });
    ann.post("credits/reservations", long).ok_with(201);
    world.clock.advance(Duration::from_secs(4 * 60));
    assert_eq!(pool(&ann), (90, 43), "its time is five minutes");
    world.clock.advance(Duration::from_secs(2 * 60));
    until("the credits to be free again", || (pool(&ann) == (90, 83)).then_some(()));
    ann.post(&format!("credits/reservations/{left}/commit"), json!({})).refused(409, "credit.reservation_settled");
    assert_whole(&world);
}

#[test]
fn a_grant_is_of_its_month_and_what_is_reserved_across_its_end_is_still_there() {
    let world = World::new();
    let ann = world.ann();
    world.on_plan("hundred");
    spend(&ann, 30);
    world.clock.advance(Duration::from_secs(31 * 24 * 60 * 60));
    let ann = signed_in(&world, &ann);
    until("the next month's grant", || (entries(&ann).len() == 4).then_some(()));
    assert_eq!(
        entries(&ann)[1..],
        [("consume".to_owned(), -30), ("expire".to_owned(), -70), ("grant".to_owned(), 100)],
        "nothing is carried over"
    );
    assert_eq!(pool(&ann), (100, 100));
    let across = json!({ "amount": 60, "cause": "analysis", "ttl_seconds": 3600 });
    let across = ann.post("credits/reservations", across).ok_with(201);
    world.on_plan("ten");
    assert_eq!(pool(&ann), (60, 0), "a smaller plan grants less, and what is reserved stays");
    commit(&ann, across["id"].as_str().expect("an id"), json!({}));
    assert_eq!(pool(&ann), (0, 0));
    assert_whole(&world);
}

#[test]
fn cred_015_the_ledger_is_read_by_page_by_member_by_kind_and_as_a_table() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    world.on_plan("thousands");
    let eve = world.join(&ann, "Eve", "member");
    ann.patch(&format!("members/{}", eve.member), json!({ "display_name": "=1+1" })).ok();
    for (person, amount) in [(&ann, 5), (&bo, 7), (&eve, 11), (&bo, 13)] {
        spend(person, amount);
    }
    let listed = ann.all("credits/entries?limit=2");
    let told: Vec<_> = listed.iter().map(|entry| (entry["seq"].as_i64(), entry["balance"].as_i64())).collect();
    assert_eq!(told, [(5, 1964), (4, 1977), (3, 1988), (2, 1995), (1, 2000)].map(|(a, b)| (Some(a), Some(b))));
    assert_eq!(listed[0]["member"]["id"], json!(bo.member));
    assert_eq!((&listed[0]["actor"]["kind"], &listed[0]["cause"]), (&json!("member"), &json!("analysis")));
    assert_eq!((&listed[4]["kind"], &listed[4]["member"]), (&json!("grant"), &json!(null)));
    assert_eq!(ann.all(&format!("credits/entries?member_id={}", bo.member)).len(), 2);
    assert_eq!(ann.all("credits/entries?kind=grant").len(), 1);
    ann.get("credits/entries?cursor=nonsense").refused(422, "invalid_field");

    let own = bo.all("credits/entries");
    assert_eq!(own.len(), 2, "a member sees what they consumed themselves");
    assert!(bo.all(&format!("credits/entries?member_id={}", ann.member)).is_empty());
    for (person, rows) in [(&ann, 5), (&bo, 2)] {
        let file = person.get("credits/entries.csv");
        assert_eq!((file.status, file.header("content-type")), (200, Some("text/csv; charset=utf-8")));
        let mut table = csv::Reader::from_reader(&*file.bytes);
        let records: Vec<_> = table.records().map(|record| record.expect("as many cells")).collect();
        assert_eq!(records.len(), rows);
        assert_eq!(&records[0][3], "-13", "numbers stay numbers");
        let named = records.iter().any(|record| &record[7] == "'=1+1");
        assert_eq!(named, rows == 5, "a name that looks like a formula is none");
    }
}

#[test]
fn inv_32_what_one_workspace_does_changes_nobody_elses_pool() {
    let world = World::new();
    let (ann, gus) = (world.ann(), world.gus());
    world.on_plan("hundred");
    spend(&ann, 60);
    assert_eq!(gus.get("credits").ok()["unlimited"], true, "his own plan counts nothing");
    spend(&gus, 1_000);
    assert_eq!(pool(&ann), (40, 40));
    assert!(gus.all("credits/entries").is_empty(), "what counts against nothing is counted under nobody");
    gus.in_workspace(&world.workspace()).get("credits").refused(404, "not_found");
}

#[test]
fn inv_30_a_ledger_that_was_tampered_with_says_where() {
    let world = World::new();
    let ann = world.ann();
    world.on_plan("hundred");
    (1..=3).for_each(|amount| spend(&ann, amount));
    assert_whole(&world);
    let acme = literal(&world.database, &world.workspace());
    let tampered = |change: &str, back: &str| {
        let of_acme = |statement: &str| world.database.run(&statement.replace("ACME", &acme));
        of_acme(change);
        let (whole, said) = verified(&world.database.url, &world.workspace());
        of_acme(back);
        assert!(!whole && said.contains("BROKEN"), "{change}: {said}");
        said
    };
    let entry = "update credit_entries set amount = amount";
    let said = tampered(
        &format!("{entry} + 1 where workspace_id = ACME and seq = 3"),
        &format!("{entry} - 1 where workspace_id = ACME and seq = 3"),
    );
    assert!(said.contains("entry 3 says that it left 97, and the entries to it add up to 98"), "{said}");
    let account = "update credit_accounts set reserved = reserved";
    tampered(&format!("{account} + 1 where workspace_id = ACME"), &format!("{account} - 1 where workspace_id = ACME"));
    let consumed = "update credit_consumption set consumed = consumed";
    let said = tampered(
        &format!("{consumed} + 1 where workspace_id = ACME"),
        &format!("{consumed} - 1 where workspace_id = ACME"),
    );
    assert!(said.contains("is kept as 7, and is 6 by the entries"), "{said}");
    let moved = "update credit_entries set seq =";
    let said = tampered(
        &format!("{moved} 9 where workspace_id = ACME and seq = 4"),
        &format!("{moved} 4 where workspace_id = ACME and seq = 9"),
    );
    assert!(said.contains("entry 4 is missing"), "{said}");
    assert_whole(&world);
}
