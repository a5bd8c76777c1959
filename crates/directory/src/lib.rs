//! People and the places they belong to: accounts, sessions, workspaces, members, invitations.
//!
//! Invariant: an address has one account (INV-07), a workspace is made whole in one transaction (INV-05), and nobody
//! hands out more than they hold (INV-13).

mod account;
mod account_token;
mod api_key;
mod api_key_scopes;
mod availability;
mod business;
mod business_hours;
mod calendar;
mod ceiling;
mod device;
mod email_verification;
mod exit_party;
mod explain;
mod hours_refusal;
mod idle;
mod inbox_settings;
mod invitation;
mod invitation_acceptance;
mod invitation_sending;
mod label;
mod letter;
mod mail;
mod mail_job;
mod me;
mod member;
mod operator;
mod ownership;
mod ownership_transfer;
mod pack_switch;
mod password;
mod password_change;
mod password_rules;
mod permission_set;
mod preview;
mod rank;
mod refusal;
mod rights_change;
mod rights_refusal;
mod role;
mod seat;
mod session;
mod setup;
mod shift;
mod sign_in;
mod sign_up;
mod team;
mod workspace;
mod workspace_deletion;
mod workspace_mail;

use std::sync::Arc;

use tenancy::{Instance, Vault};

pub use account::{Account, AccountChange, Locale, locale_of, update_account};
pub use api_key::{
    ApiKey, ApiKeyEnd, ApiKeyKind, ApiKeyLifetime, ApiKeyStatus, NewApiKey, api_keys, create_api_key, revoke_api_key,
};
pub use api_key_scopes::{ScopeFault, ScopeOffer, ScopeRefusal, api_key_scopes};
pub use availability::{
    Availability, AvailabilityCause, AvailabilityStatus, availability, is_available, look_at_availability,
    set_availability,
};
pub use business::{Business, business, businesses};
pub use business_hours::{BusinessHours, Holiday, business_hours, is_open, set_business_hours};
pub use calendar::{Calendar, calendar};
pub use device::{Browser, device_label};
pub use email_verification::{has_verified_email, request_email_verification, verify_email};
pub use exit_party::{ExitParty, Released};
pub use explain::{Explained, ExplainedStep, Stand, explain, explain_preview};
pub use hours_refusal::HoursRefusal;
pub use idle::{note_input, set_idle_away};
pub use inbox_settings::{
    InboxChange, InboxPolicy, InboxSettings, inbox_policy, inbox_settings, update_inbox_settings,
};
pub use invitation::{Invitation, InvitationStatus, Inviting, Lifetime, invitation, invitations, revoke_invitation};
pub use invitation_acceptance::{
    InvitationPreview, accept_invitation, invited_to, preview_invitation, record_foreign_acceptance,
};
pub use invitation_sending::{
    Offer, invite, invite_all, invite_as_owner, makes_owner, resend_as_owner, resend_invitation,
};
pub use label::{former_members, labels};
pub use letter::{Notice, day};
pub use mail::{Mail, PostError, Postman, plain_name};
pub use mail_job::{MailDesk, MailFailure, is_mail_job, run_mail_job};
pub use me::{Me, me};
pub use member::{
    AdminShare, CreatedMember, END_JOB, ExitReceipt, ExitWay, FirstPassword, MOST_SETS, Member, MemberChange,
    MemberStatus, Moved, NewMember, PermissionSetRef, Reviewed, access_review, admin_share, change_role, create_member,
    deactivate_member, edit_member, end_member_sessions, end_membership, exit_receipts, has_colleagues, keep_member,
    leave, member, member_by_email, member_name, members, reactivate_member, remove_member, send_password_reset,
    set_permission_sets, settle_seats,
};
pub use operator::{OperatorAccount, create_account, grant_operator, operators, revoke_operator};
pub use ownership_transfer::{
    EXPIRE_TRANSFER_JOB, Mechanism, Party, Transfer, TransferState, TransferWish, accept_transfer, approve_transfer,
    end_transfer, expire_transfers, refuse_transfer, request_transfer, transfer, transfers,
};
pub use pack_switch::{
    MemberMove, PackSwitch, PackWish, PolicyChange, RankMove, known_pack, preview_switch, switch_pack, workspace_pack,
};
pub use password::Passwords;
pub use password_change::{change_password, complete_password_reset, request_password_reset};
pub use password_rules::Weakness;
pub use permission_set::{
    NewPermissionSet, PermissionSet, PermissionSetChange, create_permission_set, delete_permission_set, permission_set,
    permission_sets, update_permission_set,
};
pub use preview::{Preview, PreviewKind, Seen, end_preview, looked_through, start_preview};
pub use rank::{Authority, Bar};
pub use refusal::Refusal;
pub use rights_change::Difference;
pub use rights_refusal::RightsRefusal;
pub use role::{
    Impact, MatrixCell, MatrixRow, NewRole, OwnRole, RoleChange, RoleMatrix, RoleRef, WorkspaceRole, create_role,
    delete_role, role, role_impact, role_matrix, roles, update_role, usual_seat,
};
pub use session::{NewToken, SESSIONS_SHOWN, SignedSession, confirm_session, end_session, rotate_session, sessions};
pub use setup::{mint_setup_token, needs_owner};
pub use shift::{Shift, ShiftChange, ShiftHours, create_shift, delete_shift, shifts, update_shift};
pub use sign_in::{SignedIn, sign_in, sign_in_vouched};
pub use sign_up::{NewAccount, SignedUp, Way, sign_up};
pub use team::{
    DRAIN_JOB, NewTeam, RequeueOn, SeatChange, Strategy, Team, TeamChange, TeamHours, TeamMember, TeamRefusal,
    create_team, drain, end_team, note_chosen, put_team_member, remove_team_member, roster, team, teams, update_team,
};
pub use workspace::{
    Founded, Owner, Workspace, WorkspaceFounded, chosen_pack, create_workspace, owner, packs_to_choose,
    rename_workspace, workspace,
};
pub use workspace_deletion::{ERASE_WORKSPACE_JOB, cancel_deletion, schedule_deletion};

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
    /// Takes out of a member's hands what was in them.
    pub on_exit: Arc<dyn ExitParty>,
}

impl Directory {
    pub fn new(
        vault: &Vault,
        sign_up: SignUp,
        mail: MailMode,
        on_founding: Arc<dyn WorkspaceFounded>,
        on_exit: Arc<dyn ExitParty>,
    ) -> Self {
        Self { instance: vault.instance(), passwords: Passwords::default(), sign_up, mail, on_founding, on_exit }
    }
}
