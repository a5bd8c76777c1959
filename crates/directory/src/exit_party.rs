//! What higher floors do when a member goes, or may be given work no longer (ruling 7).

use async_trait::async_trait;
use kernel::{ConversationId, MemberId, TaskId};
use tenancy::{Error, Work};

/// What was taken out of a member's hands.
#[derive(Debug, Clone, Default)]
pub struct Released {
    /// Unassigned and back in their queues.
    pub conversations: Vec<ConversationId>,
    /// Open, and waiting for somebody else to take them.
    pub tasks: Vec<TaskId>,
}

/// Takes part when somebody goes, or may be given less than before. What they wrote stays theirs (INV-10).
#[async_trait]
pub trait ExitParty: Send + Sync {
    /// Holds what a member has in hand before anything of the member's own is held. Who gives work out holds the work
    /// first, then the team, then the member: so neither waits for the other for good.
    ///
    /// # Errors
    /// The database refuses.
    async fn hold(&self, work: &mut Work, member: MemberId) -> Result<(), Error>;

    /// Takes the conversations out of the hands of a member who may be given none any more, in the transaction of its
    /// cause.
    ///
    /// # Errors
    /// The database refuses; nothing of the cause then happens.
    async fn release(&self, work: &mut Work, member: MemberId) -> Result<Released, Error>;

    /// Takes everything out of the hands of a member who goes, in the transaction of the exit (INV-09).
    ///
    /// # Errors
    /// The database refuses; nothing of the exit then happens.
    async fn depart(&self, work: &mut Work, member: MemberId) -> Result<Released, Error>;
}
