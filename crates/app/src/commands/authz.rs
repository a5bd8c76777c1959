//! `guildhall authz`: who may do what, as text that a reviewer reads and a program can.

mod explain;
mod matrix;
mod rights;

use kernel::Clock;
use tenancy::Pack;

use crate::{
    Installation,
    settings::{AuthzQuestion, CommonSettings, Format, SignUp},
};

pub(super) async fn run(common: CommonSettings, question: AuthzQuestion) -> Result<(), String> {
    match question {
        AuthzQuestion::Rights => print!("{}", rights::table(&web::document(), &Pack::shipped())),
        AuthzQuestion::Matrix { pack, format } => {
            let pack = named(common, &pack).await?;
            match format {
                Format::Text => print!("{}", matrix::text(&pack)),
                Format::Json => println!("{:#}", matrix::json(&pack)),
            }
        }
        AuthzQuestion::Explain { workspace, member, permission, resource } => {
            let explained = explain::answer(common, workspace, &member, &permission, resource.as_deref()).await?;
            print!("{}", explain::text(&explained));
        }
    }
    Ok(())
}

/// A pack of the program, or else the newest version of one that was loaded.
async fn named(common: CommonSettings, id: &str) -> Result<Pack, String> {
    if let Some(pack) = Pack::shipped().into_iter().find(|pack| pack.id == id) {
        return Ok(pack);
    }
    let settings = common.complete(SignUp::Invited, super::DATA_DIR)?;
    let installation = Installation::open(&settings, Clock::system(), None).await?;
    let packs = installation.vault.packs().await.map_err(|error| error.to_string())?;
    let found = packs.into_iter().find(|known| known.pack.id == id);
    found
        .map(|known| (*known.pack).clone())
        .ok_or_else(|| format!("there is no pack {id:?}; see guildhall admin pack list"))
}
