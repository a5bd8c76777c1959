//! The product's own decision, alone and as part of an entry.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use anyhow::Result;
use kernel::Clock;
use tenancy::{Ability, Access, Pack, Permission, Standing, Vault, measure::WarmEntry};

use crate::Question;

/// Evaluated access by role, as a warm installation holds it.
pub struct Decisions(Vec<Access>);

impl Decisions {
    pub fn new(pack: &Pack) -> Self {
        Self(pack.roles.iter().map(|role| Access::of(&Standing::plain(pack, role, role.seat_type))).collect())
    }

    pub fn allows(&self, question: &Question) -> bool {
        self.0[question.role].ability_on(question.permission, question.own) == Ability::Yes
    }
}

/// Everything a request does after its row was read: from the row to the standing, the scope, the grant and the
/// verdict on one conversation.
pub struct Entry {
    _folder: tempfile::TempDir,
    warm: WarmEntry,
}

const ROUND: usize = 4096;
const TURN: Duration = Duration::from_millis(200);

impl Entry {
    pub async fn new() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let url = format!("sqlite:{}", folder.path().join("bench.db").display());
        let vault = Vault::open(&url, Pack::shipped(), Clock::system()).await?;
        Ok(Self { _folder: folder, warm: WarmEntry::new(&vault).await? })
    }

    /// Nanoseconds an entry with one decision.
    pub async fn cost(&self) -> Result<f64> {
        let (mut spent, mut entered) = (Duration::ZERO, 0_u32);
        while spent < TURN {
            let rows = self.warm.rows(ROUND);
            let started = Instant::now();
            for (place, row) in rows.into_iter().enumerate() {
                black_box(self.warm.enter(row, Permission::ConversationReply, place % 2 == 0).await?);
                entered += 1;
            }
            spent += started.elapsed();
        }
        Ok(spent.as_secs_f64() * 1e9 / f64::from(entered))
    }
}
