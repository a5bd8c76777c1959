//! A workspace's own roles: made from another role, changed, deleted. Whatever changes holds from the next request on,
//! in open pages too (INV-12).

use std::collections::BTreeMap;

use kernel::{Line, ShortText};
use serde_json::json;
use tenancy::{Error, Event, MemberStanding, Role, RoleManage, Roles, Standing, Subject, Tx, Work, args, sql};
use uuid::Uuid;

use super::{WorkspaceRole, may_change, role};
use crate::{
    ExitParty, Refusal,
    rank::Authority,
    rights_change::{Team, moved, must_cover, must_fit_seat, raised, told},
    rights_refusal::{Carrier, RightsRefusal},
};

/// More own roles nobody could tell apart.
const MOST_ROLES: usize = 100;

/// A role to be made.
#[derive(Debug, Clone)]
pub struct NewRole {
    pub label: Line,
    pub description: ShortText,
    /// The role it begins as.
    pub base: String,
    /// The base's, or the highest that one could give where that is lower.
    pub rank: Option<i64>,
    /// Where it differs from its base: permission → reach.
    pub grants: BTreeMap<String, String>,
}

/// What to change of a role; what is left out stays.
#[derive(Debug, Clone, Default)]
pub struct RoleChange {
    /// The version that was looked at.
    pub version: i64,
    pub label: Option<Line>,
    pub description: Option<ShortText>,
    pub rank: Option<i64>,
    /// Permission → reach.
    pub grants: BTreeMap<String, String>,
}

/// Makes a role from another one. It grants no more than its maker holds, and comes with the base's seat.
///
/// # Errors
/// No such base, a name that is taken, a grant that does not exist, or more than the maker holds (INV-13).
pub async fn create_role(tx: &mut Tx<RoleManage>, new: NewRole) -> Result<WorkspaceRole, Refusal> {
    let authority = Authority::take(tx).await?;
    let roles = tx.roles().await?;
    if roles.all().len() - roles.pack().roles.len() >= MOST_ROLES {
        return Err(RightsRefusal::TooMany(Carrier::Role).into());
    }
    let base = roles.get(&new.base).ok_or(RightsRefusal::UnknownBase(new.base))?;
    let highest = authority.ceiling().highest_rank();
    let made = Role {
        key: tx.ids().next::<Uuid>().to_string(),
        label: new.label.into(),
        description: new.description.into(),
        rank: new.rank.unwrap_or_else(|| base.rank.min(highest)),
        seat_type: base.seat_type,
        assignable: true,
        grants: base.grants.with(&new.grants).map_err(RightsRefusal::from)?,
    };
    must_be_possible(&authority, &roles, None, &made)?;
    must_cover(authority.ceiling(), &made.grants)?;
    let insert = sql!(
        "insert into roles (workspace_id, role_key, label, description, rank, seat_type, base, grants, version,
            created_by, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $10, $10)"
    );
    let (grants, seat, now) = (made.grants.to_json(), made.seat_type.name(), tx.now());
    let values =
        args![&made.key, &made.label, &made.description, made.rank, seat, &base.key, grants, authority.id(), now];
    tx.run(insert, values).await?;
    let event = Event::new("role.created", subject(&made.key)?)
        .payload(json!({ "base": base.key, "version": 1 }))
        .details(&json!(null), &told(words(&made), made.grants.iter()));
    tx.record(event);
    role(tx, &made.key).await
}

/// Changes a role, for everybody who has it. It can be widened by what its editor holds, and narrowed as long as
/// somebody goes on managing roles.
///
/// # Errors
/// No such role, a built-in one, one that the editor has or that stands above them, one that somebody else changed, a
/// name that is taken, a grant that does not exist, or more than the editor holds (INV-13).
pub async fn update_role(
    tx: &mut Tx<RoleManage>,
    party: &dyn ExitParty,
    key: &str,
    change: RoleChange,
) -> Result<WorkspaceRole, Refusal> {
    let authority = Authority::take(tx).await?;
    let roles = tx.roles().await?;
    let before = changeable(&authority, &roles, key)?;
    let version = version(tx, key).await?;
    if version != change.version {
        return Err(RightsRefusal::Changed { carrier: Carrier::Role, version }.into());
    }
    let after = Role {
        key: key.to_owned(),
        label: change.label.map_or_else(|| before.label.clone(), String::from),
        description: change.description.map_or_else(|| before.description.clone(), String::from),
        rank: change.rank.unwrap_or(before.rank),
        grants: before.grants.with(&change.grants).map_err(RightsRefusal::from)?,
        ..Role::clone(before)
    };
    must_be_possible(&authority, &roles, Some(before), &after)?;
    must_cover(authority.ceiling(), &raised(&before.grants, &after.grants))?;
    let fields = differing(before, &after);
    if fields.is_empty() {
        return role(tx, key).await;
    }
    let team = Team::of(tx).await?;
    team.must_gain_within(authority.ceiling(), |standing| with_role(standing, &after))?;
    team.must_keep_a_manager(|standing| with_role(standing, &after))?;
    write(tx, &after).await?;
    let cells = moved(&before.grants, &after.grants);
    let names: Vec<_> = cells.iter().map(|(permission, ..)| permission.name()).collect();
    let event = Event::new("role.updated", subject(key)?)
        .payload(json!({ "fields": fields, "permissions": names, "version": version + 1 }))
        .details(
            &told(words(before), cells.iter().map(|(permission, reach, _)| (*permission, *reach))),
            &told(words(&after), cells.iter().map(|(permission, _, reach)| (*permission, *reach))),
        );
    tx.record(event);
    team.follow(tx, party, |standing| with_role(standing, &after)).await?;
    role(tx, key).await
}

/// Deletes a role that nobody has and nobody is invited to.
///
/// # Errors
/// No such role, a built-in one, one that stands above the actor, or one in use.
pub async fn delete_role(tx: &mut Tx<RoleManage>, key: &str) -> Result<(), Refusal> {
    let authority = Authority::take(tx).await?;
    let roles = tx.roles().await?;
    let gone = changeable(&authority, &roles, key)?.clone();
    must_be_free(tx, key).await?;
    leave_to_lowest(tx, &roles, key).await?;
    let delete = sql!("delete from roles where workspace_id = $1 and role_key = $2");
    tx.run(delete, args![key]).await?;
    let event =
        Event::new("role.deleted", subject(key)?).details(&told(words(&gone), gone.grants.iter()), &json!(null));
    tx.record(event);
    Ok(())
}

/// The own role of this key, if the actor may change it.
fn changeable<'a>(authority: &Authority, roles: &'a Roles, key: &str) -> Result<&'a Role, Refusal> {
    let role = roles.get(key).ok_or(Error::NotFound)?;
    may_change(roles, role, authority.ceiling())?;
    Ok(role)
}

/// What holds for every own role, new or changed: a name and a rank that it can have, and a seat that its grants fit.
/// Whoever makes a role rise gives the higher one to everybody who has it.
fn must_be_possible(
    authority: &Authority,
    roles: &Roles,
    before: Option<&Role>,
    role: &Role,
) -> Result<(), RightsRefusal> {
    let name = role.label.to_lowercase();
    if roles.all().iter().any(|other| other.key != role.key && other.label.to_lowercase() == name) {
        return Err(RightsRefusal::LabelTaken(Carrier::Role));
    }
    let highest = authority.ceiling().highest_rank();
    if before.is_none_or(|before| before.rank != role.rank) && !(1..=highest).contains(&role.rank) {
        return Err(RightsRefusal::Rank { highest });
    }
    must_fit_seat(roles.pack(), &role.grants, role.seat_type)
}

/// How somebody stands once the role is changed.
fn with_role<'a>(standing: &'a MemberStanding, role: &'a Role) -> Standing<'a> {
    let facts = standing.facts();
    if facts.role.key == role.key { Standing { role, ..facts } } else { facts }
}

fn differing(before: &Role, after: &Role) -> Vec<&'static str> {
    let fields = [
        ("label", before.label != after.label),
        ("description", before.description != after.description),
        ("rank", before.rank != after.rank),
        ("grants", before.grants != after.grants),
    ];
    fields.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}

async fn version(work: &mut Work, key: &str) -> Result<i64, Error> {
    let sql = sql!("select version from roles where workspace_id = $1 and role_key = $2");
    work.first(sql, args![key]).await?.ok_or(Error::NotFound)?.take(0)
}

/// Writes the next version of an own role.
pub(crate) async fn write(work: &mut Work, role: &Role) -> Result<(), Error> {
    let sql = sql!(
        "update roles set label = $3, description = $4, rank = $5, grants = $6, version = version + 1, updated_at = $7
         where workspace_id = $1 and role_key = $2"
    );
    let (grants, now) = (role.grants.to_json(), work.now());
    work.run(sql, args![&role.key, &role.label, &role.description, role.rank, grants, now]).await.map(drop)
}

async fn must_be_free(work: &mut Work, key: &str) -> Result<(), Refusal> {
    let sql = sql!(
        "select
            (select count(*) from memberships m where m.workspace_id = w.workspace_id and m.role_key = $2
                and m.status in ('active', 'deactivated', 'suspended_over_limit')),
            (select count(*) from invitations i where i.workspace_id = w.workspace_id and i.role_key = $2
                and i.status = 'pending')
         from workspaces w where w.workspace_id = $1"
    );
    let mut row = work.first(sql, args![key]).await?.ok_or(Error::NotFound)?;
    match (row.take(0)?, row.take(1)?) {
        (0, 0) => Ok(()),
        (members, invitations) => Err(RightsRefusal::InUse { members, invitations }.into()),
    }
}

/// Memberships that ended with the role keep a role that exists: the pack's lowest.
async fn leave_to_lowest(work: &mut Work, roles: &Roles, key: &str) -> Result<(), Error> {
    let lowest = roles.pack().roles.iter().min_by_key(|role| role.rank).ok_or(Error::NotFound)?;
    let sql = sql!("update memberships set role_key = $3 where workspace_id = $1 and role_key = $2");
    work.run(sql, args![key, &lowest.key]).await.map(drop)
}

/// Own roles are named by ids.
pub(crate) fn subject(key: &str) -> Result<Subject, Error> {
    let id: Uuid = key.parse().map_err(|_| Error::Corrupt(format!("the own role {key:?}")))?;
    Ok(Subject::new("role", id))
}

fn words(role: &Role) -> serde_json::Value {
    json!({ "label": role.label, "description": role.description, "rank": role.rank })
}
