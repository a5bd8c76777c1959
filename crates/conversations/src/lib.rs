//! Conversations: the work itself. What a customer writes arrives here, members see, claim, answer and settle it.
//!
//! Invariants: whatever a member reads or changes is found through [`Visibility`], in lists, counters, search,
//! attachments and streams alike. A customer has one living conversation per channel (ruling 22). Messages of a
//! conversation are numbered without gaps. Nobody answers over a colleague's unseen answer (INV-24), of several
//! claims one wins (INV-26), and a mode never changes without its epoch (INV-21).

mod agent;
mod ai_draft;
mod assignment;
mod attachment;
mod conversation;
mod counters;
mod escalation;
mod exit;
mod files;
mod hold;
mod label;
mod labelling;
mod list;
mod message;
mod mode;
mod outgoing;
mod preview;
mod reading;
mod receive;
mod refusal;
mod reply;
mod routing;
mod schedule;
mod search;
mod snapshot;
mod snooze;
mod status;
mod take_over;
mod team;
mod visibility;
mod visit;
mod waiting;

pub use agent::{
    Agent, AgentWork, SETTLE_JOB, agent, agent_has_model, agent_work, look_at_hours, settle_agent, switch_agent,
};
pub use ai_draft::{
    ANSWER_JOB, AiDraft, DraftState, Prompt, SEND_ANSWER_JOB, Turn, ai_drafts, begin_answer, go_on_answering,
    queue_answer, send_answer,
};
pub use assignment::{assign, claim, unassign};
pub use attachment::{
    Attachment, AttachmentRef, MOST_ATTACHMENTS, attachment, upload, visitor_attachment, visitor_upload,
};
pub use conversation::{Conversation, show};
pub use counters::{Counters, MOST_UNREAD, UnreadCounts, ViewCounts, counters};
pub use escalation::{EscalationReason, escalate};
pub use exit::Requeue;
pub use files::{ByteStream, Files, LARGEST_FILE, Stored, StoredFile, store};
pub use hold::{SEND_JOB, send_held, withdraw};
pub use label::labels;
pub use labelling::{put_label, take_label};
pub use list::{Assignee, Filter, Sort, customer_conversations, list};
pub use message::{Author, AuthorKind, Direction, Message, Messages, Range, State, message, messages};
pub use mode::{Cause, Mode, ModeChange, mode_changes};
pub use reading::{mark_read, visitor_delivered, visitor_read};
pub use receive::{Inbound, Received, receive};
pub use refusal::Refusal;
pub use reply::{Outbound, Sent, has_answered, reply, to_answer};
pub use schedule::{Later, SCHEDULED_JOB, ScheduledMessage, schedule, scheduled, send_scheduled, unschedule};
pub use search::{Hit, HitKind, search};
pub use snapshot::{Snapshot, customer_sights, snapshot};
pub use snooze::{WAKE_JOB, snooze, unsnooze, wake};
pub use status::{Status, set_status};
pub use take_over::{RESUME_JOB, keep_ai_away, release, resume, take_over};
pub use team::{TeamLoads, close_team, team_loads};
pub use visibility::{Condition, Visibility};
pub use visit::{
    Visit, VisitorConversation, VisitorMessages, Written, visit, visitor_conversation, visitor_conversations,
    visitor_messages, write,
};
pub use waiting::{Waiting, waiting};
