//! Where the sample workspace's history is played: operations inside the workspace, each at its moment.

use std::sync::Arc;

use conversations::Files;
use kernel::{Clock, Timestamp, WorkspaceId};
use tenancy::{Caller, Duty, Error, Right, Scope, Tx, Vault};

pub(super) struct Stage {
    pub(super) vault: Vault,
    pub(super) files: Arc<dyn Files>,
    pub(super) workspace: WorkspaceId,
    pub(super) clock: Clock,
}

impl Stage {
    pub(super) async fn enter(&self, caller: &Caller) -> Result<Scope, Error> {
        self.vault.enter(caller, self.workspace).await
    }

    /// Enters as somebody whose session would not live as long as the history: its days are played in one go.
    #[expect(clippy::disallowed_methods, reason = "the command line makes the history up in its people's name")]
    pub(super) async fn enter_for_weeks(&self, caller: &Caller) -> Result<Scope, Error> {
        let member = self.enter(caller).await?.member().ok_or(Error::NotFound)?.id;
        self.vault.on_duty(Duty::Jobs).enter_as(self.workspace, member).await
    }

    /// One transaction of somebody who has entered.
    ///
    /// The clock moves once the transaction has begun: the database is SQLite, where a transaction has the writer for
    /// itself, so many may be under way and each still happens at its own moment. Nothing is waited for before the
    /// writer, so they get it in the order in which they ask. They share their commits, which makes the history quick
    /// to write.
    pub(super) async fn act<P: Right, T, E: From<Error>>(
        &self,
        scope: &Scope,
        at: Timestamp,
        work: impl AsyncFnOnce(&mut Tx<P>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut tx = scope.grant::<P>()?.begin().await?;
        self.clock.set(at);
        let mut answer = None;
        let outcome = work(&mut tx).await.map(|found| answer = Some(found));
        tx.settle(outcome).await?;
        answer.ok_or_else(|| Error::NotFound.into())
    }
}
