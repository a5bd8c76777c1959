//! People and the places they belong to: accounts, sessions, workspaces, members, invitations.
//!
//! Invariant: an address has one account (INV-07), a workspace is made whole in one transaction (INV-05), and nobody
//! hands out more than they hold (INV-13).

mod account;
mod account_token;
mod business;
mod ceiling;
mod device;
mod email_verification;
mod invitation;
mod invitation_acceptance;
mod letter;
mod mail;
mod mail_job;
mod me;
mod member;
mod password;
mod password_change;
mod password_rules;
mod refusal;
mod role;
mod session;
mod setup;
mod sign_in;
mod sign_up;
mod workspace;

use std::sync::Arc;

use tenancy::{Instance, Vault};

pub use account::{Account, AccountChange, Locale, update_account};
pub use business::{Business, businesses};
pub use device::device_label;
pub use email_verification::{has_verified_email, request_email_verification, verify_email};
pub use invitation::{
    Invitation, InvitationStatus, Inviting, invitation_seat, invitations, invite, resend_invitation, revoke_invitation,
};
pub use invitation_acceptance::{InvitationPreview, accept_invitation, invited_to, preview_invitation};
pub use mail::{Mail, PostError, Postman};
pub use mail_job::{MailDesk, MailFailure, is_mail_job, run_mail_job};
pub use me::{Me, me};
pub use member::{Member, MemberStatus, has_colleagues, member_name, members};
pub use password::Passwords;
pub use password_change::{change_password, complete_password_reset, request_password_reset};
pub use password_rules::Weakness;
pub use refusal::Refusal;
pub use role::{OfferedRole, RoleRef, roles, usual_seat};
pub use session::{SESSIONS_SHOWN, SignedSession, end_session, sessions};
pub use setup::{mint_setup_token, needs_owner};
pub use sign_in::{SignedIn, sign_in, sign_in_vouched};
pub use sign_up::{NewAccount, SignedUp, Way, sign_up};
pub use workspace::{Founded, Workspace, WorkspaceFounded, create_workspace, rename_workspace, workspace};

/// Who may sign up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignUp {
    /// Nobody but the first owner, by the set-up link.
    Off,
    /// Whoever holds an invitation.
    Invited,
    Open,
}

/// Where mails go, and so whether an address can be proven before its account is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailMode {
    /// Real mail: a plain sign-up is answered by mail alone, whether or not the address has an account (ruling 29).
    Smtp,
    /// Mails stay on this machine.
    Local,
}

/// What the operations on accounts need of the installation; clones share it.
#[derive(Clone)]
pub struct Directory {
    pub instance: Instance,
    pub passwords: Passwords,
    pub sign_up: SignUp,
    pub mail: MailMode,
    /// Gives a new workspace what higher floors owe it.
    pub on_founding: Arc<dyn WorkspaceFounded>,
}

impl Directory {
    pub fn new(vault: &Vault, sign_up: SignUp, mail: MailMode, on_founding: Arc<dyn WorkspaceFounded>) -> Self {
        Self { instance: vault.instance(), passwords: Passwords::default(), sign_up, mail, on_founding }
    }
}
