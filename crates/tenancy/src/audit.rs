//! The audit log of a workspace: both of its chains as one list, newest first. Whatever it is narrowed to, a page
//! costs a bounded look at an index.

use std::{cmp::Ordering, collections::HashMap};

use kernel::{Cursor, InvalidCursor, Page, Problem, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    AuditView, Composed, Error, Grant, Row, Session, StoredEvent, TenantSql,
    access_log::DENIED,
    args,
    chain::{self, Chain},
    part,
};

/// So many rows are looked at for one page when no index answers the whole question; the page may then come out
/// shorter, and its cursor goes on from there.
const LOOKED_AT: usize = 1000;

/// One of a workspace's two chains; at the same moment a change comes before an access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum AuditChain {
    Access,
    Changes,
}

impl AuditChain {
    const ALL: [Self; 2] = [Self::Changes, Self::Access];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Changes => "changes",
        }
    }

    fn statements(self) -> &'static Chain {
        match self {
            Self::Changes => &chain::OF_WORKSPACE,
            Self::Access => &chain::OF_ACCESS,
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Something was changed.
    Done,
    /// Somebody was refused.
    Denied,
    /// Sensitive data was read or taken away.
    Read,
}

impl Outcome {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Denied => "denied",
            Self::Read => "read",
        }
    }
}

/// What the list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct AuditFilter {
    pub actor: Option<Uuid>,
    pub kind: Option<String>,
    pub subject_kind: Option<String>,
    pub subject_id: Option<Uuid>,
    /// Included.
    pub from: Option<Timestamp>,
    /// Excluded.
    pub to: Option<Timestamp>,
    pub outcome: Option<Outcome>,
}

/// A row of the log.
#[derive(Debug, Clone)]
pub struct AuditEntry {
    pub chain: AuditChain,
    pub event: StoredEvent,
    /// As it was recorded; `None` where nothing was, or what was is erased.
    pub before: Option<Json>,
    pub after: Option<Json>,
}

/// Why a page of a list was not given.
#[derive(Debug, thiserror::Error)]
pub enum ListRefusal {
    #[error(transparent)]
    InvalidCursor(#[from] InvalidCursor),
    #[error(transparent)]
    Vault(#[from] Error),
}

impl From<ListRefusal> for Problem {
    fn from(refusal: ListRefusal) -> Self {
        match refusal {
            ListRefusal::InvalidCursor(error) => Self::field("/cursor", "invalid_cursor", error.to_string()),
            ListRefusal::Vault(error) => error.into(),
        }
    }
}

/// One page of the log, newest first: at most `wanted` entries, and fewer where many others lay between them.
///
/// # Errors
/// The cursor is not this list's, or the database cannot answer.
pub async fn audit_events(
    grant: &Grant<AuditView>,
    filter: &AuditFilter,
    wanted: usize,
    cursor: Option<&str>,
) -> Result<Page<AuditEntry>, ListRefusal> {
    let name = format!("audit/{}/{filter:?}", grant.scope().workspace());
    let before = cursor.map(|cursor| Cursor::parse(cursor, &name)).transpose()?.map(Position::from_cursor);
    let mut session = grant.read().await?;
    let (mut entries, mut floor) = (Vec::new(), None);
    for chain in AuditChain::ALL.into_iter().filter(|chain| filter.concerns(*chain)) {
        let (found, end) = stretch(&mut session, chain, filter, wanted, before).await?;
        entries.extend(found);
        floor = floor.max(end);
    }
    // Beyond the floor one of the chains was not looked at.
    entries.retain(|entry| Some(Position::of(entry)) >= floor);
    entries.sort_by_key(|entry| std::cmp::Reverse(Position::of(entry)));
    if entries.len() > wanted {
        entries.truncate(wanted);
        floor = entries.last().map(Position::of);
    }
    Ok(Page { items: entries, next: floor.map(|position| Cursor::new(&name, position.cursor())) })
}

impl Session {
    /// Texts by id, for ids that a record names: `head` selects an id and its text and ends with an open `in (`.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn texts(&mut self, head: TenantSql, ids: &[Uuid]) -> Result<HashMap<Uuid, String>, Error> {
        let mut query = Composed::new(head, &[]);
        let rows = self.list(query.push_ids(ids)).await?;
        rows.into_iter().map(|mut row| Ok((row.take(0)?, row.take(1)?))).collect()
    }
}

/// What one chain holds for the page, and where looking ended, unless at the chain's beginning.
async fn stretch(
    session: &mut Session,
    chain: AuditChain,
    filter: &AuditFilter,
    wanted: usize,
    before: Option<Position>,
) -> Result<(Vec<AuditEntry>, Option<Position>), Error> {
    let limit = if filter.is_indexed() { wanted + 1 } else { LOOKED_AT.max(wanted + 1) };
    let rows = session.list(&filter.statement(chain, before, limit)).await?;
    let is_cut = rows.len() == limit;
    let entries = rows.into_iter().map(|row| AuditEntry::read(chain, row)).collect::<Result<Vec<_>, _>>()?;
    let end = entries.last().filter(|_| is_cut).map(Position::of);
    Ok((entries.into_iter().filter(|entry| filter.admits(entry)).collect(), end))
}

impl AuditFilter {
    fn concerns(&self, chain: AuditChain) -> bool {
        match self.outcome {
            None => true,
            Some(Outcome::Done) => chain == AuditChain::Changes,
            Some(Outcome::Denied | Outcome::Read) => chain == AuditChain::Access,
        }
    }

    /// Whether the statement alone narrows to what is asked for.
    fn is_indexed(&self) -> bool {
        let subject = (self.subject_kind.is_some(), self.subject_id.is_some());
        let conditions = [self.actor.is_some(), self.kind.is_some(), subject == (true, true)];
        conditions.into_iter().filter(|set| *set).count() <= 1
            && matches!(subject, (false, false) | (true, true))
            && !matches!(self.outcome, Some(Outcome::Denied | Outcome::Read))
    }

    /// Rows in order by the index that narrows most; what else is asked for, [`AuditFilter::admits`] asks.
    fn statement(&self, chain: AuditChain, before: Option<Position>, limit: usize) -> Composed {
        let mut query = Composed::new(TenantSql { text: chain.statements().rows }, &[]);
        match (&self.subject_kind, self.subject_id, &self.kind, self.actor) {
            (Some(kind), Some(id), ..) => {
                query.push(part!("and e.subject_kind = ? and e.subject_id = ?"), args![kind, id])
            }
            (_, _, Some(kind), _) => query.push(part!("and e.kind = ?"), args![kind]),
            (.., Some(actor)) => query.push(part!("and e.actor_id = ?"), args![actor]),
            _ => &mut query,
        };
        if let Some(from) = self.from {
            query.push(part!("and e.at >= ?"), args![from]);
        }
        if let Some(to) = self.to {
            query.push(part!("and e.at < ?"), args![to]);
        }
        if let Some(before) = before {
            query.push(part!("and (e.at, e.seq) < (?, ?)"), args![before.at, before.seq_in(chain)]);
        }
        query.push(part!("order by e.at desc, e.seq desc limit ?"), args![limit as i64]);
        query
    }

    fn admits(&self, entry: &AuditEntry) -> bool {
        let event = &entry.event;
        fn is<T: PartialEq>(wanted: Option<T>, found: T) -> bool {
            wanted.is_none_or(|wanted| wanted == found)
        }
        is(self.kind.as_deref(), &event.kind)
            && is(self.subject_kind.as_deref(), &event.subject_kind)
            && is(self.subject_id, event.subject_id)
            && self.actor.is_none_or(|actor| event.actor_id == Some(actor))
            && is(self.outcome, entry.outcome())
    }
}

impl AuditEntry {
    pub fn outcome(&self) -> Outcome {
        match self.chain {
            AuditChain::Changes => Outcome::Done,
            AuditChain::Access if self.event.kind == DENIED => Outcome::Denied,
            AuditChain::Access => Outcome::Read,
        }
    }

    fn read(chain: AuditChain, mut row: Row) -> Result<Self, Error> {
        let details: Option<String> = row.take(11)?;
        let details = details.map(|text| serde_json::from_str::<Json>(&text)).transpose();
        let mut details = details.map_err(|error| Error::Corrupt(error.to_string()))?.unwrap_or_default();
        let mut side = |name: &str| details.get_mut(name).map(Json::take).filter(|value| !value.is_null());
        let (before, after) = (side("before"), side("after"));
        Ok(Self { chain, event: StoredEvent::read(row)?, before, after })
    }
}

/// A place in the list: its order is by time, then by chain, then by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Position {
    at: i64,
    chain: AuditChain,
    seq: i64,
}

impl Position {
    fn of(entry: &AuditEntry) -> Self {
        Self { at: entry.event.at.millis(), chain: entry.chain, seq: entry.event.seq }
    }

    /// The number that stands for this place among rows of a chain at the same moment.
    fn seq_in(self, chain: AuditChain) -> i64 {
        match chain.cmp(&self.chain) {
            Ordering::Equal => self.seq,
            Ordering::Less => i64::MAX,
            Ordering::Greater => 0,
        }
    }

    fn cursor(self) -> (i64, Uuid) {
        (self.at, Uuid::from_u64_pair(self.chain as u64, self.seq.unsigned_abs()))
    }

    fn from_cursor((at, id): (i64, Uuid)) -> Self {
        let (chain, seq) = id.as_u64_pair();
        let chain = if chain == AuditChain::Changes as u64 { AuditChain::Changes } else { AuditChain::Access };
        Self { at, chain, seq: i64::try_from(seq).unwrap_or(i64::MAX) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_the_same_for_both_chains() {
        let place = Position { at: 5, chain: AuditChain::Changes, seq: 7 };
        assert_eq!(Position::from_cursor(place.cursor()), place);
        let is_before = |at, chain: AuditChain, seq| (at, seq) < (place.at, place.seq_in(chain));
        for (chain, at, seq, expected) in [
            (AuditChain::Changes, 5, 6, true),
            (AuditChain::Changes, 5, 7, false),
            (AuditChain::Access, 5, 900, true),
            (AuditChain::Access, 6, 1, false),
            (AuditChain::Access, 4, 1, true),
        ] {
            assert_eq!(is_before(at, chain, seq), expected, "{chain:?} {at} {seq}");
            assert_eq!(Position { at, chain, seq } < place, expected, "{chain:?} {at} {seq}");
        }
    }
}
