//! From what happened to who is told how: the reactor's part, in one transaction with its place among the events.

use std::{collections::BTreeSet, time::Duration};

use conversations::{Conversation, Visibility};
use customers::masking::opens_profile;
use kernel::{DAY, MemberId, NotificationId, Timestamp};
use tenancy::{
    Error, Housekeeping, MemberStanding, Permission, Reach, Session, StoredEvent, Tx, Viewer, Work, args, sql,
};

use crate::{
    Refusal,
    delivery::{self, Timing},
    kind::{Kind, Way, When},
    news::{About, BILLING, News, OWNER, TEAM_AVAILABLE, news, told_by},
    preferences::{Place, Preferences, preferences_of},
    shown::{Told, may_know},
};

/// The reactor's name in the table of cursors.
pub const REACTOR: &str = "notifications";

/// What happened longer ago, while no server ran, is found in the app and mailed to nobody.
const STALE_AFTER: Duration = DAY;
/// A member who did nothing for so long is away. Activity is noted every five minutes, so less would be wrong at times.
pub(crate) const AWAY_AFTER: Duration = Duration::from_secs(10 * 60);

/// Tells of an event whom it concerns; returns whose notifications changed. It runs once for each event, in the
/// transaction that moves the reactor on.
///
/// # Errors
/// The database cannot answer.
pub async fn react(tx: &mut Tx<Housekeeping>, event: &StoredEvent) -> Result<Vec<MemberId>, Refusal> {
    let Some(news) = news(event) else { return Ok(Vec::new()) };
    if news.kind.is_on_request() && !is_asked_for(tx, &news).await? {
        return Ok(Vec::new());
    }
    let Some(ground) = ground(tx, news.about).await? else { return Ok(Vec::new()) };
    let told = Told {
        kind: news.kind,
        about: news.about,
        event_seq: event.seq,
        actor: news.actor,
        message_seq: news.message_seq,
        note: news.note,
    };
    let mut changed = Vec::new();
    let mut in_slack = Vec::new();
    for member in recipients(tx, &news, &ground).await? {
        let wishes = preferences_of(tx, member).await?;
        let told_to = Recipient { member, wishes, place: place(ground.conversation()) };
        if told_to.in_app(tx, &told, event.at).await? {
            changed.push(told_to.member);
        }
        if tx.now() < event.at.plus(STALE_AFTER) && told_to.outside(tx, &told).await? {
            in_slack.push(told_to.member);
        }
    }
    delivery::post_to_slack(tx, &told, in_slack).await?;
    Ok(changed)
}

/// What news is about, as far as it decides who can open it.
enum Ground {
    Conversation(Box<Conversation>),
    /// A customer, by whose assigned contact it is.
    Customer(Vec<MemberId>),
    Anything,
}

impl Ground {
    fn conversation(&self) -> Option<&Conversation> {
        match self {
            Self::Conversation(conversation) => Some(conversation),
            Self::Customer(_) | Self::Anything => None,
        }
    }

    fn is_open_to(&self, viewer: &Viewer) -> bool {
        match self {
            Self::Conversation(conversation) => Visibility::of_viewer(viewer).sees(&conversation.sight()),
            Self::Customer(contacts) => {
                opens_profile(viewer, viewer.member.is_some_and(|member| contacts.contains(&member)))
            }
            Self::Anything => true,
        }
    }
}

/// Nothing for what is there no longer.
async fn ground(session: &mut Session, about: About) -> Result<Option<Ground>, Refusal> {
    Ok(Some(match about {
        About::Conversation(id) => match conversations::show(session, id).await {
            Ok(conversation) => Ground::Conversation(Box::new(conversation)),
            Err(conversations::Refusal::Vault(Error::NotFound)) => return Ok(None),
            Err(refusal) => return Err(refusal.into()),
        },
        About::Customer(id) => {
            let whole = customers::merge::whole(session, id).await?;
            Ground::Customer(customers::contacts(session, whole).await?)
        }
        _ => Ground::Anything,
    }))
}

/// Whether anybody it concerns asked to be told of what is usually not told.
async fn is_asked_for(session: &mut Session, news: &News) -> Result<bool, Error> {
    for (_, member) in &news.concerned {
        if preferences_of(session, *member).await?.asks_for(news.kind) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn place(conversation: Option<&Conversation>) -> Place {
    conversation.map_or_else(Place::default, |conversation| Place {
        team: conversation.sight().team,
        channel: Some(conversation.channel_id),
    })
}

/// Everybody who is to know: concerned or named by the pack, active, not who did it, and able to open it.
async fn recipients(work: &mut Work, news: &News, ground: &Ground) -> Result<Vec<MemberId>, Error> {
    let conversation = ground.conversation();
    let mut candidates = Vec::new();
    for member in news.concerned.iter().map(|(_, member)| *member).collect::<BTreeSet<_>>() {
        match work.standing_of(member).await {
            Err(Error::NotFound) => {}
            standing => candidates.push(standing?),
        }
    }
    let pack = match candidates.first() {
        Some(standing) => standing.pack().clone(),
        None => work.roles().await?.pack().clone(),
    };
    let names: BTreeSet<_> = told_by(&pack, news.kind).into_iter().collect();
    // Most news is for whom it concerns; everybody is looked at only where somebody else may be told.
    if !names.iter().all(|name| news.concerned.iter().any(|(known, _)| known == name)) {
        candidates = work.standings().await?;
    }
    let now = work.now();
    let is_told = |standing: &MemberStanding| {
        let member = standing.member.id;
        let concerned = news.concerned.iter().any(|(name, who)| *who == member && names.contains(name));
        let sees_billing = || standing.access().reach(Permission::BillingView) != Reach::None;
        concerned
            || (names.contains(BILLING) && sees_billing())
            || names.contains(standing.role().key.as_str())
            || (names.contains(OWNER) && standing.member.is_owner)
    };
    let viewer = |standing: &MemberStanding| Viewer {
        member: Some(standing.member.id),
        access: Some(standing.access().clone()),
        teams: standing.teams().clone(),
    };
    let mut told = Vec::new();
    for standing in candidates {
        let mine = news.actor == Some(standing.member.id);
        // Whoever was just given what waits for a human is told so by that.
        let given = news.kind == Kind::HandoffRequested && is_assignee(standing.member.id, conversation);
        if standing.is_active() && !mine && !given && can_open(&viewer(&standing), news.kind, ground) {
            let waited_for = names.contains(TEAM_AVAILABLE) && works_in_team(&standing, conversation);
            if is_told(&standing) || (waited_for && directory::is_available(work, standing.member.id, now).await?) {
                told.push(standing.member.id);
            }
        }
    }
    Ok(told)
}

fn is_assignee(member: MemberId, conversation: Option<&Conversation>) -> bool {
    conversation.is_some_and(|conversation| conversation.sight().assignee == Some(member))
}

/// Whether a member may be given what the conversation's team, or everybody where it has none, is to take over.
fn works_in_team(standing: &MemberStanding, conversation: Option<&Conversation>) -> bool {
    let team = conversation.and_then(|conversation| conversation.sight().team);
    team.is_none_or(|team| standing.teams().contains(&team))
        && standing.access().reach(Permission::ConversationBeAssigned) != Reach::None
}

fn can_open(viewer: &Viewer, kind: Kind, ground: &Ground) -> bool {
    may_know(viewer, kind)
        && (kind != Kind::NoteMentioned || viewer.reach(Permission::NoteBeMentioned) != Reach::None)
        && ground.is_open_to(viewer)
}

/// A member who is told, and how they want to be.
pub(crate) struct Recipient {
    pub(crate) member: MemberId,
    pub(crate) wishes: Preferences,
    pub(crate) place: Place,
}

impl Recipient {
    /// Writes it down in the app, if it is wished for there; whether it was.
    pub(crate) async fn in_app(&self, work: &mut Work, told: &Told, at: Timestamp) -> Result<bool, Error> {
        let wished = match self.wishes.when(told.kind, Way::InApp, self.place) {
            When::Always => true,
            When::WhenAway => is_away(work, self.member).await?,
            When::Never => false,
        };
        if wished {
            write_down(work, self.member, told, at).await?;
        }
        Ok(wished)
    }

    /// Leaves mails and push messages for later; whether Slack is to be told too, now.
    pub(crate) async fn outside(&self, work: &mut Work, told: &Told) -> Result<bool, Error> {
        let quiet_until = self.wishes.quiet_until(told.kind, work.now());
        let away = is_away(work, self.member).await?;
        for way in [Way::Email, Way::Push] {
            let when = self.wishes.when(told.kind, way, self.place);
            if when != When::Never {
                let timing = Timing { when, away, quiet_until };
                delivery::plan(work, self.member, told, way, timing).await?;
            }
        }
        let in_slack = match self.wishes.when(told.kind, Way::Slack, self.place) {
            When::Always => true,
            When::WhenAway => away,
            When::Never => false,
        };
        // What a whole team reads waits for nobody's night.
        Ok(in_slack && quiet_until.is_none())
    }
}

/// One row for each subject: what happens to it again renews the row and makes it unread (R20).
async fn write_down(work: &mut Work, member: MemberId, told: &Told, at: Timestamp) -> Result<(), Error> {
    let text = sql!(
        "insert into notifications (workspace_id, member_id, id, subject_kind, subject_id, kind, event_seq, actor_id,
            message_seq, at, happened, note_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1, $11)
         on conflict (workspace_id, member_id, subject_kind, subject_id) do update set
            kind = excluded.kind, event_seq = excluded.event_seq, actor_id = excluded.actor_id,
            message_seq = excluded.message_seq, at = excluded.at, note_id = excluded.note_id,
            happened = case when notifications.read_at is null then notifications.happened + 1 else 1 end,
            read_at = null"
    );
    let id: NotificationId = work.ids().next();
    let Told { kind, about, event_seq, actor, message_seq, note } = *told;
    let values = args![member, id, about.kind(), about.id(), kind.name(), event_seq, actor, message_seq, at, note];
    work.mark(text, values).await.map(drop)
}

/// Whether a member is away: by their own word, or because they have done nothing here for a while.
pub(crate) async fn is_away(session: &mut Session, member: MemberId) -> Result<bool, Error> {
    let text = sql!("select last_active_at from memberships where workspace_id = $1 and id = $2");
    let row = session.first(text, args![member]).await?;
    let last: Option<Timestamp> = row.map(|mut row| row.take(0)).transpose()?.flatten();
    let now = session.now();
    let idle = last.is_none_or(|last| last.plus(AWAY_AFTER) < now);
    Ok(idle || !directory::is_available(session, member, now).await?)
}
