//! Where a conversation goes that nobody has (E5): rules in order name a team or a member, the team's strategy the
//! member, and every decision that the house takes by itself is written down with who was considered and why somebody
//! was passed over (OWN-12).
//!
//! Invariants: what is given away by itself goes to who is eligible at that moment (INV-27), what waits is shared out as
//! soon as somebody is (INV-28), and turns are kept (INV-29). The decisions are pure functions in `strategy`,
//! `eligibility`, `condition` and `rule`; what is around them holds rows, writes and records.

#[cfg(test)]
mod arrivals;
mod check;
mod choice;
mod condition;
mod decision;
mod eligibility;
mod hooks;
mod known;
mod manage;
mod place;
mod queue;
mod recipe;
mod refusal;
mod rehearsal;
mod requeue;
mod rule;
mod strategy;

pub use condition::{Conditions, CustomerCondition, CustomerField, Within};
pub use decision::{Cause as AssignmentCause, Considered, Decision, How, decisions};
pub use eligibility::Skip;
pub use manage::{RoutingPlan, RuleChange, create_rule, delete_rule, order_rules, routing_plan, update_rule};
pub use queue::drain;
pub use recipe::{share_by_channel, share_by_label, share_by_shift};
pub use refusal::RuleRefusal;
pub use rehearsal::{Change, Rehearsal, Spot, rehearse};
pub use requeue::keep_moving;
pub use rule::{Action as RoutingAction, Rule, RuleDraft};

pub(crate) use hooks::{arrived, escalated, labelled, reopened};
pub(crate) use place::place_in_team;
pub(crate) use queue::{freed, hold_team};
