//! Whether a ledger is whole: everything is computed again from the entries alone, and compared with what is kept beside
//! them (INV-30). Changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Timestamp;
use tenancy::{Error, Grant, Housekeeping, Row, Session, args, sql};
use uuid::Uuid;

use super::{
    account::{self, Account, EntryKind},
    consumption::NOBODY,
};

/// What a look at one ledger found.
#[derive(Debug, Clone)]
pub struct LedgerVerdict {
    pub entries: i64,
    pub balance: i64,
    /// What does not agree, in words for the operator; empty where the ledger is whole.
    pub faults: Vec<String>,
}

/// Entries read at once.
const BATCH: i64 = 5_000;

/// What the entries add up to, as far as they were read.
#[derive(Default)]
struct Sum {
    seq: i64,
    granted: i64,
    purchased: i64,
    consumed: BTreeMap<Uuid, i64>,
    /// What was spent of each reservation.
    spent: BTreeMap<Uuid, i64>,
    faults: Vec<String>,
}

struct Line {
    seq: i64,
    kind: EntryKind,
    amount: i64,
    of_grant: i64,
    balance: i64,
    member: Option<Uuid>,
    key: String,
}

/// Verifies the ledger of a workspace on one snapshot.
///
/// # Errors
/// The database cannot answer.
pub async fn verify(grant: &Grant<Housekeeping>) -> Result<LedgerVerdict, Error> {
    let mut session = grant.read().await?;
    let mut sum = Sum::default();
    loop {
        let lines = lines(&mut session, sum.seq).await?;
        let ends = (lines.len() as i64) < BATCH;
        lines.into_iter().for_each(|line| sum.add(line));
        if ends {
            break;
        }
    }
    let account = account::account(&mut session).await?;
    sum.compare_account(&account);
    compare_keys(&mut session, &mut sum).await?;
    compare_consumption(&mut session, &mut sum).await?;
    compare_reservations(&mut session, &mut sum, &account).await?;
    Ok(LedgerVerdict { entries: sum.seq, balance: sum.granted.saturating_add(sum.purchased), faults: sum.faults })
}

async fn lines(session: &mut Session, after: i64) -> Result<Vec<Line>, Error> {
    let text = sql!(
        "select seq, kind, amount, of_grant, balance, member_id, key from credit_entries
         where workspace_id = $1 and seq > $2 order by seq limit $3"
    );
    let read = |mut row: Row| {
        Ok(Line {
            seq: row.take(0)?,
            kind: EntryKind::read(&row.take::<String>(1)?)?,
            amount: row.take(2)?,
            of_grant: row.take(3)?,
            balance: row.take(4)?,
            member: row.take(5)?,
            key: row.take(6)?,
        })
    };
    session.all(text, args![after, BATCH]).await?.into_iter().map(read).collect()
}

impl Sum {
    fn fault(&mut self, fault: String) {
        self.faults.push(fault);
    }

    fn add(&mut self, line: Line) {
        let Line { seq, kind, amount, of_grant, balance, member, key } = line;
        if seq != self.seq + 1 {
            self.fault(format!("entry {} is missing: {seq} follows {}", self.seq + 1, self.seq));
        }
        self.seq = seq;
        let before = self.granted.saturating_add(self.purchased);
        self.granted = self.granted.saturating_add(of_grant);
        self.purchased = self.purchased.saturating_add(amount.saturating_sub(of_grant));
        let after = self.granted.saturating_add(self.purchased);
        if after != balance {
            self.fault(format!("entry {seq} says that it left {balance}, and the entries to it add up to {after}"));
        }
        if self.granted < 0 {
            self.fault(format!("entry {seq} takes more of the grant than was left of it"));
        }
        let may_fall_below = matches!(kind, EntryKind::Refund | EntryKind::Dispute);
        if after < 0 && after < before && !may_fall_below {
            self.fault(format!("entry {seq}, of the kind {}, takes the balance below zero", kind.name()));
        }
        if kind == EntryKind::Consume {
            *self.consumed.entry(member.unwrap_or(NOBODY)).or_default() -= amount;
            match key.strip_prefix("reservation/").and_then(|id| id.parse().ok()) {
                Some(reservation) => drop(self.spent.insert(reservation, -amount)),
                None => self.fault(format!("entry {seq} consumes without a reservation")),
            }
        }
    }

    fn compare_account(&mut self, account: &Account) {
        for (what, kept, summed) in [
            ("the number of entries", account.entries, self.seq),
            ("what is left of the grant", account.granted, self.granted),
            ("what is left of what was bought", account.purchased, self.purchased),
        ] {
            if kept != summed {
                self.fault(format!("{what} is kept as {kept}, and is {summed} by the entries"));
            }
        }
        if account.overdrawn() > 0 {
            self.fault(format!("{} more are reserved than there are", account.overdrawn()));
        }
    }
}

/// What the members and nobody in particular consumed, beside what the entries say of them.
async fn compare_consumption(session: &mut Session, sum: &mut Sum) -> Result<(), Error> {
    let text = sql!(
        "select member_id, cast(sum(consumed) as bigint) from credit_consumption where workspace_id = $1
         group by member_id having sum(consumed) <> 0"
    );
    let mut kept = BTreeMap::new();
    for mut row in session.all(text, &[]).await? {
        kept.insert(row.take::<Uuid>(0)?, row.take::<i64>(1)?);
    }
    let everybody: BTreeSet<Uuid> = kept.keys().chain(sum.consumed.keys()).copied().collect();
    for member in everybody {
        let of = |consumed: &BTreeMap<Uuid, i64>| consumed.get(&member).copied().unwrap_or(0);
        let (kept, summed) = (of(&kept), of(&sum.consumed));
        if kept != summed {
            sum.fault(format!("the consumption of {member} is kept as {kept}, and is {summed} by the entries"));
        }
    }
    Ok(())
}

/// What is reserved, in all and by member, and what reservations say was spent of them.
async fn compare_reservations(session: &mut Session, sum: &mut Sum, account: &Account) -> Result<(), Error> {
    let open = sql!(
        "select member_id, month_start, cast(sum(amount) as bigint) from credit_reservations
         where workspace_id = $1 and state = 'open' group by member_id, month_start"
    );
    let kept = sql!(
        "select member_id, period_start, reserved from credit_consumption where workspace_id = $1 and reserved <> 0"
    );
    let (open, kept) = (reserved(session.all(open, &[]).await?)?, reserved(session.all(kept, &[]).await?)?);
    let total: i64 = open.values().sum();
    if total != account.reserved {
        sum.fault(format!("{} are kept as reserved, and {total} are by the open reservations", account.reserved));
    }
    if open != kept {
        sum.fault("what the members have reserved is not what their open reservations add up to".to_owned());
    }
    compare_committed(session, sum).await
}

async fn compare_committed(session: &mut Session, sum: &mut Sum) -> Result<(), Error> {
    let text = sql!(
        "select id, spent from credit_reservations where workspace_id = $1 and id > $2 and state = 'committed'
         order by id limit $3"
    );
    let mut after = Uuid::nil();
    loop {
        let rows = session.all(text, args![after, BATCH]).await?;
        let ends = (rows.len() as i64) < BATCH;
        for mut row in rows {
            let (id, spent): (Uuid, i64) = (row.take(0)?, row.take(1)?);
            after = id;
            // A pool without limit spends without entries.
            if let Some(entry) = sum.spent.remove(&id).filter(|entry| *entry != spent) {
                sum.fault(format!("the reservation {id} says that {spent} were spent, and its entry says {entry}"));
            }
        }
        if ends {
            break;
        }
    }
    for id in std::mem::take(&mut sum.spent).into_keys() {
        sum.fault(format!("the entry of the reservation {id} is there, and the reservation is not committed"));
    }
    Ok(())
}

/// A key posts once.
async fn compare_keys(session: &mut Session, sum: &mut Sum) -> Result<(), Error> {
    let text = sql!("select key from credit_entries where workspace_id = $1 group by key having count(*) > 1 limit 1");
    if let Some(mut row) = session.first(text, &[]).await? {
        sum.fault(format!("the key {:?} was posted more than once", row.take::<String>(0)?));
    }
    Ok(())
}

fn reserved(rows: Vec<Row>) -> Result<BTreeMap<(Uuid, Timestamp), i64>, Error> {
    let read = |mut row: Row| {
        let member: Option<Uuid> = row.take(0)?;
        Ok(((member.unwrap_or(NOBODY), row.take(1)?), row.take(2)?))
    };
    rows.into_iter().map(read).collect()
}
