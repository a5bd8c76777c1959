//! The pool of a workspace, and the rules of every entry: what it takes from the grant and what from what was bought,
//! and how far down it may go. Pure; [`hold`] and [`save`] stand at its edge.
//!
//! Invariants: the balance is what the entries add up to (INV-30). What is reserved is there (INV-31): only a refund or a
//! dispute takes the balance below zero, and then nothing is reserved. Where bought credits are below zero, nothing is
//! left of the grant.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};
use tenancy::{Error, Row, Session, Work, args, sql, words};

use super::LedgerRefusal;

/// A number of credits that somebody moves: 1 to 1,000,000,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "i64")]
pub struct Credits(i64);

impl Credits {
    pub const MAX: i64 = 1_000_000_000;

    pub const fn get(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for Credits {
    type Error = &'static str;
    fn try_from(credits: i64) -> Result<Self, Self::Error> {
        if (1..=Self::MAX).contains(&credits) { Ok(Self(credits)) } else { Err("is not between 1 and 1000000000") }
    }
}

words! {
    /// What an entry of the ledger is.
    EntryKind {
        /// The plan's credits of a month.
        Grant = "grant",
        /// What was left of a grant when its month was over.
        Expire = "expire",
        /// A pack that was paid.
        Purchase = "purchase",
        Consume = "consume",
        /// A pack was paid back.
        Refund = "refund",
        /// The bank took a payment back.
        Dispute = "dispute",
        /// The operator corrected the pool.
        Adjust = "adjust",
    }
}

/// An entry as the pool makes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    pub seq: i64,
    pub kind: EntryKind,
    pub amount: i64,
    /// The part of the amount that is the grant's.
    pub of_grant: i64,
    /// What the pool holds after it.
    pub balance: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Left of the month's grant.
    pub granted: i64,
    /// Left of what was bought; below zero after a refund of what was spent.
    pub purchased: i64,
    /// Kept by open reservations.
    pub reserved: i64,
    /// How many entries there are: the newest has this number.
    pub entries: i64,
    /// Nothing is counted against the pool.
    pub unlimited: bool,
    pub grant_size: i64,
    /// The balances at or below which is warned.
    pub thresholds: Vec<i64>,
    /// The lowest of them that the balance is at or below, and that was told.
    pub warned: Option<i64>,
    pub month_start: Timestamp,
    /// When the grant expires; `None` where nothing is left to expire or grant.
    pub month_end: Option<Timestamp>,
}

impl Account {
    pub fn balance(&self) -> i64 {
        self.granted.saturating_add(self.purchased)
    }

    /// What can be reserved; never below zero.
    pub fn available(&self) -> i64 {
        self.balance().saturating_sub(self.reserved).max(0)
    }

    /// # Errors
    /// There is not as much, or there are too many.
    pub fn reserve(&mut self, amount: i64) -> Result<(), LedgerRefusal> {
        if !self.unlimited && self.available() < amount {
            return Err(LedgerRefusal::Insufficient { available: self.available() });
        }
        self.reserved = sum(self.reserved, amount)?;
        Ok(())
    }

    pub fn release(&mut self, amount: i64) {
        self.reserved = self.reserved.saturating_sub(amount).max(0);
    }

    /// How much more is reserved than there is; its reservations have to go.
    pub fn overdrawn(&self) -> i64 {
        if self.unlimited { 0 } else { self.reserved.saturating_sub(self.balance().max(0)).max(0) }
    }

    /// The entry of `amount`, which is below zero where it takes.
    ///
    /// # Errors
    /// There is not as much to take, or the sum is more than can be counted.
    pub fn post(&mut self, kind: EntryKind, amount: i64) -> Result<Posting, LedgerRefusal> {
        let of_grant = self.share_of_grant(kind, amount)?;
        let granted = sum(self.granted, of_grant)?;
        let purchased = sum(self.purchased, sum(amount, of_grant.checked_neg().ok_or(LedgerRefusal::Overflow)?)?)?;
        let (seq, balance) = (sum(self.entries, 1)?, sum(granted, purchased)?);
        (self.granted, self.purchased, self.entries) = (granted, purchased, seq);
        Ok(Posting { seq, kind, amount, of_grant, balance })
    }

    /// The grant is spent first. A refund takes back what was bought before it touches the grant, and a new grant first
    /// makes up for what is below zero.
    fn share_of_grant(&self, kind: EntryKind, amount: i64) -> Result<i64, LedgerRefusal> {
        let less = amount.checked_neg().ok_or(LedgerRefusal::Overflow)?;
        match kind {
            EntryKind::Grant => Ok((sum(amount, self.purchased.min(0))?).max(0)),
            EntryKind::Expire => Ok(amount),
            EntryKind::Purchase => Ok(0),
            EntryKind::Adjust if amount > 0 => Ok(0),
            EntryKind::Consume | EntryKind::Adjust if self.available() < less => {
                Err(LedgerRefusal::Insufficient { available: self.available() })
            }
            EntryKind::Consume | EntryKind::Adjust => Ok(-less.min(self.granted)),
            EntryKind::Refund | EntryKind::Dispute => Ok(-(less - less.min(self.purchased.max(0))).min(self.granted)),
        }
    }

    /// The threshold to tell of, if the balance has come down to it or past it since the last look. Above a threshold,
    /// its next crossing is told again (INV-35).
    pub fn crossed(&mut self) -> Option<i64> {
        let reached = self.lowest_reached();
        let crossed = reached.filter(|lowest| self.warned.is_none_or(|warned| *lowest < warned));
        self.warned = reached;
        crossed
    }

    /// Begins a month: its thresholds are those of the new grant, and where the balance begins is not told.
    pub fn begin_month(&mut self, grant_size: i64, percent: &[i64]) {
        self.grant_size = grant_size;
        self.thresholds = thresholds(grant_size, percent);
        self.warned = self.lowest_reached();
    }

    fn lowest_reached(&self) -> Option<i64> {
        let balance = self.balance();
        self.thresholds.iter().copied().filter(|threshold| balance <= *threshold).min()
    }
}

/// Shares of a grant in credits, the highest first (E7).
pub fn thresholds(grant_size: i64, percent: &[i64]) -> Vec<i64> {
    let share = |percent: &i64| i64::try_from(i128::from(grant_size) * i128::from(*percent) / 100).unwrap_or(i64::MAX);
    let mut thresholds: Vec<i64> = percent.iter().map(share).collect();
    thresholds.sort_unstable_by(|one, other| other.cmp(one));
    thresholds.dedup();
    thresholds
}

fn sum(one: i64, other: i64) -> Result<i64, LedgerRefusal> {
    one.checked_add(other).ok_or(LedgerRefusal::Overflow)
}

/// Reads the pool and holds its row to the end of the transaction: whoever moves credits begins here, so that nobody
/// spends what another one is spending.
pub(crate) async fn hold(work: &mut Work) -> Result<Account, Error> {
    work.line_up().await?;
    let text = sql!(
        "update credit_accounts set entries = entries where workspace_id = $1
         returning granted, purchased, reserved, entries, unlimited, grant_size, thresholds, warned, month_start,
            month_end"
    );
    read(work.first(text, &[]).await?)
}

/// The pool as it is.
pub async fn account(session: &mut Session) -> Result<Account, Error> {
    let text = sql!(
        "select granted, purchased, reserved, entries, unlimited, grant_size, thresholds, warned, month_start, month_end
         from credit_accounts where workspace_id = $1"
    );
    read(session.first(text, &[]).await?)
}

fn read(row: Option<Row>) -> Result<Account, Error> {
    let mut row = row.ok_or_else(|| Error::Corrupt("the workspace has no pool of credits".into()))?;
    let thresholds: String = row.take(6)?;
    Ok(Account {
        granted: row.take(0)?,
        purchased: row.take(1)?,
        reserved: row.take(2)?,
        entries: row.take(3)?,
        unlimited: row.take(4)?,
        grant_size: row.take(5)?,
        thresholds: serde_json::from_str(&thresholds).map_err(|error| Error::Corrupt(error.to_string()))?,
        warned: row.take(7)?,
        month_start: row.take(8)?,
        month_end: row.take(9)?,
    })
}

/// Writes a pool whose row is held. What moves credits has its entry and its event; what only keeps them leaves no trace
/// beyond the reservation.
pub(crate) async fn save(work: &mut Work, account: &Account) -> Result<(), Error> {
    let text = sql!(
        "update credit_accounts set granted = $2, purchased = $3, reserved = $4, entries = $5, unlimited = $6,
            grant_size = $7, thresholds = $8, warned = $9, month_start = $10, month_end = $11
         where workspace_id = $1"
    );
    let Account { granted, purchased, reserved, entries, unlimited, grant_size, .. } = *account;
    let thresholds = serde_json::to_string(&account.thresholds).map_err(|error| Error::Corrupt(error.to_string()))?;
    let (warned, start, end) = (account.warned, account.month_start, account.month_end);
    let values = args![granted, purchased, reserved, entries, unlimited, grant_size, thresholds, warned, start, end];
    work.mark_unasked(text, values).await
}
