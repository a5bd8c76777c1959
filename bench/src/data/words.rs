//! What customers write: sentences over a small vocabulary in which some words are common and some rare.

use uuid::Uuid;

use super::Random;

/// In about every third message.
pub const COMMON: &str = "order";
/// In one message of a hundred thousand.
pub const RARE: &str = "zeppelin";
/// The start of several words of the vocabulary.
pub const PREFIX: &str = "ref";
const RARE_ONE_IN: u64 = 100_000;

const SYLLABLES: [&str; 24] = [
    "ba", "co", "da", "el", "fi", "go", "ha", "in", "jo", "ka", "lu", "mi", "no", "or", "pe", "qui", "ro", "sa", "te",
    "un", "va", "wi", "xe", "yo",
];
const PLAIN: [&str; 20] = [
    "the", "please", "thanks", "when", "my", "parcel", "refund", "invoice", "delivery", "address", "account", "reference",
    "change", "return", "size", "still", "waiting", "refill", "help", "arrived",
];
const FIRST_NAMES: [&str; 12] =
    ["Ana", "Ben", "Carla", "Dario", "Elif", "Farid", "Greta", "Hugo", "Iris", "Jonas", "Kim", "Lena"];

/// Twelve words; words of the long tail grow rarer with their length.
pub fn message(random: &mut Random) -> String {
    let mut words: Vec<String> = (0..12).map(|_| word(random)).collect();
    if random.below(3) == 0 {
        words[3] = COMMON.to_owned();
    }
    if random.below(RARE_ONE_IN) == 0 {
        words[7] = RARE.to_owned();
    }
    words.join(" ")
}

fn word(random: &mut Random) -> String {
    if random.below(2) == 0 {
        return PLAIN[random.below(PLAIN.len() as u64) as usize].to_owned();
    }
    let syllables = 2 + random.below(3);
    (0..syllables).map(|_| SYLLABLES[random.below(SYLLABLES.len() as u64) as usize]).collect()
}

pub fn name(random: &mut Random) -> String {
    let mut family = word(random);
    if let Some(first) = family.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    format!("{} {family}", FIRST_NAMES[random.below(FIRST_NAMES.len() as u64) as usize])
}

/// The index terms of a text, as the product's vault writes them: the workspace, the words anybody finds it by (`o`),
/// and those of contact data (`p`).
pub fn terms(workspace: Uuid, text: &str) -> String {
    let open = sorted(&kernel::mask_addresses(text));
    let private = sorted(text).into_iter().filter(|word| open.binary_search(word).is_err()).collect::<Vec<_>>();
    let mut terms = format!("w{}", workspace.simple());
    for (class, words) in [(" o", &open), (" p", &private)] {
        for word in words {
            terms.push_str(class);
            terms.push_str(word);
        }
    }
    terms
}

fn sorted(text: &str) -> Vec<String> {
    let mut words = kernel::search_terms(text);
    words.sort_unstable();
    words.dedup();
    words
}
