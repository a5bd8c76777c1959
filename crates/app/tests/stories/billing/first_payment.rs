//! A catalogue without a trial whose lowest plan costs something: a new workspace has nothing of it before it is paid.

use guildhall::TillChoice;
use kernel::days;
use serde_json::{Value, json};

use super::{CATALOGUE, again, console::done};
use crate::support::{Person, World, fresh_id, text_of, until};

/// The same catalogue without a trial, and with credits in its lowest plan.
pub fn untried() -> String {
    let named = CATALOGUE.replacen("id = \"walked\"", "id = \"untried\"", 1);
    let untried = named.replacen("[trial]\ndays = 14\nreminder_days = [7, 3, 1]\n", "", 1);
    untried.replacen("credits_monthly = \"unlimited\"", "credits_monthly = 500", 1)
}

/// A server whose new workspaces stand on that catalogue.
fn selling(till: TillChoice) -> World {
    let mut world = World::with(|settings| settings.till = Some(till));
    world.shelve(&untried());
    world.restart_with(|settings| settings.catalogue = Some("untried".to_owned()));
    world
}

/// How the workspace stands with its plan: its state, why it is restricted, and the plan.
#[track_caller]
fn stands(owner: &Person) -> [Value; 3] {
    let billing = owner.get("billing").ok();
    ["state", "restricted_reason", "plan"].map(|field| billing[field].clone())
}

fn waits() -> [Value; 3] {
    [json!("restricted"), json!("never_paid"), json!("starter")]
}

fn runs() -> [Value; 3] {
    [json!("active"), Value::Null, json!("starter")]
}

/// Orders the lowest plan; its open invoice.
#[track_caller]
fn orders(owner: &Person) -> Value {
    owner.put("billing/plan", json!({ "plan": "starter", "interval": "month" })).ok()["invoice"].clone()
}

/// How often this was recorded, in any workspace.
fn recorded(world: &World, kind: &str) -> i64 {
    world.database.count(&format!("select count(*) from events where kind = '{kind}'"))
}

/// The keys of every chat there is.
fn chats(world: &World) -> Vec<String> {
    world.database.column("select public_key from channels")
}

/// Somebody writes in a chat that no website carries yet; the conversation's id.
#[track_caller]
fn writes(world: &World, key: &str, text: &str) -> String {
    let opened = world.browser().post("/widget/v1/visitors", json!({ "channel_key": key })).ok_with(201);
    let visitor = world.browser().with("authorization", &format!("Visitor {}", text_of(&opened["token"])));
    let message = json!({ "client_id": fresh_id(), "text": text });
    text_of(&visitor.post("/widget/v1/messages", message).ok_with(201)["conversation_id"])
}

#[test]
fn inv_33_inv_41_a_new_workspace_has_nothing_of_a_plan_that_costs_something_before_it_is_paid() {
    let world = selling(TillChoice::Manual);
    let operator = world.operator();
    let before = chats(&world);
    let nia = world.verified("Nia");
    assert_eq!(stands(&nia), waits());
    assert_eq!(nia.get("billing").ok()["next_invoice"], Value::Null, "nothing is invoiced by itself");
    assert_eq!(nia.get("").ok()["state"], "restricted");
    for refused in [
        nia.get("conversations"),
        nia.get("customers"),
        nia.post("invitations", json!({ "email": "kim@example.com", "role_key": "member" })),
        nia.post("channels", json!({ "name": "Second chat" })),
    ] {
        assert_eq!(refused.refused(403, "forbidden")["decided_by"], "state");
    }
    // Whoever just signed up reads on the screen how it stands, and is not written to about it.
    let mails = world.mails().into_iter().filter(|mail| mail.contains(&nia.email));
    let mails: Vec<_> = mails.filter(|mail| !mail.contains("/verify/")).collect();
    assert_eq!((mails, recorded(&world, "subscription.restricted")), (Vec::new(), 0));
    // What customers write is kept all the same.
    let key = chats(&world).into_iter().find(|key| !before.contains(key)).expect("a chat of its own");
    let conversation = writes(&world, &key, "Are you open yet?");

    let open = orders(&nia);
    assert_eq!((&open["state"], &open["total"]), (&json!("open"), &json!(1900)));
    assert_eq!(stands(&nia), waits(), "an order is no payment");
    let granted = world.database.count("select count(*) from credit_entries where kind = 'grant'");
    assert_eq!(granted, 0, "nothing is granted for what is not paid");
    let path = format!("/api/v1/operator/workspaces/{}", nia.workspace);
    assert_eq!(operator.get(&path).ok()["workspace"]["restricted_reason"], "never_paid");
    operator.put(&format!("{path}/invoices/{}/payment", text_of(&open["id"])), json!({})).ok();

    assert_eq!(stands(&nia), runs());
    assert_eq!(nia.get("credits").ok()["balance"], 500);
    let kept = nia.get(&format!("conversations/{conversation}/messages")).ok();
    assert_eq!(kept["items"][0]["text"], "Are you open yet?");
    nia.post("invitations", json!({ "email": "kim@example.com", "role_key": "member" })).ok_with(201);
    assert_eq!(recorded(&world, "subscription.restored"), 0, "what begins was never closed");
}

#[test]
fn inv_33_every_further_workspace_waits_for_a_payment_of_its_own_or_for_the_operator() {
    let world = selling(TillChoice::Manual);
    let operator = world.operator();
    let owner = world.verified("Nia");
    let made = owner.post("/api/v1/workspaces", json!({ "name": "Harbour Books" })).ok_with(201);
    let second = owner.clone().in_workspace(&text_of(&made["id"]));
    let path = format!("/api/v1/operator/workspaces/{}", owner.workspace);
    let open = orders(&owner);
    operator.put(&format!("{path}/invoices/{}/payment", text_of(&open["id"])), json!({})).ok();
    assert_eq!((stands(&owner), stands(&second)), (runs(), waits()));
    // What the operator makes on the command line begins like any other.
    let data = ["--till", "manual", "--catalogue", "untried"];
    let create = ["admin", "account", "create", "--name", "Kim", "--email", "kim@example.com"];
    done(&world.database, &[&create[..], &["--workspace-name", "Kim's Maps"], &data].concat());
    let all = operator.all("/api/v1/operator/workspaces");
    let kims = all.iter().find(|each| each["name"] == "Kim's Maps").expect("it is there");
    assert_eq!(kims["restricted_reason"], "never_paid");
    // And whoever agreed on something else is put on a plan.
    let plan = json!({ "plan": "starter", "interval": "month" });
    operator.put(&format!("/api/v1/operator/workspaces/{}/plan", second.workspace), plan).ok();
    assert_eq!(stands(&second), runs());
}

#[test]
fn inv_41_who_never_pays_owes_nothing_and_can_begin_later() {
    let world = selling(TillChoice::Manual);
    let nia = world.sign_up("Nia");
    let given_up = text_of(&orders(&nia)["id"]);
    world.clock.advance(days(40));
    let nia = again(&world, &nia);
    until("the order to be taken back", || {
        (nia.get(&format!("billing/invoices/{given_up}")).ok()["state"] == "void").then_some(())
    });
    assert_eq!((stands(&nia), nia.all("billing/invoices").len()), (waits(), 1));
    assert_eq!(orders(&nia)["state"], "open");
}

#[test]
fn where_nobody_takes_money_the_lowest_plan_is_given_away() {
    let world = selling(TillChoice::None);
    let nia = world.sign_up("Nia");
    assert_eq!(stands(&nia), runs());
    nia.get("conversations").ok();
}
