//! `guildhall jobs`: what needs an operator.

use kernel::{Clock, JobId};
use tenancy::Duty;

use crate::{
    Installation,
    settings::{CommonSettings, JobsQuestion, SignUp},
};

#[expect(clippy::disallowed_methods, reason = "the operator looks across workspaces")]
pub(super) async fn run(common: CommonSettings, question: JobsQuestion) -> Result<(), String> {
    let settings = common.complete(SignUp::Invited, super::DATA_DIR)?;
    let installation = Installation::open(&settings, Clock::system(), None).await?;
    let duty = installation.vault.on_duty(Duty::Inspection);
    match question {
        JobsQuestion::Dead => {
            let dead = duty.dead_jobs(1000).await.map_err(|error| error.to_string())?;
            for job in &dead {
                println!("{} {} {}", job.id, job.kind, job.last_error.as_deref().unwrap_or_default());
            }
            println!("{} dead jobs", dead.len());
        }
        JobsQuestion::Revive { id } => {
            let id: JobId = id.parse().map_err(|_| format!("{id} is no job id"))?;
            if !duty.revive_job(id).await.map_err(|error| error.to_string())? {
                return Err(format!("{id} is not dead"));
            }
            println!("{id} is in the queue again");
        }
    }
    Ok(())
}
