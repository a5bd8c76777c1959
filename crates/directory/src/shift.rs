//! Shifts: the weekly hours in which a member takes work of their teams (ASG-005, ASG-006). They are half-open, go by
//! the wall clock of the workspace's zone, and begin on no holiday.

use std::collections::{BTreeSet, HashMap};

use kernel::{DayOfWeek, MemberId, ShiftId, Stretch, TeamId, TimeOfDay, Timestamp, Week};
use serde_json::{Value as Json, json};
use tenancy::{Composed, Error, Event, Row, Session, Subject, TeamManage, Tx, Work, args, part, sql};

use crate::{BusinessHours, HoursRefusal, Refusal, member, team};

/// Weekly hours of a member.
#[derive(Debug, Clone)]
pub struct Shift {
    pub id: ShiftId,
    pub member: MemberId,
    pub member_name: String,
    /// `None` counts for all of the member's teams.
    pub team: Option<TeamId>,
    pub hours: ShiftHours,
    pub version: i64,
}

/// From and to on some days of the week; a `to` that is not after `from` is of the next day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftHours {
    pub days: BTreeSet<DayOfWeek>,
    pub from: TimeOfDay,
    pub to: TimeOfDay,
}

/// What to change of a shift; what is left out stays.
#[derive(Debug, Clone, Default)]
pub struct ShiftChange {
    /// `Some(None)` makes it count for all teams.
    pub team: Option<Option<TeamId>>,
    pub days: Option<BTreeSet<DayOfWeek>>,
    pub from: Option<TimeOfDay>,
    pub to: Option<TimeOfDay>,
}

impl ShiftHours {
    fn week(&self) -> Result<Week, HoursRefusal> {
        if self.days.is_empty() {
            return Err(HoursRefusal::NoDays);
        }
        let stretch = |day: &DayOfWeek| Stretch { day: *day, from: self.from, to: self.to };
        // One stretch a day meets itself at most, unless it ends where it starts.
        Week::new(self.days.iter().map(stretch).collect()).map_err(|_| HoursRefusal::EmptyShift)
    }

    fn days_text(&self) -> String {
        self.days.iter().map(|day| i64::from(*day).to_string()).collect::<Vec<_>>().join(",")
    }
}

impl Shift {
    fn told(&self) -> Json {
        let ShiftHours { days, from, to } = &self.hours;
        json!({ "member_id": self.member, "team_id": self.team, "days": days, "from": from, "to": to })
    }
}

/// Every shift, by member and time.
///
/// # Errors
/// The database cannot answer.
pub async fn shifts(session: &mut Session) -> Result<Vec<Shift>, Error> {
    let mut query = all();
    query.push(part!("order by s.member_id, s.from_minute, s.id"), &[]);
    session.list(&query).await?.into_iter().map(read).collect()
}

/// Gives a member a shift.
///
/// # Errors
/// Nobody active of this id, a team they do not work in, no days, no time between its ends, or another shift of theirs
/// at that time.
pub async fn create_shift(
    tx: &mut Tx<TeamManage>,
    member: MemberId,
    team: Option<TeamId>,
    hours: ShiftHours,
) -> Result<Shift, Refusal> {
    // Held, so that two shifts given at once are compared with each other.
    match member::held(tx, member).await {
        Err(Refusal::Vault(Error::NotFound)) => return Err(HoursRefusal::UnknownMember.into()),
        outcome => outcome?,
    };
    let id: ShiftId = tx.ids().next();
    fits(tx, id, member, team, &hours).await?;
    let me = tx.viewer().member.ok_or(Error::NotFound)?;
    let insert = sql!(
        "insert into shifts (workspace_id, id, member_id, team_id, days, from_minute, to_minute, version, created_by,
            created_at)
         values ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9)"
    );
    let (days, from, to, now) = (hours.days_text(), hours.from.minutes(), hours.to.minutes(), tx.now());
    tx.run(insert, args![id, member, team, days, from, to, me, now]).await?;
    let made = shift(tx, id).await?;
    let event = Event::new("shift.created", Subject::new("shift", id));
    tx.record(event.payload(json!({ "member_id": member, "team_id": team })).details(&Json::Null, &made.told()));
    team::drain_all_of(tx, member).await?;
    Ok(made)
}

/// Changes a shift.
///
/// # Errors
/// No such shift, or as [`create_shift`].
pub async fn update_shift(tx: &mut Tx<TeamManage>, id: ShiftId, change: ShiftChange) -> Result<Shift, Refusal> {
    let before = held(tx, id).await?;
    let team = change.team.unwrap_or(before.team);
    let hours = ShiftHours {
        days: change.days.unwrap_or_else(|| before.hours.days.clone()),
        from: change.from.unwrap_or(before.hours.from),
        to: change.to.unwrap_or(before.hours.to),
    };
    if (team, &hours) == (before.team, &before.hours) {
        return Ok(before);
    }
    fits(tx, id, before.member, team, &hours).await?;
    let update = sql!(
        "update shifts set team_id = $3, days = $4, from_minute = $5, to_minute = $6, version = version + 1
         where workspace_id = $1 and id = $2"
    );
    tx.run(update, args![id, team, hours.days_text(), hours.from.minutes(), hours.to.minutes()]).await?;
    let after = shift(tx, id).await?;
    let payload = json!({ "member_id": before.member, "team_id": team });
    let event = Event::new("shift.updated", Subject::new("shift", id)).payload(payload);
    tx.record(event.details(&before.told(), &after.told()));
    team::drain_all_of(tx, before.member).await?;
    Ok(after)
}

/// Takes a shift away. Who has none left is on shift always.
///
/// # Errors
/// No such shift.
pub async fn delete_shift(tx: &mut Tx<TeamManage>, id: ShiftId) -> Result<(), Refusal> {
    let gone = held(tx, id).await?;
    tx.run(sql!("delete from shifts where workspace_id = $1 and id = $2"), args![id]).await?;
    let payload = json!({ "member_id": gone.member, "team_id": gone.team });
    let event = Event::new("shift.deleted", Subject::new("shift", id)).payload(payload);
    tx.record(event.details(&gone.told(), &Json::Null));
    team::drain_all_of(tx, gone.member).await?;
    Ok(())
}

/// Whether a shift may be so: a member's own shifts contradict each other where they overlap in a team.
async fn fits(
    session: &mut Session,
    id: ShiftId,
    member: MemberId,
    team: Option<TeamId>,
    hours: &ShiftHours,
) -> Result<(), Refusal> {
    let week = hours.week()?;
    if let Some(team) = team
        && !team::teams_of(session, member).await?.contains(&team)
    {
        return Err(HoursRefusal::NotInTeam.into());
    }
    let mut query = all();
    query.push(part!("and s.member_id = ? and s.id <> ?"), args![member, id]);
    for row in session.list(&query).await? {
        let other = read(row)?;
        let together = team.is_none() || other.team.is_none() || team == other.team;
        if together && other.hours.week()?.overlaps(&week) {
            return Err(HoursRefusal::ShiftOverlaps(other.id).into());
        }
    }
    Ok(())
}

/// One shift whose member is held: whoever changes another one of theirs waits.
async fn held(work: &mut Work, id: ShiftId) -> Result<Shift, Refusal> {
    let found = shift(work, id).await?;
    member::hold(work, found.member).await?;
    Ok(shift(work, id).await?)
}

async fn shift(session: &mut Session, id: ShiftId) -> Result<Shift, Error> {
    let mut query = all();
    query.push(part!("and s.id = ?"), args![id]);
    session.list(&query).await?.pop().map(read).ok_or(Error::NotFound)?
}

fn all() -> Composed {
    Composed::new(
        sql!(
            "select s.id, s.member_id, coalesce(m.display_name, a.name), s.team_id, s.days, s.from_minute, s.to_minute,
                s.version
             from shifts s
             join memberships m on m.workspace_id = s.workspace_id and m.id = s.member_id
             join accounts a on a.id = m.account_id
             where s.workspace_id = $1"
        ),
        &[],
    )
}

fn read(mut row: Row) -> Result<Shift, Error> {
    Ok(Shift {
        id: row.take(0)?,
        member: row.take(1)?,
        member_name: row.take(2)?,
        team: row.take(3)?,
        hours: hours(&row.take::<String>(4)?, row.take(5)?, row.take(6)?)?,
        version: row.take(7)?,
    })
}

fn hours(days: &str, from: i64, to: i64) -> Result<ShiftHours, Error> {
    let day = |day: &str| day.parse::<i64>().ok().and_then(|day| DayOfWeek::try_from(day).ok());
    let days: Option<BTreeSet<_>> = days.split(',').map(day).collect();
    match (days, TimeOfDay::from_minutes(from), TimeOfDay::from_minutes(to)) {
        (Some(days), Some(from), Some(to)) => Ok(ShiftHours { days, from, to }),
        _ => Err(Error::Corrupt("the hours of a shift".into())),
    }
}

/// The shifts of those who work in teams, by member.
pub(crate) struct Shifts(HashMap<MemberId, Vec<(Option<TeamId>, Week)>>);

impl Shifts {
    /// Whether a member is on a shift that counts for a team; `None` when they have no such shift.
    pub(crate) fn on(&self, member: MemberId, team: TeamId, hours: &BusinessHours, at: Timestamp) -> Option<bool> {
        let theirs = self.0.get(&member).map_or(&[][..], Vec::as_slice);
        let mut counting = theirs.iter().filter(|(of, _)| of.is_none_or(|of| of == team)).peekable();
        counting.peek()?;
        Some(counting.any(|(_, week)| week.holds(&hours.zone, at, |date| hours.is_holiday(date))))
    }

    /// Whether a member is on any of their shifts; `None` when they have none.
    pub(crate) fn any(&self, member: MemberId, hours: &BusinessHours, at: Timestamp) -> Option<bool> {
        let theirs = self.0.get(&member)?;
        Some(theirs.iter().any(|(_, week)| week.holds(&hours.zone, at, |date| hours.is_holiday(date))))
    }
}

/// The shifts that count for one team, or for any.
pub(crate) async fn all_of_teams(session: &mut Session, only: Option<TeamId>) -> Result<Shifts, Error> {
    let mut query = Composed::new(
        sql!(
            "select s.member_id, s.team_id, s.days, s.from_minute, s.to_minute from shifts s where s.workspace_id = $1"
        ),
        &[],
    );
    if let Some(team) = only {
        query.push(part!("and (s.team_id is null or s.team_id = ?)"), args![team]);
    }
    let mut shifts: HashMap<_, Vec<_>> = HashMap::new();
    for mut row in session.list(&query).await? {
        let hours = hours(&row.take::<String>(2)?, row.take(3)?, row.take(4)?)?;
        let week = hours.week().map_err(|refusal| Error::Corrupt(refusal.to_string()))?;
        shifts.entry(row.take(0)?).or_default().push((row.take(1)?, week));
    }
    Ok(Shifts(shifts))
}

/// Takes away the shifts that somebody had in a team they leave.
pub(crate) async fn end_in_team(work: &mut Work, team: TeamId, member: MemberId) -> Result<(), Error> {
    let sql = sql!("delete from shifts where workspace_id = $1 and team_id = $2 and member_id = $3");
    work.run(sql, args![team, member]).await.map(drop)
}

/// Takes away the shifts of somebody who has gone for good.
pub(crate) async fn end_all(work: &mut Work, member: MemberId) -> Result<(), Error> {
    work.run(sql!("delete from shifts where workspace_id = $1 and member_id = $2"), args![member]).await.map(drop)
}
