//! What the agent needs from outside: something that writes answers.

use async_trait::async_trait;
use conversations::{EscalationReason, Prompt};
use futures_util::stream::BoxStream;

/// Something that answers customers: a language model, or the script of the demo.
#[async_trait]
pub trait Model: Send + Sync {
    /// Begins an answer to what the customer said last.
    ///
    /// # Errors
    /// It cannot be asked right now; the agent asks again.
    async fn answer(&self, prompt: Prompt) -> Result<Pieces, ModelError>;
}

/// An answer as it is written; its last piece is [`Piece::End`].
pub type Pieces = BoxStream<'static, Result<Piece, ModelError>>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// More of the text.
    Text(String),
    End(Outcome),
}

/// What becomes of what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is the answer.
    Answer,
    /// It is the answer, and a person should look at the conversation.
    AnswerAndFlag(EscalationReason),
    /// A person has to go on; what was written is not sent.
    Escalate(EscalationReason),
}

/// Why a model could not answer, for the server's log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the AI did not answer: {0}")]
pub struct ModelError(pub String);
