//! Reactors: what hears of work after it happened. Each has a place in a workspace's events, moved in the transaction of
//! what it did about them: neither a restart nor a second server makes it act on an event twice.

use kernel::{MemberId, WorkspaceId};

use crate::{Error, OnDuty, Vault, Work, args, raw, wake::Hint};

/// A workspace whose events a reactor has not all heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unheard {
    pub workspace: WorkspaceId,
    /// The last event that it acted on or passed over.
    pub heard: i64,
    pub newest: i64,
}

impl OnDuty {
    /// The workspaces in which something happened since a reactor last moved on.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn unheard(&self, reactor: &str) -> Result<Vec<Unheard>, Error> {
        let text = raw!(
            "select h.workspace_id, coalesce(c.seq, 0), h.seq from workspace_heads h
             left join reactor_cursors c on c.workspace_id = h.workspace_id and c.reactor = $1
             where h.seq > coalesce(c.seq, 0)"
        );
        let rows = self.vault.database().read().await?.query(text, args![reactor]).await?;
        rows.into_iter()
            .map(|mut row| Ok(Unheard { workspace: row.take(0)?, heard: row.take(1)?, newest: row.take(2)? }))
            .collect()
    }
}

impl Work {
    /// Moves a reactor from one event to another; false when it stands elsewhere, because another server was quicker.
    ///
    /// # Errors
    /// The database refuses or cannot answer.
    pub async fn heard(&mut self, reactor: &str, from: i64, to: i64) -> Result<bool, Error> {
        let text = raw!(
            "insert into reactor_cursors (workspace_id, reactor, seq) values ($1, $2, $4)
             on conflict (workspace_id, reactor) do update set seq = excluded.seq where reactor_cursors.seq = $3"
        );
        Ok(self.execute(text, args![reactor, from, to]).await? == 1)
    }
}

impl Vault {
    /// Tells the open streams of a member, on every server, that what they were notified of has changed.
    pub fn notify(&self, workspace: WorkspaceId, member: MemberId) {
        self.announce(Hint::Notified(workspace, member));
    }
}
