//! `guildhall admin plan`: the plan of one workspace, as the operator decides.

use billing::{Assignment, Refusal, subscription::TillKind};
use kernel::Clock;
use tenancy::{Duty, Operating, Tx};

use crate::{
    Installation,
    commands::DATA_DIR,
    settings::{CommonSettings, PlanTask, SignUp},
};

#[expect(clippy::disallowed_methods, reason = "the operator looks across workspaces")]
pub(super) async fn run(common: CommonSettings, task: PlanTask) -> Result<(), String> {
    let says_till = common.till.is_some();
    let settings = common.complete(SignUp::Invited, DATA_DIR)?;
    let installation = Installation::open(&settings, Clock::system(), None).await?;
    // A command that was not told who takes the money decides nothing about it.
    let till = says_till.then(|| installation.doors.till.kind());
    let (PlanTask::Assign { workspace, .. } | PlanTask::Seats { workspace, .. }) = task;
    let duty = installation.vault.on_duty(Duty::Operation);
    let grant = duty.enter(workspace).grant::<Operating>().map_err(|error| error.to_string())?;
    let mut tx = grant.begin().await.map_err(|error| error.to_string())?;
    let outcome = done(&mut tx, task, till).await;
    println!("{}", tx.settle(outcome).await.map_err(|refusal| refusal.to_string())?);
    Ok(())
}

/// Does it; what is so from now on.
async fn done(tx: &mut Tx<Operating>, task: PlanTask, till: Option<TillKind>) -> Result<String, Refusal> {
    match task {
        PlanTask::Assign { catalogue, plan, .. } => {
            let assignment = Assignment { catalogue: catalogue.as_deref(), plan: &plan, interval: None, till };
            let now = billing::assign(tx, assignment).await?;
            let takes = match now.till {
                TillKind::None => "nothing is sold to it",
                TillKind::Manual => "you take its money, by invoice",
                TillKind::Stripe => "Stripe takes its money",
            };
            Ok(format!("The workspace is on {plan} now, of {} {}; {takes}.", now.catalogue, now.catalogue_version))
        }
        PlanTask::Seats { seats, .. } => {
            billing::agree_on_seats(tx, seats).await?;
            Ok(match seats {
                Some(seats) => format!("The workspace has {} full seats, as agreed.", seats.get()),
                None => "The workspace has as many full seats as its plan says.".to_owned(),
            })
        }
    }
}
