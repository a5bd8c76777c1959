//! Direct creation: an account and its place here, made by a colleague. The new person chooses a password by a mailed
//! link, or is told a generated one that works until they choose their own (ruling 15).

use kernel::{AccountId, EmailAddress, InvitationId, Line, MemberId, Password};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{Actor, Error, Event, Grant, Job, MemberCreation, Subject, Tx, Work, args, instance_sql, sql};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Directory, Inviting, Locale, Member, Refusal,
    account::{self, NewRow},
    invitation::inviting_permission,
    mail_job::MEMBER_CREATED,
    member::{member, read_seat, welcome::ToNewMember},
    rank::Authority,
    seat,
};

/// Letters of a generated password: none that is taken for another. There are 32, so that no random bit is wasted.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
/// Five groups of four: a hundred random bits.
const LENGTH: usize = 20;
const GROUP: usize = 4;

/// How the new person comes to a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FirstPassword {
    /// By a mailed link, which proves the address too.
    Link,
    /// Generated, shown to whoever makes the account, and changed at the first sign-in.
    #[serde(rename = "password")]
    Generated,
}

/// Who is to be made a member.
#[derive(Debug, Clone)]
pub struct NewMember {
    pub name: Line,
    pub email: EmailAddress,
    pub role_key: String,
    pub first_password: FirstPassword,
}

/// A member whose account was just made.
#[derive(Debug)]
pub struct CreatedMember {
    pub member: Member,
    /// Shown once, to whoever made the account.
    pub initial_password: Option<String>,
}

/// Makes an account and its membership in one transaction. Answers with what `show` makes of it.
///
/// # Errors
/// The address has an account, the pack offers no generated passwords, there is no such role, it reaches further than
/// its giver (INV-13), or no seat is left (INV-15).
pub async fn create_member<P: Inviting, T: Serialize>(
    directory: &Directory,
    grant: &Grant<P>,
    new: &NewMember,
    show: impl FnOnce(CreatedMember) -> T,
) -> Result<T, Refusal> {
    let initial_password = (new.first_password == FirstPassword::Generated).then(generate).transpose()?;
    let password_hash = match &initial_password {
        Some(password) => Some(directory.passwords.hash(password).await?),
        None => None,
    };
    let mut outside = grant.begin().await?.outside()?;
    let (id, by) = (outside.vault().ids().next(), grant.scope().actor().clone());
    let made = make_account(&mut outside, id, new, password_hash, by).await;
    let mut tx = outside.back();
    let outcome = match made {
        Ok(()) => join(&mut tx, new, id).await,
        Err(refusal) => Err(refusal),
    };
    if initial_password.is_some() {
        tx.answer_is_secret();
    }
    let initial_password = initial_password.map(String::from);
    tx.settle_created(outcome.map(|member| show(CreatedMember { member, initial_password }))).await
}

fn generate() -> Result<Password, Error> {
    let random: [u8; LENGTH] = rand::random();
    let letters: Vec<char> = random.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    let groups: Vec<String> = letters.chunks(GROUP).map(|group| group.iter().collect()).collect();
    Password::try_from(groups.join("-")).map_err(Error::Corrupt)
}

async fn make_account(
    tx: &mut tenancy::InstanceTx,
    id: AccountId,
    new: &NewMember,
    password_hash: Option<String>,
    by: Actor,
) -> Result<(), Refusal> {
    let Actor::Member(creator) = &by else { return Err(Error::NotFound.into()) };
    let locale = tx.first(instance_sql!("select locale from accounts where id = $1"), args![creator.account]).await?;
    let locale = Locale::read(&locale.ok_or(Error::NotFound)?.take::<String>(0)?);
    let row = NewRow {
        id,
        email: &new.email,
        name: &new.name,
        // Nothing is known of the new person: their colleague's language is the best guess.
        locale,
        password_must_change: password_hash.is_some(),
        password_hash,
        verified: false,
        pending: false,
        by,
    };
    if account::insert(tx, row).await? { Ok(()) } else { Err(Refusal::MemberHasAccount) }
}

async fn join<P: Inviting>(tx: &mut Tx<P>, new: &NewMember, account: AccountId) -> Result<Member, Refusal> {
    let authority = Authority::take(tx).await?;
    let roles = tx.roles().await?;
    let offered = roles.pack().policy.member_creation.contains(&MemberCreation::CreateWithPassword);
    if new.first_password == FirstPassword::Generated && !offered {
        return Err(Refusal::NoGeneratedPasswords);
    }
    let role = authority.ceiling().must_cover(&roles, &new.role_key, P::SEAT, inviting_permission(P::SEAT))?;
    // The seat that waited for them is theirs now.
    let withdrawn = withdraw_invitation(tx, &new.email).await?;
    seat::take(tx, P::SEAT).await?;
    let (id, now): (MemberId, _) = (tx.ids().next(), tx.now());
    let insert = sql!(
        "insert into memberships (workspace_id, id, account_id, role_key, seat_type, status, joined_at)
         values ($1, $2, $3, $4, $5, 'active', $6)"
    );
    tx.run(insert, args![id, account, &role.key, P::SEAT.name(), now]).await?;
    let event = Event::new("member.created", Subject::new("member", id));
    tx.record(event.payload(json!({ "role": role.key, "seat_type": P::SEAT.name(), "with": new.first_password })));
    if let Some(invitation) = withdrawn {
        tx.record(Event::new("invitation.revoked", Subject::new("invitation", invitation)));
    }
    let welcome = ToNewMember { member_id: id, created_by: authority.id(), first_password: new.first_password };
    let key = tx.ids().next::<Uuid>().to_string();
    tx.enqueue(Job::new(MEMBER_CREATED, key, json!(welcome)));
    member(tx, id).await
}

/// Who is here now needs no invitation any more.
async fn withdraw_invitation(work: &mut Work, email: &EmailAddress) -> Result<Option<InvitationId>, Refusal> {
    let waiting =
        sql!("select id, seat_type from invitations where workspace_id = $1 and email = $2 and status = 'pending'");
    let Some(mut row) = work.first(waiting, args![email]).await? else { return Ok(None) };
    let invitation: InvitationId = row.take(0)?;
    seat::free(work, invitation, read_seat(&row.take::<String>(1)?)?).await?;
    let sql =
        sql!("update invitations set status = 'revoked' where workspace_id = $1 and id = $2 and status = 'pending'");
    Ok((work.run(sql, args![invitation]).await? > 0).then_some(invitation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_password_is_long_and_never_the_same() {
        let (one, other) = (generate().expect("a password"), generate().expect("a password"));
        assert_eq!(one.len(), LENGTH + LENGTH / GROUP - 1);
        assert!(*one != *other);
    }
}
