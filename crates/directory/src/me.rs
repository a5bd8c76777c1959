//! What a signed-in person is told about itself: its account and the places it belongs to.

use std::sync::Arc;

use kernel::AccountId;
use tenancy::{Access, Error, Instance, Place};

use crate::{Account, Refusal, RoleRef, account};

/// A place with its role's label and what the person may do there.
#[derive(Debug, Clone)]
pub struct Membership {
    pub place: Place,
    pub role: RoleRef,
    pub access: Arc<Access>,
}

#[derive(Debug, Clone)]
pub struct Me {
    pub account: Account,
    pub memberships: Vec<Membership>,
}

/// # Errors
/// The database cannot answer.
pub async fn me(instance: &Instance, account: AccountId) -> Result<Me, Refusal> {
    let vault = instance.vault();
    let account = account::by_id(&mut instance.read().await?, account).await?;
    let places = instance.places(account.id).await?;
    let memberships = places.into_iter().map(|place| {
        let pack = vault.pack(&place.pack).ok_or_else(|| Error::Corrupt(format!("no policy pack {:?}", place.pack)))?;
        let role = RoleRef::of(pack, place.role_key.clone());
        let (seat, state) = (place.seat_type, &place.workspace_state);
        let access = vault.access(&place.pack, &role.key, seat, place.is_owner, state, &place.entitlements)?;
        Ok(Membership { role, access, place })
    });
    Ok(Me { memberships: memberships.collect::<Result<_, Error>>()?, account })
}
