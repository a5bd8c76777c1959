//! SQL texts that cannot forget the workspace.

use uuid::Uuid;

use crate::Value;

/// A statement of one workspace: it names `workspace_id` and binds it as `$1`. Made by [`sql!`](crate::sql) only,
/// which refuses to compile anything else; one text serves both engines.
#[derive(Debug, Clone, Copy)]
pub struct TenantSql {
    pub(crate) text: Text<'static>,
}

/// A statement over instance tables (accounts, sessions, one-time tokens), which belong to no workspace. Made by
/// [`instance_sql!`](crate::instance_sql), which refuses to compile a text that names a workspace's rows.
#[derive(Debug, Clone, Copy)]
pub struct InstanceSql {
    pub(crate) text: Text<'static>,
}

/// The same statement in both spellings: `$1` for PostgreSQL, `?1` for SQLite.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Text<'a> {
    pub(crate) postgres: &'a str,
    pub(crate) sqlite: &'a str,
}

impl TenantSql {
    #[doc(hidden)]
    pub const fn new(postgres: &'static str, sqlite: &'static str) -> Self {
        assert!(contains(postgres, "workspace_id"), "a workspace's statement names workspace_id");
        assert!(contains(postgres, "$1"), "a workspace's statement binds the workspace as $1");
        Self { text: Text { postgres, sqlite } }
    }
}

impl InstanceSql {
    #[doc(hidden)]
    pub const fn new(postgres: &'static str, sqlite: &'static str) -> Self {
        assert!(!contains(postgres, "workspace_id"), "an instance statement never reaches into a workspace");
        Self { text: Text { postgres, sqlite } }
    }
}

/// A statement put together from literal fragments, for lists whose filters vary. Every fragment is a literal and
/// every value a parameter; a fragment that opens a table of its own has to bind the workspace too.
#[derive(Debug, Clone)]
pub struct Composed {
    postgres: String,
    sqlite: String,
    args: Vec<Value>,
}

/// One literal piece of a [`Composed`] statement; `?` stands for its next value. Made by [`part!`](crate::part).
#[derive(Debug, Clone, Copy)]
pub struct Part(&'static str);

impl Part {
    #[doc(hidden)]
    pub const fn new(text: &'static str) -> Self {
        assert!(!contains(text, "$2") && !contains(text, "$3"), "a part's own values are written as ?");
        assert!(
            !contains(text, "select ") || contains(text, "workspace_id = $1"),
            "a part that opens a table binds workspace_id = $1"
        );
        Self(text)
    }
}

impl Composed {
    pub fn new(head: TenantSql, args: &[Value]) -> Self {
        Self { postgres: head.text.postgres.to_owned(), sqlite: head.text.sqlite.to_owned(), args: args.to_vec() }
    }

    /// Appends a fragment and the values of its `?` marks, in order.
    pub fn push(&mut self, part: Part, values: &[Value]) -> &mut Self {
        use std::fmt::Write;
        self.postgres.push(' ');
        self.sqlite.push(' ');
        let mut values = values.iter();
        for piece in part.0.split_inclusive('?') {
            let literal = piece.strip_suffix('?');
            let (literal, value) = (literal.unwrap_or(piece), literal.and_then(|_| values.next()));
            self.postgres.push_str(literal);
            self.sqlite.push_str(&literal.replace('$', "?"));
            if let Some(value) = value {
                self.args.push(value.clone());
                // The workspace is $1, so the first own value is $2. Writing to a String cannot fail.
                let _ = write!(self.postgres, "${}", self.args.len() + 1);
                let _ = write!(self.sqlite, "?{}", self.args.len() + 1);
            }
        }
        debug_assert!(values.next().is_none(), "more values than ? marks in {}", part.0);
        self
    }

    /// Appends ids and closes the `in (` that the text before ends with; without any id nothing is in it.
    pub fn push_ids(&mut self, ids: &[Uuid]) -> &mut Self {
        match ids.split_first() {
            None => self.push(Part("null)"), &[]),
            Some((first, others)) => {
                self.push(Part("?"), &[Value::from(*first)]);
                for id in others {
                    self.push(Part(", ?"), &[Value::from(*id)]);
                }
                self.push(Part(")"), &[])
            }
        }
    }

    /// Nothing yet; the caller pushes a whole statement that binds the workspace.
    pub(crate) fn empty() -> Self {
        Self { postgres: String::new(), sqlite: String::new(), args: Vec::new() }
    }

    /// Appends what the engines spell differently.
    pub(crate) fn push_twins(&mut self, postgres: &str, sqlite: &str) -> &mut Self {
        self.postgres.push(' ');
        self.postgres.push_str(postgres);
        self.sqlite.push(' ');
        self.sqlite.push_str(sqlite);
        self
    }

    /// Takes a value in; its number is for the text that follows.
    pub(crate) fn push_value(&mut self, value: Value) -> usize {
        self.args.push(value);
        self.args.len() + 1
    }

    pub(crate) fn text(&self) -> Text<'_> {
        Text { postgres: &self.postgres, sqlite: &self.sqlite }
    }

    pub(crate) fn args(&self) -> &[Value] {
        &self.args
    }
}

/// A workspace's statement, checked while compiling: `sql!("select … where workspace_id = $1 and id = $2")`.
#[macro_export]
macro_rules! sql {
    ($text:literal) => {{
        const SQLITE: [u8; $text.len()] = $crate::sqlite_spelling($text);
        const { $crate::TenantSql::new($text, $crate::spelled(&SQLITE)) }
    }};
}

/// A statement over instance tables, checked while compiling.
#[macro_export]
macro_rules! instance_sql {
    ($text:literal) => {{
        const SQLITE: [u8; $text.len()] = $crate::sqlite_spelling($text);
        const { $crate::InstanceSql::new($text, $crate::spelled(&SQLITE)) }
    }};
}

/// A literal fragment of a [`Composed`] statement.
#[macro_export]
macro_rules! part {
    ($text:literal) => {
        const { $crate::Part::new($text) }
    };
}

/// SQLite numbers its parameters `?1`; PostgreSQL writes `$1`.
#[doc(hidden)]
pub const fn sqlite_spelling<const N: usize>(text: &str) -> [u8; N] {
    let bytes = text.as_bytes();
    let mut spelled = [0; N];
    let mut i = 0;
    while i < N {
        spelled[i] = if bytes[i] == b'$' { b'?' } else { bytes[i] };
        i += 1;
    }
    spelled
}

#[doc(hidden)]
pub const fn spelled(bytes: &'static [u8]) -> &'static str {
    match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => panic!("replacing one ASCII byte by another keeps UTF-8"),
    }
}

const fn contains(hay: &str, needle: &str) -> bool {
    let (hay, needle) = (hay.as_bytes(), needle.as_bytes());
    let mut start = 0;
    while start + needle.len() <= hay.len() {
        let mut i = 0;
        while i < needle.len() && hay[start + i] == needle[i] {
            i += 1;
        }
        if i == needle.len() {
            return true;
        }
        start += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_number_their_values_after_the_head() {
        let mut query = Composed::new(sql!("select id from t where workspace_id = $1 and a = $2"), crate::args![1]);
        query.push(part!("and b = ? and c < ?"), crate::args![2, 3]).push(part!("limit ?"), crate::args![4]);
        assert_eq!(
            query.postgres,
            "select id from t where workspace_id = $1 and a = $2 and b = $3 and c < $4 limit $5"
        );
        assert_eq!(query.sqlite, "select id from t where workspace_id = ?1 and a = ?2 and b = ?3 and c < ?4 limit ?5");
        assert_eq!(query.args.len(), 4);
    }
}
