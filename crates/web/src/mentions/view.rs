//! How mentions are given and shown.

use conversations::{Mention, Mentioned};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MentionKind {
    Member,
    Team,
}

/// Whom a note is to call.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MentionGiven {
    kind: MentionKind,
    /// Of a member or a team.
    id: Uuid,
}

impl From<MentionGiven> for Mention {
    fn from(given: MentionGiven) -> Self {
        match given.kind {
            MentionKind::Member => Self::Member(given.id.into()),
            MentionKind::Team => Self::Team(given.id.into()),
        }
    }
}

/// Whom a note calls.
#[derive(Debug, Serialize, ToSchema)]
pub struct MentionView {
    pub kind: MentionKind,
    pub id: Uuid,
    /// As they are called now.
    pub name: String,
}

impl From<Mentioned> for MentionView {
    fn from(mentioned: Mentioned) -> Self {
        let (kind, id) = match mentioned.mention {
            Mention::Member(id) => (MentionKind::Member, id.into()),
            Mention::Team(id) => (MentionKind::Team, id.into()),
        };
        Self { kind, id, name: mentioned.name }
    }
}
