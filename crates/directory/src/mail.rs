//! Mails as they leave this crate, and the port that carries them (ruling 7).

use async_trait::async_trait;
use kernel::EmailAddress;

/// A finished mail in both forms.
#[derive(Debug, Clone)]
pub struct Mail {
    pub to: EmailAddress,
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// The mail was not taken; it is tried again.
#[derive(Debug, thiserror::Error)]
#[error("the mail was not taken: {0}")]
pub struct PostError(pub String);

/// Carries mails out of the house.
#[async_trait]
pub trait Postman: Send + Sync {
    /// # Errors
    /// The mail was not taken.
    async fn deliver(&self, mail: &Mail) -> Result<(), PostError>;
}

/// A person's or workspace's name as it may stand in a mail: one short line that no mail program turns into a link.
/// Anybody can send a mail to anybody by inviting them, so a name must carry no message of its own.
pub fn plain_name(name: &str) -> String {
    const LONGEST: usize = 60;
    let kept: String = name.chars().map(|c| if c.is_control() || "./\\:@<>".contains(c) { ' ' } else { c }).collect();
    let words: Vec<_> = kept.split_whitespace().collect();
    words.join(" ").chars().take(LONGEST).collect::<String>().trim_end().to_owned()
}

/// Text inside HTML.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_carries_no_link() {
        assert_eq!(plain_name("Win at https://evil.example/x\r\nnow"), "Win at https evil example x now");
        assert_eq!(plain_name("Ann O'Hara-Müller"), "Ann O'Hara-Müller");
        assert_eq!(plain_name(&"long ".repeat(100)).chars().count(), 59);
    }

    #[test]
    fn html_is_escaped() {
        assert_eq!(escape("<b a='1'>\"&\""), "&lt;b a=&#39;1&#39;&gt;&quot;&amp;&quot;");
    }
}
