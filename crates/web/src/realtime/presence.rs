//! Who is looking at or answering a conversation right now, and who is typing. Nothing of it is kept: a client says
//! it again every few seconds, and silence forgets it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use kernel::{Clock, ConversationId, MemberId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
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
    Presence { conversation: ConversationId, present: Vec<Present> },
    Typing { conversation: ConversationId, who: TypingWho, member: Option<MemberId>, name: String, state: TypingState },
}

impl Ephemeral {
    pub(crate) const fn conversation(&self) -> ConversationId {
        match self {
            Self::Presence { conversation, .. } | Self::Typing { conversation, .. } => *conversation,
        }
    }
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

type Board = HashMap<(WorkspaceId, ConversationId), Vec<Present>>;

impl PresenceBoard {
    pub fn new(clock: Clock) -> Self {
        Self { clock, board: Arc::default() }
    }

    /// Notes what a member does; returns the conversation's full set when that changed it.
    pub(crate) fn note(
        &self,
        (workspace, conversation): (WorkspaceId, ConversationId),
        (member, name): (MemberId, &str),
        state: PresenceState,
    ) -> Option<Vec<Present>> {
        let now = self.clock.now();
        let mut board = self.lock();
        let present = board.entry((workspace, conversation)).or_default();
        let before = shown(present);
        present.retain(|someone| someone.member != member && someone.until > now);
        if state != PresenceState::Left {
            present.push(Present { member, name: name.to_owned(), state, until: now.plus(FORGET_AFTER) });
            present.sort_by_key(|someone| someone.member);
        }
        let (after, all) = (shown(present), present.clone());
        if present.is_empty() {
            board.remove(&(workspace, conversation));
        }
        (before != after).then_some(all)
    }

    /// Forgets whom nobody heard of for a while; returns the conversations that changed, with who remains.
    pub(crate) fn forget_silent(&self) -> Vec<((WorkspaceId, ConversationId), Vec<Present>)> {
        let now = self.clock.now();
        let mut changed = Vec::new();
        self.lock().retain(|place, present| {
            let before = present.len();
            present.retain(|someone| someone.until > now);
            if present.len() != before {
                changed.push((*place, present.clone()));
            }
            !present.is_empty()
        });
        changed
    }

    /// Who is present in the workspace, for a stream that just opened.
    pub(crate) fn all(&self, workspace: WorkspaceId) -> Vec<(ConversationId, Vec<Present>)> {
        let board = self.lock();
        board.iter().filter(|((home, _), _)| *home == workspace).map(|((_, id), present)| (*id, present.clone())).collect()
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
    use super::*;
    use uuid::Uuid;

    #[test]
    fn silence_is_forgotten_and_renewal_tells_nobody_anything_new() {
        let clock = Clock::movable(Timestamp::from_millis(0));
        let board = PresenceBoard::new(clock.clone());
        let place = (WorkspaceId(Uuid::from_u128(1)), ConversationId(Uuid::from_u128(2)));
        let bo = MemberId(Uuid::from_u128(3));
        assert_eq!(board.note(place, (bo, "Bo"), PresenceState::Viewing).map(|all| all.len()), Some(1));
        clock.advance(Duration::from_secs(4));
        assert_eq!(board.note(place, (bo, "Bo"), PresenceState::Viewing), None);
        clock.advance(Duration::from_secs(4));
        assert!(board.forget_silent().is_empty());
        clock.advance(Duration::from_secs(3));
        assert_eq!(board.forget_silent(), [(place, vec![])]);
    }
}
