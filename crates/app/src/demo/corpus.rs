//! The dialogues of the sample workspace, per language, and how one is filled in.

use std::{collections::BTreeMap, sync::LazyLock};

use directory::Locale;
use rand::{Rng, rngs::StdRng, seq::IndexedRandom};
use serde::Deserialize;

use super::files::SampleFile;

/// Everything one language has to say.
#[derive(Debug)]
pub(crate) struct Corpus {
    pub(crate) locale: Locale,
    pub(crate) first_names: Vec<String>,
    pub(crate) last_names: Vec<String>,
    slots: BTreeMap<String, Vec<String>>,
    pub(crate) dialogues: Vec<Dialogue>,
}

#[derive(Debug)]
pub(crate) struct Dialogue {
    pub(crate) topic: String,
    pub(crate) lines: Vec<Line>,
}

#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) side: Side,
    /// What comes along with it.
    pub(crate) file: Option<SampleFile>,
    text: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Customer,
    Team,
}

/// What the slots of one conversation hold.
pub(crate) type Filling = BTreeMap<String, String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CorpusFile {
    first_names: Vec<String>,
    last_names: Vec<String>,
    slots: BTreeMap<String, Vec<String>>,
    dialogue: Vec<DialogueEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DialogueEntry {
    topic: String,
    lines: String,
}

static CORPORA: LazyLock<Result<[Corpus; 2], String>> = LazyLock::new(|| {
    Ok([
        Corpus::parse(Locale::En, include_str!("corpus/en.toml"))?,
        Corpus::parse(Locale::Es, include_str!("corpus/es.toml"))?,
    ])
});

/// The corpus of every language, English first.
///
/// # Errors
/// A corpus that was built in is broken.
pub(crate) fn corpora() -> Result<&'static [Corpus; 2], String> {
    CORPORA.as_ref().map_err(Clone::clone)
}

impl Corpus {
    fn parse(locale: Locale, text: &str) -> Result<Self, String> {
        let broken = |error: String| format!("the sample corpus {} is broken: {error}", locale.name());
        let file: CorpusFile = toml::from_str(text).map_err(|error| broken(error.to_string()))?;
        let dialogues = file.dialogue.into_iter().map(Dialogue::parse).collect::<Result<_, _>>().map_err(broken)?;
        Ok(Self { locale, first_names: file.first_names, last_names: file.last_names, slots: file.slots, dialogues })
    }

    /// Draws what the slots of one conversation hold, but for the names of the two who talk.
    pub(crate) fn draw(&self, rng: &mut StdRng) -> Filling {
        let mut filling: Filling =
            self.slots.iter().filter_map(|(slot, values)| Some((slot.clone(), values.choose(rng)?.clone()))).collect();
        filling.insert("order".into(), format!("LC-{}", rng.random_range(41_000..49_999)));
        filling.insert("invoice".into(), format!("F-{}", rng.random_range(2_100..6_999)));
        filling
    }
}

impl Dialogue {
    fn parse(entry: DialogueEntry) -> Result<Self, String> {
        let lines = entry.lines.lines().map(Line::parse).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { topic: entry.topic, lines })
    }

    pub(crate) fn is_answered(&self) -> bool {
        self.lines.iter().any(|line| line.side == Side::Team)
    }

    /// Whether somebody who never said their name can have it.
    pub(crate) fn suits_the_nameless(&self) -> bool {
        !self.lines.iter().any(|line| line.text.contains("{first}"))
    }
}

impl Line {
    /// `> text` of the customer or `< text` of the team; `>+photo text` brings a file along.
    fn parse(line: &str) -> Result<Self, String> {
        let (mark, text) = line.split_once(' ').ok_or_else(|| format!("nothing is said in {line:?}"))?;
        let (mark, file) = match mark.split_once('+') {
            Some((mark, name)) => (mark, Some(SampleFile::named(name).ok_or_else(|| format!("no file {name:?}"))?)),
            None => (mark, None),
        };
        let side = match mark {
            ">" => Side::Customer,
            "<" => Side::Team,
            _ => return Err(format!("neither side says {line:?}")),
        };
        Ok(Self { side, file, text: text.to_owned() })
    }

    /// The line as it is said: slots filled, one of each `[choice|of|these]` drawn.
    pub(crate) fn say(&self, filling: &Filling, rng: &mut StdRng) -> String {
        let mut said = String::with_capacity(self.text.len());
        let mut rest = self.text.as_str();
        while let Some(start) = rest.find(['{', '[']) {
            let close = if rest[start..].starts_with('{') { '}' } else { ']' };
            let Some(length) = rest[start..].find(close) else { break };
            let inside = &rest[start + 1..start + length];
            said.push_str(&rest[..start]);
            if close == '}' {
                said.push_str(filling.get(inside).map_or("", String::as_str));
            } else {
                let choices: Vec<&str> = inside.split('|').collect();
                said.push_str(choices.choose(rng).copied().unwrap_or_default());
            }
            rest = &rest[start + length + 1..];
        }
        said.push_str(rest);
        said
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use rand::SeedableRng;

    use super::*;

    #[test]
    fn both_languages_have_enough_to_say_about_everything() {
        for corpus in corpora().expect("the corpora") {
            let language = corpus.locale.name();
            let support = corpus.dialogues.iter().filter(|dialogue| dialogue.topic != "spam");
            assert!(support.count() >= 45, "{language} repeats itself");
            for topic in ["order", "invoice", "delivery", "return", "onboarding", "outage", "spam"] {
                let told = corpus.dialogues.iter().filter(|dialogue| dialogue.topic == topic).count();
                assert!(told >= 3, "{language} says little about {topic}");
            }
            let openings: BTreeSet<&str> =
                corpus.dialogues.iter().map(|dialogue| dialogue.lines[0].text.as_str()).collect();
            assert_eq!(openings.len(), corpus.dialogues.len(), "{language} tells something twice");
        }
    }

    #[test]
    fn the_customer_begins_and_a_dialogue_fits_a_thread() {
        for corpus in corpora().expect("the corpora") {
            for dialogue in &corpus.dialogues {
                assert_eq!(dialogue.lines[0].side, Side::Customer, "{dialogue:?}");
                assert!(dialogue.lines.len() <= 14, "{dialogue:?}");
            }
            assert!(corpus.dialogues.iter().any(|dialogue| !dialogue.is_answered()));
            assert!(corpus.dialogues.iter().any(|dialogue| dialogue.lines.len() >= 10));
        }
    }

    #[test]
    fn every_line_can_be_said() {
        let mut rng = StdRng::seed_from_u64(1);
        for corpus in corpora().expect("the corpora") {
            let mut filling = corpus.draw(&mut rng);
            filling.extend([("first".into(), "Amelia".into()), ("me".into(), "Bo".into())]);
            for line in corpus.dialogues.iter().flat_map(|dialogue| &dialogue.lines) {
                for slot in line.text.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
                    assert!(filling.contains_key(slot), "{slot:?} is no slot: {}", line.text);
                }
                let said = line.say(&filling, &mut rng);
                assert!(!said.trim().is_empty() && !said.contains(['{', '}', '[', ']', '|']), "{said}");
            }
        }
    }
}
