//! Deleting a workspace: asked for by its owner, and done after a grace in which the owner can still think better of
//! it (INV-06). What is then deleted, and how, is `tenancy`'s erasure.

use std::time::Duration;

use kernel::{MemberId, Timestamp, days};
use serde_json::json;
use tenancy::{Event, Job, Permission, Reach, Session, Subject, Tx, Work, WorkspaceDelete, args, sql};
use uuid::Uuid;

use crate::{
    Refusal,
    mail_job::{DELETION_CANCELLED, DELETION_SCHEDULED},
    ownership::must_own,
    workspace::{Workspace, workspace},
};

/// The job that erases a workspace when its time has come.
pub const ERASE_WORKSPACE_JOB: &str = "workspace.erase";

/// What a workspace is called whose deletion is scheduled; the ceilings leave little in it.
pub(crate) const SCHEDULED: &str = "scheduled_deletion";

/// From asking for the deletion to its happening.
const GRACE: Duration = days(7);

/// Schedules the deletion; whoever runs the workspace is told how to stop it. Asking twice changes nothing.
///
/// # Errors
/// Not the owner, or the typed name is another.
pub async fn schedule_deletion(tx: &mut Tx<WorkspaceDelete>, confirmation: &str) -> Result<Workspace, Refusal> {
    tx.rights_change().await?;
    must_own(tx).await?;
    let before = workspace(tx).await?;
    if before.name != confirmation {
        return Err(Refusal::ConfirmationMismatch { field: "confirm" });
    }
    if before.state == SCHEDULED {
        return Ok(before);
    }
    let deletion_at = tx.now().plus(GRACE);
    let sql = sql!(
        "update workspaces set state_before_deletion = state, state = $2, deletion_at = $3, version = version + 1
         where workspace_id = $1"
    );
    tx.run(sql, args![SCHEDULED, deletion_at]).await?;
    let event = Event::new("workspace.deletion_scheduled", Subject::new("workspace", before.id));
    tx.record(event.payload(json!({ "deletion_at": deletion_at })));
    let erasure = json!({ "deletion_at": deletion_at });
    let key = tx.ids().next::<Uuid>().to_string();
    tx.enqueue(Job::new(ERASE_WORKSPACE_JOB, key, erasure).at(deletion_at));
    tell(tx, DELETION_SCHEDULED, deletion_at).await?;
    workspace(tx).await
}

/// Takes the deletion back: the workspace is again what it was before.
///
/// # Errors
/// Not the owner, or no deletion is scheduled.
pub async fn cancel_deletion(tx: &mut Tx<WorkspaceDelete>) -> Result<Workspace, Refusal> {
    tx.rights_change().await?;
    must_own(tx).await?;
    let before = workspace(tx).await?;
    let sql = sql!(
        "update workspaces set state = state_before_deletion, state_before_deletion = null, deletion_at = null,
            version = version + 1
         where workspace_id = $1 and state = $2"
    );
    let (Some(deletion_at), 1) = (before.deletion_at, tx.run(sql, args![SCHEDULED]).await?) else {
        return Err(Refusal::DeletionNotScheduled);
    };
    tx.record(Event::new("workspace.deletion_cancelled", Subject::new("workspace", before.id)));
    tell(tx, DELETION_CANCELLED, deletion_at).await?;
    workspace(tx).await
}

/// Mails everybody who runs the workspace, each with a job of their own.
async fn tell(work: &mut Work, mail: &'static str, deletion_at: Timestamp) -> Result<(), Refusal> {
    for member in who_runs_it(work).await? {
        let key = work.ids().next::<Uuid>().to_string();
        work.enqueue(Job::new(mail, key, json!({ "member_id": member, "deletion_at": deletion_at })));
    }
    Ok(())
}

/// The owner, and whoever may change the workspace's settings by role.
async fn who_runs_it(session: &mut Session) -> Result<Vec<MemberId>, Refusal> {
    let standings = session.standings().await?.into_iter().filter(|standing| standing.is_active());
    let runs_it = standings.filter(|standing| standing.role().grant(Permission::WorkspaceEditSettings) == Reach::Any);
    Ok(runs_it.map(|standing| standing.member.id).collect())
}
