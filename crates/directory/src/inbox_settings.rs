//! How the inbox works here: the policies of the pack, and what the workspace decides otherwise.

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use tenancy::{Error, Event, Pack, ReplyLock, Session, Subject, Tx, WorkspaceEditSettings, args, sql};
use utoipa::ToSchema;

use crate::Refusal;

/// Declares the settings, as they hold, as a workspace overrides them, and as a change names them.
macro_rules! settings {
    ($($(#[$doc:meta])* $field:ident: $type:ty),+ $(,)?) => {
        /// How the inbox works.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
        pub struct InboxSettings {
            $($(#[$doc])* pub $field: $type),+
        }

        #[derive(Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
        struct Overrides {
            $(#[serde(skip_serializing_if = "Option::is_none")] $field: Option<$type>),+
        }

        /// What to decide; what is left out stays, `Some(None)` goes back to the pack.
        #[derive(Debug, Clone, Default)]
        pub struct InboxChange {
            $(pub $field: Option<Option<$type>>),+
        }

        impl Overrides {
            fn over(self, pack: InboxSettings) -> InboxSettings {
                InboxSettings { $($field: self.$field.unwrap_or(pack.$field)),+ }
            }

            fn with(&self, change: InboxChange) -> Self {
                Self { $($field: change.$field.unwrap_or(self.$field)),+ }
            }

            fn names(&self) -> Vec<&'static str> {
                [$(self.$field.is_some().then_some(stringify!($field))),+].into_iter().flatten().collect()
            }

            fn differing(&self, other: &Self) -> Vec<&'static str> {
                [$((self.$field != other.$field).then_some(stringify!($field))),+].into_iter().flatten().collect()
            }
        }
    };
}

settings! {
    /// Whether only who holds a conversation may answer (INV-24).
    reply_lock: ReplyLock,
    /// Minutes without a human action after which the AI answers again; 0 is never.
    ai_auto_resume_minutes: u32,
    /// Whether the AI answers what nobody holds outside business hours.
    ai_outside_business_hours: bool,
    /// Seconds in which a sent message can be taken back; 0 sends at once.
    send_hold_seconds: u32,
    /// Whether putting a person's label on a conversation assigns it to them.
    name_label_sync: bool,
    /// Minutes after which an unanswered hand-over goes back to the queue; 0 is never.
    handover_minutes: u32,
    /// Whether a conversation that its customer reopens is assigned anew while its member is not available.
    requeue_on_reopen_unavailable: bool,
    /// Minutes without a touch after which who is available is set away; 0 is never.
    auto_away_minutes: u32,
}

const DAY: u32 = 24 * 60;
/// Field, and the most it can be.
const MOST: [(&str, u32); 4] = [
    ("ai_auto_resume_minutes", 7 * DAY),
    ("send_hold_seconds", 120),
    ("handover_minutes", 7 * DAY),
    ("auto_away_minutes", DAY),
];

impl InboxSettings {
    /// What holds where the workspace decides nothing.
    fn of(pack: &Pack) -> Self {
        Self {
            reply_lock: pack.policy.reply_lock,
            ai_auto_resume_minutes: pack.policy.ai_auto_resume_minutes,
            ai_outside_business_hours: pack.policy.ai_outside_business_hours,
            send_hold_seconds: 0,
            name_label_sync: false,
            handover_minutes: 60,
            requeue_on_reopen_unavailable: true,
            auto_away_minutes: 15,
        }
    }
}

/// The settings as they hold, and where they come from.
#[derive(Debug, Clone)]
pub struct InboxPolicy {
    pub settings: InboxSettings,
    /// What would hold without the workspace's own decisions.
    pub pack: InboxSettings,
    /// The fields that the workspace decided.
    pub overridden: Vec<&'static str>,
}

/// How the inbox of the session's workspace works.
///
/// # Errors
/// The database cannot answer.
pub async fn inbox_settings(session: &mut Session) -> Result<InboxSettings, Error> {
    let (pack, overrides) = decided(session).await?;
    Ok(overrides.over(pack))
}

/// The same, and where it comes from.
///
/// # Errors
/// The database cannot answer.
pub async fn inbox_policy(session: &mut Session) -> Result<InboxPolicy, Error> {
    let (pack, overrides) = decided(session).await?;
    Ok(InboxPolicy { overridden: overrides.names(), settings: overrides.over(pack.clone()), pack })
}

async fn decided(session: &mut Session) -> Result<(InboxSettings, Overrides), Error> {
    let sql = sql!(
        "select w.pack, w.pack_version, s.overrides from workspaces w
         left join inbox_settings s on s.workspace_id = w.workspace_id
         where w.workspace_id = $1"
    );
    let mut row = session.first(sql, &[]).await?.ok_or(Error::NotFound)?;
    let pack = session.pack_version(&row.take::<String>(0)?, row.take(1)?).await?;
    let overrides = match row.take::<Option<String>>(2)? {
        Some(text) => serde_json::from_str(&text).map_err(|error| Error::Corrupt(error.to_string()))?,
        None => Overrides::default(),
    };
    Ok((InboxSettings::of(&pack), overrides))
}

/// Decides some settings, or leaves them to the pack again.
///
/// # Errors
/// A number that is too large.
pub async fn update_inbox_settings(
    tx: &mut Tx<WorkspaceEditSettings>,
    change: InboxChange,
) -> Result<InboxPolicy, Refusal> {
    // Held, since all of it is written: what somebody else decides meanwhile is not to be taken back by it.
    let hold = sql!(
        "insert into inbox_settings (workspace_id, overrides) values ($1, '{}')
         on conflict (workspace_id) do update set overrides = inbox_settings.overrides"
    );
    tx.mark(hold, &[]).await?;
    let (pack, before) = decided(tx).await?;
    let after = before.with(change);
    let settings = after.clone().over(pack);
    let told = serde_json::to_value(&settings).map_err(|error| Error::Corrupt(error.to_string()))?;
    for (field, most) in MOST {
        if told[field].as_u64().is_some_and(|number| number > u64::from(most)) {
            return Err(Refusal::OutOfRange { field, least: 0, most: most.into() });
        }
    }
    let fields = after.differing(&before);
    if !fields.is_empty() {
        let sql = sql!("update inbox_settings set overrides = $2 where workspace_id = $1");
        tx.run(sql, args![json_of(&after)?.to_string()]).await?;
        let event = Event::new("inbox_settings.updated", Subject::new("workspace", tx.workspace()));
        tx.record(event.payload(json!({ "fields": fields })).details(&json_of(&before)?, &json_of(&after)?));
    }
    Ok(inbox_policy(tx).await?)
}

fn json_of(overrides: &Overrides) -> Result<Json, Error> {
    serde_json::to_value(overrides).map_err(|error| Error::Corrupt(error.to_string()))
}
