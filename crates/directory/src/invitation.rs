//! Invitations: an address, a role and a seat, waiting for an answer.

use kernel::{Cursor, InvitationId, Limit, MemberId, Page, Timestamp, days};
use serde::Deserialize;
use tenancy::{
    Composed, Error, Event, MemberInvite, MemberInviteCollaborator, Permission, Reach, Right, Roles, Row, SeatType,
    Session, Subject, Tx, args, part, sql,
};

use crate::{MemberStatus, Refusal, RoleRef, member::read_seat, ownership::comes_with_ownership, seat};

/// How many days an invitation lives after its last sending: 1 to 30 (ruling 21).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "i64")]
pub struct Lifetime(i64);

impl Default for Lifetime {
    fn default() -> Self {
        Self(14)
    }
}

impl TryFrom<i64> for Lifetime {
    type Error = &'static str;
    fn try_from(days: i64) -> Result<Self, Self::Error> {
        if (1..=30).contains(&days) { Ok(Self(days)) } else { Err("is not a number of days from 1 to 30") }
    }
}

impl Lifetime {
    pub(crate) const fn days(self) -> i64 {
        self.0
    }

    pub(crate) fn after(self, sent_at: Timestamp) -> Timestamp {
        sent_at.plus(days(u32::try_from(self.0).unwrap_or_default()))
    }
}

/// A right to invite: one for each kind of seat.
pub trait Inviting: Right {
    const SEAT: SeatType;
}
impl Inviting for MemberInvite {
    const SEAT: SeatType = SeatType::Full;
}
impl Inviting for MemberInviteCollaborator {
    const SEAT: SeatType = SeatType::Collaborator;
}

/// The permission that giving such a seat takes.
pub(crate) const fn inviting_permission(seat: SeatType) -> Permission {
    match seat {
        SeatType::Full => Permission::MemberInvite,
        SeatType::Collaborator => Permission::MemberInviteCollaborator,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitationStatus {
    Pending,
    /// Not answered in time; sending it again revives it.
    Expired,
}

#[derive(Debug, Clone)]
pub struct Invitation {
    pub id: InvitationId,
    pub email: String,
    pub role: RoleRef,
    /// Accepting it makes one the owner.
    pub as_owner: bool,
    pub seat_type: SeatType,
    pub status: InvitationStatus,
    pub invited_by: MemberId,
    pub inviter_name: String,
    pub inviter_former: bool,
    pub sent_at: Timestamp,
    pub expires_at: Timestamp,
    pub lifetime: Lifetime,
}

/// The invitations that wait for an answer and that one could send, newest first.
///
/// # Errors
/// The cursor is not of this list, or the database cannot answer.
pub async fn invitations(
    session: &mut Session,
    limit: Limit,
    cursor: Option<&str>,
) -> Result<Page<Invitation>, Refusal> {
    let roles = session.roles().await?;
    let list = format!("invitations/{}", session.workspace());
    let mut query = visible(session);
    if let Some(cursor) = cursor {
        let (sent_at, id) = Cursor::parse(cursor, &list)?;
        query.push(part!("and (i.sent_at, i.id) < (?, ?)"), args![sent_at, id]);
    }
    query.push(part!("order by i.sent_at desc, i.id desc limit ?"), args![limit.get() + 1]);
    let (rows, now) = (session.list(&query).await?, session.now());
    let invitations = rows.into_iter().map(|row| read(row, &roles, now)).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(invitations, limit, |invitation| (invitation.sent_at.millis(), invitation.id.into()), &list))
}

/// One invitation that waits for an answer and that one could send; its seat and role decide which right the rest takes.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn invitation(session: &mut Session, id: InvitationId) -> Result<Invitation, Refusal> {
    let query = visible(session);
    one(session, query, id).await
}

/// Withdraws an invitation; its link is dead at once, its seat free.
///
/// # Errors
/// No such invitation of this kind of seat waits.
pub async fn revoke_invitation<P: Inviting>(tx: &mut Tx<P>, id: InvitationId) -> Result<(), Refusal> {
    of_seat::<P>(tx, id).await?;
    seat::free(tx, id, P::SEAT).await?;
    let sql =
        sql!("update invitations set status = 'revoked' where workspace_id = $1 and id = $2 and status = 'pending'");
    if tx.run(sql, args![id]).await? == 0 {
        return Err(Error::NotFound.into());
    }
    tx.record(Event::new("invitation.revoked", Subject::new("invitation", id)));
    Ok(())
}

pub(crate) async fn of_seat<P: Inviting>(session: &mut Session, id: InvitationId) -> Result<Invitation, Refusal> {
    let invitation = invitation(session, id).await?;
    if invitation.seat_type == P::SEAT { Ok(invitation) } else { Err(Error::NotFound.into()) }
}

/// One invitation that waits for an answer.
pub(crate) async fn waiting_invitation(session: &mut Session, id: InvitationId) -> Result<Invitation, Refusal> {
    one(session, waiting(), id).await
}

async fn one(session: &mut Session, mut query: Composed, id: InvitationId) -> Result<Invitation, Refusal> {
    let roles = session.roles().await?;
    query.push(part!("and i.id = ?"), args![id]);
    let row = session.list(&query).await?.into_iter().next().ok_or(Error::NotFound)?;
    Ok(read(row, &roles, session.now())?)
}

/// What one could send is what one sees.
fn visible(session: &Session) -> Composed {
    let seats = [SeatType::Full, SeatType::Collaborator].map(|seat| {
        let could_send = session.reach(inviting_permission(seat)) != Reach::None;
        if could_send { seat.name() } else { "" }
    });
    let mut query = waiting();
    query.push(part!("and i.seat_type in (?, ?)"), args![seats[0], seats[1]]);
    query
}

fn waiting() -> Composed {
    Composed::new(
        sql!(
            "select i.id, i.email, i.role_key, i.seat_type, i.invited_by, coalesce(m.display_name, a.name), i.sent_at,
                i.expires_at, i.lifetime_days, m.status
             from invitations i
             join memberships m on m.workspace_id = i.workspace_id and m.id = i.invited_by
             join accounts a on a.id = m.account_id
             where i.workspace_id = $1 and i.status = 'pending'"
        ),
        &[],
    )
}

fn read(mut row: Row, roles: &Roles, now: Timestamp) -> Result<Invitation, Error> {
    let (role_key, expires_at): (String, _) = (row.take(2)?, row.take(7)?);
    let as_owner = roles.get(&role_key).is_some_and(|role| comes_with_ownership(roles.pack(), role));
    Ok(Invitation {
        id: row.take(0)?,
        email: row.take(1)?,
        role: RoleRef::of(roles, role_key),
        as_owner,
        seat_type: read_seat(&row.take::<String>(3)?)?,
        status: if expires_at > now { InvitationStatus::Pending } else { InvitationStatus::Expired },
        invited_by: row.take(4)?,
        inviter_name: row.take(5)?,
        inviter_former: MemberStatus::read(&row.take::<String>(9)?)?.is_former(),
        sent_at: row.take(6)?,
        expires_at,
        lifetime: Lifetime(row.take(8)?),
    })
}
