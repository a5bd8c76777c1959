//! Keyset pages: a limit, an opaque cursor, the items and where to go on.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// How many items a page holds: 1 to 100, 25 unless asked otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "i64")]
pub struct Limit(i64);

impl Limit {
    pub const MAX: i64 = 100;

    pub const fn get(self) -> i64 {
        self.0
    }
}
impl Default for Limit {
    fn default() -> Self {
        Self(25)
    }
}
impl TryFrom<i64> for Limit {
    type Error = &'static str;
    fn try_from(limit: i64) -> Result<Self, Self::Error> {
        if (1..=Self::MAX).contains(&limit) { Ok(Self(limit)) } else { Err("is not between 1 and 100") }
    }
}

/// One page of a list.
#[derive(Debug, Clone)]
pub struct Page<T> {
    pub items: Vec<T>,
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Cuts `rows`, of which one more than `limit` was asked for, and remembers where the next page starts.
    pub fn cut(mut rows: Vec<T>, limit: Limit, position: impl Fn(&T) -> (i64, Uuid), list: &str) -> Self {
        let more = rows.len() as i64 > limit.get();
        rows.truncate(limit.get() as usize);
        let next = if more { rows.last().map(|row| Cursor::new(list, position(row))) } else { None };
        Self { items: rows, next }
    }

    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(f).collect(), next: self.next }
    }
}

/// A position in one particular list: a sort key and the id that breaks ties. It carries a fingerprint of its
/// list (name, workspace, filters), so that a cursor from elsewhere is refused instead of misread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    fingerprint: [u8; 8],
    key: i64,
    id: Uuid,
}

#[derive(Debug, thiserror::Error)]
#[error("is not a cursor of this list")]
pub struct InvalidCursor;

impl Cursor {
    pub fn new(list: &str, (key, id): (i64, Uuid)) -> Self {
        Self { fingerprint: fingerprint(list), key, id }
    }

    /// # Errors
    /// [`InvalidCursor`] when the text is damaged or belongs to another list.
    pub fn parse(text: &str, list: &str) -> Result<(i64, Uuid), InvalidCursor> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| InvalidCursor)?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| InvalidCursor)?;
        let (print, rest) = bytes.split_at(8);
        let (key, id) = rest.split_at(8);
        if print != fingerprint(list) {
            return Err(InvalidCursor);
        }
        let key = i64::from_be_bytes(key.try_into().map_err(|_| InvalidCursor)?);
        Ok((key, Uuid::from_slice(id).map_err(|_| InvalidCursor)?))
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&self.fingerprint);
        bytes[8..16].copy_from_slice(&self.key.to_be_bytes());
        bytes[16..].copy_from_slice(self.id.as_bytes());
        f.write_str(&URL_SAFE_NO_PAD.encode(bytes))
    }
}

fn fingerprint(list: &str) -> [u8; 8] {
    let digest = Sha256::digest(list.as_bytes());
    let mut print = [0; 8];
    print.copy_from_slice(&digest[..8]);
    print
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_serves_only_its_own_list() {
        let id = Uuid::from_u128(7);
        let text = Cursor::new("conversations/a/open", (-5, id)).to_string();
        assert_eq!(Cursor::parse(&text, "conversations/a/open").expect("its own"), (-5, id));
        for (text, list) in [(text.as_str(), "conversations/b/open"), ("", "x"), ("!!", "x"), ("AAAA", "x")] {
            assert!(Cursor::parse(text, list).is_err());
        }
    }
}
