//! Credits that come and go for money, and what the operator corrects. Each is posted once under its key, however often
//! the same payment is told of (INV-33).

use tenancy::Work;

use super::{
    LedgerRefusal,
    account::{self, Credits, EntryKind},
    entry::{Note, is_posted, post, tell_when_low},
    reservation::release_uncovered,
};

/// Adds a pack that was paid. It never expires.
///
/// # Errors
/// More than can be counted, or the database cannot answer.
pub async fn purchase(work: &mut Work, credits: Credits, key: &str) -> Result<(), LedgerRefusal> {
    once(work, EntryKind::Purchase, credits.get(), key).await
}

/// Takes back a pack that was paid back. What of it was spent already leaves the pool below zero; where open reservations
/// are covered no longer, the newest are given back.
///
/// # Errors
/// As [`purchase`].
pub async fn refund(work: &mut Work, credits: Credits, key: &str) -> Result<(), LedgerRefusal> {
    once(work, EntryKind::Refund, -credits.get(), key).await
}

/// Takes back a pack whose payment the bank took back, as [`refund`] does.
///
/// # Errors
/// As [`purchase`].
pub async fn dispute(work: &mut Work, credits: Credits, key: &str) -> Result<(), LedgerRefusal> {
    once(work, EntryKind::Dispute, -credits.get(), key).await
}

/// Corrects the pool, up or down but never below zero, as the operator says.
///
/// # Errors
/// There is not as much to take, more than can be counted, or the database cannot answer.
pub async fn adjust(work: &mut Work, amount: i64, key: &str) -> Result<(), LedgerRefusal> {
    once(work, EntryKind::Adjust, amount, key).await
}

async fn once(work: &mut Work, kind: EntryKind, amount: i64, key: &str) -> Result<(), LedgerRefusal> {
    let mut account = account::hold(work).await?;
    let key = format!("{}/{key}", kind.name());
    if is_posted(work, &key).await? {
        return Ok(());
    }
    let note = Note { member: None, cause: kind.name(), subject: None, key };
    post(work, &mut account, kind, amount, note).await?;
    tell_when_low(work, &mut account);
    release_uncovered(work, &mut account).await?;
    account::save(work, &account).await.map_err(Into::into)
}
