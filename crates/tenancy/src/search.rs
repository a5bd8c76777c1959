//! Finding text: the same words on both engines, one workspace at a time.
//!
//! Text is folded in Rust, so both engines index and compare the same terms (ruling 28). A term starts with a letter
//! that says what it is: `w` the workspace, so that one workspace's words cost another nothing; `o` a word anybody
//! who sees the record may find it by; `p` a word that shows only where contact data is unmasked. Whoever sees an
//! address in masked form can therefore not guess it by searching (INV-19, INV-20).

use std::collections::BTreeSet;

use kernel::{ConversationId, CustomerId, CustomerNoteId, Timestamp, WorkspaceId, mask_addresses, search_terms};

use crate::{Composed, Engine, Error, Part, Value, Work, args, database::statement::Text, raw};

/// More words than this narrow nothing down.
const MOST_WORDS: usize = 8;
/// A shorter last word is taken as it stands: as a prefix it would match nearly everything.
const SHORTEST_PREFIX: usize = 2;

/// Something that can be found.
#[derive(Debug, Clone)]
pub struct SearchEntry<'a> {
    pub customer: CustomerId,
    pub of: Found,
    pub at: Timestamp,
    /// What it is found by, addresses included.
    pub text: &'a str,
}

/// What is found by it; messages and their notes by conversation and sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    Customer,
    Message(ConversationId, i64),
    /// What members told each other: for those alone who see notes.
    Note(ConversationId, i64),
    /// What members know of the customer: the same.
    CustomerNote(CustomerNoteId),
}

impl SearchEntry<'_> {
    const fn kind(&self) -> &'static str {
        match self.of {
            Found::Customer => "customer",
            Found::Message(..) => "message",
            Found::Note(..) => "note",
            Found::CustomerNote(_) => "customer_note",
        }
    }

    const fn place(&self) -> (Option<ConversationId>, Option<i64>, Option<CustomerNoteId>) {
        match self.of {
            Found::Customer => (None, None, None),
            Found::Message(conversation, seq) | Found::Note(conversation, seq) => (Some(conversation), Some(seq), None),
            Found::CustomerNote(note) => (None, None, Some(note)),
        }
    }

    fn terms(&self, workspace: WorkspaceId) -> String {
        let open: BTreeSet<String> = search_terms(&mask_addresses(self.text)).into_iter().collect();
        let private: BTreeSet<String> =
            search_terms(self.text).into_iter().filter(|word| !open.contains(word)).collect();
        let mut terms = workspace_term(workspace);
        for (class, words) in [(" o", &open), (" p", &private)] {
            for word in words {
                terms.push_str(class);
                terms.push_str(word);
            }
        }
        terms
    }
}

fn workspace_term(workspace: WorkspaceId) -> String {
    format!("w{}", workspace.0.simple())
}

/// What somebody looks for: every word, the last one as a prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchWords {
    words: Vec<String>,
    private: bool,
}

impl SearchWords {
    /// `None` when the text holds no word. `private` also compares words of contact data: for those alone who see
    /// all of it unmasked.
    pub fn parse(text: &str, private: bool) -> Option<Self> {
        let mut words = search_terms(text);
        words.truncate(MOST_WORDS);
        (!words.is_empty()).then_some(Self { words, private })
    }

    /// FTS5's spelling. The words are letters and digits only, so there is nothing to quote.
    fn expression(&self, workspace: WorkspaceId) -> String {
        let mut expression = workspace_term(workspace);
        for (index, word) in self.words.iter().enumerate() {
            let last = index + 1 == self.words.len() && word.chars().count() >= SHORTEST_PREFIX;
            let star = if last { "*" } else { "" };
            if self.private {
                expression.push_str(&format!(" AND (o{word}{star} OR p{word}{star})"));
            } else {
                expression.push_str(&format!(" AND o{word}{star}"));
            }
        }
        expression
    }
}

impl Composed {
    /// A statement over what matches: `columns` of the entries `e` and of what `joins` adds to them (with the values
    /// of its `?` marks), still to be narrowed with `and …` and ended by [`Composed::push_newest`].
    pub fn of_found(columns: Part, joins: (Part, &[Value]), words: &SearchWords, workspace: WorkspaceId) -> Self {
        let mut query = Self::empty();
        query.push_found(columns, joins, words, workspace);
        query
    }

    /// Appends `select columns …` over what matches; for use inside parentheses.
    pub fn push_found(
        &mut self,
        columns: Part,
        (joins, values): (Part, &[Value]),
        words: &SearchWords,
        workspace: WorkspaceId,
    ) -> &mut Self {
        // The word index leads on SQLite, so that matches stream newest first and a limit ends the work.
        self.push_twins("select", "select")
            .push(columns, &[])
            .push_twins("from search_entries e", "from search_terms t cross join search_entries e on e.entry = t.rowid")
            .push(joins, values)
            .push_twins("where e.workspace_id = $1 and", "where e.workspace_id = ?1 and")
            .push_match(words.expression(workspace))
    }

    /// Ends a statement over what matches: newest first, before an entry if there is one.
    pub fn push_newest(&mut self, before: Option<i64>, limit: i64) -> &mut Self {
        if let Some(before) = before {
            let place = self.push_value(before.into());
            self.push_twins(&format!("and e.entry < ${place}"), &format!("and t.rowid < ?{place}"));
        }
        let place = self.push_value(limit.into());
        self.push_twins(
            &format!("order by e.entry desc limit ${place}"),
            &format!("order by t.rowid desc limit ?{place}"),
        )
    }

    fn push_match(&mut self, expression: String) -> &mut Self {
        let place = self.push_value(expression.into());
        self.push_twins(
            &format!(
                "e.terms @@ replace(replace(replace(cast(${place} as text), ' AND ', ' & '), ' OR ', ' | '), '*', ':*')::tsquery"
            ),
            &format!("t.search_terms match ?{place}"),
        )
    }
}

impl Work {
    /// Makes something findable, in this transaction.
    ///
    /// # Errors
    /// The database refuses or cannot answer.
    pub async fn index(&mut self, entry: &SearchEntry<'_>) -> Result<(), Error> {
        const ENTRY: Text<'static> = raw!(
            "insert into search_entries (workspace_id, kind, customer_id, conversation_id, message_seq, note_id, at)
             values ($1, $2, $3, $4, $5, $6, $7) returning entry"
        );
        const TERMS: Text<'static> = raw!("insert into search_terms (rowid, terms) values ($2, $3)");
        const WHOLE: Text<'static> = raw!(
            "insert into search_entries (workspace_id, kind, customer_id, conversation_id, message_seq, note_id, at,
                terms)
             values ($1, $2, $3, $4, $5, $6, $7, cast($8 as text)::tsvector)"
        );
        let (conversation, seq, note) = entry.place();
        let terms = entry.terms(self.workspace());
        match self.vault().engine() {
            Engine::Sqlite => {
                let values = args![entry.kind(), entry.customer, conversation, seq, note, entry.at];
                let mut row = self.query(ENTRY, values).await?.into_iter().next().ok_or(Error::NotFound)?;
                self.execute(TERMS, args![row.take::<i64>(0)?, terms]).await.map(drop)
            }
            Engine::Postgres => {
                let values = args![entry.kind(), entry.customer, conversation, seq, note, entry.at, terms];
                self.execute(WHOLE, values).await.map(drop)
            }
        }
    }

    /// Forgets what a note of a conversation was found by.
    ///
    /// # Errors
    /// The database refuses or cannot answer.
    pub async fn unindex_note(&mut self, conversation: ConversationId, seq: i64) -> Result<(), Error> {
        const WORDS: Text<'static> = raw!(
            "delete from search_terms where rowid in (
                select entry from search_entries
                where workspace_id = $1 and conversation_id = $2 and message_seq = $3 and kind = 'note')"
        );
        const ENTRY: Text<'static> = raw!(
            "delete from search_entries
             where workspace_id = $1 and conversation_id = $2 and message_seq = $3 and kind = 'note'"
        );
        self.forget(WORDS, ENTRY, args![conversation, seq]).await
    }

    /// Forgets what a note on a customer was found by.
    ///
    /// # Errors
    /// The database refuses or cannot answer.
    pub async fn unindex_customer_note(&mut self, note: CustomerNoteId) -> Result<(), Error> {
        const WORDS: Text<'static> = raw!(
            "delete from search_terms where rowid in (
                select entry from search_entries where workspace_id = $1 and note_id = $2 and kind = 'customer_note')"
        );
        const ENTRY: Text<'static> =
            raw!("delete from search_entries where workspace_id = $1 and note_id = $2 and kind = 'customer_note'");
        self.forget(WORDS, ENTRY, args![note]).await
    }

    /// Finds what was said before a sequence in another conversation from now on.
    ///
    /// # Errors
    /// The database refuses or cannot answer.
    pub async fn move_index(&mut self, from: ConversationId, to: ConversationId, before: i64) -> Result<(), Error> {
        const MOVE: Text<'static> = raw!(
            "update search_entries set conversation_id = $3
             where workspace_id = $1 and conversation_id = $2 and message_seq < $4"
        );
        self.execute(MOVE, args![from, to, before]).await.map(drop)
    }

    /// Forgets what a customer itself was found by; its messages and the notes on it stay findable.
    ///
    /// # Errors
    /// The database refuses or cannot answer.
    pub async fn unindex_customer(&mut self, customer: CustomerId) -> Result<(), Error> {
        const WORDS: Text<'static> = raw!(
            "delete from search_terms where rowid in (
                select entry from search_entries where workspace_id = $1 and customer_id = $2 and kind = 'customer')"
        );
        const ENTRY: Text<'static> =
            raw!("delete from search_entries where workspace_id = $1 and customer_id = $2 and kind = 'customer'");
        self.forget(WORDS, ENTRY, args![customer]).await
    }

    /// The words of SQLite's index lie beside the entries, under their numbers.
    async fn forget(&mut self, words: Text<'_>, entry: Text<'_>, values: &[Value]) -> Result<(), Error> {
        if self.vault().engine() == Engine::Sqlite {
            self.execute(words, values).await?;
        }
        self.execute(entry, values).await.map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace() -> WorkspaceId {
        WorkspaceId(uuid::Uuid::from_u128(7))
    }

    #[test]
    fn contact_data_is_indexed_apart() {
        let entry = SearchEntry {
            customer: CustomerId(uuid::Uuid::from_u128(1)),
            of: Found::Customer,
            at: Timestamp::from_millis(0),
            text: "José jane.doe@example.com",
        };
        assert_eq!(entry.terms(workspace()), "w00000000000000000000000000000007 ocom oexample oj ojose pdoe pjane");
    }

    #[test]
    fn inv_20_who_sees_addresses_masked_does_not_compare_them() {
        let masked = SearchWords::parse("Jane DOE", false).expect("words").expression(workspace());
        assert_eq!(masked, "w00000000000000000000000000000007 AND ojane AND odoe*");
        let clear = SearchWords::parse("Jane D", true).expect("words").expression(workspace());
        assert_eq!(clear, "w00000000000000000000000000000007 AND (ojane OR pjane) AND (od OR pd)");
        assert_eq!(SearchWords::parse(" -- ", true), None);
    }
}
