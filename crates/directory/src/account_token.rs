//! One-time tokens that reach a person by mail or console. Only their hash is stored, and redeeming is one
//! compare-and-set, so each works once.

use std::time::Duration;

use kernel::{AccountId, Timestamp};
use tenancy::{InstanceSession, InstanceTx, Token, args, instance_sql};

use crate::Refusal;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    PasswordReset,
    /// The first password of an account that somebody else made.
    FirstPassword,
    EmailVerification,
    /// Makes the first owner of the instance.
    Setup,
}

impl Purpose {
    const fn name(self) -> &'static str {
        match self {
            Self::PasswordReset => "password_reset",
            Self::FirstPassword => "first_password",
            Self::EmailVerification => "email_verification",
            Self::Setup => "setup",
        }
    }

    const fn prefix(self) -> &'static str {
        match self {
            Self::PasswordReset => "gr",
            Self::FirstPassword => "gf",
            Self::EmailVerification => "ge",
            Self::Setup => "go",
        }
    }

    /// What a link for a password was sent for.
    pub(crate) fn of_password_link(token: &str) -> Self {
        let first = token.split_once('_').is_some_and(|(prefix, _)| prefix == Self::FirstPassword.prefix());
        if first { Self::FirstPassword } else { Self::PasswordReset }
    }

    const fn lifetime(self) -> Duration {
        const HOUR: u64 = 60 * 60;
        Duration::from_secs(match self {
            Self::PasswordReset => HOUR / 2,
            Self::FirstPassword => 7 * 24 * HOUR,
            Self::EmailVerification | Self::Setup => 24 * HOUR,
        })
    }
}

/// Whom a token was sent to.
pub(crate) struct Holder<'a> {
    pub(crate) account: Option<AccountId>,
    pub(crate) email: &'a str,
}

/// Makes a token; earlier ones of the same purpose and address die.
pub(crate) async fn issue(tx: &mut InstanceTx, purpose: Purpose, holder: Holder<'_>) -> Result<Token, Refusal> {
    let forget = instance_sql!("delete from account_tokens where email = $1 and purpose = $2");
    let insert = instance_sql!(
        "insert into account_tokens (token_hash, purpose, account_id, email, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6)"
    );
    let (token, now) = (Token::random(purpose.prefix()), tx.now());
    tx.mark(forget, args![holder.email, purpose.name()]).await?;
    let expires = now.plus(purpose.lifetime());
    tx.mark(insert, args![token.hash(), purpose.name(), holder.account, holder.email, now, expires]).await?;
    Ok(token)
}

/// Name and address of whom a token that is still good was sent to; looking uses nothing up.
pub(crate) async fn sent_to(
    session: &mut InstanceSession,
    now: Timestamp,
    purpose: Purpose,
    token: &str,
) -> Result<(String, String), Refusal> {
    let sql = instance_sql!(
        "select a.name, a.email from account_tokens t join accounts a on a.id = t.account_id
         where t.token_hash = $1 and t.purpose = $2 and t.used_at is null and t.expires_at > $3"
    );
    let row = session.first(sql, args![Token::hash_of(token), purpose.name(), now]).await?;
    let mut row = row.ok_or(Refusal::LinkDead)?;
    Ok((row.take(0)?, row.take(1)?))
}

/// Uses a token up and tells whose it was.
pub(crate) async fn redeem(tx: &mut InstanceTx, purpose: Purpose, token: &str) -> Result<Option<AccountId>, Refusal> {
    let sql = instance_sql!(
        "update account_tokens set used_at = $3
         where token_hash = $1 and purpose = $2 and used_at is null and expires_at > $3
         returning account_id"
    );
    let now = tx.now();
    let row = tx.first(sql, args![Token::hash_of(token), purpose.name(), now]).await?;
    Ok(row.ok_or(Refusal::LinkDead)?.take(0)?)
}
