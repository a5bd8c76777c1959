//! Who sits in which team, and what decides whether they are given work.

use std::collections::HashMap;

use kernel::{MemberId, PermissionSetId, TeamId, Timestamp};
use tenancy::{Composed, Error, Permission, Reach, Row, SeatType, Session, args, part, sql};

use super::Team;
use crate::{
    Availability, Calendar, MemberStatus,
    member::{Class, Rights, read_seat},
};

/// A member's seat in a team.
#[derive(Debug, Clone)]
pub struct TeamMember {
    pub id: MemberId,
    pub name: String,
    /// Their place in the ring, from 0.
    pub position: i64,
    /// As it is stored: what orders the ring.
    place: i64,
    /// How much they take at once in this team; `None` is the team's.
    pub capacity: Option<i64>,
    pub last_assigned_at: Option<Timestamp>,
    pub active: bool,
    pub full_seat: bool,
    /// Whether their role lets conversations be assigned to them.
    pub be_assigned: bool,
    /// As they said last.
    pub available: bool,
    /// Whether it is the time for it, as the team goes by shifts or hours.
    pub on_shift: bool,
}

impl TeamMember {
    pub(super) const fn place(&self) -> i64 {
        self.place
    }
}

/// Fills in the members of teams; `only` is the one team that there is.
pub(super) async fn seat(session: &mut Session, teams: &mut [Team], only: Option<TeamId>) -> Result<(), Error> {
    let mut query = Composed::new(
        sql!(
            "select t.team_id, t.member_id, coalesce(m.display_name, a.name), t.position, t.capacity,
                t.last_assigned_at, m.status, m.seat_type, m.role_key, o.membership_id, v.status, v.until,
                v.cause
             from team_members t
             join memberships m on m.workspace_id = t.workspace_id and m.id = t.member_id
             join accounts a on a.id = m.account_id
             left join workspace_owners o on o.workspace_id = t.workspace_id and o.membership_id = t.member_id
             left join availability v on v.workspace_id = t.workspace_id and v.member_id = t.member_id
             where t.workspace_id = $1"
        ),
        &[],
    );
    if let Some(team) = only {
        query.push(part!("and t.team_id = ?"), args![team]);
    }
    query.push(part!("order by t.team_id, t.position, t.member_id"), &[]);
    let rows = session.list(&query).await?;
    if rows.is_empty() {
        return Ok(());
    }
    let calendar = Calendar::of(session, only).await?;
    let mut sets = sets(session).await?;
    let mut rights = Rights::default();
    let now = session.now();
    for mut row in rows {
        let team: TeamId = row.take(0)?;
        let Some(team) = teams.iter_mut().find(|one| one.id == team) else { continue };
        let mut member = read(&mut row, now)?;
        let sets = match only {
            Some(_) => sets.remove(&member.id).unwrap_or_default(),
            None => sets.get(&member.id).cloned().unwrap_or_default(),
        };
        let is_owner = row.take::<Option<MemberId>>(9)?.is_some();
        let class = Class { role_key: row.take(8)?, seat_type: read_seat(&row.take::<String>(7)?)?, is_owner, sets };
        member.full_seat = class.seat_type == SeatType::Full;
        let access = rights.of(session, member.id, class).await?;
        member.be_assigned = access.reach(Permission::ConversationBeAssigned) != Reach::None;
        member.on_shift = calendar.takes_work(team.id, team.hours, member.id, now);
        member.position = team.members.len() as i64;
        team.members.push(member);
    }
    Ok(())
}

fn read(row: &mut Row, now: Timestamp) -> Result<TeamMember, Error> {
    Ok(TeamMember {
        id: row.take(1)?,
        name: row.take(2)?,
        position: 0,
        place: row.take(3)?,
        capacity: row.take(4)?,
        last_assigned_at: row.take(5)?,
        active: MemberStatus::read(&row.take::<String>(6)?)?.is_active(),
        full_seat: false,
        be_assigned: false,
        available: Availability::read(row, 10, now)?.is_available(),
        on_shift: false,
    })
}

/// The permission sets of everybody who sits in a team, in their order.
async fn sets(session: &mut Session) -> Result<HashMap<MemberId, Vec<PermissionSetId>>, Error> {
    let sql = sql!(
        "select h.membership_id, h.set_id from membership_permission_sets h
         where h.workspace_id = $1
            and exists (select 1 from team_members t where t.workspace_id = $1 and t.member_id = h.membership_id)
         order by h.set_id"
    );
    let mut sets: HashMap<_, Vec<_>> = HashMap::new();
    for mut row in session.all(sql, &[]).await? {
        sets.entry(row.take(0)?).or_default().push(row.take(1)?);
    }
    Ok(sets)
}
