//! The beginning of a message, as lists show it.

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
