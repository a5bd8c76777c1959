//! Bare hints after a commit: "something new in this workspace", "rights changed", "a session ended". Truth is read
//! from the tables; a missed hint costs at most the listeners' own re-check interval.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use kernel::{MemberId, SessionId, WorkspaceId};
use tokio::sync::{Notify, broadcast, watch};

/// What open streams have to act on at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Revocation {
    /// Memberships, roles or policies of a workspace changed: check again who may still listen.
    Rights(WorkspaceId),
    Session(SessionId),
}

/// What one server tells the others of a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Hint {
    Committed(WorkspaceId, i64),
    Revoked(Revocation),
    Notified(WorkspaceId, MemberId),
}

impl fmt::Display for Hint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Committed(workspace, seq) => write!(f, "commit {workspace} {seq}"),
            Self::Revoked(Revocation::Rights(workspace)) => write!(f, "rights {workspace}"),
            Self::Revoked(Revocation::Session(session)) => write!(f, "session {session}"),
            Self::Notified(workspace, member) => write!(f, "notified {workspace} {member}"),
        }
    }
}

impl Hint {
    /// `None` for what another version of the program may say.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        match (words.next()?, words.next()?, words.next()) {
            ("commit", workspace, Some(seq)) => Some(Self::Committed(workspace.parse().ok()?, seq.parse().ok()?)),
            ("rights", workspace, None) => Some(Self::Revoked(Revocation::Rights(workspace.parse().ok()?))),
            ("notified", workspace, Some(member)) => {
                Some(Self::Notified(workspace.parse().ok()?, member.parse().ok()?))
            }
            ("session", session, None) => Some(Self::Revoked(Revocation::Session(session.parse().ok()?))),
            _ => None,
        }
    }
}

/// Wakes whoever waits for commits; clones share one hub.
#[derive(Clone)]
pub struct Wake {
    workspaces: Arc<Mutex<HashMap<WorkspaceId, watch::Sender<i64>>>>,
    revocations: broadcast::Sender<Revocation>,
    notified: broadcast::Sender<(WorkspaceId, MemberId)>,
    events: Arc<Notify>,
    jobs: Arc<Notify>,
}

impl Default for Wake {
    fn default() -> Self {
        Self {
            workspaces: Arc::default(),
            revocations: broadcast::channel(1024).0,
            notified: broadcast::channel(1024).0,
            events: Arc::default(),
            jobs: Arc::default(),
        }
    }
}

impl Wake {
    /// Sees the newest committed sequence of a workspace change; starts at 0 until the first commit it hears of.
    pub fn listen(&self, workspace: WorkspaceId) -> watch::Receiver<i64> {
        self.lock().entry(workspace).or_insert_with(|| watch::channel(0).0).subscribe()
    }

    pub fn revocations(&self) -> broadcast::Receiver<Revocation> {
        self.revocations.subscribe()
    }

    /// Members whose notifications changed.
    pub fn notified(&self) -> broadcast::Receiver<(WorkspaceId, MemberId)> {
        self.notified.subscribe()
    }

    /// Completes when something may have happened in some workspace.
    pub async fn event_recorded(&self) {
        self.events.notified().await;
    }

    /// Completes when a job may have become due.
    pub async fn job_enqueued(&self) {
        self.jobs.notified().await;
    }

    pub(crate) fn hear(&self, hint: Hint) {
        match hint {
            Hint::Committed(workspace, seq) => {
                self.events.notify_one();
                self.committed(workspace, seq);
            }
            Hint::Notified(workspace, member) => {
                // Nobody listening is fine: there is no stream to tell.
                let _ = self.notified.send((workspace, member));
            }
            Hint::Revoked(revocation) => {
                // Nobody listening is fine: there is no stream to close.
                let _ = self.revocations.send(revocation);
            }
        }
    }

    fn committed(&self, workspace: WorkspaceId, seq: i64) {
        let mut workspaces = self.lock();
        if let Some(sender) = workspaces.get(&workspace) {
            if sender.receiver_count() == 0 {
                workspaces.remove(&workspace);
            } else {
                sender.send_if_modified(|newest| {
                    seq > *newest && {
                        *newest = seq;
                        true
                    }
                });
            }
        }
    }

    pub(crate) fn enqueued(&self) {
        self.jobs.notify_one();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<WorkspaceId, watch::Sender<i64>>> {
        self.workspaces.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn other_servers_understand_every_hint() {
        let (workspace, session) = (WorkspaceId(Uuid::from_u128(7)), SessionId(Uuid::from_u128(8)));
        for hint in [
            Hint::Committed(workspace, 41),
            Hint::Revoked(Revocation::Rights(workspace)),
            Hint::Revoked(Revocation::Session(session)),
            Hint::Notified(workspace, MemberId(Uuid::from_u128(9))),
        ] {
            assert_eq!(Hint::parse(&hint.to_string()), Some(hint));
        }
        assert_eq!(Hint::parse("tomorrow's news"), None);
    }
}
