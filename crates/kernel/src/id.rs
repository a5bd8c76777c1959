//! Typed identifiers: UUID version 7, sixteen bytes, never secret. One type per noun, so that a customer's id
//! cannot be passed where a conversation's is asked for.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, schema::Type},
};
use uuid::Uuid;

use crate::Clock;

/// Makes identifiers and secrets; passed in wherever something is created.
#[derive(Debug, Clone)]
pub struct Ids {
    clock: Clock,
}

impl Ids {
    pub fn new(clock: Clock) -> Self {
        Self { clock }
    }

    /// A fresh identifier whose leading bits are the clock's time, so that ids sort by creation.
    pub fn next<T: From<Uuid>>(&self) -> T {
        let millis = self.clock.now().millis().max(0).unsigned_abs();
        let random: [u8; 10] = rand::random();
        T::from(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
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
