//! A workspace's second chain: what was refused to somebody, and who read sensitive data (ruling 9). It is written in
//! a transaction of its own, at most so often a minute for each actor; what was left out is counted in the next row.

use kernel::{AccountId, WorkspaceId};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::{
    Actor, Error, Event, Grant, Instance, InternalRight, Permission, Right, RightId, Scope, Subject, Value, Vault,
    chain::{self, Author, Chain},
};

/// The kind of every refusal in this chain; anything else there is a read.
pub const DENIED: &str = "access.denied";

const DENIALS_A_MINUTE: u32 = 20;
const READS_A_MINUTE: u32 = 20;
/// Sign-ins that fail, on the whole installation: guessing must not fill the disk.
const SIGN_INS_A_MINUTE: u32 = 200;

/// Records that somebody is about to be shown or handed sensitive data, as themselves also when they look as somebody
/// else; what cannot be recorded is not shown. `event` is `noun.happened`, like any other.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn read<P: Right>(grant: &Grant<P>, event: Event) -> Result<(), Error> {
    let scope = grant.scope();
    append(&scope.vault, scope.workspace, scope.answerable(), P::RIGHT, event, READS_A_MINUTE).await
}

/// Records that the actor was refused: `permission` is what it would have needed, `payload` says how and where. Runs
/// after the refusal and changes nothing about it.
pub async fn denied(scope: &Scope, permission: Option<Permission>, subject: Subject, payload: Json) {
    let right = permission.map_or(RightId::Internal(InternalRight::MemberSelf), RightId::Catalogue);
    let event = Event::new(DENIED, subject).payload(payload);
    log(append(&scope.vault, scope.workspace, &scope.actor, right, event, DENIALS_A_MINUTE).await);
}

/// Records that an account which is no member was refused to join.
pub async fn denied_to_join(instance: &Instance, workspace: WorkspaceId, account: AccountId, invitation: Uuid) {
    let (actor, right) = (Actor::Newcomer(account), RightId::Internal(InternalRight::InvitationAccept));
    let event = Event::new(DENIED, Subject::new("invitation", invitation))
        .payload(json!({ "code": "invitation.other_address" }));
    log(append(&instance.vault, workspace, &actor, right, event, DENIALS_A_MINUTE).await);
}

/// Records in the instance's chain that a sign-in failed. `name` is what was typed; it is counted, never written.
/// What exists and what does not are recorded alike, in the same time.
pub async fn sign_in_refused(instance: &Instance, account: Option<AccountId>, name: &str) {
    let vault = &instance.vault;
    let now = vault.clock().now();
    let (of_name, of_all) = (format!("sign-in {name}"), "sign-in");
    let Some(suppressed) = vault.throttle().admit(&of_name, DENIALS_A_MINUTE, now) else { return };
    if vault.throttle().admit(of_all, SIGN_INS_A_MINUTE, now).is_none() {
        return;
    }
    let subject = Subject::new("account", account.map_or(Uuid::nil(), Uuid::from));
    let author = Author { kind: "anyone", id: None, right: InternalRight::AccountSelf.name() };
    let event = counting(Event::new("session.refused", subject), suppressed);
    log(write(vault, &chain::OF_INSTANCE, &chain::ACCOUNTS.into(), &author, event).await);
}

async fn append(
    vault: &Vault,
    workspace: WorkspaceId,
    actor: &Actor,
    right: RightId,
    mut event: Event,
    most: u32,
) -> Result<(), Error> {
    let key = format!("{workspace} {} {}", actor.key(), event.kind);
    let Some(suppressed) = vault.throttle().admit(&key, most, vault.clock().now()) else { return Ok(()) };
    event.by(actor);
    let event = counting(event, suppressed);
    write(vault, &chain::OF_ACCESS, &workspace.into(), &Author::new(actor, right), event).await
}

fn counting(mut event: Event, suppressed: i64) -> Event {
    if suppressed > 0 {
        event.note("suppressed", json!(suppressed));
    }
    event
}

async fn write(vault: &Vault, chain: &Chain, owner: &Value, author: &Author, event: Event) -> Result<(), Error> {
    let mut write = vault.database().begin().await?;
    let outcome = chain.append(&mut write, owner, author, vec![event], vault.clock().now()).await;
    write.end(outcome.is_ok()).await?;
    outcome.map(drop)
}

/// A refusal stays the refusal it is when it cannot be recorded.
fn log(outcome: Result<(), Error>) {
    if let Err(error) = outcome {
        tracing::error!(%error, "a refusal could not be recorded");
    }
}
