//! How conversations and messages are shown: contact data, names and text only in the form the viewer may have them.

use channels::ChannelKind;
use conversations::{AttachmentRef, Author, AuthorKind, Conversation, Direction, Message, Mode, State, Status};
use customers::masking::Exposure;
use kernel::{
    AttachmentId, BusinessId, ConversationId, HandoverId, LabelId, MemberId, MessageId, Problem, TeamId, Timestamp,
    WorkspaceId,
};
use serde::Serialize;
use tenancy::{Permission, Viewer};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    Failure,
    channels::view::ChannelRef,
    customers::view::CustomerRef,
    handovers::view::PendingHandoverView,
    mentions::view::MentionView,
    view::{Can, list_of},
};

#[derive(Debug, Serialize, ToSchema)]
pub struct ConversationView {
    pub id: ConversationId,
    pub customer: CustomerRef,
    pub channel: ChannelRef,
    pub business_id: BusinessId,
    pub status: Status,
    pub mode: Mode,
    /// Rises with every change of mode.
    pub mode_epoch: i64,
    /// Whose it is, since somebody took it over or answered.
    #[schema(required)]
    pub mode_holder: Option<MemberRef>,
    /// When the AI answers again, unless a person does something before.
    #[schema(required)]
    pub ai_resume_at: Option<Timestamp>,
    /// Whether an AI answers in this workspace: without one a conversation cannot be given to it.
    pub ai_answers: bool,
    /// The AI asks that a person looks at it.
    pub review_flag: bool,
    #[schema(required)]
    pub assignee: Option<MemberRef>,
    /// In whose queue it is or was.
    #[schema(required)]
    pub team: Option<TeamRef>,
    pub label_ids: Vec<LabelId>,
    /// A hand-over that waits for an answer.
    #[schema(required)]
    pub pending_handover: Option<PendingHandoverView>,
    #[schema(required)]
    pub subject: Option<String>,
    #[schema(required)]
    pub preview: Option<ConversationPreview>,
    pub last_seq: i64,
    pub last_inbound_seq: i64,
    pub last_outbound_seq: i64,
    /// How far the caller has read.
    pub read_seq: i64,
    /// Messages of the customer after that; at most 99.
    pub unread_count: i64,
    /// Since when the customer waits for an answer.
    #[schema(required)]
    pub waiting_since: Option<Timestamp>,
    #[schema(required)]
    pub snoozed_until: Option<Timestamp>,
    pub last_activity_at: Timestamp,
    pub created_at: Timestamp,
    pub version: i64,
    pub can: Can,
}

list_of!(ConversationList, ConversationView);

/// A routing team inside something else.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct TeamRef {
    pub id: TeamId,
    pub name: String,
}

/// A member inside something else.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct MemberRef {
    pub id: MemberId,
    pub name: String,
    /// True, or left out: they are here no longer.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub former: bool,
}

impl MemberRef {
    /// Somebody who is here.
    pub fn here(id: MemberId, name: String) -> Self {
        Self { id, name, former: false }
    }
}

/// The beginning of the newest message.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ConversationPreview {
    pub text: String,
    pub author_kind: AuthorKind,
    pub at: Timestamp,
}

const ABILITIES: [Permission; 9] = [
    Permission::ConversationReply,
    Permission::ConversationClaim,
    Permission::ConversationAssign,
    Permission::ConversationSetStatus,
    Permission::ConversationTakeManual,
    Permission::ConversationReleaseToAi,
    Permission::CustomerView,
    Permission::NoteCreate,
    Permission::LabelApply,
];

impl ConversationView {
    pub fn of(conversation: Conversation, viewer: &Viewer) -> Self {
        let can = Can::new(
            ABILITIES
                .map(|permission| (permission, viewer.ability(permission, conversation.is_own(permission, viewer)))),
        );
        let exposure = Exposure::beside_conversation(viewer, conversation.contact);
        let contact = exposure.contact(conversation.customer_email.as_deref(), None);
        Self {
            id: conversation.id,
            customer: CustomerRef {
                id: conversation.customer_id,
                display_name: exposure.text(&conversation.customer_name),
                email: contact.email,
                masked_fields: contact.masked_fields,
            },
            channel: ChannelRef {
                id: conversation.channel_id,
                kind: ChannelKind::parse(&conversation.channel_kind).unwrap_or(ChannelKind::WebsiteChat),
                name: conversation.channel_name,
            },
            business_id: conversation.business_id,
            status: conversation.status,
            mode: conversation.mode,
            mode_epoch: conversation.mode_epoch,
            mode_holder: conversation.mode_holder.map(|holder| MemberRef {
                id: holder.id,
                name: holder.name,
                former: holder.former,
            }),
            ai_resume_at: conversation.ai_resume_at,
            ai_answers: conversation.ai_answers,
            review_flag: conversation.review_flag,
            assignee: conversation.assignee.map(|(id, name)| MemberRef::here(id, name)),
            team: conversation.team.map(|(id, name)| TeamRef { id, name }),
            label_ids: conversation.labels,
            pending_handover: conversation.pending_handover.map(PendingHandoverView::of),
            subject: conversation.subject.map(|subject| exposure.text(&subject)),
            preview: conversation.preview.map(|preview| ConversationPreview {
                text: exposure.text(&preview.text),
                author_kind: preview.author,
                at: preview.at,
            }),
            last_seq: conversation.last_seq,
            last_inbound_seq: conversation.last_inbound_seq,
            last_outbound_seq: conversation.last_outbound_seq,
            read_seq: conversation.read_seq,
            unread_count: conversation.unread_count,
            waiting_since: conversation.waiting_since,
            snoozed_until: conversation.snoozed_until,
            last_activity_at: conversation.last_activity_at,
            created_at: conversation.created_at,
            version: conversation.version,
            can,
        }
    }
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MessageView {
    pub id: MessageId,
    /// Position in its conversation, without gaps.
    pub seq: i64,
    pub conversation_id: ConversationId,
    pub direction: Direction,
    pub author: MessageAuthor,
    pub text: String,
    pub attachments: Vec<AttachmentView>,
    pub state: State,
    pub sent_at: Timestamp,
    /// The id that the sender gave it.
    #[schema(required)]
    pub client_id: Option<Uuid>,
    /// When it goes out, while it is held and can be taken back.
    #[schema(required)]
    pub send_at: Option<Timestamp>,
    /// Whom a note calls.
    pub mentions: Vec<MentionView>,
    #[schema(required)]
    pub edited_at: Option<Timestamp>,
    /// A note that was taken away: only its place is left.
    pub deleted: bool,
    /// The hand-over that a note came with.
    #[schema(required)]
    pub handover_id: Option<HandoverId>,
    /// Secrets that a note seems to hold and better did not: `card_number`, `bank_account`, `password`.
    pub warnings: Vec<&'static str>,
    /// To be sent along with a change of a note.
    pub version: i64,
    /// What the caller may do with a note; empty for what is said to the customer.
    pub can: Can,
}

list_of!(MessageList, MessageView);

#[derive(Debug, Serialize, ToSchema)]
pub struct MessageAuthor {
    pub kind: AuthorKind,
    #[schema(required)]
    pub id: Option<Uuid>,
    pub name: String,
    /// True, or left out: a member who is here no longer.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schema(required = false)]
    pub former: bool,
}

#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AttachmentView {
    pub id: AttachmentId,
    pub name: String,
    pub content_type: String,
    /// Octets.
    pub size: i64,
    pub url: String,
}

impl MessageAuthor {
    pub(crate) fn of(author: Author, exposure: Exposure) -> Self {
        Self { kind: author.kind, id: author.id, name: exposure.text(&author.name), former: author.former }
    }
}

impl AttachmentView {
    pub(crate) fn of(file: AttachmentRef, workspace: WorkspaceId, exposure: Exposure) -> Self {
        Self {
            url: format!("/api/v1/workspaces/{workspace}/attachments/{}", file.id),
            id: file.id,
            name: exposure.text(&file.name),
            content_type: file.content_type,
            size: file.size,
        }
    }
}

impl MessageView {
    /// `contact`: whether the customer is the viewer's assigned contact.
    pub fn of(message: Message, workspace: WorkspaceId, viewer: &Viewer, contact: bool) -> Self {
        let exposure = Exposure::beside_conversation(viewer, contact);
        let attachments = message.attachments.into_iter();
        let is_note = message.direction == Direction::Internal && !message.deleted;
        let own = message.author.id.is_some() && message.author.id == viewer.member.map(Into::into);
        let can = is_note.then_some([Permission::NoteEdit, Permission::NoteDelete]).into_iter().flatten();
        Self {
            mentions: message.mentions.into_iter().map(MentionView::from).collect(),
            edited_at: message.edited_at,
            deleted: message.deleted,
            handover_id: message.handover,
            warnings: if is_note { kernel::sensitive(&message.text) } else { Vec::new() },
            version: message.version,
            can: Can::new(can.map(|permission| (permission, viewer.ability(permission, own)))),
            id: message.id,
            seq: message.seq,
            conversation_id: message.conversation_id,
            direction: message.direction,
            attachments: attachments.map(|file| AttachmentView::of(file, workspace, exposure)).collect(),
            author: MessageAuthor::of(message.author, exposure),
            text: exposure.text(&message.text),
            state: message.state,
            sent_at: message.sent_at,
            client_id: message.client_id.and_then(|id| id.parse().ok()),
            send_at: message.send_at,
        }
    }
}

/// A refusal whose problem carries what the viewer may see of it: the newer messages of a stale reply.
pub(crate) fn refusal(refusal: conversations::Refusal, workspace: WorkspaceId, viewer: &Viewer) -> Failure {
    match refusal {
        conversations::Refusal::Stale { messages, contact, seen_seq } => {
            let views: Vec<_> =
                messages.iter().map(|message| MessageView::of(message.clone(), workspace, viewer, contact)).collect();
            let refusal = conversations::Refusal::Stale { messages, contact, seen_seq };
            Problem::from(refusal).with("messages", views).into()
        }
        refusal => refusal.into(),
    }
}
