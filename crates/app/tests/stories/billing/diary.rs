//! Writes down what happens to a workspace's money, day by day, and compares it with what it was.

use std::fmt::Write;

use kernel::Timestamp;
use serde_json::Value;

use crate::support::{Person, World, until};

/// What of the events stands in a diary.
const KINDS: [&str; 8] = ["subscription.", "trial.", "payment.", "invoice.", "checkout.", "payer.", "agent.", "seat."];

pub(super) struct Diary<'a> {
    world: &'a World,
    name: &'static str,
    text: String,
    events: usize,
    mails: usize,
}

impl<'a> Diary<'a> {
    pub(super) fn begin(world: &'a World, name: &'static str, title: &str) -> Self {
        let mut diary = Self { world, name, text: format!("{title}\n"), events: 0, mails: 0 };
        diary.wait();
        diary.events = diary.all_events().len();
        diary.mails = world.mails().len();
        diary
    }

    /// Goes to a moment, and lets everything happen that is due by then.
    #[track_caller]
    pub(super) fn at(&mut self, moment: &str, what: &str) {
        self.world.clock.set(Timestamp::parse(moment).expect("a moment"));
        self.wait();
        let _ = writeln!(self.text, "\n{} · {what}", moment.replace('T', " ").trim_end_matches(":00Z"));
        self.note();
    }

    /// Writes down what came of what was just done.
    #[track_caller]
    pub(super) fn then(&mut self, what: &str) {
        self.wait();
        let _ = writeln!(self.text, "  {what}:");
        self.note();
    }

    /// How the workspace stands, as its owner sees it.
    #[track_caller]
    pub(super) fn stands(&mut self, owner: &Person) {
        let now = owner.get("billing").ok();
        let day = |value: &Value| value.as_str().map_or("-".to_owned(), |moment| moment[..10].to_owned());
        let _ = writeln!(
            self.text,
            "  stands: {} {} {} from {} to {}{}{}{}",
            now["state"].as_str().unwrap_or_default(),
            now["plan"].as_str().unwrap_or_default(),
            now["interval"].as_str().unwrap_or_default(),
            day(&now["period"]["start"]),
            day(&now["period"]["end"]),
            now["next_plan"]["plan"].as_str().map(|plan| format!(", then {plan}")).unwrap_or_default(),
            if now["cancel_at_period_end"] == true { ", then nothing" } else { "" },
            now["restricted_reason"].as_str().map(|reason| format!(", because {reason}")).unwrap_or_default(),
        );
        if let Some(next) = now["next_invoice"].as_object() {
            let _ = writeln!(self.text, "  next:   {} on {}", money(&next["total"]), day(&next["at"]));
        }
    }

    /// An invoice with its lines, which add up and are what the formula says (INV-34).
    #[track_caller]
    pub(super) fn invoice(&mut self, owner: &Person, id: &str) {
        let invoice = owner.get(&format!("billing/invoices/{id}")).ok();
        let lines = invoice["lines"].as_array().expect("lines");
        let sum: i64 = lines.iter().filter_map(|line| line["amount"].as_i64()).sum();
        assert_eq!(invoice["total"], sum, "INV-34: {invoice}");
        let _ = writeln!(
            self.text,
            "  invoice {} {} {}, due {}",
            invoice["number"].as_str().unwrap_or_default(),
            money(&invoice["total"]),
            invoice["state"].as_str().unwrap_or_default(),
            &invoice["due_at"].as_str().unwrap_or_default()[..10],
        );
        for line in lines {
            let number = |name: &str| line[name].as_i64().expect("a number");
            let (unit, quantity, amount) = (number("unit"), number("quantity"), number("amount"));
            let (rest, period) = (number("remaining"), number("period"));
            let how = match line["kind"].as_str() {
                Some("proration") => {
                    assert_eq!(billing::prorate(unit, quantity, rest, period), Some(amount), "INV-34: {line}");
                    format!(" for {rest} of {period} seconds")
                }
                Some("carried") => String::new(),
                _ => {
                    assert_eq!(unit * quantity, amount, "INV-34: {line}");
                    String::new()
                }
            };
            let name = line["name"].as_str().unwrap_or_default();
            let _ = writeln!(self.text, "    {quantity} × {name} at {}{how}: {}", cents(unit), cents(amount));
        }
    }

    /// Compares the diary with the one that is kept; `GUILDHALL_WRITE_GOLDEN=1` keeps this one instead.
    #[track_caller]
    pub(super) fn end(self) {
        let path = format!("{}/tests/golden/{}.txt", env!("CARGO_MANIFEST_DIR"), self.name);
        #[expect(clippy::disallowed_methods, reason = "whoever runs the tests says so")]
        let keeps = std::env::var_os("GUILDHALL_WRITE_GOLDEN").is_some();
        if keeps {
            std::fs::write(&path, &self.text).expect("a file");
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(self.text, kept, "{path} tells another story");
    }

    fn note(&mut self) {
        let events = self.all_events();
        for event in &events[self.events..] {
            let _ = writeln!(self.text, "  event   {event}");
        }
        self.events = events.len();
        let mails = self.world.mails();
        let said = mails[self.mails..].iter().map(|mail| headings(mail));
        // What the mirror behind the wall is told is another story.
        let mut said: Vec<_> = said.filter(|mail| !mail.starts_with("to mirror.")).collect();
        said.sort_unstable();
        for mail in said {
            let _ = writeln!(self.text, "  mail    {mail}");
        }
        self.mails = mails.len();
    }

    fn all_events(&self) -> Vec<String> {
        let text = format!("select kind || ' ' || payload from events where workspace_id = {ACME} order by seq");
        let all = self.world.database.column(&text);
        let of_money = all.into_iter().filter(|event| KINDS.iter().any(|kind| event.starts_with(kind)));
        of_money.map(|event| without_ids(&event)).collect()
    }

    /// Waits until whatever is due by the clock was done, told and mailed.
    #[track_caller]
    fn wait(&self) {
        let now = self.world.clock.now().millis();
        let due = format!(
            "select (select count(*) from subscriptions where workspace_id = {ACME} and due_at <= {now})
             + (select count(*) from checkouts where workspace_id = {ACME} and state = 'open' and expires_at <= {now})
             + (select count(*) from schedules where name = 'billing_run' and next_run_at <= {now})"
        );
        let unheard = format!(
            "select count(*) from events e where e.workspace_id = {ACME}
                and (e.kind like 'trial.%' or e.kind like 'payment.%' or e.kind like 'subscription.%'
                    or e.kind = 'invoice.issued' or e.kind = 'usage.warned'
                    or e.kind like 'payer.%' or e.kind like 'member.%' or e.kind = 'ownership.transferred')
                and (e.seq > coalesce((select seq from reactor_cursors c
                        where c.workspace_id = e.workspace_id and c.reactor = 'billing'), 0)
                    and (e.kind like 'subscription.r%' or e.kind = 'subscription.changed' or e.kind like 'member.joined'
                        or e.kind = 'member.removed' or e.kind = 'ownership.transferred')
                 or e.seq > coalesce((select seq from reactor_cursors c
                        where c.workspace_id = e.workspace_id and c.reactor = 'notifications'), 0)
                    and (e.kind in ('trial.ending', 'usage.warned', 'payment.failed', 'subscription.restricted', 'payer.reminded',
                            'member.joined', 'ownership.transferred')
                        or e.kind = 'invoice.issued' and e.payload like '%\"open\"%'))
                and e.kind <> 'subscription.renewed'"
        );
        let jobs = format!("select count(*) from jobs where state in ('waiting', 'running') and run_at <= {now}");
        until("everything that is due is done", || {
            let open = [&due, &unheard, &jobs].into_iter().map(|text| self.world.database.count(text));
            (open.sum::<i64>() == 0).then_some(())
        });
    }
}

pub(super) const ACME: &str = "(select workspace_id from workspaces where name = 'Acme')";

/// Whom a mail is to, and what it is about.
fn headings(mail: &str) -> String {
    let heading = |name: &str| {
        let line = mail.lines().find(|line| line.to_lowercase().starts_with(name));
        line.map(|line| line[name.len()..].trim().to_owned()).unwrap_or_default()
    };
    format!("to {}: {}", heading("to:"), heading("subject:"))
}

/// Ids differ from run to run.
fn without_ids(event: &str) -> String {
    let (kind, payload) = event.split_once(' ').unwrap_or((event, "{}"));
    let Ok(Value::Object(mut payload)) = serde_json::from_str(payload) else { return event.to_owned() };
    payload.retain(|name, value| !name.ends_with("_id") && !value.is_null());
    if payload.is_empty() { kind.to_owned() } else { format!("{kind} {}", Value::Object(payload)) }
}

fn money(amount: &Value) -> String {
    cents(amount.as_i64().expect("an amount"))
}

fn cents(amount: i64) -> String {
    let sign = if amount < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", amount.abs() / 100, amount.abs() % 100)
}
