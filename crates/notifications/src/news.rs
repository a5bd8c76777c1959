//! From an event to news: what is told, about what, and whom it concerns. Pure: what is masked or out of sight is
//! decided where it is told.

use kernel::{ConversationId, MemberId};
use serde_json::Value as Json;
use tenancy::{Pack, StoredEvent};
use uuid::Uuid;

use crate::kind::Kind;

/// What a notification is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum About {
    Conversation(ConversationId),
    Task(Uuid),
    Member(MemberId),
    Workspace(Uuid),
    /// What waits in a workspace.
    Digest(Uuid),
}

impl About {
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::Conversation(_) => "conversation",
            Self::Task(_) => "task",
            Self::Member(_) => "member",
            Self::Workspace(_) => "workspace",
            Self::Digest(_) => "digest",
        }
    }

    pub(crate) const fn id(self) -> Uuid {
        match self {
            Self::Conversation(ConversationId(id)) | Self::Member(MemberId(id)) => id,
            Self::Task(id) | Self::Workspace(id) | Self::Digest(id) => id,
        }
    }

    pub(crate) fn read(kind: &str, id: Uuid) -> Option<Self> {
        match kind {
            "conversation" => Some(Self::Conversation(id.into())),
            "task" => Some(Self::Task(id)),
            "member" => Some(Self::Member(id.into())),
            "workspace" => Some(Self::Workspace(id)),
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
    /// Whom it concerns, under the names that packs know them by.
    pub(crate) concerned: Vec<(&'static str, MemberId)>,
}

/// The workspace's owner, in packs.
pub(crate) const OWNER: &str = "owner";
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
        "handoff.requested" => (Kind::HandoffRequested, conversation()?, Vec::new()),
        "member.joined" | "member.created" => {
            let member = MemberId(event.subject_id);
            (Kind::MemberJoined, About::Member(member), vec![("new_member", member)])
        }
        "ownership.transferred" => {
            let both = people(&[("old_owner", &payload["from"]), ("new_owner", &payload["to"])]);
            (Kind::OwnershipTransferred, About::Workspace(event.subject_id), both)
        }
        _ => return None,
    };
    let actor = event.actor_id.filter(|_| event.actor_kind == "member").map(MemberId);
    Some(News { kind, about, actor, message_seq: payload["seq"].as_i64(), concerned })
}

/// Who is told, by the names of packs: what the workspace's pack says, or what is usual (E9).
pub(crate) fn told_by(pack: &Pack, kind: Kind) -> Vec<&str> {
    match pack.notifications.get(kind.name()) {
        Some(names) => names.iter().map(String::as_str).collect(),
        None => usual(kind).to_vec(),
    }
}

const fn usual(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::ConversationAssigned | Kind::MessageReceived | Kind::TaskAssigned | Kind::TaskReminded => &["assignee"],
        Kind::NoteMentioned | Kind::HandOver => &["mentioned"],
        Kind::HandoffRequested => &[TEAM_AVAILABLE, OWNER],
        Kind::MemberJoined => &[OWNER],
        Kind::OwnershipTransferred => &["old_owner", "new_owner"],
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
            concerned: vec![("assignee", MemberId(bo))],
        };
        assert_eq!(told, Some(expected));
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
            About::Task(id),
            About::Member(id.into()),
            About::Workspace(id),
            About::Digest(id),
        ];
        assert!(all.into_iter().all(|about| About::read(about.kind(), about.id()) == Some(about)));
    }
}
