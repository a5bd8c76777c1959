//! Channels: what customers write through, and the visitors of the website chat.
//!
//! Invariant: a channel belongs to one business (ruling 24). Its public key names it and proves nothing; who a
//! visitor is, only a hash made with the channel's identity secret proves. What somebody typed is a claim.

mod channel;
mod identity;
mod label;
mod origin;
mod refusal;
mod settings;
mod team;
mod visitor;

pub use channel::{
    Change, Channel, ChannelKind, create, create_default, is_installed, list, origins, rotate_identity_secret, seen,
    show, update,
};
pub use identity::{IdentitySecret, SignedIdentity};
pub use label::labels;
pub use origin::Origins;
pub use refusal::Refusal;
pub use settings::{Position, PreChat, Settings, SettingsChange, WidgetLocale};
pub use team::{Team, TeamMember, team};
pub use visitor::{Claim, NewVisitor, VISITOR_LIFE, Visitor, VisitorSession, belongs_to, find, open, renew, visitor};
