//! The last two hours of the sample workspace: its AI is switched on, answers one customer, hands another over to
//! people, and is stopped by Bo in a third conversation, who gives it back.

use channels::Claim;
use conversations::{
    Outbound, Refusal, Turn, Visit, Written, begin_answer, escalate, queue_answer, release, reply, send_answer, show,
    switch_agent, take_over, write,
};
use kernel::{ConversationId, Line, LongText, MessageId, Timestamp};
use tenancy::{
    AgentAnswer, AiAgentEdit, ConversationReleaseToAi, ConversationReply, ConversationTakeManual, Duty, Error,
    InboundReceive, Scope, Tx,
};

use super::{Failure, calendar::MINUTE, founding::House, script::Desk, team::USUAL};
use crate::scripted::Scripted;
use agent::Outcome;

/// What customers see it called.
const NAME: &str = "Robin";

struct Shift<'a> {
    house: &'a House,
    agent: Scope,
    bo: Scope,
}

/// Plays the two hours before `now`.
pub(super) async fn work(house: &House, now: Timestamp) -> Result<(), Failure> {
    let ago = |minutes: u32| now.minus(MINUTE * minutes);
    let ann = house.stage.enter_for_weeks(&house.callers[0]).await?;
    let name = Line::try_from(NAME).map_err(Failure::Sample)?;
    let switching = async |tx: &mut Tx<AiAgentEdit>| switch_agent(tx, true, Some(name), true).await;
    house.stage.act(&ann, ago(120), switching).await?;
    let bo = house.stage.enter_for_weeks(&house.callers[USUAL]).await?;
    let shift = Shift { house, agent: agent_of(house), bo };

    let curious = shift.visitor("Marta Ruiz", "es", ago(50)).await?;
    let question = shift.writes(&curious, "Hola, ¿qué horario tenéis?", ago(50)).await?;
    shift.answers(question, ago(49)).await?;
    let question = shift.writes(&curious, "Perfecto, ¿y cuánto tarda un envío a Sevilla?", ago(47)).await?;
    shift.answers(question, ago(46)).await?;

    let lost = shift.visitor("Owen Pike", "en", ago(35)).await?;
    let question = shift.writes(&lost, "My grinder makes a noise like a small bird. Is that normal?", ago(35)).await?;
    shift.answers(question, ago(34)).await?;

    let hurried = shift.visitor("Lena Vogt", "en", ago(20)).await?;
    let question = shift.writes(&hurried, "Hi, when will my order arrive? It is number 20817.", ago(20)).await?;
    shift
        .steps_in(question, "Hi Lena, it left this morning and should be with you tomorrow before noon.", ago(19))
        .await?;
    let question = shift.writes(&hurried, "Great, thanks!", ago(15)).await?;
    shift.answers(question, ago(14)).await
}

#[expect(clippy::disallowed_methods, reason = "the command line makes the history up in the agent's name")]
fn agent_of(house: &House) -> Scope {
    house.stage.vault.on_duty(Duty::Jobs).enter_as_agent(house.stage.workspace)
}

impl Shift<'_> {
    /// Somebody new opens the shop's chat.
    async fn visitor(&self, name: &str, locale: &str, at: Timestamp) -> Result<Scope, Failure> {
        let claim = Claim { name: Line::try_from(name).ok(), email: None, locale: Some(locale.to_owned()) };
        let visit = Visit { token: None, claim, identity: None, page: Some(Desk::Shop.page().to_owned()) };
        let token = self.house.open_chat(Desk::Shop, visit, at).await?;
        let caller = self.house.stage.vault.caller_of_visitor(&token).await?.ok_or(Error::NotFound)?;
        Ok(self.house.stage.enter(&caller).await?)
    }

    /// What the AI is to answer then.
    async fn writes(&self, visitor: &Scope, text: &str, at: Timestamp) -> Result<Turn, Failure> {
        let client_id = self.house.stage.vault.ids().next::<MessageId>().to_string();
        let written = Written { client_id, text: long(text)?, attachments: Vec::new() };
        let writing = async |tx: &mut Tx<InboundReceive>| Ok::<_, Refusal>(write(tx, written).await?.message);
        let message = self.house.stage.act(visitor, at, writing).await?;
        let (conversation_id, inbound_seq) = (message.conversation_id, message.seq);
        let mut session = self.bo.grant::<tenancy::ConversationView>()?.read().await?;
        let epoch = show(&mut session, conversation_id).await?.mode_epoch;
        Ok(Turn { conversation_id, epoch, inbound_seq })
    }

    async fn answers(&self, turn: Turn, at: Timestamp) -> Result<(), Failure> {
        let stage = &self.house.stage;
        let beginning = async |tx: &mut Tx<AgentAnswer>| begin_answer(tx, turn).await;
        let prompt = stage.act(&self.agent, at, beginning).await?.ok_or(Error::NotFound)?;
        let said = prompt.messages.last().map_or("", |message| &message.text);
        let (text, outcome) =
            Scripted::says(said, prompt.locale.as_deref()).map_err(|error| Failure::Sample(error.to_string()))?;
        let text = long(&text)?;
        let ending = async |tx: &mut Tx<AgentAnswer>| match outcome {
            Outcome::Escalate(reason) => escalate(tx, turn, reason).await,
            Outcome::Answer => queue_answer(tx, turn, &text, None).await,
            Outcome::AnswerAndFlag(reason) => queue_answer(tx, turn, &text, Some(reason)).await,
        };
        stage.act(&self.agent, at, ending).await?;
        let sending = async |tx: &mut Tx<AgentAnswer>| send_answer(tx, turn).await;
        Ok(stage.act(&self.agent, at, sending).await?)
    }

    /// Bo is quicker than the AI, and leaves the rest to it.
    async fn steps_in(&self, turn: Turn, text: &str, at: Timestamp) -> Result<(), Failure> {
        let stage = &self.house.stage;
        let id: ConversationId = turn.conversation_id;
        let beginning = async |tx: &mut Tx<AgentAnswer>| begin_answer(tx, turn).await.map(drop);
        stage.act(&self.agent, at, beginning).await?;
        let taking = async |tx: &mut Tx<ConversationTakeManual>| take_over(tx, id).await.map(drop);
        stage.act(&self.bo, at, taking).await?;
        let answer = Outbound {
            text: long(text)?,
            attachments: Vec::new(),
            seen_seq: turn.inbound_seq,
            client_id: None,
            canned_response: None,
        };
        let replying = async |tx: &mut Tx<ConversationReply>| reply(tx, id, answer).await.map(drop);
        stage.act(&self.bo, at.plus(MINUTE), replying).await?;
        let releasing = async |tx: &mut Tx<ConversationReleaseToAi>| release(tx, id).await.map(drop);
        Ok(stage.act(&self.bo, at.plus(MINUTE * 2), releasing).await?)
    }
}

fn long(text: &str) -> Result<LongText, Failure> {
    LongText::try_from(text).map_err(Failure::Sample)
}
