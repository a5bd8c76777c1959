//! E-mail addresses, normalised so that one mailbox has one spelling.

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, schema::Type},
};

/// An address in lower case, without surrounding space: unique per instance in this form (INV-07).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

#[derive(Debug, thiserror::Error)]
#[error("is not an e-mail address")]
pub struct InvalidEmailAddress;

impl EmailAddress {
    /// Accepts `local@domain.tld` up to 254 octets without spaces, control characters, quotes or lists.
    ///
    /// # Errors
    /// [`InvalidEmailAddress`] for anything else; deliverability is proven by mail, not by syntax.
    pub fn parse(text: &str) -> Result<Self, InvalidEmailAddress> {
        let text = text.trim().to_lowercase();
        let (local, domain) = text.split_once('@').ok_or(InvalidEmailAddress)?;
        let forbidden = |c: char| c.is_whitespace() || c.is_control() || "\"(),:;<>[\\]@".contains(c);
        let label_ok = |label: &str| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        };
        let sound = text.len() <= 254
            && !local.is_empty()
            && local.len() <= 64
            && !local.contains(forbidden)
            && domain.contains('.')
            && domain.split('.').all(label_ok);
        if sound { Ok(Self(text)) } else { Err(InvalidEmailAddress) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = InvalidEmailAddress;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}
impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}
impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl PartialSchema for EmailAddress {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Email)))
            .max_length(Some(254))
            .into()
    }
}
impl ToSchema for EmailAddress {}

#[cfg(test)]
mod tests {
    use super::EmailAddress;

    #[test]
    fn one_mailbox_has_one_spelling() {
        assert_eq!(EmailAddress::parse(" Ann@Example.COM ").expect("an address").as_str(), "ann@example.com");
    }

    #[test]
    fn lists_headers_and_fragments_are_refused() {
        for text in
            ["", "ann", "ann@", "@x.org", "a@b", "a@x.org,b@y.org", "a@x.org\nBcc: b@y.org", "a b@x.org", "a@-x.org"]
        {
            assert!(EmailAddress::parse(text).is_err(), "{text:?} was accepted");
        }
    }
}
