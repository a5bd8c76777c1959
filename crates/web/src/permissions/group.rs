//! Permissions in groups that people know.

use tenancy::Permission;

/// The groups in their order, each with the nouns of its permissions.
const GROUPS: &[(&str, &[&str])] = &[
    ("Conversations", &["conversation", "label", "canned_response", "template"]),
    ("Notes and tasks", &["note", "task"]),
    ("Customers", &["customer", "search"]),
    ("Outreach", &["outreach", "campaign", "lead", "form"]),
    ("Knowledge and AI", &["kb", "ai_agent"]),
    ("Businesses and shop", &["business", "product", "order", "calendar"]),
    ("Reports and records", &["analytics", "dashboard", "activity", "audit"]),
    ("Channels and integrations", &["channel", "phone_number", "integration", "webhook", "api_key"]),
    ("People", &["member", "team", "availability", "role", "seat"]),
    ("Workspace and money", &["workspace", "security", "billing", "credit"]),
];

/// The group of a permission.
pub(crate) fn group(permission: Permission) -> &'static str {
    let noun = permission.name().split_once('.').map_or(permission.name(), |(noun, _)| noun);
    GROUPS.iter().find(|(_, nouns)| nouns.contains(&noun)).map_or(GROUPS[GROUPS.len() - 1].0, |(group, _)| group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_noun_has_its_group() {
        for permission in Permission::ALL {
            let noun = permission.name().split_once('.').expect("noun.verb").0;
            assert!(GROUPS.iter().any(|(_, nouns)| nouns.contains(&noun)), "{noun} stands in no group");
        }
    }
}
