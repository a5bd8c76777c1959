//! Hours and shifts by the clock on the wall, over the nights in which it jumps.

use kernel::Timestamp;
use serde_json::{Value, json};

use super::teams::{shown, team};
use crate::support::{PASSWORD, Person, World, text_of};

/// A zone, its two changes of 2026 as Sunday nights, and the moments at which an early shift until `edge` and a late
/// one from then on begin and end there.
struct Night {
    zone: &'static str,
    edge: &'static str,
    begins: &'static str,
    changes: &'static str,
    ends: &'static str,
}

/// Both shifts of a night together go from Sunday midnight to 06:00.
const NIGHTS: [Night; 6] = [
    // 02:00 becomes 03:00: the edge is skipped, and is the jump.
    Night {
        zone: "Europe/Madrid",
        edge: "02:30",
        begins: "2026-03-28T23:00:00Z",
        changes: "2026-03-29T01:00:00Z",
        ends: "2026-03-29T04:00:00Z",
    },
    // 03:00 becomes 02:00: the edge comes twice, and is the first of the two.
    Night {
        zone: "Europe/Madrid",
        edge: "02:30",
        begins: "2026-10-24T22:00:00Z",
        changes: "2026-10-25T00:30:00Z",
        ends: "2026-10-25T05:00:00Z",
    },
    Night {
        zone: "America/New_York",
        edge: "03:00",
        begins: "2026-03-08T05:00:00Z",
        changes: "2026-03-08T07:00:00Z",
        ends: "2026-03-08T10:00:00Z",
    },
    Night {
        zone: "America/New_York",
        edge: "02:00",
        begins: "2026-11-01T04:00:00Z",
        changes: "2026-11-01T07:00:00Z",
        ends: "2026-11-01T11:00:00Z",
    },
    // Clocks change by half an hour.
    Night {
        zone: "Australia/Lord_Howe",
        edge: "01:45",
        begins: "2026-04-04T13:00:00Z",
        changes: "2026-04-04T14:45:00Z",
        ends: "2026-04-04T19:30:00Z",
    },
    Night {
        zone: "Australia/Lord_Howe",
        edge: "02:15",
        begins: "2026-10-03T13:30:00Z",
        changes: "2026-10-03T15:30:00Z",
        ends: "2026-10-03T19:00:00Z",
    },
];

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).expect("a moment")
}

/// Moves the clock and signs somebody in again: sessions do not live from one day to the next.
#[track_caller]
fn later(world: &World, person: &Person, moment: Timestamp) -> Person {
    world.clock.set(moment);
    let given = json!({ "email": person.email, "password": PASSWORD });
    let cookie = world.browser().post("/api/v1/sessions", given).cookie();
    Person { browser: world.browser().with("cookie", &cookie), ..person.clone() }
}

#[test]
fn asg_005_asg_006_shifts_follow_the_wall_clock_over_both_changes_in_three_zones() {
    const SECOND: std::time::Duration = std::time::Duration::from_secs(1);
    let world = World::new();
    let (bo, cleo) = (world.bo(), world.cleo());
    let mut ann = world.ann();
    let support = team(&ann, json!({ "member_ids": [&bo.member, &cleo.member] }));
    let shift = |by: &Person, member: &Person| {
        let shift = json!({ "member_id": member.member, "days": [7], "from": "12:00", "to": "13:00" });
        format!("shifts/{}", text_of(&by.post("shifts", shift).ok_with(201)["id"]))
    };
    let (early, late) = (shift(&ann, &bo), shift(&ann, &cleo));
    let mut nights: Vec<_> = NIGHTS.iter().collect();
    nights.sort_by_key(|night| at(night.begins).millis());
    for night in nights {
        ann = later(&world, &ann, at(night.begins).minus(SECOND));
        ann.put("business-hours", json!({ "timezone": night.zone, "weekly": [], "holidays": [] })).ok();
        ann.patch(&early, json!({ "from": "00:00", "to": night.edge })).ok();
        ann.patch(&late, json!({ "from": night.edge, "to": "06:00" })).ok();
        let on_shift = |moment: Timestamp| {
            world.clock.set(moment);
            let seats = shown(&ann, &support)["members"].clone();
            [0, 1].map(|seat| seats[seat]["on_shift"] == true)
        };
        let Night { zone, begins, changes, ends, .. } = night;
        for (moment, before, after) in [
            (begins, [false, false], [true, false]),
            (changes, [true, false], [false, true]),
            (ends, [false, true], [false, false]),
        ] {
            assert_eq!(on_shift(at(moment).minus(SECOND)), before, "{zone} before {moment}");
            assert_eq!(on_shift(at(moment)), after, "{zone} from {moment}");
        }
    }
}

#[test]
fn ai_005_a_workspace_has_a_zone_weekly_hours_and_holidays() {
    let world = World::new();
    let ann = world.ann();
    let unsaid = ann.get("business-hours").ok();
    assert_eq!((&unsaid["timezone"], &unsaid["open_now"]), (&json!("UTC"), &json!(true)), "always open");
    let days = |from: &str, to: &str| [1, 2, 3, 4, 5].map(|day| json!({ "day": day, "from": from, "to": to })).to_vec();
    let weekly = [days("15:00", "18:00"), days("09:00", "14:00")].concat();
    let holidays = json!([{ "date": "2026-01-06", "name": "Reyes" }]);
    let said = json!({ "timezone": "Europe/Madrid", "weekly": weekly, "holidays": holidays });
    let stream = world.bo().listen();
    let kept = ann.put("business-hours", said.clone()).ok();
    assert_eq!(stream.change("business_hours.updated")["actor"]["name"], "Ann");
    assert_eq!(kept["weekly"][0], json!({ "day": 1, "from": "09:00", "to": "14:00" }), "in their order");
    assert_eq!((&kept["holidays"], &kept["timezone"]), (&holidays, &said["timezone"]));
    let before = world.recorded();
    ann.put("business-hours", said).ok();
    assert_eq!(world.recorded(), before, "said already");
    for (moment, open) in [
        ("2026-01-05T12:59:58Z", true),
        ("2026-01-05T13:00:00Z", false),
        ("2026-01-05T14:00:00Z", true),
        ("2026-01-05T17:00:00Z", false),
        ("2026-01-06T10:00:00Z", false),
        ("2026-01-07T08:00:00Z", true),
    ] {
        let ann = later(&world, &ann, at(moment));
        assert_eq!(ann.get("business-hours").ok()["open_now"], open, "{moment}");
    }
    let (bo, vic) = (later(&world, &world.bo(), world.clock.now()), later(&world, &world.vic(), world.clock.now()));
    bo.put("business-hours", json!({ "timezone": "UTC", "weekly": [] })).refused(403, "forbidden");
    vic.get("business-hours").ok();
}

#[test]
fn a_team_takes_work_in_the_hours_that_it_goes_by() {
    let world = World::new();
    let (mut ann, bo) = (world.ann(), world.bo());
    let support = team(&ann, json!({ "member_ids": [&bo.member] }));
    let on_shift = |by: &Person| shown(by, &support)["members"][0]["on_shift"].clone();
    assert_eq!(on_shift(&ann), true, "who has no shift is on shift always");
    let shift =
        json!({ "member_id": bo.member, "team_id": support["id"], "days": [1], "from": "22:00", "to": "06:00" });
    let shift = ann.post("shifts", shift).ok_with(201);
    assert_eq!((&shift["member"]["name"], &shift["team_id"]), (&json!("Bo"), &support["id"]));
    for (moment, on) in [
        ("2026-01-05T21:59:58Z", false),
        ("2026-01-05T22:00:00Z", true),
        ("2026-01-06T05:59:58Z", true),
        ("2026-01-06T06:00:00Z", false),
    ] {
        ann = later(&world, &ann, at(moment));
        assert_eq!(on_shift(&ann), on, "{moment}");
    }
    let path = format!("teams/{}", text_of(&support["id"]));
    let weekly = json!([{ "day": 2, "from": "06:00", "to": "08:00" }]);
    ann.put("business-hours", json!({ "timezone": "UTC", "weekly": weekly })).ok();
    ann.patch(&path, json!({ "version": 1, "hours": "workspace" })).ok();
    assert_eq!(on_shift(&ann), true, "the workspace is open");
    ann = later(&world, &ann, at("2026-01-06T08:00:00Z"));
    assert_eq!(on_shift(&ann), false);
    ann.patch(&path, json!({ "version": 2, "hours": "always" })).ok();
    assert_eq!(on_shift(&ann), true);
    // Nothing begins on a holiday.
    let holidays = json!([{ "date": "2026-01-12", "name": "Inventory" }]);
    ann.put("business-hours", json!({ "timezone": "UTC", "weekly": weekly, "holidays": holidays })).ok();
    ann.patch(&path, json!({ "version": 3, "hours": "shifts" })).ok();
    for (moment, on) in [("2026-01-12T23:00:00Z", false), ("2026-01-19T23:00:00Z", true)] {
        ann = later(&world, &ann, at(moment));
        assert_eq!(on_shift(&ann), on, "{moment}");
    }
    ann.delete(&format!("shifts/{}", text_of(&shift["id"]))).ok_with(204);
    ann = later(&world, &ann, at("2026-01-21T12:00:00Z"));
    assert_eq!(on_shift(&ann), true);
}

#[test]
fn contradictory_shifts_and_hours_are_refused_and_leave_nothing_behind() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let (support, sales) = (team(&ann, json!({ "member_ids": [&bo.member] })), team(&ann, json!({})));
    ann.put(&format!("teams/{}/members/{}", text_of(&sales["id"]), bo.member), json!({})).ok();
    let shift = |team: &Value, days: Value, from: &str, to: &str| json!({ "member_id": bo.member, "team_id": team, "days": days, "from": from, "to": to });
    let first = ann.post("shifts", shift(&support["id"], json!([1, 2]), "09:00", "13:00")).ok_with(201);
    ann.post("shifts", shift(&support["id"], json!([1, 2]), "13:00", "18:00")).ok_with(201);
    ann.post("shifts", shift(&sales["id"], json!([2]), "10:00", "12:00")).ok_with(201);
    let before = world.recorded();
    for (wrong, what) in [
        (shift(&support["id"], json!([2, 3]), "12:59", "14:00"), "the same team"),
        (shift(&Value::Null, json!([2]), "11:00", "12:00"), "all teams"),
        (shift(&support["id"], json!([7]), "22:00", "09:01"), "a night into Monday"),
    ] {
        let refusal = ann.post("shifts", wrong).refused(422, "shift.overlaps");
        assert!(refusal["shift_id"].is_string(), "{what}");
    }
    let first = format!("shifts/{}", text_of(&first["id"]));
    ann.patch(&first, json!({ "to": "13:01" })).refused(422, "shift.overlaps");
    let code = |reply: crate::support::Reply| text_of(&reply.refused(422, "invalid_field")["errors"][0]["code"]);
    assert_eq!(code(ann.post("shifts", shift(&Value::Null, json!([]), "09:00", "10:00"))), "shift.no_days");
    assert_eq!(code(ann.post("shifts", shift(&Value::Null, json!([5]), "09:00", "09:00"))), "shift.empty");
    assert_eq!(code(ann.post("shifts", shift(&Value::Null, json!([8]), "09:00", "10:00"))), "invalid_value");
    assert_eq!(code(ann.post("shifts", shift(&Value::Null, json!([5]), "9", "10:00"))), "invalid_value");
    let of_cleo = json!({ "member_id": world.cleo().member, "team_id": sales["id"], "days": [1], "from": "09:00", "to": "10:00" });
    assert_eq!(code(ann.post("shifts", of_cleo)), "not_in_team");
    let of_gus = json!({ "member_id": world.gus().member, "days": [1], "from": "09:00", "to": "10:00" });
    assert_eq!(code(ann.post("shifts", of_gus)), "unknown_member");
    bo.post("shifts", shift(&Value::Null, json!([5]), "09:00", "10:00")).refused(403, "forbidden");

    let hours = |zone: &str, weekly: Value, holidays: Value| {
        ann.put("business-hours", json!({ "timezone": zone, "weekly": weekly, "holidays": holidays }))
    };
    let stretch = |from: &str, to: &str| json!({ "day": 1, "from": from, "to": to });
    assert_eq!(code(hours("Europe/Atlantis", json!([]), json!([]))), "invalid_value");
    let overlap = json!([stretch("09:00", "13:00"), stretch("12:00", "18:00")]);
    let refusal = hours("UTC", overlap, json!([])).refused(422, "invalid_field");
    assert_eq!(
        (&refusal["errors"][0]["code"], &refusal["errors"][0]["pointer"]),
        (&json!("hours.overlap"), &json!("/weekly/1"))
    );
    assert_eq!(code(hours("UTC", json!([stretch("09:00", "09:00")]), json!([]))), "hours.empty");
    let twice = json!([{ "date": "2026-12-25", "name": "A" }, { "date": "2026-12-25", "name": "B" }]);
    assert_eq!(code(hours("UTC", json!([]), twice)), "holiday.twice");
    assert_eq!(code(hours("UTC", json!([]), json!([{ "date": "2026-02-30", "name": "A" }]))), "invalid_value");
    assert_eq!(world.recorded(), before);
}

#[test]
fn a_workspace_decides_how_its_inbox_works_or_leaves_it_to_the_pack() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let of_the_pack = ann.patch("inbox-settings", json!({ "auto_away_minutes": null })).ok();
    assert_eq!((&of_the_pack["reply_lock"], &of_the_pack["ai_auto_resume_minutes"]), (&json!("soft"), &json!(15)));
    assert_eq!(of_the_pack["overridden"], json!([]));
    let stream = bo.listen();
    let decided = ann.patch("inbox-settings", json!({ "reply_lock": "strict", "send_hold_seconds": 8 })).ok();
    assert_eq!(stream.change("inbox_settings.updated")["actor"]["name"], "Ann");
    assert_eq!((&decided["reply_lock"], &decided["send_hold_seconds"]), (&json!("strict"), &json!(8)));
    assert_eq!(decided["overridden"], json!(["reply_lock", "send_hold_seconds"]));
    assert_eq!(decided["pack"]["reply_lock"], "soft");
    let back = ann.patch("inbox-settings", json!({ "reply_lock": null, "ai_auto_resume_minutes": 0 })).ok();
    assert_eq!((&back["reply_lock"], &back["ai_auto_resume_minutes"]), (&json!("soft"), &json!(0)));
    assert_eq!(back["overridden"], json!(["ai_auto_resume_minutes", "send_hold_seconds"]));

    let before = world.recorded();
    ann.patch("inbox-settings", json!({ "reply_lock": null })).ok();
    let refusal = ann.patch("inbox-settings", json!({ "send_hold_seconds": 121 })).refused(422, "invalid_field");
    assert_eq!(
        (&refusal["errors"][0]["code"], &refusal["errors"][0]["pointer"]),
        (&json!("out_of_range"), &json!("/send_hold_seconds"))
    );
    ann.patch("inbox-settings", json!({ "handover_minutes": -1 })).refused(422, "invalid_field");
    ann.patch("inbox-settings", json!({ "reply_lock": "none" })).refused(422, "invalid_field");
    bo.patch("inbox-settings", json!({ "send_hold_seconds": 0 })).refused(403, "forbidden");
    assert_eq!(world.recorded(), before);
    assert_eq!(ann.get("inbox-settings").ok(), back);
}
