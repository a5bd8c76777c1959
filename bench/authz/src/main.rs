//! What one permission check costs, beside two general policy engines that hold the same matrix.
//!
//! Every engine answers the same questions: may somebody with this role use this permission on something that is,
//! or is not, their own? They have to agree on every one of them before anything is measured.

mod casbin_engine;
mod cedar_engine;
mod guildhall;

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use tenancy::{Pack, Permission};

/// One question.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// By its place in the pack.
    pub role: usize,
    pub permission: Permission,
    pub own: bool,
}

/// How long each engine is asked, in turns, so that all meet the same noise.
const TURN: Duration = Duration::from_millis(200);
const TURNS: usize = 15;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let pack = Pack::shipped().into_iter().find(|pack| pack.id == "default").context("the default pack")?;
    let questions = questions(&pack);
    let decisions = guildhall::Decisions::new(&pack);
    let entry = guildhall::Entry::new().await?;
    let casbin = casbin_engine::Casbin::new(&pack).await?;
    let cedar = cedar_engine::Cedar::new(&pack)?;
    for question in &questions {
        let ours = decisions.allows(question);
        ensure!(casbin.allows(question)? == ours, "casbin answers {question:?} otherwise");
        ensure!(cedar.allows(question)? == ours, "cedar answers {question:?} otherwise");
    }
    println!("{} questions, all engines agree", questions.len());

    let mut ours = Vec::new();
    let (mut whole, mut theirs, mut cedars) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TURNS {
        ours.push(cost(&questions, |question| Ok(decisions.allows(question)))?);
        whole.push(entry.cost().await?);
        theirs.push(cost(&questions, |question| casbin.allows(question))?);
        cedars.push(cost(&questions, |question| cedar.allows(question))?);
    }
    let (ours, whole, theirs, cedars) = (median(ours), median(whole), median(theirs), median(cedars));
    let report = serde_json::json!({
        "permissions": Permission::ALL.len(),
        "roles": pack.roles.len(),
        "questions": questions.len(),
        "decide_ns": rounded(ours),
        "enter_and_decide_ns": rounded(whole),
        "casbin_ns": rounded(theirs),
        "cedar_ns": rounded(cedars),
        "casbin_ratio_to_entry": (theirs / whole).round(),
        "cedar_ratio_to_entry": (cedars / whole).round(),
    });
    println!("{}", serde_json::to_string_pretty(&report)?);
    std::fs::write(
        concat!(env!("CARGO_MANIFEST_DIR"), "/results.json"),
        serde_json::to_string_pretty(&report)? + "\n",
    )?;
    Ok(())
}

/// Every role × permission × own or not.
fn questions(pack: &Pack) -> Vec<Question> {
    let roles = 0..pack.roles.len();
    let each = |role| {
        Permission::ALL.iter().flat_map(move |&permission| [true, false].map(|own| Question { role, permission, own }))
    };
    roles.flat_map(each).collect()
}

/// Nanoseconds a question, over as many rounds as fit into a turn.
fn cost(questions: &[Question], mut allows: impl FnMut(&Question) -> Result<bool>) -> Result<f64> {
    let (started, mut asked) = (Instant::now(), 0_u32);
    // A slow engine does not get through all of them in a turn; a stride keeps its sample even.
    let mut place = 0;
    while started.elapsed() < TURN {
        for _ in 0..16 {
            black_box(allows(black_box(&questions[place]))?);
            place = (place + 997) % questions.len();
            asked += 1;
        }
    }
    Ok(started.elapsed().as_secs_f64() * 1e9 / f64::from(asked))
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    figures[figures.len() / 2]
}

fn rounded(figure: f64) -> f64 {
    (figure * 10.0).round() / 10.0
}
