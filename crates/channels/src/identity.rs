//! Who a site says its visitor is: a user id and its HMAC under the channel's identity secret.
//!
//! The secret is kept readable, not hashed: verifying an HMAC needs the key itself. It is shown once and replaced
//! rather than shown again; whoever reads the database could sign visitors in, and nothing else.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tenancy::Token;

use crate::Refusal;

const LONGEST_USER_ID: usize = 200;

/// The secret a site signs its users with. `Debug` does not show it.
#[derive(Clone)]
pub struct IdentitySecret(Vec<u8>);

impl std::fmt::Debug for IdentitySecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("IdentitySecret(…)")
    }
}

/// A user as the site's page names it. Only the user id is signed; name and address are claims.
#[derive(Debug, Clone)]
pub struct SignedIdentity {
    pub user_id: String,
    /// Lower-case or upper-case hex of HMAC-SHA256.
    pub hash: String,
}

impl IdentitySecret {
    /// A fresh secret and its text, which is handed out once.
    pub(crate) fn random() -> (Self, String) {
        let text = Token::random("gk").as_str().to_owned();
        (Self(text.clone().into_bytes()), text)
    }

    pub(crate) fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    /// Compares in constant time.
    ///
    /// # Errors
    /// [`Refusal::IdentityInvalid`], or a user id that cannot be kept.
    pub fn verify(&self, identity: &SignedIdentity) -> Result<(), Refusal> {
        if !(1..=LONGEST_USER_ID).contains(&identity.user_id.chars().count()) || identity.user_id.contains('\0') {
            let detail = format!("has 1 to {LONGEST_USER_ID} characters, none of them NUL");
            return Err(Refusal::Invalid { field: "/identity/user_id", detail });
        }
        let hash = from_hex(&identity.hash).ok_or(Refusal::IdentityInvalid)?;
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).map_err(|_| Refusal::IdentityInvalid)?;
        mac.update(identity.user_id.as_bytes());
        mac.verify_slice(&hash).map_err(|_| Refusal::IdentityInvalid)
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|start| u8::from_str_radix(&text[start..start + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(user_id: &str, hash: &str) -> SignedIdentity {
        SignedIdentity { user_id: user_id.into(), hash: hash.into() }
    }

    #[test]
    fn only_the_secret_signs() {
        // RFC 4231, test case 2.
        let secret = IdentitySecret::from_bytes(b"Jefe".to_vec());
        let hash = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let user = "what do ya want for nothing?";
        assert!(secret.verify(&identity(user, hash)).is_ok());
        assert!(secret.verify(&identity(user, &hash.to_uppercase())).is_ok());
        for (user, hash) in [("somebody else", hash), (user, ""), (user, &hash[..62]), (user, &"zz".repeat(32))] {
            assert!(secret.verify(&identity(user, hash)).is_err(), "{user:?} with {hash:?} was believed");
        }
        assert!(IdentitySecret::from_bytes(b"other".to_vec()).verify(&identity(user, hash)).is_err());
    }
}
