//! Sessions and transactions inside one workspace. `$1` is always the workspace; a transaction that changed
//! something ends with its event, its jobs and, if it carried a key, its answer, all in one commit.

mod tx;

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use kernel::{Ids, JobId, TeamId, Timestamp, WorkspaceId};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::{
    Access, Actor, Caller, Error, Event, Permission, Reach, Revocation, RightId, Row, TenantSql, Value, Vault, Viewer,
    args,
    chain::{self, Author},
    database::{Composed, Read, Write, statement::Text},
    event,
    idempotency::Keyed,
    instance::Dues,
    queue::{self, Job},
    raw,
    scope::{Entered, Scope},
    undo::WayBack,
    wake::Hint,
};

pub use tx::{Outside, Tx};

/// Where statements run and for whom.
pub(crate) struct Room {
    pub(crate) vault: Vault,
    pub(crate) workspace: WorkspaceId,
    pub(crate) actor: Arc<Actor>,
    pub(crate) access: Option<Arc<Access>>,
    pub(crate) teams: Arc<[TeamId]>,
}

enum Connection {
    Read(Read),
    Write(Write),
}

/// What reads and private helpers need: statements inside one workspace, nothing generic.
pub struct Session {
    connection: Connection,
    room: Room,
}

impl Session {
    pub(crate) fn reading(read: Read, room: Room) -> Self {
        Self { connection: Connection::Read(read), room }
    }

    /// The same snapshot, read by somebody else; a transaction is nobody else's.
    pub(crate) fn seen_as(self, actor: Arc<Actor>, access: Option<Arc<Access>>, teams: Arc<[TeamId]>) -> Self {
        Self { room: Room { actor, access, teams, ..self.room }, ..self }
    }

    pub fn workspace(&self) -> WorkspaceId {
        self.room.workspace
    }

    pub fn actor(&self) -> &Actor {
        &self.room.actor
    }

    pub fn viewer(&self) -> Viewer {
        let member = match &*self.room.actor {
            Actor::Member(member) => Some(member.id),
            _ => None,
        };
        Viewer { member, access: self.room.access.clone(), teams: self.room.teams.clone() }
    }

    /// How far the actor's permission reaches; `None` for actors without a role.
    pub fn reach(&self, permission: Permission) -> Reach {
        self.room.access.as_ref().map_or(Reach::None, |access| access.reach(permission))
    }

    pub fn now(&self) -> Timestamp {
        self.room.vault.clock().now()
    }

    pub fn ids(&self) -> &Ids {
        self.room.vault.ids()
    }

    pub fn vault(&self) -> &Vault {
        &self.room.vault
    }

    /// All rows of a statement; `args` starts at `$2`.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn all(&mut self, sql: TenantSql, args: &[Value]) -> Result<Vec<Row>, Error> {
        self.query(sql.text, args).await
    }

    /// The first row, if there is one.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn first(&mut self, sql: TenantSql, args: &[Value]) -> Result<Option<Row>, Error> {
        Ok(self.query(sql.text, args).await?.into_iter().next())
    }

    /// All rows of a statement put together from fragments.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn list(&mut self, query: &Composed) -> Result<Vec<Row>, Error> {
        self.query(query.text(), query.args()).await
    }

    fn write(&mut self) -> Result<&mut Write, Error> {
        match &mut self.connection {
            Connection::Write(write) => Ok(write),
            Connection::Read(_) => Err(Error::Unavailable("a reader changes nothing".into())),
        }
    }

    pub(crate) async fn query(&mut self, text: Text<'_>, args: &[Value]) -> Result<Vec<Row>, Error> {
        let args = in_workspace(self.room.workspace, args);
        match &mut self.connection {
            Connection::Read(read) => read.query(text, &args).await,
            Connection::Write(write) => write.query(text, &args).await,
        }
    }

    /// Events after a sequence, oldest first, at most `limit`.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn events_after(&mut self, seq: i64, limit: i64) -> Result<Vec<event::StoredEvent>, Error> {
        let text =
            format!("select {} from events where workspace_id = $1 and seq > $2 order by seq limit $3", event::COLUMNS);
        let sqlite = text.replace('$', "?");
        let rows = self.query(Text { postgres: &text, sqlite: &sqlite }, args![seq, limit]).await?;
        rows.into_iter().map(event::StoredEvent::read).collect()
    }

    /// The version of rights in the workspace as they stand now.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn newest_rights(&mut self) -> Result<i64, Error> {
        self.rights_version(&Entered::Plainly).await
    }

    /// The newest committed sequence of the workspace.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn newest_seq(&mut self) -> Result<i64, Error> {
        let rows = self.query(raw!("select seq from workspace_heads where workspace_id = $1"), &[]).await?;
        rows.into_iter().next().ok_or(Error::NotFound)?.take(0)
    }
}

fn in_workspace(workspace: WorkspaceId, args: &[Value]) -> Vec<Value> {
    let mut all = Vec::with_capacity(args.len() + 1);
    all.push(Value::from(workspace));
    all.extend_from_slice(args);
    all
}

/// A transaction's work, whatever its right: what changes rows, records and enqueues.
pub struct Work {
    session: Session,
    right: RightId,
    keyed: Option<Keyed>,
    /// What a transaction that began outside of workspaces still owes the instance.
    dues: Dues,
    events: Vec<Event>,
    jobs: Vec<Job>,
    way_back: Option<WayBack>,
    last: Vec<(TenantSql, Vec<Value>)>,
    changed: bool,
    rights_changed: bool,
}

impl Deref for Work {
    type Target = Session;
    fn deref(&self) -> &Session {
        &self.session
    }
}
impl DerefMut for Work {
    fn deref_mut(&mut self) -> &mut Session {
        &mut self.session
    }
}

impl Work {
    pub(crate) fn new(write: Write, room: Room, right: RightId, keyed: Option<Keyed>, dues: Dues) -> Self {
        Self {
            session: Session { connection: Connection::Write(write), room },
            right,
            keyed,
            dues,
            events: Vec::new(),
            jobs: Vec::new(),
            way_back: None,
            last: Vec::new(),
            changed: false,
            rights_changed: false,
        }
    }

    pub(crate) fn session(&mut self) -> &mut Session {
        &mut self.session
    }

    pub(crate) fn way_back(&mut self) -> &mut Option<WayBack> {
        &mut self.way_back
    }

    /// # Errors
    /// The request was answered before, or its key belongs to another one.
    pub(crate) async fn must_be_first(&mut self) -> Result<(), Error> {
        match &self.keyed {
            Some(keyed) => keyed.must_be_first(self.session.write()?).await,
            None => Ok(()),
        }
    }

    pub(crate) fn enter_again(&mut self, scope: &Scope) {
        self.session.room = scope.room();
    }

    /// How this caller will see the workspace once the transaction has committed.
    ///
    /// # Errors
    /// The caller will be no member of it, or the database cannot answer.
    pub async fn viewer_after(&mut self, caller: &Caller) -> Result<Viewer, Error> {
        let (vault, workspace) = (self.vault().clone(), self.workspace());
        Ok(vault.enter_within(&mut self.session, &caller.0, workspace).await?.viewer())
    }

    /// Changes rows; returns how many. Every change is recorded: a transaction that changed something and recorded
    /// nothing does not commit (INV-40).
    ///
    /// # Errors
    /// The database refuses or cannot answer.
    pub async fn run(&mut self, sql: TenantSql, args: &[Value]) -> Result<u64, Error> {
        let changed = self.execute(sql.text, args).await?;
        self.changed |= changed > 0;
        Ok(changed)
    }

    /// Changes what leaves no trace by design: read marks, drafts, last-seen (ruling 9).
    ///
    /// # Errors
    /// The database refuses or cannot answer.
    pub async fn mark(&mut self, sql: TenantSql, args: &[Value]) -> Result<u64, Error> {
        self.execute(sql.text, args).await
    }

    /// As [`Work::run`], without asking how many: what is refused shows with the next statement or at the end.
    ///
    /// # Errors
    /// The database refuses or cannot answer.
    pub async fn run_unasked(&mut self, sql: TenantSql, args: &[Value]) -> Result<(), Error> {
        self.changed = true;
        self.mark_unasked(sql, args).await
    }

    /// As [`Work::mark`], without asking how many.
    ///
    /// # Errors
    /// The database refuses or cannot answer.
    pub async fn mark_unasked(&mut self, sql: TenantSql, args: &[Value]) -> Result<(), Error> {
        let args = in_workspace(self.session.room.workspace, args);
        self.session.write()?.put(sql.text, &args).await
    }

    /// Waits its turn among those who are about to hold one row of the workspace that many want at once: whoever holds
    /// that row lines up first. The row still guards itself.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn line_up(&mut self) -> Result<(), Error> {
        let (high, low) = Uuid::from(self.workspace()).as_u64_pair();
        self.session.write()?.line_up((high ^ low).cast_signed()).await
    }

    /// Changes rows at the very end of the transaction, so that a contended counter is locked as briefly as possible.
    pub fn at_the_end(&mut self, sql: TenantSql, args: &[Value]) {
        self.changed = true;
        self.last.push((sql, args.to_vec()));
    }

    pub(crate) async fn execute(&mut self, text: Text<'_>, args: &[Value]) -> Result<u64, Error> {
        let args = in_workspace(self.session.room.workspace, args);
        self.session.write()?.execute(text, &args).await
    }

    /// Records what happened. The first event of a transaction is its audit event; further ones name it as parent.
    pub fn record(&mut self, mut event: Event) {
        event.by(&self.session.room.actor);
        event.right = Some(self.right);
        self.events.push(event);
    }

    /// Leaves work for later, in this transaction: it happens if and only if the change does.
    pub fn enqueue(&mut self, job: Job) {
        self.jobs.push(job);
    }

    /// The answer holds a secret that is shown once: it is not remembered for a repeated request (ruling 34), which
    /// then makes a new one.
    pub fn answer_is_secret(&mut self) {
        self.keyed = None;
    }

    /// Says that this transaction changes who may do what: the next request and every open stream look again.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn rights_change(&mut self) -> Result<(), Error> {
        self.rights_changed = true;
        let text = raw!("update workspaces set rights_version = rights_version + 1 where workspace_id = $1");
        self.execute(text, &[]).await.map(drop)
    }

    /// Writes counters, the way back, events, jobs and the remembered answer; returns the newest sequence.
    async fn flush(&mut self, status: u16, body: Option<Json>) -> Result<Option<i64>, Error> {
        if self.changed && self.events.is_empty() {
            return Err(Error::Corrupt(format!("{} changed rows without recording an event", self.right.name())));
        }
        // In one order whatever led here, so that transactions whose counters cross do not wait for each other for good.
        let mut last = std::mem::take(&mut self.last);
        last.sort_by_cached_key(|(_, args)| format!("{args:?}"));
        for (sql, args) in last {
            self.mark_unasked(sql, &args).await?;
        }
        let now = self.now();
        self.offer_undo(now).await?;
        for job in std::mem::take(&mut self.jobs) {
            let id: JobId = self.ids().next();
            let workspace = self.workspace();
            queue::insert(self.session.write()?, id, Some(workspace), &job, now).await?;
        }
        let author = Author::new(&self.session.room.actor, self.right);
        let (owner, events) = (Value::from(self.workspace()), std::mem::take(&mut self.events));
        let write = self.session.write()?;
        if let (Some(keyed), Some(body)) = (&self.keyed, body) {
            keyed.remember(write, status, &body, now).await?;
        }
        self.dues.record(write, now).await?;
        chain::OF_WORKSPACE.append(write, &owner, &author, events, now).await
    }

    /// Undoes everything and waits until what was read is durable.
    pub(crate) async fn undo(self) -> Result<(), Error> {
        self.end(false, None, false).await
    }

    async fn end(self, keep: bool, newest: Option<i64>, enqueued: bool) -> Result<(), Error> {
        let Session { connection, room } = self.session;
        let Connection::Write(write) = connection else { return Ok(()) };
        write.end(keep).await?;
        if keep {
            self.dues.announce(&room.vault);
            if let Some(seq) = newest {
                room.vault.announce(Hint::Committed(room.workspace, seq));
            }
            if self.rights_changed {
                room.vault.announce(Hint::Revoked(Revocation::Rights(room.workspace)));
            }
            if enqueued {
                room.vault.wake().enqueued();
            }
        }
        Ok(())
    }
}

/// An id as it stands in an event payload.
pub fn id(id: impl Into<Uuid>) -> Json {
    Json::String(id.into().to_string())
}
