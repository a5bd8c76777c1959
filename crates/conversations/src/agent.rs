//! Whether the AI answers in a workspace: people switch it on and off, and what keeps it from answering pauses it.
//!
//! While it does not answer, conversations that were its are `ai_paused` and new ones are people's (E4).

use kernel::{ConversationId, DAY, Line};
use serde_json::json;
use tenancy::{
    AiAgentEdit, Error, Event, Housekeeping, Job, Permission, Reach, RightId, Row, Session, Subject, Tx, Work, args,
    sql,
};
use uuid::Uuid;

use crate::{
    DraftState, Mode, Refusal,
    conversation::{hold_unseen, named},
    mode::{self, Cause, Change},
};

/// The job that brings the conversations of a workspace in line with whether its AI answers.
pub const SETTLE_JOB: &str = "agent.settle";
/// What the AI is called where nobody named it.
const NAME: &str = "Assistant";
/// Conversations of one transaction.
const BATCH: i64 = 100;
/// What pauses the AI where the program has none.
const NO_MODEL: &str = "no_model";
/// What pauses it where only billing and export are left.
const RESTRICTED: &str = "restricted";

/// The AI of a workspace.
#[derive(Debug, Clone)]
pub struct Agent {
    pub name: String,
    pub enabled: bool,
    /// What keeps it from answering: `no_model` where the program has no AI to ask, `restricted` where the workspace rests.
    pub paused_reason: Option<String>,
}

impl Agent {
    pub fn answers(&self) -> bool {
        self.enabled && self.paused_reason.is_none()
    }
}

/// What the AI is doing, for who watches it (AI-002).
#[derive(Debug, Clone, Default)]
pub struct AgentWork {
    /// Open conversations in each mode.
    pub modes: Vec<(Mode, i64)>,
    /// What became of its drafts of the last 24 hours: state and number.
    pub drafts: Vec<(DraftState, i64)>,
}

/// The AI of the workspace; one that nobody ever switched on is off.
///
/// # Errors
/// The database cannot answer.
pub async fn agent(session: &mut Session) -> Result<Agent, Error> {
    // Where a workspace rests nobody answers, the AI neither (INV-41).
    let text = sql!(
        "select a.name, a.enabled, coalesce(a.paused_reason, case when w.state = 'restricted' then 'restricted' end)
         from agents a join workspaces w on w.workspace_id = a.workspace_id where a.workspace_id = $1"
    );
    let Some(mut row) = session.first(text, &[]).await? else {
        return Ok(Agent { name: NAME.to_owned(), enabled: false, paused_reason: None });
    };
    Ok(Agent { name: row.take(0)?, enabled: row.take(1)?, paused_reason: row.take(2)? })
}

/// Whether the AI answers in the workspace.
pub(crate) async fn answers(session: &mut Session) -> Result<bool, Error> {
    Ok(agent(session).await?.answers())
}

/// Switches the AI of the workspace on or off, or names it. `has_model` says whether the program has an AI to ask.
///
/// # Errors
/// There is no AI to switch on, or the right reaches less than the whole workspace.
pub async fn switch_agent(
    tx: &mut Tx<AiAgentEdit>,
    enabled: bool,
    name: Option<Line>,
    has_model: bool,
) -> Result<Agent, Refusal> {
    if tx.reach(Permission::AiAgentEdit) != Reach::Any {
        return Err(Error::NotOwn { right: RightId::Catalogue(Permission::AiAgentEdit) }.into());
    }
    if enabled && !has_model {
        return Err(Refusal::AgentNotAvailable);
    }
    let before = agent(tx).await?;
    let name = name.map_or_else(|| before.name.clone(), String::from);
    let text = sql!(
        "insert into agents (workspace_id, name, enabled, hours_open, version) values ($1, $2, $3, $4, 1)
         on conflict (workspace_id) do update set name = excluded.name, enabled = excluded.enabled,
            hours_open = excluded.hours_open,
            version = agents.version + 1"
    );
    let now = tx.now();
    let open = directory::is_open(tx, now).await?;
    tx.run(text, args![&name, enabled, open]).await?;
    let subject = Subject::new("workspace", tx.workspace());
    tx.record(match enabled {
        true => Event::new("agent.enabled", subject),
        false => Event::new("agent.disabled", subject),
    });
    settle_later(tx).await?;
    Ok(Agent { name, enabled, paused_reason: before.paused_reason })
}

/// Says whether the program has an AI to ask: without one, what is switched on is paused.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn agent_has_model(tx: &mut Tx<Housekeeping>, has_model: bool) -> Result<(), Refusal> {
    let text = sql!(
        "update agents set paused_reason = $3, version = version + 1
         where workspace_id = $1 and coalesce(paused_reason, '') = $2"
    );
    let (from, to) = if has_model { (NO_MODEL, None) } else { ("", Some(NO_MODEL)) };
    if tx.run(text, args![from, to]).await? > 0 {
        let subject = Subject::new("workspace", tx.workspace());
        let event = match has_model {
            true => Event::new("agent.resumed", subject),
            false => Event::new("agent.paused", subject),
        };
        tx.record(event.payload(json!({ "reason": NO_MODEL })));
        settle_later(tx).await?;
    }
    Ok(())
}

/// Looks whether the workspace's AI may answer, after the workspace was restricted or goes on (INV-41): what it has in
/// hand follows. Nothing changes where it stays as it was.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn agent_may_answer(tx: &mut Tx<Housekeeping>) -> Result<(), Refusal> {
    let text = sql!(
        "update agents set version = version + 1, rests = 1 - rests
         where workspace_id = $1 and enabled = 1
            and rests <> (select case when w.state = 'restricted' then 1 else 0 end from workspaces w
                where w.workspace_id = $1)"
    );
    if tx.run(text, &[]).await? == 0 {
        return Ok(());
    }
    let subject = Subject::new("workspace", tx.workspace());
    let event = match answers(tx).await? {
        true => Event::new("agent.resumed", subject),
        false => Event::new("agent.paused", subject),
    };
    tx.record(event.payload(json!({ "reason": RESTRICTED })));
    Ok(settle_later(tx).await?)
}

async fn settle_later(work: &mut Work) -> Result<(), Error> {
    let text = sql!("select version from agents where workspace_id = $1");
    let version: i64 = work.first(text, &[]).await?.ok_or(Error::NotFound)?.take(0)?;
    work.enqueue(Job::new(SETTLE_JOB, version.to_string(), json!({})));
    Ok(())
}

/// Pauses conversations of an AI that answers no longer, and gives those of one that answers again back to it; after
/// the conversation `after`, which the last step came to. Returns how far it came, while there is more.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn settle_agent(
    tx: &mut Tx<Housekeeping>,
    after: Option<ConversationId>,
) -> Result<Option<ConversationId>, Refusal> {
    let text =
        sql!("select id from conversations where workspace_id = $1 and id > $2 and mode = $3 order by id limit $4");
    let (mode, cause) = match answers(tx).await? {
        true => (Mode::AiPaused, Cause::AiAvailable),
        false => (Mode::Ai, Cause::AiUnavailable),
    };
    let after = after.map_or(Uuid::nil(), Uuid::from);
    let rows = tx.all(text, args![after, mode.name(), BATCH]).await?;
    change_all(tx, rows, cause).await
}

/// Looks whether the business hours have just ended, and then gives the AI what nobody holds, if the workspace wants
/// that: a step at a time, as [`settle_agent`].
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn look_at_hours(
    tx: &mut Tx<Housekeeping>,
    after: Option<ConversationId>,
) -> Result<Option<ConversationId>, Refusal> {
    let known = sql!("select hours_open from agents where workspace_id = $1");
    let Some(mut row) = tx.first(known, &[]).await? else { return Ok(None) };
    let now = tx.now();
    let (was_open, is_open): (bool, bool) = (row.take(0)?, directory::is_open(tx, now).await?);
    if after.is_none() {
        if was_open == is_open {
            return Ok(None);
        }
        let text = sql!("update agents set hours_open = $2 where workspace_id = $1");
        tx.mark(text, args![is_open]).await?;
    }
    let wanted = directory::inbox_settings(tx).await?.ai_outside_business_hours;
    if is_open || !wanted || !answers(tx).await? {
        return Ok(None);
    }
    let text = sql!(
        "select id from conversations
         where workspace_id = $1 and id > $2 and status = 'open' and mode in ('manual', 'handoff')
            and mode_holder_id is null
         order by id limit $3"
    );
    let after = after.map_or(Uuid::nil(), Uuid::from);
    let rows = tx.all(text, args![after, BATCH]).await?;
    change_all(tx, rows, Cause::AfterHours).await
}

async fn change_all(work: &mut Work, rows: Vec<Row>, cause: Cause) -> Result<Option<ConversationId>, Refusal> {
    let full = rows.len() as i64 == BATCH;
    let mut last = None;
    for mut row in rows {
        let id = row.take(0)?;
        let held = hold_unseen(work, id).await?;
        // It may have changed since the list was read.
        if let Some(to) = held.mode.after(cause) {
            let change = Change { to, ..Change::to_ai(cause) };
            mode::enter(work, &held, change).await?;
        }
        last = Some(id);
    }
    Ok(last.filter(|_| full))
}

/// What the AI does now and did lately.
///
/// # Errors
/// The database cannot answer.
pub async fn agent_work(session: &mut Session) -> Result<AgentWork, Refusal> {
    let modes =
        sql!("select mode, count(*) from conversations where workspace_id = $1 and status = 'open' group by mode");
    let drafts =
        sql!("select state, count(*) from ai_drafts where workspace_id = $1 and created_at > $2 group by state");
    let mut work = AgentWork::default();
    for mut row in session.all(modes, &[]).await? {
        work.modes.push((named(&mut row, 0, Mode::parse)?, row.take(1)?));
    }
    for mut row in session.all(drafts, args![session.now().minus(DAY)]).await? {
        work.drafts.push((named(&mut row, 0, DraftState::parse)?, row.take(1)?));
    }
    Ok(work)
}
