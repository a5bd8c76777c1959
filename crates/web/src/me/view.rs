//! How a person is shown to itself.

use directory::{Account, Locale, Me, Preview, RoleRef};
use kernel::{AccountId, MemberId, SessionId, Timestamp, WorkspaceId};
use serde::Serialize;
use tenancy::{Access, MemberStanding, Permission, SeatType};
use utoipa::ToSchema;

use crate::{previews::view::PreviewView, view::Can};

#[derive(Debug, Serialize, ToSchema)]
pub struct MeView {
    pub account: AccountView,
    /// The session the answer was asked with.
    pub session_id: SessionId,
    /// It operates this server: its console is open to it.
    pub is_operator: bool,
    /// Oldest first.
    pub memberships: Vec<MembershipView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AccountView {
    pub id: AccountId,
    pub name: String,
    #[schema(format = Email)]
    pub email: String,
    pub locale: Locale,
    pub email_verified: bool,
    /// Somebody else knows the password: no workspace opens before it is changed.
    pub password_must_change: bool,
    pub created_at: Timestamp,
}

/// A place of the account, with everything it may do there.
#[derive(Debug, Serialize, ToSchema)]
pub struct MembershipView {
    pub workspace: WorkspaceRef,
    pub member_id: MemberId,
    /// What only the owner does is refused to everybody else, whatever their role.
    pub is_owner: bool,
    pub role: RoleRefView,
    pub seat_type: SeatType,
    pub can: Can,
    /// The preview that the request looks through: everything here is as it shows the workspace.
    #[schema(required)]
    pub preview: Option<PreviewView>,
}

/// A workspace inside something else.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkspaceRef {
    pub id: WorkspaceId,
    pub name: String,
    pub state: String,
    /// When it will be deleted, while that is scheduled.
    #[schema(required)]
    pub deletion_at: Option<Timestamp>,
}

/// A role inside something else.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RoleRef)]
pub struct RoleRefView {
    pub key: String,
    pub label: String,
}

impl MeView {
    pub fn of(me: Me, session_id: SessionId) -> Self {
        let memberships = me.memberships.into_iter().map(MembershipView::of).collect();
        Self { account: AccountView::of(me.account), session_id, is_operator: me.is_operator, memberships }
    }
}

impl AccountView {
    fn of(account: Account) -> Self {
        Self {
            id: account.id,
            name: account.name,
            email: account.email,
            locale: account.locale,
            email_verified: account.email_verified_at.is_some(),
            password_must_change: account.password_must_change,
            created_at: account.created_at,
        }
    }
}

impl MembershipView {
    /// The same place as a preview shows it. Of another member one sees their role; a role has no key here, it need not
    /// be one that exists.
    pub fn seen_through(self, preview: Preview, access: &Access, subject: Option<MemberStanding>) -> Self {
        let (seat_type, role) = (preview.seat_type, RoleRefView { key: String::new(), label: preview.label.clone() });
        let seen = subject.map_or(Self { is_owner: false, seat_type, role, ..self }, Self::of);
        Self { can: abilities(access), preview: Some(preview.into()), ..seen }
    }

    fn of(standing: MemberStanding) -> Self {
        Self {
            can: abilities(standing.access()),
            preview: None,
            role: RoleRefView { key: standing.role().key.clone(), label: standing.role().label.clone() },
            workspace: WorkspaceRef {
                id: standing.workspace,
                state: standing.state().to_owned(),
                name: standing.workspace_name,
                deletion_at: standing.deletion_at,
            },
            is_owner: standing.member.is_owner,
            member_id: standing.member.id,
            seat_type: standing.member.seat_type,
        }
    }
}

fn abilities(access: &Access) -> Can {
    Can::new(Permission::ALL.iter().map(|permission| (*permission, access.ability(*permission))))
}

impl From<RoleRef> for RoleRefView {
    fn from(role: RoleRef) -> Self {
        Self { key: role.key, label: role.label }
    }
}
