//! Which workspaces have something due about what they pay, over all of them: whoever looks goes by an index, not from
//! door to door.

use kernel::WorkspaceId;

use crate::{Error, OnDuty, args, raw};

impl OnDuty {
    /// Workspaces whose subscription has something to be done now, or where a purchase waited for its payment for too
    /// long.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn bills_due(&self) -> Result<Vec<WorkspaceId>, Error> {
        let text = raw!(
            "select workspace_id from subscriptions where due_at <= $1
             union select workspace_id from checkouts where state = 'open' and invoice_id is not null and expires_at <= $1"
        );
        let now = self.vault.clock().now();
        let rows = self.vault.database().read().await?.query(text, args![now]).await?;
        rows.into_iter().map(|mut row| row.take(0)).collect()
    }
    /// Workspaces whose pool of credits has something to be done now: a month is over, or something was reserved for too
    /// long.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn credits_due(&self) -> Result<Vec<WorkspaceId>, Error> {
        let text = raw!(
            "select workspace_id from credit_accounts where month_end <= $1
             union select workspace_id from credit_reservations where state = 'open' and expires_at <= $1"
        );
        let now = self.vault.clock().now();
        let rows = self.vault.database().read().await?.query(text, args![now]).await?;
        rows.into_iter().map(|mut row| row.take(0)).collect()
    }
}
