//! What is left, and who consumed the rest (CRED-013, CRED-014).

use kernel::{DAY, MemberId, Timestamp};
use tenancy::{CreditViewBalance, Error, Grant, Permission, Reach, Row, Session, args, sql};
use uuid::Uuid;

use super::{
    account::{self, Account},
    consumption::NOBODY,
    entry::{LedgerMember, is_former},
};

#[derive(Debug, Clone)]
pub struct Balance {
    pub balance: i64,
    /// What is neither spent nor reserved.
    pub available: i64,
    pub reserved: i64,
    /// Left of the month's grant.
    pub granted: i64,
    pub grant_size: i64,
    /// When the grant expires.
    pub month_end: Option<Timestamp>,
    pub purchased: i64,
    pub unlimited: bool,
    /// The lowest threshold that the balance is at or below.
    pub low: Option<i64>,
    /// When nothing is left if the month goes on as it began; `None` where that is not before the next grant.
    pub forecast_at: Option<Timestamp>,
    /// This month's consumption by member, the most first; `None` for who may not see it.
    pub by_member: Option<Vec<MemberUse>>,
    /// What nobody in particular consumed this month, as the AI; `None` for who may not see everybody's.
    pub unattributed: Option<i64>,
}

/// A month of a member.
#[derive(Debug, Clone)]
pub struct MemberUse {
    pub member: LedgerMember,
    pub consumed: i64,
    /// What they may consume in a month.
    pub cap: Option<i64>,
}

/// The pool as it is, with what the viewer may see of who consumed it: everybody's, their own or nobody's.
///
/// # Errors
/// The database cannot answer.
pub async fn balance(grant: &Grant<CreditViewBalance>) -> Result<Balance, Error> {
    let mut session = grant.read().await?;
    let account = account::account(&mut session).await?;
    let viewer = session.viewer();
    let reach = viewer.reach(Permission::CreditViewLedger);
    let everybody = by_member(&mut session, &account).await?;
    let consumed = consumed(&mut session, &account).await?;
    let by_member = match reach {
        Reach::Any => Some(everybody),
        Reach::Own => Some(everybody.into_iter().filter(|month| Some(month.member.id) == viewer.member).collect()),
        Reach::None | Reach::Masked => None,
    };
    let Account { granted, grant_size, purchased, reserved, unlimited, warned, month_end, .. } = account;
    Ok(Balance {
        balance: account.balance(),
        available: account.available(),
        reserved,
        granted,
        grant_size,
        month_end,
        purchased,
        unlimited,
        low: warned,
        forecast_at: forecast(&account, consumed.0, session.now()),
        by_member,
        unattributed: (reach == Reach::Any).then_some(consumed.1),
    })
}

/// When the pool is empty at the month's pace so far. Its first day counts whole: one busy minute of it would be told
/// as the pace of the month.
fn forecast(account: &Account, consumed: i64, now: Timestamp) -> Option<Timestamp> {
    let end = account.month_end.filter(|_| consumed > 0)?;
    let elapsed = i128::from(now.millis() - account.month_start.millis()).max(DAY.as_millis().cast_signed());
    let left = i128::from(account.available()) * elapsed / i128::from(consumed);
    let at = Timestamp::from_millis(i64::try_from(i128::from(now.millis()) + left).ok()?);
    (at < end).then_some(at)
}

/// This month's consumption: everybody's, and of it what is nobody's.
async fn consumed(session: &mut Session, account: &Account) -> Result<(i64, i64), Error> {
    let text = sql!(
        "select coalesce(cast(sum(consumed) as bigint), 0),
            coalesce(cast(sum(case when member_id = $3 then consumed else 0 end) as bigint), 0)
         from credit_consumption where workspace_id = $1 and period_start = $2"
    );
    let row = session.first(text, args![account.month_start, NOBODY]).await?;
    let mut row = row.ok_or_else(|| Error::Corrupt("a sum is a row".into()))?;
    Ok((row.take(0)?, row.take(1)?))
}

async fn by_member(session: &mut Session, account: &Account) -> Result<Vec<MemberUse>, Error> {
    let text = sql!(
        "select m.id, coalesce(m.display_name, a.name, ''), m.status, coalesce(u.consumed, 0), c.monthly
         from memberships m
         join accounts a on a.id = m.account_id
         left join credit_consumption u on u.workspace_id = m.workspace_id and u.member_id = m.id
            and u.period_start = $2
         left join credit_caps c on c.workspace_id = m.workspace_id and c.member_id = m.id
         where m.workspace_id = $1 and (u.consumed > 0 or (c.monthly is not null and m.status = 'active'))
         order by coalesce(u.consumed, 0) desc, m.id"
    );
    let rows = session.all(text, args![account.month_start]).await?;
    rows.into_iter().map(read).collect()
}

fn read(mut row: Row) -> Result<MemberUse, Error> {
    let id: Uuid = row.take(0)?;
    let former = is_former(&row.take::<String>(2)?);
    let member = LedgerMember { id: MemberId::from(id), name: row.take(1)?, former };
    Ok(MemberUse { member, consumed: row.take(3)?, cap: row.take(4)? })
}
