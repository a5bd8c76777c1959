//! What an operator's inspection asks of the database itself. Looking changes nothing.

use crate::{
    Engine, Error, OnDuty,
    database::{Database, migrate},
    raw,
};

/// The migrations that this program has and the database has not. Opens no vault, which would apply them; an SQLite
/// file that does not exist is made.
///
/// # Errors
/// The database cannot be opened or read.
pub async fn pending_migrations(url: &str) -> Result<Vec<&'static str>, Error> {
    migrate::pending(&Database::open(url)?).await
}

impl OnDuty {
    /// What the engine finds damaged in its own files, in its words. PostgreSQL is not asked: its operator has
    /// `pg_amcheck` for that.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn damage(&self) -> Result<Vec<String>, Error> {
        if self.vault.engine() == Engine::Postgres {
            return Ok(Vec::new());
        }
        let mut read = self.vault.database().read().await?;
        let mut damage = Vec::new();
        for mut row in read.query(raw!("pragma quick_check"), &[]).await? {
            let finding: String = row.take(0)?;
            if finding != "ok" {
                damage.push(finding);
            }
        }
        for mut row in read.query(raw!("pragma foreign_key_check"), &[]).await? {
            let (table, parent): (String, String) = (row.take(0)?, row.take(2)?);
            damage.push(format!("a row of {table} points to a row of {parent} that is not there"));
        }
        Ok(damage)
    }
}
