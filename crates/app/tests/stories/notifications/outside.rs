//! Browsers that are asleep, and the team's channel in Slack.

use serde_json::{Value, json};

use super::{assign, settled, told, wish};
use crate::support::{PushService, SlackServer, World, until};

/// A server that sends to the outside only, as it is served.
fn strict() -> World {
    World::with(|settings| settings.trust_loopback = false)
}

const BY_PUSH: &str = "always";

#[test]
fn a_push_message_is_signed_encrypted_for_its_browser_and_says_what_its_member_may_know() {
    let (world, service) = (World::new(), PushService::start());
    let (ann, bo) = (world.ann(), world.bo());
    wish(
        &bo,
        "conversation.assigned",
        json!({ "in_app": "always", "email": "never", "push": BY_PUSH, "slack": "never" }),
    );
    let bo = bo.with("user-agent", "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0");
    let taken = bo.post("push-subscriptions", service.subscription("/send/1")).ok_with(201);
    assert_eq!((&taken["device"], &taken["current"]), (&json!("Firefox on Linux"), &json!(true)));
    assert_eq!(bo.post("push-subscriptions", service.subscription("/send/1")).ok_with(201)["id"], taken["id"]);
    assert_eq!(bo.get("push-subscriptions").ok()["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(ann.get("push-subscriptions").ok()["items"], json!([]));

    let conversation = world.conversation("Is this still available?");
    assign(&ann, &conversation, &bo);
    let message = service.message();
    assert!(message["text"]["title"].as_str().expect("a title").starts_with("Ann gave you the conversation with"));
    assert_eq!(message["text"]["body"], "Is this still available?");
    let url = format!("/w/{}/inbox/all/{conversation}", world.workspace());
    assert!(message["text"]["url"].as_str().expect("a link").ends_with(&url), "{message}");
    assert_eq!((&message["path"], &message["encoding"]), (&json!("/send/1"), &json!("aes128gcm")));
    let vapid = &message["vapid"];
    assert_eq!(vapid["aud"], json!(service.origin()));
    assert_eq!(vapid["key"], bo.get("push-key").ok()["public_key"], "the key that browsers subscribe with");
    let ends = vapid["exp"].as_i64().expect("seconds") - world.clock.now().millis() / 1000;
    assert!((1..=24 * 60 * 60).contains(&ends), "{vapid}");

    // Deleted, it takes no more; another browser says itself that it is gone.
    bo.delete(&format!("push-subscriptions/{}", taken["id"].as_str().expect("an id"))).ok_with(204);
    bo.post("push-subscriptions", service.subscription("/gone")).ok_with(201);
    assign(&ann, &conversation, &ann);
    assign(&ann, &conversation, &bo);
    assert_eq!(service.message()["path"], "/gone");
    until("the browser is forgotten", || (bo.get("push-subscriptions").ok()["items"] == json!([])).then_some(()));
    settled(&world);
    assert!(service.is_quiet(), "one message for each event and browser");
}

#[test]
fn t_b10_a_browser_whose_person_signed_out_is_sent_nothing() {
    let (world, service) = (World::new(), PushService::start());
    let (ann, bo) = (world.ann(), world.bo());
    wish(
        &bo,
        "conversation.assigned",
        json!({ "in_app": "always", "email": "never", "push": BY_PUSH, "slack": "never" }),
    );
    bo.post("push-subscriptions", service.subscription("/send/1")).ok_with(201);
    bo.browser.delete("/api/v1/sessions/current").ok_with(204);
    let conversation = world.conversation("Hello");
    assign(&ann, &conversation, &bo);
    until("the browser is forgotten", || {
        (world.database.count("select count(*) from push_subscriptions") <= 1).then_some(())
    });
    settled(&world);
    assert!(service.is_quiet());
}

#[test]
fn a_browser_whose_word_cannot_be_used_is_refused() {
    let (world, service) = (strict(), PushService::start());
    let bo = world.bo();
    let good = service.subscription("/send/1");
    bo.post("push-subscriptions", good.clone()).refused(422, "invalid_field");
    for endpoint in ["https://10.0.0.1/x", "https://169.254.169.254/latest", "http://push.example/x", "nowhere"] {
        bo.post("push-subscriptions", json!({ "endpoint": endpoint, "keys": good["keys"] }))
            .refused(422, "invalid_field");
    }
    let outside = "https://push.example/send/1";
    for keys in [
        json!({ "p256dh": "AAAA", "auth": good["keys"]["auth"] }),
        json!({ "p256dh": good["keys"]["p256dh"], "auth": "short" }),
        json!({ "p256dh": "!!", "auth": good["keys"]["auth"] }),
    ] {
        bo.post("push-subscriptions", json!({ "endpoint": outside, "keys": keys })).refused(422, "invalid_field");
    }
    let body = json!({ "endpoint": outside, "keys": good["keys"] });
    for number in 0..12 {
        let mut one = body.clone();
        one["endpoint"] = json!(format!("{outside}{number}"));
        bo.post("push-subscriptions", one).ok_with(201);
    }
    assert_eq!(bo.get("push-subscriptions").ok()["items"].as_array().map(Vec::len), Some(10), "the oldest give way");
    bo.delete("push-subscriptions/018f0000-0000-7000-8000-000000000000").refused(404, "not_found");
}

#[test]
fn not_001_res_009_the_teams_channel_in_slack_names_who_is_asked_for_and_nothing_of_the_customer() {
    let (world, slack) = (World::new(), SlackServer::start());
    let (ann, bo) = (world.ann(), world.bo());
    ann.post("integrations/slack/test", json!({})).refused(409, "slack.not_connected");
    let connected = ann.put("integrations/slack", json!({ "webhook_url": slack.webhook() })).ok();
    assert_eq!((&connected["connected"], &connected["host"]), (&json!(true), &json!("127.0.0.1")));
    assert!(!connected.to_string().contains("secret"), "the address is told to nobody: {connected}");
    ann.post("integrations/slack/test", json!({})).ok_with(204);
    slack.post("Guildhall is connected");
    slack.trouble(true);
    ann.post("integrations/slack/test", json!({})).refused(422, "slack.failed");
    slack.trouble(false);

    wish(
        &bo,
        "conversation.assigned",
        json!({ "in_app": "always", "email": "never", "push": "never", "slack": "always" }),
    );
    let visitor = world.visitor_who(json!({ "name": "Jane Doe", "email": "jane.doe@example.org" }));
    let conversation = visitor.says("A secret of mine");
    assign(&ann, &conversation, &bo);
    let post = slack.post("you were given a conversation");
    assert!(post.starts_with("Bo: you were given a conversation by Ann. <http"), "{post}");
    assert!(post.contains(&format!("/inbox/all/{conversation}|Open>")), "{post}");
    assert!(["Jane", "jane.doe", "secret of mine"].iter().all(|word| !post.contains(word)), "{post}");
    told(&bo, "conversation.assigned");
    settled(&world);
    assert_eq!(slack.posts().len(), 2, "once for each event");

    ann.delete("integrations/slack").ok_with(204);
    ann.delete("integrations/slack").refused(404, "not_found");
    assert_eq!(ann.get("integrations/slack").ok()["connected"], json!(false));
    world.vic().put("integrations/slack", json!({ "webhook_url": slack.webhook() })).refused(403, "forbidden");
}

#[test]
fn only_slack_itself_is_taken_for_slack() {
    let world = strict();
    let (ann, slack) = (world.ann(), SlackServer::start());
    for webhook in
        [slack.webhook().as_str(), "https://10.0.0.1/services", "https://hooks.slack.com.evil.example/x", "", "x"]
    {
        ann.put("integrations/slack", json!({ "webhook_url": webhook })).refused(422, "invalid_field");
    }
    assert_eq!(ann.get("integrations/slack").ok()["host"], Value::Null);
    ann.put("integrations/slack", json!({ "webhook_url": "https://hooks.slack.com/services/T0/B0/x" })).ok();
    assert_eq!(ann.get("integrations/slack").ok()["host"], "hooks.slack.com");
}
