//! Hears of what happened in every workspace and has it reacted to: who is told of it, what it means for what is paid.
//! Where a reactor stands is moved in the transaction of what it did, so an event is reacted to once, whatever restarts or
//! runs beside this server.

use std::{collections::HashMap, marker::PhantomData, time::Duration};

use kernel::{MemberId, WorkspaceId};
use tenancy::{Error, Housekeeping, OnDuty, StoredEvent, Tx, Unheard, Vault};
use tokio::sync::watch;

use crate::bills::Bills;

/// Without any hint the events are looked at this often.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// What happens at once is heard together.
const SHORTEST_PAUSE: Duration = Duration::from_millis(50);
const BATCH: i64 = 256;
/// Events that concern nobody are passed over without a write; a restart looks at no more than so many again.
const MOST_PASSED_OVER: i64 = 4096;

/// Why an event was not reacted to; it is tried again.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    #[error(transparent)]
    Told(#[from] notifications::Refusal),
    #[error(transparent)]
    Billed(#[from] billing::Refusal),
    #[error(transparent)]
    Worked(#[from] conversations::Refusal),
    #[error(transparent)]
    Vault(#[from] Error),
}

/// What hears of events, and acts on those that concern it.
pub(crate) trait Hearer {
    /// In the table of cursors.
    const NAME: &'static str;

    /// The events that concern it.
    fn among(events: Vec<StoredEvent>) -> Vec<StoredEvent>;

    /// Acts on one; whose notifications changed by it.
    async fn react(tx: &mut Tx<Housekeeping>, event: &StoredEvent) -> Result<Vec<MemberId>, Trouble>;
}

/// Who is told of what.
struct News;

impl Hearer for News {
    const NAME: &'static str = notifications::REACTOR;

    fn among(events: Vec<StoredEvent>) -> Vec<StoredEvent> {
        notifications::news_among(events)
    }

    async fn react(tx: &mut Tx<Housekeeping>, event: &StoredEvent) -> Result<Vec<MemberId>, Trouble> {
        Ok(notifications::react(tx, event).await?)
    }
}

/// Reacts until `stop` turns true.
pub(crate) async fn run(vault: Vault, mut stop: watch::Receiver<bool>) {
    let (mut news, mut bills) = (Reactor::<News>::new(&vault), Reactor::<Bills>::new(&vault));
    let mut pause = tokio::time::interval(SHORTEST_PAUSE);
    pause.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    while !*stop.borrow() {
        news.hear_all().await;
        bills.hear_all().await;
        tokio::select! {
            () = vault.wake().event_recorded() => {}
            _ = tokio::time::timeout(LONGEST_PAUSE, stop.changed()) => {}
        }
        pause.tick().await;
    }
}

struct Reactor<H> {
    hearer: PhantomData<H>,
    vault: Vault,
    duty: OnDuty,
    /// How far each workspace's events were looked at and found to concern it in nothing.
    passed: HashMap<WorkspaceId, i64>,
}

impl<H: Hearer> Reactor<H> {
    fn new(vault: &Vault) -> Self {
        Self { hearer: PhantomData, duty: crate::on_duty(vault), vault: vault.clone(), passed: HashMap::new() }
    }

    async fn hear_all(&mut self) {
        let unheard = match self.duty.unheard(H::NAME).await {
            Ok(unheard) => unheard,
            Err(error) => return tracing::warn!(%error, "what happened cannot be read"),
        };
        for place in unheard {
            if let Err(error) = self.hear(place).await {
                tracing::warn!(%error, workspace = %place.workspace, "what happened was not reacted to; it is tried again");
            }
        }
    }

    /// Reads a workspace's events to the newest.
    async fn hear(&mut self, Unheard { workspace, mut heard, newest }: Unheard) -> Result<(), Trouble> {
        let mut position = self.passed.get(&workspace).copied().unwrap_or_default().max(heard);
        while position < newest {
            let grant = self.duty.enter(workspace).grant::<Housekeeping>()?;
            let events = grant.read().await?.events_after(position, BATCH).await?;
            let Some(last) = events.last().map(|event| event.seq) else { break };
            let concern = H::among(events);
            if !concern.is_empty() || last - heard > MOST_PASSED_OVER {
                if !self.react(workspace, &concern, (heard, last)).await? {
                    // Another server was quicker; where it stands is read next time.
                    return Ok(());
                }
                heard = last;
            }
            position = last;
            self.passed.insert(workspace, position);
        }
        Ok(())
    }

    /// Reacts to some events and moves on behind them, both or neither.
    async fn react(
        &self,
        workspace: WorkspaceId,
        events: &[StoredEvent],
        (from, to): (i64, i64),
    ) -> Result<bool, Trouble> {
        let mut tx = self.duty.enter(workspace).grant::<Housekeeping>()?.begin().await?;
        let mut changed: Vec<MemberId> = Vec::new();
        let outcome = async {
            // First, so that a server that comes too late does nothing.
            if !tx.heard(H::NAME, from, to).await? {
                return Ok::<_, Trouble>(false);
            }
            for event in events {
                changed.extend(H::react(&mut tx, event).await?);
            }
            Ok(true)
        }
        .await;
        let reacted = tx.settle(outcome).await?;
        changed.sort_unstable();
        changed.dedup();
        changed.into_iter().filter(|_| reacted).for_each(|member| self.vault.notify(workspace, member));
        Ok(reacted)
    }
}

/// Tells everybody whose digest is due what waits for a human.
pub(crate) async fn tell_digests(duty: &OnDuty, vault: &Vault) -> Result<(), Error> {
    for workspace in duty.workspaces().await? {
        match notifications::tell_digests(duty, workspace).await {
            Ok(told) => told.into_iter().for_each(|member| vault.notify(workspace, member)),
            Err(error) => tracing::warn!(%error, %workspace, "digests were not told"),
        }
    }
    Ok(())
}
