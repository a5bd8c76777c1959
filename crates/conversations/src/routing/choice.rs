//! Choosing somebody, under the lock of the team: one conversation, one decision (E5).

use std::collections::HashMap;

use directory::{Strategy, Team};
use kernel::{MemberId, Stopwatch, TeamId};
use tenancy::{Error, Permission, Reach, Session, Work, args, sql};

use super::{
    decision::{Considered, How},
    eligibility::{Skip, Standing},
    requeue::gone,
    strategy::{Candidate, load_balanced, round_robin},
};

/// Who was chosen, among whom and how.
#[derive(Debug, Clone)]
pub(super) struct Choice {
    pub(super) how: How,
    pub(super) chosen: Option<MemberId>,
    pub(super) considered: Vec<Considered>,
}

impl Choice {
    /// Nobody was looked for.
    pub(super) const fn none(how: How) -> Self {
        Self { how, chosen: None, considered: Vec::new() }
    }
}

/// Chooses by the team's strategy. The team's row is held from here to the end of the transaction, the chosen member's
/// from the choice: who goes away, leaves or fills up at the same moment does so before or after, never in between.
///
/// # Errors
/// [`Error::NotFound`] when there is no such team any more.
pub(super) async fn by_team(work: &mut Work, team: TeamId, excluded: Option<MemberId>) -> Result<Choice, Error> {
    let began = Stopwatch::start();
    let team = directory::roster(work, team).await?;
    let how = How::Strategy(team.strategy);
    if team.strategy == Strategy::Manual {
        return Ok(Choice::none(how));
    }
    let mut ring = ring(work, &team, excluded).await?;
    let chosen = loop {
        let chosen = match team.strategy {
            Strategy::RoundRobin => round_robin(&ring, team.cursor),
            Strategy::LoadBalanced => load_balanced(&ring),
            Strategy::Manual => None,
        };
        let Some(candidate) = ring.iter_mut().find(|candidate| Some(candidate.member) == chosen) else { break None };
        let capacity =
            team.members.iter().find(|seat| seat.id == candidate.member).and_then(|seat| team.capacity_of(seat));
        candidate.skip = still(work, candidate.member, capacity).await?;
        if candidate.skip.is_none() {
            break chosen;
        }
    };
    if let Some(chosen) = chosen {
        directory::note_chosen(work, team.id, chosen).await?;
    }
    metrics::histogram!("guildhall_assignment_seconds", "strategy" => team.strategy.name()).record(began.seconds());
    Ok(Choice { how, chosen, considered: ring.into_iter().map(Considered::from).collect() })
}

/// Looks whether the member that a rule names can take the conversation, which goes to `team` otherwise.
pub(super) async fn by_name(work: &mut Work, member: MemberId, team: Option<TeamId>) -> Result<Choice, Error> {
    let load = load_of(work, member).await?;
    let mut skip = skip_by_name(work, member, team).await?;
    if skip.is_none() {
        skip = still(work, member, None).await?;
    }
    let chosen = skip.is_none().then_some(member);
    Ok(Choice { how: How::Named, chosen, considered: vec![Considered { member, load, skip }] })
}

/// Why a member takes nothing that is given to them by name at the moment; capacities are teams' and do not
/// count. Who is gone from the screen takes nothing of a team that would take it back.
pub(super) async fn skip_by_name(
    session: &mut Session,
    member: MemberId,
    team: Option<TeamId>,
) -> Result<Option<Skip>, Error> {
    let now = session.now();
    let is_gone = match team {
        Some(team) => gone(session, team).await?.contains(&member),
        None => false,
    };
    let standing = session.standing_of(member).await?;
    let facts = Standing {
        is_active: standing.is_active(),
        has_full_seat: standing.member.seat_type == tenancy::SeatType::Full,
        may_be_assigned: standing.access().reach(Permission::ConversationBeAssigned) != Reach::None,
        is_excluded: false,
        is_away: is_gone || !directory::is_available(session, member, now).await?,
        is_off_shift: !directory::calendar(session).await?.is_on_shift(member, now),
        load: 0,
        capacity: None,
    };
    Ok(facts.skip())
}

async fn ring(session: &mut Session, team: &Team, excluded: Option<MemberId>) -> Result<Vec<Candidate>, Error> {
    let (loads, gone) = (loads(session).await?, gone(session, team.id).await?);
    let ring = team.members.iter().map(|seat| {
        let load = loads.get(&seat.id).copied().unwrap_or_default();
        let standing = Standing {
            is_active: seat.active,
            has_full_seat: seat.full_seat,
            may_be_assigned: seat.be_assigned,
            is_excluded: excluded == Some(seat.id),
            is_away: !seat.available || gone.contains(&seat.id),
            is_off_shift: !seat.on_shift,
            load,
            capacity: team.capacity_of(seat),
        };
        Candidate { member: seat.id, load, last_assigned_at: seat.last_assigned_at, skip: standing.skip() }
    });
    Ok(ring.collect())
}

/// Holds the chosen member's row and looks again at what others may have changed since: another team may have given them
/// their last one, and they may have gone.
async fn still(work: &mut Work, member: MemberId, capacity: Option<i64>) -> Result<Option<Skip>, Error> {
    let hold = sql!("update memberships set status = status where workspace_id = $1 and id = $2 returning status");
    let status: String = work.first(hold, args![member]).await?.ok_or(Error::NotFound)?.take(0)?;
    let now = work.now();
    let facts = Standing {
        is_active: status == "active",
        has_full_seat: true,
        may_be_assigned: true,
        is_excluded: false,
        is_away: !directory::is_available(work, member, now).await?,
        is_off_shift: false,
        load: load_of(work, member).await?,
        capacity,
    };
    Ok(facts.skip())
}

/// How many open conversations everybody has who has any.
async fn loads(session: &mut Session) -> Result<HashMap<MemberId, i64>, Error> {
    let text = sql!(
        "select assignee_key, cast(sum(n) as bigint) from conversation_counts
         where workspace_id = $1 and status = 'open' group by assignee_key"
    );
    session.all(text, &[]).await?.into_iter().map(|mut row| Ok((row.take(0)?, row.take(1)?))).collect()
}

async fn load_of(session: &mut Session, member: MemberId) -> Result<i64, Error> {
    let text = sql!(
        "select cast(coalesce(sum(n), 0) as bigint) from conversation_counts
         where workspace_id = $1 and status = 'open' and assignee_key = $2"
    );
    session.first(text, args![member]).await?.ok_or(Error::NotFound)?.take(0)
}
