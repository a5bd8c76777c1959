//! Work for later, in the same database and transaction as what caused it.
//!
//! A job runs at least once, so it has to be safe to run twice. Its key makes it exist once: enqueuing the same
//! kind and key again changes nothing. It is tried again with growing pauses and, after its last try, kept where an
//! operator sees it.

use std::time::Duration;

use kernel::{JobId, MemberId, Timestamp, WorkspaceId};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::{
    Error, Vault, args,
    database::{Engine, Value, Write, statement::Text},
    raw,
};

/// Tries before a job is dead.
pub const MAX_ATTEMPTS: i64 = 12;
/// How long a worker may take before another one may take the job over.
const LEASE_MILLIS: i64 = 5 * 60 * 1000;

/// Work to be enqueued.
#[derive(Debug, Clone)]
pub struct Job {
    pub(crate) kind: &'static str,
    pub(crate) key: String,
    pub(crate) payload: Json,
    pub(crate) run_at: Option<Timestamp>,
    pub(crate) on_behalf_of: Option<MemberId>,
}

impl Job {
    /// `key` makes it exist once per workspace and kind.
    pub fn new(kind: &'static str, key: impl Into<String>, payload: Json) -> Self {
        Self { kind, key: key.into(), payload, run_at: None, on_behalf_of: None }
    }

    #[must_use]
    pub fn at(mut self, moment: Timestamp) -> Self {
        self.run_at = Some(moment);
        self
    }

    /// The job takes a new decision for this person: when it runs, it enters the workspace again as them, so a
    /// right that was lost in between stops it (ruling 27).
    #[must_use]
    pub fn on_behalf_of(mut self, member: MemberId) -> Self {
        self.on_behalf_of = Some(member);
        self
    }
}

/// A job that was claimed and now runs.
#[derive(Debug, Clone)]
pub struct RunningJob {
    /// `None` for work of the instance itself.
    pub workspace: Option<WorkspaceId>,
    pub id: JobId,
    pub kind: String,
    pub payload: Json,
    /// Earlier tries.
    pub attempts: i64,
    pub on_behalf_of: Option<MemberId>,
    pub(crate) leased_until: Timestamp,
}

/// A job whose last try failed.
#[derive(Debug, Clone)]
pub struct DeadJob {
    pub workspace: Option<WorkspaceId>,
    pub id: JobId,
    pub kind: String,
    pub last_error: Option<String>,
    pub finished_at: Option<Timestamp>,
}

pub(crate) async fn insert(
    write: &mut Write,
    id: JobId,
    workspace: Option<WorkspaceId>,
    job: &Job,
    now: Timestamp,
) -> Result<(), Error> {
    const INSERT: Text<'static> = raw!(
        "insert into jobs (id, scope, workspace_id, kind, key, payload, state, run_at, attempts, on_behalf_of, created_at)
         values ($1, $2, $3, $4, $5, $6, 'waiting', $7, 0, $8, $9)
         on conflict (scope, kind, key) do nothing"
    );
    let scope = workspace.map_or(Uuid::nil(), Uuid::from);
    let (run_at, payload) = (job.run_at.unwrap_or(now), job.payload.to_string());
    let values = args![id, scope, workspace, job.kind, &job.key, payload, run_at, job.on_behalf_of, now];
    write.execute(INSERT, values).await.map(drop)
}

/// Claims up to `limit` due jobs for this worker. A job whose worker vanished is due again after its lease, and has
/// used up a try: a job that takes its worker down with it ends as a dead one too.
pub(crate) async fn claim(vault: &Vault, limit: i64) -> Result<Vec<RunningJob>, Error> {
    const GIVE_UP: Text<'static> = raw!(
        "update jobs set state = 'dead', attempts = attempts + 1, last_error = 'its worker vanished',
            finished_at = $1, locked_until = null
         where state = 'running' and locked_until <= $1 and attempts + 1 >= $2"
    );
    macro_rules! claim {
        ($lock:literal) => {
            concat!(
                "update jobs set attempts = attempts + case when state = 'running' then 1 else 0 end,
                    state = 'running', locked_until = $2
                 where id in (
                    select id from jobs
                    where (state = 'waiting' and run_at <= $1) or (state = 'running' and locked_until <= $1)
                    order by run_at limit $3",
                $lock,
                ")
                 returning workspace_id, id, kind, payload, attempts, on_behalf_of, locked_until"
            )
        };
    }
    const CLAIM: Text<'static> =
        Text { postgres: raw!(claim!(" for update skip locked")).postgres, sqlite: raw!(claim!("")).sqlite };
    let now = vault.clock().now().millis();
    let mut write = vault.database().begin().await?;
    write.execute(GIVE_UP, args![now, MAX_ATTEMPTS]).await?;
    let rows = write.query(CLAIM, args![now, now + LEASE_MILLIS, limit]).await?;
    write.end(true).await?;
    rows.into_iter()
        .map(|mut row| {
            let payload: String = row.take(3)?;
            Ok(RunningJob {
                workspace: row.take(0)?,
                id: row.take(1)?,
                kind: row.take(2)?,
                payload: serde_json::from_str(&payload).map_err(|error| Error::Corrupt(error.to_string()))?,
                attempts: row.take(4)?,
                on_behalf_of: row.take(5)?,
                leased_until: row.take(6)?,
            })
        })
        .collect()
}

/// Ends a run: done, or to be tried again after a pause, or dead after the last try. A worker that took longer than
/// its lease has no say any more: somebody else runs the job, or did.
pub(crate) async fn finish(vault: &Vault, job: &RunningJob, failure: Option<&str>) -> Result<(), Error> {
    const DONE: Text<'static> = raw!(
        "update jobs set state = 'done', finished_at = $3, locked_until = null where id = $1 and locked_until = $2"
    );
    const FAILED: Text<'static> = raw!(
        "update jobs set state = $3, attempts = $4, run_at = $5, last_error = $6, finished_at = $7, locked_until = null
         where id = $1 and locked_until = $2"
    );
    let now = vault.clock().now();
    let (text, values): (_, Vec<Value>) = match failure {
        None => (DONE, args![job.id, job.leased_until, now].to_vec()),
        Some(cause) => {
            let attempts = job.attempts + 1;
            let dead = attempts >= MAX_ATTEMPTS;
            let cause: String = cause.chars().take(500).collect();
            let state = if dead { "dead" } else { "waiting" };
            let next = now.plus(backoff(job.attempts));
            let ended = dead.then_some(now);
            (FAILED, args![job.id, job.leased_until, state, attempts, next, cause, ended].to_vec())
        }
    };
    let mut write = vault.database().begin().await?;
    write.execute(text, &values).await?;
    write.end(true).await
}

/// Jobs whose last try failed, newest first.
pub(crate) async fn dead(vault: &Vault, limit: i64) -> Result<Vec<DeadJob>, Error> {
    const DEAD: Text<'static> = raw!(
        "select workspace_id, id, kind, last_error, finished_at from jobs where state = 'dead'
         order by finished_at desc limit $1"
    );
    let rows = vault.database().read().await?.query(DEAD, args![limit]).await?;
    rows.into_iter()
        .map(|mut row| {
            Ok(DeadJob {
                workspace: row.take(0)?,
                id: row.take(1)?,
                kind: row.take(2)?,
                last_error: row.take(3)?,
                finished_at: row.take(4)?,
            })
        })
        .collect()
}

/// How many jobs are in each state that is of interest; the states stand in the text so that its indexes serve.
pub(crate) async fn counts(vault: &Vault) -> Result<[(&'static str, i64); 3], Error> {
    const COUNTS: Text<'static> = raw!(
        "select (select count(*) from jobs where state = 'waiting'),
            (select count(*) from jobs where state = 'running'),
            (select count(*) from jobs where state = 'dead')"
    );
    let rows = vault.database().read().await?.query(COUNTS, &[]).await?;
    let mut row = rows.into_iter().next().ok_or_else(|| Error::Corrupt("no counts of jobs".into()))?;
    Ok([("waiting", row.take(0)?), ("running", row.take(1)?), ("dead", row.take(2)?)])
}

/// Puts a dead job back into the queue, with all its tries.
pub(crate) async fn revive(vault: &Vault, id: JobId) -> Result<bool, Error> {
    const REVIVE: Text<'static> = raw!(
        "update jobs set state = 'waiting', attempts = 0, run_at = $2, finished_at = null
         where id = $1 and state = 'dead'"
    );
    let mut write = vault.database().begin().await?;
    let revived = write.execute(REVIVE, args![id, vault.clock().now()]).await?;
    write.end(true).await?;
    vault.wake().enqueued();
    Ok(revived > 0)
}

/// Back-off of a job's tries: 5 s, doubled each time, at most 6 h, spread by up to a quarter.
fn backoff(attempts: i64) -> Duration {
    const FIRST: u64 = 5;
    const LONGEST: u64 = 6 * 60 * 60;
    let doubled = FIRST.saturating_mul(1 << attempts.clamp(0, 20));
    let base = Duration::from_secs(doubled.min(LONGEST));
    base + base.mul_f64(rand::random::<f64>() / 4.0)
}

/// How many jobs run at once: SQLite has one writer, so more workers would only queue behind each other.
pub(crate) const fn workers(engine: Engine) -> usize {
    match engine {
        Engine::Sqlite => 2,
        Engine::Postgres => 4,
    }
}
