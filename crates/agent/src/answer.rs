//! One answer, from the question to the message: begun, written piece by piece, queued for a moment, sent.

use std::time::Duration;

use conversations::{EscalationReason, Prompt, Refusal, Turn};
use futures_util::StreamExt;
use kernel::LongText;
use serde::Deserialize;
use tenancy::{AgentAnswer, Error, Grant, OnDuty, RunningJob};

use crate::{Model, ModelError, Outcome, Piece};

/// A model that has not finished by then is asked anew.
const LONGEST: Duration = Duration::from_secs(120);
/// Tries before a person is asked instead.
const TRIES: i64 = 3;
/// After so many pieces the agent keeps what there is, and looks whether it is still wanted.
const KEEP_EVERY: usize = 16;

/// Why an answer did not come about; its job is run again.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    #[error(transparent)]
    Vault(#[from] Error),
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Model(#[from] ModelError),
    #[error("the job is not one of the agent's: {0}")]
    Job(String),
}

/// How writing ended.
enum Written {
    Finished(LongText, Outcome),
    /// Somebody took over, or the customer wrote on.
    Stopped,
}

/// Runs a job [`conversations::ANSWER_JOB`]. Safe to run twice: what is written already is not written again, and what
/// broke off is begun anew.
///
/// # Errors
/// The model or the database fails; after a few tries people are asked instead of the model.
pub async fn answer(model: &dyn Model, duty: &OnDuty, job: &RunningJob) -> Result<(), Failure> {
    let (grant, turn) = enter(duty, job)?;
    let Some(prompt) = begin(&grant, turn).await? else { return Ok(()) };
    let written = match tokio::time::timeout(LONGEST, write(model, prompt, &grant, turn)).await {
        Ok(written) => written,
        Err(_) => Err(ModelError("it took too long".into()).into()),
    };
    match written {
        Ok(Written::Stopped) => Ok(()),
        Ok(Written::Finished(_, Outcome::Escalate(reason))) => escalate(&grant, turn, reason).await,
        Ok(Written::Finished(text, Outcome::Answer)) => queue(&grant, turn, &text, None).await,
        Ok(Written::Finished(text, Outcome::AnswerAndFlag(reason))) => queue(&grant, turn, &text, Some(reason)).await,
        Err(Failure::Model(_)) if job.attempts + 1 >= TRIES => {
            escalate(&grant, turn, EscalationReason::CannotAnswer).await
        }
        Err(failure) => Err(failure),
    }
}

/// Runs a job [`conversations::SEND_ANSWER_JOB`]. Safe to run twice.
///
/// # Errors
/// The database fails.
pub async fn send(duty: &OnDuty, job: &RunningJob) -> Result<(), Failure> {
    let (grant, turn) = enter(duty, job)?;
    let mut tx = grant.begin().await?;
    let outcome = conversations::send_answer(&mut tx, turn).await;
    match tx.settle(outcome).await {
        Err(refusal) if refusal.is_of_plan() => escalate(&grant, turn, EscalationReason::CannotAnswer).await,
        outcome => Ok(outcome?),
    }
}

fn enter(duty: &OnDuty, job: &RunningJob) -> Result<(Grant<AgentAnswer>, Turn), Failure> {
    let workspace = job.workspace.ok_or_else(|| Failure::Job("it names no workspace".into()))?;
    let turn = Turn::deserialize(&job.payload).map_err(|error| Failure::Job(error.to_string()))?;
    Ok((duty.enter_as_agent(workspace).grant()?, turn))
}

async fn write(model: &dyn Model, prompt: Prompt, grant: &Grant<AgentAnswer>, turn: Turn) -> Result<Written, Failure> {
    let mut pieces = model.answer(prompt).await?;
    let (mut text, mut heard) = (String::new(), 0);
    while let Some(piece) = pieces.next().await {
        match piece? {
            Piece::Text(more) => text.push_str(&more),
            Piece::End(outcome) => return Ok(Written::Finished(sayable(text, outcome)?, outcome)),
        }
        if heard % KEEP_EVERY == 0 && !keep(grant, turn, &sayable(text.clone(), Outcome::Answer)?).await? {
            return Ok(Written::Stopped);
        }
        heard += 1;
    }
    Err(ModelError("it broke off".into()).into())
}

/// What was written as a message, which has a length and, to be sent, something in it.
fn sayable(text: String, outcome: Outcome) -> Result<LongText, ModelError> {
    if text.trim().is_empty() && !matches!(outcome, Outcome::Escalate(_)) {
        return Err(ModelError("it wrote nothing".into()));
    }
    LongText::try_from(text).map_err(|fault| ModelError(format!("what it wrote {fault}")))
}

async fn begin(grant: &Grant<AgentAnswer>, turn: Turn) -> Result<Option<Prompt>, Failure> {
    let mut tx = grant.begin().await?;
    let (prompt, outcome) = match conversations::begin_answer(&mut tx, turn).await {
        Ok(prompt) => (prompt, Ok(())),
        Err(refusal) => (None, Err(refusal)),
    };
    match tx.settle(outcome).await {
        // Without credits it does not answer; people do.
        Err(refusal) if refusal.is_of_plan() => escalate(grant, turn, EscalationReason::CannotAnswer).await?,
        outcome => outcome?,
    }
    Ok(prompt)
}

async fn keep(grant: &Grant<AgentAnswer>, turn: Turn, text: &LongText) -> Result<bool, Failure> {
    let mut tx = grant.begin().await?;
    let outcome = conversations::go_on_answering(&mut tx, turn, text).await;
    Ok(tx.settle(outcome).await?)
}

async fn queue(
    grant: &Grant<AgentAnswer>,
    turn: Turn,
    text: &LongText,
    flag: Option<EscalationReason>,
) -> Result<(), Failure> {
    let mut tx = grant.begin().await?;
    let outcome = conversations::queue_answer(&mut tx, turn, text, flag).await;
    Ok(tx.settle(outcome).await?)
}

async fn escalate(grant: &Grant<AgentAnswer>, turn: Turn, reason: EscalationReason) -> Result<(), Failure> {
    let mut tx = grant.begin().await?;
    let outcome = conversations::escalate(&mut tx, turn, reason).await;
    Ok(tx.settle(outcome).await?)
}
