//! An agent whose every step the story decides: what the customer writes names where it waits, until the story lets
//! it go on.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use agent::{Model, ModelError, Outcome, Piece, Pieces};
use async_trait::async_trait;
use conversations::{Direction, EscalationReason, Prompt};
use futures_util::{StreamExt, stream};
use tokio::sync::watch;

/// What it answers, always.
pub const ANSWER: &str = "It is on its way.";

/// Clones share their strings.
#[derive(Clone)]
pub struct Puppet(Arc<Strings>);

struct Strings {
    /// Rises whenever everybody who waits may go on.
    gate: watch::Sender<u64>,
    waiting: AtomicUsize,
    /// Messages that it failed on once.
    failed: Mutex<Vec<String>>,
}

impl Default for Puppet {
    fn default() -> Self {
        let strings = Strings { gate: watch::Sender::new(0), waiting: AtomicUsize::new(0), failed: Mutex::default() };
        Self(Arc::new(strings))
    }
}

impl Puppet {
    /// How many answers wait for the story.
    pub fn waiting(&self) -> usize {
        self.0.waiting.load(Ordering::SeqCst)
    }

    /// Lets every answer that waits go on.
    pub fn go_on(&self) {
        self.0.gate.send_modify(|gate| *gate += 1);
    }

    async fn wait(self) {
        let mut gate = self.0.gate.subscribe();
        let _counted = Counted::new(self.0.clone());
        // The story holds a clone, so the gate is there as long as anybody waits at it.
        let _ = gate.changed().await;
    }

    /// Whether this is the first time that it fails on the message.
    fn fails_on(&self, said: &str) -> bool {
        let mut failed = self.0.failed.lock().unwrap_or_else(PoisonError::into_inner);
        let first = !failed.iter().any(|message| message == said);
        if first {
            failed.push(said.to_owned());
        }
        first
    }
}

/// One that waits; it is counted until it goes on or is dropped.
struct Counted(Arc<Strings>);

impl Counted {
    fn new(strings: Arc<Strings>) -> Self {
        strings.waiting.fetch_add(1, Ordering::SeqCst);
        Self(strings)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
    }
}

#[async_trait]
impl Model for Puppet {
    async fn answer(&self, prompt: Prompt) -> Result<Pieces, ModelError> {
        let newest = prompt.messages.iter().rev().find(|message| message.direction == Direction::Inbound);
        let said = newest.map(|message| message.text.clone()).unwrap_or_default();
        let escalates = said.starts_with("escalate").then_some(EscalationReason::CannotAnswer);
        let outcome = escalates.map_or(Outcome::Answer, Outcome::Escalate);
        if said.starts_with("broken") || (said.starts_with("retried") && self.fails_on(&said)) {
            return Err(ModelError("it has a headache".into()));
        }
        if said.starts_with("thinking") {
            self.clone().wait().await;
        }
        let (first, rest) = ANSWER.split_at(6);
        let begun = stream::iter([Ok(Piece::Text(first.to_owned()))]);
        let (puppet, stops) = (self.clone(), said.starts_with("streaming"));
        let rest = stream::once(async move {
            if stops {
                puppet.wait().await;
            }
            Ok(Piece::Text(rest.to_owned()))
        });
        Ok(begun.chain(rest).chain(stream::iter([Ok(Piece::End(outcome))])).boxed())
    }
}
