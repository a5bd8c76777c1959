//! Conversations: the work itself. What a customer writes arrives here, members see, claim, answer and settle it.
//!
//! Invariants: whatever a member reads or changes is found through [`Visibility`], in lists, counters, search,
//! attachments and streams alike. A customer has one living conversation per channel (ruling 22). Messages of a
//! conversation are numbered without gaps. Nobody answers over a colleague's unseen answer (INV-24), of several
//! claims one wins (INV-26), and a mode never changes without its epoch (INV-21).

mod action;
mod agent;
mod ai_cost;
mod ai_draft;
mod assignment;
mod attachment;
mod audience;
mod bulk_action;
mod bulk_run;
mod canned_import;
mod canned_response;
mod conversation;
mod counters;
mod customer_merge;
mod customer_note;
mod draft;
mod escalation;
mod exit;
mod files;
mod handover;
mod handover_answer;
mod hold;
mod label;
mod labelling;
mod list;
mod macros;
mod mention;
mod merge;
mod message;
mod mode;
mod mode_back;
mod note;
mod note_refusal;
mod outgoing;
mod preview;
mod reading;
mod receive;
mod refusal;
mod reply;
mod routing;
mod saved_search;
mod schedule;
mod search;
mod snapshot;
mod snooze;
mod split;
mod standing;
mod status;
mod take_over;
mod task;
mod team;
mod tool_refusal;
mod undo;
mod variables;
mod visibility;
mod visit;
mod waiting;

pub use action::{Action, may_all};
pub use agent::{
    Agent, AgentWork, SETTLE_JOB, agent, agent_has_model, agent_may_answer, agent_work, look_at_hours, settle_agent,
    switch_agent,
};
pub use ai_draft::{
    ANSWER_JOB, AiDraft, DraftState, Prompt, SEND_ANSWER_JOB, Turn, ai_drafts, begin_answer, go_on_answering,
    queue_answer, send_answer,
};
pub use assignment::{assign, assign_to_team, claim, unassign};
pub use attachment::{
    Attachment, AttachmentRef, MOST_ATTACHMENTS, attachment, upload, upload_for_note, visitor_attachment,
    visitor_upload,
};
pub use audience::{Audience, AudienceKind};
pub use bulk_action::{
    BULK_JOB, BulkAction, BulkFailure, Deed, MOST_SELECTED, Selection, bulk_action, bulk_actions, bulk_failures,
    create_bulk_action,
};
pub use bulk_run::run_bulk_action;
pub use canned_import::{FailedRow, Imported, import_canned_responses};
pub use canned_response::{
    CannedResponse, CannedResponseChange, NewCannedResponse, Shortcut, canned_response, canned_responses,
    create_canned_response, delete_canned_response, update_canned_response,
};
pub use conversation::{Conversation, ModeHolder, PendingHandover, show};
pub use counters::{Counters, MOST_UNREAD, UnreadCounts, ViewCounts, counters};
pub use customer_note::{
    NewProfileNote, ProfileNote, ProfileNoteChange, ProfileNoted, delete_profile_note, edit_profile_note,
    notes_in_conversations, profile_notes, write_profile_note,
};
pub use draft::{Draft, DraftChange, DraftMode, draft, drafts, drop_draft, keep_draft};
pub use escalation::{EscalationReason, escalate};
pub use exit::Requeue;
pub use files::{ByteStream, Files, LARGEST_FILE, Stored, StoredFile, store};
pub use handover::{
    Briefing, HANDOVER_JOB, HandedOver, Handover, HandoverState, NewHandover, Receiver, hand_over, open_handovers,
};
pub use handover_answer::{accept_handover, expire_handover, refuse_handover, withdraw_handover};
pub use hold::{SEND_JOB, send_held, withdraw};
pub use label::labels;
pub use labelling::{put_label, take_label};
pub use list::{Assignee, Filter, Sort, customer_conversations, list};
pub use macros::{Macro, MacroChange, NewMacro, create_macro, delete_macro, macros, run_macro, update_macro};
pub use mention::{CannotSee, MOST_MENTIONS, Mention, Mentioned, NoteOn, Unseen, cannot_see};
pub use merge::{
    Merge, MergeKind, merge_conversations, merge_customers, merge_kind, merges, part_conversations, part_customers,
};
pub use message::{Author, AuthorKind, Direction, Message, Messages, Range, State, message, messages};
pub use mode::{Cause, Mode, ModeChange, mode_changes};
pub use note::{NewNote, NoteChange, Noted, delete_note, edit_note, write_note};
pub use note_refusal::NoteRefusal;
pub use reading::{mark_read, visitor_delivered, visitor_read};
pub use receive::{Inbound, Received, receive};
pub use refusal::Refusal;
pub use reply::{Outbound, Sent, has_answered, reply, to_answer};
pub use routing::{
    AssignmentCause, Change, Conditions, Considered, CustomerCondition, CustomerField, Decision, How, Rehearsal,
    RoutingAction, RoutingPlan, Rule, RuleChange, RuleDraft, RuleRefusal, Skip, Spot, Within, create_rule, decisions,
    delete_rule, drain, keep_moving, order_rules, rehearse, routing_plan, share_by_channel, share_by_label,
    share_by_shift, update_rule,
};
pub use saved_search::{
    FilterAssignee, ListFilter, NewSavedSearch, SavedSearch, SavedSearchChange, create_saved_search,
    delete_saved_search, saved_search, saved_searches, update_saved_search,
};
pub use schedule::{Later, SCHEDULED_JOB, ScheduledMessage, schedule, scheduled, send_scheduled, unschedule};
pub use search::{Hit, HitKind, search};
pub use snapshot::{Snapshot, customer_sights, snapshot};
pub use snooze::{WAKE_JOB, snooze, unsnooze, wake};
pub use split::{Split, split, whereabouts};
pub use status::{Status, set_status};
pub use take_over::{Answerer, RESUME_JOB, keep_ai_away, release, resume, take_over};
pub use task::{
    Due, NewTask, REMIND_JOB, Task, TaskChange, TaskComment, TaskCustomer, TaskFilter, TaskMember, TaskRefusal,
    TaskStatus, TaskSubject, Whose, comment_on_task, create_task, delete_task, narrow_tasks, remind, task,
    task_comments, task_parties, task_titles, tasks, update_task,
};
pub use team::{TeamLoads, close_team, team_loads};
pub use tool_refusal::{Tool, ToolRefusal};
pub use undo::{Undone, undo};
pub use variables::{Rendering, render_canned_response};
pub use visibility::{Condition, Visibility};
pub use visit::{
    Visit, VisitorConversation, VisitorMessages, Written, visit, visitor_conversation, visitor_conversations,
    visitor_messages, write,
};
pub use waiting::{Waiting, waiting};
