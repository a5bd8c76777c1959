//! Text as people type it: bounded, free of what no engine stores, and the folded form that search compares.

use std::{fmt, ops::Deref};

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, schema::Type},
};

macro_rules! text_type {
    ($(#[$doc:meta])* $name:ident, $min:literal..=$max:literal, $clean:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(text: String) -> Result<Self, String> {
                let clean: fn(String) -> Result<String, String> = $clean;
                let text = clean(text)?;
                match text.chars().count() {
                    $min..=$max => Ok(Self(text)),
                    length if length > $max => Err(format!("has more than {} characters", $max)),
                    _ => Err(format!("has fewer than {} characters", $min)),
                }
            }
        }
        impl TryFrom<&str> for $name {
            type Error = String;
            fn try_from(text: &str) -> Result<Self, String> { Self::try_from(text.to_owned()) }
        }
        impl From<$name> for String {
            fn from(text: $name) -> Self { text.0 }
        }
        impl Deref for $name {
            type Target = str;
            fn deref(&self) -> &str { &self.0 }
        }
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new().schema_type(Type::String).min_length(Some($min)).max_length(Some($max)).into()
            }
        }
        impl ToSchema for $name {}
    };
}

text_type! {
    /// One line of 1 to 200 characters: a name, a title. Trimmed; control characters and those that turn the direction
    /// of what follows are refused.
    Line, 1..=200, |text| {
        if text.chars().any(disturbs_line) { Err("holds control characters".into()) } else { Ok(text.trim().to_owned()) }
    }
}
text_type! {
    /// What stands below a name on paper, an address and a tax number, or nothing: up to 10 lines of together 1,000
    /// characters. Trimmed; what is refused in a [`Line`] is refused in each.
    AddressLines, 0..=1000, |text| {
        let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
        if lines.iter().any(|line| line.chars().any(disturbs_line)) {
            Err("holds control characters".into())
        } else if lines.len() > 10 {
            Err("has more than 10 lines".into())
        } else {
            Ok(lines.join("\n"))
        }
    }
}
text_type! {
    /// A few sentences about something, or none: up to 500 characters. NUL is refused, because PostgreSQL stores none.
    #[derive(Default)]
    ShortText, 0..=500, |text| {
        if text.contains('\0') { Err("holds a NUL character".into()) } else { Ok(text.trim().to_owned()) }
    }
}
text_type! {
    /// What somebody wrote: up to 20,000 characters over many lines; NUL is refused, because PostgreSQL stores none.
    #[derive(Default)]
    LongText, 0..=20000, |text| {
        if text.contains('\0') { Err("holds a NUL character".into()) } else { Ok(text) }
    }
}
text_type! {
    /// What a label is called: one line of 1 to 50 characters with something to see in it. Control characters and
    /// those that turn the direction of what follows are refused.
    LabelName, 1..=50, |text| {
        if text.chars().any(disturbs_line) {
            Err("holds control characters".into())
        } else if text.chars().all(|c| c.is_whitespace() || is_invisible(c)) {
            Err("holds nothing that can be seen".into())
        } else {
            Ok(text.trim().to_owned())
        }
    }
}
text_type! {
    /// What members tell each other about their work: up to 10,000 characters over many lines; NUL is refused, because
    /// PostgreSQL stores none.
    #[derive(Default)]
    NoteText, 0..=10000, |text| {
        if text.contains('\0') { Err("holds a NUL character".into()) } else { Ok(text) }
    }
}
text_type! {
    /// A password as typed: 12 to 128 characters, any of them. Never shown by `Debug`.
    Password, 12..=128, Ok
}

macro_rules! shown_as_text {
    ($($name:ident),+) => {$(
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}
shown_as_text!(Line, AddressLines, ShortText, LongText, LabelName, NoteText);

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Control characters, and embeddings, overrides and isolates: what is written after those shows in another order than
/// it was written, beyond the name that holds them.
fn disturbs_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Joiners, marks of direction and choices of form, which are nothing by themselves.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Text without case, accents and compatibility forms, so that "José" is found by "jose".
pub fn fold(text: &str) -> String {
    text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).flat_map(char::to_lowercase).collect()
}

/// The folded words of a text in order, split at everything that is neither letter nor digit. Both database
/// engines index and query exactly these, so both find the same things.
pub fn search_terms(text: &str) -> Vec<String> {
    const LONGEST_WORD: usize = 64;
    fold(text)
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| word.chars().take(LONGEST_WORD).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn search_ignores_case_and_accents() {
        assert_eq!(search_terms("¿Dónde está mi PEDIDO nº42?"), ["donde", "esta", "mi", "pedido", "no42"]);
    }

    #[test]
    fn a_line_is_one_trimmed_line_that_turns_nothing_around() {
        assert_eq!(&*Line::try_from(" Ann ").expect("a line"), "Ann");
        assert_eq!(
            &*Line::try_from("\u{5d3}\u{5e0}\u{5d9} \u{200f}Danny").expect("a line"),
            "\u{5d3}\u{5e0}\u{5d9} \u{200f}Danny"
        );
        for bad in ["", "  ", "a\nb", "a\0b", "\u{202e}nnA", "Ann\u{2066}", &"x".repeat(201)] {
            assert!(Line::try_from(bad).is_err(), "{bad:?} was accepted");
        }
    }

    #[test]
    fn an_address_is_a_few_lines_that_turn_nothing_around() {
        let lines = |text: &str| AddressLines::try_from(text).map(String::from);
        assert_eq!(lines(" 1 Pier Road \r\nHarbour\n\nVAT 7\n").as_deref(), Ok("1 Pier Road\nHarbour\n\nVAT 7"));
        assert_eq!(lines(" \n").as_deref(), Ok(""));
        assert_eq!(lines(&["x"; 10].join("\n")).map(|text| text.len()), Ok(19));
        for bad in [&["x"; 11].join("\n"), "a\tb", "a\0b", "a\n\u{202e}b", &"x".repeat(1001)] {
            assert!(lines(bad).is_err(), "{bad:?} was accepted");
        }
    }

    #[test]
    fn lbl_003_a_label_has_a_name_that_can_be_seen() {
        assert_eq!(&*LabelName::try_from(" ⭐ Prioritario ").expect("a name"), "⭐ Prioritario");
        for bad in ["", " ", "a\rb", "a\nb", "a\0b", "\u{7}", "\u{200b}\u{200d}", "\u{202e}drawkcab", &"x".repeat(51)] {
            assert!(LabelName::try_from(bad).is_err(), "{bad:?} was accepted");
        }
    }

    #[test]
    fn a_password_never_prints() {
        let password = Password::try_from("correct horse battery").expect("a password");
        assert!(!format!("{password:?}").contains("horse"));
    }
}
