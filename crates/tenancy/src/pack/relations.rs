//! What may make a record of a noun one's own: a pack can choose among these and nothing else.

use crate::{
    Permission,
    permission::{Kind, Relation},
};

impl Relation {
    const ALL: [Self; 10] = [
        Self::Nobody,
        Self::Actor,
        Self::AssigneeOrQueue,
        Self::Assignee,
        Self::AssigneeOrCreator,
        Self::AssignedContact,
        Self::Author,
        Self::BusinessCreator,
        Self::Creator,
        Self::Oneself,
    ];

    /// Its word in packs, in the API and on paper.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nobody => "none",
            Self::Actor => "actor",
            Self::AssigneeOrQueue => "assignee_or_queue",
            Self::Assignee => "assignee",
            Self::AssigneeOrCreator => "assignee_or_creator",
            Self::AssignedContact => "assigned_contact",
            Self::Author => "author",
            Self::BusinessCreator => "business_creator",
            Self::Creator => "creator",
            Self::Oneself => "self",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|relation| relation.name() == name)
    }

    /// Whether a pack may let it decide what is one's own under a permission. What is seen is rendered into lists,
    /// counters and streams, which know the catalogue's own relation only.
    pub(super) fn fits(self, permission: Permission) -> bool {
        if self == permission.relation() {
            return self != Self::Nobody;
        }
        permission.relation() != Self::Nobody
            && permission.kind() == Kind::Action
            && possible(permission).contains(&self)
    }
}

/// What the operations on a noun can evaluate.
fn possible(permission: Permission) -> &'static [Relation] {
    match permission.name().split_once('.').map_or("", |(noun, _)| noun) {
        "conversation" => &[Relation::Assignee, Relation::AssigneeOrQueue, Relation::BusinessCreator],
        "customer" | "outreach" => &[Relation::AssignedContact, Relation::BusinessCreator, Relation::Creator],
        "task" => &[Relation::AssigneeOrCreator, Relation::Creator],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_relation_is_read_by_its_name() {
        for relation in Relation::ALL {
            assert_eq!(Relation::parse(relation.name()), Some(relation));
        }
    }

    #[test]
    fn a_noun_has_only_relations_that_its_operations_know() {
        for (permission, relation, fits) in [
            (Permission::ConversationReply, Relation::BusinessCreator, true),
            (Permission::CustomerDelete, Relation::Creator, true),
            (Permission::CustomerView, Relation::AssignedContact, true),
            (Permission::ConversationReply, Relation::AssignedContact, false),
            (Permission::ConversationView, Relation::BusinessCreator, false),
            (Permission::CustomerViewUnmasked, Relation::BusinessCreator, false),
            (Permission::NoteEdit, Relation::Creator, false),
            (Permission::MemberView, Relation::Oneself, false),
            (Permission::MemberView, Relation::Nobody, false),
        ] {
            assert_eq!(relation.fits(permission), fits, "{} by {}", permission.name(), relation.name());
        }
    }
}
