//! Answering an invitation: looking at it consumes nothing, accepting it works once (INV-11).

use std::sync::Arc;

use kernel::{AccountId, EmailAddress, InvitationId, MemberId, Timestamp, WorkspaceId};
use serde_json::json;
use tenancy::{
    Error, Event, InvitationAccept, Permission, Reach, Role, Roles, Row, SeatType, Session, Subject, Token, Tx,
    access_log, args, sql,
};

use crate::{
    Directory, Refusal, RoleRef, account,
    ceiling::GrantCeiling,
    invitation::inviting_permission,
    member::read_seat,
    ownership::{comes_with_ownership, invites_as_owner, swap},
    seat,
};

/// What the holder of a link sees before answering.
#[derive(Debug, Clone)]
pub struct InvitationPreview {
    pub workspace_name: String,
    pub email: String,
    pub role: RoleRef,
    /// What access the role gives, in the words of its pack.
    pub role_description: String,
    /// Accepting makes one the owner.
    pub as_owner: bool,
    pub inviter_name: String,
    pub expires_at: Timestamp,
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
    expires_at: Timestamp,
}

/// Shows where a link leads. Nothing is consumed: mail scanners open links too.
///
/// # Errors
/// [`Refusal::InvitationGone`].
pub async fn preview_invitation(directory: &Directory, token: &str) -> Result<InvitationPreview, Refusal> {
    let behind = directory.instance.look_behind_invitation(token).await?;
    let mut session = behind.ok_or(Refusal::InvitationGone)?;
    let found = find(&mut session, token).await?;
    let roles = session.roles().await?;
    let Some(role) = given_role(&mut session, &roles, &found).await? else { return Err(Refusal::InvitationGone) };
    // Readers are few: nobody holds two.
    drop(session);
    let account = account::by_email(&mut directory.instance.read().await?, &found.email).await?;
    Ok(InvitationPreview {
        workspace_name: found.workspace_name,
        email: found.email,
        role: RoleRef::of(&roles, role.key.clone()),
        role_description: role.description.clone(),
        as_owner: comes_with_ownership(roles.pack(), role),
        inviter_name: found.inviter_name,
        expires_at: found.expires_at,
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

/// Which workspace an invitation for this address leads into. Whoever holds a link for another one learns that and
/// nothing about the address.
///
/// # Errors
/// The invitation is used, withdrawn or too old, or for another address.
pub(crate) async fn invited_as(
    directory: &Directory,
    token: &str,
    email: &EmailAddress,
) -> Result<WorkspaceId, Refusal> {
    let behind = directory.instance.look_behind_invitation(token).await?;
    let mut session = behind.ok_or(Refusal::InvitationGone)?;
    let found = find(&mut session, token).await?;
    if found.email == email.as_str() { Ok(session.workspace()) } else { Err(Refusal::InvitationForOther) }
}

/// Turns the invitation into a membership of the account; its address has to be the invited one, and verified. The
/// inviter's right and reach and the seat are looked at again, under the lock that a change of rights takes as well.
///
/// # Errors
/// The invitation is used, withdrawn or too old, is for another address, its inviter could not give it today, or there
/// are more members than the plan has seats.
pub async fn accept_invitation(
    tx: &mut Tx<InvitationAccept>,
    directory: &Directory,
    account: AccountId,
    token: &str,
) -> Result<(), Refusal> {
    tx.rights_change().await?;
    let found = find(tx, token).await?;
    let (email, verified) = address_of(tx, account).await?;
    // Who holds a link for another address learns that first: verifying their own would not help.
    if found.email != email {
        return Err(Refusal::InvitationForOther);
    }
    let roles = tx.roles().await?;
    let Some(role) = given_role(tx, &roles, &found).await? else { return Err(Refusal::InvitationGone) };
    if !verified {
        return Err(Refusal::EmailUnverified);
    }
    seat::pass_on(tx, found.id, found.seat_type).await?;
    take(tx, &found, token, account).await?;
    let member = join(tx, &found, account).await?;
    if comes_with_ownership(roles.pack(), role) {
        let by = Subject::new("invitation", found.id);
        swap(tx, &*directory.on_exit, found.inviter, member, &by).await?;
    }
    Ok(())
}

/// Records in the workspace that an account tried a link that was for another address.
///
/// # Errors
/// The database cannot answer.
pub async fn record_foreign_acceptance(directory: &Directory, account: AccountId, token: &str) -> Result<(), Refusal> {
    let Some(mut session) = directory.instance.look_behind_invitation(token).await? else { return Ok(()) };
    let workspace = session.workspace();
    let found = find(&mut session, token).await?;
    drop(session);
    access_log::denied_to_join(&directory.instance, workspace, account, found.id.into()).await;
    Ok(())
}

async fn join(tx: &mut Tx<InvitationAccept>, found: &Found, account: AccountId) -> Result<MemberId, Refusal> {
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
    Ok(member)
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

/// The invitation's role, if the inviter is still here, still holds the right and could still hand it out (INV-11).
async fn given_role<'a>(
    session: &mut Session,
    roles: &'a Roles,
    found: &Found,
) -> Result<Option<&'a Arc<Role>>, Refusal> {
    let inviter = session.standing_of(found.inviter).await?;
    let holds = |permission| inviter.access().reach(permission) == Reach::Any;
    if !inviter.is_active() || !holds(inviting_permission(found.seat_type)) {
        return Ok(None);
    }
    let gives_ownership =
        inviter.member.is_owner && invites_as_owner(roles.pack()) && holds(Permission::WorkspaceTransferOwnership);
    let ceiling = GrantCeiling::of(inviter);
    Ok(roles.get(&found.role_key).filter(|role| match comes_with_ownership(roles.pack(), role) {
        true => gives_ownership,
        false => ceiling.covers(role, found.seat_type),
    }))
}

async fn find(session: &mut Session, token: &str) -> Result<Found, Refusal> {
    let sql = sql!(
        "select i.id, i.email, i.role_key, i.seat_type, coalesce(m.display_name, a.name), m.id, w.name,
            i.expires_at
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
        expires_at: row.take(7)?,
    })
}
