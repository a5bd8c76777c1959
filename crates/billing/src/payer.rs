//! Who pays: the owner (BIL-011). After a transfer the new owner is reminded that it is they now. And who else may.

use kernel::{AccountId, MemberId};
use tenancy::{Error, Event, Housekeeping, Permission, Reach, Session, Subject, Tx, sql};

use crate::{
    Refusal,
    subscription::{State, Subscription, subscription},
};

/// More members than this who may do something are not named.
const MOST_NAMED: usize = 10;

/// Active members who hold a permission, the first of them: whom somebody asks who does not. Who is not shown the
/// members is told nobody's name.
///
/// # Errors
/// The database cannot answer.
pub async fn who_may(session: &mut Session, permission: Permission) -> Result<Vec<(MemberId, String)>, Error> {
    if session.reach(Permission::MemberView) != Reach::Any {
        return Ok(Vec::new());
    }
    let everybody = session.standings().await?.into_iter();
    let may = everybody.filter(|one| one.is_active() && one.access().reach(permission) != Reach::None);
    Ok(may.take(MOST_NAMED).map(|one| (one.member.id, one.member.name.clone())).collect())
}

/// Reminds the new owner that they pay, where anything is paid.
///
/// # Errors
/// The database cannot answer.
pub async fn owner_changed(tx: &mut Tx<Housekeeping>) -> Result<(), Refusal> {
    let current = subscription(tx).await?;
    let owner = owner(tx).await?;
    if is_paid(&current) && current.payer != Some(owner) {
        let workspace = Subject::new("workspace", tx.workspace());
        tx.record(Event::new("payer.reminded", workspace));
    }
    Ok(())
}

fn is_paid(subscription: &Subscription) -> bool {
    let tried = subscription.state == State::Trialing && subscription.next.is_none();
    (subscription.is_mirrored() || subscription.is_invoiced_here()) && !tried
}

async fn owner(session: &mut Session) -> Result<AccountId, Error> {
    let text = sql!(
        "select m.account_id from workspace_owners o
         join memberships m on m.workspace_id = o.workspace_id and m.id = o.membership_id
         where o.workspace_id = $1"
    );
    session.first(text, &[]).await?.ok_or(Error::NotFound)?.take(0)
}
