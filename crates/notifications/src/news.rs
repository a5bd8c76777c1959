//! From an event to news: what is told, about what, and whom it concerns. Pure: what is masked or out of sight is
//! decided where it is told.

use kernel::{ConversationId, CustomerId, CustomerNoteId, MemberId, OperatorRequestId, TaskId};
use serde_json::Value as Json;
use tenancy::{Pack, StoredEvent};
use uuid::Uuid;

use crate::kind::Kind;

/// What a notification is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    Conversation(ConversationId),
    Customer(CustomerId),
    Task(TaskId),
    Member(MemberId),
    Workspace(Uuid),
    /// What a workspace pays and has left.
    Money,
    /// What a member asked the operator for.
    Request(OperatorRequestId),
    /// What waits in a workspace.
    Digest(Uuid),
}

impl About {
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::Conversation(_) => "conversation",
            Self::Customer(_) => "customer",
            Self::Task(_) => "task",
            Self::Member(_) => "member",
            Self::Workspace(_) => "workspace",
            Self::Money => "money",
            Self::Request(_) => "support_request",
            Self::Digest(_) => "digest",
        }
    }

    pub(crate) const fn id(self) -> Uuid {
        match self {
            Self::Conversation(ConversationId(id)) | Self::Customer(CustomerId(id)) => id,
            Self::Task(TaskId(id)) | Self::Member(MemberId(id)) | Self::Request(OperatorRequestId(id)) => id,
            Self::Workspace(id) | Self::Digest(id) => id,
            Self::Money => Uuid::nil(),
        }
    }

    pub(crate) fn read(kind: &str, id: Uuid) -> Option<Self> {
        match kind {
            "conversation" => Some(Self::Conversation(id.into())),
            "customer" => Some(Self::Customer(id.into())),
            "task" => Some(Self::Task(id.into())),
            "member" => Some(Self::Member(id.into())),
            "workspace" => Some(Self::Workspace(id)),
            "money" => Some(Self::Money),
            "support_request" => Some(Self::Request(id.into())),
            "digest" => Some(Self::Digest(id)),
            _ => None,
        }
    }
}

/// Something that people are told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct News {
    pub(crate) kind: Kind,
    pub(crate) about: About,
    /// The member who did it, and is not told.
    pub(crate) actor: Option<MemberId>,
    /// The message it is about.
    pub(crate) message_seq: Option<i64>,
    /// The note on a customer that it is about.
    pub(crate) note: Option<CustomerNoteId>,
    /// Whom it concerns, under the names that packs know them by.
    pub(crate) concerned: Vec<(&'static str, MemberId)>,
}

/// The workspace's owner, in packs.
pub(crate) const OWNER: &str = "owner";
/// Whoever sees what the workspace pays.
pub(crate) const BILLING: &str = "billing";
/// The members of the team that a conversation was handed to, who are at work.
pub(crate) const TEAM_AVAILABLE: &str = "team_available";

/// What an event tells; `None` for most.
pub(crate) fn news(event: &StoredEvent) -> Option<News> {
    let payload = &event.payload;
    let conversation = || Some(About::Conversation(id(&payload["conversation_id"])?));
    let (kind, about, concerned) = match event.kind.as_str() {
        "conversation.assigned" => {
            (Kind::ConversationAssigned, conversation()?, people(&[("assignee", &payload["to"])]))
        }
        "message.received" => {
            let assignee = event.sight.and_then(|sight| sight.after)?.assignee?;
            (Kind::MessageReceived, conversation()?, vec![("assignee", assignee)])
        }
        "note.mentioned" => (Kind::NoteMentioned, conversation()?, each("mentioned", &payload["members"])),
        "customer_note.mentioned" => {
            let customer = About::Customer(id(&payload["customer_id"])?);
            (Kind::NoteMentioned, customer, each("mentioned", &payload["members"]))
        }
        kind if kind.starts_with("handover.") => {
            (Kind::HandOver, conversation()?, each("mentioned", &payload["members"]))
        }
        "task.assigned" | "task.reminded" => {
            let kind = Kind::parse(&event.kind)?;
            (kind, About::Task(event.subject_id.into()), people(&[("assignee", &payload["to"])]))
        }
        "handoff.requested" => (Kind::HandoffRequested, conversation()?, Vec::new()),
        "member.joined" | "member.created" => {
            let member = MemberId(event.subject_id);
            (Kind::MemberJoined, About::Member(member), vec![("new_member", member)])
        }
        "ownership.transferred" => {
            let both = people(&[("old_owner", &payload["from"]), ("new_owner", &payload["to"])]);
            (Kind::OwnershipTransferred, About::Workspace(event.subject_id), both)
        }
        "support_request.answered" => {
            let request = About::Request(event.subject_id.into());
            (Kind::SupportRequestAnswered, request, people(&[("asker", &payload["asked_by"])]))
        }
        // Only of those that we write it is said: what a provider collects it also tells of.
        "invoice.issued" if payload["state"] == "open" => (Kind::InvoiceIssued, About::Money, Vec::new()),
        "trial.ending"
        | "payment.failed"
        | "subscription.restricted"
        | "payer.reminded"
        | "seat.over_limit"
        | "credit.low"
        | "credit.purchased"
        | "usage.warned" => (Kind::parse(&event.kind)?, About::Money, Vec::new()),
        _ => return None,
    };
    // Who spends the last credits meant to do something else: what comes of it for money is news to them as well.
    let did_it = event.actor_kind == "member" && !matches!(about, About::Money);
    let actor = event.actor_id.filter(|_| did_it).map(MemberId);
    let (message_seq, note) = (payload["seq"].as_i64(), id(&payload["note_id"]));
    Some(News { kind, about, actor, message_seq, note, concerned })
}

/// The events that are news. Handing over assigns or gives back in the same transaction, which is one piece of news.
pub fn news_among(events: Vec<StoredEvent>) -> Vec<StoredEvent> {
    let transaction = |event: &StoredEvent| event.parent_seq.unwrap_or(event.seq);
    let told: Vec<_> = events.iter().map(|event| (transaction(event), news(event))).collect();
    let hands_over = |of: i64, about: About| {
        told.iter().any(|(transaction, news)| {
            *transaction == of && news.as_ref().is_some_and(|news| news.kind == Kind::HandOver && news.about == about)
        })
    };
    let is_news = |event: &StoredEvent, news: &Option<News>| match news {
        Some(news) if news.kind == Kind::ConversationAssigned => !hands_over(transaction(event), news.about),
        Some(_) => true,
        None => false,
    };
    let kept: Vec<bool> = events.iter().zip(&told).map(|(event, (_, news))| is_news(event, news)).collect();
    events.into_iter().zip(kept).filter_map(|(event, kept)| kept.then_some(event)).collect()
}

/// Who is told, by the names of packs: what the workspace's pack says, or what is usual (E9).
pub(crate) fn told_by(pack: &Pack, kind: Kind) -> Vec<&str> {
    match pack.notifications.get(name_in_packs(kind)) {
        Some(names) => names.iter().map(String::as_str).collect(),
        None => usual(kind).to_vec(),
    }
}

/// Packs call one kind by an older name.
fn name_in_packs(kind: Kind) -> &'static str {
    if kind == Kind::CreditLow { "credit.low_balance" } else { kind.name() }
}

const fn usual(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::ConversationAssigned | Kind::MessageReceived | Kind::TaskAssigned | Kind::TaskReminded => &["assignee"],
        Kind::NoteMentioned | Kind::HandOver => &["mentioned"],
        Kind::HandoffRequested => &[TEAM_AVAILABLE, OWNER],
        Kind::MemberJoined | Kind::CreditPurchased | Kind::PayerReminded | Kind::InvoiceIssued => &[OWNER],
        Kind::TrialEnding
        | Kind::PaymentFailed
        | Kind::SubscriptionRestricted
        | Kind::SeatOverLimit
        | Kind::CreditLow
        | Kind::UsageWarned => &[OWNER, BILLING],
        Kind::OwnershipTransferred => &["old_owner", "new_owner"],
        Kind::SupportRequestAnswered => &["asker"],
        Kind::Digest => &[],
    }
}

fn people(named: &[(&'static str, &Json)]) -> Vec<(&'static str, MemberId)> {
    named.iter().filter_map(|(name, value)| Some((*name, id(value)?))).collect()
}

fn each(name: &'static str, ids: &Json) -> Vec<(&'static str, MemberId)> {
    ids.as_array().into_iter().flatten().filter_map(|value| Some((name, id(value)?))).collect()
}

fn id<T: From<Uuid>>(value: &Json) -> Option<T> {
    value.as_str().and_then(|text| text.parse::<Uuid>().ok()).map(T::from)
}

#[cfg(test)]
mod tests {
    use kernel::Timestamp;
    use serde_json::json;

    use super::*;

    fn event(kind: &str, payload: Json) -> StoredEvent {
        StoredEvent {
            seq: 7,
            at: Timestamp::from_millis(0),
            kind: kind.to_owned(),
            actor_kind: "member".to_owned(),
            actor_id: Some(Uuid::from_u128(1)),
            permission: String::new(),
            subject_kind: "conversation".to_owned(),
            subject_id: Uuid::from_u128(2),
            parent_seq: None,
            sight: None,
            payload,
        }
    }

    #[test]
    fn an_assignment_concerns_the_assignee_and_names_who_did_it() {
        let (conversation, bo) = (Uuid::from_u128(2), Uuid::from_u128(3));
        let told = news(&event("conversation.assigned", json!({ "conversation_id": conversation, "to": bo })));
        let expected = News {
            kind: Kind::ConversationAssigned,
            about: About::Conversation(conversation.into()),
            actor: Some(MemberId(Uuid::from_u128(1))),
            message_seq: None,
            note: None,
            concerned: vec![("assignee", MemberId(bo))],
        };
        assert_eq!(told, Some(expected));
    }

    #[test]
    fn not_003_a_mention_in_a_note_on_a_customer_concerns_whom_it_calls() {
        let (customer, note, ann) = (Uuid::from_u128(2), Uuid::from_u128(4), Uuid::from_u128(3));
        let payload = json!({ "customer_id": customer, "note_id": note, "members": [ann], "teams": [] });
        let told = news(&event("customer_note.mentioned", payload)).expect("news");
        assert_eq!((told.kind, told.about), (Kind::NoteMentioned, About::Customer(customer.into())));
        assert_eq!((told.note, told.concerned), (Some(note.into()), vec![("mentioned", MemberId(ann))]));
    }

    #[test]
    fn not_001_a_hand_over_and_its_answer_concern_who_is_to_know() {
        let (conversation, ann) = (Uuid::from_u128(2), Uuid::from_u128(3));
        for kind in ["handover.offered", "handover.refused"] {
            let payload = json!({ "conversation_id": conversation, "seq": 4, "members": [ann] });
            let told = news(&event(kind, payload)).expect("news");
            assert_eq!((told.kind, told.message_seq), (Kind::HandOver, Some(4)));
            assert_eq!(told.concerned, vec![("mentioned", MemberId(ann))]);
        }
    }

    #[test]
    fn a_hand_over_and_its_assignment_are_one_piece_of_news() {
        let payload =
            json!({ "conversation_id": Uuid::from_u128(2), "to": Uuid::from_u128(3), "members": [Uuid::from_u128(3)] });
        let happened = |kind, seq, parent_seq| StoredEvent { seq, parent_seq, ..event(kind, payload.clone()) };
        let events = vec![
            happened("handover.refused", 7, None),
            happened("conversation.assigned", 8, Some(7)),
            happened("conversation.assigned", 9, None),
            happened("conversation.claimed", 10, None),
        ];
        let told: Vec<_> = news_among(events).into_iter().map(|event| event.seq).collect();
        assert_eq!(told, [7, 9]);
    }

    #[test]
    fn what_lacks_a_subject_or_means_nothing_to_anybody_is_no_news() {
        for (kind, payload) in [
            ("conversation.assigned", json!({})),
            ("conversation.assigned", json!({ "conversation_id": "nobody's" })),
            ("message.received", json!({ "conversation_id": Uuid::from_u128(2) })),
            ("conversation.claimed", json!({ "conversation_id": Uuid::from_u128(2) })),
        ] {
            assert_eq!(news(&event(kind, payload)), None, "{kind}");
        }
    }

    #[test]
    fn packs_say_who_is_told_and_what_they_leave_out_is_usual() {
        let packs = Pack::shipped();
        let pack = |id: &str| packs.iter().find(|pack| pack.id == id).expect("a pack");
        assert_eq!(told_by(pack("interlinked"), Kind::HandoffRequested), [OWNER]);
        assert_eq!(told_by(pack("default"), Kind::HandoffRequested), [TEAM_AVAILABLE, OWNER]);
        assert_eq!(told_by(pack("linkai"), Kind::ConversationAssigned), ["assignee"]);
        assert_eq!(told_by(pack("askusers"), Kind::MemberJoined), [OWNER]);
    }

    #[test]
    fn a_subject_is_read_as_it_was_written() {
        let id = Uuid::from_u128(5);
        let all = [
            About::Conversation(id.into()),
            About::Customer(id.into()),
            About::Task(id.into()),
            About::Member(id.into()),
            About::Workspace(id),
            About::Request(id.into()),
            About::Digest(id),
        ];
        assert!(all.into_iter().all(|about| About::read(about.kind(), about.id()) == Some(about)));
    }
}
