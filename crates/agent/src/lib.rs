//! The AI agent: it hears what customers write and answers where people let it. What may leave is decided below, in
//! `conversations`, by the mode and its epoch (INV-22); the agent only proposes.
