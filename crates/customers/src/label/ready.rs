//! The labels that a workspace starts with: its pack's set, in the language of its owner (R21).

use kernel::{LabelId, fold};
use serde_json::json;
use tenancy::{Error, Event, Localised, Session, Subject, Work, args, sql};

/// Hues of ready labels by their keys, in the order of lists; any other has the first.
const HUES: [(&str, i64); 4] = [("priority", 25), ("follow_up", 265), ("escalated", 345), ("waiting", 85)];

/// Gives a new workspace the ready labels of its pack.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn seed_labels(work: &mut Work) -> Result<(), Error> {
    let roles = work.roles().await?;
    let spanish = speaks_spanish(work).await?;
    let insert = sql!(
        "insert into labels (workspace_id, id, name, name_folded, color, purpose, key, created_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 1)"
    );
    for label in roles.pack().ready_labels() {
        let Some(name) = &label.name else { continue };
        let (id, now): (LabelId, _) = (work.ids().next(), work.now());
        let (name, purpose) = (said(name, spanish), said(&label.purpose, spanish));
        let hue = HUES.iter().find(|(key, _)| *key == label.key).map_or(HUES[0].1, |(_, hue)| *hue);
        work.run(insert, args![id, name, fold(name), hue, purpose, &label.key, now]).await?;
        let event = Event::new("label.created", Subject::new("label", id));
        work.record(event.payload(json!({ "key": label.key })));
    }
    Ok(())
}

/// Where a label stands in a list: those that came with the workspace before the others.
pub(super) fn place(key: Option<&str>) -> usize {
    let known = key.and_then(|key| HUES.iter().position(|(known, _)| *known == key));
    known.unwrap_or(if key.is_some() { HUES.len() } else { usize::MAX })
}

/// What members' labels tell the team, where the workspace's pack has such.
pub(super) async fn purpose_of_members(session: &mut Session) -> Result<Option<String>, Error> {
    let roles = session.roles().await?;
    let Some(label) = roles.pack().ready_labels().iter().find(|label| label.per_member) else { return Ok(None) };
    let spanish = speaks_spanish(session).await?;
    Ok(Some(said(&label.purpose, spanish).to_owned()))
}

fn said(text: &Localised, spanish: bool) -> &str {
    if spanish { &text.es } else { &text.en }
}

/// A workspace speaks the language of its owner.
async fn speaks_spanish(session: &mut Session) -> Result<bool, Error> {
    let text = sql!(
        "select a.locale from workspace_owners o
         join memberships m on m.workspace_id = o.workspace_id and m.id = o.membership_id
         join accounts a on a.id = m.account_id
         where o.workspace_id = $1"
    );
    let locale = session.first(text, &[]).await?.map(|mut row| row.take::<String>(0)).transpose()?;
    Ok(locale.is_some_and(|locale| locale.starts_with("es")))
}
