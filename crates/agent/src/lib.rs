//! The AI agent: it hears what customers write and answers where people let it.
//!
//! Invariant: the agent only proposes. Every step it takes asks for the right [`tenancy::AgentAnswer`], and what may
//! leave is decided below, in `conversations`, by the mode and its epoch in the transaction that sends (INV-22).

mod answer;
mod model;

pub use answer::{Failure, answer, send};
pub use model::{Model, ModelError, Outcome, Piece, Pieces};
