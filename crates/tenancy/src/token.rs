//! Secrets that travel: 256 random bits behind a readable prefix; only their SHA-256 is kept.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// A secret as it is handed out once. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// `prefix` tells a finder what it is: `gs` session, `gv` visitor, `gi` invitation, `gr` reset …
    pub fn random(prefix: &str) -> Self {
        let secret: [u8; 32] = rand::random();
        Self(format!("{prefix}_{}", URL_SAFE_NO_PAD.encode(secret)))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is stored and looked up.
    pub fn hash(&self) -> [u8; 32] {
        Self::hash_of(&self.0)
    }

    /// The stored form of a token that came in.
    pub fn hash_of(text: &str) -> [u8; 32] {
        Sha256::digest(text.as_bytes()).into()
    }
}

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}
