//! What is forgotten when its time is over. Events and what people wrote are not among it.

use crate::{Error, OnDuty, args, raw};
use kernel::DAY;

impl OnDuty {
    /// Deletes idempotency records after 24 hours, offers to undo a day after they ended, deleted
    /// tools of the inbox and finished jobs after 7 days, ended or expired sessions and one-time
    /// tokens after 30, and notifications to which nothing was added for 90; returns how many rows
    /// went.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn forget_expired(&self) -> Result<u64, Error> {
        let now = self.vault.clock().now();
        let (day, week, month, quarter) =
            (now.minus(DAY), now.minus(DAY * 7), now.minus(DAY * 30), now.minus(DAY * 90));
        let forgotten = [
            (raw!("delete from idempotency_records where created_at < $1"), day),
            (raw!("delete from account_idempotency_records where created_at < $1"), day),
            (raw!("delete from undo_offers where expires_at < $1"), day),
            (raw!("delete from canned_responses where deleted_at < $1"), week),
            (raw!("delete from saved_searches where deleted_at < $1"), week),
            (raw!("delete from macros where deleted_at < $1"), week),
            (raw!("delete from jobs where state = 'done' and finished_at < $1"), week),
            (raw!("delete from sessions where expires_at < $1 or ended_at < $1"), month),
            (raw!("delete from account_tokens where expires_at < $1"), month),
            (raw!("delete from notifications where at < $1"), quarter),
        ];
        let mut rows = 0;
        for (text, before) in forgotten {
            let mut write = self.vault.database().begin().await?;
            rows += write.execute(text, args![before]).await?;
            write.end(true).await?;
        }
        Ok(rows)
    }
}
