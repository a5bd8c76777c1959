//! What a figure depends on besides the program: the machine, its load, and how fast it is at this moment.

use std::{
    fs,
    io::Write,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

const CALIBRATION_ROUNDS: u32 = 2_000_000;
const FSYNCS: u32 = 100;

/// What does not change between two runs on the same machine.
pub fn facts() -> Json {
    let cpu = file("/proc/cpuinfo");
    let model = cpu.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    let memory = file("/proc/meminfo");
    let kib = memory.split_whitespace().nth(1).and_then(|kib| kib.parse::<u64>().ok()).unwrap_or_default();
    json!({
        "cpu": model.trim_start_matches(['\t', ' ', ':']),
        "cores": std::thread::available_parallelism().map_or(0, std::num::NonZero::get),
        "memory_mib": kib / 1024,
        "kernel": file("/proc/sys/kernel/osrelease").trim(),
        "rustc": output("rustc", &["--version"]),
    })
}

/// The 1, 5 and 15 minute load averages.
pub fn load_average() -> Json {
    let text = file("/proc/loadavg");
    json!(text.split(' ').take(3).filter_map(|load| load.parse::<f64>().ok()).collect::<Vec<_>>())
}

/// The same work every time: how long it takes tells how fast one core is right now, neighbours included.
pub fn calibrate() -> Duration {
    let started = Instant::now();
    let mut digest = [0u8; 32];
    for _ in 0..CALIBRATION_ROUNDS {
        digest = Sha256::digest(digest).into();
    }
    std::hint::black_box(digest);
    started.elapsed()
}

/// The mean time of one durable 4 KiB append, which bounds every durable figure with one client.
pub fn fsync_time(folder: &Path) -> std::io::Result<Duration> {
    let path = folder.join("fsync.tmp");
    let mut file = fs::File::create(&path)?;
    let started = Instant::now();
    for _ in 0..FSYNCS {
        file.write_all(&[0; 4096])?;
        file.sync_data()?;
    }
    let mean = started.elapsed() / FSYNCS;
    fs::remove_file(path)?;
    Ok(mean)
}

/// The commit that is measured; `+` says that the tree differed from it.
pub fn commit() -> String {
    let head = output("git", &["rev-parse", "--short", "HEAD"]);
    let changed = !output("git", &["status", "--porcelain", "--", "crates", "migrations", "packs"]).is_empty();
    if changed { format!("{head}+") } else { head }
}

/// Processor time a process has used so far, in seconds.
pub fn cpu_seconds(pid: u32) -> f64 {
    const TICKS_PER_SECOND: f64 = 100.0;
    let stat = file(&format!("/proc/{pid}/stat"));
    // The name in parentheses may hold spaces; user and system time are the 12th and 13th fields after it.
    let after = stat.rsplit_once(") ").map_or("", |(_, after)| after);
    let ticks: f64 = after.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
    ticks / TICKS_PER_SECOND
}

/// Resident memory of a process in MiB: now, and at its highest.
pub fn resident_mib(pid: u32) -> (f64, f64) {
    let status = file(&format!("/proc/{pid}/status"));
    let kib = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or_default()
    };
    (kib("VmRSS:") / 1024.0, kib("VmHWM:") / 1024.0)
}

fn file(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

fn output(program: &str, arguments: &[&str]) -> String {
    Command::new(program)
        .args(arguments)
        .output()
        .map_or_else(|_| String::new(), |output| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
