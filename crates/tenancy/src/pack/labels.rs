//! Ready labels: the labels a workspace starts with, chosen by its pack (LBL-004…013, C28).

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// A text in the languages of the interface.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Text")]
pub struct Localised {
    pub en: String,
    pub es: String,
}

/// A label that comes with a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadyLabel {
    /// Stays the same whatever the label is called.
    pub key: String,
    /// `None` for the label that is made for each member and carries their name.
    pub name: Option<Localised>,
    #[serde(default)]
    pub per_member: bool,
    /// What it tells the team.
    pub purpose: Localised,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Same(String),
    PerLanguage { en: String, es: String },
}

impl From<Text> for Localised {
    fn from(text: Text) -> Self {
        match text {
            Text::Same(text) => Self { en: text.clone(), es: text },
            Text::PerLanguage { en, es } => Self { en, es },
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelFile {
    set: Vec<LabelSet>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelSet {
    key: String,
    #[serde(default)]
    label: Vec<ReadyLabel>,
}

static SETS: LazyLock<Vec<LabelSet>> = LazyLock::new(|| {
    let file: Result<LabelFile, _> = toml::from_str(include_str!("../../../../packs/labels.toml"));
    file.expect("the shipped labels are complete").set
});

/// The labels of a set, in their order; `None` when there is no such set.
pub(super) fn set(key: &str) -> Option<&'static [ReadyLabel]> {
    SETS.iter().find(|set| set.key == key).map(|set| set.label.as_slice())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(set: &str, language: impl Fn(&Localised) -> &str) -> Vec<String> {
        let labels = super::set(set).expect("a set");
        labels.iter().map(|label| label.name.as_ref().map_or("", &language).to_owned()).collect()
    }

    #[test]
    fn lbl_004_the_five_ready_labels_keep_their_keys_in_every_language() {
        let original = ["⭐ Prioritario", "👁 Seguimiento", "", "Escalated", "Waiting for customer"];
        assert_eq!(names("interlinked_es", |name| &name.en), original);
        assert_eq!(names("interlinked_es", |name| &name.es), original);
        assert_eq!(names("interlinked_locale", |name| &name.en)[0], "⭐ Priority");
        assert_eq!(names("interlinked_locale", |name| &name.es)[0], "⭐ Prioritario");
        for set in ["interlinked_es", "interlinked_locale"] {
            let labels = super::set(set).expect("a set");
            let keys: Vec<_> = labels.iter().map(|label| label.key.as_str()).collect();
            assert_eq!(keys, ["priority", "follow_up", "member", "escalated", "waiting"]);
            assert!(labels.iter().all(|label| label.per_member == label.name.is_none()));
        }
        assert_eq!(super::set("none"), Some(&[][..]));
        assert_eq!(super::set("nobody's"), None);
    }
}
