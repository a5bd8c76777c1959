//! A clock moved through every path: what is told, invoiced and allowed on each day.

use billing::{catalogue::Interval, period, subscription::Subscription};
use guildhall::TillChoice;
use serde_json::{Value, json};

use super::{again, diary::Diary, on, paid, tried};
use crate::support::{Person, World, text_of};

/// Asks for a plan; the id of the invoice that has to be paid first.
#[track_caller]
fn asks_for(owner: &Person, plan: &str, interval: &str) -> (Value, String) {
    let wish = json!({ "plan": plan, "interval": interval });
    let offer = owner.post("billing/plan-preview", wish.clone()).ok();
    let changed = owner.put("billing/plan", wish).ok();
    for shown in ["due_now", "next_total", "begins", "lines"] {
        assert_eq!(offer[shown], changed["offer"][shown], "what was shown is what is asked for");
    }
    let invoice = changed["invoice"]["id"].as_str().unwrap_or_default().to_owned();
    (changed, invoice)
}

/// The newest invoice.
#[track_caller]
fn newest(owner: &Person) -> String {
    text_of(&owner.get("billing/invoices").ok()["items"][0]["id"])
}

#[test]
fn bil_009_bil_013_bil_014_not_002_a_trial_is_reminded_of_and_becomes_the_plan_that_was_paid() {
    let world = World::new();
    let admin = world.join(&world.ann(), "Ada", "admin");
    on(&world, "2026-01-05T09:00:00Z", tried);
    let mut diary = Diary::begin(&world, "trial_paid", "A trial that is paid before it ends");
    diary.stands(&again(&world, &world.ann()));
    diary.at("2026-01-12T08:59:00Z", "a minute before the first reminder");
    diary.at("2026-01-12T09:00:00Z", "seven days are left");
    diary.at("2026-01-16T09:00:00Z", "three days are left, and the owner chooses a plan");
    let ann = again(&world, &world.ann());
    let (_, invoice) = asks_for(&ann, "growth", "month");
    diary.then("the owner asks for Growth");
    diary.invoice(&ann, &invoice);
    paid(&world, &invoice);
    diary.then("the operator marks it as paid");
    diary.stands(&ann);
    let wish = json!({ "plan": "starter", "interval": "month" });
    ann.put("billing/plan", wish).refused(409, "plan.paid");
    diary.at("2026-01-18T09:00:00Z", "one day is left, of which nobody who paid is reminded");
    diary.at("2026-01-19T09:00:00Z", "the trial is over");
    diary.stands(&again(&world, &admin));
    diary.at("2026-02-19T09:00:00Z", "the first period is over");
    let ann = again(&world, &world.ann());
    diary.invoice(&ann, &newest(&ann));
    diary.stands(&ann);
    diary.end();
}

#[test]
fn inv_41_bil_027_a_trial_that_ends_unpaid_loses_nothing_and_goes_on_once_a_plan_is_paid() {
    let world = World::new();
    world.join(&world.ann(), "Ada", "admin");
    on(&world, "2026-01-05T09:00:00Z", tried);
    let mut diary = Diary::begin(&world, "trial_over", "A trial that nobody pays for, and a plan afterwards");
    for (day, left) in
        [("2026-01-12", "seven days are"), ("2026-01-16", "three days are"), ("2026-01-18", "one day is")]
    {
        diary.at(&format!("{day}T09:00:00Z"), &format!("{left} left"));
    }
    diary.at("2026-01-19T09:00:00Z", "the trial is over");
    let (ann, bo) = (again(&world, &world.ann()), again(&world, &world.bo()));
    diary.stands(&ann);
    // What customers write is stored; nobody reads it, and nobody is told a lie about why.
    let conversation = world.conversation("Is anybody there?");
    for refused in [&ann, &bo] {
        refused.get("conversations").refused(403, "forbidden");
        refused.get(&format!("conversations/{conversation}")).refused(403, "forbidden");
    }
    let reply = json!({ "text": "Yes", "client_id": crate::support::fresh_id(), "seen_seq": 1 });
    bo.post(&format!("conversations/{conversation}/messages"), reply).refused(403, "forbidden");
    ann.get("billing").ok();
    let (_, invoice) = asks_for(&ann, "starter", "month");
    diary.then("the owner asks for Starter");
    diary.invoice(&ann, &invoice);
    paid(&world, &invoice);
    diary.then("the operator marks it as paid");
    diary.stands(&ann);
    let seen = again(&world, &world.bo()).get(&format!("conversations/{conversation}/messages")).ok();
    assert_eq!(seen["items"][0]["text"], "Is anybody there?", "nothing was lost: {seen}");
    diary.end();
}

#[test]
fn e7_an_invoice_that_nobody_pays_is_told_four_times_and_then_rests_the_workspace_until_it_is() {
    let world = World::new();
    let ada = world.join(&world.ann(), "Ada", "admin");
    on(&world, "2027-01-31T09:00:00Z", |_| {});
    // Nobody can choose not to hear of it.
    let deaf = json!({ "in_app": "never", "email": "never", "push": "never", "slack": "never" });
    let ada = again(&world, &ada);
    let mut wishes = ada.get("notification-preferences").ok();
    wishes["events"]["payment.failed"] = deaf;
    ada.put("notification-preferences", wishes).ok();
    let mut diary = Diary::begin(&world, "dunning", "A period from a month's last day, which nobody pays");
    diary.at("2027-02-28T09:00:00Z", "the first period is over");
    let ann = again(&world, &world.ann());
    let invoice = newest(&ann);
    diary.invoice(&ann, &invoice);
    diary.at("2027-03-14T09:00:00Z", "the invoice is due");
    diary.stands(&again(&world, &world.ann()));
    diary.at("2027-03-15T09:00:00Z", "a day later");
    diary.at("2027-03-17T09:00:00Z", "three days later");
    let ann = again(&world, &world.ann());
    ann.put("billing/plan", json!({ "plan": "starter", "interval": "month" })).refused(409, "invoice.due");
    diary.at("2027-03-19T09:00:00Z", "five days later");
    let ann = again(&world, &world.ann());
    diary.stands(&ann);
    ann.get("conversations").refused(403, "forbidden");
    diary.at("2027-05-02T09:00:00Z", "two periods pass in which nobody works, and the operator marks it as paid");
    paid(&world, &invoice);
    diary.at("2027-05-02T09:01:00Z", "the period that runs is the next to be paid");
    let ann = again(&world, &world.ann());
    ann.get("conversations").ok();
    diary.invoice(&ann, &newest(&ann));
    diary.stands(&ann);
    diary.end();
}

#[test]
fn bil_002_bil_005_bil_018_inv_34_plans_and_seats_change_to_the_minor_unit() {
    let world = World::new();
    let starter = |subscription: &mut Subscription| subscription.plan = "starter".to_owned();
    on(&world, "2028-01-31T12:00:00Z", starter);
    let mut diary = Diary::begin(&world, "plan_changes", "Plans and seats that change, over a leap day and month ends");
    diary.at("2028-02-10T12:00:00Z", "a fourth full seat is taken, where three are included");
    let ann = again(&world, &world.ann());
    let zoe = world.join(&ann, "Zoe", "member");
    diary.then("Zoe joined");
    diary.stands(&ann);
    diary.at("2028-02-14T12:00:00Z", "the owner asks for Growth, which includes five");
    let ann = again(&world, &world.ann());
    let (_, invoice) = asks_for(&ann, "growth", "month");
    diary.then("it is to be paid first");
    diary.invoice(&ann, &invoice);
    ann.put("billing/plan", json!({ "plan": "starter", "interval": "month" })).ok();
    ann.put("billing/plan", json!({ "plan": "starter", "interval": "month" })).refused(409, "plan.current");
    diary.then("it is taken back");
    let (_, invoice) = asks_for(&ann, "growth", "month");
    diary.then("and asked for again");
    paid(&world, &invoice);
    diary.then("it is paid");
    diary.stands(&ann);
    asks_for(&ann, "starter", "month");
    diary.then("the owner asks for Starter, from the next period on");
    diary.stands(&ann);
    ann.put("billing/plan", json!({ "plan": "growth", "interval": "month" })).ok();
    diary.then("the owner stays with Growth");
    asks_for(&ann, "starter", "month");
    diary.then("and asks for Starter all the same");
    diary.at("2028-02-29T12:00:00Z", "the period ends on the leap day");
    let ann = again(&world, &world.ann());
    let invoice = newest(&ann);
    diary.invoice(&ann, &invoice);
    paid(&world, &invoice);
    diary.then("it is paid");
    diary.stands(&ann);
    ann.delete(&format!("members/{}", zoe.member)).ok();
    diary.then("Zoe goes; her seat stays usable until the period ends");
    diary.stands(&ann);
    diary.at("2028-03-15T12:00:00Z", "the owner pays by the year from now on");
    let ann = again(&world, &world.ann());
    let (_, invoice) = asks_for(&ann, "starter", "year");
    diary.then("a year is to be paid first");
    diary.invoice(&ann, &invoice);
    paid(&world, &invoice);
    diary.then("and it is paid");
    diary.stands(&ann);
    diary.end();
}

#[test]
fn e6_a_year_from_a_leap_day_ends_on_the_last_of_february_until_there_is_a_leap_day_again() {
    let world = World::new();
    on(&world, "2028-02-29T10:00:00Z", |subscription| {
        subscription.interval = Interval::Year;
        subscription.period = period::first(subscription.anchor, Interval::Year);
    });
    let mut diary = Diary::begin(&world, "leap_years", "Years from a leap day");
    for year in [2029, 2030, 2031] {
        diary.at(&format!("{year}-02-28T10:00:00Z"), "a year is over");
        let ann = again(&world, &world.ann());
        let invoice = newest(&ann);
        diary.invoice(&ann, &invoice);
        paid(&world, &invoice);
    }
    diary.at("2032-02-29T10:00:00Z", "and there is a leap day again");
    diary.stands(&again(&world, &world.ann()));
    diary.end();
}

#[test]
fn e7_what_is_cancelled_goes_on_until_its_period_ends_and_can_be_taken_up_again() {
    let world = World::new();
    on(&world, "2026-03-01T00:00:00Z", |_| {});
    let mut diary = Diary::begin(&world, "cancelled", "A plan that is cancelled, resumed, cancelled and had again");
    let ann = again(&world, &world.ann());
    assert_eq!(ann.put("billing/cancellation", json!(null)).ok()["cancel_at_period_end"], true);
    diary.then("the owner cancels");
    diary.stands(&ann);
    assert_eq!(ann.delete("billing/cancellation").ok()["cancel_at_period_end"], false);
    diary.then("and takes that back");
    ann.put("billing/cancellation", json!(null)).ok();
    diary.at("2026-04-01T00:00:00Z", "the period ends");
    let ann = again(&world, &world.ann());
    diary.stands(&ann);
    ann.put("billing/cancellation", json!(null)).refused(409, "subscription.not_running");
    let (_, invoice) = asks_for(&ann, "growth", "month");
    diary.then("the owner asks for Growth again");
    paid(&world, &invoice);
    diary.then("and it is paid");
    diary.stands(&ann);
    diary.end();
}

#[test]
fn bil_049_bil_050_what_is_had_beside_the_plan_is_paid_on_its_cycle_and_less_of_it_begins_with_the_next() {
    let world = World::with(|settings| settings.till = Some(TillChoice::Manual));
    on(&world, "2026-04-01T00:00:00Z", |_| {});
    let mut diary = Diary::begin(&world, "addons", "Business slots beside a plan");
    diary.at("2026-04-16T00:00:00Z", "two business slots for the second half of April");
    let ann = again(&world, &world.ann());
    let bought = json!({ "kind": "addon", "addon": "business_slot", "quantity": 2 });
    ann.post("billing/checkouts", bought.clone()).ok_with(201);
    let invoice = newest(&ann);
    diary.then("they are ordered");
    diary.invoice(&ann, &invoice);
    paid(&world, &invoice);
    diary.then("they are paid");
    diary.stands(&ann);
    ann.put("billing/addons/business_slot", json!({ "quantity": 3 })).refused(409, "addon.not_less");
    ann.put("billing/addons/nothing", json!({ "quantity": 0 })).refused(404, "not_found");
    let held = ann.put("billing/addons/business_slot", json!({ "quantity": 1 })).ok();
    assert_eq!((&held["quantity"], &held["next_quantity"]), (&json!(2), &json!(1)));
    diary.then("one is enough from May on");
    ann.post("billing/checkouts", bought).ok_with(201);
    diary.then("two more are asked for, and nobody pays");
    diary.at("2026-05-01T00:00:00Z", "the next period takes back what nobody paid");
    let ann = again(&world, &world.ann());
    diary.invoice(&ann, &newest(&ann));
    diary.stands(&ann);
    diary.end();
}

#[test]
fn e7_inv_34_what_is_used_beyond_the_plan_is_on_the_next_invoice_and_on_the_last_one() {
    let world = World::new();
    on(&world, "2026-04-01T00:00:00Z", |subscription| subscription.plan = "busy".to_owned());
    let mut diary = Diary::begin(&world, "usage", "Messages beyond what the plan includes");
    let ann = again(&world, &world.ann());
    let conversation = world.conversation("Hello");
    let send = |person: &Person| {
        let seen = person.get(&format!("conversations/{conversation}")).ok()["last_seq"].clone();
        let answer = json!({ "text": "Here it is", "seen_seq": seen });
        person.post(&format!("conversations/{conversation}/messages"), answer).ok_with(201)["seq"].clone()
    };
    (0..2).for_each(|_| drop(send(&ann)));
    diary.then("two messages are included");
    (0..3).for_each(|_| drop(send(&ann)));
    diary.then("three more are sent");
    diary.stands(&ann);
    ann.patch("inbox-settings", json!({ "send_hold_seconds": 60 })).ok();
    let held = send(&ann);
    ann.delete(&format!("conversations/{conversation}/messages/{held}/hold")).ok();
    ann.patch("inbox-settings", json!({ "send_hold_seconds": 0 })).ok();
    diary.then("a sixth is taken back before it leaves");
    diary.stands(&ann);
    diary.at("2026-05-01T00:00:00Z", "the period ends");
    let ann = again(&world, &world.ann());
    let invoice = newest(&ann);
    diary.invoice(&ann, &invoice);
    paid(&world, &invoice);
    diary.then("it is paid");
    (0..2).for_each(|_| drop(send(&ann)));
    diary.then("two more are included in May");
    diary.stands(&ann);
    send(&ann);
    ann.put("billing/cancellation", json!(null)).ok();
    diary.then("a third is not; then the owner cancels");
    diary.stands(&ann);
    diary.at("2026-06-01T00:00:00Z", "what was cancelled ends, and what was used of it is invoiced");
    let ann = again(&world, &world.ann());
    diary.invoice(&ann, &newest(&ann));
    diary.stands(&ann);
    diary.end();
}
