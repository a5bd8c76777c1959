//! What a role or a permission set grants: a reach for every permission of the catalogue.

use std::collections::BTreeMap;

use crate::{
    Permission, Reach,
    permission::{Kind, Relation},
};

/// A reach for each permission; what nobody set is [`Reach::None`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grants(Box<[Reach]>);

/// Why a written grant is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GrantError {
    #[error("there is no permission {0:?}")]
    UnknownPermission(String),
    #[error("{reach:?} is no reach that permission {permission:?} knows")]
    BadReach { permission: &'static str, reach: String },
}

impl Default for Grants {
    fn default() -> Self {
        Self(vec![Reach::None; Permission::ALL.len()].into())
    }
}

impl Grants {
    pub fn get(&self, permission: Permission) -> Reach {
        self.0[permission.index()]
    }

    pub fn set(&mut self, permission: Permission, reach: Reach) {
        self.0[permission.index()] = reach;
    }

    /// The greater reach of both, permission by permission (D2: sets add, and never take away).
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(mine, theirs)| *mine.max(theirs)).collect())
    }

    /// Every permission with a reach other than none.
    pub fn iter(&self) -> impl Iterator<Item = (Permission, Reach)> + '_ {
        Permission::ALL
            .iter()
            .map(|permission| (*permission, self.get(*permission)))
            .filter(|(_, reach)| *reach != Reach::None)
    }

    /// Puts changes, written as permission → reach, over these grants.
    ///
    /// # Errors
    /// An unknown permission, or a reach that it does not know.
    pub fn with(&self, changes: &BTreeMap<String, String>) -> Result<Self, GrantError> {
        let mut grants = self.clone();
        for (name, reach) in changes {
            let permission = Permission::parse(name).ok_or_else(|| GrantError::UnknownPermission(name.clone()))?;
            grants.set(permission, permission.parse_reach(reach)?);
        }
        Ok(grants)
    }

    /// Permission → reach, none left out.
    pub fn to_json(&self) -> String {
        let map: BTreeMap<_, _> = self.iter().map(|(permission, reach)| (permission.name(), reach.name())).collect();
        serde_json::to_string(&map).unwrap_or_else(|_| "{}".into())
    }

    /// Reads what [`Grants::to_json`] wrote. A permission that the catalogue knows no longer grants nothing.
    ///
    /// # Errors
    /// It is no such text, or a reach is unknown.
    pub fn from_json(text: &str) -> Result<Self, crate::Error> {
        let corrupt = |reason: String| crate::Error::Corrupt(reason);
        let map: BTreeMap<String, String> = serde_json::from_str(text).map_err(|error| corrupt(error.to_string()))?;
        let mut grants = Self::default();
        for (name, reach) in &map {
            if let Some(permission) = Permission::parse(name) {
                grants.set(permission, permission.parse_reach(reach).map_err(|error| corrupt(error.to_string()))?);
            }
        }
        Ok(grants)
    }
}

impl Permission {
    /// Reads a reach that this permission knows: masked belongs to fields, own to what has a relation of its own.
    ///
    /// # Errors
    /// [`GrantError::BadReach`].
    pub fn parse_reach(self, reach: &str) -> Result<Reach, GrantError> {
        Reach::parse(reach)
            .filter(|reach| match reach {
                Reach::Masked => self.kind() == Kind::Field,
                Reach::Own => self.relation() != Relation::Nobody,
                Reach::None | Reach::Any => true,
            })
            .ok_or_else(|| GrantError::BadReach { permission: self.name(), reach: reach.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grants_are_written_and_read_back() {
        let mut grants = Grants::default();
        grants.set(Permission::ConversationReply, Reach::Own);
        grants.set(Permission::CustomerViewUnmasked, Reach::Masked);
        assert_eq!(Grants::from_json(&grants.to_json()).expect("its own words"), grants);
        assert_eq!(Grants::from_json("{\"no.such\": \"any\"}").expect("forgotten"), Grants::default());
    }

    #[test]
    fn a_set_adds_and_never_takes_away() {
        let (mut role, mut set) = (Grants::default(), Grants::default());
        role.set(Permission::ConversationReply, Reach::Any);
        set.set(Permission::ConversationReply, Reach::Own);
        set.set(Permission::AnalyticsView, Reach::Any);
        let both = role.union(&set);
        assert_eq!(both.get(Permission::ConversationReply), Reach::Any);
        assert_eq!(both.get(Permission::AnalyticsView), Reach::Any);
    }

    #[test]
    fn what_a_permission_does_not_know_is_refused() {
        let one = |name: &str, reach: &str| BTreeMap::from([(name.to_owned(), reach.to_owned())]);
        let grants = Grants::default();
        assert!(matches!(grants.with(&one("no.such", "any")), Err(GrantError::UnknownPermission(_))));
        assert!(matches!(grants.with(&one("note.view", "masked")), Err(GrantError::BadReach { .. })));
        assert!(matches!(grants.with(&one("note.view", "all")), Err(GrantError::BadReach { .. })));
        assert_eq!(grants.with(&one("note.view", "any")).expect("a grant").get(Permission::NoteView), Reach::Any);
    }
}
