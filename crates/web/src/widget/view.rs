//! What visitors are shown: their own words, the answers, and of the people behind them a first name.

use channels::{Settings, Team, VisitorSession};
use conversations::{AttachmentRef, AuthorKind, Direction, Message, State, Status, VisitorConversation};
use kernel::{ConversationId, MessageId, Timestamp, VisitorId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::conversations::view::AttachmentView;

/// How the chat looks, and who is behind it.
#[derive(Debug, Serialize, ToSchema)]
pub struct WidgetConfigView {
    /// The workspace's name for the channel.
    pub name: String,
    pub settings: Settings,
    pub team: Vec<WidgetTeamMember>,
    /// Whether somebody of the team is there.
    pub online: bool,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct WidgetTeamMember {
    /// The first name.
    pub name: String,
    pub initials: String,
}

impl WidgetConfigView {
    pub(crate) fn of(name: String, settings: Settings, team: Team) -> Self {
        let members = team.members.into_iter();
        let members = members.map(|member| WidgetTeamMember { name: member.name, initials: member.initials });
        Self { name, settings, team: members.collect(), online: team.online }
    }
}

/// A visit and its token.
#[derive(Debug, Serialize, ToSchema)]
pub struct VisitorSessionView {
    /// To be sent as `Authorization: Visitor TOKEN`. The one before stays good for one renewal.
    pub token: String,
    pub visitor: VisitorView,
    pub expires_at: Timestamp,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct VisitorView {
    pub id: VisitorId,
    #[schema(required)]
    pub name: Option<String>,
    /// As the visitor typed it or the site says it; proven by nobody.
    #[schema(required)]
    pub email: Option<String>,
    /// A signed identity stands behind the visitor.
    pub identified: bool,
}

impl VisitorSessionView {
    pub(crate) fn of(session: VisitorSession) -> Self {
        let visitor = session.visitor;
        Self {
            token: session.token.as_str().to_owned(),
            expires_at: visitor.expires_at,
            visitor: VisitorView {
                id: visitor.id,
                name: visitor.name,
                email: visitor.email_claim,
                identified: visitor.identified,
            },
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct WidgetConversationView {
    pub id: ConversationId,
    /// `open` or `solved`.
    pub status: Status,
    pub last_seq: i64,
    pub read_seq: i64,
    pub unread_count: i64,
    /// How far somebody of the team has read; 0 where the channel shows no read receipts.
    pub agent_read_seq: i64,
    #[schema(required)]
    pub last_message_at: Option<Timestamp>,
}

/// The visitor's conversations, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct WidgetConversationList {
    pub items: Vec<WidgetConversationView>,
}

impl WidgetConversationView {
    pub(crate) fn of(conversation: VisitorConversation, settings: &Settings) -> Self {
        Self {
            id: conversation.id,
            status: conversation.status,
            last_seq: conversation.last_seq,
            read_seq: conversation.read_seq,
            unread_count: conversation.unread_count,
            agent_read_seq: if settings.show_read_receipts { conversation.agent_read_seq } else { 0 },
            last_message_at: conversation.last_message_at,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct WidgetMessageView {
    pub id: MessageId,
    pub seq: i64,
    /// The id that the visitor's browser made for it.
    #[schema(required)]
    pub client_id: Option<Uuid>,
    pub author: WidgetAuthor,
    pub text: String,
    pub attachments: Vec<AttachmentView>,
    pub sent_at: Timestamp,
    pub state: WidgetMessageState,
}

/// Messages of a conversation, oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct WidgetMessageList {
    pub items: Vec<WidgetMessageView>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct WidgetAuthor {
    pub kind: WidgetAuthorKind,
    /// A member's first name.
    #[schema(required)]
    pub name: Option<String>,
}

#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WidgetAuthorKind {
    Visitor,
    Member,
    Ai,
    System,
}

#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WidgetMessageState {
    Sent,
    Delivered,
    Read,
}

impl WidgetMessageView {
    pub(crate) fn of(message: Message) -> Self {
        let client_id = match message.direction {
            Direction::Inbound => message.client_id.and_then(|id| id.parse().ok()),
            Direction::Outbound | Direction::Internal => None,
        };
        Self {
            id: message.id,
            seq: message.seq,
            client_id,
            author: WidgetAuthor::of(message.author.kind, &message.author.name),
            text: message.text,
            attachments: message.attachments.into_iter().map(attachment).collect(),
            sent_at: message.sent_at,
            state: match message.state {
                State::Read => WidgetMessageState::Read,
                State::Delivered => WidgetMessageState::Delivered,
                State::Received | State::Sent | State::Failed | State::Held | State::Withdrawn => {
                    WidgetMessageState::Sent
                }
            },
        }
    }
}

impl WidgetAuthor {
    fn of(kind: AuthorKind, name: &str) -> Self {
        match kind {
            AuthorKind::Customer => Self { kind: WidgetAuthorKind::Visitor, name: None },
            AuthorKind::Member => Self { kind: WidgetAuthorKind::Member, name: Some(first_name(name).to_owned()) },
            AuthorKind::Ai => Self { kind: WidgetAuthorKind::Ai, name: Some(name.to_owned()) },
            AuthorKind::System => Self { kind: WidgetAuthorKind::System, name: None },
        }
    }
}

/// Visitors are strangers: of a member they learn the first name.
pub(crate) fn first_name(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or_default()
}

pub(crate) fn attachment(file: AttachmentRef) -> AttachmentView {
    AttachmentView {
        url: format!("/widget/v1/attachments/{}", file.id),
        id: file.id,
        name: file.name,
        content_type: file.content_type,
        size: file.size,
    }
}
