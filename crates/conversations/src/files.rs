//! Where attached files are kept: a port, so that a folder or a bucket can stand behind it.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::{Stream, StreamExt, stream};
use kernel::WorkspaceId;

use crate::Refusal;

/// No file is larger (ruling 33).
pub const LARGEST_FILE: u64 = 25 * 1024 * 1024;
/// The first bytes tell what a file is.
const TELLING: usize = 4096;
const LONGEST_NAME: usize = 200;
const NAMELESS: &str = "file";

/// A file on its way.
pub type ByteStream = Pin<Box<dyn Stream<Item = std::io::Result<Bytes>> + Send>>;

/// What the store says of a file it has taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// SHA-256 of the content: its name in the store.
    pub hash: [u8; 32],
    pub size: u64,
}

/// Keeps files by their content, each workspace's apart.
#[async_trait]
pub trait Files: Send + Sync {
    /// Takes a file in. Nothing is kept of one that breaks off.
    async fn put(&self, workspace: WorkspaceId, content: ByteStream) -> std::io::Result<Stored>;

    /// Hands a file out.
    async fn get(&self, workspace: WorkspaceId, hash: [u8; 32]) -> std::io::Result<ByteStream>;

    /// Deletes every file of a workspace; having none is fine.
    async fn delete_all(&self, workspace: WorkspaceId) -> std::io::Result<()>;
}

/// A file in the store, described by what it holds rather than by what its sender says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredFile {
    pub name: String,
    pub content_type: String,
    pub size: u64,
    pub hash: [u8; 32],
}

/// Takes an upload into the store, outside any transaction.
///
/// # Errors
/// The file is empty or too large, the upload broke off, or the store failed.
pub async fn store(
    files: &dyn Files,
    workspace: WorkspaceId,
    name: &str,
    content: ByteStream,
) -> Result<StoredFile, Refusal> {
    let watch = Arc::new(Mutex::new(Watch::default()));
    let stored = files.put(workspace, watched(content, watch.clone())).await;
    let watch = std::mem::take(&mut *watch.lock().unwrap_or_else(PoisonError::into_inner));
    if watch.seen > LARGEST_FILE {
        return Err(Refusal::FileTooLarge);
    }
    let stored = stored.map_err(|error| {
        if watch.broken { Refusal::UploadBroken(error) } else { Refusal::FileStore(error.to_string()) }
    })?;
    if stored.size == 0 {
        return Err(Refusal::FileEmpty);
    }
    let content_type = content_type(&watch.head).to_owned();
    Ok(StoredFile { name: file_name(name), content_type, size: stored.size, hash: stored.hash })
}

/// What is learnt of a file while it passes.
#[derive(Default)]
struct Watch {
    head: Vec<u8>,
    seen: u64,
    /// The sender, not the store, is to blame.
    broken: bool,
}

fn watched(content: ByteStream, watch: Arc<Mutex<Watch>>) -> ByteStream {
    stream::unfold((content, false), move |(mut content, ended)| {
        let watch = watch.clone();
        async move {
            if ended {
                return None;
            }
            let chunk = content.next().await?;
            let mut watch = watch.lock().unwrap_or_else(PoisonError::into_inner);
            let chunk = watch.pass(chunk);
            let failed = chunk.is_err();
            Some((chunk, (content, failed)))
        }
    })
    .boxed()
}

impl Watch {
    fn pass(&mut self, chunk: std::io::Result<Bytes>) -> std::io::Result<Bytes> {
        let chunk = chunk.inspect_err(|_| self.broken = true)?;
        self.seen += chunk.len() as u64;
        if self.seen > LARGEST_FILE {
            return Err(std::io::Error::other("the file is too large"));
        }
        let missing = TELLING.saturating_sub(self.head.len());
        self.head.extend_from_slice(&chunk[..missing.min(chunk.len())]);
        Ok(chunk)
    }
}

/// What a file is by its first bytes. What only looks like text is text: a page that calls itself something else
/// must not become one.
fn content_type(head: &[u8]) -> &'static str {
    const TEXT: &str = "text/plain; charset=utf-8";
    const ANYTHING: &str = "application/octet-stream";
    match infer::get(head) {
        Some(kind) if kind.mime_type().starts_with("text/") => TEXT,
        Some(kind) => kind.mime_type(),
        None if is_text(head) => TEXT,
        None => ANYTHING,
    }
}

fn is_text(head: &[u8]) -> bool {
    let valid = match std::str::from_utf8(head) {
        Ok(text) => text,
        // The cut may have gone through a character.
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !valid.is_empty() && !valid.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
}

/// A name as data: one line without path, control, direction or zero-width characters. No file is stored under it.
fn file_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let clean: String = last.chars().filter(shown).take(LONGEST_NAME).collect();
    match clean.trim() {
        "" | "." | ".." => NAMELESS.to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn t_i4_a_file_name_is_data() {
        for (sent, kept) in [
            ("invoice.pdf", "invoice.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\temp\\a.txt", "a.txt"),
            ("\u{202e}gpj.exe", "gpj.exe"),
            ("a\0b\u{200b}.htaccess", "ab.htaccess"),
            ("..", "file"),
            ("  ", "file"),
        ] {
            assert_eq!(file_name(sent), kept, "{sent:?}");
        }
        assert_eq!(file_name(&"x".repeat(300)).len(), 200);
    }

    #[test]
    fn t_i5_content_decides_the_type() {
        assert_eq!(content_type(b"\x89PNG\r\n\x1a\n0000"), "image/png");
        assert_eq!(content_type(b"%PDF-1.7 ..."), "application/pdf");
        assert_eq!(content_type(b"<!DOCTYPE html><script>alert(1)</script>"), "text/plain; charset=utf-8");
        assert_eq!(content_type("Grüße".as_bytes()), "text/plain; charset=utf-8");
        assert_eq!(content_type(b"\x00\x01\x02"), "application/octet-stream");
    }
}
