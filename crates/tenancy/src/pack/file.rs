//! A pack as it is written: its tables, read with the place of every word, so that a refusal names its line.

use std::{collections::BTreeMap, ops::Range};

use kernel::{Line, TomlSource};
use serde::{Deserialize, de::IgnoredAny};
use toml::Spanned;

use super::{PackFault, policy::Policy};
use crate::SeatType;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackFile {
    pub(super) pack: Head,
    pub(super) policy: Policy,
    #[serde(default)]
    pub(super) own_relations: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    pub(super) toggles: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    pub(super) notifications: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    pub(super) role: Vec<RoleHead>,
    pub(super) permissions: Spanned<BTreeMap<Spanned<String>, Spanned<Row>>>,
}

/// A cell for every role.
pub(super) type Row = Vec<Spanned<String>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub(super) id: Spanned<String>,
    pub(super) title: Line,
    pub(super) description: Line,
    pub(super) owner_role: Spanned<String>,
    pub(super) version: Spanned<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RoleHead {
    pub(super) key: Spanned<String>,
    pub(super) label: Line,
    pub(super) rank: i64,
    pub(super) seat_type: SeatType,
    pub(super) assignable: bool,
    pub(super) description: Line,
}

/// Where the policies stand.
#[derive(Deserialize)]
struct PolicyLines {
    policy: Spanned<BTreeMap<Spanned<String>, IgnoredAny>>,
}

/// The place of a policy's key, or of their table when it is left out.
pub(super) fn place_of_policy(source: TomlSource<'_>, key: &str) -> Range<usize> {
    let Ok(lines) = source.read::<PolicyLines, _>(PackFault::Text) else { return Range::default() };
    let found = lines.policy.get_ref().keys().find(|found| found.get_ref() == key);
    found.map_or_else(|| lines.policy.span(), Spanned::span)
}
