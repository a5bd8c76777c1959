//! What members ask the operator for comes to an answer, and the answer to who asked (PLAN-026).

use serde_json::{Value, json};

use crate::{
    stories::notifications::told,
    support::{World, fresh_id, text_of, until},
};

const REQUESTS: &str = "/api/v1/operator/support-requests";

#[test]
fn plan_026_a_request_is_answered_in_the_console_and_the_answer_reaches_who_asked() {
    let world = World::new();
    let (olga, ann) = (world.operator(), world.ann());
    let ada = world.member_with_role("admin");
    let wish = json!({ "kind": "more_seats", "text": "Three more, please." });
    let id = text_of(&ann.post("billing/support-requests", wish).ok_with(201)["id"]);
    let of_acme = |state: &str| -> Vec<Value> {
        let all = olga.all(&format!("{REQUESTS}?state={state}"));
        all.into_iter().filter(|each| each["workspace"]["id"] == ann.workspace).collect()
    };
    let [open] = &of_acme("open")[..] else { panic!("one waits") };
    assert_eq!((&open["workspace"]["name"], &open["asked_by"]), (&json!("Acme"), &json!("Ann")));
    assert_eq!((&open["request"]["id"], &open["request"]["text"]), (&json!(id), &json!("Three more, please.")));
    assert_eq!(of_acme("done"), Vec::<Value>::new());

    let answer = format!("/api/v1/operator/workspaces/{}/support-requests/{id}/answer", ann.workspace);
    olga.put(&answer, json!({ "state": "granted", "text": "  " })).refused(422, "invalid_field");
    olga.put(&answer, json!({ "state": "open", "text": "Later" })).refused(422, "invalid_field");
    olga.put(&answer.replace(&id, &fresh_id()), json!({ "state": "granted", "text": "Done" }))
        .refused(404, "not_found");
    let (hers, adas) = (ann.listen(), ada.listen());
    let said = json!({ "state": "granted", "text": "You have three more from today." });
    let answered = olga.put(&answer, said.clone()).ok();
    assert_eq!(answered["request"]["state"], "granted");
    let before = world.recorded();
    assert_eq!(olga.put(&answer, said).ok(), answered, "the same answer again changes nothing");
    let other = json!({ "state": "declined", "text": "After all, no." });
    olga.put(&answer, other).refused(409, "support_request.answered");
    assert_eq!(world.recorded(), before);
    assert_eq!(of_acme("open"), Vec::<Value>::new());
    assert_eq!(of_acme("done")[0]["request"]["answer"], "You have three more from today.");

    // An open window hears of it where who asked sits, and nowhere else.
    hers.change("support_request.answered");
    ann.patch("", json!({ "name": "Acme and sons" })).ok();
    let heard = adas.all_until(|frame| frame.data["kind"] == "workspace.updated");
    assert!(!heard.iter().any(|frame| frame.data["kind"] == "support_request.answered"), "{heard:?}");

    let own = &ann.all("billing/support-requests")[0];
    assert_eq!((&own["state"], &own["answer"]), (&json!("granted"), &json!("You have three more from today.")));
    assert_eq!(told(&ann, "support_request.answered")["answer"], "You have three more from today.");
    until("Ann's mail", || {
        let mails = world.mails();
        mails.into_iter().find(|mail| mail.contains("ann@example.com") && mail.contains("three more from today"))
    });
    assert_eq!(ada.all("billing/support-requests"), Vec::<Value>::new());
    let news = |person: &crate::support::Person| {
        person.all("notifications").iter().any(|each| each["kind"] == "support_request.answered")
    };
    assert!(news(&ann) && !news(&ada), "it is told to who asked, and to nobody else");

    let event = ann.get("audit-events?kind=support_request.answered").ok()["items"][0].clone();
    assert_eq!((&event["actor"]["kind"], &event["actor"]["name"]), (&json!("operator"), &json!(olga.name)));
    assert_eq!(event["detail"], json!({ "state": "granted", "asked_by": ann.member }));
    // What people wrote is no part of the log.
    assert_eq!(world.database.count("select count(*) from events where payload like '%three more%'"), 0);
}

/// Two operators answer at the same moment: one of them is told that it was done. Who asked hears of it also where the plan
/// lets nobody be invited, which is why they asked.
#[test]
fn plan_026_of_two_answers_at_once_one_counts() {
    let world = World::new();
    let (olga, ann) = (world.operator(), world.ann());
    world.assign("interlinked", "free");
    let wish = json!({ "kind": "contact", "text": "Is there a discount?" });
    let id = text_of(&ann.post("billing/support-requests", wish).ok_with(201)["id"]);
    let answer = format!("/api/v1/operator/workspaces/{}/support-requests/{id}/answer", ann.workspace);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let answers = ["granted", "declined"].map(|state| json!({ "state": state, "text": "There is." }));
        let tries: Vec<_> = answers.into_iter().map(|said| scope.spawn(|| olga.put(&answer, said).status)).collect();
        tries.into_iter().map(|one| one.join().expect("an answer")).collect()
    });
    let mut sorted = statuses.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, [200, 409], "{statuses:?}");
    assert_eq!(ann.all("audit-events?kind=support_request.answered").len(), 1);
    assert_eq!(told(&ann, "support_request.answered")["answer"], "There is.");
}
