//! Answering an invitation: looking at it consumes nothing, accepting it works once (INV-11).

use kernel::{AccountId, InvitationId, MemberId, Timestamp, WorkspaceId};
use serde_json::json;
use tenancy::{Error, Event, InvitationAccept, Reach, Row, SeatType, Session, Subject, Token, Tx, args, sql};

use crate::{
    Directory, Refusal, RoleRef, account, ceiling::GrantCeiling, invitation::inviting_permission, member::read_seat,
};

/// What the holder of a link sees before answering.
#[derive(Debug, Clone)]
pub struct InvitationPreview {
    pub workspace_name: String,
    pub email: String,
    pub role: RoleRef,
    pub inviter_name: String,
    /// Whether the address has an account, so that the answer begins with signing in.
    pub account_exists: bool,
}

/// An invitation found by its token, with what its inviter stands on today.
struct Found {
    id: InvitationId,
    email: String,
    role_key: String,
    seat_type: SeatType,
    inviter_name: String,
    inviter: MemberId,
    workspace_name: String,
}

/// Shows where a link leads. Nothing is consumed: mail scanners open links too.
///
/// # Errors
/// [`Refusal::InvitationGone`].
pub async fn preview_invitation(directory: &Directory, token: &str) -> Result<InvitationPreview, Refusal> {
    let behind = directory.instance.look_behind_invitation(token).await?;
    let mut session = behind.ok_or(Refusal::InvitationGone)?;
    let found = find(&mut session, token).await?;
    let role = RoleRef::of(&session.roles().await?, found.role_key);
    // Readers are few: nobody holds two.
    drop(session);
    let account = account::by_email(&mut directory.instance.read().await?, &found.email).await?;
    Ok(InvitationPreview {
        workspace_name: found.workspace_name,
        email: found.email,
        role,
        inviter_name: found.inviter_name,
        account_exists: account.is_some(),
    })
}

/// Which workspace a link leads into, also when it is good no longer.
///
/// # Errors
/// [`Refusal::InvitationGone`].
pub async fn invited_to(directory: &Directory, token: &str) -> Result<WorkspaceId, Refusal> {
    directory.instance.workspace_of_invitation(token).await?.ok_or(Refusal::InvitationGone)
}

/// Turns the invitation into a membership of the account; its address has to be the invited one, and verified. The
/// inviter's right and reach are looked at again, under the lock that a change of rights takes as well.
///
/// # Errors
/// The invitation is used, withdrawn or too old, is for another address, or its inviter could not give it today.
pub async fn accept_invitation(tx: &mut Tx<InvitationAccept>, account: AccountId, token: &str) -> Result<(), Refusal> {
    tx.rights_change().await?;
    let found = find(tx, token).await?;
    let (email, verified) = address_of(tx, account).await?;
    // Who holds a link for another address learns that first: verifying their own would not help.
    if found.email != email {
        return Err(Refusal::InvitationForOther);
    }
    if !still_given(tx, &found).await? {
        return Err(Refusal::InvitationGone);
    }
    if !verified {
        return Err(Refusal::EmailUnverified);
    }
    take(tx, &found, token, account).await?;
    let (member, now): (MemberId, _) = (tx.ids().next(), tx.now());
    let insert = sql!(
        "insert into memberships (workspace_id, id, account_id, role_key, seat_type, status, joined_at)
         values ($1, $2, $3, $4, $5, 'active', $6)
         on conflict do nothing"
    );
    let values = args![member, account, &found.role_key, found.seat_type.name(), now];
    if tx.run(insert, values).await? == 0 {
        return Err(Refusal::AlreadyMember);
    }
    let event = Event::new("member.joined", Subject::new("member", member));
    tx.record(event.payload(json!({ "invitation": found.id, "role": found.role_key })));
    Ok(())
}

/// The account's address, and whether it is verified.
async fn address_of(session: &mut Session, account: AccountId) -> Result<(String, bool), Refusal> {
    let sql = sql!(
        "select a.email, a.email_verified_at from accounts a
         join workspaces w on w.workspace_id = $1
         where a.id = $2"
    );
    let mut row = session.first(sql, args![account]).await?.ok_or(Error::NotFound)?;
    Ok((row.take(0)?, row.take::<Option<Timestamp>>(1)?.is_some()))
}

/// Compare-and-set: of two simultaneous answers one succeeds.
async fn take(tx: &mut Tx<InvitationAccept>, found: &Found, token: &str, account: AccountId) -> Result<(), Refusal> {
    let sql = sql!(
        "update invitations set status = 'accepted', accepted_by = $3
         where workspace_id = $1 and id = $2 and status = 'pending' and token_hash = $4"
    );
    match tx.run(sql, args![found.id, account, Token::hash_of(token)]).await? {
        0 => Err(Refusal::InvitationGone),
        _ => Ok(()),
    }
}

/// Whether the inviter is still here, still holds the right and could still hand out the role (INV-11).
async fn still_given(session: &mut Session, found: &Found) -> Result<bool, Refusal> {
    let inviter = session.standing_of(found.inviter).await?;
    let roles = session.roles().await?;
    let Some(role) = roles.get(&found.role_key) else { return Ok(false) };
    let holds = inviter.access().reach(inviting_permission(found.seat_type)) == Reach::Any;
    Ok(inviter.is_active() && holds && GrantCeiling::of(inviter).covers(role, found.seat_type))
}

async fn find(session: &mut Session, token: &str) -> Result<Found, Refusal> {
    let sql = sql!(
        "select i.id, i.email, i.role_key, i.seat_type, a.name, m.id, w.name
         from invitations i
         join workspaces w on w.workspace_id = i.workspace_id
         join memberships m on m.workspace_id = i.workspace_id and m.id = i.invited_by
         join accounts a on a.id = m.account_id
         where i.workspace_id = $1 and i.token_hash = $2 and i.status = 'pending' and i.expires_at > $3"
    );
    let now = session.now();
    let row = session.first(sql, args![Token::hash_of(token), now]).await?.ok_or(Refusal::InvitationGone)?;
    Ok(read(row)?)
}

fn read(mut row: Row) -> Result<Found, Error> {
    Ok(Found {
        id: row.take(0)?,
        email: row.take(1)?,
        role_key: row.take(2)?,
        seat_type: read_seat(&row.take::<String>(3)?)?,
        inviter_name: row.take(4)?,
        inviter: row.take(5)?,
        workspace_name: row.take(6)?,
    })
}
