//! How a member wants to be told: by kind and way, quieter for some teams and channels, not in quiet hours (NOT-004).

use std::collections::BTreeMap;

use kernel::{ChannelId, MemberId, TeamId, TimeOfDay, Timestamp, Zone};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{Error, Event, MemberSelf, Session, Subject, Tx, args, sql};
use utoipa::ToSchema;

use crate::{
    Refusal,
    kind::{Kind, Way, Ways, When},
};

/// The most teams and channels that can be given a limit, and the most digests a day.
const MOST_LIMITS: usize = 200;
const MOST_DIGESTS: usize = 4;

/// A member's choices, complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Preferences {
    /// By kind; one that is left out is told as usual.
    #[serde(default)]
    pub events: BTreeMap<Kind, Ways>,
    /// By whose clock quiet hours and digests go.
    #[serde(default)]
    pub timezone: Zone,
    #[serde(default)]
    #[schema(required)]
    pub quiet_hours: Option<QuietHours>,
    /// What happens in these teams' conversations is told at most so.
    #[serde(default)]
    pub teams: BTreeMap<TeamId, When>,
    /// What happens in these channels' conversations is told at most so.
    #[serde(default)]
    pub channels: BTreeMap<ChannelId, When>,
    #[serde(default)]
    pub digest: DigestTimes,
}

/// Nothing leaves the app from one time of day up to another; it waits, and what was read meanwhile stays untold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuietHours {
    pub from: TimeOfDay,
    pub to: TimeOfDay,
    /// What is urgent is told all the same.
    pub urgent_pierces: bool,
}

/// When the member is told what waits for a human.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DigestTimes {
    /// At most four.
    pub times: Vec<TimeOfDay>,
}

impl Default for DigestTimes {
    /// Twice a day (AI-017).
    fn default() -> Self {
        let times = [9 * 60, 15 * 60].into_iter().filter_map(TimeOfDay::from_minutes).collect();
        Self { times }
    }
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            events: Kind::ALL.iter().map(|kind| (*kind, kind.usual())).collect(),
            timezone: Zone::default(),
            quiet_hours: None,
            teams: BTreeMap::new(),
            channels: BTreeMap::new(),
            digest: DigestTimes::default(),
        }
    }
}

/// Where a conversation belongs, as far as somebody may have asked for quiet about it.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Place {
    pub(crate) team: Option<TeamId>,
    pub(crate) channel: Option<ChannelId>,
}

impl Preferences {
    /// When something of this kind, there, is told this way.
    pub(crate) fn when(&self, kind: Kind, way: Way, place: Place) -> When {
        let chosen = self.of_kind(kind).when(way);
        let of_team = place.team.and_then(|team| self.teams.get(&team));
        let of_channel = place.channel.and_then(|channel| self.channels.get(&channel));
        [of_team, of_channel].into_iter().flatten().copied().fold(chosen, When::min)
    }

    /// Whether something of this kind is told in any way.
    pub(crate) fn asks_for(&self, kind: Kind) -> bool {
        !self.of_kind(kind).is_silent()
    }

    /// What was chosen, as far as there is a choice.
    fn of_kind(&self, kind: Kind) -> Ways {
        let chosen = self.events.get(&kind).copied().unwrap_or(kind.usual());
        if kind.is_mandatory() { Ways { in_app: When::Always, email: When::Always, ..chosen } } else { chosen }
    }

    /// Until when something of this kind has to wait at this moment; `None` when it need not.
    pub(crate) fn quiet_until(&self, kind: Kind, at: Timestamp) -> Option<Timestamp> {
        let quiet = self.quiet_hours.filter(|quiet| !(quiet.urgent_pierces && kind.is_urgent()))?;
        // Of the two edges, the one that passed last says in what one is.
        let (began, ended) = (self.timezone.last(quiet.from, at)?, self.timezone.last(quiet.to, at)?);
        if began > ended { self.timezone.next(quiet.to, at) } else { None }
    }

    /// When the newest digest was due.
    pub(crate) fn digest_due(&self, now: Timestamp) -> Option<Timestamp> {
        self.digest.times.iter().filter_map(|time| self.timezone.last(*time, now)).max()
    }

    /// Fills what was left out with what is usual, and what is no choice with what holds.
    fn complete(mut self) -> Self {
        for kind in Kind::ALL {
            self.events.insert(*kind, self.of_kind(*kind));
        }
        self
    }

    fn must_be_fit(&self) -> Result<(), Refusal> {
        match () {
            () if self.teams.len() > MOST_LIMITS => Err(Refusal::TooMany { pointer: "/teams", most: MOST_LIMITS }),
            () if self.channels.len() > MOST_LIMITS => {
                Err(Refusal::TooMany { pointer: "/channels", most: MOST_LIMITS })
            }
            () if self.digest.times.len() > MOST_DIGESTS => {
                Err(Refusal::TooMany { pointer: "/digest/times", most: MOST_DIGESTS })
            }
            () => Ok(()),
        }
    }
}

/// The acting member's own choices.
///
/// # Errors
/// The database cannot answer.
pub async fn preferences(session: &mut Session) -> Result<Preferences, Refusal> {
    let me = session.viewer().member.ok_or(Error::NotFound)?;
    Ok(preferences_of(session, me).await?)
}

pub(crate) async fn preferences_of(session: &mut Session, member: MemberId) -> Result<Preferences, Error> {
    let text = sql!("select preferences from notification_preferences where workspace_id = $1 and member_id = $2");
    match session.first(text, args![member]).await? {
        None => usual(session).await,
        Some(mut row) => read(&row.take::<String>(0)?),
    }
}

/// What holds for whoever never chose: by the workspace's clock.
pub(crate) async fn usual(session: &mut Session) -> Result<Preferences, Error> {
    let timezone = directory::business_hours(session).await?.zone;
    Ok(Preferences { timezone, ..Preferences::default() })
}

pub(crate) fn read(text: &str) -> Result<Preferences, Error> {
    let stored: Preferences = serde_json::from_str(text).map_err(|error| Error::Corrupt(error.to_string()))?;
    Ok(stored.complete())
}

/// Replaces the acting member's own choices.
///
/// # Errors
/// Too many of something.
pub async fn set_preferences(tx: &mut Tx<MemberSelf>, wished: Preferences) -> Result<Preferences, Refusal> {
    wished.must_be_fit()?;
    let (me, now, wished) = (tx.viewer().member.ok_or(Error::NotFound)?, tx.now(), wished.complete());
    let text = sql!(
        "insert into notification_preferences (workspace_id, member_id, preferences, updated_at) values ($1, $2, $3, $4)
         on conflict (workspace_id, member_id)
         do update set preferences = excluded.preferences, updated_at = excluded.updated_at"
    );
    let written = serde_json::to_string(&wished).map_err(|error| Error::Corrupt(error.to_string()))?;
    tx.run(text, args![me, written, now]).await?;
    let event = Event::new("notification_preferences.updated", Subject::new("member", me));
    tx.record(event.payload(json!({ "member_id": me })));
    Ok(wished)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("a moment")
    }

    fn time(text: &str) -> TimeOfDay {
        text.parse().expect("a time")
    }

    fn madrid(from: &str, to: &str, urgent_pierces: bool) -> Preferences {
        Preferences {
            timezone: "Europe/Madrid".parse().expect("a zone"),
            quiet_hours: Some(QuietHours { from: time(from), to: time(to), urgent_pierces }),
            ..Preferences::default()
        }
    }

    #[test]
    fn r20_quiet_hours_go_by_the_members_own_clock_over_a_change_of_time() {
        let night = madrid("22:00", "07:00", true);
        let waits = |moment: &str| night.quiet_until(Kind::TaskAssigned, at(moment));
        // Clocks go ahead in the night to 29 March 2026: seven o'clock is 05:00 UTC, on the day before 06:00.
        assert_eq!(waits("2026-03-28T20:59:59Z"), None);
        assert_eq!(waits("2026-03-28T21:00:00Z"), Some(at("2026-03-29T05:00:00Z")));
        assert_eq!(waits("2026-03-29T04:59:59Z"), Some(at("2026-03-29T05:00:00Z")));
        assert_eq!(waits("2026-03-29T05:00:00Z"), None);
        assert_eq!(night.quiet_until(Kind::NoteMentioned, at("2026-03-28T23:00:00Z")), None, "it may pierce");
        let strict = madrid("22:00", "07:00", false);
        assert!(strict.quiet_until(Kind::NoteMentioned, at("2026-03-28T23:00:00Z")).is_some());
        assert_eq!(madrid("09:00", "09:00", false).quiet_until(Kind::TaskAssigned, at("2026-03-28T23:00:00Z")), None);
    }

    #[test]
    fn a_digest_is_due_at_each_of_its_times() {
        let preferences =
            Preferences { digest: DigestTimes { times: vec![time("09:00"), time("15:00")] }, ..Preferences::default() };
        let due = |moment: &str| preferences.digest_due(at(moment));
        assert_eq!(due("2026-03-02T08:59:59Z"), Some(at("2026-03-01T15:00:00Z")));
        assert_eq!(due("2026-03-02T09:00:00Z"), Some(at("2026-03-02T09:00:00Z")));
        assert_eq!(due("2026-03-02T23:00:00Z"), Some(at("2026-03-02T15:00:00Z")));
        let none = Preferences { digest: DigestTimes { times: Vec::new() }, ..Preferences::default() };
        assert_eq!(none.digest_due(at("2026-03-02T23:00:00Z")), None);
    }

    #[test]
    fn a_team_or_channel_only_makes_it_quieter() {
        let (team, channel) = (TeamId(Uuid::from_u128(1)), ChannelId(Uuid::from_u128(2)));
        let preferences = Preferences {
            teams: BTreeMap::from([(team, When::WhenAway)]),
            channels: BTreeMap::from([(channel, When::Never)]),
            ..Preferences::default()
        };
        let when = |team, channel| preferences.when(Kind::HandOver, Way::Slack, Place { team, channel });
        assert_eq!(when(None, None), When::Always);
        assert_eq!(when(Some(team), None), When::WhenAway);
        assert_eq!(when(Some(team), Some(channel)), When::Never);
        assert_eq!(
            preferences.when(Kind::HandOver, Way::Email, Place { team: Some(team), channel: None }),
            When::WhenAway
        );
    }

    #[test]
    fn e9_nobody_can_choose_not_to_hear_of_a_failed_payment() {
        let silent = Ways { in_app: When::Never, email: When::Never, push: When::Never, slack: When::Never };
        let events = Kind::ALL.iter().map(|kind| (*kind, silent)).collect();
        let deaf = Preferences { events, ..Preferences::default() };
        let told = |kind, way| deaf.when(kind, way, Place::default());
        assert_eq!(told(Kind::PaymentFailed, Way::Email), When::Always);
        assert_eq!(told(Kind::PaymentFailed, Way::Slack), When::Never);
        assert_eq!(told(Kind::TrialEnding, Way::Email), When::Never);
        assert_eq!(deaf.complete().events[&Kind::PaymentFailed].in_app, When::Always, "and is shown so");
    }

    #[test]
    fn what_a_later_version_adds_is_told_as_usual() {
        let stored = read("{\"events\":{},\"timezone\":\"Europe/Madrid\"}").expect("preferences");
        assert_eq!(
            stored,
            Preferences { timezone: "Europe/Madrid".parse().expect("a zone"), ..Preferences::default() }
        );
    }
}
