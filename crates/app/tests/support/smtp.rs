//! A mail server on loopback: it takes what it is given and keeps it, or has trouble for as long as a story wants.

use std::{
    io::{BufRead, BufReader, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use url::Url;

use super::{link_in, until};

/// Everything that was delivered, oldest first; clones share it.
#[derive(Clone)]
pub struct MailServer {
    address: SocketAddr,
    delivered: Arc<Mutex<Vec<Letter>>>,
    in_trouble: Arc<AtomicBool>,
}

/// A mail as it came over the wire: the envelope's recipient, then headers and body.
#[derive(Debug, Clone)]
pub struct Letter {
    pub to: String,
    pub text: String,
}

impl MailServer {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let server = Self {
            address: listener.local_addr().expect("its address"),
            delivered: Arc::default(),
            in_trouble: Arc::default(),
        };
        let taking = server.clone();
        thread::spawn(move || {
            for connection in listener.incoming().flatten() {
                let taking = taking.clone();
                // A client that hangs up in the middle has delivered nothing.
                thread::spawn(move || taking.serve(&connection).ok());
            }
        });
        server
    }

    pub fn url(&self) -> Url {
        Url::parse(&format!("smtp://{}", self.address)).expect("its URL")
    }

    /// Refuses every mail for now, as a server does whose disk is full.
    pub fn trouble(&self, in_trouble: bool) {
        self.in_trouble.store(in_trouble, Ordering::SeqCst);
    }

    pub fn letters(&self) -> Vec<Letter> {
        self.delivered.lock().expect("no story panics while it holds the letters").clone()
    }

    /// The newest letter to an address with this subject, once it is there.
    #[track_caller]
    pub fn letter(&self, to: &str, subject: &str) -> Letter {
        let wanted = format!("Subject: {subject}");
        until(&format!("a letter to {to}"), || {
            self.letters().into_iter().rev().find(|letter| letter.to == to && letter.text.contains(&wanted))
        })
    }

    fn serve(&self, connection: &TcpStream) -> std::io::Result<()> {
        let mut lines = BufReader::new(connection.try_clone()?).lines().map_while(Result::ok);
        let answer = |line: &str| write!(&*connection, "{line}\r\n");
        let mut to = String::new();
        answer("220 ready")?;
        while let Some(line) = lines.next() {
            match line.split([' ', ':']).next().unwrap_or_default().to_uppercase().as_str() {
                "MAIL" if self.in_trouble.load(Ordering::SeqCst) => answer("451 try again later")?,
                "RCPT" => {
                    to = line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
                    answer("250 ok")?;
                }
                "DATA" => {
                    answer("354 go on")?;
                    let text: Vec<_> = lines.by_ref().take_while(|line| line != ".").collect();
                    let letter = Letter { to: to.clone(), text: text.join("\n") };
                    self.delivered.lock().expect("no story panics while it holds the letters").push(letter);
                    answer("250 taken")?;
                }
                "QUIT" => return answer("221 bye"),
                _ => answer("250 ok")?,
            }
        }
        Ok(())
    }
}

impl Letter {
    /// The token behind a link of this kind.
    #[track_caller]
    pub fn token(&self, link: &str) -> String {
        // Long lines of a quoted-printable body are broken by an equals sign.
        link_in(&self.text.replace("=\n", ""), link).unwrap_or_else(|| panic!("no {link} in {}", self.text))
    }
}
