//! The stand-in for Stripe (its README tells what it does): another program, on loopback, in a story's own time.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::Duration,
};

use guildhall::{CommonSettings, TillChoice};
use kernel::Timestamp;
use serde_json::{Value, json};
use url::Url;

use super::World;

/// Signs the webhooks; the second one is being rolled out.
pub const SECRETS: [&str; 2] = ["whsec_first", "whsec_second"];
const KEY: &str = "sk_test_stage";

/// Stopped when it is dropped.
pub struct StripeServer {
    program: Child,
    agent: ureq::Agent,
    origin: String,
}

impl StripeServer {
    /// Starts one whose time stands still.
    pub fn start(now: Timestamp) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/stripe/server.mjs");
        let mut node = Command::new("node");
        node.args([script, "--now", &seconds(now).to_string()]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut program = node.spawn().expect("Node runs");
        let mut origin = String::new();
        let said = program.stdout.as_mut().expect("what it says");
        BufReader::new(said).read_line(&mut origin).expect("its address");
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
        let agent = config.timeout_global(Some(Duration::from_secs(30))).build().into();
        Self { program, agent, origin: origin.trim().to_owned() }
    }

    /// A server that takes its money here.
    pub fn settings(&self, settings: &mut CommonSettings) {
        settings.till = Some(TillChoice::Stripe);
        settings.catalogue = Some("askusers".into());
        settings.stripe_key = Some(KEY.into());
        settings.stripe_webhook_secret = Some(SECRETS.join(","));
        settings.stripe_url = Some(Url::parse(&format!("{}/", self.origin)).expect("a URL"));
    }

    /// Tells a world's server what happens, from now on.
    pub fn tell(&self, world: &World) {
        let url = format!("{}/hooks/stripe", world.origin);
        self.control("hooks", json!({ "endpoints": [{ "url": url, "secrets": [SECRETS[1]] }] }));
    }

    /// What only a test says to it.
    #[track_caller]
    pub fn control(&self, name: &str, given: Value) -> Value {
        let url = format!("{}/_stage/{name}", self.origin);
        let sent = self.agent.post(url).content_type("application/json").send(given.to_string());
        let mut answer = sent.expect("the stand-in answers");
        let text = answer.body_mut().read_to_string().expect("an answer");
        assert_eq!(answer.status().as_u16(), 200, "{name}: {text}");
        serde_json::from_str(&text).expect("JSON")
    }

    /// A request to Stripe's API, as the operator's own tools send it.
    #[track_caller]
    pub fn post(&self, path: &str, form: &[(&str, &str)]) -> Value {
        let url = format!("{}/v1/{path}", self.origin);
        let sent =
            self.agent.post(url).header("authorization", format!("Bearer {KEY}")).send_form(form.iter().copied());
        answered(path, sent)
    }

    #[track_caller]
    pub fn get(&self, path: &str) -> Value {
        let url = format!("{}/v1/{path}", self.origin);
        answered(path, self.agent.get(url).header("authorization", format!("Bearer {KEY}")).call())
    }

    /// Pays a page by a card of Stripe's test cards.
    #[track_caller]
    pub fn pay(&self, page: &Value) {
        let session = page["url"].as_str().expect("a page").rsplit('/').next().expect("its id").to_owned();
        self.control("confirm", json!({ "session": session, "card": "pm_card_visa" }));
    }

    /// The ids of everything that happened, oldest first, with its kind.
    pub fn events(&self) -> Vec<(String, String)> {
        let mut events = Vec::new();
        let mut after = String::new();
        loop {
            let page = self.get(&format!("events?limit=100{after}"));
            let data = page["data"].as_array().expect("events").clone();
            events.extend(data.iter().map(|event| (text(&event["id"]), text(&event["type"]))));
            if page["has_more"] != json!(true) {
                events.reverse();
                return events;
            }
            after = format!("&starting_after={}", events.last().expect("an event").0);
        }
    }

    /// Lets its time catch up with a world's; what is due on the way happens.
    pub fn catch_up(&self, world: &World) {
        self.control("clock", json!({ "now": seconds(world.clock.now()) }));
    }
}

impl Drop for StripeServer {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

fn seconds(moment: Timestamp) -> i64 {
    moment.millis() / 1000
}

fn text(value: &Value) -> String {
    super::text_of(value)
}

#[track_caller]
fn answered(path: &str, answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Value {
    let mut answer = answer.unwrap_or_else(|error| panic!("{path}: {error}"));
    let text = answer.body_mut().read_to_string().expect("an answer");
    assert_eq!(answer.status().as_u16(), 200, "{path}: {text}");
    serde_json::from_str(&text).expect("JSON")
}
