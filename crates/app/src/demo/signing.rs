//! How a website signs who its user is: HMAC-SHA256 of the user's id under the channel's secret, in hexadecimal.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

pub(super) fn sign(secret: &str, user_id: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(user_id.as_bytes());
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_signature_is_what_everybody_computes() {
        // RFC 4231, test case 2.
        let hash = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(super::sign("Jefe", "what do ya want for nothing?"), hash);
    }
}
