//! The demo: a sample workspace made once per data folder through the product's own operations, a website with its
//! chats on it, and links by which its people enter.
//!
//! The history is written first ([`script`]), as one seed and one moment make it, and then played ([`playing`]) with a
//! clock that moves along and ends at the present.

mod assistant;
mod calendar;
mod corpus;
mod files;
mod folder;
mod founding;
mod links;
mod patron;
mod plans;
mod playing;
mod script;
mod signing;
mod site;
mod stage;
mod team;
mod telling;

use kernel::{Clock, DAY, Timestamp};

pub(crate) use folder::{DemoFolder, Filling};
pub(crate) use links::Links;
pub(crate) use site::SampleSite;

use self::script::{DAYS, Script};
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

/// Makes the sample workspace in an installation that has nobody in it, runs on `clock` and is to end at `now`.
/// `progress` hears of each hundredth. Returns the steps that a rule refused: a script that knows the rules has none.
pub(crate) async fn fill(
    installation: &Installation,
    clock: &Clock,
    now: Timestamp,
    progress: &mut dyn FnMut(usize),
) -> Result<Vec<String>, Failure> {
    let script = Script::write(SEED, now).map_err(Failure::Sample)?;
    let house = founding::found(installation, clock, now.minus(DAY * (DAYS + 1))).await?;
    let steps = script.steps.len();
    let refused = playing::play(&house, &script, &mut |done| progress(done * 100 / steps)).await?;
    plans::make(&house, now).await?;
    if installation.doors.config.has_model {
        assistant::work(&house, now).await?;
    }
    clock.set(now);
    Ok(refused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{Agent, CommonSettings, SignUp};

    /// A demo that is first started on a Sunday night, when nobody of the team is there.
    #[tokio::test]
    async fn no_rule_refuses_a_step() {
        let now = Timestamp::parse("2026-11-22T03:40:00Z").expect("a moment");
        let folder = tempfile::tempdir().expect("a folder");
        let settings = CommonSettings {
            data_dir: Some(folder.path().to_owned()),
            agent: Some(Agent::Scripted),
            ..CommonSettings::default()
        };
        let settings = settings.complete(SignUp::Off, "unused").expect("settings");
        let clock = Clock::movable(now);
        let installation = Installation::open(&settings, clock.clone(), None).await.expect("an installation");
        let mut heard = Vec::new();
        let refused = fill(&installation, &clock, now, &mut |percent| heard.push(percent)).await;
        assert_eq!(refused.expect("a sample workspace"), Vec::<String>::new());
        assert!(heard.is_sorted() && heard.last() == Some(&100) && clock.now() == now);
    }
}
