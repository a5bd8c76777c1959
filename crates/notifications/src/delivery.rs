//! Ways out of the app: what is planned while an event is reacted to, and what is left of it when its job runs. Then
//! everything is looked at anew: whether the member is still here, sees the subject, and has not read it meanwhile.

use std::time::Duration;

use kernel::{MemberId, PushSubscriptionId, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tenancy::{Error, Grant, Job, MemberSelf, OnDuty, RunningJob, Scope, Session, Work, args, sql};

use crate::{
    Refusal,
    kind::{Way, When},
    push, reaction,
    shown::{Shown, Told, shown},
    slack,
};

pub const MAIL_JOB: &str = "notification.mail";
pub const PUSH_JOB: &str = "notification.push";
pub const SLACK_JOB: &str = "notification.slack";

/// Who is told only while away has so long to come back and see it in the app.
const DELAY_WHEN_AWAY: Duration = Duration::from_secs(60);

/// When something leaves, as far as that is known while it is planned.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timing {
    pub(crate) when: When,
    /// Whether the member is away now.
    pub(crate) away: bool,
    pub(crate) quiet_until: Option<Timestamp>,
}

impl Timing {
    fn run_at(self, now: Timestamp) -> Timestamp {
        let delay = match (self.when, self.away) {
            (When::WhenAway, true) => DELAY_WHEN_AWAY,
            // Whoever seems to be here has left unless they do something in time.
            (When::WhenAway, false) => reaction::AWAY_AFTER + DELAY_WHEN_AWAY,
            (When::Always | When::Never, _) => Duration::ZERO,
        };
        self.quiet_until.unwrap_or_else(|| now.plus(delay))
    }
}

/// What a mail or push job carries.
#[derive(Debug, Serialize, Deserialize)]
struct Planned {
    member_id: MemberId,
    told: Told,
    /// Nothing is sent to who is at work or has read it.
    only_when_away: bool,
    /// Nothing is sent to who has read it.
    only_unread: bool,
    /// The browser that a push message is for.
    subscription_id: Option<PushSubscriptionId>,
}

/// Leaves a job for each mail or push message; each event makes one once.
pub(crate) async fn plan(
    work: &mut Work,
    member: MemberId,
    told: &Told,
    way: Way,
    timing: Timing,
) -> Result<(), Error> {
    let only_when_away = timing.when == When::WhenAway;
    let run_at = timing.run_at(work.now());
    let planned = |subscription_id| Planned {
        member_id: member,
        told: *told,
        only_when_away,
        only_unread: only_when_away || timing.quiet_until.is_some(),
        subscription_id,
    };
    if way == Way::Email {
        let key = format!("{}:{}:{member}", told.event_seq, told.kind.name());
        work.enqueue(Job::new(MAIL_JOB, key, json!(planned(None))).at(run_at));
        return Ok(());
    }
    for subscription in push::subscriptions_of(work, member).await? {
        let key = format!("{}:{}:{subscription}", told.event_seq, told.kind.name());
        work.enqueue(Job::new(PUSH_JOB, key, json!(planned(Some(subscription)))).at(run_at));
    }
    Ok(())
}

/// What a Slack job carries: one message names everybody it is for.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SlackPost {
    pub(crate) told: Told,
    pub(crate) members: Vec<MemberId>,
}

/// Leaves one job for the team's channel in Slack, where it is connected and somebody wants to be named there.
pub(crate) async fn post_to_slack(work: &mut Work, told: &Told, members: Vec<MemberId>) -> Result<(), Error> {
    if members.is_empty() || slack::webhook_url(work).await?.is_none() {
        return Ok(());
    }
    let key = format!("{}:{}", told.event_seq, told.kind.name());
    work.enqueue(Job::new(SLACK_JOB, key, json!(SlackPost { told: *told, members })));
    Ok(())
}

/// A delivery whose time has come and that is still wanted.
pub(crate) struct Due {
    pub(crate) scope: Scope,
    pub(crate) told: Told,
    pub(crate) shown: Shown,
    pub(crate) subscription: Option<PushSubscriptionId>,
}

/// What a mail or push job is still to send; nothing when it is pointless by now.
pub(crate) async fn due(duty: &OnDuty, job: &RunningJob) -> Result<Option<Due>, Refusal> {
    let Planned { member_id, told, only_when_away, only_unread, subscription_id } =
        Planned::deserialize(&job.payload).map_err(|error| Error::Corrupt(error.to_string()))?;
    let workspace = job.workspace.ok_or(Error::NotFound)?;
    let Some((scope, mut session)) = as_member(duty, workspace, member_id).await? else { return Ok(None) };
    if only_when_away && !reaction::is_away(&mut session, member_id).await? {
        return Ok(None);
    }
    if only_unread && was_read(&mut session, member_id, &told).await? {
        return Ok(None);
    }
    let Some(shown) = shown(&mut session, &told).await? else { return Ok(None) };
    Ok(Some(Due { scope, told, shown, subscription: subscription_id }))
}

/// Enters as a member, with the rights they have now; nobody who has left.
pub(crate) async fn as_member(
    duty: &OnDuty,
    workspace: WorkspaceId,
    member: MemberId,
) -> Result<Option<(Scope, Session)>, Error> {
    let scope = match duty.enter_as(workspace, member).await {
        Err(Error::NotFound) => return Ok(None),
        scope => scope?,
    };
    let grant: Grant<MemberSelf> = scope.grant()?;
    let session = grant.read().await?;
    Ok(Some((scope, session)))
}

/// Whether this news, or newer about the same subject, was read in the app.
async fn was_read(session: &mut Session, member: MemberId, told: &Told) -> Result<bool, Error> {
    let text = sql!(
        "select 1 from notifications
         where workspace_id = $1 and member_id = $2 and subject_kind = $3 and subject_id = $4 and event_seq >= $5
            and read_at is not null"
    );
    let values = args![member, told.about.kind(), told.about.id(), told.event_seq];
    Ok(session.first(text, values).await?.is_some())
}
