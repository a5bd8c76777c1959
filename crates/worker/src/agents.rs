//! What the clock and the program's own start mean to the AIs of the workspaces.

use conversations::Agent;
use kernel::{ConversationId, WorkspaceId};
use tenancy::{Error, Grant, Housekeeping, OnDuty, RunningJob};

/// Says in every workspace whether the program has an AI to ask, as its start knows.
///
/// # Errors
/// The database fails.
pub(crate) async fn take_stock(duty: &OnDuty, has: bool) -> Result<(), String> {
    for (workspace, agent) in all(duty).await? {
        if agent.paused_reason.is_none() != has {
            has_model(duty, workspace, has).await?;
        }
    }
    Ok(())
}

/// # Errors
/// The database fails.
pub(crate) async fn has_model(duty: &OnDuty, workspace: WorkspaceId, has: bool) -> Result<(), String> {
    let mut tx = grant(duty, workspace)?.begin().await.map_err(|error| error.to_string())?;
    let outcome = conversations::agent_has_model(&mut tx, has).await;
    tx.settle(outcome).await.map_err(|error| error.to_string())
}

/// Brings a workspace's conversations in line with whether its AI answers, some at a time.
///
/// # Errors
/// The database fails.
pub(crate) async fn settle(duty: &OnDuty, job: &RunningJob) -> Result<(), String> {
    let grant = grant(duty, job.workspace.ok_or("the job names no workspace")?)?;
    let mut after = None;
    loop {
        let mut tx = grant.begin().await.map_err(|error| error.to_string())?;
        let outcome = conversations::settle_agent(&mut tx, after).await;
        after = tx.settle(outcome).await.map_err(|error| error.to_string())?;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// Looks in every workspace whether its business hours have just ended.
///
/// # Errors
/// The database fails.
pub(crate) async fn look_at_hours(duty: &OnDuty) -> Result<(), String> {
    for (workspace, _) in all(duty).await?.into_iter().filter(|(_, agent)| agent.answers()) {
        // What fails in one workspace keeps no other from its evening.
        if let Err(cause) = look_at_hours_of(duty, workspace).await {
            tracing::warn!(cause, %workspace, "the hours of a workspace were not looked at");
        }
    }
    Ok(())
}

async fn look_at_hours_of(duty: &OnDuty, workspace: WorkspaceId) -> Result<(), String> {
    let grant = grant(duty, workspace)?;
    let mut after: Option<ConversationId> = None;
    loop {
        let mut tx = grant.begin().await.map_err(|error| error.to_string())?;
        let outcome = conversations::look_at_hours(&mut tx, after).await;
        after = tx.settle(outcome).await.map_err(|error| error.to_string())?;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// The AI of every workspace where one is switched on.
async fn all(duty: &OnDuty) -> Result<Vec<(WorkspaceId, Agent)>, String> {
    let mut agents = Vec::new();
    for workspace in duty.workspaces().await.map_err(|error| error.to_string())? {
        let mut session = grant(duty, workspace)?.read().await.map_err(|error| error.to_string())?;
        let agent = conversations::agent(&mut session).await.map_err(|error| error.to_string())?;
        if agent.enabled {
            agents.push((workspace, agent));
        }
    }
    Ok(agents)
}

fn grant(duty: &OnDuty, workspace: WorkspaceId) -> Result<Grant<Housekeeping>, String> {
    duty.enter(workspace).grant::<Housekeeping>().map_err(|error: Error| error.to_string())
}
