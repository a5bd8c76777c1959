//! What each member consumed in a month, and how much they may (CRED-009, CRED-012). What nobody in particular consumed,
//! as the AI, counts under no member.

use kernel::{MemberId, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{BillingManage, Error, Event, Subject, Tx, Work, args, sql};
use uuid::Uuid;

use super::{Credits, LedgerRefusal};

/// Under whom is counted what is nobody's.
pub(super) const NOBODY: Uuid = Uuid::nil();

/// Counts credits that a member has reserved, if they may spend as many more in the month. `uncapped` where that was
/// asked before, or the pool counts nothing.
pub(super) async fn reserve(
    work: &mut Work,
    member: Option<MemberId>,
    month: Timestamp,
    amount: i64,
    uncapped: bool,
) -> Result<(), LedgerRefusal> {
    if let Some(member) = member.filter(|_| !uncapped) {
        let text = sql!(
            "select c.monthly, coalesce(u.consumed + u.reserved, 0) from credit_caps c
             left join credit_consumption u on u.workspace_id = c.workspace_id and u.member_id = c.member_id
                and u.period_start = $3
             where c.workspace_id = $1 and c.member_id = $2"
        );
        if let Some(mut row) = work.first(text, args![member, month]).await? {
            let (monthly, taken): (i64, i64) = (row.take(0)?, row.take(1)?);
            let left = monthly.saturating_sub(taken).max(0);
            if left < amount {
                return Err(LedgerRefusal::CapReached { left });
            }
        }
    }
    count(work, member, month, (0, amount)).await.map_err(Into::into)
}

/// Counts that `reserved` of a member's credits are kept no longer, and `consumed` of them were spent.
pub(super) async fn settle(
    work: &mut Work,
    member: Option<MemberId>,
    month: Timestamp,
    reserved: i64,
    consumed: i64,
) -> Result<(), Error> {
    count(work, member, month, (consumed, -reserved)).await
}

async fn count(
    work: &mut Work,
    member: Option<MemberId>,
    month: Timestamp,
    (consumed, reserved): (i64, i64),
) -> Result<(), Error> {
    let member = member.map_or(NOBODY, Uuid::from);
    if reserved >= 0 {
        let text = sql!(
            "insert into credit_consumption (workspace_id, member_id, period_start, consumed, reserved)
             values ($1, $2, $3, $4, $5)
             on conflict (workspace_id, member_id, period_start) do update set
                consumed = credit_consumption.consumed + excluded.consumed,
                reserved = credit_consumption.reserved + excluded.reserved"
        );
        work.mark_unasked(text, args![member, month, consumed, reserved]).await
    } else {
        // A row to be inserted would have to be valid by itself, and it is there already.
        let text = sql!(
            "update credit_consumption set consumed = consumed + $4, reserved = reserved + $5
             where workspace_id = $1 and member_id = $2 and period_start = $3"
        );
        work.mark_unasked(text, args![member, month, consumed, reserved]).await
    }
}

/// How many credits a member may spend in a month: 0 to 1,000,000,000.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "i64")]
pub struct Cap(i64);

impl TryFrom<i64> for Cap {
    type Error = &'static str;
    fn try_from(credits: i64) -> Result<Self, Self::Error> {
        if (0..=Credits::MAX).contains(&credits) { Ok(Self(credits)) } else { Err("is not between 0 and 1000000000") }
    }
}

/// Says how many credits a member may spend in a month.
///
/// # Errors
/// There is no such member, or the database cannot answer.
pub async fn set_cap(tx: &mut Tx<BillingManage>, member: MemberId, Cap(monthly): Cap) -> Result<(), LedgerRefusal> {
    let text = sql!(
        "insert into credit_caps (workspace_id, member_id, monthly) values ($1, $2, $3)
         on conflict (workspace_id, member_id) do update set monthly = excluded.monthly"
    );
    find(tx, member).await?;
    tx.run(text, args![member, monthly]).await?;
    record(tx, "credit.cap_set", member);
    Ok(())
}

/// A member may spend what there is again.
///
/// # Errors
/// There is no such member, or the database cannot answer.
pub async fn remove_cap(tx: &mut Tx<BillingManage>, member: MemberId) -> Result<(), LedgerRefusal> {
    find(tx, member).await?;
    let text = sql!("delete from credit_caps where workspace_id = $1 and member_id = $2");
    if tx.run(text, args![member]).await? > 0 {
        record(tx, "credit.cap_removed", member);
    }
    Ok(())
}

async fn find(work: &mut Work, member: MemberId) -> Result<(), Error> {
    let text = sql!("select id from memberships where workspace_id = $1 and id = $2 and status = 'active'");
    work.first(text, args![member]).await?.map(drop).ok_or(Error::NotFound)
}

fn record(work: &mut Work, kind: &'static str, member: MemberId) {
    let event = Event::new(kind, Subject::new("member", member));
    work.record(event.payload(json!({ "member_id": member, "fields": ["credit_cap"] })));
}
