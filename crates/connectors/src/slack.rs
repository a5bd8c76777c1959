//! Posts to Slack's incoming webhooks.

use async_trait::async_trait;
use notifications::Slack;
use serde_json::json;
use url::Url;

use crate::Outgoing;

const HOSTS: [&str; 2] = ["hooks.slack.com", "hooks.slack-gov.com"];

/// Slack, by its incoming webhooks.
pub struct SlackWebhooks(pub Outgoing);

#[async_trait]
impl Slack for SlackWebhooks {
    async fn post(&self, webhook: &Url, text: &str) -> Result<(), String> {
        let body = json!({ "text": text }).to_string().into_bytes();
        let status = self.0.post(webhook, &[("content-type", "application/json".into())], body).await?;
        if status.is_success() { Ok(()) } else { Err(format!("Slack answered {status}")) }
    }

    fn admits(&self, webhook: &Url) -> bool {
        let slacks = webhook.scheme() == "https" && webhook.host_str().is_some_and(|host| HOSTS.contains(&host));
        slacks || self.0.is_trusted_loopback(webhook)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_slack_is_posted_to() {
        let slack = SlackWebhooks(Outgoing::new(false).expect("a client"));
        let admits = |text: &str| slack.admits(&Url::parse(text).expect("a URL"));
        assert!(admits("https://hooks.slack.com/services/T0/B0/x"));
        for other in [
            "http://hooks.slack.com/services/T0/B0/x",
            "https://hooks.slack.com.evil.example/services",
            "https://evil.example/hooks.slack.com",
            "http://127.0.0.1:9/services",
        ] {
            assert!(!admits(other), "{other}");
        }
    }
}
