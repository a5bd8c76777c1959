//! What a workspace says of a membership: a name for here, and the day on which it ends.

use std::time::Duration;

use kernel::{Line, MemberId, Timestamp, days};
use serde_json::json;
use tenancy::{Event, Job, MemberEdit, Permission, Subject, Tx, args, sql};

use crate::{
    Member, Refusal,
    member::{held, member},
    rank::{Authority, Bar},
};

/// The job that ends a membership on its day; its payload is `{member_id, ends_on}`.
pub const END_JOB: &str = "member.end";
const LONGEST: Duration = days(10 * 366);

/// What to change; what is left out stays, `Some(None)` takes the value away.
#[derive(Debug, Clone, Default)]
pub struct MemberChange {
    /// A name for this workspace alone.
    pub display_name: Option<Option<Line>>,
    /// When the membership ends by itself.
    pub ends_on: Option<Option<Timestamp>>,
}

/// Changes a membership. Setting the day on which it ends is removing somebody, later: it takes `member.remove` too,
/// and nobody does it to themselves.
///
/// # Errors
/// No such member, one out of the actor's reach, or a day that is not within the next ten years.
pub async fn edit_member(tx: &mut Tx<MemberEdit>, id: MemberId, change: MemberChange) -> Result<Member, Refusal> {
    let authority = Authority::of(tx).await?;
    // Held, since all of it is written: what somebody else changes meanwhile is not to be taken back by it.
    let before = held(tx, id).await?;
    authority.must_reach(Permission::MemberEdit, &before)?;
    let name = change.display_name.map(|name| name.map(String::from)).filter(|name| *name != before.display_name);
    let ends_on = change.ends_on.filter(|day| *day != before.ends_on);
    if let Some(day) = ends_on {
        authority.must_hold(Permission::MemberRemove)?;
        may_end(&authority, &before, day, tx.now())?;
    }
    let fields: Vec<_> =
        [name.as_ref().map(|_| "display_name"), ends_on.map(|_| "ends_on")].into_iter().flatten().collect();
    if fields.is_empty() {
        return Ok(before);
    }
    let sql = sql!("update memberships set display_name = $3, ends_at = $4 where workspace_id = $1 and id = $2");
    let (new_name, new_day) = (name.unwrap_or_else(|| before.display_name.clone()), ends_on.unwrap_or(before.ends_on));
    tx.run(sql, args![id, new_name.clone(), new_day]).await?;
    if let Some(Some(day)) = ends_on {
        let key = format!("{id}/{}", day.millis());
        tx.enqueue(Job::new(END_JOB, key, json!({ "member_id": id, "ends_on": day })).at(day));
    }
    let told = |name: &Option<String>, day: Option<Timestamp>| json!({ "display_name": name, "ends_on": day });
    let event = Event::new("member.updated", Subject::new("member", id))
        .payload(json!({ "fields": fields }))
        .details(&told(&before.display_name, before.ends_on), &told(&new_name, new_day));
    tx.record(event);
    member(tx, id).await
}

fn may_end(authority: &Authority, member: &Member, day: Option<Timestamp>, now: Timestamp) -> Result<(), Refusal> {
    let bar = match () {
        () if member.is_owner => Some(Bar::Owner),
        () if member.id == authority.id() => Some(Bar::Oneself),
        () => None,
    };
    if let Some(bar) = bar {
        return Err(Refusal::Barred { bar, permission: Permission::MemberRemove });
    }
    match day {
        Some(day) if day <= now || day > now.plus(LONGEST) => Err(Refusal::EndDay),
        _ => Ok(()),
    }
}
