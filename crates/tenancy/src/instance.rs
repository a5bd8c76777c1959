//! The second lane: instance tables (accounts, sessions, one-time tokens), which belong to no workspace.

use std::sync::Arc;

use kernel::{AccountId, SessionId, Timestamp, WorkspaceId};

use serde::Serialize;
use serde_json::Value as Json;

use crate::{
    Actor, Duty, Error, Event, Founding, InstanceSql, InvitationAccept, Job, Pack, Request, Revocation, Right, Row,
    Session, Token, Tx, Value, Vault, args,
    chain::{self, Author},
    database::{Read, Write, statement::Text},
    idempotency::{Asker, Keyed},
    queue, raw,
    standing::{self, MemberStanding},
    transaction::{Room, Work},
    wake::Hint,
};

/// Opens instance sessions and transactions.
#[derive(Clone)]
pub struct Instance {
    pub(crate) vault: Vault,
}

/// A read of instance tables.
pub struct InstanceSession {
    read: Read,
}

/// A transaction over instance tables. It can go on inside one workspace that is being made or joined.
pub struct InstanceTx {
    vault: Vault,
    pub(crate) write: Write,
    keyed: Option<Keyed>,
    dues: Dues,
    changed: bool,
}

/// What a transaction over instance tables still owes when it ends, also when it ends inside a workspace: the record
/// of what happened to accounts, and hints to who waits for its commit.
#[derive(Default)]
pub(crate) struct Dues {
    recorded: Option<(Actor, Vec<Event>)>,
    ended_sessions: Vec<SessionId>,
    enqueued: bool,
}

impl Dues {
    pub(crate) async fn record(&mut self, write: &mut Write, now: Timestamp) -> Result<(), Error> {
        let Some((actor, events)) = self.recorded.take() else { return Ok(()) };
        let author = Author::of_instance(&actor);
        chain::OF_INSTANCE.append(write, &chain::ACCOUNTS.into(), &author, events, now).await.map(drop)
    }

    pub(crate) fn announce(&self, vault: &Vault) {
        for session in &self.ended_sessions {
            vault.announce(Hint::Revoked(Revocation::Session(*session)));
        }
        if self.enqueued {
            vault.wake().enqueued();
        }
    }
}

impl Instance {
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// # Errors
    /// The database cannot answer.
    pub async fn read(&self) -> Result<InstanceSession, Error> {
        Ok(InstanceSession { read: self.vault.database().read().await? })
    }

    /// # Errors
    /// The database cannot answer.
    pub async fn begin(&self) -> Result<InstanceTx, Error> {
        let write = self.vault.database().begin().await?;
        Ok(InstanceTx { vault: self.vault.clone(), write, keyed: None, dues: Dues::default(), changed: false })
    }

    /// Opens a transaction that serves an account's request; a repeated request ends here with its first answer.
    ///
    /// # Errors
    /// The request was answered before, or the database cannot answer.
    pub async fn begin_for(&self, account: AccountId, request: Option<Request>) -> Result<InstanceTx, Error> {
        let mut tx = self.begin().await?;
        let Some(request) = request else { return Ok(tx) };
        let keyed = Keyed { asker: Asker::Account(account), request: Arc::new(request) };
        if let Err(refusal) = keyed.must_be_first(&mut tx.write).await {
            // The first answer may stand in the same, not yet durable group.
            tx.write.end(false).await?;
            return Err(refusal);
        }
        tx.keyed = Some(keyed);
        Ok(tx)
    }

    /// Every workspace an account is active in, oldest membership first. The one question that is about an account
    /// rather than a workspace; it tells only what the account's own memberships say.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn places(&self, account: AccountId) -> Result<Vec<MemberStanding>, Error> {
        let rows = self.vault.database().read().await?.query(standing::OF_ALL_PLACES, args![account]).await?;
        self.vault.standings(rows).await
    }

    /// Where an invitation token leads; nothing is consumed by looking.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn workspace_of_invitation(&self, token: &str) -> Result<Option<WorkspaceId>, Error> {
        let text = raw!("select workspace_id from invitations where token_hash = $1");
        let rows = self.vault.database().read().await?.query(text, args![Token::hash_of(token)]).await?;
        rows.into_iter().next().map(|mut row| row.take(0)).transpose()
    }

    /// Opens the workspace an invitation leads into for reading, to whoever holds its token.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn look_behind_invitation(&self, token: &str) -> Result<Option<Session>, Error> {
        let Some(workspace) = self.workspace_of_invitation(token).await? else { return Ok(None) };
        self.vault.plain_scope(workspace, Actor::Duty(Duty::Inspection)).read().await.map(Some)
    }
}

impl InstanceSession {
    /// All rows; `args` starts at `$1`.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn all(&mut self, sql: InstanceSql, args: &[Value]) -> Result<Vec<Row>, Error> {
        self.read.query(sql.text, args).await
    }

    /// # Errors
    /// The database cannot answer.
    pub async fn first(&mut self, sql: InstanceSql, args: &[Value]) -> Result<Option<Row>, Error> {
        Ok(self.all(sql, args).await?.into_iter().next())
    }
}

impl InstanceTx {
    pub(crate) fn going_on(vault: Vault, write: Write, keyed: Option<Keyed>, dues: Dues) -> Self {
        Self { vault, write, keyed, dues, changed: false }
    }

    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    pub fn now(&self) -> Timestamp {
        self.vault.clock().now()
    }

    /// # Errors
    /// The database cannot answer.
    pub async fn first(&mut self, sql: InstanceSql, args: &[Value]) -> Result<Option<Row>, Error> {
        Ok(self.write.query(sql.text, args).await?.into_iter().next())
    }

    /// Changes rows; returns how many. Every change is recorded: a transaction that changed something and recorded
    /// nothing does not commit (INV-40).
    ///
    /// # Errors
    /// The database refuses or cannot answer.
    pub async fn run(&mut self, sql: InstanceSql, args: &[Value]) -> Result<u64, Error> {
        let changed = self.write.execute(sql.text, args).await?;
        self.changed |= changed > 0;
        Ok(changed)
    }

    /// Changes what leaves no trace of its own by design: one-time tokens, whose use is recorded by what it changes.
    ///
    /// # Errors
    /// The database refuses or cannot answer.
    pub async fn mark(&mut self, sql: InstanceSql, args: &[Value]) -> Result<u64, Error> {
        self.write.execute(sql.text, args).await
    }

    /// Records what happened to an account, by whom. The first event of a transaction is its audit event; further
    /// ones name it as parent.
    pub fn record(&mut self, by: Actor, event: Event) {
        let (actor, events) = self.dues.recorded.get_or_insert_with(|| (by.clone(), Vec::new()));
        *actor = by;
        events.push(event);
    }

    /// Leaves work of the instance for later, in this transaction.
    ///
    /// # Errors
    /// The database refuses or cannot answer.
    pub async fn enqueue(&mut self, job: &Job) -> Result<(), Error> {
        self.dues.enqueued = true;
        let (id, now) = (self.vault.ids().next(), self.now());
        queue::insert(&mut self.write, id, None, job, now).await
    }

    /// Closes the streams of these sessions once the transaction has committed.
    pub fn session_ended(&mut self, session: SessionId) {
        self.dues.ended_sessions.push(session);
    }

    /// Goes on inside a workspace that this account makes.
    pub fn founding(self, workspace: WorkspaceId, account: AccountId) -> Tx<Founding> {
        self.inside(workspace, account)
    }

    /// Goes on inside a workspace that this account was invited to.
    pub fn joining(self, workspace: WorkspaceId, account: AccountId) -> Tx<InvitationAccept> {
        self.inside(workspace, account)
    }

    fn inside<P: Right>(self, workspace: WorkspaceId, account: AccountId) -> Tx<P> {
        let actor = Arc::new(Actor::Newcomer(account));
        let room = Room { vault: self.vault.clone(), workspace, actor, access: None, teams: Arc::default() };
        self.within(room)
    }

    pub(crate) fn within<P: Right>(self, room: Room) -> Tx<P> {
        Tx::new(Work::new(self.write, room, P::RIGHT, self.keyed, self.dues))
    }

    /// Commits what succeeded, undoes what was refused.
    ///
    /// # Errors
    /// The refusal itself, or the commit failed and nothing happened.
    pub async fn settle<T, E: From<Error>>(self, outcome: Result<T, E>) -> Result<T, E> {
        self.settle_as(outcome, |_| None).await
    }

    /// [`InstanceTx::settle`] for an answer of 201 Created; that of a keyed request is remembered in the same commit.
    ///
    /// # Errors
    /// As [`InstanceTx::settle`].
    pub async fn settle_created<T: Serialize, E: From<Error>>(self, outcome: Result<T, E>) -> Result<T, E> {
        self.settle_as(outcome, |answer| Some((201, serde_json::to_value(answer).unwrap_or(Json::Null)))).await
    }

    /// [`InstanceTx::settle`] for an answer of 202 Accepted; that of a keyed request is remembered in the same commit.
    ///
    /// # Errors
    /// As [`InstanceTx::settle`].
    pub async fn settle_accepted<T: Serialize, E: From<Error>>(self, outcome: Result<T, E>) -> Result<T, E> {
        self.settle_as(outcome, |answer| Some((202, serde_json::to_value(answer).unwrap_or(Json::Null)))).await
    }

    async fn settle_as<T, E: From<Error>>(
        mut self,
        outcome: Result<T, E>,
        remembered: impl FnOnce(&T) -> Option<(u16, Json)>,
    ) -> Result<T, E> {
        let outcome = match outcome {
            Ok(answer) => self.flush(remembered(&answer)).await.map(|()| answer).map_err(E::from),
            refused => refused,
        };
        self.write.end(outcome.is_ok()).await?;
        if outcome.is_ok() {
            self.dues.announce(&self.vault);
        }
        outcome
    }

    async fn flush(&mut self, answer: Option<(u16, Json)>) -> Result<(), Error> {
        if self.changed && self.dues.recorded.is_none() {
            return Err(Error::Corrupt("an account was changed without recording an event".into()));
        }
        let now = self.now();
        if let (Some(keyed), Some((status, body))) = (&self.keyed, answer) {
            keyed.remember(&mut self.write, status, &body, now).await?;
        }
        self.dues.record(&mut self.write, now).await
    }
}

impl Tx<Founding> {
    /// Makes the workspace's own rows: the workspace, its sequence and the starts of its event chains.
    ///
    /// # Errors
    /// The database refuses or cannot answer.
    pub async fn open_workspace(&mut self, name: &str, pack: &Pack) -> Result<(), Error> {
        const WORKSPACE: Text<'static> = raw!(
            "insert into workspaces (workspace_id, name, pack, pack_version, state, entitlements, rights_version, version,
                created_at)
             values ($1, $2, $3, $4, 'active', '{}', 1, 1, $5)"
        );
        const HEAD: Text<'static> = raw!("insert into workspace_heads (workspace_id, seq, hash) values ($1, 0, $2)");
        const ACCESS: Text<'static> = raw!("insert into access_heads (workspace_id, seq, hash) values ($1, 0, $2)");
        let now = self.now();
        self.execute(WORKSPACE, args![name, &pack.id, pack.version, now]).await?;
        self.execute(HEAD, args![[0; 32]]).await?;
        self.execute(ACCESS, args![[0; 32]]).await.map(drop)
    }
}
