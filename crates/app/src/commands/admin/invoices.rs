//! `guildhall admin invoices`: what is collected by hand.

use billing::{Refusal, invoice::Invoice};
use kernel::{Clock, WorkspaceId};
use tenancy::{Duty, Grant, OnDuty, Operating};

use crate::{
    Installation,
    commands::DATA_DIR,
    settings::{CommonSettings, InvoiceTask, SignUp},
};

#[expect(clippy::disallowed_methods, reason = "the operator looks across workspaces")]
pub(super) async fn run(common: CommonSettings, task: InvoiceTask) -> Result<(), String> {
    let settings = common.complete(SignUp::Invited, DATA_DIR)?;
    let installation = Installation::open(&settings, Clock::system(), None).await?;
    let operator = installation.vault.on_duty(Duty::Operation);
    let outcome = match task {
        InvoiceTask::List => list(&operator).await,
        InvoiceTask::Pay { number } => close(&operator, &number, true).await,
        InvoiceTask::Void { number } => close(&operator, &number, false).await,
    };
    outcome.map_err(|refusal| refusal.to_string())
}

async fn list(operator: &OnDuty) -> Result<(), Refusal> {
    let open = open(operator).await?;
    for (_, invoice) in &open {
        let Invoice { number, workspace_name, total, currency, due_at, .. } = invoice;
        println!("{number}  {workspace_name:?}: {total} {currency} in minor units, due {due_at}");
    }
    println!("{} invoices are open", open.len());
    Ok(())
}

async fn close(operator: &OnDuty, number: &str, is_paid: bool) -> Result<(), Refusal> {
    let found = open(operator).await?.into_iter().find(|(_, invoice)| invoice.number == number);
    let (workspace, invoice) = found.ok_or(Refusal::NotOpen)?;
    let mut tx = rights_in(operator, workspace)?.begin().await?;
    let outcome = match is_paid {
        true => billing::by_hand::mark_paid(&mut tx, invoice.id).await,
        false => billing::by_hand::void(&mut tx, invoice.id).await,
    };
    tx.settle(outcome.map(drop)).await?;
    println!("{number} of {:?}: {}", invoice.workspace_name, if is_paid { "paid" } else { "taken back" });
    Ok(())
}

/// Every open invoice, and whose it is.
async fn open(operator: &OnDuty) -> Result<Vec<(WorkspaceId, Invoice)>, Refusal> {
    let mut open = Vec::new();
    for workspace in operator.workspaces().await? {
        let mut session = rights_in(operator, workspace)?.read().await?;
        let invoices = billing::invoice::open(&mut session).await?;
        open.extend(invoices.into_iter().map(|invoice| (workspace, invoice)));
    }
    Ok(open)
}

fn rights_in(operator: &OnDuty, workspace: WorkspaceId) -> Result<Grant<Operating>, tenancy::Error> {
    operator.enter(workspace).grant()
}
