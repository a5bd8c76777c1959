//! Previews: a look at the workspace as somebody else.

pub mod create;
pub mod delete;
pub mod view;

use kernel::SessionId;
use tenancy::{Caller, Error};

/// The session that something of a browser's belongs to: it is a person's, never a program's.
pub(crate) fn session_of(caller: &Caller) -> Result<SessionId, Error> {
    caller.account().map(|(_, session)| session).ok_or(Error::NotForKeys)
}
