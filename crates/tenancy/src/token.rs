//! Secrets that travel: 256 random bits behind a readable prefix; only their SHA-256 is kept.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Letters of the check at the end of a checked token.
const CHECK: usize = 6;

fn check_of(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes())).chars().take(CHECK).collect()
}

/// A secret as it is handed out once. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// `prefix` tells a finder what it is: `gs` session, `gv` visitor, `gi` invitation, `gr` reset …
    pub fn random(prefix: &str) -> Self {
        let secret: [u8; 32] = rand::random();
        Self(format!("{prefix}_{}", URL_SAFE_NO_PAD.encode(secret)))
    }

    /// A token that carries six letters of its own digest, so that a mistyped or cut one is told from a wrong one
    /// without asking the database, and scanners of leaked secrets recognise it.
    pub fn checked(prefix: &str) -> Self {
        let Self(text) = Self::random(prefix);
        let check = check_of(&text);
        Self(text + &check)
    }

    /// Whether a [`Token::checked`] of this prefix came in whole.
    pub fn is_whole(prefix: &str, text: &str) -> bool {
        let rest = text.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('_'));
        rest.is_some()
            && text.is_ascii()
            && text.len() > CHECK
            && check_of(&text[..text.len() - CHECK]) == text[text.len() - CHECK..]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_d8_no_token_repeats_and_every_bit_is_as_often_one_as_not() {
        const TOKENS: usize = 100_000;
        let mut seen = std::collections::HashSet::with_capacity(TOKENS);
        let mut ones = [0_usize; 256];
        for _ in 0..TOKENS {
            let token = Token::random("gs");
            let secret = token.as_str().strip_prefix("gs_").expect("its prefix");
            let secret = URL_SAFE_NO_PAD.decode(secret).expect("its own letters");
            for (bit, count) in ones.iter_mut().enumerate() {
                *count += usize::from(secret[bit / 8] >> (bit % 8) & 1);
            }
            assert!(seen.insert(secret), "a token was given twice");
        }
        // Half of them, give or take six standard deviations.
        let half = TOKENS / 2;
        assert!(ones.iter().all(|count| count.abs_diff(half) < 1_000), "{ones:?}");
    }

    #[test]
    fn a_checked_token_knows_when_it_was_cut_or_mistyped() {
        let token = Token::checked("gk");
        let text = token.as_str();
        assert!(Token::is_whole("gk", text));
        assert!(!Token::is_whole("gk", &text[..text.len() - 1]));
        assert!(!Token::is_whole("gs", text));
        let other = if text.as_bytes()[10] == b'A' { "B" } else { "A" };
        assert!(!Token::is_whole("gk", &[&text[..10], other, &text[11..]].concat()));
        assert!(!Token::is_whole("gk", "gk_é12345"));
    }
}
