//! The other side: somebody on the website, behind the chat widget.

use std::fmt::Write;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{Client, Stream, fresh_id, text_of};

/// The website that carries the chat widget.
pub const SITE: &str = "https://shop.example";

/// What the website's own server does: signs its user's id with the channel's secret.
pub fn identity(secret: &str, user_id: &str) -> Value {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("a key");
    mac.update(user_id.as_bytes());
    let mut hash = String::new();
    for byte in mac.finalize().into_bytes() {
        write!(hash, "{byte:02x}").expect("a string grows");
    }
    json!({ "user_id": user_id, "hash": hash })
}

/// A browser on the website that opened the chat.
pub struct Visitor {
    pub browser: Client,
    pub id: String,
    pub token: String,
}

impl Visitor {
    #[track_caller]
    pub fn open(browser: Client, channel_key: &str) -> Self {
        Self::visit(browser, channel_key, json!({}))
    }

    /// Opens the chat, saying more: a token of an earlier visit, a name, an identity.
    #[track_caller]
    pub fn visit(browser: Client, channel_key: &str, mut said: Value) -> Self {
        said["channel_key"] = channel_key.into();
        let browser = browser.with("origin", SITE);
        let opened = browser.post("/widget/v1/visitors", said).ok_with(201);
        let token = text_of(&opened["token"]);
        let browser = browser.with("authorization", &format!("Visitor {token}"));
        Self { browser, id: text_of(&opened["visitor"]["id"]), token }
    }

    /// The same browser, when the server has moved.
    #[must_use]
    pub fn at(mut self, origin: &str) -> Self {
        origin.clone_into(&mut self.browser.origin);
        self
    }

    /// Writes a message; the conversation's id.
    #[track_caller]
    pub fn says(&self, text: &str) -> String {
        self.sends(&fresh_id(), text).expect("the server answers")
    }

    /// Sends a message under an id of its own; the conversation's id, or nothing when nobody answers.
    #[track_caller]
    pub fn sends(&self, client_id: &str, text: &str) -> Option<String> {
        let body = json!({ "client_id": client_id, "text": text }).to_string().into_bytes();
        let reply = self.browser.attempt("POST", "/widget/v1/messages", Some(("application/json", body))).ok()?;
        Some(text_of(&reply.ok()["conversation_id"]))
    }

    /// The visitor's own conversations, newest first.
    #[track_caller]
    pub fn conversations(&self) -> Vec<Value> {
        self.browser.get("/widget/v1/conversations").ok()["items"].as_array().expect("conversations").clone()
    }

    /// Uploads a file; what the server says of it.
    #[track_caller]
    pub fn upload(&self, name: &str, content: &[u8]) -> Value {
        self.browser.upload("/widget/v1/attachments", name, content).ok_with(201)
    }

    /// What the visitor sees of a conversation, oldest first.
    #[track_caller]
    pub fn messages(&self, conversation: &str) -> Vec<Value> {
        let mut messages: Vec<Value> = Vec::new();
        loop {
            let after = messages.last().map_or(0, |message| message["seq"].as_i64().expect("a sequence"));
            let page = format!("/widget/v1/conversations/{conversation}/messages?after_seq={after}&limit=100");
            let page = self.browser.get(&page).ok();
            let items = page["items"].as_array().expect("messages");
            if items.is_empty() {
                return messages;
            }
            messages.extend_from_slice(items);
        }
    }

    #[track_caller]
    pub fn listen(&self) -> Stream {
        let stream = self.browser.listen("/widget/v1/events");
        stream.until(|frame| frame.event == "ready");
        stream
    }
}
