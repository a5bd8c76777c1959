//! The history of the sample workspace, written down before it is played: who writes when, who answers, and how it
//! ends. One seed and one moment make one script.

use kernel::{DAY, Timestamp};
use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};

use super::{
    calendar::{self, HOUR, MINUTE},
    corpus::{self, Corpus, Dialogue},
    files::SampleFile,
    patron::{self, Patron},
    team::{SORTERS, TEAM},
    telling::{Ending, Matter, Told, tell},
};

/// How far back the history goes.
pub(crate) const DAYS: u32 = 42;
const PATRONS: usize = 230;
/// One customer of so many wrote within the last two hours.
const LATELY: usize = 30;

#[derive(Debug, PartialEq)]
pub(crate) struct Script {
    pub(crate) patrons: Vec<Patron>,
    pub(crate) threads: Vec<Thread>,
    /// In the order in which they happen.
    pub(crate) steps: Vec<Step>,
}

/// A conversation: whose, and through which channel.
#[derive(Debug, PartialEq)]
pub(crate) struct Thread {
    pub(crate) patron: usize,
    pub(crate) desk: Desk,
}

/// The two website chats of the sample workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Desk {
    Shop,
    /// For cafés, who are always signed in.
    Wholesale,
}

impl Act {
    /// Who of the team does it.
    pub(crate) const fn by(&self) -> Option<usize> {
        match self {
            Self::Write { .. } | Self::Look => None,
            Self::Claim { by }
            | Self::HandOver { by, .. }
            | Self::Reply { by, .. }
            | Self::KeepPhone { by }
            | Self::Read { by }
            | Self::Snooze { by, .. }
            | Self::Solve { by }
            | Self::Archive { by }
            | Self::MarkSpam { by } => Some(*by),
        }
    }
}

impl Desk {
    /// The page of the shop that carries the chat.
    pub(crate) const fn page(self) -> &'static str {
        match self {
            Self::Shop => "https://larkspur.example/",
            Self::Wholesale => "https://larkspur.example/wholesale",
        }
    }
}

#[derive(Debug, PartialEq)]
pub(crate) struct Step {
    pub(crate) at: Timestamp,
    pub(crate) thread: usize,
    pub(crate) act: Act,
}

/// What somebody does. People of the team are indexes into [`TEAM`].
#[derive(Debug, PartialEq)]
pub(crate) enum Act {
    Write {
        text: String,
        file: Option<SampleFile>,
    },
    /// The customer looks at what was answered.
    Look,
    Claim {
        by: usize,
    },
    HandOver {
        by: usize,
        to: usize,
    },
    Reply {
        by: usize,
        text: String,
        file: Option<SampleFile>,
    },
    /// Keeps the customer's number in the profile.
    KeepPhone {
        by: usize,
    },
    Read {
        by: usize,
    },
    Snooze {
        by: usize,
        until: Timestamp,
    },
    Solve {
        by: usize,
    },
    Archive {
        by: usize,
    },
    MarkSpam {
        by: usize,
    },
}

impl Script {
    /// # Errors
    /// The built-in corpus is broken.
    pub(crate) fn write(seed: u64, now: Timestamp) -> Result<Self, String> {
        let mut rng = StdRng::seed_from_u64(seed);
        let corpora = corpus::corpora()?;
        let patrons = patron::draw(&mut rng, corpora, PATRONS);
        let mut writer = Writer { rng, now, corpora, threads: Vec::new(), steps: Vec::new() };
        for (index, patron) in patrons.iter().enumerate() {
            writer.live(index, patron);
        }
        let Writer { threads, mut steps, .. } = writer;
        // Stable: what one thread does at the same moment stays in its order.
        steps.sort_by_key(|step| step.at);
        Ok(Self { patrons, threads, steps })
    }
}

struct Writer {
    rng: StdRng,
    now: Timestamp,
    corpora: &'static [Corpus; 2],
    threads: Vec<Thread>,
    steps: Vec<Step>,
}

impl Writer {
    /// Everything one customer has to do with the team.
    fn live(&mut self, index: usize, patron: &Patron) {
        let home = if patron.user_id.is_some() { Desk::Wholesale } else { Desk::Shop };
        let mut free_from = self.now.minus(DAY * DAYS);
        if self.rng.random_ratio(1, 6) {
            free_from = self.archived(index, patron, home);
        }
        let start = self.start(index).max(free_from);
        self.conversation(index, patron, home, start);
        if home == Desk::Wholesale && self.rng.random_bool(0.6) {
            let start = calendar::writing_moment(&mut self.rng, self.now, DAYS);
            self.conversation(index, patron, Desk::Shop, start);
        }
    }

    /// When somebody comes with their matter: often lately, and a few just now, whatever the hour is.
    fn start(&mut self, index: usize) -> Timestamp {
        if index % LATELY == LATELY - 1 {
            return self.now.minus(calendar::between(&mut self.rng, MINUTE * 2, HOUR * 2));
        }
        let days = if self.rng.random_bool(0.28) { 3 } else { DAYS };
        calendar::writing_moment(&mut self.rng, self.now, days)
    }

    /// A conversation of the first weeks that was put away when it was over; later ones begin after that.
    fn archived(&mut self, index: usize, patron: &Patron, desk: Desk) -> Timestamp {
        let start = calendar::writing_moment(&mut self.rng, self.now.minus(DAY * 26), DAYS - 26);
        let thread = self.open(index, desk);
        let told = self.tell(thread, patron, start, Ending::Solved, None);
        let by = told.holder.unwrap_or_default();
        let at = calendar::at_work(&mut self.rng, told.at.plus(DAY));
        self.push(thread, at, Act::Archive { by });
        self.read_by_all(thread, &told, at);
        at.plus(MINUTE)
    }

    /// A conversation, and for some a second matter in the same one, days later.
    fn conversation(&mut self, index: usize, patron: &Patron, desk: Desk, start: Timestamp) {
        let thread = self.open(index, desk);
        let ending = self.ending(start);
        let mut told = self.tell(thread, patron, start, ending, None);
        let again = told.at.plus(calendar::between(&mut self.rng, DAY * 2, DAY * 12));
        let comes_back = ending == Ending::Solved && told.lines <= 6 && self.rng.random_bool(0.14);
        if comes_back && again < self.now.minus(HOUR) {
            let ending = self.ending(again);
            told = self.tell(thread, patron, again, ending, told.holder);
        }
        if let (Some(by), Some(_)) = (told.holder, &patron.phone) {
            // An agent has nobody's profile to edit; a colleague does it.
            let by = if SORTERS.contains(&by) { by } else { SORTERS[1] };
            self.push(thread, told.at, Act::KeepPhone { by });
        }
        self.readers(thread, &told);
    }

    fn open(&mut self, patron: usize, desk: Desk) -> usize {
        self.threads.push(Thread { patron, desk });
        self.threads.len() - 1
    }

    fn push(&mut self, thread: usize, at: Timestamp, act: Act) {
        self.steps.push(Step { at, thread, act });
    }

    /// What becomes of a matter that came up at `start`: old ones are mostly settled.
    fn ending(&mut self, start: Timestamp) -> Ending {
        use Ending::{Answered, Pending, Snoozed, Solved, Spam, Waiting};
        const FRESH: &[(Ending, u32)] =
            &[(Solved, 38), (Waiting, 24), (Pending, 13), (Answered, 15), (Snoozed, 7), (Spam, 5)];
        const RECENT: &[(Ending, u32)] = &[(Solved, 80), (Pending, 3), (Answered, 7), (Snoozed, 7), (Spam, 5)];
        const OLD: &[(Ending, u32)] = &[(Solved, 91), (Answered, 2), (Snoozed, 3), (Spam, 7)];
        let odds = if start > self.now.minus(DAY * 2) {
            FRESH
        } else if start > self.now.minus(DAY * 7) {
            RECENT
        } else {
            OLD
        };
        odds.choose_weighted(&mut self.rng, |(_, weight)| *weight).map_or(Solved, |(ending, _)| *ending)
    }

    /// Picks a dialogue that suits and plays it.
    fn tell(
        &mut self,
        thread: usize,
        patron: &Patron,
        start: Timestamp,
        ending: Ending,
        holder: Option<usize>,
    ) -> Told {
        let corpus = if patron.locale == self.corpora[0].locale { &self.corpora[0] } else { &self.corpora[1] };
        let wholesale = self.threads[thread].desk == Desk::Wholesale;
        let suits = |dialogue: &&Dialogue| {
            (dialogue.topic == "spam") == (ending == Ending::Spam)
                && (dialogue.is_answered() || matches!(ending, Ending::Waiting | Ending::Spam))
                && (patron.name.is_some() || dialogue.suits_the_nameless())
                && (wholesale || dialogue.topic != "wholesale")
                && (holder.is_none() || dialogue.lines.len() <= 6)
        };
        let suiting: Vec<&Dialogue> = corpus.dialogues.iter().filter(suits).collect();
        let mut filling = corpus.draw(&mut self.rng);
        filling.insert("first".into(), patron.first_name().to_owned());
        let lines = suiting.choose(&mut self.rng).map_or(&[][..], |dialogue| &dialogue.lines);
        let told = tell(&mut self.rng, Matter { lines, filling, start, ending, holder, now: self.now });
        for (at, act) in told.acts {
            self.push(thread, at, act);
        }
        Told { acts: Vec::new(), ..told }
    }

    /// Who of the team has seen the end of it: everybody sees old ones, some see new ones.
    fn readers(&mut self, thread: usize, told: &Told) {
        if told.at < self.now.minus(DAY * 3) {
            return self.read_by_all(thread, told, told.at);
        }
        for by in 0..TEAM.len() {
            let likely = if told.holder == Some(by) { 0.7 } else { 0.35 };
            if self.rng.random_bool(likely) {
                self.read(thread, told, by, told.at);
            }
        }
    }

    fn read_by_all(&mut self, thread: usize, told: &Told, from: Timestamp) {
        for by in 0..TEAM.len() {
            self.read(thread, told, by, from);
        }
    }

    fn read(&mut self, thread: usize, told: &Told, by: usize, from: Timestamp) {
        let sees = TEAM[by].sees_everything() || told.holder.is_none_or(|holder| holder == by);
        let at = from.plus(calendar::between(&mut self.rng, MINUTE, HOUR * 4));
        if sees && at < self.now {
            self.push(thread, at, Act::Read { by });
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use directory::Locale;

    use super::*;

    /// A busy Friday, a Sunday night, a Monday before the doors open.
    const MOMENTS: [&str; 3] = ["2026-11-20T15:20:00Z", "2026-11-22T03:40:00Z", "2026-11-23T07:10:00Z"];

    fn now() -> Timestamp {
        Timestamp::parse(MOMENTS[0]).expect("a moment")
    }

    fn script() -> Script {
        Script::write(7, now()).expect("a script")
    }

    fn scripts() -> impl Iterator<Item = (Timestamp, Script)> {
        MOMENTS.into_iter().map(|moment| {
            let now = Timestamp::parse(moment).expect("a moment");
            (now, Script::write(7, now).expect("a script"))
        })
    }

    #[test]
    fn one_seed_makes_one_script() {
        assert_eq!(script(), script());
        assert_ne!(script(), Script::write(8, now()).expect("a script"));
    }

    #[test]
    fn the_history_fills_six_weeks_and_ends_now() {
        for (now, script) in scripts() {
            let (first, last) = (script.steps[0].at, script.steps[script.steps.len() - 1].at);
            assert!(first < now.minus(DAY * 40) && first >= now.minus(DAY * DAYS), "{first}");
            assert!(last < now && last > now.minus(MINUTE * 30), "{last}");
            assert!(script.steps.is_sorted_by_key(|step| step.at));
            assert!((270..=330).contains(&script.threads.len()), "{} conversations", script.threads.len());
            for locale in [Locale::En, Locale::Es] {
                assert!(script.patrons.iter().filter(|patron| patron.locale == locale).count() > 60);
            }
        }
    }

    #[test]
    fn every_state_of_a_conversation_occurs() {
        for (_, script) in scripts() {
            every_state_occurs(&script);
        }
    }

    fn every_state_occurs(script: &Script) {
        let ended = |is: fn(&Act) -> bool| script.steps.iter().filter(|step| is(&step.act)).count();
        let solved = ended(|act| matches!(act, Act::Solve { .. }));
        assert!(solved > script.threads.len() / 2, "{solved} solved");
        let with_a_file =
            |act: &Act| matches!(act, Act::Write { file: Some(_), .. } | Act::Reply { file: Some(_), .. });
        for (what, count) in [
            ("with a file", ended(with_a_file)),
            ("snoozed", ended(|act| matches!(act, Act::Snooze { .. }))),
            ("spam", ended(|act| matches!(act, Act::MarkSpam { .. }))),
            ("archived", ended(|act| matches!(act, Act::Archive { .. }))),
            ("handed over", ended(|act| matches!(act, Act::HandOver { .. }))),
        ] {
            assert!(count >= 5, "{count} {what}");
        }
        let mut claimed = vec![false; script.threads.len()];
        for step in &script.steps {
            claimed[step.thread] |= matches!(step.act, Act::Claim { .. });
        }
        assert!(claimed.iter().filter(|claimed| !**claimed).count() >= 10, "nobody waits");
    }

    #[test]
    fn threads_are_of_every_length_and_rarely_alike() {
        let script = script();
        let mut texts: Vec<Vec<&str>> = vec![Vec::new(); script.threads.len()];
        for step in &script.steps {
            if let Act::Write { text, .. } | Act::Reply { text, .. } = &step.act {
                texts[step.thread].push(text);
            }
        }
        assert!(texts.iter().all(|texts| (1..=14).contains(&texts.len())));
        assert!(texts.iter().any(|texts| texts.len() >= 11) && texts.iter().any(|texts| texts.len() == 1));
        let mut openings: BTreeMap<&str, usize> = BTreeMap::new();
        for texts in &texts {
            *openings.entry(texts[0]).or_default() += 1;
        }
        assert!(openings.values().all(|times| *times <= 12), "{openings:?}");
    }

    #[test]
    fn a_thread_begins_with_its_customer_and_only_its_holder_answers() {
        for (_, script) in scripts() {
            only_the_holder_answers(&script);
        }
    }

    fn only_the_holder_answers(script: &Script) {
        let mut holders: Vec<Option<usize>> = vec![None; script.threads.len()];
        let mut begun = vec![false; script.threads.len()];
        for step in &script.steps {
            let holder = &mut holders[step.thread];
            assert!(begun[step.thread] || matches!(step.act, Act::Write { .. }), "{step:?}");
            begun[step.thread] = true;
            match &step.act {
                Act::Claim { by } => assert!(holder.replace(*by).is_none(), "{step:?}"),
                Act::HandOver { by, to } => assert_eq!(holder.replace(*to), Some(*by), "{step:?}"),
                Act::Reply { by, .. } | Act::Solve { by } | Act::Snooze { by, .. } | Act::Archive { by } => {
                    assert_eq!(*holder, Some(*by), "{step:?}");
                }
                _ => {}
            }
        }
    }
}
