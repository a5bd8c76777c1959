//! Who answers a conversation, people or the AI (E4): the machine, and what every change of it brings along.
//!
//! Invariant (INV-21): a mode changes nowhere but in [`enter`], which begins a new epoch, writes the change into the
//! mode's history and ends whatever the AI had under way in the epoch before (INV-23).

use kernel::{ConversationId, MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{Error, Row, Session, Work, args, sql};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    EscalationReason, Refusal, Status, ai_draft,
    conversation::{Held, named, show},
    message::names,
    status::record,
};

/// Who answers: people or the AI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ConversationMode)]
pub enum Mode {
    Manual,
    Ai,
    /// The AI handed over and waits until a person comes.
    Handoff,
    /// The AI would answer, and cannot.
    AiPaused,
}
names!(Mode { Manual = "manual", Ai = "ai", Handoff = "handoff", AiPaused = "ai_paused" });

/// What moves a conversation from one mode into another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ModeChangeCause)]
pub enum Cause {
    TakeOver,
    /// A person answered.
    Reply,
    Release,
    /// The AI asked for a person.
    Escalation,
    /// No person did anything for a while.
    AutoResume,
    /// The business hours ended.
    AfterHours,
    /// The conversation was settled or put aside, and is open again.
    Reopened,
    /// A routing rule gave it to the AI.
    Routed,
    AiUnavailable,
    AiAvailable,
    /// Somebody took a change of theirs back; where that leads, what was before says.
    Undo,
}
names!(Cause {
    TakeOver = "take_over",
    Reply = "reply",
    Release = "release",
    Escalation = "escalation",
    AutoResume = "auto_resume",
    AfterHours = "after_hours",
    Reopened = "reopened",
    Routed = "routed",
    AiUnavailable = "ai_unavailable",
    AiAvailable = "ai_available",
    Undo = "undo"
});

impl Mode {
    /// The mode that a cause leads into from this one; `None` where it changes nothing.
    pub const fn after(self, cause: Cause) -> Option<Self> {
        match (self, cause) {
            (Self::Ai | Self::Handoff | Self::AiPaused, Cause::TakeOver | Cause::Reply) => Some(Self::Manual),
            (
                Self::Manual | Self::Handoff,
                Cause::Release | Cause::AutoResume | Cause::AfterHours | Cause::Reopened | Cause::Routed,
            )
            | (Self::Ai, Cause::Reopened)
            | (Self::AiPaused, Cause::AiAvailable) => Some(Self::Ai),
            (Self::Ai, Cause::Escalation) => Some(Self::Handoff),
            (Self::Ai, Cause::AiUnavailable) => Some(Self::AiPaused),
            _ => None,
        }
    }
}

/// A change of mode, and what goes with it.
pub(crate) struct Change {
    pub(crate) to: Mode,
    pub(crate) cause: Cause,
    /// Why the AI handed over.
    pub(crate) reason: Option<EscalationReason>,
    /// Whose the conversation is from now on.
    pub(crate) holder: Option<MemberId>,
    /// When the AI answers again by itself.
    pub(crate) resume_at: Option<Timestamp>,
}

impl Change {
    /// Into the hands of the AI.
    pub(crate) const fn to_ai(cause: Cause) -> Self {
        Self { to: Mode::Ai, cause, reason: None, holder: None, resume_at: None }
    }
}

/// Moves a conversation into another mode. Once this has committed, nothing that the AI began before leaves (INV-23):
/// its drafts are suppressed here, and their epoch is over for whoever comes late. In the hands of the AI, it looks at
/// once at what nobody answered.
pub(crate) async fn enter(work: &mut Work, held: &Held, change: Change) -> Result<(), Error> {
    let text = sql!(
        "update conversations set mode = $3, mode_epoch = $4, mode_holder_id = $5, mode_held_at = $6,
            ai_resume_at = $7, review_flag = 0, version = version + 1
         where workspace_id = $1 and id = $2"
    );
    let (epoch, now) = (held.mode_epoch + 1, work.now());
    work.run(text, args![held.id, change.to.name(), epoch, change.holder, now, change.resume_at]).await?;
    remember(work, held, &change, epoch).await?;
    ai_draft::suppress_all(work, held.id).await?;
    let (from, to) = (held.mode.name(), change.to.name());
    let payload = json!({
        "conversation_id": held.id, "from": from, "to": to, "epoch": epoch, "cause": change.cause.name(),
    });
    record(work, "conversation.mode_changed", held, payload);
    ask(work, &Held { mode: change.to, mode_epoch: epoch, ..held.clone() });
    Ok(())
}

/// The AI looks at once at what nobody answered in a conversation that is its; once in every epoch.
pub(crate) fn ask(work: &mut Work, held: &Held) {
    if held.mode == Mode::Ai && held.status == Status::Open && held.is_unanswered() {
        let turn =
            ai_draft::Turn { conversation_id: held.id, epoch: held.mode_epoch, inbound_seq: held.last_inbound_seq };
        let job = turn.ask_at(work.now());
        work.enqueue(job);
    }
}

/// A conversation is open again. Where it is the AI's, what it was to answer was dropped when the conversation was
/// settled or put aside, so it is asked anew.
pub(crate) async fn opened(work: &mut Work, held: &Held) -> Result<(), Error> {
    if held.mode == Mode::Ai && held.is_unanswered() {
        let opened = Held { status: Status::Open, ..held.clone() };
        enter(work, &opened, Change::to_ai(Cause::Reopened)).await?;
    }
    Ok(())
}

async fn remember(work: &mut Work, held: &Held, change: &Change, epoch: i64) -> Result<(), Error> {
    let text = sql!(
        "insert into mode_events (workspace_id, conversation_id, epoch, at, from_mode, to_mode, cause, reason,
            actor_kind, actor_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    );
    let (kind, id, now) = (work.actor().kind(), work.actor().id(), work.now());
    let (from, to, cause) = (held.mode.name(), change.to.name(), change.cause.name());
    let reason = change.reason.map(EscalationReason::name);
    work.run(text, args![held.id, epoch, now, from, to, cause, reason, kind, id]).await.map(drop)
}

/// A change of mode as it is told later.
#[derive(Debug, Clone)]
pub struct ModeChange {
    /// The epoch that it began.
    pub epoch: i64,
    pub at: Timestamp,
    pub from: Mode,
    pub to: Mode,
    pub cause: Cause,
    /// Why the AI handed over, where it did.
    pub reason: Option<EscalationReason>,
    /// `member`, `agent`, `duty` …
    pub actor_kind: String,
    pub actor: Option<(Uuid, String)>,
}

/// The newest changes that a history shows.
const MOST_CHANGES: i64 = 50;

/// How a conversation's mode changed, newest first, at most 50 changes back.
///
/// # Errors
/// Out of sight.
pub async fn mode_changes(session: &mut Session, id: ConversationId) -> Result<Vec<ModeChange>, Refusal> {
    show(session, id).await?;
    let text = sql!(
        "select e.epoch, e.at, e.from_mode, e.to_mode, e.cause, e.reason, e.actor_kind, e.actor_id,
            coalesce(m.display_name, a.name, '')
         from mode_events e
         left join memberships m on m.workspace_id = e.workspace_id and m.id = e.actor_id and e.actor_kind = 'member'
         left join accounts a on a.id = m.account_id
         where e.workspace_id = $1 and e.conversation_id = $2 order by e.epoch desc limit $3"
    );
    let rows = session.all(text, args![id, MOST_CHANGES]).await?;
    Ok(rows.into_iter().map(read).collect::<Result<_, _>>()?)
}

fn read(mut row: Row) -> Result<ModeChange, Error> {
    let reason: Option<String> = row.take(5)?;
    let actor: Option<Uuid> = row.take(7)?;
    Ok(ModeChange {
        epoch: row.take(0)?,
        at: row.take(1)?,
        from: named(&mut row, 2, Mode::parse)?,
        to: named(&mut row, 3, Mode::parse)?,
        cause: named(&mut row, 4, Cause::parse)?,
        reason: reason.as_deref().and_then(EscalationReason::parse),
        actor_kind: row.take(6)?,
        actor: match actor {
            Some(actor) => Some((actor, row.take(8)?)),
            None => None,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODES: [Mode; 4] = [Mode::Manual, Mode::Ai, Mode::Handoff, Mode::AiPaused];

    #[test]
    fn e4_each_cause_leads_where_the_table_says() {
        let after = |cause| MODES.map(|mode| mode.after(cause).map(Mode::name));
        let manual = Some("manual");
        let ai = Some("ai");
        for cause in [Cause::TakeOver, Cause::Reply] {
            assert_eq!(after(cause), [None, manual, manual, manual], "{cause:?}");
        }
        for cause in [Cause::Release, Cause::AutoResume, Cause::AfterHours] {
            assert_eq!(after(cause), [ai, None, ai, None], "{cause:?}");
        }
        assert_eq!(after(Cause::Reopened), [ai, ai, ai, None], "the AI's begins a new epoch");
        assert_eq!(after(Cause::Escalation), [None, Some("handoff"), None, None]);
        assert_eq!(after(Cause::AiUnavailable), [None, Some("ai_paused"), None, None]);
        assert_eq!(after(Cause::AiAvailable), [None, None, None, ai]);
        assert_eq!(after(Cause::Undo), [None; 4], "it leads back, wherever that is");
    }

    #[test]
    fn every_mode_has_one_name() {
        assert!(MODES.into_iter().all(|mode| Mode::parse(mode.name()) == Some(mode)));
        assert_eq!(Mode::parse("robot"), None);
    }
}
