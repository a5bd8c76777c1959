//! The vault: the only thing in the program that holds the database, and the lanes into it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use kernel::{AccountId, Clock, Ids, JobId, MemberId, WorkspaceId};

use crate::{
    Actor, Error, Pack, Wake,
    actor::{Caller, Credentials, Duty, Key, SignedIn},
    args,
    database::{Database, Engine, migrate},
    instance::Instance,
    packs::LoadedPacks,
    queue::{self, DeadJob, RunningJob},
    raw,
    scope::{Entered, Scope},
    standing::{Evaluations, MemberStanding},
    throttle::Throttle,
    transaction::Session,
    wake::Hint,
};

/// Holds the database, the packs and the clock; clones share them.
#[derive(Clone)]
pub struct Vault(Arc<Rooms>);

struct Rooms {
    database: Database,
    packs: Vec<Arc<Pack>>,
    loaded: LoadedPacks,
    clock: Clock,
    ids: Ids,
    wake: Wake,
    evaluations: Evaluations,
    throttle: Throttle,
    /// In milliseconds: how long a proof of who one is stays fresh.
    fresh_for: AtomicU64,
}

/// A session's last-seen, a key's last-used and a member's last-active moment are written at most this often.
pub(crate) const LAST_SEEN_STEP_MILLIS: i64 = 5 * 60 * 1000;

/// How long a proof of who one is stays fresh, unless said otherwise (security brief 1.1).
const FRESH_FOR_MILLIS: u64 = 10 * 60 * 1000;

impl Vault {
    /// Opens `sqlite:PATH` or `postgres://…`, brings the schema up to date and takes the packs in.
    ///
    /// # Errors
    /// The database cannot be opened or migrated.
    pub async fn open(url: &str, packs: Vec<Pack>, clock: Clock) -> Result<Self, Error> {
        let database = Database::open(url)?;
        migrate::migrate(&database).await?;
        let packs = packs.into_iter().map(Arc::new).collect();
        let ids = Ids::new(clock.clone());
        let vault = Self(Arc::new(Rooms {
            database,
            packs,
            loaded: LoadedPacks::default(),
            clock,
            ids,
            wake: Wake::default(),
            evaluations: Evaluations::default(),
            throttle: Throttle::default(),
            fresh_for: AtomicU64::new(FRESH_FOR_MILLIS),
        }));
        vault.hear_other_servers();
        Ok(vault)
    }

    /// Lets proofs of who one is stay fresh for longer or shorter than ten minutes.
    pub fn trust_proofs_for(&self, time: Duration) {
        let millis = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        self.0.fresh_for.store(millis, Ordering::Relaxed);
    }

    pub(crate) fn proofs_stay_fresh_for(&self) -> Duration {
        Duration::from_millis(self.0.fresh_for.load(Ordering::Relaxed))
    }

    /// What comes close to owning takes a fresh proof of who one is.
    pub(crate) fn must_be_fresh(&self, person: &SignedIn) -> Result<(), Error> {
        match self.clock().now() > person.proven_at.plus(self.proofs_stay_fresh_for()) {
            true => Err(Error::ConfirmationRequired),
            false => Ok(()),
        }
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

    /// A pack that comes with the program, as it is now.
    pub fn pack(&self, id: &str) -> Option<&Arc<Pack>> {
        self.shipped_packs().iter().find(|pack| pack.id == id)
    }

    pub(crate) fn shipped_packs(&self) -> &[Arc<Pack>] {
        &self.0.packs
    }

    pub(crate) fn loaded_packs(&self) -> &LoadedPacks {
        &self.0.loaded
    }

    pub(crate) fn evaluations(&self) -> &Evaluations {
        &self.0.evaluations
    }

    pub(crate) fn throttle(&self) -> &Throttle {
        &self.0.throttle
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
    /// [`Error::NotFound`] for who is no active member, or when there is no such workspace; a member's first password
    /// waits to be changed, its sessions were ended here, or its preview is over.
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
            Credentials::Account(person) => self.enter_as_person(session, person, workspace).await,
            Credentials::Key(key) if key.workspace == workspace => self.enter_by_key(session, key).await,
            Credentials::Visitor { workspace: home, visitor, channel, customer } if *home == workspace => {
                let actor = Actor::Visitor { visitor: *visitor, channel: *channel, customer: *customer };
                Ok(self.plain_scope(workspace, actor))
            }
            Credentials::Channel { workspace: home, channel } if *home == workspace => {
                Ok(self.plain_scope(workspace, Actor::Channel(*channel)))
            }
            Credentials::Key(_) | Credentials::Visitor { .. } | Credentials::Channel { .. } => Err(Error::NotFound),
        }
    }

    /// Enters as a member, with nothing said of how they came: the work of a job, or a second look inside a
    /// transaction.
    pub(crate) async fn enter_as_member(
        &self,
        session: &mut Session,
        account: AccountId,
        workspace: WorkspaceId,
    ) -> Result<Scope, Error> {
        let standing = session.standing_of_account(account).await?;
        Ok(self.scope_of(workspace, &standing, Entered::ForMember(account)))
    }

    async fn enter_as_person(
        &self,
        session: &mut Session,
        person: &SignedIn,
        workspace: WorkspaceId,
    ) -> Result<Scope, Error> {
        let standing = session.standing_of_account(person.account).await?;
        if standing.password_must_change {
            return Err(Error::PasswordMustChange);
        }
        // Somebody ended this account's sessions for this workspace: only a newer proof enters again (ruling 14).
        if standing.sessions_from > person.proven_at {
            return Err(Error::ConfirmationRequired);
        }
        let entered = Entered::With(Credentials::Account(person.clone()));
        let scope = self.scope_of(workspace, &standing, entered);
        match person.preview {
            None => Ok(scope),
            Some(preview) => scope.seen_through(session, &standing, preview, person.session).await,
        }
    }

    /// A key opens what its holder may still do and it was given.
    async fn enter_by_key(&self, session: &mut Session, key: &Arc<Key>) -> Result<Scope, Error> {
        let standing = session.standing_of(key.holder).await?;
        if !standing.is_active() {
            return Err(Error::NotFound);
        }
        let access = standing.access().under_key(&key.scopes, key.personal);
        let entered = Entered::With(Credentials::Key(key.clone()));
        let mut scope = self.scope_of(key.workspace, &standing, entered);
        if let Actor::Member(member) = Arc::make_mut(&mut scope.actor) {
            member.key = Some(key.id);
        }
        Ok(Scope { access: Some(Arc::new(access)), was_idle: false, ..scope })
    }

    /// Enters the same way again, inside a transaction, because rights may have changed since.
    pub(crate) async fn enter_again(
        &self,
        session: &mut Session,
        entered: &Entered,
        workspace: WorkspaceId,
    ) -> Result<Option<Scope>, Error> {
        match entered {
            Entered::Plainly | Entered::AsOperator(_) => Ok(None),
            Entered::ForMember(account) => self.enter_as_member(session, *account, workspace).await.map(Some),
            Entered::With(credentials) => self.enter_within(session, credentials, workspace).await.map(Some),
        }
    }

    pub(crate) fn scope_of(&self, workspace: WorkspaceId, standing: &MemberStanding, entered: Entered) -> Scope {
        let now = self.clock().now().millis();
        Scope {
            vault: self.clone(),
            workspace,
            access: Some(standing.access().clone()),
            teams: standing.teams().clone(),
            rights_version: standing.rights_version,
            request: None,
            entered,
            looker: None,
            was_idle: standing.last_active_at.is_none_or(|last| now - last.millis() > LAST_SEEN_STEP_MILLIS),
            actor: Arc::new(Actor::Member(standing.member.clone())),
        }
    }

    pub(crate) fn plain_scope(&self, workspace: WorkspaceId, actor: Actor) -> Scope {
        Scope {
            vault: self.clone(),
            workspace,
            actor: Arc::new(actor),
            access: None,
            teams: Arc::default(),
            rights_version: 0,
            request: None,
            entered: Entered::Plainly,
            looker: None,
            was_idle: false,
        }
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

    /// Enters a workspace as its AI agent, which holds no right but to answer.
    pub fn enter_as_agent(&self, workspace: WorkspaceId) -> Scope {
        self.vault.plain_scope(workspace, Actor::Agent)
    }

    /// Enters a job's workspace as the member it takes a decision for, with the rights they have now; for nobody in
    /// particular, as the duty (ruling 27).
    ///
    /// # Errors
    /// [`Error::NotFound`] when that member is active no longer, or the job is of no workspace.
    pub async fn enter_for(&self, job: &RunningJob) -> Result<Scope, Error> {
        let workspace = job.workspace.ok_or(Error::NotFound)?;
        match job.on_behalf_of {
            Some(member) => self.enter_as(workspace, member).await,
            None => Ok(self.enter(workspace)),
        }
    }

    /// Enters as a member, with the rights they have now, for what was asked for in their name.
    ///
    /// # Errors
    /// [`Error::NotFound`] when that member is active no longer.
    pub async fn enter_as(&self, workspace: WorkspaceId, member: MemberId) -> Result<Scope, Error> {
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
