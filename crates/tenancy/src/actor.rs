//! Who acts: somebody outside with credentials ([`Caller`]), and who that is inside a workspace ([`Actor`]).

use kernel::{AccountId, ChannelId, CustomerId, MemberId, SessionId, VisitorId, WorkspaceId};
use uuid::Uuid;

use crate::{InternalRight, SeatType};

/// Somebody whose credentials were checked. Only this crate turns a token into one (ruling 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller(pub(crate) Credentials);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Credentials {
    Account { account: AccountId, session: SessionId },
    Visitor { workspace: WorkspaceId, visitor: VisitorId, channel: ChannelId, customer: Option<CustomerId> },
    Channel { workspace: WorkspaceId, channel: ChannelId },
}

impl Caller {
    /// The account and session of a signed-in person.
    pub fn account(&self) -> Option<(AccountId, SessionId)> {
        match self.0 {
            Credentials::Account { account, session } => Some((account, session)),
            _ => None,
        }
    }

    /// The one workspace a visitor or channel belongs to; a person names theirs in the request.
    pub fn home(&self) -> Option<WorkspaceId> {
        match self.0 {
            Credentials::Account { .. } => None,
            Credentials::Visitor { workspace, .. } | Credentials::Channel { workspace, .. } => Some(workspace),
        }
    }
}

/// Who acts inside a workspace; written into every event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    Member(Member),
    Visitor {
        visitor: VisitorId,
        channel: ChannelId,
        customer: Option<CustomerId>,
    },
    Channel(ChannelId),
    /// An account outside of workspaces: on its own business, or making or joining one before it is a member of it.
    Newcomer(AccountId),
    /// A named task of the house.
    Duty(Duty),
}

/// What is known of a member on entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: MemberId,
    pub account: AccountId,
    pub name: String,
    pub role_key: String,
    pub seat_type: SeatType,
    pub is_owner: bool,
}

/// The closed list of tasks that may look across workspaces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Duty {
    /// Runs the queue.
    Jobs,
    /// Feeds the open streams from the event tables.
    Realtime,
    /// Deletes what its retention has passed.
    Retention,
    /// Verifies chains and looks for unsafe settings.
    Inspection,
}

impl Duty {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jobs => "jobs",
            Self::Realtime => "realtime",
            Self::Retention => "retention",
            Self::Inspection => "inspection",
        }
    }
}

impl Actor {
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Member(_) => "member",
            Self::Visitor { .. } => "visitor",
            Self::Channel(_) => "channel",
            Self::Newcomer(_) => "account",
            Self::Duty(_) => "duty",
        }
    }

    pub fn id(&self) -> Option<Uuid> {
        match self {
            Self::Member(member) => Some(member.id.into()),
            Self::Visitor { visitor, .. } => Some((*visitor).into()),
            Self::Channel(channel) => Some((*channel).into()),
            Self::Newcomer(account) => Some((*account).into()),
            Self::Duty(_) => None,
        }
    }

    /// A stable name for idempotency records: keys of different actors never meet.
    pub(crate) fn key(&self) -> String {
        match (self, self.id()) {
            (Self::Duty(duty), _) => format!("duty:{}", duty.name()),
            (_, Some(id)) => format!("{}:{id}", self.kind()),
            (_, None) => self.kind().to_owned(),
        }
    }

    /// What this kind of actor may do by being it (ruling 1).
    pub(crate) const fn internal_rights(&self) -> &'static [InternalRight] {
        match self {
            Self::Member(_) => &[InternalRight::MemberSelf],
            Self::Visitor { .. } => &[InternalRight::VisitorChat, InternalRight::InboundReceive],
            Self::Channel(_) => &[InternalRight::InboundReceive],
            Self::Newcomer(_) => {
                &[InternalRight::AccountSelf, InternalRight::Founding, InternalRight::InvitationAccept]
            }
            Self::Duty(_) => &[InternalRight::Housekeeping],
        }
    }
}
