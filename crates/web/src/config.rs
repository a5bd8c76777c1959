//! What the doors need to know about this installation.

use std::net::SocketAddr;

use url::Url;

/// Settings of the doors, from the command line, the environment or a file (read by `app`).
#[derive(Debug, Clone)]
pub struct Config {
    pub listen: SocketAddr,
    /// Where browsers reach this server; links in mails start with it.
    pub public_url: Url,
    pub limits: Limits,
    /// Whether the program has an AI to ask.
    pub has_model: bool,
    /// Origin of the sample site, in the demo.
    pub sample_site: Option<Url>,
}

/// Rate limits with their written defaults (ruling 35); each is a number per minute unless its name says hour.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Per address and account name.
    pub sign_in: u32,
    /// Per address, whatever the account name.
    pub sign_in_of_peer: u32,
    /// Per address, an hour.
    pub sign_up_per_hour: u32,
    /// Per account name, an hour.
    pub reset_per_hour: u32,
    /// Mails of one workspace to people it invites, an hour.
    pub invitations_per_hour: u32,
    /// New visitors per address.
    pub visitors: u32,
    /// Messages of one visitor.
    pub visitor_messages: u32,
    /// Messages of one channel, all visitors together.
    pub channel_messages: u32,
    /// Requests with one API key; a stream is one.
    pub api_key: u32,
    /// Walks through the whole audit log of a workspace: exports and verifications.
    pub whole_log: u32,
    /// Messages of one workspace that show whether an integration works.
    pub integration_test: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sign_in: 10,
            sign_in_of_peer: 60,
            sign_up_per_hour: 20,
            reset_per_hour: 5,
            invitations_per_hour: 100,
            visitors: 60,
            visitor_messages: 60,
            channel_messages: 6000,
            api_key: 600,
            whole_log: 10,
            integration_test: 10,
        }
    }
}

impl Limits {
    /// Every limit multiplied: load generators and tests that measure something else raise them.
    #[must_use]
    pub const fn times(self, factor: u32) -> Self {
        Self {
            sign_in: self.sign_in.saturating_mul(factor),
            sign_in_of_peer: self.sign_in_of_peer.saturating_mul(factor),
            sign_up_per_hour: self.sign_up_per_hour.saturating_mul(factor),
            reset_per_hour: self.reset_per_hour.saturating_mul(factor),
            invitations_per_hour: self.invitations_per_hour.saturating_mul(factor),
            visitors: self.visitors.saturating_mul(factor),
            visitor_messages: self.visitor_messages.saturating_mul(factor),
            channel_messages: self.channel_messages.saturating_mul(factor),
            api_key: self.api_key.saturating_mul(factor),
            whole_log: self.whole_log.saturating_mul(factor),
            integration_test: self.integration_test.saturating_mul(factor),
        }
    }
}

impl Config {
    /// Whether browsers reach the server by https.
    pub fn secure(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// The session cookie's name: bound to the host and https, unless everything stays on loopback (ruling 31).
    pub fn cookie_name(&self) -> &'static str {
        if self.secure() { "__Host-sid" } else { "sid" }
    }

    /// Whether pages of `origin` are our own. On loopback both names of the machine are.
    pub fn is_own_origin(&self, origin: &str) -> bool {
        if origin == self.public_url.origin().ascii_serialization() {
            return true;
        }
        let port = self.listen.port();
        !self.secure()
            && self.listen.ip().is_loopback()
            && (origin == format!("http://127.0.0.1:{port}") || origin == format!("http://localhost:{port}"))
    }
}
