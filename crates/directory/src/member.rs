//! Who belongs to a workspace.

use kernel::{AccountId, Cursor, Limit, MemberId, Page, Timestamp};
use tenancy::{Composed, Error, Row, SeatType, Session, args, part, sql};

use crate::{Refusal, RoleRef};

/// Where a membership stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberStatus {
    Active,
    Deactivated,
    SuspendedOverLimit,
}

impl MemberStatus {
    const ALL: [Self; 3] = [Self::Active, Self::Deactivated, Self::SuspendedOverLimit];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Deactivated => "deactivated",
            Self::SuspendedOverLimit => "suspended_over_limit",
        }
    }

    fn read(name: &str) -> Result<Self, Error> {
        let status = Self::ALL.into_iter().find(|status| status.name() == name);
        status.ok_or_else(|| Error::Corrupt(format!("member status {name:?}")))
    }
}

#[derive(Debug, Clone)]
pub struct Member {
    pub id: MemberId,
    pub account: AccountId,
    pub name: String,
    pub email: String,
    pub role: RoleRef,
    pub seat_type: SeatType,
    pub status: MemberStatus,
    pub joined_at: Timestamp,
    pub last_active_at: Option<Timestamp>,
    pub is_owner: bool,
}

/// The memberships that have not ended, oldest first.
///
/// # Errors
/// The cursor is not of this list, or the database cannot answer.
pub async fn members(session: &mut Session, limit: Limit, cursor: Option<&str>) -> Result<Page<Member>, Refusal> {
    let roles = session.roles().await?;
    let list = format!("members/{}", session.workspace());
    let mut query = Composed::new(
        sql!(
            "select m.id, m.account_id, a.name, a.email, m.role_key, m.seat_type, m.status, m.joined_at,
                m.last_active_at, o.membership_id
             from memberships m
             join accounts a on a.id = m.account_id
             left join workspace_owners o on o.workspace_id = m.workspace_id and o.membership_id = m.id
             where m.workspace_id = $1 and m.status in ('active', 'deactivated', 'suspended_over_limit')"
        ),
        &[],
    );
    if let Some(cursor) = cursor {
        let (joined_at, id) = Cursor::parse(cursor, &list)?;
        query.push(part!("and (m.joined_at, m.id) > (?, ?)"), args![joined_at, id]);
    }
    query.push(part!("order by m.joined_at, m.id limit ?"), args![limit.get() + 1]);
    let rows = session.list(&query).await?;
    let members = rows.into_iter().map(|row| read(row, &roles)).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(members, limit, |member| (member.joined_at.millis(), member.id.into()), &list))
}

fn read(mut row: Row, roles: &tenancy::Roles) -> Result<Member, Error> {
    Ok(Member {
        id: row.take(0)?,
        account: row.take(1)?,
        name: row.take(2)?,
        email: row.take(3)?,
        role: RoleRef::of(roles, row.take(4)?),
        seat_type: read_seat(&row.take::<String>(5)?)?,
        status: MemberStatus::read(&row.take::<String>(6)?)?,
        joined_at: row.take(7)?,
        last_active_at: row.take(8)?,
        is_owner: row.take::<Option<MemberId>>(9)?.is_some(),
    })
}

pub(crate) fn read_seat(name: &str) -> Result<SeatType, Error> {
    SeatType::parse(name).ok_or_else(|| Error::Corrupt(format!("seat type {name:?}")))
}

/// Whether anybody beside the owner belongs here or is invited to.
///
/// # Errors
/// The database cannot answer.
pub async fn has_colleagues(session: &mut Session) -> Result<bool, Error> {
    let sql = sql!(
        "select 1 from workspaces w
         where w.workspace_id = $1 and (
            exists (select 1 from memberships m
                left join workspace_owners o on o.workspace_id = m.workspace_id and o.membership_id = m.id
                where m.workspace_id = w.workspace_id and m.status = 'active' and o.membership_id is null)
            or exists (select 1 from invitations i where i.workspace_id = w.workspace_id and i.status = 'pending'))"
    );
    Ok(session.first(sql, &[]).await?.is_some())
}

/// The name of a member of any status: history keeps naming who has left (INV-10).
///
/// # Errors
/// The database cannot answer.
pub async fn member_name(session: &mut Session, id: kernel::MemberId) -> Result<Option<String>, Error> {
    let text = sql!(
        "select a.name from memberships m join accounts a on a.id = m.account_id
         where m.workspace_id = $1 and m.id = $2"
    );
    session.first(text, args![id]).await?.map(|mut row| row.take(0)).transpose()
}
