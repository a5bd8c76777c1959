//! `guildhall audit verify`: proof that no recorded event was changed, removed or moved (INV-40, OWN-16). Changes
//! nothing.

use kernel::{Clock, WorkspaceId};
use tenancy::{Duty, Error, OnDuty, Vault, Verdict, pending_migrations};

use crate::settings::{AuditQuestion, CommonSettings, SignUp};

pub(super) async fn run(common: CommonSettings, question: AuditQuestion) -> Result<(), String> {
    let AuditQuestion::Verify { workspace } = question;
    let settings = common.complete(SignUp::Invited, super::DATA_DIR)?;
    let pending = pending_migrations(&settings.database_url).await.map_err(|error| error.to_string())?;
    if !pending.is_empty() {
        return Err(format!("the database lacks {}: guildhall migrate brings it up to date", pending.join(", ")));
    }
    let vault = Vault::open(&settings.database_url, Vec::new(), Clock::system()).await;
    verify(&vault.map_err(|error| error.to_string())?, workspace).await.map_err(|error| error.to_string())?
}

/// The inner error is what was found.
#[expect(clippy::disallowed_methods, reason = "the operator looks across workspaces")]
async fn verify(vault: &Vault, only: Option<WorkspaceId>) -> Result<Result<(), String>, Error> {
    let duty = vault.on_duty(Duty::Inspection);
    let mut broken = tell("accounts", &duty.verify_accounts().await?);
    let workspaces = duty.workspaces().await?;
    if let Some(only) = only.filter(|only| !workspaces.contains(only)) {
        return Ok(Err(format!("there is no workspace {only}")));
    }
    for workspace in workspaces.into_iter().filter(|workspace| only.is_none_or(|only| only == *workspace)) {
        broken += verify_workspace(&duty, workspace).await?;
    }
    Ok(match broken {
        0 => Ok(()),
        1 => Err("one chain is broken: keep a copy of the database for the inquiry".into()),
        broken => Err(format!("{broken} chains are broken: keep a copy of the database for the inquiry")),
    })
}

async fn verify_workspace(duty: &OnDuty, workspace: WorkspaceId) -> Result<usize, Error> {
    let found = duty.verify_workspace(workspace).await?;
    Ok(tell(&format!("workspace {workspace}, changes"), &found.changes)
        + tell(&format!("workspace {workspace}, access"), &found.access))
}

/// Prints what was found in one chain; how many are broken.
fn tell(whose: &str, verdict: &Verdict) -> usize {
    match verdict {
        Verdict::Whole { events, erased: 0 } => println!("whole   {whose}: {events} events"),
        Verdict::Whole { events, erased } => {
            println!("whole   {whose}: {events} events, the texts beside {erased} of them were erased");
        }
        Verdict::Broken { seq, finding } => {
            println!("BROKEN  {whose}: event {seq} is {finding}");
            return 1;
        }
    }
    0
}
