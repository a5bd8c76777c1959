//! A pack as it is written: its tables, read with the place of every word, so that a refusal names its line.

use std::{collections::BTreeMap, ops::Range};

use kernel::Line;
use serde::{Deserialize, de::IgnoredAny};
use toml::Spanned;

use super::{PackError, PackFault, policy::Policy};
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

/// The text of a pack, for finding lines in it.
#[derive(Clone, Copy)]
pub(super) struct Source<'a>(pub(super) &'a str);

impl Source<'_> {
    pub(super) fn read<T: for<'de> Deserialize<'de>>(self) -> Result<T, PackError> {
        toml::from_str(self.0).map_err(|error| {
            // What is missing altogether is missing from the file as a whole.
            let place = error.span().unwrap_or_default();
            self.fault(place, PackFault::Text(error.message().to_owned()))
        })
    }

    /// Refuses what stands there.
    pub(super) fn fault(self, place: Range<usize>, fault: PackFault) -> PackError {
        let before = self.0.get(..place.start).unwrap_or(self.0);
        PackError { line: before.matches('\n').count() + 1, fault }
    }

    /// The place of a policy's key, or of their table when it is left out.
    pub(super) fn policy(self, key: &str) -> Range<usize> {
        let Ok(lines) = self.read::<PolicyLines>() else { return Range::default() };
        let found = lines.policy.get_ref().keys().find(|found| found.get_ref() == key);
        found.map_or_else(|| lines.policy.span(), Spanned::span)
    }
}
