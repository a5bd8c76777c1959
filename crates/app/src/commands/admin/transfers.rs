//! `guildhall admin transfers`: ownership that moves only with the operator's approval.

use directory::{Refusal, Transfer, TransferState};
use kernel::{Clock, Limit, OwnershipTransferId, WorkspaceId};
use tenancy::{Duty, Grant, Housekeeping, OnDuty};

use crate::{
    Installation,
    commands::DATA_DIR,
    settings::{CommonSettings, SignUp, TransferTask},
};

#[expect(clippy::disallowed_methods, reason = "the operator looks across workspaces")]
pub(super) async fn run(common: CommonSettings, task: TransferTask) -> Result<(), String> {
    let settings = common.complete(SignUp::Invited, DATA_DIR)?;
    let installation = Installation::open(&settings, Clock::system(), None).await?;
    let operator = installation.vault.on_duty(Duty::Operation);
    let outcome = match task {
        TransferTask::List => list(&operator).await,
        TransferTask::Approve { id } => decide(&operator, id, true).await,
        TransferTask::Refuse { id } => decide(&operator, id, false).await,
    };
    outcome.map_err(|refusal| refusal.to_string())
}

async fn list(operator: &OnDuty) -> Result<(), Refusal> {
    let mut waiting = 0;
    for workspace in operator.workspaces().await? {
        let mut session = rights_in(operator, workspace)?.read().await?;
        // At most one is open in a workspace, and it is the newest.
        let newest = directory::transfers(&mut session, Limit::default(), None).await?.items.into_iter().next();
        let Some(asked) = newest.filter(|transfer| transfer.state == TransferState::AwaitingOperator) else { continue };
        let name = directory::workspace(&mut session).await?.name;
        println!("{}  {name:?}: {}, asked {}", asked.id, parties(&asked), asked.requested_at);
        waiting += 1;
    }
    println!("{waiting} transfers wait for you");
    Ok(())
}

async fn decide(operator: &OnDuty, id: OwnershipTransferId, approves: bool) -> Result<(), Refusal> {
    for workspace in operator.workspaces().await? {
        let grant = rights_in(operator, workspace)?;
        if directory::transfer(&mut grant.read().await?, id).await.is_err() {
            continue;
        }
        let mut tx = grant.begin().await?;
        let outcome = match approves {
            true => directory::approve_transfer(&mut tx, id).await,
            false => directory::refuse_transfer(&mut tx, id).await,
        };
        let mut decided = None;
        tx.settle(outcome.map(|transfer| decided = Some(transfer))).await?;
        if let Some(decided) = decided {
            println!("{}: {}", parties(&decided), decided.state.name());
        }
        return Ok(());
    }
    Err(tenancy::Error::NotFound.into())
}

fn rights_in(operator: &OnDuty, workspace: WorkspaceId) -> Result<Grant<Housekeeping>, tenancy::Error> {
    operator.enter(workspace).grant()
}

fn parties(transfer: &Transfer) -> String {
    format!("{:?} hands over to {:?}", transfer.from.name, transfer.to.name)
}
