//! Where the website chat may be embedded.

use serde::{Deserialize, Serialize};
use url::{Origin, Url};

use crate::Refusal;

/// More sites than this are several channels.
const MOST_ORIGINS: usize = 50;

/// The origins whose pages may open a channel's chat, in their one spelling. None listed: only the server's own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Origins(Vec<String>);

impl Origins {
    /// # Errors
    /// One of them is no `http(s)://host[:port]`, or there are too many.
    pub fn parse(origins: &[String]) -> Result<Self, Refusal> {
        let invalid = |detail| Refusal::Invalid { field: "/allowed_origins", detail };
        if origins.len() > MOST_ORIGINS {
            return Err(invalid(format!("has more than {MOST_ORIGINS} origins")));
        }
        let mut parsed = Vec::with_capacity(origins.len());
        for origin in origins {
            let origin =
                one(origin).ok_or_else(|| invalid(format!("{origin:?} is no origin like https://www.example.com")))?;
            if !parsed.contains(&origin) {
                parsed.push(origin);
            }
        }
        Ok(Self(parsed))
    }

    /// Whether a page of this origin may open the chat; `origin` as a browser sends it.
    pub fn admit(&self, origin: &str) -> bool {
        self.0.iter().any(|allowed| allowed == origin)
    }

    pub fn as_slice(&self) -> &[String] {
        &self.0
    }
}

fn one(text: &str) -> Option<String> {
    let url = Url::parse(text.trim()).ok()?;
    let bare = url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    match url.origin() {
        origin @ Origin::Tuple(..) if bare && matches!(url.scheme(), "http" | "https") => {
            Some(origin.ascii_serialization())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(origins: &[&str]) -> Result<Origins, Refusal> {
        Origins::parse(&origins.iter().map(|&origin| origin.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn an_origin_has_one_spelling() {
        let origins = parse(&["HTTPS://Shop.Example.com:443/", "https://shop.example.com", "http://localhost:3000"])
            .expect("origins");
        assert_eq!(origins.as_slice(), ["https://shop.example.com", "http://localhost:3000"]);
        assert!(origins.admit("https://shop.example.com"));
        for stranger in ["http://shop.example.com", "https://shop.example.com.evil.test", "null", ""] {
            assert!(!origins.admit(stranger), "{stranger:?} was admitted");
        }
    }

    #[test]
    fn what_is_more_or_less_than_an_origin_is_refused() {
        for bad in
            ["", "*", "shop.example.com", "https://a.example/path", "https://u:p@a.example", "ftp://a.example", "null"]
        {
            assert!(parse(&[bad]).is_err(), "{bad:?} was accepted");
        }
    }
}
