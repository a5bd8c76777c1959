//! A transaction under one right, and its end: settled by an outcome, or undone.

use std::{
    marker::PhantomData,
    ops::{Deref, DerefMut},
};

use serde::Serialize;
use serde_json::Value as Json;

use super::{Connection, Room, Session, Work};
use crate::{Error, Grant, Right, RightId, instance::InstanceTx, scope::reach};

/// A transaction of one workspace opened under right `P`; operations ask for the `Tx` of their own right.
pub struct Tx<P> {
    work: Work,
    right: PhantomData<P>,
}

impl<P> Deref for Tx<P> {
    type Target = Work;
    fn deref(&self) -> &Work {
        &self.work
    }
}
impl<P> DerefMut for Tx<P> {
    fn deref_mut(&mut self) -> &mut Work {
        &mut self.work
    }
}

impl<P: Right> Tx<P> {
    pub(crate) fn new(work: Work) -> Self {
        Self { work, right: PhantomData }
    }

    /// Goes on in the same transaction under a further right of the same workspace and actor.
    ///
    /// # Errors
    /// [`Error::NotFound`] when the grant is another workspace's or actor's.
    pub fn then<Q: Right>(mut self, grant: &Grant<Q>) -> Result<Tx<Q>, Error> {
        let room = &self.work.session.room;
        if room.workspace != grant.scope().workspace() || *room.actor != *grant.scope().actor() {
            return Err(Error::NotFound);
        }
        self.work.right = Q::RIGHT;
        Ok(Tx::new(self.work))
    }

    /// Goes on in the same transaction under a further right that its actor holds by now. What comes close to owning
    /// the workspace is not among them: it takes a door of its own.
    ///
    /// # Errors
    /// [`Error::Forbidden`] with what decided; the transaction is undone.
    pub fn also<Q: Right>(mut self) -> Result<Tx<Q>, Error> {
        if matches!(Q::RIGHT, RightId::Catalogue(permission) if permission.is_owner_equivalent()) {
            return Err(Error::ConfirmationRequired);
        }
        let room = &self.work.session.room;
        reach(&room.actor, room.access.as_deref(), Q::RIGHT)?;
        self.work.right = Q::RIGHT;
        Ok(Tx::new(self.work))
    }

    /// Undoes the transaction because of a refusal, and gives that back once what was read is durable.
    pub async fn refuse<E: From<Error>>(self, refusal: E) -> E {
        match self.work.undo().await {
            Ok(()) => refusal,
            Err(error) => error.into(),
        }
    }

    /// Steps out to the tables of the instance, in the same transaction, before anything of the workspace changed.
    ///
    /// # Errors
    /// Something of the workspace changed already.
    pub fn outside(self) -> Result<Outside<P>, Error> {
        let Work { session: Session { connection, room }, keyed, dues, changed, .. } = self.work;
        let Connection::Write(write) = connection else { return Err(Error::Corrupt("a reader's transaction".into())) };
        if changed {
            return Err(Error::Corrupt("what changed in the workspace would be recorded nowhere".into()));
        }
        let tx = InstanceTx::going_on(room.vault.clone(), write, keyed, dues);
        Ok(Outside { tx, room, right: PhantomData })
    }

    /// Ends the transaction by its outcome: commits what succeeded, undoes what was refused, and answers only when
    /// the answer is durable. The answer of a keyed request is remembered in the same commit.
    ///
    /// # Errors
    /// The refusal itself, or the commit failed and nothing happened.
    pub async fn settle<T: Serialize, E: From<Error>>(self, outcome: Result<T, E>) -> Result<T, E> {
        self.settle_as(200, outcome).await
    }

    /// [`Tx::settle`] for an answer of 201 Created.
    ///
    /// # Errors
    /// As [`Tx::settle`].
    pub async fn settle_created<T: Serialize, E: From<Error>>(self, outcome: Result<T, E>) -> Result<T, E> {
        self.settle_as(201, outcome).await
    }

    /// [`Tx::settle`] for an answer of 202 Accepted.
    ///
    /// # Errors
    /// As [`Tx::settle`].
    pub async fn settle_accepted<T: Serialize, E: From<Error>>(self, outcome: Result<T, E>) -> Result<T, E> {
        self.settle_as(202, outcome).await
    }

    async fn settle_as<T: Serialize, E: From<Error>>(self, status: u16, outcome: Result<T, E>) -> Result<T, E> {
        let mut work = self.work;
        match outcome {
            Ok(answer) => {
                let body = work.keyed.is_some().then(|| serde_json::to_value(&answer).unwrap_or(Json::Null));
                let enqueued = !work.jobs.is_empty();
                match work.flush(status, body).await {
                    Ok(newest) => {
                        work.end(true, newest, enqueued).await?;
                        Ok(answer)
                    }
                    Err(error) => {
                        work.undo().await?;
                        Err(error.into())
                    }
                }
            }
            Err(refusal) => {
                work.undo().await?;
                Err(refusal)
            }
        }
    }
}

/// A transaction of one workspace that works on the tables of the instance for a moment.
pub struct Outside<P> {
    tx: InstanceTx,
    room: Room,
    right: PhantomData<P>,
}

impl<P> Deref for Outside<P> {
    type Target = InstanceTx;
    fn deref(&self) -> &InstanceTx {
        &self.tx
    }
}
impl<P> DerefMut for Outside<P> {
    fn deref_mut(&mut self) -> &mut InstanceTx {
        &mut self.tx
    }
}

impl<P: Right> Outside<P> {
    /// Goes back into the workspace, as who stepped out of it.
    pub fn back(self) -> Tx<P> {
        self.tx.within(self.room)
    }
}
