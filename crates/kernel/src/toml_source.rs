//! Data that people write in TOML: read so that a refusal can name the line it is about.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;

/// The text of such data, for finding lines in it.
#[derive(Debug, Clone, Copy)]
pub struct TomlSource<'a>(pub &'a str);

/// A line, and what is wrong there. What has one fault is refused whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {fault}")]
pub struct FaultAt<F> {
    pub line: usize,
    pub fault: F,
}

/// What is to be said of a key that [`TomlSource::key`] refuses.
pub const NO_KEY: &str = "is no key: it starts with a letter and has up to 40 small letters, digits and underscores";

impl TomlSource<'_> {
    /// The data as `T` has it.
    ///
    /// # Errors
    /// It is no TOML, a key is unknown or missing, or a value is none that exists; `fault` is given the parser's words.
    pub fn read<T: DeserializeOwned, F>(self, fault: impl FnOnce(String) -> F) -> Result<T, FaultAt<F>> {
        toml::from_str(self.0).map_err(|error| {
            // What is missing altogether is missing from the file as a whole.
            let place = error.span().unwrap_or_default();
            self.fault(place, fault(error.message().to_owned()))
        })
    }

    /// Refuses what stands there.
    pub fn fault<F>(self, place: Range<usize>, fault: F) -> FaultAt<F> {
        let before = self.0.get(..place.start).unwrap_or(self.0);
        FaultAt { line: before.matches('\n').count() + 1, fault }
    }

    /// A name by which others refer to something; `fault` is given one that cannot be that.
    ///
    /// # Errors
    /// It does not start with a small letter, is longer than 40, or has something else than small letters, digits and
    /// underscores in it.
    pub fn key<F>(self, key: &Spanned<String>, fault: impl FnOnce(String) -> F) -> Result<String, FaultAt<F>> {
        let text = key.get_ref();
        let fits = text.len() <= 40
            && text.starts_with(|first: char| first.is_ascii_lowercase())
            && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if fits { Ok(text.clone()) } else { Err(self.fault(key.span(), fault(text.clone()))) }
    }
}
