//! c: search among the messages and customers of 1,000,000 conversations.

use std::sync::Arc;

use anyhow::{Result, bail};

use super::{Case, Run, asking, in_turn};
use crate::{
    data::{conversations, words},
    load::Connection,
    process,
    report::{Bound, Section},
    requests,
};

const SIZE: usize = 1_000_000;
const CLIENTS: [usize; 2] = [1, 16];
/// The last word of a query is a prefix, so a query of two words has both kinds.
const QUERIES: [(&str, &str); 4] =
    [("rare word", words::RARE), ("common word", words::COMMON), ("prefix", words::PREFIX), ("two words", "parcel ref")];

pub async fn measure(run: &Run) -> Result<Section> {
    let mut section = Section::new('c', "Search at 1,000,000 conversations");
    let loaded = conversations::loaded(&run.scratch, SIZE).await?;
    let product = process::product(&loaded.url(), &run.fresh("search")?).await?;
    let workspace = Arc::new(loaded.into_hot());
    let mut connection = Connection::open(product.address).await?;
    let mut cases = Vec::new();
    for (name, query) in QUERIES {
        let path = format!("/api/v1/workspaces/{}/search?q={}", workspace.id, query.replace(' ', "%20"));
        let found = connection.json(requests::get(&path, &workspace.members[0])).await?;
        if found["items"].as_array().is_none_or(Vec::is_empty) {
            bail!("{query:?} finds nothing");
        }
        for clients in CLIENTS {
            let script = asking(workspace.clone(), path.clone());
            cases.push(Case::new(format!("{name}, {clients} clients"), &product, clients, script));
        }
    }
    in_turn(run, &mut cases).await?;
    for case in &cases {
        section.load(&case.name, &case.figures);
        section.bar(format!("{}: p99 in ms", case.name), case.figures.millis(99.0), Bound::AtMost(300.0));
    }
    drop(cases);
    product.stop().await?;
    Ok(section)
}
