//! Signing in with an address and a password.

use kernel::{AccountId, EmailAddress, SessionId};
use tenancy::{InstanceTx, Token, access_log, args, instance_sql};

use crate::{Browser, Directory, Refusal, account, session};

/// A session that was just opened. Its token goes into the cookie and nowhere else.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub account: AccountId,
    pub session: SessionId,
    pub token: Token,
    /// The device is shared: the browser forgets the cookie when it closes.
    pub shared: bool,
}

/// Opens a session. An unknown address, a wrong password and an account that waits for its address to be proven are
/// answered alike and in the same time.
///
/// # Errors
/// [`Refusal::BadCredentials`].
pub async fn sign_in(
    directory: &Directory,
    email: &EmailAddress,
    password: &str,
    browser: &Browser,
) -> Result<SignedIn, Refusal> {
    let sql = instance_sql!("select id, password_hash from accounts where email = $1 and pending = 0");
    let row = directory.instance.read().await?.first(sql, args![email]).await?;
    let (account, stored): (Option<AccountId>, Option<String>) = match row {
        Some(mut row) => (Some(row.take(0)?), row.take(1)?),
        None => (None, None),
    };
    let right = directory.passwords.verify(password, stored.clone()).await?;
    let (Some(account), Some(stored), true) = (account, stored, right) else {
        access_log::sign_in_refused(&directory.instance, account, email.as_str()).await;
        return Err(Refusal::BadCredentials);
    };
    let mut tx = directory.instance.begin().await?;
    let outcome = open(&mut tx, account, &stored, browser).await;
    tx.settle(outcome).await
}

/// Opens a session for somebody whom something else than a password vouches for, such as a link that the operator's
/// console showed. The caller has made sure of that.
///
/// # Errors
/// There is no such account, or the database cannot answer.
pub async fn sign_in_vouched(
    directory: &Directory,
    account: AccountId,
    browser: &Browser,
) -> Result<SignedIn, Refusal> {
    let mut tx = directory.instance.begin().await?;
    let outcome = enter(&mut tx, account, browser).await;
    tx.settle(outcome).await
}

async fn open(tx: &mut InstanceTx, account: AccountId, verified: &str, browser: &Browser) -> Result<SignedIn, Refusal> {
    // A password that is changed right now ends this session too, or is seen here.
    if !account::hold_password(tx, account, verified).await? {
        return Err(Refusal::BadCredentials);
    }
    enter(tx, account, browser).await
}

/// Opens the session, in place of the one the browser still carried.
pub(crate) async fn enter(tx: &mut InstanceTx, account: AccountId, browser: &Browser) -> Result<SignedIn, Refusal> {
    let (session, token) = session::open(tx, account, browser).await?;
    if let Some(replaced) = &browser.token {
        session::end_by_token(tx, account, replaced).await?;
    }
    Ok(SignedIn { account, session, token, shared: browser.shared })
}
