//! Who is told of what: the events that packs name, and whom each of them concerns (E9).

/// An event, and the people it concerns. Roles can be told of everything.
const EVENTS: &[(&str, &[&str])] = &[
    ("member.invited", &["invitee"]),
    ("member.created", &["new_member"]),
    ("member.joined", &["new_member", OWNER]),
    ("note.mentioned", &["mentioned"]),
    ("note.hand_over", &["mentioned"]),
    ("handoff.requested", &["team_available", OWNER]),
    ("trial.ending", &[OWNER]),
    ("credit.low_balance", &[OWNER]),
    ("credit.purchased", &[OWNER]),
    ("digest.weekly", &[OWNER]),
    ("ownership.transferred", &["old_owner", "new_owner"]),
    ("conversation.assigned", &["assignee"]),
    ("task.assigned", &["assignee"]),
];

/// The workspace's one owner, whatever the pack calls their role.
pub(super) const OWNER: &str = "owner";

/// The people an event concerns; `None` when nothing is told about it.
pub(super) fn concerned(event: &str) -> Option<&'static [&'static str]> {
    EVENTS.iter().find(|(name, _)| *name == event).map(|(_, people)| *people)
}
