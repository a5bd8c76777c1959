//! The ring of a team: who stands in it, in which order, and how much each takes.

use kernel::{MemberId, TeamId};
use serde_json::json;
use tenancy::{Error, Event, Session, Subject, TeamManage, Tx, Work, args, sql};

use super::{MOST_CAPACITY, Team, TeamMember, TeamRefusal, drain, roster, team, within};
use crate::{Refusal, member, shift};

/// What to change of somebody's seat; what is left out stays.
#[derive(Debug, Clone, Copy, Default)]
pub struct SeatChange {
    /// Their place in the ring, from 0; beyond the last is the last.
    pub position: Option<i64>,
    /// `Some(None)` is the team's.
    pub capacity: Option<Option<i64>>,
}

/// Gives a member a seat in a team, at the ring's end unless it says where, or changes the seat they have (ASG-014).
///
/// # Errors
/// No such team, nobody of this id whose membership has not ended, or a capacity that cannot be.
pub async fn put_team_member(
    tx: &mut Tx<TeamManage>,
    id: TeamId,
    member: MemberId,
    change: SeatChange,
) -> Result<Team, Refusal> {
    tx.rights_change().await?;
    within("capacity", change.capacity.flatten().unwrap_or(1), 1, MOST_CAPACITY)?;
    within("position", change.position.unwrap_or(0), 0, i64::MAX)?;
    let before = roster(tx, id).await?;
    member::living(tx, member).await?;
    let seat = before.members.iter().find(|seat| seat.id == member);
    let mut fields = Vec::new();
    let end = before.members.len() as i64;
    if seat.is_none() {
        join(tx, id, member).await?;
    }
    if let Some(capacity) = change.capacity.filter(|capacity| seat.and_then(|seat| seat.capacity) != *capacity) {
        let sql =
            sql!("update team_members set capacity = $4 where workspace_id = $1 and team_id = $2 and member_id = $3");
        tx.run(sql, args![id, member, capacity]).await?;
        fields.push("capacity");
    }
    if let Some(position) = change.position.filter(|position| seat.map_or(end, |seat| seat.position) != *position) {
        move_to(tx, &before, member, usize::try_from(position).unwrap_or(usize::MAX)).await?;
        fields.push("position");
    }
    if seat.is_some() && fields.is_empty() {
        return Ok(before);
    }
    let kind = if seat.is_some() { "team.member_updated" } else { "team.member_added" };
    let payload = json!({ "member_id": member, "fields": fields });
    tx.record(Event::new(kind, Subject::new("team", id)).payload(payload));
    drain(tx, Some(id));
    Ok(team(tx, id).await?)
}

/// Takes a member out of a team, with the shifts they had in it. What they hold stays with them.
///
/// # Errors
/// No such team, or the member has no seat in it.
pub async fn remove_team_member(tx: &mut Tx<TeamManage>, id: TeamId, member: MemberId) -> Result<Team, Refusal> {
    tx.rights_change().await?;
    let before = roster(tx, id).await?;
    if before.members.iter().all(|seat| seat.id != member) {
        return Err(Error::NotFound.into());
    }
    take_out(tx, id, member).await?;
    tx.record(Event::new("team.member_removed", Subject::new("team", id)).payload(json!({ "member_id": member })));
    Ok(team(tx, id).await?)
}

/// Remembers who was given a conversation through a team that is held: the round goes on after them, and who waited
/// longest comes first among equals (E5).
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn note_chosen(work: &mut Work, id: TeamId, member: MemberId) -> Result<(), Error> {
    let cursor = sql!("update teams set cursor_member = $3 where workspace_id = $1 and id = $2");
    let seat = sql!(
        "update team_members set last_assigned_at = $4 where workspace_id = $1 and team_id = $2 and member_id = $3"
    );
    let now = work.now();
    work.run(cursor, args![id, member]).await?;
    work.run(seat, args![id, member, now]).await.map(drop)
}

/// Holds the teams of a member before the member: whoever shares out work holds them in this order.
pub(crate) async fn hold_all_of(work: &mut Work, member: MemberId) -> Result<(), Error> {
    let sql = sql!(
        "update teams set version = version where workspace_id = $1
            and id in (select team_id from team_members where workspace_id = $1 and member_id = $2) returning id"
    );
    work.all(sql, args![member]).await.map(drop)
}

/// Takes somebody out of every team who has gone for good.
pub(crate) async fn leave_all(work: &mut Work, member: MemberId) -> Result<(), Error> {
    for id in teams_of(work, member).await? {
        roster(work, id).await?;
        take_out(work, id, member).await?;
        work.record(
            Event::new("team.member_removed", Subject::new("team", id)).payload(json!({ "member_id": member })),
        );
    }
    Ok(())
}

/// Gives a member a seat at the end of a ring that is held, unless they have one.
pub(super) async fn join(work: &mut Work, id: TeamId, member: MemberId) -> Result<(), Refusal> {
    match member::living(work, member).await {
        Err(Refusal::Vault(Error::NotFound)) => return Err(TeamRefusal::UnknownMember(member).into()),
        outcome => outcome?,
    };
    let sql = sql!(
        "insert into team_members (workspace_id, team_id, member_id, position, joined_at)
         select $1, $2, $3, coalesce(max(position), -1) + 1, $4 from team_members
         where workspace_id = $1 and team_id = $2
         on conflict (workspace_id, team_id, member_id) do nothing"
    );
    let now = work.now();
    work.run(sql, args![id, member, now]).await?;
    Ok(note_teams(work, member).await?)
}

/// Takes a member out of a ring that is held. A round that stood at them stands at who came before (E5).
pub(super) async fn take_out(work: &mut Work, id: TeamId, member: MemberId) -> Result<(), Error> {
    let cursor = sql!(
        "update teams set cursor_member = (
            select p.member_id from team_members p
            join team_members g on g.workspace_id = p.workspace_id and g.team_id = p.team_id and g.member_id = $3
            where p.workspace_id = $1 and p.team_id = $2 and p.member_id <> $3
            order by case when p.position < g.position then 0 else 1 end, p.position desc limit 1)
         where workspace_id = $1 and id = $2 and cursor_member = $3"
    );
    let seat = sql!("delete from team_members where workspace_id = $1 and team_id = $2 and member_id = $3");
    work.run(cursor, args![id, member]).await?;
    work.run(seat, args![id, member]).await?;
    shift::end_in_team(work, id, member).await?;
    note_teams(work, member).await
}

/// Moves one seat; the others keep their order.
async fn move_to(work: &mut Work, team: &Team, member: MemberId, position: usize) -> Result<(), Error> {
    let mut order: Vec<_> = team.members.iter().map(|seat| seat.id).filter(|id| *id != member).collect();
    order.insert(position.min(order.len()), member);
    let place = |id: MemberId| team.members.iter().find(|seat| seat.id == id).map(TeamMember::place);
    let sql = sql!("update team_members set position = $4 where workspace_id = $1 and team_id = $2 and member_id = $3");
    for (position, id) in (0..).zip(order) {
        if place(id) != Some(position) {
            work.run(sql, args![team.id, id, position]).await?;
        }
    }
    Ok(())
}

pub(crate) async fn teams_of(session: &mut Session, member: MemberId) -> Result<Vec<TeamId>, Error> {
    let sql = sql!("select team_id from team_members where workspace_id = $1 and member_id = $2 order by team_id");
    session.all(sql, args![member]).await?.into_iter().map(|mut row| row.take(0)).collect()
}

/// Keeps what a membership says of its teams in step.
async fn note_teams(work: &mut Work, member: MemberId) -> Result<(), Error> {
    let teams = teams_of(work, member).await?;
    work.set_teams(member, &teams).await
}
