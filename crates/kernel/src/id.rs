//! Typed identifiers: UUID version 7, sixteen bytes, never secret. One type per noun, so that a customer's id
//! cannot be passed where a conversation's is asked for.

use std::{
    fmt,
    str::FromStr,
    sync::{Arc, Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, schema::Type},
};
use uuid::{ContextV7, Timestamp, Uuid};

use crate::Clock;

/// Makes identifiers and secrets; passed in wherever something is created.
#[derive(Debug, Clone)]
pub struct Ids {
    clock: Clock,
    /// Counts within a millisecond.
    order: Arc<Mutex<ContextV7>>,
}

impl Ids {
    pub fn new(clock: Clock) -> Self {
        Self { clock, order: Arc::default() }
    }

    /// A fresh identifier whose leading bits are the clock's time and a count, so that the ids of one server sort by
    /// creation.
    pub fn next<T: From<Uuid>>(&self) -> T {
        let millis = self.clock.now().millis().max(0).unsigned_abs();
        let nanos = u32::try_from(millis % 1000 * 1_000_000).unwrap_or_default();
        let order = self.order.lock().unwrap_or_else(PoisonError::into_inner);
        T::from(Uuid::new_v7(Timestamp::from_unix(&*order, millis / 1000, nanos)))
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self { Self(id) }
        }
        impl From<$name> for Uuid {
            fn from(id: $name) -> Self { id.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { Uuid::parse_str(text).map(Self) }
        }
        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .format(Some(SchemaFormat::KnownFormat(KnownFormat::Uuid)))
                    .into()
            }
        }
        impl ToSchema for $name {}
    )+};
}

ids! {
    /// A person's login on this instance.
    AccountId,
    /// One signed-in browser of an account.
    SessionId,
    /// A tenant: its data, members, plan and billing.
    WorkspaceId,
    /// An account's place in one workspace.
    MemberId,
    InvitationId,
    /// A brand or product inside a workspace.
    BusinessId,
    /// A routing team.
    TeamId,
    /// A purchase somebody began.
    CheckoutId,
    InvoiceId,
    /// Credits that are kept for work under way.
    ReservationId,
    /// What a workspace asked the operator for.
    OperatorRequestId,
    LabelId,
    /// A note on a customer.
    CustomerNoteId,
    HandoverId,
    ChannelId,
    /// A browser that opened the website chat.
    VisitorId,
    CustomerId,
    ConversationId,
    MessageId,
    AttachmentId,
    JobId,
    /// A program's way into one workspace.
    ApiKeyId,
    PermissionSetId,
    /// A look at a workspace as somebody else.
    PreviewId,
    OwnershipTransferId,
    ExitReceiptId,
    NotificationId,
    /// A browser of a member that takes push messages.
    PushSubscriptionId,
    /// An answer that goes out later.
    ScheduledMessageId,
    /// Something a member may take back.
    UndoId,
    SavedSearchId,
    CannedResponseId,
    MacroId,
    BulkActionId,
    MergeId,
    /// Weekly hours of a member.
    ShiftId,
    TaskId,
    TaskCommentId,
    RoutingRuleId,
    AssignmentDecisionId,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_millisecond_sort_by_creation() {
        let ids = Ids::new(Clock::movable(crate::Timestamp::from_millis(1_700_000_000_000)));
        let made: Vec<Uuid> = (0..1000).map(|_| ids.next()).collect();
        assert!(made.is_sorted_by(|one, next| one < next));
        assert_eq!(made[0].get_timestamp().unwrap().to_unix(), (1_700_000_000, 0));
    }
}
