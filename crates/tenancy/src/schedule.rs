//! Recurring duties: each is claimed by compare-and-set on its next moment, so several servers run it once.

use std::str::FromStr;

use croner::Cron;
use kernel::Timestamp;

use crate::{Error, OnDuty, args, raw};

impl OnDuty {
    /// Whether the recurring duty `name` is due now and this server is the one to do it. `cron` is five fields, UTC.
    ///
    /// # Errors
    /// The pattern is wrong or the database cannot answer.
    pub async fn claim_schedule(&self, name: &str, cron: &str) -> Result<bool, Error> {
        let now = self.vault.clock().now();
        let next = next_after(cron, now)?;
        let mut write = self.vault.database().begin().await?;
        let rows = write.query(raw!("select next_run_at from schedules where name = $1"), args![name]).await?;
        let claimed = match rows.into_iter().next() {
            None => {
                let insert = raw!("insert into schedules (name, next_run_at) values ($1, $2) on conflict do nothing");
                write.execute(insert, args![name, next]).await?;
                false
            }
            Some(mut row) => {
                let due: Timestamp = row.take(0)?;
                let advance = raw!("update schedules set next_run_at = $2 where name = $1 and next_run_at = $3");
                due <= now && write.execute(advance, args![name, next, due]).await? == 1
            }
        };
        write.end(true).await?;
        Ok(claimed)
    }
}

fn next_after(pattern: &str, now: Timestamp) -> Result<Timestamp, Error> {
    let wrong = |cause: String| Error::Corrupt(format!("schedule {pattern:?}: {cause}"));
    let cron = Cron::from_str(pattern).map_err(|error| wrong(error.to_string()))?;
    let moment = jiff::Timestamp::from_millisecond(now.millis()).map_err(|error| wrong(error.to_string()))?;
    let next = cron
        .find_next_occurrence(&moment.to_zoned(jiff::tz::TimeZone::UTC), false)
        .map_err(|error| wrong(error.to_string()))?;
    Ok(Timestamp::from_millis(next.timestamp().as_millisecond()))
}
