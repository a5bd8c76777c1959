//! The program as an operator runs it: a process of its own, which can be killed.

use std::{
    fs::File,
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
};

use super::{Database, world};

/// A serving process; killed without warning when it is dropped.
pub struct Process {
    child: Child,
    pub origin: String,
}

impl Process {
    /// Serves a database and waits until it answers.
    pub fn serve(database: &Database) -> Self {
        Self::with(database, &["--log", "error"], Stdio::inherit())
    }

    /// The same, open to everybody, with all it can say in a file.
    pub fn telling(database: &Database, log: &Path) -> Self {
        let log = File::create(log).expect("a log file");
        Self::with(database, &["--log", "trace", "--sign-up", "open"], log.into())
    }

    fn with(database: &Database, arguments: &[&str], log: Stdio) -> Self {
        let address = world::free_address();
        let child = Command::new(env!("CARGO_BIN_EXE_guildhall"))
            .args(["serve", "--limit-factor", "100000"])
            .args(arguments)
            .args(["--listen", &address.to_string(), "--database-url", &database.url, "--data-dir"])
            .arg(database.folder.path())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("the program starts");
        let mut process = Self { child, origin: format!("http://{address}") };
        world::until("a listening server", || {
            assert!(process.child.try_wait().expect("its state").is_none(), "the program ended");
            TcpStream::connect(address).ok()
        });
        process
    }

    /// Memory in use, in MiB.
    pub fn resident_mib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).expect("a Linux machine");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("resident memory");
        line.trim().split(' ').next().and_then(|kib| kib.parse::<u64>().ok()).expect("a number") / 1024
    }

    /// `kill -9`.
    pub fn kill(mut self) {
        self.child.kill().expect("it still ran");
        self.child.wait().expect("it is gone");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
