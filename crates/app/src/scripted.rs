//! An agent without a language model: it says what a script has for a word of the customer's, and asks for a person
//! where it has nothing. It stands in for the AI in the demo, and wherever an installation asks for it.

use std::{sync::LazyLock, time::Duration};

use agent::{Model, ModelError, Outcome, Piece, Pieces};
use async_trait::async_trait;
use conversations::{Direction, EscalationReason, Prompt};
use futures_util::{StreamExt, stream};
use kernel::search_terms;
use serde::Deserialize;

/// Between two words, so that one sees it write.
const PACE: Duration = Duration::from_millis(40);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Script {
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// Folded.
    words: Vec<String>,
    escalate: Option<EscalationReason>,
    flag: Option<EscalationReason>,
    #[serde(default)]
    en: String,
    #[serde(default)]
    es: String,
}

static SCRIPT: LazyLock<Result<Script, String>> =
    LazyLock::new(|| toml::from_str(include_str!("scripted/script.toml")).map_err(|error| error.to_string()));

/// The scripted agent.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Scripted;

impl Scripted {
    /// What it says to a message, and what becomes of that.
    ///
    /// # Errors
    /// The script that was built in is broken.
    pub(crate) fn says(said: &str, locale: Option<&str>) -> Result<(String, Outcome), ModelError> {
        let script = SCRIPT.as_ref().map_err(|error| ModelError(error.clone()))?;
        let said = search_terms(said);
        let found = script.entry.iter().find(|entry| entry.words.iter().any(|word| said.contains(word)));
        let spanish = locale.is_some_and(|locale| locale.to_lowercase().starts_with("es"));
        Ok(match found {
            None => (String::new(), Outcome::Escalate(EscalationReason::CannotAnswer)),
            Some(Entry { escalate: Some(reason), .. }) => (String::new(), Outcome::Escalate(*reason)),
            Some(entry) => {
                let text = if spanish { &entry.es } else { &entry.en };
                (text.clone(), entry.flag.map_or(Outcome::Answer, Outcome::AnswerAndFlag))
            }
        })
    }
}

#[async_trait]
impl Model for Scripted {
    async fn answer(&self, prompt: Prompt) -> Result<Pieces, ModelError> {
        let newest = prompt.messages.iter().rev().find(|message| message.direction == Direction::Inbound);
        let said = newest.map_or("", |message| &message.text);
        let (text, outcome) = Self::says(said, prompt.locale.as_deref())?;
        let pieces: Vec<_> = text.split_inclusive(' ').map(|word| Piece::Text(word.to_owned())).collect();
        let written = stream::iter(pieces).then(|piece| async {
            #[expect(clippy::disallowed_methods, reason = "it writes at a pace that one can follow")]
            tokio::time::sleep(PACE).await;
            Ok(piece)
        });
        Ok(written.chain(stream::iter([Ok(Piece::End(outcome))])).boxed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_answers_in_the_customers_language_and_asks_for_a_person_where_it_has_nothing_to_say() {
        let says = |said, locale| Scripted::says(said, Some(locale)).expect("a script");
        assert!(says("Hi, when do you OPEN?", "en").0.starts_with("We are open"));
        assert!(says("¿Cuándo es el envío?", "es-MX").0.starts_with("Los pedidos salen"));
        let (text, outcome) = says("My grinder smells of violets", "en");
        assert_eq!((text.as_str(), outcome), ("", Outcome::Escalate(EscalationReason::CannotAnswer)));
        assert_eq!(says("Quiero hablar con una persona", "es").1, Outcome::Escalate(EscalationReason::CustomerRequest));
        assert_eq!(says("This is terrible", "en").1, Outcome::AnswerAndFlag(EscalationReason::Frustration));
    }
}
