//! The beginning of a message, as lists show it.

use kernel::ConversationId;
use tenancy::{Error, Work, args, sql};

use crate::message;

const LONGEST_PREVIEW: usize = 160;

/// One line of at most 160 characters. It ends between words: half an address at its end would no longer be
/// recognised and masked (INV-19). A message without text is named by its first attachment.
pub(crate) fn preview(text: &str, attachment: Option<&str>) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut line = String::new();
    for word in &words {
        let longer = line.chars().count() + usize::from(!line.is_empty()) + word.chars().count();
        if longer > LONGEST_PREVIEW {
            if line.is_empty() && !word.contains('@') {
                line.extend(word.chars().take(LONGEST_PREVIEW));
            }
            line.push('…');
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    match attachment {
        Some(name) if words.is_empty() => preview(name, None),
        _ => line,
    }
}

/// Shows the newest message that is there now; a conversation without any keeps what it showed.
pub(crate) async fn renew(work: &mut Work, id: ConversationId) -> Result<(), Error> {
    let text = sql!(
        "update conversations set preview_text = $3, preview_author = $4, preview_at = $5
         where workspace_id = $1 and id = $2"
    );
    let Some(newest) = message::newest_outward(work, id).await? else { return Ok(()) };
    let line = preview(&newest.text, newest.attachments.first().map(|file| file.name.as_str()));
    work.run(text, args![id, line, newest.author.kind.name(), newest.sent_at]).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::preview;

    #[test]
    fn a_preview_is_one_line_that_ends_between_words() {
        assert_eq!(preview(" Hello\n\n there ", None), "Hello there");
        let long = format!("{} jane.doe@example.com", "x".repeat(150));
        assert_eq!(preview(&long, None), format!("{}…", "x".repeat(150)));
        assert_eq!(preview(&"y".repeat(500), None), format!("{}…", "y".repeat(160)));
        assert_eq!(preview(&format!("{}@example.com", "y".repeat(500)), None), "…");
        assert_eq!(preview("", Some("invoice.pdf")), "invoice.pdf");
        assert_eq!(preview("", None), "");
    }
}
