//! The vault: the database, the right to open it, the events and the queue, in one room with one door.
//!
//! Invariant (INV-01): nothing outside this crate reaches a row of a workspace except through a [`Grant`] that the
//! vault gave to a checked [`Caller`], and no statement runs that does not bind the workspace.
//!
//! A grant of one right does not satisfy a function that asks for another:
//! ```compile_fail,E0308
//! use tenancy::*;
//! fn needs_assign(_: &Grant<ConversationAssign>) {}
//! fn f(grant: Grant<ConversationView>) { needs_assign(&grant); }
//! ```
//! Nobody else can turn a token into a caller:
//! ```compile_fail,E0423
//! use tenancy::*;
//! let caller = Caller(todo!());
//! ```
//! Nobody else can reach the database:
//! ```compile_fail,E0624
//! use tenancy::*;
//! fn f(vault: &Vault) { let _ = vault.database(); }
//! ```
//! A statement that does not name the workspace does not compile:
//! ```compile_fail,E0080
//! use tenancy::sql;
//! let statement = sql!("select name from customers where id = $2");
//! ```
//! and the one that does, compiles:
//! ```
//! use tenancy::sql;
//! let statement = sql!("select name from customers where workspace_id = $1 and id = $2");
//! ```

mod access;
pub mod access_log;
mod actor;
mod audit;
mod bills;
mod caller;
mod ceiling;
mod chain;
mod database;
mod erasure;
mod error;
mod event;
mod grants;
mod idempotency;
mod inspection;
mod instance;
#[cfg(feature = "measure")]
pub mod measure;
mod meter;
mod operator;
mod pack;
mod packs;
mod permission;
mod preview;
mod queue;
mod reactor;
mod retention;
mod schedule;
mod scope;
mod search;
mod standing;
mod teams;
mod throttle;
mod token;
mod transaction;
mod undo;
mod vault;
mod verification;
mod wake;
mod words;

/// A statement of this crate's own, in both spellings.
macro_rules! raw {
    ($text:expr) => {{
        const SQLITE: [u8; $text.len()] = $crate::sqlite_spelling($text);
        const TEXT: $crate::database::statement::Text<'static> =
            $crate::database::statement::Text { postgres: $text, sqlite: $crate::spelled(&SQLITE) };
        TEXT
    }};
}
pub(crate) use raw;

pub use access::{Ability, Access, Decider, HeldSet, Standing, Step};
pub use actor::{Actor, Caller, Duty, Member};
pub use audit::{AuditChain, AuditEntry, AuditFilter, ListRefusal, Outcome, audit_events};
pub use caller::{KEY_PREFIX, SESSION_IDLE_MILLIS, SESSION_LIFE_MILLIS, SHARED_SESSION_IDLE_MILLIS};
pub use ceiling::SeatType;
pub use database::{Composed, Engine, FromValue, InstanceSql, Part, Row, TenantSql, Value, spelled, sqlite_spelling};
pub use erasure::erased_tables;
pub use error::Error;
pub use event::{Event, Sight, SightPoint, StoredEvent, Subject};
pub use grants::{GrantError, Grants};
pub use idempotency::{Replay, Request};
pub use inspection::pending_migrations;
pub use instance::{Instance, InstanceSession, InstanceTx};
pub use meter::{Gauge, Meter, Remedy};
pub use operator::{Listed, Operator};
pub use pack::{
    ExitVerb, InboxVisibility, Localised, MaskEmail, Masking, MemberCreation, OnMemberExit, OwnershipTransfer, Pack,
    PackError, PackFault, PermissionSets, Policy, RankCeiling, ReadyLabel, ReplyLock, Role, SeatBilling,
};
pub use packs::{KnownPack, PackRefusal};
pub use permission::*;
pub use queue::{DeadJob, Job, MAX_ATTEMPTS, RunningJob};
pub use reactor::Unheard;
pub use scope::{Grant, Scope, Viewer};
pub use search::{Found, SearchEntry, SearchWords};
pub use standing::{Explanation, MemberStanding, Roles};
pub use token::Token;
pub use transaction::{Outside, Session, Tx, Work, id};
pub use vault::{OnDuty, Vault};
pub use verification::{Verdict, Verification};
pub use wake::{Revocation, Wake};
