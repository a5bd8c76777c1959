//! Why an operation of this crate was refused.

use kernel::Problem;

use crate::password_rules::Weakness;

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
    #[error("there is no role {0:?} to hand out")]
    UnknownRole(String),
    /// The grant ceiling: nobody hands out what they do not hold (INV-13).
    #[error("the role reaches further than its giver")]
    AboveCeiling,
    #[error("the password is easy to guess")]
    WeakPassword { field: &'static str, weakness: Weakness },
    #[error("the current password is wrong")]
    WrongPassword,
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
            Refusal::UnknownRole(role) => {
                Self::field("/role_key", "unknown_role", format!("There is no role {role:?} to hand out."))
            }
            Refusal::AboveCeiling => Self::new(403, "role.above_own", "This role reaches further than your own.")
                .with("permission", "member.invite")
                .with("decided_by", "role"),
            Refusal::WeakPassword { field, weakness } => {
                Self::field(format!("/{field}"), weakness.code(), weakness.advice())
            }
            Refusal::WrongPassword => {
                Self::field("/current_password", "wrong_password", "This is not your current password.")
            }
            Refusal::InvalidCursor(error) => Self::field("/cursor", "invalid_cursor", error.to_string()),
            Refusal::Vault(error) => error.into(),
        }
    }
}
