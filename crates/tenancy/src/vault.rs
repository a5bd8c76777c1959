//! The vault: the only thing in the program that holds the database, and the three lanes into it.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use kernel::{AccountId, ChannelId, Clock, Ids, JobId, MemberId, SessionId, Timestamp, WorkspaceId};

use crate::{
    Access, Actor, Error, Pack, Row, SeatType, Token, Value, Wake,
    access::Standing,
    actor::{Caller, Credentials, Duty, Member},
    args,
    database::{Database, Engine, migrate, statement::Text},
    instance::Instance,
    queue::{self, DeadJob, RunningJob},
    raw,
    scope::Scope,
    transaction::Session,
    wake::Hint,
};

/// Holds the database, the packs and the clock; clones share them.
#[derive(Clone)]
pub struct Vault(Arc<Rooms>);

struct Rooms {
    database: Database,
    packs: BTreeMap<String, Arc<Pack>>,
    clock: Clock,
    ids: Ids,
    wake: Wake,
    /// Evaluated access by standing: roles of a pack never change while the program runs, and members who stand alike
    /// share one evaluation.
    evaluated: Mutex<HashMap<StandingKey, Arc<Access>>>,
}

/// Pack, role, seat type, owner or not, workspace state, entitlements.
type StandingKey = (String, String, SeatType, bool, String, BTreeMap<String, bool>);

/// How long a session lives without use, and at most.
pub const SESSION_IDLE_MILLIS: i64 = 12 * 60 * 60 * 1000;
pub const SESSION_LIFE_MILLIS: i64 = 14 * 24 * 60 * 60 * 1000;
/// A session's last-seen and a member's last-active moment are written at most this often.
const LAST_SEEN_STEP_MILLIS: i64 = 5 * 60 * 1000;

impl Vault {
    /// Opens `sqlite:PATH` or `postgres://…`, brings the schema up to date and takes the packs in.
    ///
    /// # Errors
    /// The database cannot be opened or migrated.
    pub async fn open(url: &str, packs: Vec<Pack>, clock: Clock) -> Result<Self, Error> {
        let database = Database::open(url)?;
        migrate::migrate(&database).await?;
        let packs = packs.into_iter().map(|pack| (pack.id.clone(), Arc::new(pack))).collect();
        let ids = Ids::new(clock.clone());
        let vault =
            Self(Arc::new(Rooms { database, packs, clock, ids, wake: Wake::default(), evaluated: Mutex::default() }));
        vault.hear_other_servers();
        Ok(vault)
    }

    pub fn engine(&self) -> Engine {
        self.0.database.engine()
    }

    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    pub fn ids(&self) -> &Ids {
        &self.0.ids
    }

    pub fn wake(&self) -> &Wake {
        &self.0.wake
    }

    pub fn pack(&self, id: &str) -> Option<&Arc<Pack>> {
        self.0.packs.get(id)
    }

    pub(crate) fn database(&self) -> &Database {
        &self.0.database
    }

    /// The migrations that have been applied, in order.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn migrations(&self) -> Result<Vec<String>, Error> {
        migrate::applied(&self.0.database).await
    }

    /// Whether the database answers.
    ///
    /// # Errors
    /// It does not.
    pub async fn ping(&self) -> Result<(), Error> {
        self.0.database.read().await?.query(raw!("select 1"), &[]).await.map(drop)
    }

    /// The second lane: instance tables.
    pub fn instance(&self) -> Instance {
        Instance { vault: self.clone() }
    }

    /// The third lane: a task that looks across workspaces. `clippy.toml` says who may take it.
    pub fn on_duty(&self, duty: Duty) -> OnDuty {
        OnDuty { vault: self.clone(), duty }
    }

    /// The first lane: enters a workspace as a caller. A stranger learns nothing, not even that it exists.
    ///
    /// # Errors
    /// [`Error::NotFound`] for who is no active member, or when there is no such workspace.
    pub async fn enter(&self, caller: &Caller, workspace: WorkspaceId) -> Result<Scope, Error> {
        let mut session = self.plain_scope(workspace, Actor::Duty(Duty::Inspection)).read().await?;
        let scope = self.enter_within(&mut session, &caller.0, workspace).await?;
        drop(session);
        if let Some(member) = scope.member().filter(|_| scope.was_idle) {
            self.is_active(workspace, member.id).await?;
        }
        Ok(scope)
    }

    /// Notes that a member is here. Like a session's last-seen moment this leaves no event.
    async fn is_active(&self, workspace: WorkspaceId, member: MemberId) -> Result<(), Error> {
        let text = raw!("update memberships set last_active_at = $3 where workspace_id = $1 and id = $2");
        let mut write = self.0.database.begin().await?;
        write.execute(text, args![workspace, member, self.clock().now()]).await?;
        write.end(true).await
    }

    pub(crate) async fn enter_within(
        &self,
        session: &mut Session,
        credentials: &Credentials,
        workspace: WorkspaceId,
    ) -> Result<Scope, Error> {
        match credentials {
            Credentials::Account { account, .. } => self.enter_as_member(session, *account, workspace).await,
            Credentials::Visitor { workspace: home, visitor, channel, customer } if *home == workspace => {
                let actor = Actor::Visitor { visitor: *visitor, channel: *channel, customer: *customer };
                Ok(self.plain_scope(workspace, actor))
            }
            Credentials::Channel { workspace: home, channel } if *home == workspace => {
                Ok(self.plain_scope(workspace, Actor::Channel(*channel)))
            }
            Credentials::Visitor { .. } | Credentials::Channel { .. } => Err(Error::NotFound),
        }
    }

    pub(crate) async fn enter_as_member(
        &self,
        session: &mut Session,
        account: AccountId,
        workspace: WorkspaceId,
    ) -> Result<Scope, Error> {
        const MEMBER: Text<'static> = raw!(
            "select w.pack, w.state, w.entitlements, w.rights_version, m.id, m.role_key, m.seat_type, o.membership_id, a.name,
                m.last_active_at
             from memberships m
             join workspaces w on w.workspace_id = m.workspace_id
             join accounts a on a.id = m.account_id
             left join workspace_owners o on o.workspace_id = m.workspace_id and o.membership_id = m.id
             where m.workspace_id = $1 and m.account_id = $2 and m.status = 'active'"
        );
        let mut row = session.query(MEMBER, args![account]).await?.into_iter().next().ok_or(Error::NotFound)?;
        let (pack, state, entitlements): (String, String, String) = (row.take(0)?, row.take(1)?, row.take(2)?);
        let rights_version = row.take(3)?;
        let seat: String = row.take(6)?;
        let member = Member {
            id: row.take(4)?,
            account,
            role_key: row.take(5)?,
            seat_type: SeatType::parse(&seat).ok_or_else(|| Error::Corrupt("seat type".into()))?,
            is_owner: row.take::<Option<MemberId>>(7)?.is_some(),
            name: row.take(8)?,
        };
        let last_active: Option<Timestamp> = row.take(9)?;
        let now = self.clock().now().millis();
        let entitlements: BTreeMap<String, bool> =
            serde_json::from_str(&entitlements).map_err(|error| Error::Corrupt(error.to_string()))?;
        let access = self.access(&pack, &member.role_key, member.seat_type, member.is_owner, &state, &entitlements)?;
        Ok(Scope {
            vault: self.clone(),
            workspace,
            actor: Arc::new(Actor::Member(member)),
            access: Some(access),
            rights_version,
            request: None,
            account: Some(account),
            was_idle: last_active.is_none_or(|last| now - last.millis() > LAST_SEEN_STEP_MILLIS),
        })
    }

    /// The effective permissions of a membership (D2).
    ///
    /// # Errors
    /// [`Error::Corrupt`] when the pack or role does not exist.
    pub fn access(
        &self,
        pack: &str,
        role_key: &str,
        seat_type: SeatType,
        is_owner: bool,
        state: &str,
        entitlements: &BTreeMap<String, bool>,
    ) -> Result<Arc<Access>, Error> {
        let key = (pack.to_owned(), role_key.to_owned(), seat_type, is_owner, state.to_owned(), entitlements.clone());
        let mut evaluated = self.0.evaluated.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(access) = evaluated.get(&key) {
            return Ok(access.clone());
        }
        let pack = self.pack(pack).ok_or_else(|| Error::Corrupt(format!("no policy pack {pack:?}")))?;
        let role = pack.role(role_key).ok_or_else(|| Error::Corrupt(format!("no role {role_key:?}")))?;
        let access = Arc::new(Access::of(&Standing { role, seat_type, is_owner, state, entitlements }));
        evaluated.insert(key, access.clone());
        Ok(access)
    }

    pub(crate) fn plain_scope(&self, workspace: WorkspaceId, actor: Actor) -> Scope {
        Scope {
            vault: self.clone(),
            workspace,
            actor: Arc::new(actor),
            access: None,
            rights_version: 0,
            request: None,
            account: None,
            was_idle: false,
        }
    }

    /// Who a session cookie belongs to; a session idle or old enough is none.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn caller_of_session(&self, token: &str) -> Result<Option<Caller>, Error> {
        const SESSION: Text<'static> = raw!(
            "select id, account_id, last_seen_at, expires_at from sessions where token_hash = $1 and ended_at is null"
        );
        let rows = self.0.database.read().await?.query(SESSION, args![Token::hash_of(token)]).await?;
        let Some(mut row) = rows.into_iter().next() else { return Ok(None) };
        let (session, account): (SessionId, AccountId) = (row.take(0)?, row.take(1)?);
        let (last_seen, expires): (Timestamp, Timestamp) = (row.take(2)?, row.take(3)?);
        let now = self.clock().now();
        let idle = now.millis() - last_seen.millis();
        if now >= expires || idle > SESSION_IDLE_MILLIS {
            return Ok(None);
        }
        if idle > LAST_SEEN_STEP_MILLIS {
            self.seen(session, now).await?;
        }
        Ok(Some(Caller(Credentials::Account { account, session })))
    }

    /// The caller as its credentials stand now, or none when they hold no longer; looking leaves no trace.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn caller_again(&self, caller: &Caller) -> Result<Option<Caller>, Error> {
        let now = self.clock().now();
        let (text, values): (_, Vec<Value>) = match caller.0 {
            Credentials::Account { session, .. } => {
                let used_since = now.millis() - SESSION_IDLE_MILLIS;
                let text = raw!(
                    "select 1 from sessions where id = $1 and ended_at is null and expires_at > $2 and last_seen_at > $3"
                );
                (text, args![session, now, used_since].to_vec())
            }
            Credentials::Visitor { workspace, visitor, .. } => {
                let text = raw!(
                    "select workspace_id, id, channel_id, customer_id, expires_at from visitors
                     where workspace_id = $1 and id = $2"
                );
                (text, args![workspace, visitor].to_vec())
            }
            Credentials::Channel { workspace, channel } => {
                let text = raw!("select 1 from channels where workspace_id = $1 and id = $2");
                (text, args![workspace, channel].to_vec())
            }
        };
        let rows = self.0.database.read().await?.query(text, &values).await?;
        match (rows.into_iter().next(), &caller.0) {
            (None, _) => Ok(None),
            (Some(row), Credentials::Visitor { .. }) => self.read_visitor(row),
            (Some(_), _) => Ok(Some(caller.clone())),
        }
    }

    async fn seen(&self, session: SessionId, now: Timestamp) -> Result<(), Error> {
        let mut write = self.0.database.begin().await?;
        write.execute(raw!("update sessions set last_seen_at = $2 where id = $1"), args![session, now]).await?;
        write.end(true).await
    }

    /// Who a visitor token belongs to.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn caller_of_visitor(&self, token: &str) -> Result<Option<Caller>, Error> {
        const VISITOR: Text<'static> =
            raw!("select workspace_id, id, channel_id, customer_id, expires_at from visitors where token_hash = $1");
        let rows = self.0.database.read().await?.query(VISITOR, args![Token::hash_of(token)]).await?;
        let Some(row) = rows.into_iter().next() else { return Ok(None) };
        self.read_visitor(row)
    }

    fn read_visitor(&self, mut row: Row) -> Result<Option<Caller>, Error> {
        if self.clock().now() >= row.take::<Timestamp>(4)? {
            return Ok(None);
        }
        Ok(Some(Caller(Credentials::Visitor {
            workspace: row.take(0)?,
            visitor: row.take(1)?,
            channel: row.take(2)?,
            customer: row.take(3)?,
        })))
    }

    /// The channel behind a public key. The key names it and proves nothing: what it opens is only what the channel
    /// offers to everybody.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn caller_of_channel(&self, public_key: &str) -> Result<Option<Caller>, Error> {
        // Keys are plain ASCII; PostgreSQL would not even compare a NUL.
        if !public_key.chars().all(|c| c.is_ascii_graphic()) {
            return Ok(None);
        }
        let text = raw!("select workspace_id, id from channels where public_key = $1");
        let rows = self.0.database.read().await?.query(text, args![public_key]).await?;
        let Some(mut row) = rows.into_iter().next() else { return Ok(None) };
        let (workspace, channel): (WorkspaceId, ChannelId) = (row.take(0)?, row.take(1)?);
        Ok(Some(Caller(Credentials::Channel { workspace, channel })))
    }

    /// Wakes who waits for what was just committed, on this server and, through PostgreSQL, on the others.
    pub(crate) fn announce(&self, hint: Hint) {
        self.0.wake.hear(hint);
        if let Database::Postgres(postgres) = &self.0.database {
            postgres.tell(hint);
        }
    }

    fn hear_other_servers(&self) {
        if let Database::Postgres(postgres) = &self.0.database {
            postgres.listen(self.0.wake.clone());
        }
    }
}

/// The third lane, held by a named duty.
pub struct OnDuty {
    pub(crate) vault: Vault,
    duty: Duty,
}

impl OnDuty {
    /// Enters a workspace to do what the duty is for.
    pub fn enter(&self, workspace: WorkspaceId) -> Scope {
        self.vault.plain_scope(workspace, Actor::Duty(self.duty))
    }

    /// Enters a job's workspace as the member it takes a decision for, with the rights they have now; for nobody in
    /// particular, as the duty (ruling 27).
    ///
    /// # Errors
    /// [`Error::NotFound`] when that member is active no longer, or the job is of no workspace.
    pub async fn enter_for(&self, job: &RunningJob) -> Result<Scope, Error> {
        let workspace = job.workspace.ok_or(Error::NotFound)?;
        let Some(member) = job.on_behalf_of else { return Ok(self.enter(workspace)) };
        let mut session = self.enter(workspace).read().await?;
        let text = raw!("select account_id from memberships where workspace_id = $1 and id = $2");
        let rows = session.query(text, args![member]).await?;
        let account: AccountId = rows.into_iter().next().ok_or(Error::NotFound)?.take(0)?;
        self.vault.enter_as_member(&mut session, account, workspace).await
    }

    /// Every workspace there is.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn workspaces(&self) -> Result<Vec<WorkspaceId>, Error> {
        let text = raw!("select workspace_id from workspaces order by workspace_id");
        let rows = self.vault.database().read().await?.query(text, &[]).await?;
        rows.into_iter().map(|mut row| row.take(0)).collect()
    }

    /// Claims due jobs for a while.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn claim_jobs(&self, limit: i64) -> Result<Vec<RunningJob>, Error> {
        queue::claim(&self.vault, limit).await
    }

    /// How many workers serve this engine well.
    pub fn workers(&self) -> usize {
        queue::workers(self.vault.engine())
    }

    /// Ends a run; a failure is tried again with growing pauses until the last try, then kept as dead.
    ///
    /// # Errors
    /// The database cannot answer; the job's lease then runs out and it is tried again.
    pub async fn finish_job(&self, job: &RunningJob, failure: Option<&str>) -> Result<(), Error> {
        queue::finish(&self.vault, job, failure).await
    }

    /// Jobs that need an operator, newest first.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn dead_jobs(&self, limit: i64) -> Result<Vec<DeadJob>, Error> {
        queue::dead(&self.vault, limit).await
    }

    /// How many jobs wait, run and are dead.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn job_counts(&self) -> Result<[(&'static str, i64); 3], Error> {
        queue::counts(&self.vault).await
    }

    /// Gives a dead job all its tries again; false when it is not dead.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn revive_job(&self, id: JobId) -> Result<bool, Error> {
        queue::revive(&self.vault, id).await
    }
}
