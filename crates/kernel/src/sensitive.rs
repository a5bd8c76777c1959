//! What does not belong into a note: a hint to who writes it, never a refusal. It errs on the side of silence.

/// The kinds of secrets that a text seems to hold, each once: `card_number`, `bank_account`, `password`.
pub fn sensitive(text: &str) -> Vec<&'static str> {
    let kinds = [
        ("card_number", runs(text, |c| c.is_ascii_digit(), " -").any(|run| is_card_number(&run))),
        ("bank_account", runs(text, |c| c.is_ascii_alphanumeric(), " ").any(|run| holds_iban(&run))),
        ("password", names_a_password(text)),
    ];
    kinds.into_iter().filter(|(_, found)| *found).map(|(kind, _)| kind).collect()
}

/// Runs of these characters, where others of a few kinds may stand between them without being part of it.
fn runs(text: &str, part: impl Fn(char) -> bool, between: &str) -> impl Iterator<Item = String> {
    let mut runs = vec![String::new()];
    for c in text.chars() {
        match runs.last_mut() {
            Some(run) if part(c) => run.push(c),
            _ if between.contains(c) => {}
            _ => runs.push(String::new()),
        }
    }
    runs.into_iter().filter(|run| !run.is_empty())
}

/// Thirteen to nineteen digits whose checksum is right (ISO/IEC 7812).
fn is_card_number(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, digit)| match u32::from(digit - b'0') {
            digit if place % 2 == 0 => digit,
            digit if digit > 4 => digit * 2 - 9,
            digit => digit * 2,
        })
        .sum();
    (13..=19).contains(&digits.len()) && sum.is_multiple_of(10) && digits.bytes().any(|digit| digit != b'0')
}

/// An account number by its country, whose checksum is right (ISO 13616), anywhere in a run of letters and digits.
fn holds_iban(run: &str) -> bool {
    let bytes = run.as_bytes();
    let starts = |at: usize| {
        bytes[at..].len() >= 15
            && bytes[at..at + 2].iter().all(u8::is_ascii_uppercase)
            && bytes[at + 2..at + 4].iter().all(u8::is_ascii_digit)
    };
    (0..bytes.len()).filter(|at| starts(*at)).any(|at| {
        let rest = &run[at..];
        (15..=rest.len().min(34)).any(|length| is_iban(&rest[..length]))
    })
}

fn is_iban(text: &str) -> bool {
    let moved = text[4..].bytes().chain(text[..4].bytes());
    let remainder = moved.fold(0u32, |remainder, byte| match byte {
        b'0'..=b'9' => (remainder * 10 + u32::from(byte - b'0')) % 97,
        letter => (remainder * 100 + u32::from(letter.to_ascii_uppercase() - b'A') + 10) % 97,
    });
    remainder == 1
}

/// The word for it, and something that is told after it.
fn names_a_password(text: &str) -> bool {
    const WORDS: [&str; 5] = ["password", "passwort", "contrasena", "passcode", "pwd"];
    let folded = crate::fold(text);
    WORDS.iter().any(|word| {
        folded.match_indices(word).any(|(at, _)| {
            let rest = folded[at + word.len()..].trim_start();
            let told = rest.strip_prefix(':').or_else(|| rest.strip_prefix('='));
            let told = told.or_else(|| rest.strip_prefix("is ")).or_else(|| rest.strip_prefix("es "));
            told.is_some_and(|told| !told.trim().is_empty())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::sensitive;

    #[test]
    fn note_006_secrets_are_noticed_and_other_numbers_are_not() {
        assert_eq!(sensitive("Her card: 4242 4242 4242 4242, exp 12/29"), ["card_number"]);
        assert_eq!(sensitive("IBAN DE89 3704 0044 0532 0130 00"), ["bank_account"]);
        assert_eq!(sensitive("su contraseña es hunter2"), ["password"]);
        assert_eq!(sensitive("Password: hunter2 / 5555-5555-5555-4444"), ["card_number", "password"]);
        for harmless in ["Order 1234567890123", "Call +49 170 1234521", "She lost her password", "2026-11-26 13:24:52"]
        {
            assert!(sensitive(harmless).is_empty(), "{harmless}");
        }
    }
}
