//! Push messages to browsers: straight to the browser maker's service that the browser named, encrypted for that browser
//! alone (RFC 8030, 8291) and signed by this instance (RFC 8292). No other relay reads along.

use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kernel::{MemberId, PushSubscriptionId, SessionId, Timestamp};
use serde::Deserialize;
use serde_json::json;
use tenancy::{
    Error, Event, Housekeeping, Instance, MemberSelf, OnDuty, RunningJob, Session, Subject, Tx, Work, args,
    instance_sql, sql,
};
use url::Url;
use utoipa::ToSchema;

use crate::{
    Refusal,
    delivery::{Due, due},
    from_directory, path_of,
    text::headline,
    workspace_name,
};

/// Browsers of one member in one workspace; the oldest gives way.
const MOST_SUBSCRIPTIONS: i64 = 10;
const LONGEST_ENDPOINT: usize = 1024;
/// An uncompressed point of P-256, and the secret of RFC 8291.
const PUBLIC_KEY_BYTES: usize = 65;
const AUTH_SECRET_BYTES: usize = 16;
const VAPID: &str = "vapid";

/// A push message for one browser.
#[derive(Debug)]
pub struct PushMessage<'a> {
    pub endpoint: &'a Url,
    pub public_key: &'a [u8],
    pub auth_secret: &'a [u8],
    /// Who answers for it: the address of this installation.
    pub from: &'a str,
    pub text: &'a [u8],
    pub now: Timestamp,
}

/// Why a push message did not leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushFailure {
    /// The browser takes none any more.
    Gone,
    /// It is tried again.
    Later(String),
}

/// Carries push messages.
#[async_trait]
pub trait Push: Send + Sync {
    /// A private key for this instance.
    ///
    /// # Errors
    /// The machine has no randomness.
    fn new_key(&self) -> Result<Vec<u8>, String>;

    /// What browsers are given of a private key: an uncompressed point of P-256.
    ///
    /// # Errors
    /// It is no such key.
    fn public_key(&self, key: &[u8]) -> Result<Vec<u8>, String>;

    /// Whether an address may be sent to: https, and no machine of the own network.
    fn admits(&self, endpoint: &Url) -> bool;

    /// # Errors
    /// It was not taken.
    async fn send(&self, key: &[u8], message: &PushMessage<'_>) -> Result<(), PushFailure>;
}

/// A browser as it subscribes: its `PushSubscription`, as JSON has it.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPushSubscription {
    #[schema(max_length = 1024)]
    pub endpoint: String,
    pub keys: PushKeys,
}

/// The browser's own keys, as base64 for URLs.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PushKeys {
    pub p256dh: String,
    pub auth: String,
}

/// A browser of the member that takes push messages.
#[derive(Debug, Clone)]
pub struct PushSubscription {
    pub id: PushSubscriptionId,
    /// What kind of browser it is.
    pub device: String,
    /// It is the browser that asks.
    pub current: bool,
    pub created_at: Timestamp,
}

/// The browsers of the acting member, newest first.
///
/// # Errors
/// The database cannot answer.
pub async fn push_subscriptions(session: &mut Session, asking: SessionId) -> Result<Vec<PushSubscription>, Refusal> {
    let me = session.viewer().member.ok_or(Error::NotFound)?;
    let text = sql!(
        "select id, device, session_id, created_at from push_subscriptions
         where workspace_id = $1 and member_id = $2 order by created_at desc, id desc"
    );
    let rows = session.all(text, args![me]).await?.into_iter();
    let read = rows.map(|mut row| {
        let of: SessionId = row.take(2)?;
        Ok(PushSubscription { id: row.take(0)?, device: row.take(1)?, current: of == asking, created_at: row.take(3)? })
    });
    Ok(read.collect::<Result<_, Error>>()?)
}

/// Takes in a browser of the acting member; the same one again is renewed.
///
/// # Errors
/// What the browser says of itself cannot be used.
pub async fn subscribe_push(
    tx: &mut Tx<MemberSelf>,
    push: &dyn Push,
    (session, device): (SessionId, &str),
    new: &NewPushSubscription,
) -> Result<PushSubscription, Refusal> {
    let refused = |pointer, reason| Refusal::Subscription { pointer, reason };
    let endpoint = Url::parse(&new.endpoint).ok().filter(|url| url.as_str().len() <= LONGEST_ENDPOINT);
    let endpoint =
        endpoint.filter(|url| push.admits(url)).ok_or(refused("/endpoint", "is no address of a push service"))?;
    let public_key = bytes(&new.keys.p256dh, PUBLIC_KEY_BYTES).filter(|key| key[0] == 4);
    let public_key = public_key.ok_or(refused("/keys/p256dh", "is no public key of a browser"))?;
    let auth = bytes(&new.keys.auth, AUTH_SECRET_BYTES).ok_or(refused("/keys/auth", "is no secret of a browser"))?;
    let (me, now) = (tx.viewer().member.ok_or(Error::NotFound)?, tx.now());
    let fresh: PushSubscriptionId = tx.ids().next();
    let insert = sql!(
        "insert into push_subscriptions (workspace_id, id, member_id, session_id, endpoint, public_key, auth_secret,
            device, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict (workspace_id, member_id, endpoint) do update set session_id = excluded.session_id,
            public_key = excluded.public_key, auth_secret = excluded.auth_secret, device = excluded.device,
            created_at = excluded.created_at
         returning id"
    );
    let values = args![fresh, me, session, endpoint.as_str(), public_key, auth, device, now];
    let id: PushSubscriptionId = tx.first(insert, values).await?.ok_or(Error::NotFound)?.take(0)?;
    let surplus = sql!(
        "delete from push_subscriptions where workspace_id = $1 and member_id = $2 and id not in (
            select id from push_subscriptions where workspace_id = $1 and member_id = $2
            order by created_at desc, id desc limit $3)"
    );
    tx.run(surplus, args![me, MOST_SUBSCRIPTIONS]).await?;
    let event = Event::new("push_subscription.created", Subject::new("member", me));
    tx.record(event.payload(json!({ "push_subscription_id": id })));
    Ok(PushSubscription { id, device: device.to_owned(), current: true, created_at: now })
}

fn bytes(text: &str, length: usize) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok().filter(|bytes| bytes.len() == length)
}

/// A browser of the acting member takes no more.
///
/// # Errors
/// It is not the member's.
pub async fn unsubscribe_push(tx: &mut Tx<MemberSelf>, id: PushSubscriptionId) -> Result<(), Refusal> {
    let me = tx.viewer().member.ok_or(Error::NotFound)?;
    let text = sql!("delete from push_subscriptions where workspace_id = $1 and member_id = $2 and id = $3");
    if tx.run(text, args![me, id]).await? == 0 {
        return Err(Error::NotFound.into());
    }
    let event = Event::new("push_subscription.deleted", Subject::new("member", me));
    tx.record(event.payload(json!({ "push_subscription_id": id })));
    Ok(())
}

pub(crate) async fn subscriptions_of(work: &mut Work, member: MemberId) -> Result<Vec<PushSubscriptionId>, Error> {
    let text = sql!("select id from push_subscriptions where workspace_id = $1 and member_id = $2");
    work.all(text, args![member]).await?.into_iter().map(|mut row| row.take(0)).collect()
}

/// The public half of the key by which this instance signs, as browsers want it; made when it is first asked for.
///
/// # Errors
/// The database cannot answer.
pub async fn push_key(instance: &Instance, push: &dyn Push) -> Result<String, Refusal> {
    let key = private_key(instance, push).await?;
    Ok(URL_SAFE_NO_PAD.encode(push.public_key(&key).map_err(Error::Corrupt)?))
}

async fn private_key(instance: &Instance, push: &dyn Push) -> Result<Vec<u8>, Error> {
    let find = instance_sql!("select private_key from instance_keys where name = $1");
    if let Some(mut row) = instance.read().await?.first(find, args![VAPID]).await? {
        return row.take(0);
    }
    let key = push.new_key().map_err(Error::Unavailable)?;
    let mut tx = instance.begin().await?;
    let insert = instance_sql!(
        "insert into instance_keys (name, private_key, created_at) values ($1, $2, $3) on conflict do nothing"
    );
    let now = tx.now();
    // Nothing happened to any account; of several servers that make one at once, the first one's stays.
    let outcome = tx.mark(insert, args![VAPID, key, now]).await;
    tx.settle(outcome).await?;
    instance.read().await?.first(find, args![VAPID]).await?.ok_or(Error::NotFound)?.take(0)
}

/// A subscription as it is sent to.
struct Target {
    session: SessionId,
    endpoint: Url,
    public_key: Vec<u8>,
    auth_secret: Vec<u8>,
}

/// Sends the push message that a job asks for. A browser that takes none any more, or whose person signed out, is
/// forgotten.
///
/// # Errors
/// It was not taken or the database cannot answer: the job is tried again.
pub async fn send_push(
    push: &dyn Push,
    instance: &Instance,
    public_url: &str,
    duty: &OnDuty,
    job: &RunningJob,
) -> Result<(), Refusal> {
    let Some(Due { scope, told, shown, subscription: Some(id), .. }) = due(duty, job).await? else { return Ok(()) };
    let Some(member) = scope.member() else { return Ok(()) };
    let workspace = scope.workspace();
    let mut session = scope.grant::<MemberSelf>()?.read().await?;
    let Some(target) = target(&mut session, member.id, id).await? else { return Ok(()) };
    drop(session);
    let signed_in = directory::sessions(instance, member.account).await.map_err(from_directory)?;
    if !signed_in.iter().any(|session| session.id == target.session) {
        return forget(duty, job, member.id, id).await;
    }
    let locale = directory::locale_of(instance, member.account).await.map_err(from_directory)?;
    let said = headline(told.kind, &shown, &workspace_name(&scope).await?, locale);
    let link = format!("{}/{}", public_url.trim_end_matches('/'), path_of(workspace, &shown.subject));
    let tag = format!("{}:{}", told.about.kind(), told.about.id());
    let text = json!({ "title": said.title, "body": said.excerpt, "url": link, "tag": tag }).to_string();
    let key = private_key(instance, push).await?;
    let message = PushMessage {
        endpoint: &target.endpoint,
        public_key: &target.public_key,
        auth_secret: &target.auth_secret,
        from: public_url,
        text: text.as_bytes(),
        now: instance.vault().clock().now(),
    };
    match push.send(&key, &message).await {
        Ok(()) => Ok(()),
        Err(PushFailure::Gone) => forget(duty, job, member.id, id).await,
        Err(PushFailure::Later(cause)) => Err(Error::Unavailable(cause).into()),
    }
}

async fn target(session: &mut Session, member: MemberId, id: PushSubscriptionId) -> Result<Option<Target>, Error> {
    let text = sql!(
        "select session_id, endpoint, public_key, auth_secret from push_subscriptions
         where workspace_id = $1 and member_id = $2 and id = $3"
    );
    let Some(mut row) = session.first(text, args![member, id]).await? else { return Ok(None) };
    let endpoint: String = row.take(1)?;
    let endpoint = Url::parse(&endpoint).map_err(|error| Error::Corrupt(error.to_string()))?;
    Ok(Some(Target { session: row.take(0)?, endpoint, public_key: row.take(2)?, auth_secret: row.take(3)? }))
}

async fn forget(duty: &OnDuty, job: &RunningJob, member: MemberId, id: PushSubscriptionId) -> Result<(), Refusal> {
    let workspace = job.workspace.ok_or(Error::NotFound)?;
    let mut tx = duty.enter(workspace).grant::<Housekeeping>()?.begin().await?;
    let text = sql!("delete from push_subscriptions where workspace_id = $1 and member_id = $2 and id = $3");
    // The browser ended it, or its session's end did, which is recorded.
    let outcome = tx.mark(text, args![member, id]).await.map(drop).map_err(Refusal::from);
    tx.settle(outcome).await
}
