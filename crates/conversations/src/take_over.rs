//! People take conversations over from the AI and give them back; the clock gives back what nobody looks after.

use std::time::Duration;

use kernel::{ConversationId, MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{
    ConversationReleaseToAi, ConversationReply, ConversationTakeManual, Error, Housekeeping, Job, Tx, Work, args, sql,
};
use utoipa::ToSchema;

use crate::{
    Conversation, Mode, Refusal, agent,
    conversation::{Held, hold, hold_unseen, must_be_own, reread},
    mode::{self, Cause, Change},
    mode_back,
    status::record,
};

/// Who is to answer, as somebody wishes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Answerer {
    /// Whoever wishes it, who takes over from the AI or from a colleague.
    Manual,
    Ai,
}

/// The job that gives a conversation back to the AI; its payload is `{conversation_id}`.
pub const RESUME_JOB: &str = "conversation.resume_ai";
/// Under a strict reply lock, who does nothing for this long no longer keeps others from answering (INV-24).
const LOCK_LASTS: Duration = Duration::from_secs(10 * 60);
/// Who types keeps the AI away for this long.
const TYPING_LASTS: Duration = Duration::from_secs(60);

/// Takes a conversation out of the hands of the AI, or, under a strict reply lock, of a colleague. When this has been
/// answered, no answer of the AI leaves any more until somebody gives it back (INV-23).
///
/// # Errors
/// Out of sight, or not one's own.
pub async fn take_over(tx: &mut Tx<ConversationTakeManual>, id: ConversationId) -> Result<Conversation, Refusal> {
    let held = hold(tx, id).await?;
    must_be_own(tx, &held)?;
    let me = tx.viewer().member.ok_or(Error::NotFound)?;
    if held.mode == Mode::Manual && held.holder.is_none_or(|holder| holder.member != me) {
        let payload = json!({ "conversation_id": id, "from": held.holder.map(|holder| holder.member), "to": me });
        record(tx, "conversation.taken_over", &held, payload);
        keep(tx, &held, me).await?;
    } else if held.mode != Mode::Manual {
        take(tx, &held, Some(me), Cause::TakeOver).await?;
    }
    mode_back::leave(tx, &held).await?;
    reread(tx, id).await
}

/// Gives a conversation to the AI, which looks at once at what nobody answered.
///
/// # Errors
/// Out of sight, not one's own, not open, or nobody answers for people here.
pub async fn release(tx: &mut Tx<ConversationReleaseToAi>, id: ConversationId) -> Result<Conversation, Refusal> {
    let held = hold(tx, id).await?;
    must_be_own(tx, &held)?;
    if !held.status.is_living() {
        return Err(Refusal::NotOpen);
    }
    if !agent::answers(tx).await? {
        return Err(Refusal::AgentNotAvailable);
    }
    if held.mode.after(Cause::Release).is_some() {
        mode::enter(tx, &held, Change::to_ai(Cause::Release)).await?;
    }
    mode_back::leave(tx, &held).await?;
    reread(tx, id).await
}

/// A person acts in a conversation: it is theirs from now on, and the AI's timer starts anew. Who is here no longer
/// holds nothing: what they had accepted to do takes it from the AI and from nobody else.
pub(crate) async fn take(work: &mut Work, held: &Held, by: Option<MemberId>, cause: Cause) -> Result<(), Error> {
    let Some(to) = held.mode.after(cause) else {
        return match by {
            Some(by) => keep(work, held, by).await,
            None => Ok(()),
        };
    };
    let resume_at = timer(work).await?;
    mode::enter(work, held, Change { to, cause, reason: None, holder: by, resume_at }).await?;
    start_timer(work, held, resume_at);
    Ok(())
}

/// The same where the mode stays; whoever calls this records what the person did.
async fn keep(work: &mut Work, held: &Held, by: MemberId) -> Result<(), Error> {
    let text = sql!(
        "update conversations set mode_holder_id = $3, mode_held_at = $4, ai_resume_at = $5, review_flag = 0,
            version = version + 1
         where workspace_id = $1 and id = $2"
    );
    let (now, resume_at) = (work.now(), timer(work).await?);
    work.run(text, args![held.id, by, now, resume_at]).await?;
    start_timer(work, held, resume_at);
    Ok(())
}

/// When the AI answers again, if it does at all.
pub(crate) async fn timer(work: &mut Work) -> Result<Option<Timestamp>, Error> {
    if !agent::answers(work).await? {
        return Ok(None);
    }
    let minutes = directory::inbox_settings(work).await?.ai_auto_resume_minutes;
    Ok((minutes > 0).then(|| work.now().plus(Duration::from_secs(60) * minutes)))
}

/// One job waits per conversation: when it runs and the time was put off, it waits on.
pub(crate) fn start_timer(work: &mut Work, held: &Held, resume_at: Option<Timestamp>) {
    let waits = held.ai_resume_at.is_some_and(|at| at > work.now());
    if let Some(at) = resume_at.filter(|_| !waits) {
        work.enqueue(wait_until(held.id, at));
    }
}

fn wait_until(id: ConversationId, at: Timestamp) -> Job {
    Job::new(RESUME_JOB, format!("{id}/{}", at.millis()), json!({ "conversation_id": id })).at(at)
}

/// Somebody types an answer: the AI does not come back meanwhile. Says so only when it was about to; like all typing
/// this leaves no event.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn keep_ai_away(tx: &mut Tx<ConversationReply>, id: ConversationId) -> Result<(), Refusal> {
    let text = sql!(
        "update conversations set ai_resume_at = $3
         where workspace_id = $1 and id = $2 and mode in ('manual', 'handoff') and ai_resume_at < $3"
    );
    let until = tx.now().plus(TYPING_LASTS);
    tx.mark(text, args![id, until]).await?;
    Ok(())
}

impl Conversation {
    /// Whether the AI comes back so soon that who types has to say so.
    pub fn ai_comes_back_soon(&self, now: Timestamp) -> bool {
        self.ai_resume_at.is_some_and(|at| at < now.plus(TYPING_LASTS))
    }
}

impl Held {
    /// Who else has it under a strict reply lock.
    pub(crate) fn locked_by(&self, me: MemberId, now: Timestamp) -> Option<MemberId> {
        let holder = self.holder.filter(|holder| holder.member != me && now < holder.acted_at.plus(LOCK_LASTS));
        holder.filter(|_| self.mode == Mode::Manual).map(|holder| holder.member)
    }
}

/// Gives a conversation back to the AI once no person did anything in it for as long as the workspace wants. Safe to
/// run twice.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn resume(tx: &mut Tx<Housekeeping>, id: ConversationId) -> Result<(), Refusal> {
    let held = hold_unseen(tx, id).await?;
    match held.ai_resume_at {
        Some(at) if at > tx.now() => tx.enqueue(wait_until(id, at)),
        Some(_) if held.mode.after(Cause::AutoResume).is_some() && agent::answers(tx).await? => {
            mode::enter(tx, &held, Change::to_ai(Cause::AutoResume)).await?;
        }
        _ => {}
    }
    Ok(())
}
