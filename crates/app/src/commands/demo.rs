//! `guildhall demo`: a filled sample workspace and a website with its chats on it, on loopback only.

use std::{
    io::{IsTerminal, Write},
    time::Duration,
};

use directory::{OperatorAccount, mint_setup_token};
use kernel::Clock;
use tenancy::{SESSION_LIFE_MILLIS, Token};

use crate::{
    Installation, Settings,
    demo::{self, DemoFolder, Filling, Links, SampleSite},
    installation::DemoSite,
    server::{StopSignals, bind, start},
    settings::{Agent, CommonSettings, DemoSettings, SignUp},
};

pub(super) async fn run(common: CommonSettings, demo: DemoSettings) -> Result<(), String> {
    let filling = if demo.empty { Filling::Nothing } else { Filling::Sample };
    let common = CommonSettings { agent: common.agent.or(Some(Agent::Scripted)), ..common };
    if common.database_url.is_some() {
        return Err(
            "the demo keeps a database of its own in its folder: leave --database-url and GUILDHALL_DATABASE_URL \
                    out, or use guildhall serve"
                .into(),
        );
    }
    for (flag, address) in [("--listen", common.listen), ("--sample-site", Some(demo.sample_site))] {
        if let Some(address) = address.filter(|address| !address.ip().is_loopback()) {
            return Err(format!(
                "the demo signs people in by links and stays on this machine: {flag} {address} is no loopback address; \
                 use 127.0.0.1:{}, or guildhall serve for a real installation",
                address.port()
            ));
        }
    }
    let settings = common.complete(SignUp::Open, filling.folder())?;
    let listener = bind(settings.listen, "--listen").await?;
    let site_listener = bind(demo.sample_site, "--sample-site").await?;
    let site = DemoSite { sample_site: demo.sample_site };
    let folder = DemoFolder::open(&settings.data_dir, filling)?;
    if folder.needs_sample {
        make_sample(&settings, &site).await?;
        folder.finished().map_err(|error| format!("cannot write to {}: {error}", settings.data_dir.display()))?;
    }
    let installation = Installation::open(&settings, Clock::system(), Some(&site)).await?;
    let text = |error: &dyn std::error::Error| error.to_string();
    // Its people enter by the console's links and have no password that they could confirm.
    installation.vault.trust_proofs_for(Duration::from_millis(SESSION_LIFE_MILLIS.unsigned_abs()));
    let setup = mint_setup_token(&installation.vault.instance()).await.map_err(|error| text(&error))?;
    let links = Links::make(&installation).await.map_err(|error| text(&error))?;
    let website = SampleSite::new(&installation, &settings.public_url, demo.sample_site);
    website.attach().await.map_err(|error| text(&error))?;
    let operators = directory::operators(&installation.directory.instance).await.map_err(|error| text(&error))?;
    let doors = links.routes(installation.doors.clone());
    let running = start(installation, doors, listener).await?.with(site_listener, website.router());
    let signals = StopSignals::listen()?;
    print!("{}", welcome(&settings, &demo, (&links, &operators), setup.as_ref()));
    running.until(signals).await;
    Ok(())
}

/// On a clock of its own, which ends at the present; the demo then goes on with the machine's.
async fn make_sample(settings: &Settings, site: &DemoSite) -> Result<(), String> {
    let now = Clock::system().now();
    let clock = Clock::movable(now);
    let installation = Installation::open(settings, clock.clone(), Some(site)).await?;
    installation.check_catalogue().await?;
    let mut progress = Progress::new("Making the sample workspace: six weeks of conversations");
    let refused = demo::fill(&installation, &clock, now, &mut |percent| progress.show(percent))
        .await
        .map_err(|error| format!("the sample workspace could not be made: {error}"))?;
    progress.end();
    for step in &refused {
        tracing::warn!(step, "a step of the sample workspace was refused");
    }
    Ok(())
}

/// One line that counts up on a terminal, and is said once anywhere else.
struct Progress {
    text: &'static str,
    counts: bool,
    shown: Option<usize>,
}

impl Progress {
    fn new(text: &'static str) -> Self {
        let progress = Self { text, counts: std::io::stderr().is_terminal(), shown: None };
        if !progress.counts {
            eprintln!("{text} …");
        }
        progress
    }

    fn show(&mut self, percent: usize) {
        if self.counts && self.shown.replace(percent) != Some(percent) {
            eprint!("\r{} … {percent} %", self.text);
            // A console that cannot be written to shows no progress, and nothing else is lost.
            let _ = std::io::stderr().flush();
        }
    }

    fn end(&self) {
        if self.counts {
            eprintln!("\r{} … done", self.text);
        }
    }
}

/// What a newcomer needs to know, on one screen.
fn welcome(
    settings: &Settings,
    demo: &DemoSettings,
    (links, operators): (&Links, &[OperatorAccount]),
    setup: Option<&Token>,
) -> String {
    let address = &settings.public_url;
    let mut text = format!(
        "\nGuildhall, the demo\n\n  \
         Inbox         {address}\n  \
         Sample site   http://{}/   a shop with the chat on it: write there, answer in the inbox\n  \
         Mail          {address}dev/mail   what would have been sent\n  \
         Data          {}\n\n",
        demo.sample_site,
        settings.data_dir.display()
    );
    if let Some(token) = setup {
        text.push_str(&super::setup_invitation(settings, token));
        text.push_str("\n\n");
    }
    if !links.people.is_empty() {
        text.push_str("Sign in as one of these by opening the link; they are new at every start and end with it.\n\n");
        for person in &links.people {
            text.push_str(&format!("  {:<14} {:<13} {address}{}\n", person.name, person.role, person.path()));
        }
        if let Some(operator) = operators.first() {
            let told = format!(
                "\n{} operates this server too: plans, invoices and requests of its workspaces are at {address}admin\n",
                operator.name
            );
            text.push_str(&told);
        }
        text.push_str("\nTo be two people at once, open the second link in a private window.\n");
    }
    text.push_str("Ctrl-C stops the demo; what you did in it is there the next time.\n");
    text
}
