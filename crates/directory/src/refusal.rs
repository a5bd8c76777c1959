//! Why an operation of this crate was refused.

use kernel::{PermissionSetId, Problem};
use tenancy::{Gauge, Permission};

use crate::{
    api_key_scopes::ScopeRefusal, hours_refusal::HoursRefusal, password_rules::Weakness, rank::Bar,
    rights_refusal::RightsRefusal, team::TeamRefusal,
};

#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error("the address or the password is wrong")]
    BadCredentials,
    #[error("signing up is not open")]
    SignUpClosed,
    #[error("the address has an account")]
    AccountExists,
    #[error("the address is not verified")]
    EmailUnverified,
    /// Said on the command line alone: elsewhere it is nobody's business who has an account.
    #[error("nobody of that address is known here")]
    UnknownAccount,
    /// Used, run out, replaced or never made: which one is nobody's business.
    #[error("the one-time link is no longer good")]
    LinkDead,
    #[error("the invitation is no longer good")]
    InvitationGone,
    #[error("the invitation is for another address")]
    InvitationForOther,
    #[error("the address is invited already")]
    AlreadyInvited,
    #[error("the address belongs to a member already")]
    AlreadyMember,
    /// The plan has no further seat, or there are more than it has (INV-15, INV-17).
    #[error("no seat is left: {0:?}")]
    SeatLimit(Gauge),
    #[error("there is no role {0:?} to hand out")]
    UnknownRole(String),
    /// The grant ceiling: nobody hands out what they do not hold (INV-13).
    #[error("the role reaches further than its giver")]
    AboveCeiling(Permission),
    /// What was typed to confirm is another name.
    #[error("the typed name is another")]
    ConfirmationMismatch { field: &'static str },
    #[error("the policy pack offers no invitations")]
    InvitationsNotOffered,
    #[error("only the owner may")]
    NotTheOwner,
    #[error("the workspace's policy pack does not offer this")]
    MechanismNotOffered,
    #[error("the member cannot own a workspace")]
    ReceiverNotEligible,
    #[error("another transfer is open")]
    TransferPending,
    #[error("the transfer is open no longer")]
    TransferSettled,
    #[error("the workspace is offered to somebody else")]
    NotTheReceiver,
    #[error("the workspace has another owner by now")]
    OwnerChanged,
    #[error("no deletion is scheduled")]
    DeletionNotScheduled,
    #[error("there is no policy pack {0:?}")]
    UnknownPack(String),
    /// What stands between the actor and this member.
    #[error("{permission:?} cannot be used on this member: {bar:?}")]
    Barred { bar: Bar, permission: Permission },
    #[error("the owner cannot leave")]
    OwnerCannotLeave,
    #[error("permission sets do not count beside this role on this seat")]
    NoSetsHere,
    #[error("there is no permission set {0}")]
    UnknownSet(PermissionSetId),
    #[error("a membership cannot end on this day")]
    EndDay,
    /// Who has an account is invited: nobody else sets a password for it.
    #[error("the address of the new member has an account")]
    MemberHasAccount,
    #[error("the policy pack offers no generated passwords")]
    NoGeneratedPasswords,
    #[error("the password is easy to guess")]
    WeakPassword { field: &'static str, weakness: Weakness },
    #[error("the current password is wrong")]
    WrongPassword,
    #[error("the new password is the current one")]
    SamePassword,
    #[error("the password that was to prove who one is is wrong")]
    NotConfirmed,
    #[error(transparent)]
    Rights(#[from] RightsRefusal),
    #[error(transparent)]
    Team(#[from] TeamRefusal),
    #[error(transparent)]
    Hours(#[from] HoursRefusal),
    #[error("{field} lies from {least} to {most}")]
    OutOfRange { field: &'static str, least: i64, most: i64 },
    #[error(transparent)]
    Scope(#[from] ScopeRefusal),
    #[error("the key has ended already")]
    ApiKeyEnded,
    #[error(transparent)]
    InvalidCursor(#[from] kernel::InvalidCursor),
    #[error(transparent)]
    Vault(#[from] tenancy::Error),
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::BadCredentials => {
                Self::new(401, "session.bad_credentials", "The e-mail address or the password is wrong.")
            }
            Refusal::SignUpClosed => Self::new(403, "sign_up.closed", "On this server one joins by invitation."),
            Refusal::AccountExists => Self::new(409, "account.exists", "There is an account with this address."),
            Refusal::EmailUnverified => Self::new(403, "account.email_unverified", "Verify your e-mail address first."),
            Refusal::UnknownAccount => Self::not_found(),
            Refusal::LinkDead => Self::new(410, "token.invalid", "This link was used already, or its time is over."),
            Refusal::InvitationGone => {
                Self::new(410, "invitation.gone", "This invitation was used, withdrawn, or its time is over.")
            }
            Refusal::InvitationForOther => {
                Self::new(403, "invitation.other_address", "This invitation is for another address.")
            }
            Refusal::AlreadyInvited => {
                Self::new(409, "invitation.pending", "This address has an invitation that waits for an answer.")
            }
            Refusal::AlreadyMember => Self::new(409, "member.exists", "This address belongs to a member already."),
            Refusal::SeatLimit(gauge) => no_seat(&gauge),
            Refusal::UnknownRole(role) => {
                Self::field("/role_key", "unknown_role", format!("There is no role {role:?} to hand out."))
            }
            Refusal::AboveCeiling(right) => {
                Self::new(403, "role.above_own", "This reaches further than your own role.")
                    .with("permission", right.name())
                    .with("decided_by", "role")
            }
            Refusal::Barred { bar, permission } => barred(bar, permission),
            Refusal::OwnerCannotLeave => Self::new(
                409,
                "workspace.owner_cannot_leave",
                "The owner cannot leave. Hand the workspace over to somebody else first, or delete it.",
            ),
            Refusal::NoSetsHere => {
                Self::new(409, "member.holds_no_sets", "This member's role and seat can hold no permission sets.")
            }
            Refusal::UnknownSet(id) => {
                Self::field("/permission_set_ids", "unknown_set", format!("There is no permission set {id}."))
            }
            Refusal::EndDay => Self::field("/ends_on", "invalid_day", "Choose a day within the next ten years."),
            Refusal::MemberHasAccount => Self::new(
                409,
                "member.account_exists",
                "This address has an account already. Invite the person instead.",
            ),
            Refusal::NoGeneratedPasswords => Self::new(
                409,
                "member.creation_not_offered",
                "In this workspace new people choose their password by a link.",
            ),
            Refusal::ConfirmationMismatch { field } => {
                let told = "Type the workspace's name exactly as it is.";
                let mut problem = Self::field(format!("/{field}"), "confirmation.mismatch", told);
                problem.code = "confirmation.mismatch";
                problem
            }
            Refusal::InvitationsNotOffered => {
                Self::new(409, "invitation.not_offered", "In this workspace people are added directly, not invited.")
            }
            Refusal::NotTheOwner => Self::new(403, "ownership.owner_only", "Only the workspace's owner can do this.")
                .with("decided_by", "relation"),
            Refusal::MechanismNotOffered => {
                Self::new(409, "ownership.mechanism_not_offered", "Ownership does not move this way in this workspace.")
            }
            Refusal::ReceiverNotEligible => Self::new(
                409,
                "ownership.receiver_not_eligible",
                "Only another active member on a full seat can become the owner.",
            ),
            Refusal::TransferPending => {
                Self::new(409, "ownership.transfer_pending", "The workspace is offered to somebody already.")
            }
            Refusal::TransferSettled => {
                Self::new(409, "ownership.transfer_settled", "This was answered or taken back already.")
            }
            Refusal::NotTheReceiver => Self::new(403, "ownership.not_receiver", "The workspace is not offered to you.")
                .with("decided_by", "relation"),
            Refusal::OwnerChanged => {
                Self::new(409, "ownership.owner_changed", "The workspace has another owner by now.")
            }
            Refusal::DeletionNotScheduled => {
                Self::new(409, "workspace.deletion_not_scheduled", "No deletion is scheduled for this workspace.")
            }
            Refusal::UnknownPack(id) => {
                Self::field("/pack", "unknown_pack", format!("There is no policy pack {id:?}."))
            }
            Refusal::WeakPassword { field, weakness } => {
                Self::field(format!("/{field}"), weakness.code(), weakness.advice())
            }
            Refusal::WrongPassword => {
                Self::field("/current_password", "wrong_password", "This is not your current password.")
            }
            Refusal::NotConfirmed => Self::field("/password", "wrong_password", "This is not your password."),
            Refusal::Rights(refusal) => refusal.into(),
            Refusal::Team(refusal) => refusal.into(),
            Refusal::Hours(refusal) => refusal.into(),
            Refusal::OutOfRange { field, least, most } => {
                Self::field(format!("/{field}"), "out_of_range", format!("Choose a number from {least} to {most}."))
            }
            Refusal::Scope(refusal) => refusal.into(),
            Refusal::ApiKeyEnded => Self::new(409, "api_key.ended", "This key has ended already."),
            Refusal::SamePassword => {
                Self::field("/new_password", "same_password", "This is the password you have. Choose another one.")
            }
            Refusal::InvalidCursor(error) => Self::field("/cursor", "invalid_cursor", error.to_string()),
            Refusal::Vault(error) => error.into(),
        }
    }
}

/// With what would help, so that whoever asked can be led there.
fn no_seat(gauge: &Gauge) -> Problem {
    Problem::new(409, "seat.limit_reached", "The plan has no further seat.")
        .with("meter", gauge.meter.name())
        .with("used", gauge.used)
        .with("cap", gauge.cap)
        .with("remedies", &gauge.remedies)
}

fn barred(bar: Bar, permission: Permission) -> Problem {
    match (bar, permission) {
        (Bar::Owner, _) => Problem::new(
            409,
            "member.is_owner",
            "This is the workspace's owner. Ownership has to be handed over first.",
        ),
        (Bar::Oneself, Permission::MemberChangeRole) => {
            Problem::new(409, "member.own_role", "Nobody changes their own role. Ask a colleague.")
        }
        (Bar::Oneself, _) => Problem::new(409, "member.oneself", "This is not done to oneself. Ask a colleague."),
        (Bar::Rank, permission) => Problem::new(403, "member.above_own_rank", "This member stands above you.")
            .with("permission", permission.name())
            .with("decided_by", "role"),
        (Bar::LastManager, _) => Problem::new(
            409,
            "role.last_manager",
            "Nobody else could manage roles then. Give somebody else a role that can, first.",
        ),
        (Bar::Inactive, _) => Problem::new(409, "member.inactive", "This member is not active."),
    }
}
