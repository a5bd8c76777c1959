//! What goes into a statement and what comes out of it: the subset both engines share.

use bytes::BytesMut;
use kernel::{
    AccountId, ApiKeyId, AssignmentDecisionId, AttachmentId, BulkActionId, BusinessId, CannedResponseId, ChannelId,
    CheckoutId, ConversationId, CustomerId, CustomerNoteId, EmailAddress, ExitReceiptId, HandoverId, InvitationId,
    InvoiceId, JobId, LabelId, MacroId, MemberId, MergeId, MessageId, NotificationId, OperatorRequestId,
    OwnershipTransferId, PermissionSetId, PreviewId, PushSubscriptionId, ReservationId, RoutingRuleId, SavedSearchId,
    ScheduledMessageId, SessionId, ShiftId, TaskCommentId, TaskId, TeamId, Timestamp, UndoId, VisitorId, WorkspaceId,
};
use rusqlite::types::{ToSqlOutput, ValueRef};
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use uuid::Uuid;

use crate::Error;

/// A parameter or a cell: 64-bit integer (booleans are 0 and 1, times are milliseconds), text, bytes or id.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Null,
    Int(i64),
    Text(String),
    Bytes(Vec<u8>),
    Id(Uuid),
}

impl rusqlite::ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
            Self::Id(id) => ValueRef::Blob(id.as_bytes()),
        }))
    }
}

impl ToSql for Value {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            // A literal beside the parameter may have made PostgreSQL infer a narrower integer.
            Self::Int(number) if *ty == Type::INT4 => i32::try_from(*number)?.to_sql(ty, out),
            Self::Int(number) if *ty == Type::INT2 => i16::try_from(*number)?.to_sql(ty, out),
            Self::Int(number) => number.to_sql(ty, out),
            Self::Text(text) => text.to_sql(ty, out),
            Self::Bytes(bytes) => bytes.to_sql(ty, out),
            Self::Id(id) => id.to_sql(ty, out),
        }
    }

    fn accepts(ty: &Type) -> bool {
        matches!(
            *ty,
            Type::INT8 | Type::INT4 | Type::INT2 | Type::TEXT | Type::VARCHAR | Type::BYTEA | Type::UUID | Type::NAME
        )
    }

    to_sql_checked!();
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}
impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Self::Int(i64::from(truth))
    }
}
impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}
impl From<&EmailAddress> for Value {
    fn from(address: &EmailAddress) -> Self {
        Self::Text(address.to_string())
    }
}
impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Self::Bytes(bytes)
    }
}
impl From<[u8; 32]> for Value {
    fn from(bytes: [u8; 32]) -> Self {
        Self::Bytes(bytes.to_vec())
    }
}
impl From<Timestamp> for Value {
    fn from(moment: Timestamp) -> Self {
        Self::Int(moment.millis())
    }
}
impl From<Uuid> for Value {
    fn from(id: Uuid) -> Self {
        Self::Id(id)
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A cell read as a Rust type.
pub trait FromValue: Sized {
    /// # Errors
    /// [`Error::Corrupt`] when the cell holds something else.
    fn from_value(value: Value) -> Result<Self, Error>;
}

impl FromValue for i64 {
    fn from_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::Int(number) => Ok(number),
            other => Err(Error::unexpected("integer", &other)),
        }
    }
}
impl FromValue for bool {
    fn from_value(value: Value) -> Result<Self, Error> {
        i64::from_value(value).map(|number| number != 0)
    }
}
impl FromValue for String {
    fn from_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::Text(text) => Ok(text),
            other => Err(Error::unexpected("text", &other)),
        }
    }
}
impl FromValue for Vec<u8> {
    fn from_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::Bytes(bytes) => Ok(bytes),
            Value::Id(id) => Ok(id.as_bytes().to_vec()),
            other => Err(Error::unexpected("bytes", &other)),
        }
    }
}
impl FromValue for [u8; 32] {
    fn from_value(value: Value) -> Result<Self, Error> {
        Vec::from_value(value)?.try_into().map_err(|_| Error::Corrupt("32 bytes expected".into()))
    }
}
impl FromValue for Timestamp {
    fn from_value(value: Value) -> Result<Self, Error> {
        i64::from_value(value).map(Self::from_millis)
    }
}
impl FromValue for Uuid {
    fn from_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::Id(id) => Ok(id),
            // SQLite has no id type of its own: an id is sixteen bytes there.
            Value::Bytes(bytes) => Self::from_slice(&bytes).map_err(|_| Error::Corrupt("16 bytes expected".into())),
            other => Err(Error::unexpected("id", &other)),
        }
    }
}
impl<T: FromValue> FromValue for Option<T> {
    fn from_value(value: Value) -> Result<Self, Error> {
        match value {
            Value::Null => Ok(None),
            other => T::from_value(other).map(Some),
        }
    }
}

macro_rules! id_values {
    ($($id:ident),+) => {$(
        impl From<$id> for Value {
            fn from(id: $id) -> Self { Self::Id(id.0) }
        }
        impl FromValue for $id {
            fn from_value(value: Value) -> Result<Self, Error> { Uuid::from_value(value).map($id) }
        }
    )+};
}
id_values!(
    AccountId,
    SessionId,
    WorkspaceId,
    MemberId,
    InvitationId,
    BusinessId,
    TeamId,
    LabelId,
    CheckoutId,
    InvoiceId,
    ReservationId,
    OperatorRequestId,
    CustomerNoteId,
    HandoverId,
    ChannelId,
    VisitorId,
    CustomerId,
    ConversationId,
    MessageId,
    AttachmentId,
    JobId,
    ApiKeyId,
    PermissionSetId,
    PreviewId,
    OwnershipTransferId,
    ExitReceiptId,
    ScheduledMessageId,
    UndoId,
    SavedSearchId,
    CannedResponseId,
    MacroId,
    BulkActionId,
    MergeId,
    ShiftId,
    TaskId,
    TaskCommentId,
    RoutingRuleId,
    AssignmentDecisionId,
    NotificationId,
    PushSubscriptionId
);

/// One answer row. Cells are taken by position, each once.
#[derive(Debug, Clone)]
pub struct Row(pub(crate) Vec<Value>);

impl Row {
    /// Takes the cell at `index` out of the row.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when there is no such column or it holds another type.
    pub fn take<T: FromValue>(&mut self, index: usize) -> Result<T, Error> {
        let cell = self.0.get_mut(index).ok_or_else(|| Error::Corrupt(format!("no column {index}")))?;
        T::from_value(std::mem::replace(cell, Value::Null))
    }
}

/// The parameters of a statement after the workspace: `args![id, name]` is `$2`, `$3`.
#[macro_export]
macro_rules! args {
    ($($value:expr),* $(,)?) => { &[$($crate::Value::from($value)),*] };
}
