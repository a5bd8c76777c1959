//! The servers under load, each in a process of its own: the product and the bare endpoints it is compared with.

use std::{
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use http_body_util::Full;
use hyper::{Request, StatusCode, body::Bytes};
use tokio::process::{Child, Command};

use crate::{load::Connection, machine};

const START_LIMIT: Duration = Duration::from_secs(60);
const STOP_LIMIT: Duration = Duration::from_secs(20);
/// Every rate limit of the product times this: the load comes from one address and from few visitors.
const LIMIT_FACTOR: &str = "1000000";

/// A child process that answers HTTP; it ends with its owner.
pub struct Server {
    child: Child,
    pid: u32,
    pub address: SocketAddr,
    /// From the start of the process to its first answer.
    pub started_in: Duration,
}

/// The release binary of the product.
pub fn product_binary() -> PathBuf {
    std::env::var_os("GUILDHALL_BIN").map_or_else(|| PathBuf::from("target/release/guildhall"), PathBuf::from)
}

/// Starts the product on a database; its files are kept in `data`.
pub async fn product(database_url: &str, data: &Path) -> Result<Server> {
    std::fs::create_dir_all(data)?;
    let address = free_address()?;
    let mut command = Command::new(product_binary());
    command
        .arg("serve")
        .env("GUILDHALL_LISTEN", address.to_string())
        .env("GUILDHALL_DATA_DIR", data)
        .env("GUILDHALL_DATABASE_URL", database_url)
        .env("GUILDHALL_LIMIT_FACTOR", LIMIT_FACTOR)
        .env("GUILDHALL_LOG", "warn");
    start(command, address, "/readyz").await
}

/// Brings an empty database to the product's schema.
pub async fn migrate(database_url: &str) -> Result<()> {
    let mut command = Command::new(product_binary());
    command.arg("migrate").env("GUILDHALL_DATABASE_URL", database_url).env("GUILDHALL_LOG", "warn");
    let status = command.stdout(Stdio::null()).status().await.context("the product's binary does not start")?;
    if !status.success() {
        bail!("guildhall migrate failed on {database_url}");
    }
    Ok(())
}

/// Starts one of this program's own bare endpoints on a database.
pub async fn bare(kind: &str, database: &str) -> Result<Server> {
    let address = free_address()?;
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["bare", kind, database, &address.to_string()]);
    start(command, address, "/readyz").await
}

async fn start(mut command: Command, address: SocketAddr, path: &str) -> Result<Server> {
    let started = Instant::now();
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).kill_on_drop(true).spawn()?;
    let pid = child.id().context("the server ended at once")?;
    loop {
        if answers(address, path).await {
            return Ok(Server { child, pid, address, started_in: started.elapsed() });
        }
        if let Some(status) = child.try_wait()? {
            bail!("the server ended with {status} before it answered");
        }
        if started.elapsed() > START_LIMIT {
            bail!("the server did not answer within {START_LIMIT:?}");
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}

async fn answers(address: SocketAddr, path: &str) -> bool {
    let Ok(mut connection) = Connection::open(address).await else { return false };
    let Ok(request) = Request::get(path).header("host", "127.0.0.1").body(Full::<Bytes>::default()) else { return false };
    connection.send(request).await.is_ok_and(|(status, _)| status == StatusCode::OK)
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

impl Server {
    pub fn cpu_seconds(&self) -> f64 {
        machine::cpu_seconds(self.pid)
    }

    /// Resident memory in MiB: now, and at its highest.
    pub fn resident_mib(&self) -> (f64, f64) {
        machine::resident_mib(self.pid)
    }

    /// Asks the server to stop and waits until it has.
    pub async fn stop(mut self) -> Result<()> {
        let asked = Command::new("kill").args(["-TERM", &self.pid.to_string()]).status().await?;
        if !asked.success() {
            bail!("the server had ended by itself");
        }
        if tokio::time::timeout(STOP_LIMIT, self.child.wait()).await.is_err() {
            self.child.kill().await?;
        }
        Ok(())
    }
}
