//! Rows of the log with the names that people know, as one reader may see them.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use customers::{Customer, masking::Exposure};
use kernel::{Page, Timestamp};
use serde_json::Value;
use tenancy::{AuditEntry, AuditView, Error, Grant, Permission, Reach, Session, Viewer};
use uuid::Uuid;

use super::view::{AuditActor, AuditApiKey, AuditEventView, AuditSubject};
use crate::view::is_of_notes;

/// Names by kind and id.
type Names = BTreeMap<&'static str, HashMap<Uuid, String>>;

/// What the rows of a page name, read once for all of them.
struct Named {
    names: Names,
    /// Labels of roles by their keys.
    roles: HashMap<String, String>,
    /// Members who left, with how.
    former: HashMap<Uuid, String>,
    /// Those that the reader may open.
    customers: HashMap<Uuid, Customer>,
    viewer: Viewer,
}

/// Kinds of the directory that have names.
const DIRECTORY: [&str; 12] = [
    "account",
    "api_key",
    "business",
    "invitation",
    "member",
    "operator",
    "ownership_transfer",
    "permission_set",
    "preview",
    "shift",
    "team",
    "workspace",
];

/// Kinds of things that payloads mention by their ids.
const MENTIONED: [&str; 4] = ["member", "permission_set", "label", "team"];

/// A page of the log as its reader sees it.
pub(crate) async fn page(grant: &Grant<AuditView>, page: Page<AuditEntry>) -> Result<Page<AuditEventView>, Error> {
    let mut session = grant.read().await?;
    let named = Named::read(&mut session, &page.items).await?;
    Ok(page.map(|entry| named.view(entry)))
}

impl Named {
    async fn read(session: &mut Session, entries: &[AuditEntry]) -> Result<Self, Error> {
        let mut ids: BTreeMap<&str, BTreeSet<Uuid>> = BTreeMap::new();
        for AuditEntry { event, .. } in entries {
            ids.entry(&event.subject_kind).or_default().insert(event.subject_id);
            ids.entry(&event.actor_kind).or_default().extend(event.actor_id);
            ids.entry("api_key").or_default().extend(api_key(&event.payload));
            for kind in MENTIONED {
                ids.entry(kind).or_default().extend(texts(&event.payload).filter_map(|text| text.parse::<Uuid>().ok()));
            }
        }
        let mut of = |kind: &str| ids.remove(kind).unwrap_or_default().into_iter().collect::<Vec<_>>();
        let mut names = Names::new();
        names.insert("channel", channels::labels(session, &of("channel")).await?);
        names.insert("label", customers::label::label_names(session, &of("label")).await?);
        names.insert("conversation", conversations::labels(session, &of("conversation")).await?);
        names.insert("task", conversations::task_titles(session, &of("task")).await?);
        let roles = session.roles().await?;
        let roles: HashMap<String, String> =
            roles.all().iter().map(|role| (role.key.clone(), role.label.clone())).collect();
        let own = roles.iter().filter_map(|(key, label)| Some((key.parse().ok()?, label.clone())));
        names.insert("role", own.collect());
        let customers = customers::among(session, &of("customer")).await?;
        let members = of("member");
        let former = directory::former_members(session, &members).await?;
        names.insert("member", directory::labels(session, "member", &members).await?);
        for kind in DIRECTORY.into_iter().filter(|kind| *kind != "member") {
            names.insert(kind, directory::labels(session, kind, &of(kind)).await?);
        }
        Ok(Self { names, roles, former, customers, viewer: session.viewer() })
    }

    fn view(&self, entry: AuditEntry) -> AuditEventView {
        let outcome = entry.outcome();
        let AuditEntry { chain, event, before, after } = entry;
        let sees = !is_of_notes(&event.kind) || self.viewer.reach(Permission::NoteView) != Reach::None;
        let exposure = self.exposure(&event.subject_kind, event.subject_id).filter(|_| sees);
        let shown = |side: Option<Value>| side.zip(exposure).map(|(side, exposure)| masked(side, exposure));
        let (before, after) = (shown(before), shown(after));
        // What is gone is still called what it was called.
        let label = self.name(&event.subject_kind, event.subject_id).or_else(|| {
            let side = before.as_ref().or(after.as_ref())?;
            ["label", "name", "display_name"].into_iter().find_map(|field| side[field].as_str().map(str::to_owned))
        });
        let mut detail = event.payload;
        let key = api_key(&detail);
        if let Value::Object(fields) = &mut detail {
            fields.remove("details_hash");
            fields.remove("api_key");
        }
        AuditEventView {
            seq: event.seq,
            chain,
            at: event.at,
            kind: event.kind,
            outcome,
            actor: AuditActor {
                name: event.actor_id.and_then(|id| self.name(&event.actor_kind, id)).unwrap_or_default(),
                former: event.actor_id.is_some_and(|id| self.former.contains_key(&id)),
                kind: event.actor_kind,
                id: event.actor_id,
            },
            permission: event.permission,
            subject: AuditSubject { kind: event.subject_kind, id: event.subject_id, label },
            parent_seq: event.parent_seq,
            before,
            after,
            names: self.mentioned(&detail),
            api_key: key.map(|id| AuditApiKey { name: self.name("api_key", id).unwrap_or_default(), id: id.into() }),
            detail,
        }
    }

    fn name(&self, kind: &str, id: Uuid) -> Option<String> {
        if let Some(customer) = self.customers.get(&id).filter(|_| kind == "customer") {
            return Some(customer.exposure(&self.viewer).text(&customer.display_name));
        }
        let name = self.names.get(kind)?.get(&id)?;
        Some(Exposure::of(&self.viewer, false).text(name))
    }

    /// What the ids and keys in a payload stand for.
    fn mentioned(&self, payload: &Value) -> BTreeMap<String, String> {
        let called = |text: &str| match text.parse::<Uuid>() {
            Ok(id) => MENTIONED.iter().find_map(|kind| self.name(kind, id)).or_else(|| self.name("role", id)),
            Err(_) => self.roles.get(text).cloned(),
        };
        texts(payload).filter_map(|text| Some((text.to_owned(), called(text)?))).collect()
    }

    /// How much of a subject's texts the reader sees; nothing of what is out of sight.
    fn exposure(&self, kind: &str, id: Uuid) -> Option<Exposure> {
        let everywhere = Exposure::of(&self.viewer, false);
        let sees_every_customer = self.viewer.reach(Permission::CustomerView) == Reach::Any;
        match (kind, self.customers.get(&id)) {
            ("customer", Some(customer)) => Some(customer.exposure(&self.viewer)),
            ("customer", None) => sees_every_customer.then_some(everywhere),
            // The page somebody came from may say who they are in ways that no mask recognises.
            ("visitor", _) => Some(everywhere).filter(|exposure| sees_every_customer && *exposure == Exposure::Clear),
            ("buyer", _) => (self.viewer.reach(Permission::BillingView) != Reach::None).then_some(everywhere),
            ("conversation", _) => self.names["conversation"].contains_key(&id).then_some(everywhere),
            _ => Some(everywhere),
        }
    }
}

/// The texts that a payload holds, alone or in lists.
fn texts(payload: &Value) -> impl Iterator<Item = &str> {
    let fields = payload.as_object().into_iter().flat_map(|fields| fields.values());
    fields.flat_map(|value| match value {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        value => value.as_str().into_iter().collect::<Vec<_>>(),
    })
}

fn api_key(payload: &Value) -> Option<Uuid> {
    payload["api_key"].as_str()?.parse().ok()
}

/// The recorded fields in the form the reader may have: contact data as on a profile, other text like any text.
fn masked(value: Value, exposure: Exposure) -> Value {
    match value {
        _ if exposure == Exposure::Clear => value,
        Value::String(text) if text.parse::<Uuid>().is_ok() || Timestamp::parse(&text).is_ok() => Value::String(text),
        Value::String(text) => Value::String(exposure.text(&text)),
        Value::Array(items) => items.into_iter().map(|item| masked(item, exposure)).collect(),
        Value::Object(fields) => fields
            .into_iter()
            .filter_map(|(name, value)| {
                let shown = match (name.as_str(), value.as_str()) {
                    ("email", Some(email)) => exposure.contact(Some(email), None).email.map(Value::String),
                    ("phone", Some(phone)) => exposure.contact(None, Some(phone)).phone.map(Value::String),
                    _ => Some(masked(value, exposure)),
                };
                Some((name, shown?))
            })
            .collect(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn inv_19_recorded_fields_are_masked_like_a_profile() {
        let id = Uuid::from_u128(0x0199_9999_1234_7000_8000_1234_5678_9012).to_string();
        let recorded = json!({
            "email": "jane@example.com",
            "phone": "+49 170 1234521",
            "notes": ["call jane@example.com"],
            "customer_id": id,
            "until": "2026-01-05T09:00:00.000Z",
            "version": 2,
        });
        let shown = masked(recorded.clone(), Exposure::Masked);
        assert_eq!(shown["email"], "j***@example.com");
        assert_eq!(shown["phone"], "+49 ••• ••21");
        assert_eq!(shown["notes"], json!(["call j***@example.com"]));
        assert_eq!((&shown["customer_id"], &shown["until"]), (&recorded["customer_id"], &recorded["until"]));
        let shown = masked(recorded.clone(), Exposure::Absent);
        assert!(shown.get("email").is_none() && shown.get("phone").is_none() && shown["version"] == 2, "{shown}");
        assert_eq!(masked(recorded.clone(), Exposure::Clear), recorded);
    }
}
