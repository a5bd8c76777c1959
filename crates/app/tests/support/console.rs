//! The program with its console: what it prints, and how it ends.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Output, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, channel},
    thread,
    time::Duration,
};

/// How long a line that should come may take on a busy machine: the demo makes its sample workspace before it.
const PATIENCE: Duration = Duration::from_secs(120);

/// A program that runs on; killed without warning when it is dropped.
pub struct Console {
    child: Child,
    lines: Receiver<String>,
    printed: Vec<String>,
}

impl Console {
    pub fn start(arguments: &[&str]) -> Self {
        let mut child = guildhall(arguments).stdout(Stdio::piped()).spawn().expect("the program starts");
        let stdout = BufReader::new(child.stdout.take().expect("its output"));
        let (sender, lines) = channel();
        thread::spawn(move || stdout.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        Self { child, lines, printed: Vec::new() }
    }

    /// Waits until the program prints a line with this text; everything printed so far.
    #[track_caller]
    pub fn until(&mut self, text: &str) -> String {
        while !self.printed.iter().any(|line| line.contains(text)) {
            match self.lines.recv_timeout(PATIENCE) {
                Ok(line) => self.printed.push(line),
                Err(RecvTimeoutError::Timeout) => panic!("{text:?} was not printed: {:#?}", self.printed),
                Err(RecvTimeoutError::Disconnected) => panic!("the program ended: {:#?}", self.printed),
            }
        }
        self.printed.join("\n")
    }

    /// Stops it as Ctrl-C does; whatever it printed.
    pub fn stop(mut self) -> String {
        let asked = Command::new("kill").args(["-INT", &self.child.id().to_string()]).status().expect("kill runs");
        assert!(asked.success() && self.child.wait().expect("it ends").success(), "it did not end well");
        self.printed.extend(self.lines.iter());
        self.printed.join("\n")
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        // It may be gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs the program to its end: whether it succeeded, and all it printed, errors last.
pub fn ran(arguments: &[&str]) -> (bool, String) {
    let Output { status, stdout, stderr } = guildhall(arguments).output().expect("the program runs");
    (status.success(), String::from_utf8([stdout, stderr].concat()).expect("text"))
}

fn guildhall(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_guildhall"));
    command.args(arguments).args(["--log", "error"]);
    command
}
