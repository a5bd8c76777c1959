//! `guildhall admin catalogue`: plan catalogues of the instance's own.

use std::path::Path;

use billing::catalogue::{CatalogueRefusal, Shelf};
use kernel::Clock;
use tenancy::Vault;

use crate::{
    Installation,
    commands::DATA_DIR,
    settings::{CatalogueTask, CommonSettings, SignUp},
};

pub(super) async fn run(common: CommonSettings, task: CatalogueTask) -> Result<(), String> {
    if let CatalogueTask::Show { id } = task {
        return show(&id);
    }
    let settings = common.complete(SignUp::Invited, DATA_DIR)?;
    let installation = Installation::open(&settings, Clock::system(), None).await?;
    match task {
        CatalogueTask::Load { file } => load(&installation.vault, &file).await,
        CatalogueTask::List => list(&installation.vault).await,
        CatalogueTask::Show { id } => show(&id),
    }
}

fn show(id: &str) -> Result<(), String> {
    let text = Shelf::shipped_text(id).ok_or_else(|| format!("no catalogue {id:?} comes with the program"))?;
    print!("{text}");
    Ok(())
}

async fn load(vault: &Vault, file: &Path) -> Result<(), String> {
    let named = |reason: String| format!("{}: {reason}", file.display());
    let text = std::fs::read_to_string(file).map_err(|error| named(error.to_string()))?;
    let loaded = Shelf::load(vault, &text).await.map_err(|refusal: CatalogueRefusal| named(refusal.to_string()))?;
    println!("New workspaces can begin with {} ({} {}).", loaded.title, loaded.id, loaded.version);
    for plan in loaded.plans.iter().filter(|plan| plan.monthly.stated().is_none()) {
        println!("Its plan {} has no price: you can assign it, nobody can buy it.", plan.id);
    }
    Ok(())
}

async fn list(vault: &Vault) -> Result<(), String> {
    let mut session = vault.instance().read().await.map_err(|error| error.to_string())?;
    for known in Shelf::all(&mut session).await.map_err(|error| error.to_string())? {
        let (catalogue, from) = (&known.catalogue, known.loaded_at.map(|at| format!("loaded {at}")));
        let from = from.unwrap_or_else(|| "comes with the program".into());
        println!("{:<20} {:>3}  {:<40} {from}", catalogue.id, catalogue.version, catalogue.title);
    }
    Ok(())
}
