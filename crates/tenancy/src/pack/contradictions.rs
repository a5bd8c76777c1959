//! What a pack may not say at once. The matrix decides; a role or a policy that describes it otherwise is refused
//! (ruling 20).

use super::{
    Pack, Role,
    policy::{InboxVisibility, Masking},
};
use crate::{Permission, Reach, SeatType};

/// Why this cannot be the owner's role (INV-02…04). The owner holds everything, so that everything can be handed out
/// (INV-13), whatever is bought can be bought and what is new is theirs at once (RES-005); only that they leave may be
/// denied.
pub(super) fn of_owner(pack: &Pack, owner: &Role) -> Option<String> {
    if owner.seat_type != SeatType::Full {
        return Some("the owner is on a full seat".into());
    }
    if let Some(above) = pack.roles.iter().find(|role| role.rank > owner.rank) {
        return Some(format!("role {:?} ranks above the owner's", above.key));
    }
    let held = |permission: &&Permission| owner.grant(**permission) == Reach::Any;
    let mut needed = Permission::ALL.iter().filter(|permission| **permission != Permission::WorkspaceLeave);
    if let Some(missing) = needed.find(|permission| !held(permission)) {
        return Some(format!("the owner's role lacks {:?}", missing.name()));
    }
    if !owner.assignable && owner.grant(Permission::WorkspaceLeave) != Reach::None {
        return Some("only the owner holds this role, and the owner never leaves".into());
    }
    if !pack.roles.iter().any(|role| role.assignable && role.seat_type == SeatType::Full) {
        return Some("who hands the workspace over needs an assignable role on a full seat, and there is none".into());
    }
    None
}

/// The first policy that something else in the pack denies, and what that is.
pub(super) fn of_policies(pack: &Pack) -> Option<(&'static str, String)> {
    let policy = &pack.policy;
    let found = [
        ("inbox_visibility", of_inbox_visibility(pack)),
        ("masking", of_masking(pack)),
        ("mask_email", missing(policy.masking == Masking::On && policy.mask_email.is_none(), "masking is on")),
        (
            "contact_warning_window_days",
            missing(policy.cross_product && policy.contact_warning_window_days.is_none(), "cross_product is on"),
        ),
        ("ownership_transfer", policy.ownership_transfer.is_empty().then(|| "there is no way to hand over".into())),
        ("member_creation", policy.member_creation.is_empty().then(|| "there is no way to come in".into())),
        ("low_balance_recipients", of_low_balance(pack)),
        ("default_workspace_name", of_workspace_name(&policy.default_workspace_name)),
    ];
    found.into_iter().find_map(|(key, reason)| reason.map(|reason| (key, reason)))
}

fn of_inbox_visibility(pack: &Pack) -> Option<String> {
    let partial = pack.roles.iter().find(|role| role.grant(Permission::ConversationView) == Reach::Own);
    match (pack.policy.inbox_visibility, partial) {
        (InboxVisibility::Shared, Some(role)) => {
            Some(format!("the inbox is called shared, and role {:?} sees only its own conversations", role.key))
        }
        (InboxVisibility::Assigned, None) => {
            Some("the inbox is called assigned, and no role sees only its own conversations".into())
        }
        _ => None,
    }
}

/// A role is shown masked fields when it sees more customers than it sees unmasked.
fn of_masking(pack: &Pack) -> Option<String> {
    let is_masked = |role: &Role| role.grant(Permission::CustomerViewUnmasked) < role.grant(Permission::CustomerView);
    let masked = pack.roles.iter().find(|role| is_masked(role));
    match (pack.policy.masking, masked) {
        (Masking::Off, Some(role)) => Some(format!("masking is off, and role {:?} sees masked customers", role.key)),
        (Masking::On, None) => Some("masking is on, and no role sees masked customers".into()),
        _ => None,
    }
}

fn of_low_balance(pack: &Pack) -> Option<String> {
    let told = pack.notifications.get("credit.low_balance")?;
    (*told != pack.policy.low_balance_recipients)
        .then(|| "the notification \"credit.low_balance\" goes to others".into())
}

fn of_workspace_name(name: &str) -> Option<String> {
    (!name.contains("{name}")).then(|| "it lacks {name}, which stands for the person's".into())
}

fn missing(needed: bool, because: &str) -> Option<String> {
    needed.then(|| format!("it is missing, and {because}"))
}
