//! The way back of a change of mode (OWN-10): who answered before answers again, unless somebody went on from there.
//! Forward or back, a mode changes in [`mode::enter`] alone (INV-21).

use kernel::{ConversationId, MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{Error, Permission, Right, Session, Tx, Work, args, sql};

use crate::{
    EscalationReason, Mode, Refusal, ToolRefusal, agent,
    conversation::{Held, hold, hold_unseen},
    mode::{self, Cause, Change},
    status::record,
    take_over::{start_timer, timer},
    undo::{Step, can_be_undone, must_still_reach},
};

/// A change of who answers, to be taken back.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ModeMoved {
    pub(crate) id: ConversationId,
    /// Under which permission.
    permission: String,
    before: Answering,
    after: Answering,
}

/// Who answers, and since which epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Answering {
    mode: Mode,
    epoch: i64,
    /// Whose it is, and when they last did something in it.
    holder: Option<(MemberId, Timestamp)>,
    resume_at: Option<Timestamp>,
}

impl Answering {
    fn of(held: &Held) -> Self {
        Self {
            mode: held.mode,
            epoch: held.mode_epoch,
            holder: held.holder.map(|holder| (holder.member, holder.acted_at)),
            resume_at: held.ai_resume_at,
        }
    }
}

/// Leaves what an operation changed, since the conversation was held, as a step back; nothing where it changed nothing.
pub(crate) async fn leave<P: Right>(tx: &mut Tx<P>, before: &Held) -> Result<(), Refusal> {
    let (id, permission) = (before.id, P::RIGHT.name().to_owned());
    let (before, after) = (Answering::of(before), Answering::of(&hold_unseen(tx, id).await?));
    if before != after {
        can_be_undone(tx, &Step::Mode(Box::new(ModeMoved { id, permission, before, after })))?;
    }
    Ok(())
}

/// Has those answer again who did before.
///
/// # Errors
/// Out of sight, the right to it was lost, or somebody went on from there.
pub(crate) async fn go_back(work: &mut Work, moved: &ModeMoved) -> Result<(), Refusal> {
    let permission = Permission::parse(&moved.permission).ok_or(ToolRefusal::Overtaken)?;
    let held = hold(work, moved.id).await?;
    must_still_reach(work, &held, permission)?;
    let (before, after, now) = (moved.before, moved.after, Answering::of(&held));
    if (now.mode, now.holder) != (after.mode, after.holder) || went_on(work, held.id, after.epoch).await? {
        return Err(ToolRefusal::Overtaken.into());
    }
    let holder = still_here(work, before.holder).await?;
    let resume_at = match before.resume_at {
        Some(at) if at <= work.now() => timer(work).await?,
        resume_at => resume_at,
    };
    let to = as_it_can_be(work, before.mode).await?;
    if to == held.mode {
        let (from, to) = (now.holder.map(|(member, _)| member), holder.map(|(member, _)| member));
        let payload = json!({ "conversation_id": held.id, "from": from, "to": to, "cause": Cause::Undo.name() });
        record(work, "conversation.taken_over", &held, payload);
    } else {
        let reason = reason(work, held.id, before.epoch).await?.filter(|_| to == Mode::Handoff);
        let holder = holder.map(|(member, _)| member);
        mode::enter(work, &held, Change { to, cause: Cause::Undo, reason, holder, resume_at }).await?;
    }
    // When they last did something stays true, and with it for how long they keep others from answering.
    let text = sql!(
        "update conversations set mode_holder_id = $3, mode_held_at = coalesce($4, mode_held_at), ai_resume_at = $5,
            version = version + 1
         where workspace_id = $1 and id = $2"
    );
    let (member, acted_at) = holder.unzip();
    work.run(text, args![held.id, member, acted_at, resume_at]).await?;
    start_timer(work, &held, resume_at);
    Ok(())
}

/// Whether anybody changed the mode since. That a conversation was opened again, and what was taken back itself,
/// leaves it as it was.
async fn went_on(session: &mut Session, id: ConversationId, epoch: i64) -> Result<bool, Error> {
    let text = sql!(
        "select 1 from mode_events
         where workspace_id = $1 and conversation_id = $2 and epoch > $3 and cause not in ('reopened', 'undo')"
    );
    Ok(session.first(text, args![id, epoch]).await?.is_some())
}

/// Who left holds nothing (INV-24).
async fn still_here(
    session: &mut Session,
    holder: Option<(MemberId, Timestamp)>,
) -> Result<Option<(MemberId, Timestamp)>, Error> {
    let text = sql!("select 1 from memberships where workspace_id = $1 and id = $2 and status = 'active'");
    let Some((member, _)) = holder else { return Ok(None) };
    Ok(session.first(text, args![member]).await?.and(holder))
}

/// What was the AI's is the AI's again as far as it can answer by now.
async fn as_it_can_be(session: &mut Session, before: Mode) -> Result<Mode, Error> {
    Ok(match before {
        Mode::Ai | Mode::AiPaused if agent::answers(session).await? => Mode::Ai,
        Mode::Ai | Mode::AiPaused => Mode::AiPaused,
        mode => mode,
    })
}

/// Why the AI asked for a person, where an epoch began with that.
async fn reason(session: &mut Session, id: ConversationId, epoch: i64) -> Result<Option<EscalationReason>, Error> {
    let text = sql!("select reason from mode_events where workspace_id = $1 and conversation_id = $2 and epoch = $3");
    let Some(mut row) = session.first(text, args![id, epoch]).await? else { return Ok(None) };
    Ok(row.take::<Option<String>>(0)?.as_deref().and_then(EscalationReason::parse))
}
