//! `guildhall admin pack`: policy packs of the instance's own.

use std::path::Path;

use kernel::Clock;
use tenancy::{PackRefusal, Vault};

use crate::{
    Installation,
    commands::DATA_DIR,
    settings::{CommonSettings, PackTask, SignUp},
};

pub(super) async fn run(common: CommonSettings, task: PackTask) -> Result<(), String> {
    let settings = common.complete(SignUp::Invited, DATA_DIR)?;
    let installation = Installation::open(&settings, Clock::system(), None).await?;
    match task {
        PackTask::Load { file } => load(&installation.vault, &file).await,
        PackTask::List => list(&installation.vault).await,
    }
}

async fn load(vault: &Vault, file: &Path) -> Result<(), String> {
    let named = |reason: String| format!("{}: {reason}", file.display());
    let text = std::fs::read_to_string(file).map_err(|error| named(error.to_string()))?;
    let pack = vault.load_pack(&text).await.map_err(|refusal: PackRefusal| named(refusal.to_string()))?;
    println!("Workspaces can choose {} now ({} {}, {} roles).", pack.title, pack.id, pack.version, pack.roles.len());
    Ok(())
}

async fn list(vault: &Vault) -> Result<(), String> {
    for known in vault.packs().await.map_err(|error| error.to_string())? {
        let (pack, from) = (&known.pack, known.loaded_at.map(|at| format!("loaded {at}")));
        let from = from.unwrap_or_else(|| "comes with the program".into());
        println!("{:<20} {:>3}  {:<40} {from}", pack.id, pack.version, pack.title);
    }
    Ok(())
}
