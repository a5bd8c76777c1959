//! Who operates the instance, and what they do for people: an account where nobody may sign up.

use kernel::{AccountId, EmailAddress, Line, Timestamp};
use tenancy::{Actor, Duty, Event, Instance, InstanceSession, InstanceTx, Row, Subject, Token, args, instance_sql};

use crate::{
    Directory, Locale, Refusal,
    account::{self, NewRow},
    account_token::{Holder, Purpose, issue},
    workspace::{chosen_pack, found},
};

/// Makes an account, and a workspace that it owns if one is named. Its holder chooses the password by a one-time link,
/// whose token is handed out here and nowhere else.
///
/// # Errors
/// The address has an account.
pub async fn create_account(
    directory: &Directory,
    name: &Line,
    email: &EmailAddress,
    workspace: Option<&Line>,
) -> Result<Token, Refusal> {
    let vault = directory.instance.vault();
    let pack = chosen_pack(vault, None).await?;
    let id: AccountId = vault.ids().next();
    let mut tx = directory.instance.begin().await?;
    let made = make(&mut tx, id, name, email).await;
    match (made, workspace) {
        (Ok(token), Some(workspace)) => {
            let mut tx = tx.founding(vault.ids().next(), id);
            let outcome = found(&mut tx, directory, id, workspace, &pack).await;
            tx.settle(outcome).await.map(|()| token)
        }
        (outcome, _) => tx.settle(outcome).await,
    }
}

async fn make(tx: &mut InstanceTx, id: AccountId, name: &Line, email: &EmailAddress) -> Result<Token, Refusal> {
    let row = NewRow {
        id,
        email,
        name,
        locale: Locale::default(),
        password_hash: None,
        password_must_change: false,
        verified: false,
        pending: false,
        by: Actor::Duty(Duty::Operation),
    };
    if !account::insert(tx, row).await? {
        return Err(Refusal::AccountExists);
    }
    issue(tx, Purpose::FirstPassword, Holder { account: Some(id), email: email.as_str() }).await
}

/// An account that operates the instance.
#[derive(Debug, Clone)]
pub struct OperatorAccount {
    pub name: String,
    pub email: String,
    pub granted_at: Timestamp,
}

/// Lets an account operate the instance; granting twice changes nothing.
///
/// # Errors
/// The address has no account, or nobody has proven it yet: whoever signed up with it may be somebody else.
pub async fn grant_operator(instance: &Instance, email: &EmailAddress) -> Result<(), Refusal> {
    let mut tx = instance.begin().await?;
    let outcome = grant(&mut tx, email).await;
    tx.settle(outcome).await
}

async fn grant(tx: &mut InstanceTx, email: &EmailAddress) -> Result<(), Refusal> {
    let text = instance_sql!("select id, email_verified_at from accounts where email = $1");
    let mut row = tx.first(text, args![email.as_str()]).await?.ok_or(Refusal::UnknownAccount)?;
    row.take::<Option<Timestamp>>(1)?.ok_or(Refusal::EmailUnverified)?;
    appoint(tx, row.take(0)?, Actor::Duty(Duty::Operation)).await
}

/// Makes an account an operator, if it is none.
pub(crate) async fn appoint(tx: &mut InstanceTx, account: AccountId, by: Actor) -> Result<(), Refusal> {
    let text = instance_sql!(
        "insert into operators (account_id, granted_at) values ($1, $2) on conflict (account_id) do nothing"
    );
    let now = tx.now();
    if tx.run(text, args![account, now]).await? == 1 {
        tx.record(by, Event::new("operator.granted", Subject::new("account", account)));
    }
    Ok(())
}

/// Takes it back; the next request of theirs is refused.
///
/// # Errors
/// No operator has the address.
pub async fn revoke_operator(instance: &Instance, email: &EmailAddress) -> Result<(), Refusal> {
    let mut tx = instance.begin().await?;
    let outcome = revoke(&mut tx, email).await;
    tx.settle(outcome).await
}

async fn revoke(tx: &mut InstanceTx, email: &EmailAddress) -> Result<(), Refusal> {
    let text =
        instance_sql!("select o.account_id from operators o join accounts a on a.id = o.account_id where a.email = $1");
    let account: AccountId = tx.first(text, args![email.as_str()]).await?.ok_or(Refusal::UnknownAccount)?.take(0)?;
    tx.run(instance_sql!("delete from operators where account_id = $1"), args![account]).await?;
    let event = Event::new("operator.revoked", Subject::new("account", account));
    tx.record(Actor::Duty(Duty::Operation), event);
    Ok(())
}

/// Everybody who operates the instance, the first one first.
///
/// # Errors
/// The database cannot answer.
pub async fn operators(instance: &Instance) -> Result<Vec<OperatorAccount>, Refusal> {
    let text = instance_sql!(
        "select a.name, a.email, o.granted_at from operators o join accounts a on a.id = o.account_id
         order by o.granted_at, o.account_id"
    );
    let read = |mut row: Row| Ok(OperatorAccount { name: row.take(0)?, email: row.take(1)?, granted_at: row.take(2)? });
    instance.read().await?.all(text, &[]).await?.into_iter().map(read).collect()
}

/// Whether an account operates the instance.
///
/// # Errors
/// The database cannot answer.
pub(crate) async fn is_operator(session: &mut InstanceSession, account: AccountId) -> Result<bool, Refusal> {
    let text = instance_sql!("select account_id from operators where account_id = $1");
    Ok(session.first(text, args![account]).await?.is_some())
}
