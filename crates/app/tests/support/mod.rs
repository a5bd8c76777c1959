//! The stage: worlds with named people, their browsers, and the mirror behind the wall.
//!
//! A story opens a [`World`] and acts through its people; what they send and get is plain HTTP:
//! ```ignore
//! let world = World::new();
//! let conversation = world.visitor().says("Is this still available?");
//! let claimed = world.bo().post(&format!("conversations/{conversation}/claim"), json!({})).ok();
//! world.vic().post(&format!("conversations/{conversation}/claim"), json!({})).refused(403, "forbidden");
//! ```

mod console;
mod database;
mod mirror;
mod person;
mod plan;
mod process;
mod puppet;
mod push;
mod slack;
mod smtp;
mod stream;
mod stripe;
mod visitor;
mod watch;
mod world;

pub use console::{Console, ran};
pub use database::{Database, PLACE, Place};
pub use mirror::{CODES, CONTENTS, MIRROR, tables};
pub use person::{Client, Person, Reply, no_mirror};
pub use plan::on_plan;
pub use process::Process;
pub use puppet::{ANSWER, Puppet};
pub use push::PushService;
pub use slack::SlackServer;
pub use smtp::MailServer;
pub use stream::{Frame, Stream};
pub use stripe::{SECRETS, StripeServer};
pub use visitor::{SITE, Visitor, identity};
pub use watch::watched;
pub use world::{BY_ITSELF, Beginning, PASSWORD, Server, World, free_address, fresh_id, link_in, text_of, until};
