use std::fmt::Write;

use super::{Exported, said_by};

/// The conversation as plain text, one message after the other. Writing to a string cannot fail.
pub(super) fn text(exported: &Exported) -> String {
    let Exported { conversation, messages, at } = exported;
    let mut text = String::new();
    let _ = writeln!(text, "Conversation with {}", conversation.customer.display_name);
    if let Some(email) = &conversation.customer.email {
        let _ = writeln!(text, "E-mail: {email}");
    }
    let _ = writeln!(text, "Channel: {}", conversation.channel.name);
    let _ = writeln!(text, "Exported: {at}");
    for message in messages {
        let _ = writeln!(text, "\n[{}] {}", message.sent_at, said_by(message));
        if message.deleted {
            let _ = writeln!(text, "(deleted)");
        } else if !message.text.is_empty() {
            let _ = writeln!(text, "{}", message.text);
        }
        for file in &message.attachments {
            let _ = writeln!(text, "Attachment: {} ({} bytes)", file.name, file.size);
        }
    }
    text
}
