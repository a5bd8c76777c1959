//! The log as lines of a file.

use serde_json::Value;

use super::view::AuditEventView;
use crate::table;

const COLUMNS: [&str; 18] = [
    "at",
    "chain",
    "seq",
    "parent_seq",
    "kind",
    "outcome",
    "actor_kind",
    "actor_id",
    "actor_name",
    "former_member",
    "permission",
    "subject_kind",
    "subject_id",
    "subject",
    "before",
    "after",
    "api_key",
    "detail",
];

/// Rows of a table, under its heading where it begins.
pub(crate) fn csv(events: &[AuditEventView], begins: bool) -> std::io::Result<Vec<u8>> {
    table::csv(begins.then_some(&COLUMNS), events.iter().map(|event| cells(event).map(table::inert)))
}

/// One JSON object a line.
pub(crate) fn ndjson(events: &[AuditEventView]) -> std::io::Result<Vec<u8>> {
    let mut lines = Vec::new();
    for event in events {
        serde_json::to_writer(&mut lines, event)?;
        lines.push(b'\n');
    }
    Ok(lines)
}

fn cells(event: &AuditEventView) -> [String; COLUMNS.len()] {
    let id = |id: Option<uuid::Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    let json = |value: &Option<Value>| value.as_ref().map(Value::to_string).unwrap_or_default();
    [
        event.at.to_string(),
        event.chain.name().to_owned(),
        event.seq.to_string(),
        event.parent_seq.map(|seq| seq.to_string()).unwrap_or_default(),
        event.kind.clone(),
        event.outcome.name().to_owned(),
        event.actor.kind.clone(),
        id(event.actor.id),
        event.actor.name.clone(),
        event.actor.former.to_string(),
        event.permission.clone(),
        event.subject.kind.clone(),
        id(Some(event.subject.id)),
        event.subject.label.clone().unwrap_or_default(),
        json(&event.before),
        json(&event.after),
        event.api_key.as_ref().map(|key| key.name.clone()).unwrap_or_default(),
        event.detail.to_string(),
    ]
}
