//! The customers of the sample workspace.

use std::collections::BTreeSet;

use directory::Locale;
use rand::{Rng, rngs::StdRng, seq::IndexedRandom};

use super::corpus::Corpus;

#[derive(Debug, PartialEq)]
pub(crate) struct Patron {
    /// Some never say who they are.
    pub(crate) name: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    /// Those who sign in at the shop carry their account's id, signed by it.
    pub(crate) user_id: Option<String>,
    pub(crate) locale: Locale,
}

impl Patron {
    pub(crate) fn first_name(&self) -> &str {
        self.name.as_deref().and_then(|name| name.split(' ').next()).unwrap_or_default()
    }
}

/// The customer who is signed in at the sample site.
pub(crate) fn regular() -> Patron {
    Patron {
        name: Some("Priya Ellery".into()),
        email: Some("priya.ellery@mail.example".into()),
        phone: None,
        user_id: Some("C10400".into()),
        locale: Locale::En,
    }
}

/// Draws customers, three in five of them English speakers; the regular comes first.
pub(crate) fn draw(rng: &mut StdRng, corpora: &[Corpus; 2], count: usize) -> Vec<Patron> {
    let regular = regular();
    let mut taken = BTreeSet::from_iter(regular.name.clone());
    let drawn: Vec<Patron> = (1..count)
        .map(|index| {
            let corpus = if rng.random_bool(0.6) { &corpora[0] } else { &corpora[1] };
            let name = fresh_name(rng, corpus, &mut taken);
            let signed_in = rng.random_bool(0.22);
            let named = signed_in || rng.random_bool(0.88);
            Patron {
                email: (named && (signed_in || rng.random_bool(0.6))).then(|| address(rng, corpus.locale, &name)),
                phone: (named && rng.random_bool(0.2)).then(|| number(rng, corpus.locale)),
                user_id: signed_in.then(|| format!("C{}", 10_400 + index)),
                name: named.then_some(name),
                locale: corpus.locale,
            }
        })
        .collect();
    std::iter::once(regular).chain(drawn).collect()
}

fn fresh_name(rng: &mut StdRng, corpus: &Corpus, taken: &mut BTreeSet<String>) -> String {
    let mut pick = |names: &[String]| names.choose(rng).cloned().unwrap_or_default();
    loop {
        let name = format!("{} {}", pick(&corpus.first_names), pick(&corpus.last_names));
        if taken.insert(name.clone()) {
            return name;
        }
    }
}

/// Addresses nobody can have (RFC 2606).
fn address(rng: &mut StdRng, locale: Locale, name: &str) -> String {
    let hosts = match locale {
        Locale::En => ["mail.example", "postbox.example", "inbox.example"],
        Locale::Es => ["correo.example", "buzon.example", "mail.example"],
    };
    let host = hosts.choose(rng).copied().unwrap_or("mail.example");
    format!("{}@{host}", kernel::fold(name).replace(' ', "."))
}

/// The British range is kept for stories; Spain keeps none, so the number is a plainly made-up one.
fn number(rng: &mut StdRng, locale: Locale) -> String {
    let digits = rng.random_range(100..1000);
    match locale {
        Locale::En => format!("+44 7700 900{digits}"),
        Locale::Es => format!("+34 600 000 {digits}"),
    }
}
