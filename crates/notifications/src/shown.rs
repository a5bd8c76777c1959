//! What a notification says to its member: made from ids at the moment it is shown or sent, through what that member
//! can open and in the form it may have it (INV-19).

use conversations::{Direction, Waiting};
use customers::masking::Exposure;
use kernel::{ConversationId, CustomerId, CustomerNoteId, MemberId, OperatorRequestId, TaskId};
use serde::{Deserialize, Serialize};
use tenancy::{Error, Permission, Reach, Session, Viewer};

use crate::{
    Refusal,
    kind::Kind,
    money::{Money, money},
    news::About,
};

/// Characters of what somebody wrote that are shown beside it.
const LONGEST_EXCERPT: usize = 200;

/// What was told, in ids: it is stored and waits in jobs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Told {
    pub(crate) kind: Kind,
    #[serde(with = "about")]
    pub(crate) about: About,
    pub(crate) event_seq: i64,
    pub(crate) actor: Option<MemberId>,
    pub(crate) message_seq: Option<i64>,
    /// The note on a customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<CustomerNoteId>,
}

/// A subject as JSON: its kind and id.
mod about {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
    use uuid::Uuid;

    use super::About;

    pub(super) fn serialize<S: Serializer>(about: &About, serializer: S) -> Result<S::Ok, S::Error> {
        (about.kind(), about.id()).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<About, D::Error> {
        let (kind, id) = <(String, Uuid)>::deserialize(deserializer)?;
        About::read(&kind, id).ok_or_else(|| D::Error::custom("is no subject"))
    }
}

/// Who did it and what it is about, as the member may have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The member who did it; nobody when it came about by itself.
    pub actor: Option<(MemberId, String)>,
    pub subject: Subject,
}

/// What it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    Conversation {
        id: ConversationId,
        customer: String,
        /// The beginning of what was written.
        excerpt: String,
        message_seq: Option<i64>,
    },
    Customer {
        id: CustomerId,
        name: String,
        /// The beginning of the note.
        excerpt: String,
        note: Option<CustomerNoteId>,
    },
    Task {
        id: TaskId,
        title: String,
    },
    Member {
        id: MemberId,
        name: String,
    },
    Workspace,
    Money(Money),
    /// The beginning of what the operator answered.
    Request {
        excerpt: String,
    },
    Digest(Waiting),
}

/// What the session's member sees of it; nothing when it cannot open the subject, or there is none any more.
pub(crate) async fn shown(session: &mut Session, told: &Told) -> Result<Option<Shown>, Refusal> {
    let Some(subject) = subject(session, told).await? else { return Ok(None) };
    let actor = match told.actor {
        Some(member) => directory::member_name(session, member).await?.map(|name| (member, name)),
        None => None,
    };
    Ok(Some(Shown { actor, subject }))
}

async fn subject(session: &mut Session, told: &Told) -> Result<Option<Subject>, Refusal> {
    let viewer = session.viewer();
    if !may_know(&viewer, told.kind) {
        return Ok(None);
    }
    match told.about {
        About::Conversation(id) => conversation(session, &viewer, id, told.message_seq).await,
        About::Customer(id) => customer(session, &viewer, id, told.note).await,
        About::Task(id) => task(session, &viewer, id).await,
        About::Member(id) => {
            let name = directory::member_name(session, id).await?;
            Ok(name.map(|name| Subject::Member { id, name }))
        }
        About::Workspace(_) => Ok(Some(Subject::Workspace)),
        About::Request(id) => request(session, id).await,
        About::Money => {
            let money = money(session, told.kind).await?;
            // What was paid meanwhile nobody has to be told to pay.
            let is_over = told.kind == Kind::InvoiceIssued && money.to_pay.is_none();
            Ok((!is_over).then_some(Subject::Money(money)))
        }
        About::Digest(_) => Ok(Some(Subject::Digest(conversations::waiting(session).await?))),
    }
}

/// A customer who became part of another one is shown as that one.
async fn customer(
    session: &mut Session,
    viewer: &Viewer,
    id: CustomerId,
    note: Option<CustomerNoteId>,
) -> Result<Option<Subject>, Refusal> {
    let whole = customers::merge::whole(session, id).await?;
    let customer = match customers::show(session, whole).await {
        Ok(customer) => customer,
        Err(customers::Refusal::Vault(Error::NotFound)) => return Ok(None),
        Err(refusal) => return Err(conversations::Refusal::from(refusal).into()),
    };
    let text = match note {
        Some(note) => match customers::note::customer_note(session, whole, note).await {
            Err(Error::NotFound) => String::new(),
            note => note?.text,
        },
        None => String::new(),
    };
    let exposure = customer.exposure(viewer);
    let (name, excerpt) = (exposure.text(&customer.display_name), excerpt(&exposure.text(&text)));
    Ok(Some(Subject::Customer { id: whole, name, excerpt, note }))
}

async fn task(session: &mut Session, viewer: &Viewer, id: TaskId) -> Result<Option<Subject>, Refusal> {
    match conversations::task(session, id).await {
        Ok(task) => Ok(Some(Subject::Task { id, title: task.exposure(viewer).text(&task.title) })),
        Err(conversations::Refusal::Vault(Error::NotFound)) => Ok(None),
        Err(refusal) => Err(refusal.into()),
    }
}

/// A member is shown what they asked for themselves.
async fn request(session: &mut Session, id: OperatorRequestId) -> Result<Option<Subject>, Refusal> {
    let own = session.viewer().member;
    match billing::support_request::request(session, id).await {
        Ok(request) if Some(request.asked_by) == own => {
            Ok(Some(Subject::Request { excerpt: excerpt(&request.answer) }))
        }
        Ok(_) | Err(Error::NotFound) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Whether somebody may know of such a thing at all; which ones they see is another question.
pub(crate) fn may_know(viewer: &Viewer, kind: Kind) -> bool {
    let needed = match kind {
        Kind::ConversationAssigned | Kind::MessageReceived | Kind::HandoffRequested => Permission::ConversationView,
        Kind::NoteMentioned | Kind::HandOver => Permission::NoteView,
        Kind::TaskAssigned | Kind::TaskReminded => Permission::TaskView,
        Kind::MemberJoined => Permission::MemberView,
        Kind::Digest => Permission::ConversationReply,
        Kind::CreditLow => Permission::CreditViewBalance,
        Kind::TrialEnding
        | Kind::PaymentFailed
        | Kind::SubscriptionRestricted
        | Kind::PayerReminded
        | Kind::InvoiceIssued
        | Kind::SeatOverLimit
        | Kind::CreditPurchased
        | Kind::UsageWarned => Permission::BillingView,
        // Told to who asked, whatever they may do by now.
        Kind::OwnershipTransferred | Kind::SupportRequestAnswered => return true,
    };
    viewer.reach(needed) != Reach::None
}

async fn conversation(
    session: &mut Session,
    viewer: &Viewer,
    id: ConversationId,
    message_seq: Option<i64>,
) -> Result<Option<Subject>, Refusal> {
    let id = match message_seq {
        Some(seq) => conversations::whereabouts(session, id, seq).await?,
        None => id,
    };
    let conversation = match conversations::show(session, id).await {
        Ok(conversation) => conversation,
        Err(conversations::Refusal::Vault(Error::NotFound)) => return Ok(None),
        Err(refusal) => return Err(refusal.into()),
    };
    let message = match message_seq {
        Some(seq) => conversations::message(session, id, seq).await?,
        None => None,
    };
    let sees_notes = viewer.reach(Permission::NoteView) != Reach::None;
    let text = match &message {
        Some(message) if message.direction != Direction::Internal || sees_notes => message.text.clone(),
        _ => conversation.preview.as_ref().map(|preview| preview.text.clone()).unwrap_or_default(),
    };
    let exposure = Exposure::beside_conversation(viewer, conversation.contact);
    Ok(Some(Subject::Conversation {
        id,
        customer: exposure.text(&conversation.customer_name),
        // Masked before it is cut: half an address would no longer be recognised.
        excerpt: excerpt(&exposure.text(&text)),
        message_seq,
    }))
}

fn excerpt(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST_EXCERPT) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn what_was_told_is_read_back_from_a_job() {
        let told = Told {
            kind: Kind::NoteMentioned,
            about: About::Conversation(Uuid::from_u128(3).into()),
            event_seq: 9,
            actor: None,
            message_seq: Some(2),
            note: None,
        };
        let written = serde_json::to_value(told).expect("JSON");
        assert_eq!(serde_json::from_value::<Told>(written).expect("read back"), told);
    }

    #[test]
    fn an_excerpt_is_one_line_of_bounded_length() {
        assert_eq!(excerpt(" Hello\n\n there "), "Hello there");
        assert_eq!(excerpt(&"ñ".repeat(300)).chars().count(), LONGEST_EXCERPT + 1);
    }
}
