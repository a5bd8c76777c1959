//! Routing teams: who answers together, and how what comes in is shared out among them (E5).

mod refusal;
mod ring;
mod seats;

use kernel::{JobId, Line, MemberId, TeamId, fold};
use serde_json::{Value as Json, json};
use tenancy::{Composed, Error, Event, Job, Row, Session, Subject, TeamManage, Tx, Work, args, part, sql};

pub use refusal::TeamRefusal;
pub use ring::{SeatChange, note_chosen, put_team_member, remove_team_member};
pub(crate) use ring::{hold_all_of, leave_all, teams_of};
pub use seats::TeamMember;

use tenancy::words;

use crate::Refusal;

/// The job that shares out what waits in a team once somebody can take it; its payload is `{team_id}`, null for what
/// waits for somebody in everybody's queue.
pub const DRAIN_JOB: &str = "routing.drain";
/// More teams nobody could tell apart.
const MOST_TEAMS: usize = 200;
const MOST_CAPACITY: i64 = 1000;
const MOST_MINUTES: i64 = 7 * 24 * 60;

words! {
    /// Who of a team gets what comes in.
    Strategy {
        /// The next one of the ring.
        RoundRobin = "round_robin",
        /// Who has the least in hand.
        LoadBalanced = "load_balanced",
        /// Nobody: whoever claims it.
        Manual = "manual",
    }
}

words! {
    /// When what a member of the team holds goes back into its queue.
    RequeueOn {
        Never = "never",
        /// No window of theirs has been open for a while.
        Offline = "offline",
        /// They have been away for a while.
        Away = "away",
    }
}

words! {
    /// When a team's members are given work, beside being available.
    TeamHours {
        /// While the workspace is open.
        Workspace = "workspace",
        /// In their shifts; who has none is on shift always.
        Shifts = "shifts",
        Always = "always",
    }
}

/// A routing team with its members.
#[derive(Debug, Clone)]
pub struct Team {
    pub id: TeamId,
    pub name: String,
    pub strategy: Strategy,
    /// Who was chosen last by the round.
    pub cursor: Option<MemberId>,
    pub requeue_on: RequeueOn,
    pub requeue_after_minutes: i64,
    /// How much each member takes at once unless their seat says otherwise; `None` is any number.
    pub capacity: Option<i64>,
    pub hours: TeamHours,
    pub version: i64,
    /// In the order of the ring.
    pub members: Vec<TeamMember>,
}

impl Team {
    /// How much a member takes at once; `None` is any number.
    pub fn capacity_of(&self, member: &TeamMember) -> Option<i64> {
        member.capacity.or(self.capacity)
    }

    fn told(&self) -> Json {
        json!({
            "name": self.name, "strategy": self.strategy, "requeue_on": self.requeue_on,
            "requeue_after_minutes": self.requeue_after_minutes, "capacity": self.capacity, "hours": self.hours,
        })
    }
}

/// A team to be made.
#[derive(Debug, Clone)]
pub struct NewTeam {
    pub name: Line,
    pub strategy: Strategy,
    pub capacity: Option<i64>,
    pub hours: TeamHours,
    /// In the order of the ring.
    pub members: Vec<MemberId>,
}

/// What to change of a team; what is left out stays.
#[derive(Debug, Clone, Default)]
pub struct TeamChange {
    /// The version that was looked at.
    pub version: i64,
    pub name: Option<Line>,
    pub strategy: Option<Strategy>,
    /// `Some(None)` is any number.
    pub capacity: Option<Option<i64>>,
    pub requeue_on: Option<RequeueOn>,
    pub requeue_after_minutes: Option<i64>,
    pub hours: Option<TeamHours>,
}

/// The living teams by name, each with its members.
///
/// # Errors
/// The database cannot answer.
pub async fn teams(session: &mut Session) -> Result<Vec<Team>, Error> {
    let mut query = living();
    query.push(part!("order by name_folded"), &[]);
    complete(session, &query, None).await
}

/// One living team.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn team(session: &mut Session, id: TeamId) -> Result<Team, Error> {
    let mut query = living();
    query.push(part!("and id = ?"), args![id]);
    complete(session, &query, Some(id)).await?.pop().ok_or(Error::NotFound)
}

/// One living team, held until the transaction ends: nobody else assigns through it or changes it meanwhile.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn roster(work: &mut Work, id: TeamId) -> Result<Team, Error> {
    hold(work, id).await?;
    team(work, id).await
}

async fn hold(work: &mut Work, id: TeamId) -> Result<(), Error> {
    let sql = sql!(
        "update teams set version = version where workspace_id = $1 and id = $2 and archived_at is null returning id"
    );
    work.first(sql, args![id]).await?.map(drop).ok_or(Error::NotFound)
}

fn living() -> Composed {
    Composed::new(
        sql!(
            "select id, name, strategy, cursor_member, requeue_on, requeue_after_minutes, capacity, hours, version
             from teams where workspace_id = $1 and archived_at is null"
        ),
        &[],
    )
}

async fn complete(session: &mut Session, query: &Composed, only: Option<TeamId>) -> Result<Vec<Team>, Error> {
    let rows = session.list(query).await?.into_iter();
    let mut teams = rows.map(read).collect::<Result<Vec<_>, _>>()?;
    seats::seat(session, &mut teams, only).await?;
    Ok(teams)
}

fn read(mut row: Row) -> Result<Team, Error> {
    Ok(Team {
        id: row.take(0)?,
        name: row.take(1)?,
        strategy: Strategy::read(&row.take::<String>(2)?)?,
        cursor: row.take(3)?,
        requeue_on: RequeueOn::read(&row.take::<String>(4)?)?,
        requeue_after_minutes: row.take(5)?,
        capacity: row.take(6)?,
        hours: TeamHours::read(&row.take::<String>(7)?)?,
        version: row.take(8)?,
        members: Vec::new(),
    })
}

/// Makes a team.
///
/// # Errors
/// A name that is taken, a capacity that cannot be, or somebody who is not here.
pub async fn create_team(tx: &mut Tx<TeamManage>, new: NewTeam) -> Result<Team, Refusal> {
    // Before the team's row, as whoever takes somebody out of all teams does.
    tx.rights_change().await?;
    may_be(new.capacity, 0)?;
    if teams(tx).await?.len() >= MOST_TEAMS {
        return Err(TeamRefusal::TooMany.into());
    }
    let id: TeamId = tx.ids().next();
    must_be_free(tx, id, &new.name).await?;
    let me = tx.viewer().member.ok_or(Error::NotFound)?;
    let insert = sql!(
        "insert into teams (workspace_id, id, name, name_folded, strategy, requeue_on, requeue_after_minutes, capacity,
            hours, version, created_by, created_at)
         values ($1, $2, $3, $4, $5, $6, 0, $7, $8, 1, $9, $10)"
    );
    let (strategy, never, hours) = (new.strategy.name(), RequeueOn::Never.name(), new.hours.name());
    let now = tx.now();
    tx.run(insert, args![id, &*new.name, fold(&new.name), strategy, never, new.capacity, hours, me, now]).await?;
    for member in new.members {
        ring::join(tx, id, member).await?;
    }
    let made = team(tx, id).await?;
    let event = Event::new("team.created", Subject::new("team", id));
    let members: Vec<_> = made.members.iter().map(|member| member.id).collect();
    tx.record(event.payload(json!({ "version": 1, "members": members })).details(&Json::Null, &made.told()));
    Ok(made)
}

/// Changes a team.
///
/// # Errors
/// No such team, one that somebody else changed, a name that is taken, or a number that cannot be.
pub async fn update_team(tx: &mut Tx<TeamManage>, id: TeamId, change: TeamChange) -> Result<Team, Refusal> {
    let before = roster(tx, id).await?;
    if before.version != change.version {
        return Err(TeamRefusal::Changed { version: before.version }.into());
    }
    let name = change.name.map_or_else(|| before.name.clone(), String::from);
    let after = Team {
        strategy: change.strategy.unwrap_or(before.strategy),
        capacity: change.capacity.unwrap_or(before.capacity),
        requeue_on: change.requeue_on.unwrap_or(before.requeue_on),
        requeue_after_minutes: change.requeue_after_minutes.unwrap_or(before.requeue_after_minutes),
        hours: change.hours.unwrap_or(before.hours),
        version: before.version + 1,
        name,
        members: Vec::new(),
        ..before
    };
    may_be(after.capacity, after.requeue_after_minutes)?;
    must_be_free(tx, id, &after.name).await?;
    let (was, is) = (before.told(), after.told());
    let differs = |(field, value): (&String, &Json)| (was[field] != *value).then(|| field.clone());
    let fields: Vec<_> = is.as_object().into_iter().flatten().filter_map(differs).collect();
    if fields.is_empty() {
        return Ok(before);
    }
    let update = sql!(
        "update teams set name = $3, name_folded = $4, strategy = $5, requeue_on = $6, requeue_after_minutes = $7,
            capacity = $8, hours = $9, version = version + 1
         where workspace_id = $1 and id = $2"
    );
    let (strategy, requeue_on, hours) = (after.strategy.name(), after.requeue_on.name(), after.hours.name());
    let minutes = after.requeue_after_minutes;
    let folded = fold(&after.name);
    tx.run(update, args![id, &after.name, folded, strategy, requeue_on, minutes, after.capacity, hours]).await?;
    let event = Event::new("team.updated", Subject::new("team", id));
    tx.record(event.payload(json!({ "fields": fields, "version": after.version })).details(&was, &is));
    drain(tx, Some(id));
    Ok(team(tx, id).await?)
}

/// Ends a team: its members leave it. What waits in its queue is the caller's to hold before and to move (INV-28), as it
/// is to say that rights change.
///
/// # Errors
/// No such team.
pub async fn end_team(tx: &mut Tx<TeamManage>, id: TeamId) -> Result<(), Refusal> {
    let ended = roster(tx, id).await?;
    for member in &ended.members {
        ring::take_out(tx, id, member.id).await?;
    }
    let end = sql!("update teams set archived_at = $3, version = version + 1 where workspace_id = $1 and id = $2");
    let now = tx.now();
    tx.run(end, args![id, now]).await?;
    let event = Event::new("team.deleted", Subject::new("team", id));
    tx.record(event.payload(json!({ "members": ended.members.len() })).details(&ended.told(), &Json::Null));
    Ok(())
}

async fn must_be_free(session: &mut Session, id: TeamId, name: &str) -> Result<(), Refusal> {
    let sql =
        sql!("select 1 from teams where workspace_id = $1 and name_folded = $2 and id <> $3 and archived_at is null");
    match session.first(sql, args![fold(name), id]).await? {
        Some(_) => Err(TeamRefusal::NameTaken.into()),
        None => Ok(()),
    }
}

fn may_be(capacity: Option<i64>, minutes: i64) -> Result<(), Refusal> {
    within("capacity", capacity.unwrap_or(1), 1, MOST_CAPACITY)?;
    within("requeue_after_minutes", minutes, 0, MOST_MINUTES)
}

fn within(field: &'static str, number: i64, least: i64, most: i64) -> Result<(), Refusal> {
    match (least..=most).contains(&number) {
        true => Ok(()),
        false => Err(Refusal::OutOfRange { field, least, most }),
    }
}

/// Has what waits in a team, or for somebody in everybody's queue, shared out: somebody may be able to take it now.
pub fn drain(work: &mut Work, team: Option<TeamId>) {
    let once: JobId = work.ids().next();
    work.enqueue(Job::new(DRAIN_JOB, once.to_string(), json!({ "team_id": team })));
}

/// [`drain`] for every queue from which a member is given work.
pub(crate) async fn drain_all_of(work: &mut Work, member: MemberId) -> Result<(), Error> {
    drain(work, None);
    for team in teams_of(work, member).await? {
        drain(work, Some(team));
    }
    Ok(())
}
