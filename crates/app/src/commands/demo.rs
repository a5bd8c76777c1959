//! `guildhall demo`: a filled sample workspace and a page with the chat widget, on loopback only.

use kernel::Clock;

use crate::{
    Installation, serve,
    installation::DemoSite,
    settings::{CommonSettings, DemoSettings, SignUp},
};

pub(super) async fn run(common: CommonSettings, demo: DemoSettings) -> Result<(), String> {
    let settings = common.complete(SignUp::Open, "data/demo")?;
    if !settings.listen.ip().is_loopback() || !demo.sample_site.ip().is_loopback() {
        return Err("the demo has well-known people in it and listens on loopback only".into());
    }
    let site = DemoSite { sample_site: demo.sample_site };
    let installation = Installation::open(&settings, Clock::system(), Some(&site)).await?;
    let running = serve(installation, settings.listen).await?;
    println!("Guildhall answers at {}", settings.public_url);
    running.until_signal().await;
    Ok(())
}
