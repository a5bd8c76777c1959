//! One file per command.

mod admin;
mod audit;
mod authz;
mod demo;
mod doctor;
mod jobs;
mod ledger;
mod serve;

use kernel::Clock;
use tenancy::Token;
use tracing_subscriber::EnvFilter;

use crate::{
    Installation, Settings,
    settings::{Arguments, Command, CommonSettings, SignUp},
};

const DATA_DIR: &str = "data";

/// Runs a command; an error is one sentence for the operator.
pub(crate) async fn run(arguments: Arguments) -> Result<(), String> {
    let common = arguments.common.with_file()?;
    match arguments.command.unwrap_or(Command::Serve) {
        Command::Serve => {
            start_log(&common, "info");
            serve::run(common).await
        }
        Command::Demo(demo) => {
            start_log(&common, "warn");
            demo::run(common, demo).await
        }
        Command::Migrate => {
            start_log(&common, "info");
            let settings = common.complete(SignUp::Invited, DATA_DIR)?;
            let installation = Installation::open(&settings, Clock::system(), None).await?;
            let applied = installation.vault.migrations().await.map_err(|error| error.to_string())?;
            println!("The schema is up to date: {}.", applied.join(", "));
            Ok(())
        }
        Command::Openapi => {
            // Through a value, which sorts its keys: the document keeps extensions in a hash map.
            let document = serde_json::to_value(web::document()).map_err(|error| error.to_string())?;
            println!("{document:#}");
            Ok(())
        }
        Command::Audit { question } => audit::run(common, question).await,
        Command::Ledger { task } => ledger::run(common, task).await,
        Command::Jobs { question } => jobs::run(common, question).await,
        Command::Doctor => doctor::run(common).await,
        Command::Authz { question } => authz::run(common, question).await,
        Command::Admin { task } => admin::run(common, task).await,
    }
}

/// How the first owner gets in.
fn setup_invitation(settings: &Settings, token: &Token) -> String {
    format!(
        "Nobody has an account yet. This link makes the owner's, once and within a day:\n\n  {}setup/{}",
        settings.public_url,
        token.as_str()
    )
}

fn start_log(common: &CommonSettings, default: &str) {
    let filter =
        EnvFilter::try_new(common.log.as_deref().unwrap_or(default)).unwrap_or_else(|_| EnvFilter::new(default));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start (tests) keeps the first log.
    let _ = if common.log_json { log.json().try_init() } else { log.try_init() };
}
