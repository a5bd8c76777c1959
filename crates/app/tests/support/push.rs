//! A browser that takes push messages, and its maker's service on loopback: another program, with another library.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{
        Mutex,
        mpsc::{Receiver, channel},
    },
    thread,
    time::Duration,
};

use serde_json::{Value, json};

/// How long a message that should come may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// Stopped when it is dropped.
pub struct PushService {
    program: Child,
    subscription: Value,
    messages: Mutex<Receiver<Value>>,
}

impl PushService {
    pub fn start() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/push_service.mjs");
        let mut program = Command::new("node").arg(script).stdout(Stdio::piped()).spawn().expect("Node runs");
        let lines = BufReader::new(program.stdout.take().expect("what it says")).lines();
        let (sender, messages) = channel();
        thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let line = serde_json::from_str(&line).expect("a line of JSON");
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        let subscription = messages.recv_timeout(PATIENCE).expect("a subscription");
        Self { program, subscription, messages: Mutex::new(messages) }
    }

    /// The browser's subscription at a path of the service; at `/gone` it takes nothing.
    pub fn subscription(&self, path: &str) -> Value {
        let endpoint = self.subscription["endpoint"].as_str().expect("an address");
        json!({ "endpoint": format!("{endpoint}{path}"), "keys": self.subscription["keys"] })
    }

    /// The origin that a signature names.
    pub fn origin(&self) -> &str {
        self.subscription["endpoint"].as_str().expect("an address")
    }

    /// The next message, checked and decrypted.
    #[track_caller]
    pub fn message(&self) -> Value {
        let messages = self.messages.lock().expect("no story panics while it waits");
        let message = messages.recv_timeout(PATIENCE).expect("a push message");
        assert_eq!(message["error"], Value::Null, "{message}");
        message
    }

    /// Whether nothing came since the last message.
    pub fn is_quiet(&self) -> bool {
        self.messages.lock().expect("no story panics while it waits").try_recv().is_err()
    }
}

impl Drop for PushService {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}
