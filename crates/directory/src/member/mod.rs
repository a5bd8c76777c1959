//! Who belongs to a workspace, and who did.

mod class;
mod creation;
mod credentials;
mod edit;
mod exit;
mod over_limit;
mod review;
mod rights;
mod welcome;

use std::collections::HashMap;

use kernel::{AccountId, Cursor, EmailAddress, Limit, MemberId, Page, PermissionSetId, Timestamp};
use serde::Serialize;
use tenancy::{Ability, Composed, Error, Permission, Roles, Row, SeatType, Session, Work, args, part, sql};
use utoipa::ToSchema;

pub(crate) use class::{Class, Rights};
pub use creation::{CreatedMember, FirstPassword, NewMember, create_member};
pub use credentials::{end_member_sessions, send_password_reset};
pub use edit::{END_JOB, MemberChange, edit_member};
pub use exit::{
    ExitReceipt, ExitWay, Moved, deactivate_member, end_membership, exit_receipts, leave, reactivate_member,
    remove_member,
};
pub use over_limit::settle_seats;
pub use review::{AdminShare, Reviewed, access_review, admin_share, keep_member};
pub(crate) use rights::follow;
pub use rights::{MOST_SETS, change_role, set_permission_sets};
pub(crate) use welcome::write_welcome;

use crate::{Availability, Refusal, RoleRef, rank::Bar};

/// Where a membership stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MemberStatus {
    Active,
    Deactivated,
    SuspendedOverLimit,
    Left,
    Removed,
}

impl MemberStatus {
    pub const ALL: [Self; 5] = [Self::Active, Self::Deactivated, Self::SuspendedOverLimit, Self::Left, Self::Removed];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Deactivated => "deactivated",
            Self::SuspendedOverLimit => "suspended_over_limit",
            Self::Left => "left",
            Self::Removed => "removed",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    pub(crate) fn read(name: &str) -> Result<Self, Error> {
        Self::parse(name).ok_or_else(|| Error::Corrupt(format!("member status {name:?}")))
    }

    pub const fn is_active(self) -> bool {
        matches!(self, Self::Active)
    }

    /// For good: whoever comes back comes as a new membership.
    pub const fn is_ended(self) -> bool {
        matches!(self, Self::Left | Self::Removed)
    }

    /// Gone, for good or until they are let in again: history marks its author as a former member (INV-10).
    pub const fn is_former(self) -> bool {
        matches!(self, Self::Deactivated | Self::Left | Self::Removed)
    }
}

#[derive(Debug, Clone)]
pub struct Member {
    pub id: MemberId,
    pub account: AccountId,
    /// The name for this workspace, or the account's.
    pub name: String,
    pub display_name: Option<String>,
    pub email: String,
    pub role: RoleRef,
    /// The role's; of a role that is no more, the lowest.
    pub rank: i64,
    pub seat_type: SeatType,
    pub status: MemberStatus,
    pub joined_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    pub last_active_at: Option<Timestamp>,
    pub is_owner: bool,
    /// When the membership ends by itself.
    pub ends_on: Option<Timestamp>,
    pub reviewed_at: Option<Timestamp>,
    pub permission_sets: Vec<PermissionSetRef>,
    /// As they said last.
    pub availability: Availability,
    /// Whether conversations can be given to them at all, away or not.
    pub can_be_assigned: Ability,
}

impl Member {
    fn class(&self) -> Class {
        let sets = self.permission_sets.iter().map(|set| set.id).collect();
        Class { role_key: self.role.key.clone(), seat_type: self.seat_type, is_owner: self.is_owner, sets }
    }
}

/// A permission set as it stands beside a member.
#[derive(Debug, Clone)]
pub struct PermissionSetRef {
    pub id: PermissionSetId,
    pub label: String,
}

/// Memberships of these statuses, oldest first.
///
/// # Errors
/// The cursor is not of this list, or the database cannot answer.
pub async fn members(
    session: &mut Session,
    statuses: &[MemberStatus],
    limit: Limit,
    cursor: Option<&str>,
) -> Result<Page<Member>, Refusal> {
    let list = format!("members/{}", session.workspace());
    let mut query = memberships();
    query.push(part!("and (1 = 0"), &[]);
    for status in statuses {
        query.push(part!("or m.status = ?"), args![status.name()]);
    }
    query.push(part!(")"), &[]);
    if let Some(cursor) = cursor {
        let (joined_at, id) = Cursor::parse(cursor, &list)?;
        query.push(part!("and (m.joined_at, m.id) > (?, ?)"), args![joined_at, id]);
    }
    query.push(part!("order by m.joined_at, m.id limit ?"), args![limit.get() + 1]);
    let members = found(session, &query).await?;
    Ok(Page::cut(members, limit, |member| (member.joined_at.millis(), member.id.into()), &list))
}

/// One member, also one who has gone.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn member(session: &mut Session, id: MemberId) -> Result<Member, Refusal> {
    let mut query = memberships();
    query.push(part!("and m.id = ?"), args![id]);
    Ok(found(session, &query).await?.pop().ok_or(Error::NotFound)?)
}

/// The newest membership of an address here.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn member_by_email(session: &mut Session, email: &EmailAddress) -> Result<MemberId, Error> {
    let sql = sql!(
        "select m.id from memberships m join accounts a on a.id = m.account_id
         where m.workspace_id = $1 and a.email = $2 order by m.joined_at desc, m.id desc limit 1"
    );
    session.first(sql, args![email.as_str()]).await?.ok_or(Error::NotFound)?.take(0)
}

/// One member whose membership has not ended.
pub(crate) async fn living(session: &mut Session, id: MemberId) -> Result<Member, Refusal> {
    let member = member(session, id).await?;
    if member.status.is_ended() { Err(Error::NotFound.into()) } else { Ok(member) }
}

/// Holds a membership until the transaction ends: nobody else changes it, and nobody gives its member anything.
pub(crate) async fn hold(work: &mut Work, id: MemberId) -> Result<(), Error> {
    let sql = sql!("update memberships set status = status where workspace_id = $1 and id = $2 returning id");
    work.first(sql, args![id]).await?.map(drop).ok_or(Error::NotFound)
}

/// One member whose membership has not ended, held.
pub(crate) async fn held(work: &mut Work, id: MemberId) -> Result<Member, Refusal> {
    hold(work, id).await?;
    living(work, id).await
}

/// A statement over memberships, still to be narrowed.
pub(crate) fn memberships() -> Composed {
    Composed::new(
        sql!(
            "select m.id, m.account_id, a.name, m.display_name, a.email, m.role_key, m.seat_type, m.status,
                m.joined_at, m.ended_at, m.last_active_at, o.membership_id, m.ends_at, m.reviewed_at, v.status, v.until,
                v.cause
             from memberships m
             join accounts a on a.id = m.account_id
             left join workspace_owners o on o.workspace_id = m.workspace_id and o.membership_id = m.id
             left join availability v on v.workspace_id = m.workspace_id and v.member_id = m.id
             where m.workspace_id = $1"
        ),
        &[],
    )
}

/// The members that a statement finds, with their roles' labels, their permission sets and what these come to.
pub(crate) async fn found(session: &mut Session, query: &Composed) -> Result<Vec<Member>, Refusal> {
    let (roles, now) = (session.roles().await?, session.now());
    let rows = session.list(query).await?.into_iter();
    let mut members = rows.map(|row| read(row, &roles, now)).collect::<Result<Vec<_>, _>>()?;
    let mut sets = permission_sets(session, &members).await?;
    let mut rights = Rights::default();
    for member in &mut members {
        member.permission_sets = sets.remove(&member.id).unwrap_or_default();
        if member.status.is_active() {
            let access = rights.of(session, member.id, member.class()).await?;
            member.can_be_assigned = access.ability(Permission::ConversationBeAssigned);
        }
    }
    Ok(members)
}

async fn permission_sets(
    session: &mut Session,
    members: &[Member],
) -> Result<HashMap<MemberId, Vec<PermissionSetRef>>, Error> {
    let mut query = Composed::new(
        sql!(
            "select h.membership_id, s.id, s.label from membership_permission_sets h
             join permission_sets s on s.workspace_id = h.workspace_id and s.id = h.set_id
             where h.workspace_id = $1 and (1 = 0"
        ),
        &[],
    );
    for member in members {
        query.push(part!("or h.membership_id = ?"), args![member.id]);
    }
    query.push(part!(") order by s.label, s.id"), &[]);
    let mut sets: HashMap<MemberId, Vec<PermissionSetRef>> = HashMap::new();
    for mut row in session.list(&query).await? {
        let (member, set) = (row.take(0)?, PermissionSetRef { id: row.take(1)?, label: row.take(2)? });
        sets.entry(member).or_default().push(set);
    }
    Ok(sets)
}

fn read(mut row: Row, roles: &Roles, now: Timestamp) -> Result<Member, Error> {
    let (name, display_name): (String, Option<String>) = (row.take(2)?, row.take(3)?);
    let role_key: String = row.take(5)?;
    Ok(Member {
        id: row.take(0)?,
        account: row.take(1)?,
        name: display_name.clone().unwrap_or(name),
        display_name,
        email: row.take(4)?,
        rank: roles.get(&role_key).map_or(i64::MIN, |role| role.rank),
        role: RoleRef::of(roles, role_key),
        seat_type: read_seat(&row.take::<String>(6)?)?,
        status: MemberStatus::read(&row.take::<String>(7)?)?,
        joined_at: row.take(8)?,
        ended_at: row.take(9)?,
        last_active_at: row.take(10)?,
        is_owner: row.take::<Option<MemberId>>(11)?.is_some(),
        ends_on: row.take(12)?,
        reviewed_at: row.take(13)?,
        permission_sets: Vec::new(),
        availability: Availability::read(&mut row, 14, now)?,
        can_be_assigned: Ability::Barred(Bar::Inactive.name()),
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
pub async fn member_name(session: &mut Session, id: MemberId) -> Result<Option<String>, Error> {
    let text = sql!(
        "select coalesce(m.display_name, a.name) from memberships m join accounts a on a.id = m.account_id
         where m.workspace_id = $1 and m.id = $2"
    );
    session.first(text, args![id]).await?.map(|mut row| row.take(0)).transpose()
}
