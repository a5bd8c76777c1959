//! Slack's incoming webhooks on loopback: what is posted is kept, or refused for as long as a story wants.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use serde_json::Value;

use super::{text_of, until};

/// Clones share what was posted.
#[derive(Clone)]
pub struct SlackServer {
    address: SocketAddr,
    posted: Arc<Mutex<Vec<String>>>,
    in_trouble: Arc<AtomicBool>,
}

impl SlackServer {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("its address");
        let server = Self { address, posted: Arc::default(), in_trouble: Arc::default() };
        let taking = server.clone();
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                // A client that hangs up in the middle has posted nothing.
                let _ = taking.serve(&connection);
            }
        });
        server
    }

    pub fn webhook(&self) -> String {
        format!("http://{}/services/T0/B0/secret", self.address)
    }

    /// Refuses every post for now, as for a channel that was archived.
    pub fn trouble(&self, in_trouble: bool) {
        self.in_trouble.store(in_trouble, Ordering::SeqCst);
    }

    /// The texts that were posted, oldest first.
    pub fn posts(&self) -> Vec<String> {
        self.posted.lock().expect("no story panics while it holds the posts").clone()
    }

    /// The newest post with these words, once it is there.
    #[track_caller]
    pub fn post(&self, words: &str) -> String {
        until(&format!("a post of {words:?}"), || self.posts().into_iter().rev().find(|post| post.contains(words)))
    }

    fn serve(&self, connection: &TcpStream) -> std::io::Result<()> {
        let (mut reader, mut length, mut line) = (BufReader::new(connection), 0, String::new());
        while reader.read_line(&mut line)? > 2 {
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or_default();
            }
            line.clear();
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body)?;
        let status = if self.in_trouble.load(Ordering::SeqCst) {
            "410 Gone"
        } else {
            let body: Value = serde_json::from_slice(&body)?;
            self.posted.lock().expect("no story panics while it holds the posts").push(text_of(&body["text"]));
            "200 OK"
        };
        (&*connection)
            .write_all(format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").as_bytes())
    }
}
