//! What the AI writes, and the fence it has to pass (INV-22, INV-23): an answer leaves only if, in the transaction that
//! sends it, the conversation is still the AI's, in the epoch in which the answer was begun, with nothing newer from
//! the customer. Anything else is suppressed: members see it, the customer never does.

use std::time::Duration;

use kernel::{ConversationId, Limit, LongText, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{AgentAnswer, Error, Job, Row, Session, Tx, Work, args, sql};
use utoipa::ToSchema;

use crate::{
    Author, AuthorKind, EscalationReason, Message, Mode, Range, Refusal, Status, agent, ai_cost,
    conversation::{Held, hold_unseen, named, show},
    escalation,
    message::{self, names},
    outgoing::Outgoing,
    status::record,
};

/// The job in which the AI answers; its payload is a [`Turn`].
pub const ANSWER_JOB: &str = "agent.answer";
/// The job that sends what the AI wrote; its payload is a [`Turn`].
pub const SEND_ANSWER_JOB: &str = "agent.send";
/// Several messages in a row are answered once: the AI waits this long for the next.
const DEBOUNCE: Duration = Duration::from_secs(3);
/// An answer waits this long before it leaves, so that who takes over can still stop it.
const SEND_DELAY: Duration = Duration::from_millis(1500);
/// How many drafts a history shows.
const MOST_DRAFTS: i64 = 20;

/// What an answer is an answer to: the customer's newest message in an epoch of the mode.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    pub conversation_id: ConversationId,
    pub epoch: i64,
    pub inbound_seq: i64,
}

impl Turn {
    /// The AI is to answer what just came in, once nothing more comes.
    pub(crate) fn ask(self, now: Timestamp) -> Job {
        self.ask_at(now.plus(DEBOUNCE))
    }

    pub(crate) fn ask_at(self, at: Timestamp) -> Job {
        self.job(ANSWER_JOB).at(at)
    }

    fn job(self, kind: &'static str) -> Job {
        let Self { conversation_id, epoch, inbound_seq } = self;
        let payload = json!({ "conversation_id": conversation_id, "epoch": epoch, "inbound_seq": inbound_seq });
        Job::new(kind, format!("{conversation_id}/{epoch}/{inbound_seq}"), payload)
    }

    /// The fence (INV-22), for a conversation whose row is held. What a person settled or put aside is not opened again
    /// by the AI.
    fn may_go_on(self, held: &Held, answers: bool) -> bool {
        answers
            && held.mode == Mode::Ai
            && held.mode_epoch == self.epoch
            && held.last_inbound_seq == self.inbound_seq
            && held.status == Status::Open
    }
}

/// How far a draft has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AiDraftState)]
pub enum DraftState {
    Thinking,
    /// Words are coming.
    Streaming,
    /// It is written and about to leave.
    Queued,
    Sent,
    /// It may not leave any more.
    Suppressed,
    /// The AI asked for a person instead.
    Escalated,
}
names!(DraftState {
    Thinking = "thinking",
    Streaming = "streaming",
    Queued = "queued",
    Sent = "sent",
    Suppressed = "suppressed",
    Escalated = "escalated"
});

/// A draft of the AI as members see it.
#[derive(Debug, Clone)]
pub struct AiDraft {
    pub epoch: i64,
    /// The customer's message that it answers.
    pub inbound_seq: i64,
    pub state: DraftState,
    pub text: String,
    /// The message that it became.
    pub message_seq: Option<i64>,
    pub created_at: Timestamp,
}

/// What the AI gets to read.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// What the AI is called here.
    pub agent_name: String,
    pub customer_name: String,
    pub locale: Option<String>,
    /// What was said between the customer and the house, oldest first; never what members say among themselves.
    pub messages: Vec<Message>,
}

/// The AI begins to answer, or begins again after an attempt that broke off. Nothing when there is nothing to answer
/// for it any more, or the answer is written already.
///
/// # Errors
/// There are not enough credits for it, or the database refuses or cannot answer.
pub async fn begin_answer(tx: &mut Tx<AgentAnswer>, turn: Turn) -> Result<Option<Prompt>, Refusal> {
    let text = sql!(
        "insert into ai_drafts (workspace_id, conversation_id, epoch, inbound_seq, state, text, created_at)
         values ($1, $2, $3, $4, 'thinking', '', $5)
         on conflict (workspace_id, conversation_id, epoch, inbound_seq) do update set state = 'thinking', text = ''
         where ai_drafts.state in ('thinking', 'streaming')"
    );
    let held = hold_unseen(tx, turn.conversation_id).await?;
    let agent = agent::agent(tx).await?;
    if !turn.may_go_on(&held, agent.answers()) {
        return Ok(None);
    }
    let now = tx.now();
    if tx.mark(text, args![held.id, turn.epoch, turn.inbound_seq, now]).await? == 0 {
        return Ok(None);
    }
    ai_cost::reserve(tx, turn).await?;
    let who = sql!("select display_name, locale from customers where workspace_id = $1 and id = $2");
    let mut customer = tx.first(who, args![held.customer]).await?.ok_or(Error::NotFound)?;
    let (messages, _) = message::page(tx, held.id, Range::Before(None), Limit::default(), true).await?;
    Ok(Some(Prompt { agent_name: agent.name, customer_name: customer.take(0)?, locale: customer.take(1)?, messages }))
}

/// Keeps what the AI has written so far; false when it need not go on, because it was stopped.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn go_on_answering(tx: &mut Tx<AgentAnswer>, turn: Turn, text: &LongText) -> Result<bool, Refusal> {
    let write = sql!(
        "update ai_drafts set state = 'streaming', text = $5
         where workspace_id = $1 and conversation_id = $2 and epoch = $3 and inbound_seq = $4
            and state in ('thinking', 'streaming')"
    );
    let kept = tx.mark(write, args![turn.conversation_id, turn.epoch, turn.inbound_seq, &**text]).await?;
    Ok(kept == 1)
}

/// The answer is written and leaves in a moment. `flag` asks that a person looks at the conversation all the same.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn queue_answer(
    tx: &mut Tx<AgentAnswer>,
    turn: Turn,
    text: &LongText,
    flag: Option<EscalationReason>,
) -> Result<(), Refusal> {
    let write = sql!(
        "update ai_drafts set state = 'queued', text = $5
         where workspace_id = $1 and conversation_id = $2 and epoch = $3 and inbound_seq = $4
            and state in ('thinking', 'streaming')"
    );
    let Some(held) = hold_for(tx, turn).await? else { return keep_unsent(tx, turn, text).await };
    let queued = tx.mark(write, args![held.id, turn.epoch, turn.inbound_seq, &**text]).await?;
    if queued == 1 {
        if let Some(reason) = flag {
            escalation::flag(tx, &held, reason).await?;
        }
        let at = tx.now().plus(SEND_DELAY);
        tx.enqueue(turn.job(SEND_ANSWER_JOB).at(at));
    }
    Ok(())
}

/// What was stopped is shown with the words it had (E4): they are kept, though nobody gets them.
async fn keep_unsent(work: &mut Work, turn: Turn, text: &LongText) -> Result<(), Refusal> {
    let write = sql!(
        "update ai_drafts set text = $5
         where workspace_id = $1 and conversation_id = $2 and epoch = $3 and inbound_seq = $4
            and state = 'suppressed'"
    );
    work.mark(write, args![turn.conversation_id, turn.epoch, turn.inbound_seq, &**text]).await?;
    Ok(())
}

/// Sends what the AI wrote, if it may still leave. Safe to run twice.
///
/// # Errors
/// The plan has no more messages or credits, or the database refuses or cannot answer.
pub async fn send_answer(tx: &mut Tx<AgentAnswer>, turn: Turn) -> Result<(), Refusal> {
    let Some(held) = hold_for(tx, turn).await? else { return Ok(()) };
    let written = sql!(
        "select text from ai_drafts
         where workspace_id = $1 and conversation_id = $2 and epoch = $3 and inbound_seq = $4 and state = 'queued'"
    );
    let queued = tx.first(written, args![held.id, turn.epoch, turn.inbound_seq]).await?;
    let Some(mut row) = queued else { return Ok(()) };
    let text = LongText::try_from(row.take::<String>(0)?).map_err(Error::Corrupt)?;
    let name = agent::agent(tx).await?.name;
    let author = Author { kind: AuthorKind::Ai, id: None, name, former: false };
    let outgoing = Outgoing { author, text: &text, attachments: &[], client_id: None, send_at: None };
    let message = outgoing.send(tx, &held).await?;
    ai_cost::spend(tx, turn).await?;
    end(tx, turn, DraftState::Sent, Some(message.seq)).await
}

/// Holds the conversation for a step of the AI, if it may still take it. What may not go on ends here, and its draft
/// is suppressed.
pub(crate) async fn hold_for(tx: &mut Tx<AgentAnswer>, turn: Turn) -> Result<Option<Held>, Refusal> {
    let held = hold_unseen(tx, turn.conversation_id).await?;
    let answers = agent::answers(tx).await?;
    if turn.may_go_on(&held, answers) {
        return Ok(Some(held));
    }
    let text = sql!(
        "update ai_drafts set state = 'suppressed', ended_at = $5
         where workspace_id = $1 and conversation_id = $2 and epoch = $3 and inbound_seq = $4
            and state in ('thinking', 'streaming', 'queued')"
    );
    let now = tx.now();
    if tx.run(text, args![held.id, turn.epoch, turn.inbound_seq, now]).await? > 0 {
        let payload = json!({ "conversation_id": held.id, "epoch": turn.epoch, "inbound_seq": turn.inbound_seq });
        record(tx, "ai_draft.suppressed", &held, payload);
        ai_cost::give_back(tx, held.id).await?;
    }
    Ok(None)
}

pub(crate) async fn end(
    work: &mut Work,
    turn: Turn,
    state: DraftState,
    message_seq: Option<i64>,
) -> Result<(), Refusal> {
    let text = sql!(
        "update ai_drafts set state = $5, message_seq = $6, ended_at = $7
         where workspace_id = $1 and conversation_id = $2 and epoch = $3 and inbound_seq = $4"
    );
    let now = work.now();
    let values = args![turn.conversation_id, turn.epoch, turn.inbound_seq, state.name(), message_seq, now];
    work.run(text, values).await?;
    Ok(())
}

/// Stops whatever the AI has under way in a conversation whose row is held.
pub(crate) async fn suppress_all(work: &mut Work, id: ConversationId) -> Result<(), Error> {
    let text = sql!(
        "update ai_drafts set state = 'suppressed', ended_at = $3
         where workspace_id = $1 and conversation_id = $2 and state in ('thinking', 'streaming', 'queued')"
    );
    let now = work.now();
    if work.run(text, args![id, now]).await? > 0 {
        ai_cost::give_back(work, id).await?;
    }
    Ok(())
}

/// What the AI wrote in a conversation, newest first, at most 20 drafts back.
///
/// # Errors
/// Out of sight.
pub async fn ai_drafts(session: &mut Session, id: ConversationId) -> Result<Vec<AiDraft>, Refusal> {
    show(session, id).await?;
    let text = sql!(
        "select epoch, inbound_seq, state, text, message_seq, created_at from ai_drafts
         where workspace_id = $1 and conversation_id = $2 order by epoch desc, inbound_seq desc limit $3"
    );
    let rows = session.all(text, args![id, MOST_DRAFTS]).await?;
    Ok(rows.into_iter().map(read).collect::<Result<_, _>>()?)
}

fn read(mut row: Row) -> Result<AiDraft, Error> {
    Ok(AiDraft {
        epoch: row.take(0)?,
        inbound_seq: row.take(1)?,
        state: named(&mut row, 2, DraftState::parse)?,
        text: row.take(3)?,
        message_seq: row.take(4)?,
        created_at: row.take(5)?,
    })
}
