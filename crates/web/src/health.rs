//! What an operator's tools ask: is it alive, is it ready, how is it doing.

use std::net::SocketAddr;

use axum::{
    Router,
    extract::{ConnectInfo, State},
    http::{HeaderMap, StatusCode},
    routing::get,
};
use kernel::Problem;
use tenancy::Duty;

use crate::{App, Failure};

pub(crate) fn routes() -> Router<App> {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready)).route("/metrics", get(metrics))
}

/// The process answers.
async fn alive() -> &'static str {
    "ok"
}

/// The database answers and the schema is there.
async fn ready(State(app): State<App>) -> Result<&'static str, (StatusCode, &'static str)> {
    match app.vault.ping().await {
        Ok(()) => Ok("ready"),
        Err(_) => Err((StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")),
    }
}

/// Prometheus text, for callers on this machine only.
async fn metrics(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Result<String, Failure> {
    let through_a_proxy = headers.contains_key("x-forwarded-for") || headers.contains_key("forwarded");
    if through_a_proxy || !peer.ip().is_loopback() {
        return Err(Problem::not_found().into());
    }
    for (state, jobs) in jobs(&app).await? {
        metrics::gauge!("guildhall_jobs", "state" => state).set(jobs as f64);
    }
    Ok(app.metrics.render())
}

#[expect(clippy::disallowed_methods, reason = "the queue belongs to the whole instance")]
async fn jobs(app: &App) -> Result<[(&'static str, i64); 3], tenancy::Error> {
    app.vault.on_duty(Duty::Inspection).job_counts().await
}

pub(crate) async fn method_not_allowed() -> Failure {
    Problem::new(405, "method_not_allowed", "This resource does not take that method.").into()
}
