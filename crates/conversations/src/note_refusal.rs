use kernel::{MemberId, Problem};

use crate::mention::MOST_MENTIONS;

/// Why something about notes, mentions or hand-overs is refused.
#[derive(Debug, thiserror::Error)]
pub enum NoteRefusal {
    #[error("a note says something")]
    Empty,
    #[error("the note mentions too many")]
    TooManyMentions,
    #[error("a member cannot be mentioned")]
    NotMentionable { member: MemberId },
    #[error("the note was changed by somebody else")]
    Changed { version: i64 },
    #[error("the conversation waits to be taken over already")]
    AlreadyOffered,
    #[error("a hand-over is to a member or to a team")]
    OneReceiver,
    #[error("nobody hands over to themselves")]
    ToOneself,
    #[error("the time to answer is too short or too long")]
    AnswerTime,
    /// Of which part nothing was said.
    #[error("a hand-over says what it is about and what comes next")]
    Unbriefed { part: &'static str },
    #[error("the note of a hand-over is too long")]
    TooLong,
    #[error("the hand-over was answered, or its time is over")]
    HandoverEnded,
    /// Somebody moved the conversation on in the meantime.
    #[error("the hand-over is not the actor's to answer")]
    NotTheirs,
}

impl From<NoteRefusal> for Problem {
    fn from(refusal: NoteRefusal) -> Self {
        match refusal {
            NoteRefusal::Empty => Self::new(422, "note.empty", "Write something."),
            NoteRefusal::TooManyMentions => {
                Self::new(422, "mention.too_many", format!("A note mentions at most {MOST_MENTIONS} people and teams."))
            }
            NoteRefusal::NotMentionable { member } => {
                Self::new(422, "mention.not_eligible", "This member cannot be mentioned.").with("member_id", member)
            }
            NoteRefusal::Changed { version } => {
                Self::new(409, "note.changed", "Somebody changed this meanwhile. Look at it again.")
                    .with("version", version)
            }
            NoteRefusal::AlreadyOffered => {
                Self::new(409, "handover.open", "This conversation is being handed over already.")
            }
            NoteRefusal::OneReceiver => Self::field("/to", "invalid_value", "is one member or one team"),
            NoteRefusal::ToOneself => Self::field("/to/member_id", "invalid_value", "is yourself"),
            NoteRefusal::AnswerTime => {
                Self::field("/respond_within_minutes", "invalid_value", "is not from one minute to a week")
            }
            NoteRefusal::Unbriefed { part } => {
                Self::field(format!("/note/{part}"), "missing_field", "is needed to go on without asking")
            }
            NoteRefusal::TooLong => {
                Self::field("/note", "invalid_value", "makes a note of more than 10,000 characters")
            }
            NoteRefusal::HandoverEnded => {
                Self::new(409, "handover.ended", "This hand-over was answered already, or its time is over.")
            }
            NoteRefusal::NotTheirs => Self::new(403, "handover.not_yours", "This was handed to somebody else."),
        }
    }
}
