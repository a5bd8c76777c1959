//! What is measured, section by section.

mod assignment;
mod footprint;
mod inbox;
mod ingest;
mod ledger;
mod screen;
mod search;
mod streams;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::{Result, bail};

use crate::{
    data::house::Workspace,
    load::{self, Figures, Script},
    process::Server,
    report::Section,
    requests,
};

pub const ALL: [&str; 7] = ["a", "b", "c", "d", "e", "f", "g"];

/// How this run measures.
pub struct Run {
    /// Shorter rounds, for a look while working; the figures to keep come from full ones.
    pub short: bool,
    /// Databases live here; those that take long to make are kept.
    pub scratch: PathBuf,
}

impl Run {
    pub const fn rounds(&self) -> usize {
        if self.short { 2 } else { 4 }
    }

    pub const fn round(&self) -> Duration {
        Duration::from_secs(if self.short { 2 } else { 5 })
    }

    /// An empty folder of this name in the scratch space.
    pub fn fresh(&self, name: &str) -> Result<PathBuf> {
        let folder = self.scratch.join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }
}

pub async fn measure(letter: &str, run: &Run) -> Result<Section> {
    match letter {
        "a" => ingest::measure(run).await,
        "b" => inbox::measure(run).await,
        "c" => search::measure(run).await,
        "d" => screen::measure(run).await,
        "e" => footprint::measure(run).await,
        "f" => assignment::measure(run).await,
        "g" => ledger::measure(run).await,
        _ => bail!("there is no section {letter}"),
    }
}

/// A load on one of several servers that are compared.
struct Case<'a> {
    name: String,
    server: &'a Server,
    clients: usize,
    script: Arc<dyn Script>,
    figures: Figures,
}

impl<'a> Case<'a> {
    fn new(name: impl Into<String>, server: &'a Server, clients: usize, script: impl Script) -> Self {
        Self { name: name.into(), server, clients, script: Arc::new(script), figures: Figures::default() }
    }
}

/// Runs the cases in turn, several times over, so that a busy moment of the machine meets all of them alike.
async fn in_turn(run: &Run, cases: &mut [Case<'_>]) -> Result<()> {
    for case in &mut *cases {
        load::run(case.server, case.clients, Duration::from_millis(300), case.script.clone()).await?;
    }
    for _ in 0..run.rounds() {
        for case in &mut *cases {
            case.figures.add(&load::run(case.server, case.clients, run.round(), case.script.clone()).await?);
        }
    }
    Ok(())
}

fn sqlite_url(path: &Path) -> String {
    format!("sqlite:{}", path.display())
}

/// Each client is another member.
fn asking(workspace: Arc<Workspace>, path: String) -> impl Script {
    move |client, _| requests::get(&path, &workspace.members[client % workspace.members.len()])
}
