//! `bin/bench`: figures of the product under load, each beside a bare server that does the same work in the same run.

mod bare;
mod data;
mod load;
mod machine;
mod process;
mod report;
mod requests;
mod sections;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::sections::Run;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [bare, kind, database, address] = arguments.as_slice()
        && bare == "bare"
    {
        // As many workers as the product takes: one for each core.
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        return runtime.block_on(bare::serve(kind, database, address.parse()?));
    }
    // One worker: the load shares the cores with the server, and should not take both.
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    runtime.block_on(measure(&arguments))
}

async fn measure(arguments: &[String]) -> Result<()> {
    let short = arguments.iter().any(|argument| argument == "--short");
    let mut letters: Vec<&str> = arguments.iter().map(String::as_str).filter(|argument| *argument != "--short").collect();
    if letters.is_empty() {
        letters = sections::ALL.to_vec();
    }
    if let Some(unknown) = letters.iter().find(|letter| !sections::ALL.contains(letter)) {
        bail!("there is no section {unknown:?}; the sections are {}", sections::ALL.join(" "));
    }
    let scratch = PathBuf::from("bench/scratch");
    std::fs::create_dir_all(&scratch)?;
    let scratch = scratch.canonicalize().context("bench/scratch")?;
    let run = Run { short, scratch };
    let mut measured = Vec::new();
    for letter in letters {
        let circumstances = report::Circumstances::now(&run.scratch)?;
        let section = sections::measure(letter, &run).await?;
        report::keep(Path::new("bench/results.json"), &section, &circumstances, short)?;
        measured.push(section);
    }
    for section in &measured {
        section.print();
    }
    Ok(())
}
