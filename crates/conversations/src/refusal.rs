use kernel::{MemberId, Problem};
use serde_json::json;

use crate::{
    Message, NoteRefusal, RuleRefusal, TaskRefusal, ToolRefusal, attachment::MOST_ATTACHMENTS, files::LARGEST_FILE,
};

/// Why something about a conversation is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Vault(#[from] tenancy::Error),
    #[error(transparent)]
    Customer(#[from] customers::Refusal),
    #[error(transparent)]
    Channel(#[from] channels::Refusal),
    #[error(transparent)]
    Note(#[from] NoteRefusal),
    /// A colleague answered meanwhile (INV-24); `contact` says whether the customer is the actor's own contact.
    #[error("newer answers exist")]
    Stale { messages: Vec<Message>, contact: bool, seen_seq: i64 },
    #[error("somebody else has the conversation")]
    ClaimLost { assignee: Option<(MemberId, String)> },
    #[error("the member cannot be given conversations")]
    NotEligible,
    #[error("either a member or a team")]
    AssignmentTarget,
    /// Spam and archived conversations are answered only after they were opened again.
    #[error("the conversation is not open")]
    NotOpen,
    /// A customer has one living conversation per channel.
    #[error("another conversation of the customer lives")]
    AnotherLives,
    /// Under a strict reply lock somebody else has it (INV-24).
    #[error("somebody else answers here")]
    Locked { holder: MemberId, name: String },
    #[error("no AI answers in the workspace")]
    AgentNotAvailable,
    #[error("the answer went out already")]
    NotHeld,
    #[error("the time to send is not within the next year")]
    SendTime,
    #[error("too many messages wait to be sent")]
    TooManyScheduled,
    #[error("snoozing needs a time")]
    SnoozeNeedsTime,
    #[error("the time is not within the next year")]
    SnoozeTime,
    #[error("a message needs text or an attachment")]
    EmptyMessage,
    #[error("too many attachments")]
    TooManyAttachments,
    #[error("the file is too large")]
    FileTooLarge,
    #[error("the file is empty")]
    FileEmpty,
    #[error("the upload broke off")]
    UploadBroken(#[source] std::io::Error),
    #[error("the file store failed: {0}")]
    FileStore(String),
    #[error(transparent)]
    Tool(#[from] ToolRefusal),
    #[error(transparent)]
    Rule(#[from] RuleRefusal),
    #[error(transparent)]
    Directory(#[from] directory::Refusal),
    #[error(transparent)]
    Task(#[from] TaskRefusal),
    #[error(transparent)]
    Usage(#[from] billing::usage::UsageRefusal),
    #[error(transparent)]
    Credits(#[from] billing::ledger::LedgerRefusal),
    #[error(transparent)]
    Cursor(#[from] kernel::InvalidCursor),
}

impl Refusal {
    /// Whether the plan has no more of what it takes: the AI then leaves it to people.
    pub fn is_of_plan(&self) -> bool {
        matches!(
            self,
            Self::Usage(billing::usage::UsageRefusal::LimitReached { .. })
                | Self::Credits(billing::ledger::LedgerRefusal::Insufficient { .. })
        )
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Vault(error) => error.into(),
            Refusal::Task(refusal) => refusal.into(),
            Refusal::Customer(refusal) => refusal.into(),
            Refusal::Channel(refusal) => refusal.into(),
            Refusal::Note(refusal) => refusal.into(),
            Refusal::Stale { seen_seq, .. } => {
                Self::new(409, "conversation.stale", "Somebody answered while you were writing. Read it, then decide.")
                    .with("seen_seq", seen_seq)
            }
            Refusal::ClaimLost { assignee } => {
                let assignee = assignee.map(|(id, name)| json!({ "id": id, "name": name }));
                Self::new(409, "claim.lost", "Somebody else already has this conversation.").with("assignee", assignee)
            }
            Refusal::NotEligible => {
                Self::new(422, "assignment.not_eligible", "This member cannot be given conversations.")
            }
            Refusal::AssignmentTarget => Self::new(422, "assignment.target", "Name either a member or a team."),
            Refusal::NotOpen => {
                Self::new(409, "conversation.not_open", "Open this conversation again before you go on with it.")
            }
            Refusal::AnotherLives => Self::new(
                409,
                "conversation.another_open",
                "This customer already has a newer conversation in the same channel.",
            ),
            Refusal::Locked { holder, name } => {
                Self::new(409, "conversation.locked", "Somebody else answers here. Take over to answer yourself.")
                    .with("holder", json!({ "id": holder, "name": name }))
            }
            Refusal::AgentNotAvailable => {
                Self::new(409, "agent.not_available", "No AI answers in this workspace. Switch it on in the settings.")
            }
            Refusal::NotHeld => {
                Self::new(409, "message.not_held", "This message went out already, or it is not yours to take back.")
            }
            Refusal::SendTime => Self::field("/send_at", "invalid", "is not within the next year"),
            Refusal::TooManyScheduled => {
                Self::new(409, "message.too_many_scheduled", "Too many messages already wait to be sent here.")
            }
            Refusal::SnoozeNeedsTime => Self::field("/status", "invalid", "is set by snoozing until a time"),
            Refusal::SnoozeTime => Self::field("/until", "invalid", "is not within the next year"),
            Refusal::EmptyMessage => Self::new(422, "message.empty", "Write something or attach a file."),
            Refusal::TooManyAttachments => {
                Self::field("/attachments", "too_many", format!("holds more than {MOST_ATTACHMENTS} files"))
            }
            Refusal::FileTooLarge => {
                let most = LARGEST_FILE / (1024 * 1024);
                Self::new(413, "attachment.too_large", format!("A file has at most {most} MiB."))
                    .with("limit", LARGEST_FILE)
            }
            Refusal::FileEmpty => Self::new(422, "attachment.empty", "The file is empty."),
            Refusal::UploadBroken(cause) => {
                Self::new(400, "attachment.broken_upload", "The upload broke off.").because(cause.to_string())
            }
            Refusal::FileStore(cause) => {
                Self::new(503, "unavailable", "Files cannot be kept right now.").retry_after(2).because(cause)
            }
            Refusal::Tool(refusal) => refusal.into(),
            Refusal::Rule(refusal) => refusal.into(),
            Refusal::Directory(refusal) => refusal.into(),
            Refusal::Usage(refusal) => refusal.into(),
            Refusal::Credits(refusal) => refusal.into(),
            Refusal::Cursor(error) => Self::field("/cursor", "invalid_cursor", error.to_string()),
        }
    }
}
