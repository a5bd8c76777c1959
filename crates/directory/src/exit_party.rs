//! What higher floors do when a member goes, or may be given work no longer (ruling 7).

use async_trait::async_trait;
use kernel::{ConversationId, MemberId};
use tenancy::{Error, Work};

/// What was taken out of a member's hands.
#[derive(Debug, Clone, Default)]
pub struct Released {
    /// Unassigned and back in their queues.
    pub conversations: Vec<ConversationId>,
}

/// Takes part in the end of a membership.
#[async_trait]
pub trait ExitParty: Send + Sync {
    /// Takes everything out of the member's hands, in the transaction of its cause (INV-09). What the member wrote
    /// stays theirs (INV-10).
    ///
    /// # Errors
    /// The database refuses; nothing of the exit then happens.
    async fn release(&self, work: &mut Work, member: MemberId) -> Result<Released, Error>;
}
