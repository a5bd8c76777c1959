//! What members may do, asked once for all who share what it depends on.

use std::{collections::HashMap, sync::Arc};

use kernel::{MemberId, PermissionSetId};
use tenancy::{Access, Error, SeatType, Session};

/// What rights depend on: who shares it shares them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Class {
    pub(crate) role_key: String,
    pub(crate) seat_type: SeatType,
    pub(crate) is_owner: bool,
    /// In an order of their own, whatever it is.
    pub(crate) sets: Vec<PermissionSetId>,
}

/// The rights of classes that were met.
#[derive(Default)]
pub(crate) struct Rights(HashMap<Class, Arc<Access>>);

impl Rights {
    /// The rights of a member who is of this class.
    pub(crate) async fn of(
        &mut self,
        session: &mut Session,
        member: MemberId,
        class: Class,
    ) -> Result<Arc<Access>, Error> {
        if let Some(known) = self.0.get(&class) {
            return Ok(known.clone());
        }
        let access = session.standing_of(member).await?.access().clone();
        self.0.insert(class, access.clone());
        Ok(access)
    }
}
