//! One matter, told: the lines of a dialogue as they fall in time, who takes it, and how it ends.

use std::time::Duration;

use kernel::{DAY, Timestamp};
use rand::{Rng, rngs::StdRng, seq::IndexedRandom};

use super::{
    calendar::{HOUR, MINUTE, at_work, between},
    corpus::{Filling, Line, Side},
    script::Act,
    team::{SORTERS, TEAM, USUAL},
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    Solved,
    Snoozed,
    Spam,
    /// Nobody has taken it.
    Waiting,
    /// Somebody has taken it, and the customer spoke last.
    Pending,
    /// Somebody has taken it, and the team spoke last.
    Answered,
}

/// What is to be told.
pub(crate) struct Matter<'a> {
    pub(crate) lines: &'a [Line],
    pub(crate) filling: Filling,
    pub(crate) start: Timestamp,
    pub(crate) ending: Ending,
    /// Who has the conversation already.
    pub(crate) holder: Option<usize>,
    pub(crate) now: Timestamp,
}

/// What was told: it stops at the present, whatever was wished for.
pub(crate) struct Told {
    pub(crate) acts: Vec<(Timestamp, Act)>,
    /// When the last of it happened.
    pub(crate) at: Timestamp,
    pub(crate) holder: Option<usize>,
    pub(crate) lines: usize,
}

pub(crate) fn tell(rng: &mut StdRng, matter: Matter<'_>) -> Told {
    let lines = &matter.lines[..told_until(rng, matter.lines, matter.ending)];
    let told = Told { acts: Vec::new(), at: matter.start, holder: matter.holder, lines: 0 };
    let mut teller = Teller { rng, now: matter.now, filling: matter.filling, told, previous: None };
    let hand_over_at = if lines.len() >= 6 && teller.rng.random_bool(0.3) { lines.len() / 2 } else { usize::MAX };
    for (index, line) in lines.iter().enumerate() {
        let spoken = match line.side {
            Side::Customer => teller.customer(line),
            Side::Team => teller.team(line, index >= hand_over_at),
        };
        if !spoken {
            return teller.told;
        }
        teller.told.lines += 1;
        teller.previous = Some(line.side);
    }
    teller.end(matter.ending);
    teller.told
}

/// How much of a dialogue is said before it rests in the wished state.
fn told_until(rng: &mut StdRng, lines: &[Line], ending: Ending) -> usize {
    let answered = lines.iter().position(|line| line.side == Side::Team).unwrap_or(lines.len());
    let stops =
        |side: Side| -> Vec<usize> { (answered + 1..=lines.len()).filter(|end| lines[end - 1].side == side).collect() };
    match ending {
        Ending::Solved | Ending::Spam => lines.len(),
        Ending::Waiting => answered,
        Ending::Answered | Ending::Snoozed => stops(Side::Team).choose(rng).copied().unwrap_or(lines.len()),
        Ending::Pending => stops(Side::Customer).choose(rng).copied().unwrap_or(lines.len()),
    }
}

struct Teller<'a> {
    rng: &'a mut StdRng,
    now: Timestamp,
    filling: Filling,
    told: Told,
    previous: Option<Side>,
}

impl Teller<'_> {
    /// Whether there was still time for it.
    fn act(&mut self, at: Timestamp, act: Act) -> bool {
        if at >= self.now {
            return false;
        }
        self.told.at = at;
        self.told.acts.push((at, act));
        true
    }

    fn customer(&mut self, line: &Line) -> bool {
        let pause = match self.previous {
            None => Duration::ZERO,
            Some(Side::Customer) => between(self.rng, MINUTE / 3, MINUTE * 2),
            Some(Side::Team) => match self.rng.random_range(0..20) {
                0 => between(self.rng, DAY / 2, DAY * 2),
                1..=4 => between(self.rng, MINUTE * 30, HOUR * 5),
                _ => between(self.rng, MINUTE / 2, MINUTE * 14),
            },
        };
        let at = self.told.at.plus(pause);
        if self.previous == Some(Side::Team) && !self.act(at.minus(MINUTE / 4), Act::Look) {
            return false;
        }
        let me = self.told.holder.unwrap_or(USUAL);
        self.filling.insert("me".into(), TEAM[me].first_name().to_owned());
        let text = line.say(&self.filling, self.rng);
        self.act(at, Act::Write { text, file: line.file })
    }

    fn team(&mut self, line: &Line, handed_over: bool) -> bool {
        let pause = match (self.previous, self.told.holder) {
            (Some(Side::Team), _) => between(self.rng, MINUTE * 2, HOUR),
            (_, None) => between(self.rng, MINUTE, MINUTE * 50),
            (_, Some(_)) => between(self.rng, MINUTE, MINUTE * 20),
        };
        let at = at_work(self.rng, self.told.at.plus(pause));
        let Some(by) = self.holder(at, handed_over) else { return false };
        let at = at.plus(between(self.rng, MINUTE / 3, MINUTE * 4));
        let text = line.say(&self.filling, self.rng);
        self.act(at, Act::Reply { by, text, file: line.file })
    }

    /// Who answers at this moment: whoever has it, takes it or is given it.
    fn holder(&mut self, at: Timestamp, handed_over: bool) -> Option<usize> {
        let holder = match self.told.holder {
            None => {
                let by = self.anybody_but(None);
                self.act(at, Act::Claim { by }).then_some(by)?
            }
            Some(by) if handed_over && !self.was_handed_over() => {
                let to = self.anybody_but(Some(by));
                self.act(at, Act::HandOver { by, to }).then_some(to)?
            }
            Some(by) => by,
        };
        self.told.holder = Some(holder);
        Some(holder)
    }

    fn was_handed_over(&self) -> bool {
        self.told.acts.iter().any(|(_, act)| matches!(act, Act::HandOver { .. }))
    }

    fn anybody_but(&mut self, other: Option<usize>) -> usize {
        let weight = |index: &usize| if Some(*index) == other { 0 } else { TEAM[*index].load };
        let team: Vec<usize> = (0..TEAM.len()).collect();
        team.choose_weighted(self.rng, weight).copied().unwrap_or_default()
    }

    fn end(&mut self, ending: Ending) {
        let pause = between(self.rng, MINUTE, MINUTE * 40);
        let at = at_work(self.rng, self.told.at.plus(pause));
        match (ending, self.told.holder) {
            (Ending::Solved, Some(by)) => {
                self.act(at, Act::Solve { by });
            }
            (Ending::Snoozed, Some(by)) => {
                let until = self.now.plus(between(self.rng, HOUR * 3, DAY * 5));
                self.act(at, Act::Snooze { by, until });
            }
            (Ending::Spam, _) => {
                let by = SORTERS[self.told.acts.len() % SORTERS.len()];
                self.act(at, Act::MarkSpam { by });
            }
            (Ending::Solved | Ending::Snoozed | Ending::Waiting | Ending::Pending | Ending::Answered, _) => {}
        }
    }
}
