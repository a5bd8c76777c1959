//! The masked form of contact data: one function per kind, used wherever a viewer may see that something is
//! there but not what it is (INV-19, INV-20).

/// `j***@example.com`: the first character of the local part, three stars, the domain; `***` when the text is
/// no address. Independent of the local part's length (INV-20).
pub fn mask_email(address: &str) -> String {
    match address.split_once('@') {
        Some((local, domain)) if !local.is_empty() && !domain.is_empty() && !domain.contains('@') => {
            let first = local.chars().next().unwrap_or('*');
            format!("{first}***@{domain}")
        }
        _ => "***".to_owned(),
    }
}

/// `+49 ••• ••21`: the country code and the last two digits; `•••` when there are fewer than six digits.
pub fn mask_phone(number: &str) -> String {
    let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 6 {
        return "•••".to_owned();
    }
    let tail: String = digits[digits.len() - 2..].iter().collect();
    let trimmed = number.trim();
    match trimmed.strip_prefix('+') {
        Some(rest) => {
            let country: String = rest.chars().take_while(char::is_ascii_digit).take(3).collect();
            format!("+{country} ••• ••{tail}")
        }
        None => format!("••• ••{tail}"),
    }
}

/// Masks every e-mail address and phone number inside free text (INV-19).
pub fn mask_addresses(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            masked.push('\n');
        }
        let with_emails = map_words(line, mask_word);
        masked.push_str(&mask_phone_runs(&with_emails));
    }
    masked
}

fn map_words(line: &str, mask: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while !rest.is_empty() {
        let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(end);
        match mask(word) {
            Some(masked) => out.push_str(&masked),
            None => out.push_str(word),
        }
        let gap = tail.find(|c: char| !c.is_whitespace()).unwrap_or(tail.len());
        out.push_str(&tail[..gap]);
        rest = &tail[gap..];
    }
    out
}

/// An address inside a word keeps its surroundings: `<ann@x.org>,` becomes `<a***@x.org>,`.
fn mask_word(word: &str) -> Option<String> {
    let at = word.find('@')?;
    let is_local = |c: char| c.is_alphanumeric() || "._%+-'".contains(c);
    let is_domain = |c: char| c.is_alphanumeric() || c == '.' || c == '-';
    let start = word[..at].char_indices().rev().take_while(|(_, c)| is_local(*c)).last().map_or(at, |(i, _)| i);
    let domain_end = word[at + 1..]
        .char_indices()
        .take_while(|(_, c)| is_domain(*c))
        .last()
        .map_or(at + 1, |(i, c)| at + 1 + i + c.len_utf8());
    if start == at || domain_end == at + 1 {
        return None;
    }
    let tail = &word[domain_end..];
    let tail = mask_word(tail).unwrap_or_else(|| tail.to_owned());
    Some(format!("{}{}{}", &word[..start], mask_email(&word[start..domain_end]), tail))
}

/// Masks runs of at least seven digits that are joined by nothing but the marks used inside phone numbers.
fn mask_phone_runs(text: &str) -> String {
    let joins = |c: char| c.is_ascii_digit() || " +-()./\u{a0}".contains(c);
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    let flush = |run: &mut String, out: &mut String| {
        let digits = run.chars().filter(char::is_ascii_digit).count();
        if digits >= 7 {
            let lead = run.len() - run.trim_start().len();
            let trail = run.trim_end().len();
            out.push_str(&run[..lead]);
            out.push_str(&mask_phone(&run[lead..trail]));
            out.push_str(&run[trail..]);
        } else {
            out.push_str(run);
        }
        run.clear();
    };
    for c in text.chars() {
        if joins(c) {
            run.push(c);
        } else {
            flush(&mut run, &mut out);
            out.push(c);
        }
    }
    flush(&mut run, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inv_20_a_masked_address_does_not_tell_its_length() {
        assert_eq!(mask_email("jane.doe@example.com"), "j***@example.com");
        assert_eq!(mask_email("j@example.com"), "j***@example.com");
        assert_eq!(mask_email("nobody"), "***");
        assert_eq!(mask_email("@example.com"), "***");
    }

    #[test]
    fn a_masked_phone_keeps_country_and_last_two_digits() {
        assert_eq!(mask_phone("+49 170 1234521"), "+49 ••• ••21");
        assert_eq!(mask_phone("0170 1234521"), "••• ••21");
        assert_eq!(mask_phone("123"), "•••");
    }

    #[test]
    fn inv_19_addresses_inside_text_are_masked() {
        let text = "Write <ann@x.org>, or b@y.org/c@z.org or call +49 170 1234521 before 2026-11-21!\nThanks";
        let masked = mask_addresses(text);
        for secret in ["ann@", "b@y", "c@z", "1234521"] {
            assert!(!masked.contains(secret) || secret.len() == 3, "{secret} stayed in {masked}");
        }
        assert!(masked.contains("<a***@x.org>,"), "{masked}");
        assert!(masked.ends_with("Thanks"));
    }
}
