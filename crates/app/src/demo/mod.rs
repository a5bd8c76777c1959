//! The demo: a sample workspace made once per data folder through the product's own operations, a website with its
//! chats on it, and links by which its people enter.
//!
//! The history is written first ([`script`]), as one seed and one moment make it, and then played ([`playing`]) with a
//! clock that moves along and ends at the present.

mod calendar;
mod corpus;
mod files;
mod folder;
mod founding;
mod links;
mod patron;
mod playing;
mod script;
mod signing;
mod site;
mod stage;
mod team;
mod telling;

use kernel::Clock;

pub(crate) use folder::{DemoFolder, Filling};
pub(crate) use links::Links;
pub(crate) use site::SampleSite;

use self::{
    calendar::DAY,
    script::{DAYS, Script},
};
use crate::Installation;

/// The history is the same in every demo, but for when it ends.
const SEED: u64 = 7;

/// Why the sample workspace could not be made.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    #[error(transparent)]
    Directory(#[from] directory::Refusal),
    #[error(transparent)]
    Mail(#[from] directory::MailFailure),
    #[error(transparent)]
    Channels(#[from] channels::Refusal),
    #[error(transparent)]
    Conversations(#[from] conversations::Refusal),
    #[error(transparent)]
    Vault(#[from] tenancy::Error),
    #[error("{0}")]
    Sample(String),
}

/// Makes the sample workspace in an installation that has nobody in it and runs on `clock`, which ends at the
/// present. `progress` hears of each hundredth.
pub(crate) async fn fill(
    installation: &Installation,
    clock: &Clock,
    progress: &mut dyn FnMut(usize),
) -> Result<(), Failure> {
    let now = Clock::system().now();
    let script = Script::write(SEED, now).map_err(Failure::Sample)?;
    let house = founding::found(installation, clock, now.minus(DAY * (DAYS + 1))).await?;
    let steps = script.steps.len();
    let refused = playing::play(&house, &script, &mut |done| progress(done * 100 / steps)).await?;
    clock.set(now);
    for step in &refused {
        tracing::warn!(step, "a step of the sample workspace was refused");
    }
    Ok(())
}
