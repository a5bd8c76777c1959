//! `guildhall ledger`: proof that every pool of credits is what its entries add up to (INV-30), and corrections by the
//! operator.

use billing::ledger::{self, LedgerVerdict};
use kernel::{Clock, WorkspaceId};
use tenancy::{Duty, Error, Grant, Housekeeping, OnDuty, Vault, pending_migrations};

use crate::settings::{CommonSettings, LedgerTask, SignUp};

pub(super) async fn run(common: CommonSettings, task: LedgerTask) -> Result<(), String> {
    let settings = common.complete(SignUp::Invited, super::DATA_DIR)?;
    let pending = pending_migrations(&settings.database_url).await.map_err(|error| error.to_string())?;
    if !pending.is_empty() {
        return Err(format!("the database lacks {}: guildhall migrate brings it up to date", pending.join(", ")));
    }
    let vault = Vault::open(&settings.database_url, Vec::new(), Clock::system()).await;
    let vault = vault.map_err(|error| error.to_string())?;
    match task {
        LedgerTask::Verify { workspace } => verify(&vault, workspace).await.map_err(|error| error.to_string())?,
        LedgerTask::Adjust { workspace, credits, key } => adjust(&vault, workspace, credits, &key).await,
    }
}

/// The inner error is what was found.
async fn verify(vault: &Vault, only: Option<WorkspaceId>) -> Result<Result<(), String>, Error> {
    let duty = on_duty(vault);
    let workspaces = duty.workspaces().await?;
    if let Some(only) = only.filter(|only| !workspaces.contains(only)) {
        return Ok(Err(format!("there is no workspace {only}")));
    }
    let mut broken = 0;
    for workspace in workspaces.into_iter().filter(|workspace| only.is_none_or(|only| only == *workspace)) {
        let grant: Grant<Housekeeping> = duty.enter(workspace).grant()?;
        broken += tell(workspace, &ledger::verify(&grant).await?);
    }
    Ok(match broken {
        0 => Ok(()),
        1 => Err("one ledger does not add up: keep a copy of the database for the inquiry".into()),
        broken => Err(format!("{broken} ledgers do not add up: keep a copy of the database for the inquiry")),
    })
}

/// Prints what was found in one ledger; 1 where it is broken.
fn tell(workspace: WorkspaceId, verdict: &LedgerVerdict) -> usize {
    let LedgerVerdict { entries, balance, faults } = verdict;
    if faults.is_empty() {
        println!("whole   workspace {workspace}: {entries} entries, balance {balance}");
        return 0;
    }
    for fault in faults {
        println!("BROKEN  workspace {workspace}: {fault}");
    }
    1
}

async fn adjust(vault: &Vault, workspace: WorkspaceId, credits: i64, key: &str) -> Result<(), String> {
    let duty = on_duty(vault);
    let workspaces = duty.workspaces().await.map_err(|error| error.to_string())?;
    if !workspaces.contains(&workspace) {
        return Err(format!("there is no workspace {workspace}"));
    }
    if credits == 0 {
        return Err("0 credits correct nothing".into());
    }
    let grant: Grant<Housekeeping> = duty.enter(workspace).grant().map_err(|error| error.to_string())?;
    let mut tx = grant.begin().await.map_err(|error| error.to_string())?;
    let outcome = ledger::adjust(&mut tx, credits, key).await;
    tx.settle(outcome).await.map_err(|error| error.to_string())?;
    println!("The pool of the workspace {workspace} is corrected by {credits} under the key {key:?}.");
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the operator looks across workspaces")]
fn on_duty(vault: &Vault) -> OnDuty {
    vault.on_duty(Duty::Operation)
}
