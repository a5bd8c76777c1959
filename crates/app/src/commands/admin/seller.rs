//! `guildhall admin seller`: who the invoices are from that the server writes itself.

use billing::{Party, seller};
use kernel::{AddressLines, Clock, Line};
use tenancy::{Actor, Duty, Error, Vault};

use crate::{
    Installation,
    commands::DATA_DIR,
    settings::{CommonSettings, SellerTask, SignUp},
};

pub(super) async fn run(common: CommonSettings, task: SellerTask) -> Result<(), String> {
    let settings = common.complete(SignUp::Invited, DATA_DIR)?;
    let installation = Installation::open(&settings, Clock::system(), None).await?;
    let vault = &installation.vault;
    match task {
        SellerTask::Show => match shown(vault).await.map_err(|error| error.to_string())? {
            Some(Party { name, details }) => println!("{}", format!("{name}\n{details}").trim_end()),
            None => println!("Invoices name no seller yet: guildhall admin seller set --name NAME --line ADDRESS"),
        },
        SellerTask::Set { name, lines } => {
            let name = Line::try_from(name).map_err(|error| format!("--name {error}"))?;
            let details = AddressLines::try_from(lines.join("\n")).map_err(|error| format!("--line {error}"))?;
            let said = set(vault, name, details).await.map_err(|error| error.to_string())?;
            println!("Invoices are from {:?} from the next one on.", said.name);
        }
    }
    Ok(())
}

async fn shown(vault: &Vault) -> Result<Option<Party>, Error> {
    seller::seller(&mut vault.instance().read().await?).await
}

async fn set(vault: &Vault, name: Line, details: AddressLines) -> Result<Party, Error> {
    let mut tx = vault.instance().begin().await?;
    let said = seller::put(&mut tx, Actor::Duty(Duty::Operation), name, details).await;
    tx.settle(said).await
}
