//! Queues that are shared out: when somebody can take more, and every minute, for what only the clock knows.

use kernel::TeamId;
use serde::Deserialize;
use tenancy::{Housekeeping, OnDuty, RunningJob};

/// A queue to share out; without a team, what waits for somebody in everybody's.
#[derive(Deserialize)]
struct Drain {
    team_id: Option<TeamId>,
}

/// # Errors
/// The job is malformed, or the database fails.
pub(crate) async fn drain(duty: &OnDuty, job: &RunningJob) -> Result<(), String> {
    let Drain { team_id } = Drain::deserialize(&job.payload).map_err(|error| error.to_string())?;
    let workspace = job.workspace.ok_or("the job names no workspace")?;
    let grant = duty.enter(workspace).grant::<Housekeeping>().map_err(|error| error.to_string())?;
    conversations::drain(&grant, team_id).await.map(drop).map_err(|error| error.to_string())
}

/// Looks at the queues of every workspace: who left their desk is set away, shifts begin, breaks end, and who is away
/// for too long gives back.
///
/// # Errors
/// The database fails; the other workspaces were looked at all the same.
pub(crate) async fn keep_moving(duty: &OnDuty) -> Result<(), String> {
    let mut failed = None;
    for workspace in duty.workspaces().await.map_err(|error| error.to_string())? {
        let grant = duty.enter(workspace).grant::<Housekeeping>().map_err(|error| error.to_string())?;
        if let Err(error) = directory::set_idle_away(&grant).await {
            failed = Some(error.to_string());
        }
        if let Err(error) = conversations::keep_moving(&grant).await {
            failed = Some(error.to_string());
        }
    }
    failed.map_or(Ok(()), Err)
}
