//! Proof that chains of events are whole: numbered without gaps, each linked to the one before (INV-40), and the texts
//! beside them, where they were not erased, those that were recorded.

use kernel::{Timestamp, WorkspaceId};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::{
    AuditView, Error, Grant, OnDuty, Row, Value, Vault, args,
    chain::{self, Chain},
    event::{self, DETAILS_HASH, HashedRow},
};

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every event is in its place; the texts beside `erased` of them are no longer there, which breaks nothing.
    Whole { events: i64, erased: i64 },
    /// The first event that is missing, changed or out of place.
    Broken { seq: i64, finding: &'static str },
}

/// Both chains of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// What was changed.
    pub changes: Verdict,
    /// What was refused or looked at.
    pub access: Verdict,
}

const BATCH: i64 = 1000;

impl OnDuty {
    /// Recomputes both chains of a workspace from their rows.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn verify_workspace(&self, workspace: WorkspaceId) -> Result<Verification, Error> {
        verify_workspace(&self.vault, workspace).await
    }

    /// Recomputes the chain of what happened to accounts outside of workspaces.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn verify_accounts(&self) -> Result<Verdict, Error> {
        verify(&self.vault, &chain::OF_INSTANCE, &chain::ACCOUNTS.into()).await
    }
}

impl Grant<AuditView> {
    /// Recomputes both chains of the workspace from their rows.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn verify(&self) -> Result<Verification, Error> {
        verify_workspace(self.scope().vault(), self.scope().workspace()).await
    }
}

async fn verify_workspace(vault: &Vault, workspace: WorkspaceId) -> Result<Verification, Error> {
    let owner = workspace.into();
    Ok(Verification {
        changes: verify(vault, &chain::OF_WORKSPACE, &owner).await?,
        access: verify(vault, &chain::OF_ACCESS, &owner).await?,
    })
}

/// Walks a chain up to the head it has at the beginning: what is appended meanwhile is for the next time.
async fn verify(vault: &Vault, chain: &Chain, owner: &Value) -> Result<Verdict, Error> {
    let broken = |seq, finding| Ok(Verdict::Broken { seq, finding });
    let head = vault.database().read().await?.query(chain.head, args![owner.clone()]).await?;
    let Some(mut head) = head.into_iter().next() else { return broken(1, "without the chain's head") };
    let (Ok(last), Ok(last_hash)) = (head.take::<i64>(0), head.take::<[u8; 32]>(1)) else {
        return broken(1, "under a head that cannot be read");
    };
    let newest = head.take::<Option<i64>>(2)?.unwrap_or(0);
    let (mut seq, mut hash, mut erased, mut batch) = (0, [0; 32], 0, BATCH);
    while seq < last {
        let values = args![owner.clone(), seq, last, batch];
        let rows = match vault.database().read().await?.query(chain.between, values).await {
            // A cell of a kind that is never written: which row has it shows one by one.
            Err(Error::Corrupt(_)) if batch > 1 => {
                batch = 1;
                continue;
            }
            Err(Error::Corrupt(_)) => return broken(seq + 1, "changed"),
            rows => rows?,
        };
        if rows.is_empty() {
            return broken(seq + 1, "missing at the end");
        }
        for row in rows {
            seq += 1;
            match link(row, seq, &hash) {
                Ok(link) => {
                    hash = link.hash;
                    erased += i64::from(link.erased);
                }
                Err(finding) => return broken(seq, finding),
            }
        }
    }
    if newest > last {
        return broken(last + 1, "more than the chain's head knows");
    }
    if hash != last_hash {
        return broken(last, "not what the chain's head says");
    }
    Ok(Verdict::Whole { events: last, erased })
}

/// A row that is in its place.
struct Link {
    hash: [u8; 32],
    /// It had details once.
    erased: bool,
}

/// A row as it is stored.
struct Stored {
    seq: i64,
    at: Timestamp,
    kind: String,
    actor_kind: String,
    actor_id: Option<Uuid>,
    permission: String,
    subject_kind: String,
    subject_id: Uuid,
    parent: Option<i64>,
    sight: Option<String>,
    payload: String,
    details: Option<String>,
    row_hash: [u8; 32],
    hash: [u8; 32],
}

/// The row at this place of the chain, or what is wrong with it.
fn link(row: Row, seq: i64, previous: &[u8; 32]) -> Result<Link, &'static str> {
    // What cannot be read is not what was written.
    let row = read(row).map_err(|_| "changed")?;
    if row.seq != seq {
        return Err("missing");
    }
    // Nothing and empty hash alike, and so do "no parent" and oneself; the program writes only the former.
    let ambiguous =
        row.sight.as_deref() == Some("") || row.actor_id == Some(Uuid::nil()) || row.parent.is_some_and(|p| p >= seq);
    let row_hash = event::row_hash(&HashedRow {
        at: row.at,
        kind: &row.kind,
        actor_kind: &row.actor_kind,
        actor_id: row.actor_id,
        permission: &row.permission,
        subject_kind: &row.subject_kind,
        subject_id: row.subject_id,
        index: row.parent.map_or(0, |parent| seq - parent),
        sight: row.sight.as_deref(),
        payload: &row.payload,
    });
    if ambiguous || row.row_hash != row_hash {
        return Err("changed");
    }
    let hash = event::chain_hash(previous, seq, &row_hash);
    if row.hash != hash {
        return Err("not linked to the one before");
    }
    let erased = match (recorded_details(&row.payload), &row.details) {
        (Some(recorded), Some(details)) if recorded != event::details_hash(details) => {
            return Err("beside a text that was changed");
        }
        (None, Some(_)) => return Err("beside a text that was not recorded"),
        (Some(_), None) => true,
        _ => false,
    };
    Ok(Link { hash, erased })
}

fn recorded_details(payload: &str) -> Option<String> {
    let payload: Json = serde_json::from_str(payload).ok()?;
    payload[DETAILS_HASH].as_str().map(str::to_owned)
}

fn read(mut row: Row) -> Result<Stored, Error> {
    Ok(Stored {
        seq: row.take(0)?,
        at: row.take(1)?,
        kind: row.take(2)?,
        actor_kind: row.take(3)?,
        actor_id: row.take(4)?,
        permission: row.take(5)?,
        subject_kind: row.take(6)?,
        subject_id: row.take(7)?,
        parent: row.take(8)?,
        sight: row.take(9)?,
        payload: row.take(10)?,
        details: row.take(11)?,
        row_hash: row.take(12)?,
        hash: row.take(13)?,
    })
}
