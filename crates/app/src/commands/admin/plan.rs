//! `guildhall admin plan`: the plan of one workspace, as the operator decides.

use kernel::Clock;
use tenancy::{Duty, Operating};

use crate::{
    Installation,
    commands::DATA_DIR,
    settings::{CommonSettings, PlanTask, SignUp},
};

#[expect(clippy::disallowed_methods, reason = "the operator looks across workspaces")]
pub(super) async fn run(common: CommonSettings, task: PlanTask) -> Result<(), String> {
    let settings = common.complete(SignUp::Invited, DATA_DIR)?;
    let installation = Installation::open(&settings, Clock::system(), None).await?;
    let PlanTask::Assign { workspace, catalogue, plan } = task;
    let duty = installation.vault.on_duty(Duty::Operation);
    let grant = duty.enter(workspace).grant::<Operating>().map_err(|error| error.to_string())?;
    let mut tx = grant.begin().await.map_err(|error| error.to_string())?;
    let outcome = billing::assign(&mut tx, catalogue.as_deref(), &plan, None).await.map(|_| ());
    tx.settle(outcome).await.map_err(|refusal: billing::Refusal| refusal.to_string())?;
    println!("The workspace is on {plan} now.");
    Ok(())
}
