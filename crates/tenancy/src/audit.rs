//! Proof that a chain of events is whole: numbered without gaps, each linked to the one before (INV-40).

use kernel::{Timestamp, WorkspaceId};
use uuid::Uuid;

use crate::{
    Error, OnDuty, Row, Value, args,
    chain::{self, Chain},
    event::{self, HashedRow},
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
    /// There is no such workspace, or the database cannot answer.
    pub async fn verify_chain(&self, workspace: WorkspaceId) -> Result<Verdict, Error> {
        self.verify(&chain::OF_WORKSPACE, &workspace.into()).await
    }

    /// Recomputes the whole chain of what happened to accounts outside of workspaces.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn verify_accounts_chain(&self) -> Result<Verdict, Error> {
        self.verify(&chain::OF_INSTANCE, &chain::ACCOUNTS.into()).await
    }

    async fn verify(&self, chain: &Chain, owner: &Value) -> Result<Verdict, Error> {
        let (mut seq, mut hash) = (0, [0; 32]);
        loop {
            let values = args![owner.clone(), seq, BATCH];
            let rows = self.vault.database().read().await?.query(chain.after, values).await?;
            if rows.is_empty() {
                return self.verify_head(chain, owner, seq, hash).await;
            }
            for row in rows {
                seq += 1;
                match link(row, seq, &hash)? {
                    Ok(next) => hash = next,
                    Err(finding) => return Ok(Verdict::Broken { seq, finding }),
                }
            }
        }
    }

    async fn verify_head(&self, chain: &Chain, owner: &Value, seq: i64, hash: [u8; 32]) -> Result<Verdict, Error> {
        let rows = self.vault.database().read().await?.query(chain.head, args![owner.clone()]).await?;
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

/// The hash that the row at this place should have, or what is wrong with it.
fn link(mut row: Row, seq: i64, previous: &[u8; 32]) -> Result<Result<[u8; 32], &'static str>, Error> {
    if row.take::<i64>(0)? != seq {
        return Ok(Err("missing"));
    }
    let (at, kind, actor_kind): (Timestamp, String, String) = (row.take(1)?, row.take(2)?, row.take(3)?);
    let (actor_id, permission): (Option<Uuid>, String) = (row.take(4)?, row.take(5)?);
    let (subject_kind, subject_id): (String, Uuid) = (row.take(6)?, row.take(7)?);
    let (parent, sight, payload): (Option<i64>, Option<String>, String) = (row.take(8)?, row.take(9)?, row.take(10)?);
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
        return Ok(Err("changed"));
    }
    let hash = event::chain_hash(previous, seq, &row_hash);
    if row.take::<[u8; 32]>(12)? != hash {
        return Ok(Err("not linked to the one before"));
    }
    Ok(Ok(hash))
}
