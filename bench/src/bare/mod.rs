//! The bare servers: axum and a database driver, nothing between them. They execute the statements that the product
//! executes for the same request, so the difference is what the product itself costs.

mod inbox;
mod ingest;
mod ingest_postgres;
mod ledger;
mod readers;
mod statements;
mod writer;

use std::{net::SocketAddr, path::Path};

use anyhow::{Result, bail};
use axum::{Router, http::StatusCode, response::IntoResponse, routing::get};
use tokio::net::TcpListener;

/// Serves one kind of bare endpoint on a database that the product's migrations made, until it is ended.
pub async fn serve(kind: &str, database: &str, address: SocketAddr) -> Result<()> {
    let router = match kind {
        "inbox" => inbox::router(Path::new(database)),
        "ingest" => ingest::router(Path::new(database))?,
        "ledger" => ledger::router(Path::new(database))?,
        "ingest-postgres" => ingest_postgres::router(database)?,
        _ => bail!("there is no bare server {kind:?}"),
    };
    let router: Router = router.route("/readyz", get(|| async { "ready" }));
    Ok(axum::serve(TcpListener::bind(address).await?, router).await?)
}

/// Anything that goes wrong here is a fault of the benchmark.
struct Fault(anyhow::Error);

impl<E: Into<anyhow::Error>> From<E> for Fault {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> axum::response::Response {
        (StatusCode::INTERNAL_SERVER_ERROR, format!("{:#}", self.0)).into_response()
    }
}
