//! Mail: out by SMTP, or kept on this machine when there is none.

use std::{
    io,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
};

use async_trait::async_trait;
use directory::{Mail, PostError, Postman};
use kernel::{Clock, Timestamp};
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, MultiPart,
        header::{HeaderName, HeaderValue},
    },
};
use tokio::{fs, io::AsyncWriteExt};

/// Sends by SMTP.
pub struct SmtpPostman {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl SmtpPostman {
    /// `smtps://user:password@host`, or `smtp://…?tls=required` for STARTTLS; `from` is `Name <address>`.
    ///
    /// # Errors
    /// The URL or the sender cannot be read.
    pub fn new(url: &str, from: &str) -> Result<Self, String> {
        // The cause alone: the URL carries a password.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|error| format!("the SMTP URL cannot be used: {error}"))?
            .build();
        let from = from.parse().map_err(|error| format!("the sender {from:?} is no address: {error}"))?;
        Ok(Self { transport, from })
    }

    fn message(&self, mail: &Mail) -> Result<Message, Box<dyn std::error::Error + Send + Sync>> {
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(mail.to.as_str().parse()?)
            .subject(&mail.subject)
            .message_id(None)
            .multipart(MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone()))?;
        // Out-of-office programs leave such mails alone.
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        message.headers_mut().insert_raw(HeaderValue::new(automatic, "auto-generated".to_owned()));
        Ok(message)
    }
}

#[async_trait]
impl Postman for SmtpPostman {
    async fn deliver(&self, mail: &Mail) -> Result<(), PostError> {
        let message = self.message(mail).map_err(|error| PostError(error.to_string()))?;
        self.transport.send(message).await.map(drop).map_err(|error| PostError(error.to_string()))
    }
}

/// Keeps mails as files, one each, readable with any pager. They hold one-time links, so only their owner reads them.
pub struct Outbox {
    folder: PathBuf,
    clock: Clock,
    written: AtomicU32,
}

/// A mail as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptMail {
    pub at: Timestamp,
    pub to: String,
    pub subject: String,
    pub text: String,
}

impl Outbox {
    pub fn new(folder: PathBuf, clock: Clock) -> Self {
        Self { folder, clock, written: AtomicU32::new(0) }
    }

    /// The kept mails, newest first, at most `limit`.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub async fn newest(&self, limit: usize) -> io::Result<Vec<KeptMail>> {
        let mut names = match fs::read_dir(&self.folder).await {
            Ok(mut folder) => {
                let mut names = Vec::new();
                while let Some(entry) = folder.next_entry().await? {
                    names.push(entry.file_name());
                }
                names
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        names.retain(|name| name.to_string_lossy().ends_with(".eml"));
        names.sort_unstable_by(|one, other| other.cmp(one));
        let mut mails = Vec::new();
        for name in names.into_iter().take(limit) {
            mails.extend(KeptMail::read(&fs::read_to_string(self.folder.join(name)).await?));
        }
        Ok(mails)
    }

    async fn keep(&self, mail: &KeptMail) -> io::Result<()> {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(&self.folder).await?;
        // Names sort by time; the count tells mails of one millisecond apart, the process several servers.
        let count = self.written.fetch_add(1, Ordering::Relaxed);
        let name = format!("{:015}-{count:06}-{}", mail.at.millis(), std::process::id());
        let unfinished = self.folder.join(format!(".{name}"));
        let mut file = fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished).await?;
        file.write_all(mail.to_text().as_bytes()).await?;
        file.sync_all().await?;
        fs::rename(unfinished, self.folder.join(format!("{name}.eml"))).await
    }
}

#[async_trait]
impl Postman for Outbox {
    async fn deliver(&self, mail: &Mail) -> Result<(), PostError> {
        let kept = KeptMail {
            at: self.clock.now(),
            to: mail.to.to_string(),
            subject: mail.subject.clone(),
            text: mail.text.clone(),
        };
        self.keep(&kept).await.map_err(|error| PostError(format!("{}: {error}", self.folder.display())))
    }
}

impl KeptMail {
    /// Headers, an empty line, the text.
    fn to_text(&self) -> String {
        let Self { at, to, subject, text } = self;
        format!(
            "Date: {at}\nTo: {to}\nSubject: {subject}\nMIME-Version: 1.0\n\
             Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{text}"
        )
    }

    fn read(file: &str) -> Option<Self> {
        let (headers, text) = file.split_once("\n\n")?;
        let header = |name: &str| {
            headers
                .lines()
                .filter_map(|line| line.split_once(": "))
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value)
        };
        Some(Self {
            at: Timestamp::parse(header("Date")?).ok()?,
            to: header("To")?.to_owned(),
            subject: header("Subject")?.to_owned(),
            text: text.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use kernel::EmailAddress;

    use super::*;

    fn mail(subject: &str) -> Mail {
        Mail {
            to: EmailAddress::parse("ann@harbour.test").expect("an address"),
            subject: subject.to_owned(),
            text: "Hola:\n\nhttps://desk.example/reset/gr_x\n".to_owned(),
            html: "<p>Hola:</p>".to_owned(),
        }
    }

    #[tokio::test]
    async fn kept_mails_are_listed_newest_first() {
        let folder = std::env::temp_dir().join(format!("outbox-{}", std::process::id()));
        let outbox = Outbox::new(folder.clone(), Clock::movable(Timestamp::from_millis(1_767_600_000_000)));
        assert_eq!(outbox.newest(10).await.expect("no folder yet"), []);
        for subject in ["first", "second, in the same millisecond"] {
            outbox.deliver(&mail(subject)).await.expect("kept");
        }
        let kept = outbox.newest(10).await.expect("listed");
        fs::remove_dir_all(folder).await.expect("cleaned up");
        let subjects: Vec<_> = kept.iter().map(|mail| mail.subject.as_str()).collect();
        assert_eq!(subjects, ["second, in the same millisecond", "first"]);
        assert_eq!((kept[0].to.as_str(), kept[0].text.as_str()), ("ann@harbour.test", mail("").text.as_str()));
    }

    #[tokio::test]
    async fn a_message_has_both_forms_and_no_further_recipient() {
        let postman = SmtpPostman::new("smtp://127.0.0.1:1", "Guildhall <no-reply@desk.example>").expect("a postman");
        let message = postman.message(&mail("Win\r\nBcc: bo@harbour.test")).expect("a message");
        let wire = String::from_utf8(message.formatted()).expect("text");
        assert!(wire.contains("text/plain") && wire.contains("text/html"));
        assert!(!wire.contains("\r\nBcc:"), "{wire}");
        assert!(SmtpPostman::new("smtp://127.0.0.1:1", "nobody").is_err());
    }
}
