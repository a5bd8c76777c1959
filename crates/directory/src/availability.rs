//! Who is here and who is away, as each said last (ASG-019) or as the house found them (`idle.rs`). Being away takes
//! nothing out of anybody's hands; it only keeps new work from them.

use std::time::Duration;

use kernel::{MemberId, Timestamp, days};
use serde_json::json;
use tenancy::{AvailabilitySet, Error, Event, Permission, Reach, RightId, Row, Session, Subject, Tx, Work, args, sql};

use tenancy::words;

use crate::{HoursRefusal, Refusal, member, team};

const LONGEST: Duration = days(366);

words! {
    AvailabilityStatus {
        Available = "available",
        Away = "away",
    }
}

words! {
    /// How somebody came to stand where they do.
    AvailabilityCause {
        /// A person said so.
        Said = "said",
        /// They touched nothing for as long as the workspace waits.
        Idle = "idle",
    }
}

impl AvailabilityStatus {
    const fn opposite(self) -> Self {
        match self {
            Self::Available => Self::Away,
            Self::Away => Self::Available,
        }
    }
}

/// Where somebody stands at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Availability {
    pub status: AvailabilityStatus,
    /// When the opposite holds by itself.
    pub until: Option<Timestamp>,
    pub cause: AvailabilityCause,
}

impl Availability {
    /// What holds for who never said anything.
    pub const UNSAID: Self = Self::said(AvailabilityStatus::Available, None);

    const fn said(status: AvailabilityStatus, until: Option<Timestamp>) -> Self {
        Self { status, until, cause: AvailabilityCause::Said }
    }

    pub fn is_available(self) -> bool {
        self.status == AvailabilityStatus::Available
    }

    /// What was said, as it stands at `now`.
    fn at(self, now: Timestamp) -> Self {
        match self.until {
            Some(until) if until <= now => Self::said(self.status.opposite(), None),
            _ => self,
        }
    }

    /// From the columns `status`, `until` and `cause`, which are empty where nobody said anything.
    pub(crate) fn read(row: &mut Row, first: usize, now: Timestamp) -> Result<Self, Error> {
        let Some(status) = row.take::<Option<String>>(first)? else { return Ok(Self::UNSAID) };
        let (status, cause) = (AvailabilityStatus::read(&status)?, row.take::<String>(first + 2)?);
        Ok(Self { status, until: row.take(first + 1)?, cause: AvailabilityCause::read(&cause)? }.at(now))
    }
}

/// Where a member stands now.
///
/// # Errors
/// The database cannot answer.
pub async fn availability(session: &mut Session, member: MemberId) -> Result<Availability, Error> {
    let now = session.now();
    said(session, member, now).await
}

/// Whether a member is available at a moment, as far as they said; shifts and hours are asked beside it.
///
/// # Errors
/// The database cannot answer.
pub async fn is_available(session: &mut Session, member: MemberId, at: Timestamp) -> Result<bool, Error> {
    Ok(said(session, member, at).await?.is_available())
}

async fn said(session: &mut Session, member: MemberId, at: Timestamp) -> Result<Availability, Error> {
    let sql = sql!("select status, until, cause from availability where workspace_id = $1 and member_id = $2");
    match session.first(sql, args![member]).await? {
        Some(mut row) => Availability::read(&mut row, 0, at),
        None => Ok(Availability::UNSAID),
    }
}

/// Where a member stands, for who may say so: of oneself, or of everybody.
///
/// # Errors
/// No such member, or somebody else where the right reaches oneself.
pub async fn look_at_availability(session: &mut Session, id: MemberId) -> Result<Availability, Refusal> {
    must_reach(session, id).await?;
    Ok(availability(session, id).await?)
}

/// Says whether a member is here, until a moment or until further notice. Whoever becomes available is offered what
/// waits in their teams (INV-28).
///
/// # Errors
/// No such active member, somebody else where the right reaches oneself, or a moment that is not within the next year.
pub async fn set_availability(
    tx: &mut Tx<AvailabilitySet>,
    id: MemberId,
    status: AvailabilityStatus,
    until: Option<Timestamp>,
) -> Result<Availability, Refusal> {
    must_reach(tx, id).await?;
    let now = tx.now();
    // Held, so that two who say it at once say it one after the other.
    member::hold(tx, id).await?;
    if until.is_some_and(|until| until <= now || until > now.plus(LONGEST)) {
        return Err(HoursRefusal::Until.into());
    }
    let (before, after) = (availability(tx, id).await?, Availability::said(status, until));
    if before == after {
        return Ok(after);
    }
    write(tx, id, after).await?;
    if after.is_available() && !before.is_available() {
        team::drain_all_of(tx, id).await?;
    }
    Ok(after)
}

/// Writes where a held member stands from now on, and records it.
pub(crate) async fn write(work: &mut Work, id: MemberId, stands: Availability) -> Result<(), Error> {
    let sql = sql!(
        "insert into availability (workspace_id, member_id, status, since, until, cause) values ($1, $2, $3, $4, $5, $6)
         on conflict (workspace_id, member_id) do update set status = excluded.status, since = excluded.since,
            until = excluded.until, cause = excluded.cause"
    );
    let (Availability { status, until, cause }, now) = (stands, work.now());
    work.run(sql, args![id, status.name(), now, until, cause.name()]).await?;
    let payload = json!({ "status": status, "until": until, "cause": cause });
    work.record(Event::new("availability.set", Subject::new("member", id)).payload(payload));
    Ok(())
}

async fn must_reach(session: &mut Session, id: MemberId) -> Result<(), Refusal> {
    if !member::living(session, id).await?.status.is_active() {
        return Err(Error::NotFound.into());
    }
    let viewer = session.viewer();
    if viewer.reach(Permission::AvailabilitySet) != Reach::Any && viewer.member != Some(id) {
        return Err(Error::NotOwn { right: RightId::Catalogue(Permission::AvailabilitySet) }.into());
    }
    Ok(())
}

/// Forgets what somebody said who has gone for good.
pub(crate) async fn forget(work: &mut Work, id: MemberId) -> Result<(), Error> {
    work.run(sql!("delete from availability where workspace_id = $1 and member_id = $2"), args![id]).await.map(drop)
}
