//! Who acts: somebody outside with credentials ([`Caller`]), and who that is inside a workspace ([`Actor`]).

use std::sync::Arc;

use kernel::{
    AccountId, ApiKeyId, ChannelId, CustomerId, MemberId, PreviewId, SessionId, Timestamp, VisitorId, WorkspaceId,
};
use uuid::Uuid;

use crate::{InternalRight, SeatType, ceiling::PermissionSet};

/// Somebody whose credentials were checked. Only this crate turns a token into one (ruling 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller(pub(crate) Credentials);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Credentials {
    Account(SignedIn),
    Key(Arc<Key>),
    Visitor { workspace: WorkspaceId, visitor: VisitorId, channel: ChannelId, customer: Option<CustomerId> },
    Channel { workspace: WorkspaceId, channel: ChannelId },
}

/// A person with a living session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SignedIn {
    pub(crate) account: AccountId,
    pub(crate) session: SessionId,
    /// When the person last proved who they are.
    pub(crate) proven_at: Timestamp,
    pub(crate) rotation_due: bool,
    pub(crate) preview: Option<PreviewId>,
}

/// A living API key. What it may do is looked up in its holder's rights at every use.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Key {
    pub(crate) id: ApiKeyId,
    pub(crate) workspace: WorkspaceId,
    pub(crate) holder: MemberId,
    pub(crate) personal: bool,
    pub(crate) scopes: PermissionSet,
}

impl Caller {
    /// The account and session of a signed-in person.
    pub fn account(&self) -> Option<(AccountId, SessionId)> {
        match self.0 {
            Credentials::Account(SignedIn { account, session, .. }) => Some((account, session)),
            _ => None,
        }
    }

    /// The API key that a program showed.
    pub fn api_key(&self) -> Option<ApiKeyId> {
        match &self.0 {
            Credentials::Key(key) => Some(key.id),
            _ => None,
        }
    }

    /// The same person, looking at a workspace through this preview.
    #[must_use]
    pub fn previewing(mut self, preview: PreviewId) -> Self {
        if let Credentials::Account(person) = &mut self.0 {
            person.preview = Some(preview);
        }
        self
    }

    /// The preview this person looks through.
    pub fn preview(&self) -> Option<PreviewId> {
        match &self.0 {
            Credentials::Account(person) => person.preview,
            _ => None,
        }
    }

    /// Whether the session's token is to be replaced, because rights changed since it was handed out.
    pub fn rotation_due(&self) -> bool {
        matches!(&self.0, Credentials::Account(person) if person.rotation_due)
    }

    /// The one workspace a visitor or channel belongs to; a person or program names theirs in the request.
    pub fn home(&self) -> Option<WorkspaceId> {
        match self.0 {
            Credentials::Account(_) | Credentials::Key(_) => None,
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
    /// An account that operates the instance, where it decides about a workspace; it is no member by that.
    Operator(AccountId),
    /// The AI, where it answers instead of people.
    Agent,
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
    /// The API key by which the member acts.
    pub key: Option<ApiKeyId>,
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
    /// Does what the instance's operator asks for on the command line.
    Operation,
}

impl Duty {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jobs => "jobs",
            Self::Realtime => "realtime",
            Self::Retention => "retention",
            Self::Inspection => "inspection",
            Self::Operation => "operation",
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
            Self::Operator(_) => "operator",
            Self::Agent => "agent",
            Self::Duty(_) => "duty",
        }
    }

    pub fn id(&self) -> Option<Uuid> {
        match self {
            Self::Member(member) => Some(member.id.into()),
            Self::Visitor { visitor, .. } => Some((*visitor).into()),
            Self::Channel(channel) => Some((*channel).into()),
            Self::Newcomer(account) | Self::Operator(account) => Some((*account).into()),
            Self::Agent | Self::Duty(_) => None,
        }
    }

    /// A stable name for idempotency records: keys of different actors never meet.
    pub(crate) fn key(&self) -> String {
        match (self, self.id()) {
            (Self::Duty(duty), _) => format!("duty:{}", duty.name()),
            (Self::Member(Member { key: Some(key), .. }), _) => format!("key:{key}"),
            (_, Some(id)) => format!("{}:{id}", self.kind()),
            (_, None) => self.kind().to_owned(),
        }
    }

    /// What this kind of actor may do by being it (ruling 1).
    pub(crate) const fn internal_rights(&self) -> &'static [InternalRight] {
        match self {
            // What is one's own is a person's, never a program's.
            Self::Member(Member { key: Some(_), .. }) => &[],
            Self::Member(_) => &[InternalRight::MemberSelf],
            Self::Visitor { .. } => &[InternalRight::VisitorChat, InternalRight::InboundReceive],
            Self::Channel(_) => &[InternalRight::InboundReceive],
            Self::Newcomer(_) => {
                &[InternalRight::AccountSelf, InternalRight::Founding, InternalRight::InvitationAccept]
            }
            Self::Agent => &[InternalRight::AgentAnswer],
            Self::Operator(_) => &[InternalRight::Operating],
            Self::Duty(Duty::Operation) => &[InternalRight::Housekeeping, InternalRight::Operating],
            Self::Duty(_) => &[InternalRight::Housekeeping],
        }
    }
}
