//! An open event stream, read as a browser reads it.

use std::{
    io::{BufRead, BufReader, Write},
    net::{Shutdown, TcpStream},
    sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    thread,
    time::Duration,
};

use serde_json::Value;

use super::person::no_mirror;

/// How long a frame that should come may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// One frame; a comment (a heartbeat) has no event name.
#[derive(Debug, Clone)]
pub struct Frame {
    pub event: String,
    pub id: Option<String>,
    pub data: Value,
}

/// The browser's end; closed when it is dropped.
pub struct Stream {
    pub status: u16,
    frames: Receiver<Frame>,
    socket: TcpStream,
}

impl Stream {
    /// HTTP/1.0, so that the body comes as it is, without chunks, until the connection ends.
    #[track_caller]
    pub fn open(origin: &str, path: &str, headers: &str) -> Self {
        let host = origin.trim_start_matches("http://");
        let mut socket = TcpStream::connect(host).expect("the server listens");
        write!(socket, "GET {path} HTTP/1.0\r\nhost: {host}\r\naccept: text/event-stream\r\n{headers}\r\n")
            .expect("the request is sent");
        let mut reader = BufReader::new(socket.try_clone().expect("a second handle"));
        let mut line = String::new();
        reader.read_line(&mut line).expect("a status line");
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        while line != "\r\n" {
            line.clear();
            reader.read_line(&mut line).expect("a header");
        }
        let (sender, frames) = channel();
        thread::spawn(move || read(reader, &sender));
        Self { status, frames, socket }
    }

    /// The next frame that is not a heartbeat.
    #[track_caller]
    pub fn next(&self) -> Frame {
        self.until(|frame| !frame.event.is_empty())
    }

    /// Reads on until a frame is the one asked for.
    #[track_caller]
    pub fn until(&self, wanted: impl Fn(&Frame) -> bool) -> Frame {
        let mut before = Vec::new();
        loop {
            match self.frames.recv_timeout(PATIENCE) {
                Ok(frame) if wanted(&frame) => return frame,
                Ok(frame) => before.push(frame),
                Err(error) => panic!("the frame did not come ({error}); what came: {before:#?}"),
            }
        }
    }

    /// The next change of this kind.
    #[track_caller]
    pub fn change(&self, kind: &str) -> Value {
        self.until(|frame| frame.event == "change" && frame.data["kind"] == kind).data
    }

    /// Every frame but heartbeats that came up to the one asked for, that one included.
    #[track_caller]
    pub fn all_until(&self, wanted: impl Fn(&Frame) -> bool) -> Vec<Frame> {
        let mut frames = Vec::new();
        loop {
            let frame = self.next();
            let last = wanted(&frame);
            frames.push(frame);
            if last {
                return frames;
            }
        }
    }

    /// The next frame, if one comes this soon. The time is counted in ticks: where others keep the machine busy each of
    /// them takes longer, for the test as for the server.
    pub fn within(&self, time: Duration) -> Option<Frame> {
        const TICK: Duration = Duration::from_millis(10);
        (0..time.as_millis() / TICK.as_millis()).find_map(|_| self.frames.recv_timeout(TICK).ok())
    }

    /// Waits until the server ends the stream.
    #[track_caller]
    pub fn ended(&self) {
        loop {
            match self.frames.recv_timeout(PATIENCE) {
                Ok(_) => {}
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => panic!("the stream is still open"),
            }
        }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.socket.shutdown(Shutdown::Both);
    }
}

fn read(reader: impl BufRead, frames: &Sender<Frame>) {
    let mut frame = Frame { event: String::new(), id: None, data: Value::Null };
    let mut data = String::new();
    for line in reader.lines() {
        let Ok(line) = line else { return };
        no_mirror("the event stream", line.as_bytes());
        match line.split_once(':').map(|(field, value)| (field, value.strip_prefix(' ').unwrap_or(value))) {
            Some(("event", name)) => name.clone_into(&mut frame.event),
            Some(("id", id)) => frame.id = Some(id.to_owned()),
            Some(("data", text)) => data.push_str(text),
            None if line.is_empty() => {
                frame.data = serde_json::from_str(&std::mem::take(&mut data)).unwrap_or(Value::Null);
                let done = std::mem::replace(&mut frame, Frame { event: String::new(), id: None, data: Value::Null });
                if frames.send(done).is_err() {
                    return;
                }
            }
            _ => {}
        }
    }
}
