//! `guildhall admin account`: accounts where nobody may sign up.

use kernel::{Clock, EmailAddress, Line};

use crate::{
    Installation,
    commands::DATA_DIR,
    settings::{AccountTask, CommonSettings, SignUp},
};

pub(super) async fn run(common: CommonSettings, task: AccountTask) -> Result<(), String> {
    let AccountTask::Create { name, email, workspace_name } = task;
    let name = line("--name", name)?;
    let email = EmailAddress::parse(&email).map_err(|error| format!("--email {error}"))?;
    let workspace = workspace_name.map(|name| line("--workspace-name", name)).transpose()?;
    let settings = common.complete(SignUp::Invited, DATA_DIR)?;
    let installation = Installation::open(&settings, Clock::system(), None).await?;
    let token = directory::create_account(&installation.directory, &name, &email, workspace.as_ref())
        .await
        .map_err(|refusal| refusal.to_string())?;
    println!(
        "{email} has an account. With this link its password is chosen, once and within 7 days:\n\n  {}reset/{}",
        settings.public_url,
        token.as_str()
    );
    Ok(())
}

fn line(flag: &str, text: String) -> Result<Line, String> {
    Line::try_from(text).map_err(|error| format!("{flag} {error}"))
}
