//! The program as an operator runs it: a process of its own, which can be killed.

use std::{
    net::TcpStream,
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
        let address = world::free_address();
        let child = Command::new(env!("CARGO_BIN_EXE_guildhall"))
            .args(["serve", "--log", "error", "--limit-factor", "100000"])
            .args(["--listen", &address.to_string(), "--database-url", &database.url, "--data-dir"])
            .arg(database.folder.path())
            .stdout(Stdio::null())
            .spawn()
            .expect("the program starts");
        let mut process = Self { child, origin: format!("http://{address}") };
        world::until("a listening server", || {
            assert!(process.child.try_wait().expect("its state").is_none(), "the program ended");
            TcpStream::connect(address).ok()
        });
        process
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
