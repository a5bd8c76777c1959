//! The AI asks for a person (E4).

use kernel::{ConversationId, LongText};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{AgentAnswer, Error, Tx, Work, args, sql};
use utoipa::ToSchema;

use crate::{
    Author, AuthorKind, Mode, Refusal, ai_cost,
    ai_draft::{self, DraftState, Turn},
    conversation::Held,
    labelling,
    message::{self, names},
    mode::{self, Cause, Change},
    outgoing::Outgoing,
    routing,
    status::record,
    take_over,
};

/// Why the AI handed a conversation over (E4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EscalationReason {
    CannotAnswer,
    Frustration,
    QualificationComplete,
    CustomerRequest,
}
names!(EscalationReason {
    CannotAnswer = "cannot_answer",
    Frustration = "frustration",
    QualificationComplete = "qualification_complete",
    CustomerRequest = "customer_request"
});

/// The ready label of what the AI handed over.
const ESCALATED: &str = "escalated";

/// What the customer is told, in the customer's language.
const WILL_CONTINUE: [(&str, &str); 2] = [
    ("es", "Una persona de nuestro equipo seguirá contigo aquí."),
    ("en", "A person from our team will go on with you here."),
];

/// The AI hands a conversation over to people: it answers no longer, whoever of the team it concerns hears of it, and
/// the customer is told that a person will go on. What it was about to escalate when somebody took over is theirs
/// already, and nothing happens.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn escalate(tx: &mut Tx<AgentAnswer>, turn: Turn, reason: EscalationReason) -> Result<(), Refusal> {
    let Some(held) = ai_draft::hold_for(tx, turn).await? else { return Ok(()) };
    ai_draft::end(tx, turn, DraftState::Escalated, None).await?;
    ai_cost::give_back(tx, held.id).await?;
    tell_customer(tx, &held).await?;
    let resume_at = take_over::timer(tx).await?;
    let change = Change { to: Mode::Handoff, cause: Cause::Escalation, reason: Some(reason), holder: None, resume_at };
    mode::enter(tx, &held, change).await?;
    take_over::start_timer(tx, &held, resume_at);
    let payload = json!({ "conversation_id": held.id, "reason": reason.name() });
    record(tx, "handoff.requested", &held, payload);
    labelling::apply_key(tx, &held, ESCALATED).await?;
    routing::escalated(tx, held.id, reason).await
}

/// Once, however often the AI comes back and hands over again before a person does something.
async fn tell_customer(work: &mut Work, held: &Held) -> Result<(), Refusal> {
    let newest = message::newest_outward(work, held.id).await?;
    if newest.is_some_and(|newest| newest.author.kind == AuthorKind::System) {
        return Ok(());
    }
    let language = sql!("select locale from customers where workspace_id = $1 and id = $2");
    let locale: Option<String> = work.first(language, args![held.customer]).await?.ok_or(Error::NotFound)?.take(0)?;
    let locale = locale.unwrap_or_default().to_lowercase();
    let (_, line) = WILL_CONTINUE
        .into_iter()
        .find(|(language, _)| locale.split(['-', '_']).next() == Some(*language))
        .unwrap_or(WILL_CONTINUE[1]);
    let text = LongText::try_from(line).map_err(Error::Corrupt)?;
    let author = Author { kind: AuthorKind::System, id: None, name: String::new(), former: false };
    Outgoing { author, text: &text, attachments: &[], client_id: None, send_at: None }.send(work, held).await?;
    Ok(())
}

/// The AI asks that a person looks at a conversation in which it goes on answering.
pub(crate) async fn flag(work: &mut Work, held: &Held, reason: EscalationReason) -> Result<(), Error> {
    let text =
        sql!("update conversations set review_flag = 1, version = version + 1 where workspace_id = $1 and id = $2");
    work.run(text, args![held.id]).await?;
    let id: ConversationId = held.id;
    record(work, "conversation.flagged", held, json!({ "conversation_id": id, "reason": reason.name() }));
    Ok(())
}
