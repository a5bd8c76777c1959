//! Reminders of tasks: a job at the moment, which says so once.

use kernel::{MemberId, TaskId, Timestamp};
use serde_json::json;
use tenancy::{Event, Housekeeping, Job, Subject, Tx, Work, args, sql};

use crate::Refusal;

/// The job that reminds of a task; its payload is `{task_id, remind_at}`.
pub const REMIND_JOB: &str = "task.remind";

/// Leaves the reminder for its moment; one that was moved or taken away finds nothing to do.
pub(super) fn plan(work: &mut Work, id: TaskId, remind_at: Option<Timestamp>) {
    if let Some(at) = remind_at {
        let payload = json!({ "task_id": id, "remind_at": at });
        work.enqueue(Job::new(REMIND_JOB, format!("{id}/{}", at.millis()), payload).at(at));
    }
}

/// Reminds whoever has the task, or who made it where nobody has it. Safe to run twice.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn remind(tx: &mut Tx<Housekeeping>, id: TaskId, remind_at: Timestamp) -> Result<(), Refusal> {
    let due = sql!(
        "update tasks set remind_at = null, version = version + 1
         where workspace_id = $1 and id = $2 and remind_at = $3 and status = 'open' and deleted_at is null
         returning coalesce(assignee_id, created_by)"
    );
    let Some(mut row) = tx.first(due, args![id, remind_at]).await? else { return Ok(()) };
    let member: MemberId = row.take(0)?;
    tx.record(Event::new("task.reminded", Subject::new("task", id)).payload(json!({ "to": member })));
    Ok(())
}
