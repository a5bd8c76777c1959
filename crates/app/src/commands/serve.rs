//! `guildhall serve`: production.

use directory::mint_setup_token;
use kernel::Clock;

use crate::{
    Installation,
    server::{StopSignals, bind, start},
    settings::{CommonSettings, SignUp},
};

pub(super) async fn run(common: CommonSettings) -> Result<(), String> {
    let settings = common.complete(SignUp::Invited, super::DATA_DIR)?;
    let listener = bind(settings.listen, "--listen").await?;
    let installation = Installation::open(&settings, Clock::system(), None).await?;
    let token = mint_setup_token(&installation.vault.instance()).await.map_err(|error| error.to_string())?;
    let running = start(installation, axum::Router::new(), listener).await?;
    let signals = StopSignals::listen()?;
    println!("Guildhall answers at {}", settings.public_url);
    if let Some(token) = token {
        println!("{}", super::setup_invitation(&settings, &token));
    }
    running.until(signals).await;
    Ok(())
}
