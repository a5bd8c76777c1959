//! Invitations: an address, a role and a seat, waiting for an answer. The link's token exists only in the mail.

use std::time::Duration;

use kernel::{Cursor, EmailAddress, InvitationId, Limit, MemberId, Page, Timestamp};
use serde_json::json;
use tenancy::{
    Composed, Error, Event, Job, MemberInvite, MemberInviteCollaborator, Permission, Right, Roles, Row, SeatType,
    Session, Subject, Token, Tx, args, part, sql,
};
use uuid::Uuid;

use crate::{Refusal, RoleRef, ceiling::GrantCeiling, mail_job::INVITATION, member::read_seat};

/// How long an invitation lives after its last sending (ruling 21).
const LIFETIME: Duration = Duration::from_secs(14 * 24 * 60 * 60);

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
    pub seat_type: SeatType,
    pub status: InvitationStatus,
    pub invited_by: MemberId,
    pub inviter_name: String,
    pub sent_at: Timestamp,
    pub expires_at: Timestamp,
}

/// The invitations that wait for an answer, newest first.
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
    let mut query = waiting();
    if let Some(cursor) = cursor {
        let (sent_at, id) = Cursor::parse(cursor, &list)?;
        query.push(part!("and (i.sent_at, i.id) < (?, ?)"), args![sent_at, id]);
    }
    query.push(part!("order by i.sent_at desc, i.id desc limit ?"), args![limit.get() + 1]);
    let (rows, now) = (session.list(&query).await?, session.now());
    let invitations = rows.into_iter().map(|row| read(row, &roles, now)).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(invitations, limit, |invitation| (invitation.sent_at.millis(), invitation.id.into()), &list))
}

/// The seat a waiting invitation gives; it decides which right resending and revoking take.
///
/// # Errors
/// [`Error::NotFound`] when no such invitation waits.
pub async fn invitation_seat(session: &mut Session, id: InvitationId) -> Result<SeatType, Refusal> {
    Ok(waiting_invitation(session, id).await?.seat_type)
}

/// Invites an address and has the link mailed.
///
/// # Errors
/// The role is unknown or reaches further than the inviter's (INV-13), or the address is invited or a member already.
pub async fn invite<P: Inviting>(tx: &mut Tx<P>, email: &EmailAddress, role_key: &str) -> Result<Invitation, Refusal> {
    let inviter = within_ceiling(tx, role_key, P::SEAT).await?;
    if is_member(tx, email).await? {
        return Err(Refusal::AlreadyMember);
    }
    let (id, now): (InvitationId, _) = (tx.ids().next(), tx.now());
    let forget = sql!(
        "update invitations set status = 'expired'
         where workspace_id = $1 and email = $2 and status = 'pending' and expires_at <= $3"
    );
    tx.run(forget, args![email, now]).await?;
    let insert = sql!(
        "insert into invitations (workspace_id, id, email, role_key, seat_type, token_hash, status, invited_by,
            created_at, sent_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, 'pending', $7, $8, $9, $10)
         on conflict do nothing"
    );
    let values = args![id, email, role_key, P::SEAT.name(), no_link(), inviter, now, now, now.plus(LIFETIME)];
    if tx.run(insert, values).await? == 0 {
        return Err(Refusal::AlreadyInvited);
    }
    let event = Event::new("invitation.created", Subject::new("invitation", id));
    tx.record(event.payload(json!({ "role": role_key, "seat_type": P::SEAT.name() })));
    send(tx, id);
    waiting_invitation(tx, id).await
}

/// Sends an invitation again, for another full lifetime. The earlier link is dead at once, and whoever sends it now
/// answers for it.
///
/// # Errors
/// No such invitation of this kind of seat waits, or its role reaches further than the sender's.
pub async fn resend_invitation<P: Inviting>(tx: &mut Tx<P>, id: InvitationId) -> Result<Invitation, Refusal> {
    let invitation = of_seat::<P>(tx, id).await?;
    let sender = within_ceiling(tx, &invitation.role.key, P::SEAT).await?;
    let sql = sql!(
        "update invitations set token_hash = $3, invited_by = $4, sent_at = $5, expires_at = $6
         where workspace_id = $1 and id = $2 and status = 'pending'"
    );
    let now = tx.now();
    tx.run(sql, args![id, no_link(), sender, now, now.plus(LIFETIME)]).await?;
    tx.record(Event::new("invitation.resent", Subject::new("invitation", id)));
    send(tx, id);
    waiting_invitation(tx, id).await
}

/// Withdraws an invitation; its link is dead at once.
///
/// # Errors
/// No such invitation of this kind of seat waits.
pub async fn revoke_invitation<P: Inviting>(tx: &mut Tx<P>, id: InvitationId) -> Result<(), Refusal> {
    of_seat::<P>(tx, id).await?;
    let sql =
        sql!("update invitations set status = 'revoked' where workspace_id = $1 and id = $2 and status = 'pending'");
    if tx.run(sql, args![id]).await? == 0 {
        return Err(Error::NotFound.into());
    }
    tx.record(Event::new("invitation.revoked", Subject::new("invitation", id)));
    Ok(())
}

/// Who invites, if the role is within what they could hand out.
async fn within_ceiling(session: &mut Session, role_key: &str, seat: SeatType) -> Result<MemberId, Refusal> {
    let ceiling = GrantCeiling::of_actor(session).await?;
    let roles = session.roles().await?;
    let role = roles.get(role_key).filter(|role| role.assignable);
    let role = role.ok_or_else(|| Refusal::UnknownRole(role_key.to_owned()))?;
    if ceiling.covers(role, seat) { Ok(ceiling.giver().member.id) } else { Err(Refusal::AboveCeiling) }
}

async fn is_member(session: &mut Session, email: &EmailAddress) -> Result<bool, Refusal> {
    let sql = sql!(
        "select m.id from memberships m join accounts a on a.id = m.account_id
         where m.workspace_id = $1 and a.email = $2
            and m.status in ('active', 'deactivated', 'suspended_over_limit')"
    );
    Ok(session.first(sql, args![email]).await?.is_some())
}

/// The hash of a token that nobody has: the mail's own token takes its place when the mail is written.
fn no_link() -> [u8; 32] {
    Token::random("gi").hash()
}

fn send<P: Inviting>(tx: &mut Tx<P>, id: InvitationId) {
    let key = tx.ids().next::<Uuid>().to_string();
    tx.enqueue(Job::new(INVITATION, key, json!({ "invitation_id": id })));
}

async fn of_seat<P: Inviting>(session: &mut Session, id: InvitationId) -> Result<Invitation, Refusal> {
    let invitation = waiting_invitation(session, id).await?;
    if invitation.seat_type == P::SEAT { Ok(invitation) } else { Err(Error::NotFound.into()) }
}

/// One invitation that waits for an answer.
pub(crate) async fn waiting_invitation(session: &mut Session, id: InvitationId) -> Result<Invitation, Refusal> {
    let roles = session.roles().await?;
    let mut query = waiting();
    query.push(part!("and i.id = ?"), args![id]);
    let row = session.list(&query).await?.into_iter().next().ok_or(Error::NotFound)?;
    Ok(read(row, &roles, session.now())?)
}

fn waiting() -> Composed {
    Composed::new(
        sql!(
            "select i.id, i.email, i.role_key, i.seat_type, i.invited_by, a.name, i.sent_at, i.expires_at
             from invitations i
             join memberships m on m.workspace_id = i.workspace_id and m.id = i.invited_by
             join accounts a on a.id = m.account_id
             where i.workspace_id = $1 and i.status = 'pending'"
        ),
        &[],
    )
}

fn read(mut row: Row, roles: &Roles, now: Timestamp) -> Result<Invitation, Error> {
    let expires_at = row.take(7)?;
    Ok(Invitation {
        id: row.take(0)?,
        email: row.take(1)?,
        role: RoleRef::of(roles, row.take(2)?),
        seat_type: read_seat(&row.take::<String>(3)?)?,
        status: if expires_at > now { InvitationStatus::Pending } else { InvitationStatus::Expired },
        invited_by: row.take(4)?,
        inviter_name: row.take(5)?,
        sent_at: row.take(6)?,
        expires_at,
    })
}
