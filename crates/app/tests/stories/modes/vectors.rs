//! The orders of events whose outcome is agreed, played through the doors.

use serde::Deserialize;
use serde_json::{Value, json};

use super::{DEBOUNCE, MINUTE, SEND_DELAY, draft, mode_of, put_mode, show, told};
use crate::support::{ANSWER, Puppet, World, until};

#[derive(Deserialize)]
struct Vectors {
    mode: Vec<Vector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Vector {
    name: String,
    start: String,
    steps: Vec<String>,
    /// The mode after each step.
    #[serde(default)]
    modes: Vec<String>,
    end: String,
    /// What reaches the customer, in order.
    #[serde(default)]
    delivered: Vec<String>,
    #[serde(default)]
    suppressed: Vec<String>,
    #[serde(default)]
    conflicts: usize,
}

/// A vector on the stage.
struct Play {
    world: World,
    puppet: Puppet,
    conversation: String,
    /// What Bo has seen.
    seen_seq: Value,
    minute: u32,
    conflicts: usize,
}

impl Play {
    fn new(vector: &Vector) -> Self {
        let puppet = Puppet::default();
        let world = World::with_agent(puppet.clone());
        let conversation = world.conversation("thinking");
        let shown = show(&world.ann(), &conversation);
        assert_eq!(shown["mode"], vector.start, "{}", vector.name);
        Self { world, puppet, conversation, seen_seq: shown["last_seq"].clone(), minute: 0, conflicts: 0 }
    }

    fn step(&mut self, step: &str) {
        let (step, minute) = step.split_once('@').unwrap_or((step, ""));
        if let Ok(minute) = minute.parse::<u32>() {
            self.world.clock.advance(MINUTE * (minute - self.minute));
            self.minute = minute;
        }
        match step {
            "ai_start" => {
                self.world.clock.advance(DEBOUNCE);
                until("a thought", || (self.puppet.waiting() == 1).then_some(()));
            }
            "ai_commit" => self.ai_commits(),
            "human_open" => self.seen_seq = show(&self.world.bo(), &self.conversation)["last_seq"].clone(),
            "human_send" | "human_send_stale" | "human_send_confirmed" => self.send(),
            "take_manual" => drop(put_mode(&self.world.bo(), &self.conversation, "manual").ok()),
            "tick" => self.tick(),
            step => panic!("what is {step}?"),
        }
    }

    /// The agent finishes, and what may leave leaves.
    fn ai_commits(&self) {
        self.puppet.go_on();
        let ended =
            || draft(&self.world, &self.conversation).filter(|state| state == "queued" || state == "suppressed");
        until("the end of the draft", ended);
        until("a finished job", || self.idle());
        self.world.clock.advance(SEND_DELAY);
        until("a finished job", || self.idle());
    }

    /// Bo answers; told of something newer, he sends again with that.
    fn send(&mut self) {
        let path = format!("conversations/{}/messages", self.conversation);
        let sent = self.world.bo().post(&path, json!({ "text": "human", "seen_seq": self.seen_seq }));
        if sent.status == 409 {
            let problem = sent.refused(409, "conversation.stale");
            assert_eq!(problem["messages"][0]["text"], ANSWER, "what changed is shown");
            self.seen_seq = problem["seen_seq"].clone();
            self.conflicts += 1;
        } else {
            sent.ok_with(201);
        }
    }

    /// The clock does what is due.
    fn tick(&self) {
        until("nothing that is due", || self.idle());
    }

    fn idle(&self) -> Option<()> {
        let now = self.world.clock.now().millis();
        let due = format!("select count(*) from jobs where state in ('waiting', 'running') and run_at <= {now}");
        (self.world.database.count(&due) == 0).then_some(())
    }
}

#[test]
fn inv_22_23_the_agreed_orders_of_events_have_their_agreed_ends() {
    let vectors: Vectors = toml::from_str(include_str!("vectors.toml")).expect("vectors");
    assert_eq!(vectors.mode.len(), 3);
    for vector in vectors.mode {
        let mut play = Play::new(&vector);
        let mut modes = Vec::new();
        for step in &vector.steps {
            play.step(step);
            modes.push(mode_of(&play.world, &play.conversation));
        }
        let name = &vector.name;
        assert_eq!(modes.last(), Some(&vector.end), "{name}");
        assert!(vector.modes.is_empty() || vector.modes == modes, "{name}: {modes:?}");
        assert_eq!(play.conflicts, vector.conflicts, "{name}");
        let told = told(&play.world, &play.conversation).into_iter();
        let told: Vec<_> = told.map(|(who, _)| if who == "member" { "human".to_owned() } else { who }).collect();
        if vector.modes.is_empty() {
            assert_eq!(told, vector.delivered, "{name}");
        }
        if !vector.suppressed.is_empty() {
            assert_eq!(draft(&play.world, &play.conversation).as_deref(), Some("suppressed"), "{name}");
        }
    }
}
