//! What people are told of, and how unless they chose otherwise (E9).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// When somebody is told through one of the ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum When {
    Never,
    /// Only while the member is not at work here.
    WhenAway,
    Always,
}

/// A way to a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    InApp,
    Email,
    Push,
    Slack,
}

/// How a member wants to be told of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Ways {
    pub in_app: When,
    pub email: When,
    pub push: When,
    pub slack: When,
}

impl Ways {
    pub(crate) fn is_silent(self) -> bool {
        [self.in_app, self.email, self.push, self.slack].iter().all(|when| *when == When::Never)
    }

    pub(crate) const fn when(self, way: Way) -> When {
        match way {
            Way::InApp => self.in_app,
            Way::Email => self.email,
            Way::Push => self.push,
            Way::Slack => self.slack,
        }
    }
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:tt, urgent $urgent:literal,
        [$in_app:ident, $email:ident, $push:ident, $slack:ident];)+) => {
        /// A kind of news.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
        )]
        #[schema(as = NotificationKind)]
        pub enum Kind {
            $($(#[$doc])* #[serde(rename = $name)] $kind,)+
        }

        impl Kind {
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// The name of the event it comes from.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name),+ }
            }

            /// Whether somebody waits for this very member, so that it may break quiet hours.
            pub const fn is_urgent(self) -> bool {
                match self { $(Self::$kind => $urgent),+ }
            }

            /// In the app, by mail, by push and in Slack, unless the member chose otherwise.
            pub const fn usual(self) -> Ways {
                match self {
                    $(Self::$kind => Ways {
                        in_app: When::$in_app, email: When::$email, push: When::$push, slack: When::$slack,
                    },)+
                }
            }
        }
    };
}

kinds! {
    ConversationAssigned = "conversation.assigned", urgent true, [Always, WhenAway, WhenAway, Never];
    NoteMentioned = "note.mentioned", urgent true, [Always, WhenAway, Always, Never];
    /// A colleague hands a conversation over, or answers a hand-over.
    HandOver = "note.hand_over", urgent true, [Always, WhenAway, Always, Always];
    /// The AI asks for a human.
    HandoffRequested = "handoff.requested", urgent true, [Always, WhenAway, Always, Always];
    TaskAssigned = "task.assigned", urgent false, [Always, WhenAway, WhenAway, Never];
    TaskReminded = "task.reminded", urgent true, [Always, WhenAway, Always, Never];
    /// A customer wrote in a conversation of the member's own.
    MessageReceived = "message.received", urgent false, [Never, Never, Never, Never];
    MemberJoined = "member.joined", urgent false, [Always, Always, Never, Never];
    /// The mail about it is no choice: the house writes it to both.
    OwnershipTransferred = "ownership.transferred", urgent false, [Always, Never, Never, Never];
    TrialEnding = "trial.ending", urgent false, [Always, Always, Never, Never];
    /// One of ours that is to be paid.
    InvoiceIssued = "invoice.issued", urgent false, [Always, Always, Never, Never];
    PaymentFailed = "payment.failed", urgent false, [Always, Always, Never, Never];
    SubscriptionRestricted = "subscription.restricted", urgent false, [Always, Always, Never, Never];
    /// The workspace has another owner, who pays from now on.
    PayerReminded = "payer.reminded", urgent false, [Always, Always, Never, Never];
    SeatOverLimit = "seat.over_limit", urgent false, [Always, Always, Never, Never];
    CreditLow = "credit.low", urgent false, [Always, Always, Never, Never];
    CreditPurchased = "credit.purchased", urgent false, [Always, Always, Never, Never];
    UsageWarned = "usage.warned", urgent false, [Always, Always, Never, Never];
    /// The operator answered what the member asked for (PLAN-026).
    SupportRequestAnswered = "support_request.answered", urgent false, [Always, Always, Never, Never];
    /// What waits for a human, at the times that the member chose (AI-017).
    Digest = "digest", urgent false, [Always, WhenAway, Never, Never];
}

impl Kind {
    /// Whether nobody is told unless they ask to be.
    pub(crate) fn is_on_request(self) -> bool {
        self.usual().is_silent()
    }

    /// Whether nobody whom it concerns can choose not to be told, in the app and by mail (E9).
    pub(crate) fn is_mandatory(self) -> bool {
        self == Self::PaymentFailed
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_has_one_name_everywhere() {
        for kind in Kind::ALL {
            assert_eq!(Kind::parse(kind.name()), Some(*kind));
            assert_eq!(serde_json::to_value(kind).expect("JSON"), kind.name());
        }
        assert_eq!(Kind::parse("credit.granted"), None);
    }

    #[test]
    fn of_two_wishes_the_quieter_one_holds() {
        assert_eq!(When::Always.min(When::WhenAway), When::WhenAway);
        assert_eq!(When::WhenAway.min(When::Never), When::Never);
    }
}
