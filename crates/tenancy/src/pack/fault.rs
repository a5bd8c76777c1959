//! Why a pack was refused.

use kernel::{FaultAt, NO_KEY};

use crate::grants::GrantError;

/// A line of the pack, and what is wrong there. A pack with one fault is refused whole.
pub type PackError = FaultAt<PackFault>;

/// What is wrong with a pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackFault {
    /// It is no TOML, a key is unknown or missing, or a value is none of the words that exist.
    #[error("{0}")]
    Text(String),
    #[error("{0:?} {NO_KEY}")]
    BadKey(String),
    #[error("versions start at 1")]
    BadVersion,
    #[error("role {0:?} appears twice")]
    DoubleRole(String),
    #[error("permission {0:?} is not in the catalogue")]
    UnknownPermission(String),
    #[error("permission {0:?} has no row")]
    MissingPermission(&'static str),
    #[error("permission {permission:?} has {cells} cells for {roles} roles")]
    RaggedRow { permission: &'static str, cells: usize, roles: usize },
    #[error("role {role:?}: {grant}")]
    BadReach { role: String, grant: GrantError },
    #[error("role {role:?} is on a {seat} seat, which never holds {permission:?}")]
    BeyondSeat { role: String, seat: &'static str, permission: &'static str },
    #[error("{0:?} is no relation")]
    UnknownRelation(String),
    #[error("{relation:?} cannot decide what is one's own under {permission:?}")]
    RelationDoesNotFit { permission: &'static str, relation: &'static str },
    #[error("nothing is told about {0:?}")]
    UnknownEvent(String),
    #[error("{0:?} is neither a role nor somebody the event concerns")]
    UnknownRecipient(String),
    #[error("there is no set of ready labels {0:?}")]
    UnknownLabels(String),
    #[error("the owner role {0:?} is not among the roles")]
    NoOwnerRole(String),
    /// A role or a policy says what another part of the pack denies.
    #[error("{0}")]
    Contradiction(String),
}
