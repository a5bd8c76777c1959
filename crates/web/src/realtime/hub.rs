//! One tail per workspace and process reads the event table and feeds all of the workspace's streams (ruling 11).

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use kernel::{MemberId, WorkspaceId};
use tenancy::{Duty, Error, Grant, Housekeeping, MemberSelf, OnDuty, Vault};
use tokio::sync::{broadcast, watch};

use super::{
    change::{self, Change, Unloadable},
    presence::Ephemeral,
};

/// Without any hint the table is looked at this often.
const RECHECK: Duration = Duration::from_secs(5);
/// Signals a slow stream may fall behind before it catches up from the table instead.
const BACKLOG: usize = 1024;
const BATCH: i64 = 256;

/// What a tail tells its streams.
#[derive(Clone)]
pub(crate) enum Signal {
    Change(Arc<Change>),
    Ephemeral(Arc<Ephemeral>),
    /// The server stops.
    End,
}

/// The tails of this process.
#[derive(Clone)]
pub struct Hub {
    vault: Vault,
    tails: Arc<Mutex<HashMap<WorkspaceId, broadcast::Sender<Signal>>>>,
}

impl Hub {
    pub fn new(vault: Vault) -> Self {
        Self { vault, tails: Arc::default() }
    }

    /// Joins the workspace's tail, starting it for the first stream. Every event committed after this returns is
    /// signalled.
    pub(crate) async fn join(&self, workspace: WorkspaceId) -> Result<broadcast::Receiver<Signal>, Error> {
        if let Some(receiver) = self.tail(workspace) {
            return Ok(receiver);
        }
        // Listening starts before the position is read, so no commit falls between them.
        let commits = self.vault.wake().listen(workspace);
        let grant = self.grant(workspace)?;
        let position = grant.read().await?.newest_seq().await?;
        let mut tails = self.lock();
        if let Some(sender) = tails.get(&workspace) {
            return Ok(sender.subscribe());
        }
        let (sender, receiver) = broadcast::channel(BACKLOG);
        tails.insert(workspace, sender.clone());
        tokio::spawn(self.clone().follow(workspace, grant, position, commits, sender));
        Ok(receiver)
    }

    /// Tells the workspace's streams something that is not kept.
    pub(crate) fn tell(&self, workspace: WorkspaceId, ephemeral: Ephemeral) {
        if let Some(sender) = self.lock().get(&workspace) {
            // Nobody listening is fine.
            let _ = sender.send(Signal::Ephemeral(Arc::new(ephemeral)));
        }
    }

    /// How many notifications a member has not read, if anybody in its workspace listens here.
    pub(crate) async fn unread(&self, workspace: WorkspaceId, member: MemberId) -> Result<Option<i64>, Error> {
        if self.tail(workspace).is_none() {
            return Ok(None);
        }
        let scope = self.on_duty().enter_as(workspace, member).await?;
        let mut session = scope.grant::<MemberSelf>()?.read().await?;
        ::notifications::unread(&mut session).await.map(Some)
    }

    /// Ends every stream of this process.
    pub(crate) fn end_streams(&self) {
        for sender in self.lock().values() {
            // Nobody listening is fine.
            let _ = sender.send(Signal::End);
        }
    }

    /// What happened after `seq`, as streams see it; at most a few hundred changes at once.
    pub(crate) async fn changes_after(&self, workspace: WorkspaceId, seq: i64) -> Result<Vec<Arc<Change>>, Unloadable> {
        read_changes(&self.grant(workspace)?, seq).await
    }

    /// How many workspaces are being listened to.
    pub fn listened(&self) -> usize {
        self.lock().len()
    }

    fn grant(&self, workspace: WorkspaceId) -> Result<Grant<Housekeeping>, Error> {
        self.on_duty().enter(workspace).grant::<Housekeeping>()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "streams read the event table for everybody at once, then show each only its own"
    )]
    fn on_duty(&self) -> OnDuty {
        self.vault.on_duty(Duty::Realtime)
    }

    fn tail(&self, workspace: WorkspaceId) -> Option<broadcast::Receiver<Signal>> {
        self.lock().get(&workspace).map(broadcast::Sender::subscribe)
    }

    async fn follow(
        self,
        workspace: WorkspaceId,
        grant: Grant<Housekeeping>,
        mut position: i64,
        mut commits: watch::Receiver<i64>,
        streams: broadcast::Sender<Signal>,
    ) {
        loop {
            // A hint or the end of the pause: either way the table is what counts.
            let _ = tokio::time::timeout(RECHECK, commits.changed()).await;
            if self.end_if_unheard(workspace, &streams) {
                return;
            }
            match read_changes(&grant, position).await {
                Ok(changes) => {
                    for change in changes {
                        position = change.event.seq;
                        let _ = streams.send(Signal::Change(change));
                    }
                }
                Err(error) => tracing::warn!(%error, %workspace, "a tail cannot read its events"),
            }
        }
    }

    /// Under the lock under which streams join, so that nobody joins a tail that is just ending.
    fn end_if_unheard(&self, workspace: WorkspaceId, streams: &broadcast::Sender<Signal>) -> bool {
        let mut tails = self.lock();
        let unheard = streams.receiver_count() == 0;
        if unheard {
            tails.remove(&workspace);
        }
        unheard
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<WorkspaceId, broadcast::Sender<Signal>>> {
        self.tails.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn read_changes(grant: &Grant<Housekeeping>, after: i64) -> Result<Vec<Arc<Change>>, Unloadable> {
    let mut session = grant.read().await?;
    let events = session.events_after(after, BATCH).await?;
    change::load(&mut session, events).await
}
