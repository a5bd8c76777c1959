//! How many conversations stand where. Kept in the transaction that moves one, so no view counts by scanning.

use std::collections::BTreeMap;

use kernel::{MemberId, TeamId};
use tenancy::{Composed, Error, Row, Session, Work, args, part, sql};
use uuid::Uuid;

use crate::{Refusal, Status, Visibility, agent, mention};

/// Unread conversations are counted up to here; more is "many" (ruling 26).
pub const MOST_UNREAD: i64 = 100;
/// What no place tells is looked for among this many of the newest, so that the question stays cheap however many are
/// open.
const NEWEST: i64 = 1000;

/// The counters beside the fixed views.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counters {
    pub views: ViewCounts,
    pub unread: UnreadCounts,
    /// Open conversations with a note that calls the member, or a team of theirs; at most [`MOST_UNREAD`].
    pub mentions: i64,
    /// Open conversations that the AI answers, at most [`MOST_UNREAD`]; `None` where there is no AI that does.
    pub ai: Option<i64>,
}

/// All, unassigned and mine count open conversations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ViewCounts {
    pub all: i64,
    pub unassigned: i64,
    pub mine: i64,
    pub snoozed: i64,
    pub solved: i64,
    pub spam: i64,
    pub archived: i64,
    /// What waits unassigned in the queue of each team.
    pub teams: BTreeMap<TeamId, i64>,
}

/// Open conversations with something the member has not read, each at most [`MOST_UNREAD`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UnreadCounts {
    pub all: i64,
    pub unassigned: i64,
    pub mine: i64,
}

/// The counters as the session's actor sees them.
///
/// # Errors
/// The database cannot answer.
pub async fn counters(session: &mut Session) -> Result<Counters, Refusal> {
    Ok(Counters {
        views: views(session).await?,
        unread: unread(session).await?,
        mentions: mentions(session).await?,
        ai: ai(session).await?,
    })
}

async fn mentions(session: &mut Session) -> Result<i64, Error> {
    let mut query = Composed::new(
        sql!(
            "select count(*) from (
                select 1 from (select c.id from conversations c where c.workspace_id = $1 and c.status = 'open'"
        ),
        &[],
    );
    Visibility::of(session)
        .narrow(&mut query)
        .push(part!("order by c.last_activity_at desc, c.id desc limit ?) o where exists ("), args![NEWEST]);
    mention::push_calling(&mut query, session)
        .push(part!("and n.conversation_id = o.id) limit ?) called"), args![MOST_UNREAD]);
    number(session, &query).await
}

async fn ai(session: &mut Session) -> Result<Option<i64>, Error> {
    if !agent::answers(session).await? {
        return Ok(None);
    }
    let mut query = Composed::new(
        sql!(
            "select count(*) from (
                select 1 from conversations c where c.workspace_id = $1 and c.status = 'open' and c.mode = 'ai'"
        ),
        &[],
    );
    Visibility::of(session).narrow(&mut query).push(part!("limit ?) answered"), args![MOST_UNREAD]);
    Ok(Some(number(session, &query).await?))
}

async fn number(session: &mut Session, query: &Composed) -> Result<i64, Error> {
    session.list(query).await?.into_iter().next().ok_or(Error::NotFound)?.take(0)
}

async fn views(session: &mut Session) -> Result<ViewCounts, Error> {
    let text =
        sql!("select status, assignee_key, team_key, n from conversation_counts where workspace_id = $1 and n <> 0");
    let me = session.viewer().member;
    let visibility = Visibility::of(session);
    let mut counts = ViewCounts::default();
    for mut row in session.all(text, &[]).await? {
        let place = Place::read(&mut row)?;
        if visibility.sees_place(&place) {
            counts.add(&place, me, row.take(3)?);
        }
    }
    Ok(counts)
}

impl ViewCounts {
    fn add(&mut self, place: &Place, me: Option<MemberId>, n: i64) {
        match place.status {
            Status::Open => {
                self.all += n;
                if place.assignee.is_none() {
                    self.unassigned += n;
                    if let Some(team) = place.team {
                        *self.teams.entry(team).or_default() += n;
                    }
                } else if place.assignee == me {
                    self.mine += n;
                }
            }
            Status::Snoozed => self.snoozed += n,
            Status::Solved => self.solved += n,
            Status::Spam => self.spam += n,
            Status::Archived => self.archived += n,
        }
    }
}

async fn unread(session: &mut Session) -> Result<UnreadCounts, Error> {
    let Some(me) = session.viewer().member else { return Ok(UnreadCounts::default()) };
    let mut query = Composed::new(
        sql!(
            "select o.assignee_id, count(*) from (
                select c.workspace_id, c.id, c.assignee_id, c.last_inbound_seq from conversations c
                where c.workspace_id = $1 and c.status = 'open'"
        ),
        &[],
    );
    Visibility::of(session)
        .narrow(&mut query)
        .push(part!("order by c.last_activity_at desc, c.id desc limit ?) o"), args![NEWEST])
        .push(
            part!(
                "left join conversation_reads r on r.workspace_id = o.workspace_id and r.member_id = ?
                    and r.conversation_id = o.id
                 where o.last_inbound_seq > coalesce(r.seq, 0) group by o.assignee_id"
            ),
            args![me],
        );
    let mut counts = UnreadCounts::default();
    for mut row in session.list(&query).await? {
        let (assignee, n): (Option<MemberId>, i64) = (row.take(0)?, row.take(1)?);
        counts.all += n;
        if assignee.is_none() {
            counts.unassigned += n;
        } else if assignee == Some(me) {
            counts.mine += n;
        }
    }
    let capped = |n: i64| n.min(MOST_UNREAD);
    Ok(UnreadCounts { all: capped(counts.all), unassigned: capped(counts.unassigned), mine: capped(counts.mine) })
}

/// Where a conversation is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) status: Status,
    pub(crate) assignee: Option<MemberId>,
    pub(crate) team: Option<TeamId>,
}

impl Place {
    /// A row of status, assignee key and team key; nobody's key is nil.
    fn read(row: &mut Row) -> Result<Self, Error> {
        let (status, assignee, team): (String, Uuid, Uuid) = (row.take(0)?, row.take(1)?, row.take(2)?);
        Ok(Self {
            status: Status::parse(&status).ok_or_else(|| Error::Corrupt(format!("status {status:?}")))?,
            assignee: (!assignee.is_nil()).then_some(MemberId(assignee)),
            team: (!team.is_nil()).then_some(TeamId(team)),
        })
    }
}

/// Counts a conversation in its new place instead of its old one, at the end of the transaction.
pub(crate) fn moved(work: &mut Work, before: Option<Place>, after: Option<Place>) {
    moved_all(work, [(before, after)]);
}

/// Counts several conversations in their new places. Moves that cross lock their places in the same order, so they
/// cannot block each other for good.
pub(crate) fn moved_all(work: &mut Work, moves: impl IntoIterator<Item = (Option<Place>, Option<Place>)>) {
    let text = sql!(
        "insert into conversation_counts (workspace_id, status, assignee_key, team_key, n) values ($1, $2, $3, $4, $5)
         on conflict (workspace_id, status, assignee_key, team_key)
         do update set n = conversation_counts.n + excluded.n"
    );
    let mut steps: BTreeMap<Place, i64> = BTreeMap::new();
    for (before, after) in moves {
        for (place, step) in [(before, -1), (after, 1)] {
            if let Some(place) = place {
                *steps.entry(place).or_default() += step;
            }
        }
    }
    for (place, step) in steps.into_iter().filter(|(_, step)| *step != 0) {
        let assignee = place.assignee.map_or(Uuid::nil(), Uuid::from);
        let team = place.team.map_or(Uuid::nil(), Uuid::from);
        work.at_the_end(text, args![place.status.name(), assignee, team, step]);
    }
}
