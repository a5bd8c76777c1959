//! What went wrong with money and does not settle by itself, or not yet: for whoever operates the instance.

use std::time::Duration;

use kernel::{Timestamp, WorkspaceId};
use tenancy::{Error, InstanceSession, Operator, Row, args, instance_sql, words};
use uuid::Uuid;

use crate::{
    checkout::{CheckoutStatus, checkout},
    sync::{ERASED, EVENT_JOB, FOREIGN, GONE, RECONCILE_JOB},
};

/// What takes longer than this does not go as it should.
const PATIENCE: Duration = Duration::from_secs(10 * 60);
/// So many of each kind are shown, the newest.
const MOST: i64 = 50;

words! {
    TroubleKind {
        /// The provider told of something that could not be looked into yet; it is tried again.
        EventWaiting = "event_waiting",
        /// The provider told of something that is not there any more, at the provider or here.
        EventUnmatched = "event_unmatched",
        /// The provider told of something that nobody bought here: somebody else sells with the same account, or what
        /// names the workspace was taken off there.
        EventForeign = "event_foreign",
        /// The page of a purchase could not be opened, or what was paid could not be carried out yet.
        CheckoutStuck = "checkout_stuck",
        /// It was paid for what could not be had any more, and the money went back.
        CheckoutRefunded = "checkout_refunded",
        /// The provider could not be asked how a workspace stands there.
        LookFailed = "look_failed",
    }
}

#[derive(Debug, Clone)]
pub struct Trouble {
    pub kind: TroubleKind,
    pub at: Timestamp,
    /// Not known of what the provider tells before it was looked into.
    pub workspace: Option<WorkspaceId>,
    /// The provider's name of the thing, or the id of the purchase.
    pub object: String,
    /// The provider's word for what happened, or what was bought.
    pub what: String,
    /// How often it was tried.
    pub attempts: i64,
    /// What the last try said.
    pub cause: Option<String>,
}

/// Everything of the kind, the newest first.
///
/// # Errors
/// The database cannot answer.
pub async fn troubles(operator: &Operator, now: Timestamp) -> Result<Vec<Trouble>, Error> {
    let late = now.minus(PATIENCE);
    let mut session = operator.read().await?;
    let mut all = waiting_events(&mut session, late).await?;
    all.extend(settled_events(&mut session, TroubleKind::EventUnmatched, [GONE, ERASED]).await?);
    all.extend(settled_events(&mut session, TroubleKind::EventForeign, [FOREIGN; 2]).await?);
    all.extend(failed_looks(&mut session).await?);
    drop(session);
    let unsettled = [CheckoutStatus::Opening, CheckoutStatus::Settling];
    all.extend(purchases(operator, TroubleKind::CheckoutStuck, unsettled, late).await?);
    all.extend(purchases(operator, TroubleKind::CheckoutRefunded, [CheckoutStatus::Refunded; 2], now).await?);
    all.sort_by_key(|trouble| std::cmp::Reverse(trouble.at));
    Ok(all)
}

async fn waiting_events(session: &mut InstanceSession, late: Timestamp) -> Result<Vec<Trouble>, Error> {
    let text = instance_sql!(
        "select e.received_at, e.object_id, e.kind, coalesce(j.attempts, 0), j.last_error from provider_events e
         left join jobs j on j.scope = $1 and j.kind = $2 and j.key = e.id
         where e.settled_at is null and e.received_at <= $3 order by e.received_at desc limit $4"
    );
    let rows = session.all(text, args![Uuid::nil(), EVENT_JOB, late, MOST]).await?;
    rows.into_iter().map(|row| of_event(TroubleKind::EventWaiting, row)).collect()
}

/// What was told and led nowhere.
async fn settled_events(
    session: &mut InstanceSession,
    kind: TroubleKind,
    outcomes: [&str; 2],
) -> Result<Vec<Trouble>, Error> {
    let text = instance_sql!(
        "select received_at, object_id, kind, cast(0 as bigint), outcome from provider_events where outcome in ($1, $2)
         order by received_at desc limit $3"
    );
    let rows = session.all(text, args![outcomes[0], outcomes[1], MOST]).await?;
    rows.into_iter().map(|row| of_event(kind, row)).collect()
}

fn of_event(kind: TroubleKind, mut row: Row) -> Result<Trouble, Error> {
    Ok(Trouble {
        kind,
        at: row.take(0)?,
        workspace: None,
        object: row.take(1)?,
        what: row.take(2)?,
        attempts: row.take(3)?,
        cause: row.take(4)?,
    })
}

async fn failed_looks(session: &mut InstanceSession) -> Result<Vec<Trouble>, Error> {
    let text = instance_sql!(
        "select coalesce(finished_at, created_at), scope, kind, attempts, last_error from jobs
         where state in ('waiting', 'dead') and attempts > 0 and kind = $1 order by created_at desc limit $2"
    );
    let read = |mut row: Row| {
        let workspace: WorkspaceId = row.take(1)?;
        Ok(Trouble {
            kind: TroubleKind::LookFailed,
            at: row.take(0)?,
            workspace: Some(workspace),
            object: workspace.to_string(),
            what: row.take(2)?,
            attempts: row.take(3)?,
            cause: row.take(4)?,
        })
    };
    session.all(text, args![RECONCILE_JOB, MOST]).await?.into_iter().map(read).collect()
}

async fn purchases(
    operator: &Operator,
    kind: TroubleKind,
    states: [CheckoutStatus; 2],
    before: Timestamp,
) -> Result<Vec<Trouble>, Error> {
    let mut troubles = Vec::new();
    for found in operator.purchases(states.map(CheckoutStatus::name), before, MOST).await? {
        let bought = checkout(&mut operator.enter(found.workspace)?.read().await?, found.id).await?;
        troubles.push(Trouble {
            kind,
            at: bought.created_at,
            workspace: Some(found.workspace),
            object: found.id.to_string(),
            what: bought.plan.or(bought.addon).unwrap_or_default(),
            attempts: bought.attempts,
            cause: None,
        });
    }
    Ok(troubles)
}
