//! What a signed-in person is told about itself: its account and the places it belongs to.

use kernel::AccountId;
use tenancy::{Instance, MemberStanding};

use crate::{Account, Refusal, account, operator::is_operator};

#[derive(Debug, Clone)]
pub struct Me {
    pub account: Account,
    /// It operates the instance.
    pub is_operator: bool,
    /// Where it is an active member, oldest first.
    pub memberships: Vec<MemberStanding>,
}

/// # Errors
/// The database cannot answer.
pub async fn me(instance: &Instance, account: AccountId) -> Result<Me, Refusal> {
    let mut session = instance.read().await?;
    let account = account::by_id(&mut session, account).await?;
    let is_operator = is_operator(&mut session, account.id).await?;
    drop(session);
    Ok(Me { memberships: instance.places(account.id).await?, account, is_operator })
}
