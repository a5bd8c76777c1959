//! The access review: who may enter, when they last did, and a colleague's word that they still should (OWN-17).

use std::collections::HashMap;

use kernel::{Cursor, DAY_MILLIS, Limit, MemberId, Page, Timestamp};
use tenancy::{Error, Event, MemberRemove, MemberStanding, Permission, Reach, Session, Subject, Tx, args, part, sql};

use crate::{
    Member, Refusal,
    member::{found, living, member, memberships},
    rank::Authority,
};

/// In a smaller team everybody may well do everything.
const SMALLEST_TEAM: usize = 4;

/// A member as the review shows them.
#[derive(Debug, Clone)]
pub struct Reviewed {
    pub member: Member,
    /// Whole days since they were last here, or since they joined.
    pub days_idle: i64,
    /// Living sessions of the account on devices that it shares with others.
    pub shared_sessions: i64,
}

/// How many of a workspace's members may do what comes close to owning it (SEC-007).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdminShare {
    pub admins: usize,
    pub members: usize,
}

impl AdminShare {
    /// More than half of a team of four or more: not everybody needs that much.
    pub const fn is_high(self) -> bool {
        self.members >= SMALLEST_TEAM && self.admins * 2 > self.members
    }
}

/// Everybody who may enter, longest away first.
///
/// # Errors
/// The cursor is not of this list, or the database cannot answer.
pub async fn access_review(
    session: &mut Session,
    limit: Limit,
    cursor: Option<&str>,
) -> Result<Page<Reviewed>, Refusal> {
    let list = format!("access_review/{}", session.workspace());
    let mut query = memberships();
    query.push(part!("and m.status = 'active'"), &[]);
    if let Some(cursor) = cursor {
        let (since, id) = Cursor::parse(cursor, &list)?;
        query.push(part!("and (coalesce(m.last_active_at, m.joined_at), m.id) > (?, ?)"), args![since, id]);
    }
    query.push(part!("order by coalesce(m.last_active_at, m.joined_at), m.id limit ?"), args![limit.get() + 1]);
    let members = found(session, &query).await?;
    let (shared, now) = (shared_sessions(session).await?, session.now());
    let reviewed = members.into_iter().map(|member| Reviewed {
        days_idle: (now.millis() - idle_since(&member).millis()).max(0) / DAY_MILLIS,
        shared_sessions: shared.get(&member.id).copied().unwrap_or(0),
        member,
    });
    Ok(Page::cut(reviewed.collect(), limit, |one| (idle_since(&one.member).millis(), one.member.id.into()), &list))
}

fn idle_since(member: &Member) -> Timestamp {
    member.last_active_at.unwrap_or(member.joined_at)
}

/// Of each member who has any: living sessions on shared devices.
async fn shared_sessions(session: &mut Session) -> Result<HashMap<MemberId, i64>, Error> {
    let sql = sql!(
        "select m.id, count(*) from memberships m join sessions s on s.account_id = m.account_id
         where m.workspace_id = $1 and m.status = 'active' and s.shared_device = 1 and s.ended_at is null
            and s.expires_at > $2
         group by m.id"
    );
    let now = session.now();
    let rows = session.all(sql, args![now]).await?.into_iter();
    rows.map(|mut row| Ok((row.take(0)?, row.take(1)?))).collect()
}

/// How many active members hold a permission that comes close to owning the workspace.
///
/// # Errors
/// The database cannot answer.
pub async fn admin_share(session: &mut Session) -> Result<AdminShare, Refusal> {
    let everybody = session.standings().await?;
    let active: Vec<_> = everybody.iter().filter(|standing| standing.is_active()).collect();
    let is_admin = |standing: &&&MemberStanding| {
        let holds = |permission: &Permission| standing.access().reach(*permission) == Reach::Any;
        Permission::ALL.iter().filter(|permission| permission.is_owner_equivalent()).any(holds)
    };
    Ok(AdminShare { admins: active.iter().filter(is_admin).count(), members: active.len() })
}

/// Says that a member still should be here.
///
/// # Errors
/// No such member, or the database cannot answer.
pub async fn keep_member(tx: &mut Tx<MemberRemove>, id: MemberId) -> Result<Member, Refusal> {
    let reviewer = Authority::of(tx).await?.id();
    living(tx, id).await?;
    let sql = sql!("update memberships set reviewed_at = $3, reviewed_by = $4 where workspace_id = $1 and id = $2");
    let now = tx.now();
    tx.run(sql, args![id, now, reviewer]).await?;
    tx.record(Event::new("member.reviewed", Subject::new("member", id)));
    member(tx, id).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sec_007_a_team_with_more_admins_than_others_is_told() {
        let high = |admins, members| AdminShare { admins, members }.is_high();
        assert!(!high(3, 3), "a small team");
        assert!(!high(2, 4));
        assert!(high(3, 4));
        assert!(!high(10, 20));
    }
}
