//! The entries: each is written once, under the next number, and never changed (INV-30).

use kernel::{Cursor, MemberId, Page, Timestamp};
use serde_json::json;
use tenancy::{Composed, CreditViewLedger, Error, Event, Grant, Reach, Row, Subject, Work, args, part, sql};
use uuid::Uuid;

use super::{
    LedgerRefusal,
    account::{Account, EntryKind, Posting},
};

/// What an entry says beside its amount.
#[derive(Debug, Clone)]
pub(crate) struct Note<'a> {
    /// Whose consumption it is; `None` where it is nobody's, as that of the AI.
    pub(crate) member: Option<MemberId>,
    /// Why, in a word of the program.
    pub(crate) cause: &'a str,
    pub(crate) subject: Option<Subject>,
    /// Two entries of a workspace never share one: what is posted again is posted once.
    pub(crate) key: String,
}

/// An entry as it is read back.
#[derive(Debug, Clone)]
pub struct Entry {
    pub seq: i64,
    pub at: Timestamp,
    pub kind: EntryKind,
    /// Below zero where it takes.
    pub amount: i64,
    /// The part of the amount that is the grant's; the rest is of what was bought.
    pub of_grant: i64,
    /// What the pool held after it.
    pub balance: i64,
    pub member: Option<LedgerMember>,
    /// `member`, `agent`, `duty` …
    pub actor_kind: String,
    pub actor_id: Option<Uuid>,
    pub cause: String,
    pub subject: Option<Subject>,
}

/// Somebody whose credits are told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerMember {
    pub id: MemberId,
    pub name: String,
    pub former: bool,
}

/// Which entries are asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct EntryFilter {
    pub member: Option<MemberId>,
    pub kind: Option<EntryKind>,
}

/// Posts an entry to a pool whose row is held, and records what happened. The caller saves the pool.
pub(crate) async fn post(
    work: &mut Work,
    account: &mut Account,
    kind: EntryKind,
    amount: i64,
    note: Note<'_>,
) -> Result<Posting, LedgerRefusal> {
    let posting = account.post(kind, amount)?;
    let text = sql!(
        "insert into credit_entries (workspace_id, seq, at, kind, amount, of_grant, balance, member_id, actor_kind,
            actor_id, cause, subject_kind, subject_id, key)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
    );
    let Posting { seq, of_grant, balance, .. } = posting;
    let (now, actor_kind, actor_id) = (work.now(), work.actor().kind(), work.actor().id());
    let Note { member, cause, subject, key } = note;
    let (subject_kind, subject_id) = (subject.as_ref().map(|it| &*it.kind), subject.as_ref().map(|it| it.id));
    let values = args![
        seq,
        now,
        kind.name(),
        amount,
        of_grant,
        balance,
        member,
        actor_kind,
        actor_id,
        cause,
        subject_kind,
        subject_id,
        key,
    ];
    work.run_unasked(text, values).await?;
    let payload = json!({ "seq": seq, "amount": amount, "balance": balance, "cause": cause, "member_id": member });
    work.record(Event::new(happened(kind), pool_of(work)).payload(payload));
    Ok(posting)
}

/// What events are about: only who may see the balance hears of it.
pub(crate) fn pool_of(work: &Work) -> Subject {
    Subject::new("credits", work.workspace())
}

const fn happened(kind: EntryKind) -> &'static str {
    match kind {
        EntryKind::Grant => "credit.granted",
        EntryKind::Expire => "credit.expired",
        EntryKind::Purchase => "credit.purchased",
        EntryKind::Consume => "credit.consumed",
        EntryKind::Refund => "credit.refunded",
        EntryKind::Dispute => "credit.disputed",
        EntryKind::Adjust => "credit.adjusted",
    }
}

/// Whether an entry with this key was posted; the pool's row is held, so that nobody posts it meanwhile.
pub(crate) async fn is_posted(work: &mut Work, key: &str) -> Result<bool, Error> {
    let text = sql!("select seq from credit_entries where workspace_id = $1 and key = $2");
    Ok(work.first(text, args![key]).await?.is_some())
}

/// Tells of a threshold that the balance has come down to (INV-35). The caller saves the pool.
pub(crate) fn tell_when_low(work: &mut Work, account: &mut Account) {
    if let Some(threshold) = account.crossed() {
        let payload = json!({ "threshold": threshold, "balance": account.balance(), "grant": account.grant_size });
        work.record(Event::new("credit.low", pool_of(work)).payload(payload));
    }
}

/// A page of the ledger, newest first: who may see only their own sees what they consumed themselves.
///
/// # Errors
/// The cursor is not one of this list, or the database cannot answer.
pub async fn entries(
    grant: &Grant<CreditViewLedger>,
    filter: EntryFilter,
    limit: i64,
    cursor: Option<&str>,
) -> Result<Page<Entry>, LedgerRefusal> {
    let mut session = grant.read().await?;
    let own = match grant.reach() {
        Reach::Any => None,
        _ => Some(session.viewer().member.map_or(Uuid::nil(), Uuid::from)),
    };
    let EntryFilter { member, kind } = filter;
    let list = format!("credit_entries/{}/{own:?}/{member:?}/{kind:?}", session.workspace());
    let head = sql!(
        "select e.seq, e.at, e.kind, e.amount, e.of_grant, e.balance, e.member_id, e.actor_kind, e.actor_id, e.cause,
            e.subject_kind, e.subject_id, coalesce(m.display_name, a.name, ''), coalesce(m.status, '')
         from credit_entries e
         left join memberships m on m.workspace_id = e.workspace_id and m.id = e.member_id
         left join accounts a on a.id = m.account_id
         where e.workspace_id = $1"
    );
    let mut query = Composed::new(head, &[]);
    for member in own.into_iter().chain(member.map(Uuid::from)) {
        query.push(part!("and e.member_id = ?"), args![member]);
    }
    if let Some(kind) = kind {
        query.push(part!("and e.kind = ?"), args![kind.name()]);
    }
    if let Some(cursor) = cursor {
        let (seq, _) = Cursor::parse(cursor, &list)?;
        query.push(part!("and e.seq < ?"), args![seq]);
    }
    query.push(part!("order by e.seq desc limit ?"), args![limit + 1]);
    let rows = session.list(&query).await?;
    let entries = rows.into_iter().map(read).collect::<Result<Vec<_>, Error>>()?;
    Ok(cut(entries, limit, &list))
}

fn cut(mut entries: Vec<Entry>, limit: i64, list: &str) -> Page<Entry> {
    let more = entries.len() as i64 > limit;
    entries.truncate(usize::try_from(limit).unwrap_or_default());
    let last = entries.last().filter(|_| more).map(|last| Cursor::new(list, (last.seq, Uuid::nil())));
    Page { next: last, items: entries }
}

fn read(mut row: Row) -> Result<Entry, Error> {
    let subject: Option<String> = row.take(10)?;
    let member: Option<MemberId> = row.take(6)?;
    Ok(Entry {
        seq: row.take(0)?,
        at: row.take(1)?,
        kind: EntryKind::read(&row.take::<String>(2)?)?,
        amount: row.take(3)?,
        of_grant: row.take(4)?,
        balance: row.take(5)?,
        member: match member {
            Some(id) => Some(LedgerMember { id, name: row.take(12)?, former: is_former(&row.take::<String>(13)?) }),
            None => None,
        },
        actor_kind: row.take(7)?,
        actor_id: row.take(8)?,
        cause: row.take(9)?,
        subject: match subject {
            Some(kind) => Some(Subject::new(kind, row.take::<Uuid>(11)?)),
            None => None,
        },
    })
}

/// As `directory` has it: gone, for good or until they are let in again (INV-10).
pub(super) fn is_former(status: &str) -> bool {
    matches!(status, "deactivated" | "left" | "removed")
}
