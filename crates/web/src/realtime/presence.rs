//! Who is looking at or answering a conversation right now, and who is typing. Nothing of it is kept: a client says
//! it again every few seconds, and silence forgets it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use kernel::{ChannelId, Clock, ConversationId, CustomerId, MemberId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::SightPoint;
use utoipa::ToSchema;

/// A presence that is not renewed for this long is over.
pub(crate) const FORGET_AFTER: Duration = Duration::from_secs(6);

/// What a member does with a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PresenceState {
    Viewing,
    Replying,
    Left,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TypingState {
    Typing,
    Stopped,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TypingWho {
    Customer,
    Member,
}

/// Told to streams and forgotten.
#[derive(Debug, Clone)]
pub(crate) enum Ephemeral {
    Presence(Presence),
    Typing(Typing),
    AgentRead(AgentRead),
    Notified(Notified),
}

/// A member's own notifications changed.
#[derive(Debug, Clone)]
pub(crate) struct Notified {
    pub(crate) member: MemberId,
    pub(crate) unread: i64,
}

/// A member has read: its mark is no event (ruling 9), but the customer's receipts follow it.
#[derive(Debug, Clone)]
pub(crate) struct AgentRead {
    pub(crate) conversation: ConversationId,
    pub(crate) channel: ChannelId,
    pub(crate) customer: CustomerId,
    pub(crate) seq: i64,
}

impl AgentRead {
    pub(crate) fn of(conversation: &conversations::Conversation) -> Self {
        Self {
            conversation: conversation.id,
            channel: conversation.channel_id,
            customer: conversation.customer_id,
            seq: conversation.read_seq.min(conversation.last_outward_seq()),
        }
    }
}

/// Who is present at a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Presence {
    pub(crate) conversation: ConversationId,
    /// Who may know: the conversation's visibility when somebody last spoke up.
    pub(crate) sight: SightPoint,
    pub(crate) present: Vec<Present>,
}

#[derive(Debug, Clone)]
pub(crate) struct Typing {
    pub(crate) conversation: ConversationId,
    pub(crate) channel: ChannelId,
    pub(crate) sight: SightPoint,
    pub(crate) who: TypingWho,
    /// The member who types; nobody else's stream needs to tell them.
    pub(crate) member: Option<MemberId>,
    pub(crate) name: String,
    pub(crate) state: TypingState,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Present {
    pub(crate) member: MemberId,
    pub(crate) name: String,
    pub(crate) state: PresenceState,
    until: Timestamp,
}

/// Everybody's presence on this server; clones share it.
#[derive(Clone)]
pub struct PresenceBoard {
    clock: Clock,
    board: Arc<Mutex<Board>>,
}

type Board = HashMap<(WorkspaceId, ConversationId), Presence>;

impl PresenceBoard {
    pub fn new(clock: Clock) -> Self {
        Self { clock, board: Arc::default() }
    }

    /// Notes what a member does; returns the conversation's full set when that changed it.
    pub(crate) fn note(
        &self,
        workspace: WorkspaceId,
        (conversation, sight): (ConversationId, SightPoint),
        (member, name): (MemberId, &str),
        state: PresenceState,
    ) -> Option<Presence> {
        let now = self.clock.now();
        let mut board = self.lock();
        let empty = || Presence { conversation, sight, present: Vec::new() };
        let presence = board.entry((workspace, conversation)).or_insert_with(empty);
        presence.sight = sight;
        let present = &mut presence.present;
        let before = shown(present);
        present.retain(|someone| someone.member != member && someone.until > now);
        if state != PresenceState::Left {
            present.push(Present { member, name: name.to_owned(), state, until: now.plus(FORGET_AFTER) });
            present.sort_by_key(|someone| someone.member);
        }
        let changed = (before != shown(present)).then(|| presence.clone());
        if presence.present.is_empty() {
            board.remove(&(workspace, conversation));
        }
        changed
    }

    /// Forgets whom nobody heard of for a while; returns what changed.
    pub(crate) fn forget_silent(&self) -> Vec<(WorkspaceId, Presence)> {
        let now = self.clock.now();
        let mut changed = Vec::new();
        self.lock().retain(|(workspace, _), presence| {
            let before = presence.present.len();
            presence.present.retain(|someone| someone.until > now);
            if presence.present.len() != before {
                changed.push((*workspace, presence.clone()));
            }
            !presence.present.is_empty()
        });
        changed
    }

    /// Who is present in the workspace, for a stream that just opened.
    pub(crate) fn all(&self, workspace: WorkspaceId) -> Vec<Presence> {
        let board = self.lock();
        board.iter().filter(|((home, _), _)| *home == workspace).map(|(_, presence)| presence.clone()).collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Board> {
        self.board.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn shown(present: &[Present]) -> Vec<(MemberId, PresenceState)> {
    present.iter().map(|someone| (someone.member, someone.state)).collect()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn silence_is_forgotten_and_renewal_tells_nobody_anything_new() {
        let clock = Clock::movable(Timestamp::from_millis(0));
        let board = PresenceBoard::new(clock.clone());
        let workspace = WorkspaceId(Uuid::from_u128(1));
        let sight = SightPoint { assignee: None, team: None, customer: CustomerId(Uuid::from_u128(4)) };
        let (place, bo) = ((ConversationId(Uuid::from_u128(2)), sight), (MemberId(Uuid::from_u128(3)), "Bo"));
        let told = board.note(workspace, place, bo, PresenceState::Viewing);
        assert_eq!(told.map(|presence| presence.present.len()), Some(1));
        clock.advance(Duration::from_secs(4));
        assert_eq!(board.note(workspace, place, bo, PresenceState::Viewing), None);
        clock.advance(Duration::from_secs(4));
        assert!(board.forget_silent().is_empty());
        clock.advance(Duration::from_secs(3));
        assert_eq!(board.forget_silent(), [(workspace, Presence { conversation: place.0, sight, present: vec![] })]);
    }
}
