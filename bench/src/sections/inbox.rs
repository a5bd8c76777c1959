//! b: the inbox list with 10,000 and with 1,000,000 conversations.

use std::sync::Arc;

use anyhow::{Context, Result};
use uuid::Uuid;

use super::{Case, Run, asking, in_turn};
use crate::{
    data::{
        conversations::{self, Loaded},
        house::Workspace,
    },
    load::{Connection, Figures},
    process::{self, Server},
    report::{Bound, Section},
    requests,
};

const SIZES: [usize; 2] = [10_000, 1_000_000];
const CLIENTS: usize = 16;
const FAR_PAGE: usize = 40;

pub async fn measure(run: &Run) -> Result<Section> {
    let mut section = Section::new('b', "Inbox list over HTTP with a signed-in member, 16 clients");
    let small = Pair::start(run, SIZES[0]).await?;
    let large = Pair::start(run, SIZES[1]).await?;
    let mut cases = Vec::new();
    for pair in [&small, &large] {
        cases.extend(pair.cases().await?);
    }
    cases.extend(neighbours(&large).await?);
    in_turn(run, &mut cases).await?;
    for case in &cases {
        section.load(&case.name, &case.figures);
    }
    let figures: Vec<Figures> = cases.into_iter().map(|case| case.figures).collect();
    let [small_near, small_near_bare, small_far, _, near, near_bare, far, far_bare, counters, thread] = &figures[..] else {
        anyhow::bail!("a case is missing");
    };
    for (name, ours, bare) in [
        ("10,000, page 1", small_near, small_near_bare),
        ("1,000,000, page 1", near, near_bare),
        ("1,000,000, page 40", far, far_bare),
    ] {
        section.bar(format!("{name}: requests per second"), ours.per_second(), Bound::AtLeast(3000.0));
        section.bar(format!("{name}: of bare throughput"), ours.per_second() / bare.per_second(), Bound::AtLeast(0.5));
        section.bar(format!("{name}: p99 to bare's"), ours.millis(99.0) / bare.millis(99.0), Bound::AtMost(2.0));
    }
    for (name, costly, cheap, bound) in [
        ("page 1 at 1,000,000 to 10,000", near, small_near, 1.3),
        ("page 40 to page 1 at 10,000", small_far, small_near, 1.5),
        ("page 40 to page 1 at 1,000,000", far, near, 1.5),
    ] {
        section.bar(format!("{name}: processor time"), costly.cpu_micros() / cheap.cpu_micros(), Bound::AtMost(bound));
    }
    section.bar("1,000,000, page 1: p99 in ms", near.millis(99.0), Bound::AtMost(100.0));
    section.bar("1,000,000, counters: p99 in ms", counters.millis(99.0), Bound::AtMost(150.0));
    section.bar("1,000,000, messages of a conversation: p99 in ms", thread.millis(99.0), Bound::AtMost(80.0));
    for server in [small.product, small.bare, large.product, large.bare] {
        server.stop().await?;
    }
    Ok(section)
}

/// The product and the bare server on the same file.
struct Pair {
    size: usize,
    workspace: Arc<Workspace>,
    product: Server,
    bare: Server,
}

impl Pair {
    async fn start(run: &Run, size: usize) -> Result<Self> {
        let loaded: Loaded = conversations::loaded(&run.scratch, size).await?;
        let product = process::product(&loaded.url(), &run.fresh(&format!("inbox-{size}"))?).await?;
        let bare = process::bare("inbox", &loaded.path.display().to_string()).await?;
        Ok(Self { size, workspace: Arc::new(loaded.into_hot()), product, bare })
    }

    /// Page 1 and page 40, each on the product and bare.
    async fn cases(&self) -> Result<Vec<Case<'_>>> {
        let mut cases = Vec::new();
        for page in [1, FAR_PAGE] {
            for (name, server) in [("product", &self.product), ("bare", &self.bare)] {
                let path = page_path(server, &self.workspace, page).await?;
                let name = format!("{}, page {page}, {name}", self.size);
                cases.push(Case::new(name, server, CLIENTS, asking(self.workspace.clone(), path)));
            }
        }
        Ok(cases)
    }
}

/// What the inbox asks besides the list.
async fn neighbours(pair: &Pair) -> Result<Vec<Case<'_>>> {
    let counters = format!("/api/v1/workspaces/{}/counters", pair.workspace.id);
    let thread = format!("{}/{}/messages", list_path(&pair.workspace), first_conversation(pair).await?);
    Ok(vec![
        Case::new(
            format!("{}, counters, product", pair.size),
            &pair.product,
            CLIENTS,
            asking(pair.workspace.clone(), counters),
        ),
        Case::new(
            format!("{}, messages of a conversation, product", pair.size),
            &pair.product,
            CLIENTS,
            asking(pair.workspace.clone(), thread),
        ),
    ])
}

async fn first_conversation(pair: &Pair) -> Result<Uuid> {
    let mut connection = Connection::open(pair.product.address).await?;
    let page = connection.json(requests::get(&list_path(&pair.workspace), &pair.workspace.members[0])).await?;
    Ok(page["items"][0]["id"].as_str().context("a conversation")?.parse()?)
}

fn list_path(workspace: &Workspace) -> String {
    format!("/api/v1/workspaces/{}/conversations", workspace.id)
}

/// Walks to a page as a reader does, by the cursor of the page before.
async fn page_path(server: &Server, workspace: &Workspace, page: usize) -> Result<String> {
    let mut connection = Connection::open(server.address).await?;
    let mut path = list_path(workspace);
    for _ in 1..page {
        let answer = connection.json(requests::get(&path, &workspace.members[0])).await?;
        let cursor = answer["next_cursor"].as_str().context("the list is too short")?;
        path = format!("{}?cursor={cursor}", list_path(workspace));
    }
    Ok(path)
}
