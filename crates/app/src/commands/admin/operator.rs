//! `guildhall admin operator`: who has the console of this installation.

use directory::Refusal;
use kernel::{Clock, EmailAddress};

use crate::{
    Installation,
    commands::DATA_DIR,
    settings::{CommonSettings, OperatorTask, SignUp},
};

pub(super) async fn run(common: CommonSettings, task: OperatorTask) -> Result<(), String> {
    let settings = common.complete(SignUp::Invited, DATA_DIR)?;
    let installation = Installation::open(&settings, Clock::system(), None).await?;
    let instance = &installation.directory.instance;
    match task {
        OperatorTask::Grant { email } => {
            let email = address(&email)?;
            directory::grant_operator(instance, &email).await.map_err(|refusal| told(&email, &refusal))?;
            println!("{email} operates this installation: {}admin", settings.public_url);
        }
        OperatorTask::Revoke { email } => {
            let email = address(&email)?;
            directory::revoke_operator(instance, &email).await.map_err(|refusal| told(&email, &refusal))?;
            println!("{email} operates this installation no longer.");
        }
        OperatorTask::List => {
            for operator in directory::operators(instance).await.map_err(|refusal| refusal.to_string())? {
                println!("{}  {:?}, since {}", operator.email, operator.name, operator.granted_at);
            }
        }
    }
    Ok(())
}

fn address(email: &str) -> Result<EmailAddress, String> {
    EmailAddress::parse(email).map_err(|error| format!("{email:?} {error}"))
}

fn told(email: &EmailAddress, refusal: &Refusal) -> String {
    match refusal {
        Refusal::UnknownAccount => format!("there is no such account or operator: {email}"),
        Refusal::EmailUnverified => {
            format!("{email} is not verified: whoever signed up with it opens the mailed link first")
        }
        other => other.to_string(),
    }
}
