//! Who is told of what, where and when.

mod choices;
mod digest;
mod escalation;
mod outside;
mod sight;
mod telling;

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Person, World, until};

/// Longer than a member may do nothing and still count as here.
const A_BREAK: Duration = Duration::from_secs(11 * 60);

/// The person's newest notification of a kind, once it is there.
#[track_caller]
pub(super) fn told(person: &Person, kind: &str) -> Value {
    until(&format!("{} is told of {kind}", person.name), || {
        let list = person.get("notifications").ok();
        list["items"].as_array().expect("items").iter().find(|one| one["kind"] == kind).cloned()
    })
}

fn unread(person: &Person) -> i64 {
    person.get("notifications/count").ok()["unread"].as_i64().expect("a number")
}

#[track_caller]
fn assign(by: &Person, conversation: &str, to: &Person) {
    by.put(&format!("conversations/{conversation}/assignment"), json!({ "member_id": to.member })).ok();
}

/// Waits until everything that was recorded so far was reacted to, and every job that is due has run.
#[track_caller]
fn settled(world: &World) {
    until("everything is reacted to", || {
        let behind = "select count(*) from workspace_heads h left join reactor_cursors c
            on c.workspace_id = h.workspace_id and c.reactor = 'notifications' where h.seq > coalesce(c.seq, 0) and exists (
                select 1 from events e where e.workspace_id = h.workspace_id and e.seq > coalesce(c.seq, 0)
                    and e.kind in ('conversation.assigned', 'member.joined', 'note.mentioned'))";
        let due = format!(
            "select count(*) from jobs where state in ('waiting', 'running') and run_at <= {}",
            world.clock.now().millis()
        );
        (world.database.count(behind) == 0 && world.database.count(&due) == 0).then_some(())
    });
}

/// How the person wants to be told of one kind; of everything else as usual.
#[track_caller]
fn wish(person: &Person, kind: &str, ways: Value) -> Value {
    let mut preferences = person.get("notification-preferences").ok();
    preferences["events"][kind] = ways;
    person.put("notification-preferences", preferences).ok()
}

/// Mails to a person about this.
fn mails_to(world: &World, person: &Person, words: &str) -> Vec<String> {
    let to = format!("to: {}\n", person.email);
    let mails = world.mails().into_iter();
    mails.filter(|mail| mail.to_lowercase().contains(&to) && mail.contains(words)).collect()
}
