//! The policies of a pack: how things are done, where its matrix says by whom. The types are the words that exist; a
//! pack with another one is refused.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// All policies of a pack. Those that only some packs need may be left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Policy {
    /// Describes the matrix, which decides (ruling 20).
    pub inbox_visibility: InboxVisibility,
    /// How ownership may move (C2); never empty.
    pub ownership_transfer: Vec<OwnershipTransfer>,
    /// How people may come in (C10); never empty.
    pub member_creation: Vec<MemberCreation>,
    /// Minutes without a human action after which the AI answers again; 0 is never.
    pub ai_auto_resume_minutes: u32,
    pub ai_outside_business_hours: bool,
    pub reply_lock: ReplyLock,
    /// Whether an open invitation counts as a used seat (INV-14).
    pub pending_invite_reserves_seat: bool,
    /// Describes the plan catalogue, which decides (ruling 20).
    pub seat_billing: SeatBilling,
    pub on_member_exit: OnMemberExit,
    /// A set of ready labels; `none` is the empty one.
    pub default_labels: String,
    /// Describes the matrix, which decides (ruling 20).
    pub masking: Masking,
    /// How an address is masked; stated where masking is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mask_email: Option<MaskEmail>,
    /// Whether businesses of a workspace tell each other about shared customers.
    pub cross_product: bool,
    /// Days in which another business's message causes a warning; 0 is never (E8).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact_warning_window_days: Option<u32>,
    /// Roles or `owner`.
    pub low_balance_recipients: Vec<String>,
    pub grant_ceiling: RankCeiling,
    /// Whether members may be given permission sets on top of their role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub permission_sets: Option<PermissionSets>,
    /// What is offered first when somebody is to go.
    #[serde(default)]
    pub member_exit_verb: ExitVerb,
    /// How the workspace that comes with an account is called (WS-009).
    #[serde(default = "default_workspace_name")]
    pub default_workspace_name: String,
}

fn default_workspace_name() -> String {
    "{name}'s Workspace".into()
}

/// Who sees which conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum InboxVisibility {
    /// Whoever sees conversations sees all.
    Shared,
    /// Some roles see only what is assigned to them or waits in their queues.
    Assigned,
    /// As each role says.
    Role,
}

/// A way in which ownership moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OwnershipTransfer {
    /// The owner offers it to a member, who accepts.
    SelfServe,
    /// Somebody is invited as owner; it moves when they accept.
    InviteAsOwner,
    /// The instance's operator approves.
    SupportRequest,
}

/// A way in which people become members.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MemberCreation {
    InviteLink,
    /// With a generated first password, shown once (ruling 15).
    CreateWithPassword,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReplyLock {
    /// A newer answer is shown before one's own goes out (INV-24).
    Soft,
    /// Only who holds the conversation may answer.
    Strict,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SeatBilling {
    Metered,
    Unlimited,
    Contract,
    HardCap,
    Slots,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OnMemberExit {
    /// What was assigned to them waits unassigned in its queue (INV-09).
    UnassignToQueue,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Masking {
    On,
    Off,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub enum MaskEmail {
    /// INV-20.
    #[serde(rename = "first_char_3_stars")]
    FirstCharThreeStars,
}

/// Which ranks one hands out (INV-13).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RankCeiling {
    AtOrBelowSelf,
    BelowSelf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PermissionSets {
    /// A set adds and never takes away (X-KUS-04).
    Additive,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExitVerb {
    #[default]
    Remove,
    Deactivate,
}
