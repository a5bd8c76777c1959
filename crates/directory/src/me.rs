//! What a signed-in person is told about itself: its account and the places it belongs to.

use kernel::AccountId;
use tenancy::{Instance, MemberStanding};

use crate::{Account, Refusal, account};

#[derive(Debug, Clone)]
pub struct Me {
    pub account: Account,
    /// Where it is an active member, oldest first.
    pub memberships: Vec<MemberStanding>,
}

/// # Errors
/// The database cannot answer.
pub async fn me(instance: &Instance, account: AccountId) -> Result<Me, Refusal> {
    let account = account::by_id(&mut instance.read().await?, account).await?;
    Ok(Me { memberships: instance.places(account.id).await?, account })
}
