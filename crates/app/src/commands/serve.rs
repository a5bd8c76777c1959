//! `guildhall serve`: production.

use kernel::Clock;

use crate::{
    Installation, serve,
    settings::{CommonSettings, SignUp},
};

pub(super) async fn run(common: CommonSettings) -> Result<(), String> {
    let settings = common.complete(SignUp::Invited, super::DATA_DIR)?;
    let installation = Installation::open(&settings, Clock::system(), None).await?;
    let running = serve(installation, settings.listen).await?;
    println!("Guildhall answers at {}", settings.public_url);
    running.until_signal().await;
    Ok(())
}
