//! Which passwords are refused although they are long enough: the ones that are tried first.

use std::{collections::HashSet, sync::LazyLock};

use kernel::{Password, fold, search_terms};

use crate::Refusal;

/// Twelve or more characters, and still at the top of every list that attackers try.
static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());
/// Words that stand in many passwords of this product's people.
const PRODUCT_WORDS: [&str; 4] = ["guildhall", "password", "passwort", "contrasena"];
const FEWEST_DIFFERENT: usize = 5;
/// What has to be left when the known words are taken away.
const FEWEST_OF_ITS_OWN: usize = 6;
/// Shorter words are part of too many others.
const SHORTEST_WORD: usize = 4;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    Common,
    Repeats,
    Personal,
}

impl Weakness {
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Common => "common_password",
            Self::Repeats => "repetitive_password",
            Self::Personal => "personal_password",
        }
    }

    pub(crate) const fn advice(self) -> &'static str {
        match self {
            Self::Common => "This password is among the first that are tried. Choose another one.",
            Self::Repeats => "This password repeats a few characters. Choose another one.",
            Self::Personal => "This password is made of words that are known about you. Choose another one.",
        }
    }
}

/// Refuses what is easy to guess; `about` is what anybody may know of the person: name, address, workspace.
pub(crate) fn refuse_guessable(field: &'static str, password: &Password, about: &[&str]) -> Result<(), Refusal> {
    match weakness(password, about) {
        Some(weakness) => Err(Refusal::WeakPassword { field, weakness }),
        None => Ok(()),
    }
}

fn weakness(password: &str, about: &[&str]) -> Option<Weakness> {
    let folded = fold(password);
    if COMMON.contains(folded.as_str()) {
        return Some(Weakness::Common);
    }
    if folded.chars().collect::<HashSet<_>>().len() < FEWEST_DIFFERENT {
        return Some(Weakness::Repeats);
    }
    let mut rest = folded;
    for whole in about.iter().map(|text| fold(text)).filter(|whole| !whole.is_empty()) {
        rest = rest.replace(&whole, "");
    }
    for word in about.iter().flat_map(|text| search_terms(text)).filter(|word| word.chars().count() >= SHORTEST_WORD) {
        rest = rest.replace(&word, "");
    }
    for word in PRODUCT_WORDS {
        rest = rest.replace(word, "");
    }
    (rest.chars().count() < FEWEST_OF_ITS_OWN).then_some(Weakness::Personal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessable_passwords_are_refused_and_others_are_not() {
        let about = ["Ann Marsh", "ann.marsh@harbour.test", "Harbour Books", "bo@ab-cd.test"];
        for (password, expected) in [
            ("1234567890123", Some(Weakness::Common)),
            ("Password1234", Some(Weakness::Common)),
            ("abababababab", Some(Weakness::Repeats)),
            ("Harbour-Marsh1", Some(Weakness::Personal)),
            ("Bo@ab-cd.test1", Some(Weakness::Personal)), // a whole address, of short words
            ("Contraseña2026", Some(Weakness::Personal)),
            ("guildhall!2026", Some(Weakness::Personal)),
            ("seven green umbrellas", None),
            ("marsh lantern orbit", None),
        ] {
            assert_eq!(weakness(password, &about), expected, "{password:?}");
        }
    }

    #[test]
    fn the_list_holds_what_the_length_rule_lets_through() {
        assert!(COMMON.iter().all(|line| line.chars().count() >= 12 && fold(line) == *line));
    }
}
