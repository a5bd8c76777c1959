//! Proof that a workspace's events are whole: numbered without gaps, each linked to the one before (INV-40).

use kernel::{Timestamp, WorkspaceId};
use uuid::Uuid;

use crate::{
    Error, OnDuty, args,
    event::{self, HashedRow},
    raw,
};

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every event up to this sequence is in its place.
    Whole { events: i64 },
    /// The first event that is missing, changed or out of place.
    Broken { seq: i64, finding: &'static str },
}

const BATCH: i64 = 1000;

impl OnDuty {
    /// Recomputes the whole chain of a workspace from its rows.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn verify_chain(&self, workspace: WorkspaceId) -> Result<Verdict, Error> {
        let mut previous = [0; 32];
        let mut seq = 0;
        loop {
            let text = raw!(
                "select seq, at, kind, actor_kind, actor_id, permission, subject_kind, subject_id, parent_seq, sight,
                    payload, row_hash, hash
                 from events where workspace_id = $1 and seq > $2 order by seq limit $3"
            );
            let rows = self.vault.database().read().await?.query(text, args![workspace, seq, BATCH]).await?;
            if rows.is_empty() {
                return self.verify_head(workspace, seq, previous).await;
            }
            for mut row in rows {
                let found: i64 = row.take(0)?;
                seq += 1;
                if found != seq {
                    return Ok(Verdict::Broken { seq, finding: "missing" });
                }
                let (at, kind, actor_kind): (Timestamp, String, String) = (row.take(1)?, row.take(2)?, row.take(3)?);
                let (actor_id, permission): (Option<Uuid>, String) = (row.take(4)?, row.take(5)?);
                let (subject_kind, subject_id): (String, Uuid) = (row.take(6)?, row.take(7)?);
                let (parent, sight, payload): (Option<i64>, Option<String>, String) =
                    (row.take(8)?, row.take(9)?, row.take(10)?);
                let row_hash = event::row_hash(&HashedRow {
                    at,
                    kind: &kind,
                    actor_kind: &actor_kind,
                    actor_id,
                    permission: &permission,
                    subject_kind: &subject_kind,
                    subject_id,
                    index: parent.map_or(0, |parent| seq - parent),
                    sight: sight.as_deref(),
                    payload: &payload,
                });
                if row.take::<[u8; 32]>(11)? != row_hash {
                    return Ok(Verdict::Broken { seq, finding: "changed" });
                }
                previous = event::chain_hash(&previous, seq, &row_hash);
                if row.take::<[u8; 32]>(12)? != previous {
                    return Ok(Verdict::Broken { seq, finding: "not linked to the one before" });
                }
            }
        }
    }

    async fn verify_head(&self, workspace: WorkspaceId, seq: i64, hash: [u8; 32]) -> Result<Verdict, Error> {
        let text = raw!("select seq, hash from workspace_heads where workspace_id = $1");
        let rows = self.vault.database().read().await?.query(text, args![workspace]).await?;
        let mut head = rows.into_iter().next().ok_or(Error::NotFound)?;
        if head.take::<i64>(0)? != seq {
            return Ok(Verdict::Broken { seq: seq + 1, finding: "missing at the end" });
        }
        if head.take::<[u8; 32]>(1)? != hash {
            return Ok(Verdict::Broken { seq, finding: "not what the chain's head says" });
        }
        Ok(Verdict::Whole { events: seq })
    }
}
