use kernel::Problem;

/// Why something about notifications is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Vault(#[from] tenancy::Error),
    #[error(transparent)]
    Conversation(#[from] conversations::Refusal),
    #[error("the cursor belongs to another list")]
    Cursor(#[from] kernel::InvalidCursor),
    #[error("{pointer} holds more than {most}")]
    TooMany { pointer: &'static str, most: usize },
    /// What a browser says of itself cannot be used.
    #[error("{pointer} {reason}")]
    Subscription { pointer: &'static str, reason: &'static str },
    #[error("no address of a Slack webhook")]
    SlackUrl,
    #[error("Slack is not connected")]
    SlackNotConnected,
    #[error("Slack did not take it: {0}")]
    SlackFailed(String),
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Vault(error) => error.into(),
            Refusal::Conversation(refusal) => refusal.into(),
            Refusal::Cursor(error) => Self::field("/cursor", "invalid_cursor", error.to_string()),
            Refusal::TooMany { pointer, most } => Self::field(pointer, "too_many", format!("holds more than {most}")),
            Refusal::Subscription { pointer, reason } => Self::field(pointer, "invalid", reason),
            Refusal::SlackUrl => Self::field("/webhook_url", "invalid", "is not the address of a Slack webhook"),
            Refusal::SlackNotConnected => Self::new(409, "slack.not_connected", "Connect Slack first."),
            Refusal::SlackFailed(cause) => {
                Self::new(422, "slack.failed", "Slack did not take the message. Check the webhook's address.")
                    .because(cause)
            }
        }
    }
}
