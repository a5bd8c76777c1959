//! A person's login on this instance.

use kernel::{AccountId, EmailAddress, Line, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{Actor, Event, Instance, InstanceSession, InstanceSql, InstanceTx, Row, Subject, args, instance_sql};
use utoipa::ToSchema;

use crate::{Directory, Refusal};

/// The languages the product speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    En,
    Es,
}

impl Locale {
    pub const fn name(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }

    /// A language that was stored before it was dropped reads as English.
    pub(crate) fn read(name: &str) -> Self {
        if name == Self::Es.name() { Self::Es } else { Self::En }
    }
}

#[derive(Debug, Clone)]
pub struct Account {
    pub id: AccountId,
    pub email: String,
    pub name: String,
    pub locale: Locale,
    pub email_verified_at: Option<Timestamp>,
    pub created_at: Timestamp,
    /// Somebody else knows the password: no workspace opens before it is changed (ruling 15).
    pub password_must_change: bool,
}

impl Account {
    fn read(mut row: Row) -> Result<Self, tenancy::Error> {
        Ok(Self {
            id: row.take(0)?,
            email: row.take(1)?,
            name: row.take(2)?,
            locale: Locale::read(&row.take::<String>(3)?),
            email_verified_at: row.take(4)?,
            created_at: row.take(5)?,
            password_must_change: row.take(6)?,
        })
    }
}

/// What a person changes about itself.
#[derive(Debug, Clone, Default)]
pub struct AccountChange {
    pub name: Option<Line>,
    pub locale: Option<Locale>,
}

const BY_ID: InstanceSql = instance_sql!(
    "select id, email, name, locale, email_verified_at, created_at, password_must_change from accounts
     where id = $1"
);

/// Changes the account's own name or language. What it has already changes nothing.
///
/// # Errors
/// The database cannot answer.
pub async fn update_account(directory: &Directory, id: AccountId, change: &AccountChange) -> Result<(), Refusal> {
    let mut tx = directory.instance.begin().await?;
    let outcome = update(&mut tx, id, change).await;
    tx.settle(outcome).await
}

async fn update(tx: &mut InstanceTx, id: AccountId, change: &AccountChange) -> Result<(), Refusal> {
    let before = Account::read(tx.first(BY_ID, args![id]).await?.ok_or(tenancy::Error::NotFound)?)?;
    let name = change.name.as_deref().filter(|name| *name != before.name);
    let locale = change.locale.filter(|locale| *locale != before.locale);
    let fields: Vec<_> = [name.map(|_| "name"), locale.map(|_| "locale")].into_iter().flatten().collect();
    if fields.is_empty() {
        return Ok(());
    }
    let sql =
        instance_sql!("update accounts set name = coalesce($2, name), locale = coalesce($3, locale) where id = $1");
    tx.run(sql, args![id, name, locale.map(Locale::name)]).await?;
    let event = Event::new("account.updated", Subject::new("account", id))
        .payload(json!({ "fields": fields }))
        .details(&json!({ "name": before.name, "locale": before.locale }), &json!({ "name": name, "locale": locale }));
    tx.record(Actor::Newcomer(id), event);
    Ok(())
}

pub(crate) async fn by_id(session: &mut InstanceSession, id: AccountId) -> Result<Account, Refusal> {
    let row = session.first(BY_ID, args![id]).await?.ok_or(tenancy::Error::NotFound)?;
    Ok(Account::read(row)?)
}

/// The language in which the house speaks to an account's holder.
///
/// # Errors
/// There is no such account, or the database cannot answer.
pub async fn locale_of(instance: &Instance, id: AccountId) -> Result<Locale, Refusal> {
    Ok(by_id(&mut instance.read().await?, id).await?.locale)
}

pub(crate) async fn by_email(session: &mut InstanceSession, email: &str) -> Result<Option<Account>, Refusal> {
    let sql = instance_sql!(
        "select id, email, name, locale, email_verified_at, created_at, password_must_change from accounts
         where email = $1"
    );
    Ok(session.first(sql, args![email]).await?.map(Account::read).transpose()?)
}

/// A row to be written for whoever gets an account.
pub(crate) struct NewRow<'a> {
    pub(crate) id: AccountId,
    pub(crate) email: &'a EmailAddress,
    pub(crate) name: &'a Line,
    pub(crate) locale: Locale,
    /// None where one is chosen by a link.
    pub(crate) password_hash: Option<String>,
    /// Somebody else knows the password too.
    pub(crate) password_must_change: bool,
    pub(crate) verified: bool,
    pub(crate) pending: bool,
    /// Who makes the account.
    pub(crate) by: Actor,
}

/// Writes a new account; false when the address has one (INV-07).
pub(crate) async fn insert(tx: &mut InstanceTx, row: NewRow<'_>) -> Result<bool, Refusal> {
    let sql = instance_sql!(
        "insert into accounts (id, email, name, locale, password_hash, password_must_change, email_verified_at,
            pending, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (email) do nothing"
    );
    let now = tx.now();
    let verified_at = row.verified.then_some(now);
    let values = args![
        row.id,
        row.email.as_str(),
        &**row.name,
        row.locale.name(),
        row.password_hash,
        row.password_must_change,
        verified_at,
        row.pending,
        now
    ];
    let inserted = tx.run(sql, values).await? == 1;
    if inserted {
        tx.record(row.by, Event::new("account.created", Subject::new("account", row.id)));
    }
    Ok(inserted)
}

/// Takes the account's row, if its password is still the one that was verified: between verifying and here somebody may
/// have changed it.
pub(crate) async fn hold_password(tx: &mut InstanceTx, id: AccountId, verified: &str) -> Result<bool, Refusal> {
    let still = instance_sql!("update accounts set password_hash = $2 where id = $1 and password_hash = $2");
    Ok(tx.mark(still, args![id, verified]).await? == 1)
}

/// The address is proven: somebody who reads its mail answered.
pub(crate) async fn mark_verified(tx: &mut InstanceTx, id: AccountId) -> Result<(), Refusal> {
    let sql = instance_sql!(
        "update accounts set email_verified_at = $2, pending = 0 where id = $1 and email_verified_at is null"
    );
    let now = tx.now();
    if tx.run(sql, args![id, now]).await? == 1 {
        tx.record(Actor::Newcomer(id), Event::new("account.verified", Subject::new("account", id)));
    }
    Ok(())
}
