//! Permission sets: what some members may do beside their role. A set adds and never takes away (D2), and counts only
//! where the role and the seat may hold sets.

use std::collections::{BTreeMap, HashMap};

use kernel::{Line, MemberId, PermissionSetId, ShortText};
use serde_json::{Value as Json, json};
use tenancy::{
    Ability, Error, Event, Grants, HeldSet, MemberStanding, Permission, RoleManage, Row, Session, Standing, Subject,
    Tx, args, sql,
};

use crate::{
    ExitParty, Refusal,
    ceiling::GrantCeiling,
    rank::Authority,
    rights_change::{Team, moved, must_cover, raised, told},
    rights_refusal::{Carrier, RightsRefusal},
    role,
};

/// More sets nobody could tell apart.
const MOST_SETS: usize = 100;

#[derive(Debug, Clone)]
pub struct PermissionSet {
    pub id: PermissionSetId,
    pub label: String,
    pub description: String,
    pub grants: Grants,
    pub version: i64,
    /// Members who have it and whose membership has not ended.
    pub holders_count: i64,
    /// The highest rank among them, and whether the viewer is one.
    held: Held,
    /// Whether the viewer could change it, as `can` tells it.
    pub editing: Ability,
}

#[derive(Debug, Clone, Copy, Default)]
struct Held {
    rank: Option<i64>,
    by_viewer: bool,
}

/// A set to be made.
#[derive(Debug, Clone)]
pub struct NewPermissionSet {
    pub label: Line,
    pub description: ShortText,
    /// Permission → reach.
    pub grants: BTreeMap<String, String>,
}

/// What to change of a set; what is left out stays.
#[derive(Debug, Clone, Default)]
pub struct PermissionSetChange {
    /// The version that was looked at.
    pub version: i64,
    pub label: Option<Line>,
    pub description: Option<ShortText>,
    /// Permission → reach.
    pub grants: BTreeMap<String, String>,
}

/// The workspace's permission sets, by name.
///
/// # Errors
/// The database cannot answer.
pub async fn permission_sets(session: &mut Session) -> Result<Vec<PermissionSet>, Refusal> {
    let sql = sql!(
        "select id, label, description, grants, version from permission_sets where workspace_id = $1 order by label"
    );
    let ceiling = GrantCeiling::of_actor(session).await?;
    let (rows, holders) = (session.all(sql, &[]).await?, holders(session).await?);
    let permitted = session.viewer().ability(Permission::RoleManage, false);
    let me = ceiling.giver().member.id;
    let read = |mut row: Row| {
        let id: PermissionSetId = row.take(0)?;
        let holders = holders.get(&id).map_or(&[][..], Vec::as_slice);
        let held = Held {
            rank: holders.iter().map(|(_, rank)| *rank).max(),
            by_viewer: holders.iter().any(|(holder, _)| *holder == me),
        };
        let editing = match may_change(held, &ceiling) {
            Err(bar) if permitted == Ability::Yes => Ability::Barred(role::reason(&bar)),
            _ => permitted,
        };
        Ok(PermissionSet {
            id,
            label: row.take(1)?,
            description: row.take(2)?,
            grants: Grants::from_json(&row.take::<String>(3)?)?,
            version: row.take(4)?,
            holders_count: i64::try_from(holders.len()).unwrap_or(i64::MAX),
            held,
            editing,
        })
    };
    rows.into_iter().map(read).collect()
}

/// One permission set.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn permission_set(session: &mut Session, id: PermissionSetId) -> Result<PermissionSet, Refusal> {
    let set = permission_sets(session).await?.into_iter().find(|set| set.id == id);
    Ok(set.ok_or(Error::NotFound)?)
}

/// Makes a set that grants no more than its maker holds.
///
/// # Errors
/// A name that is taken, a grant that does not exist, or more than the maker holds (INV-13).
pub async fn create_permission_set(tx: &mut Tx<RoleManage>, new: NewPermissionSet) -> Result<PermissionSet, Refusal> {
    let authority = Authority::take(tx).await?;
    let others = permission_sets(tx).await?;
    if others.len() >= MOST_SETS {
        return Err(RightsRefusal::TooMany(Carrier::PermissionSet).into());
    }
    let id: PermissionSetId = tx.ids().next();
    must_be_free(&others, id, &new.label)?;
    let grants = Grants::default().with(&new.grants).map_err(RightsRefusal::from)?;
    must_cover(authority.ceiling(), &grants)?;
    let insert = sql!(
        "insert into permission_sets (workspace_id, id, label, description, grants, version, created_by, created_at,
            updated_at)
         values ($1, $2, $3, $4, $5, 1, $6, $7, $7)"
    );
    let now = tx.now();
    let values = args![id, &*new.label, &*new.description, grants.to_json(), authority.id(), now];
    tx.run(insert, values).await?;
    let after = told(words(&new.label, &new.description), grants.iter());
    let event = Event::new("permission_set.created", Subject::new("permission_set", id));
    tx.record(event.payload(json!({ "version": 1 })).details(&Json::Null, &after));
    permission_set(tx, id).await
}

/// Changes a set, for everybody who has it. It can be widened by what its editor holds, and narrowed as long as
/// somebody goes on managing roles.
///
/// # Errors
/// No such set, one that the editor or somebody above them has, one that somebody else changed, a name that is taken,
/// a grant that does not exist, or more than the editor holds (INV-13).
pub async fn update_permission_set(
    tx: &mut Tx<RoleManage>,
    party: &dyn ExitParty,
    id: PermissionSetId,
    change: PermissionSetChange,
) -> Result<PermissionSet, Refusal> {
    let authority = Authority::take(tx).await?;
    let all = permission_sets(tx).await?;
    let before = changeable(&authority, &all, id)?;
    if before.version != change.version {
        let carrier = Carrier::PermissionSet;
        return Err(RightsRefusal::Changed { carrier, version: before.version }.into());
    }
    let label = change.label.map_or_else(|| before.label.clone(), String::from);
    let description = change.description.map_or_else(|| before.description.clone(), String::from);
    let grants = before.grants.with(&change.grants).map_err(RightsRefusal::from)?;
    must_be_free(&all, id, &label)?;
    must_cover(authority.ceiling(), &raised(&before.grants, &grants))?;
    let cells = moved(&before.grants, &grants);
    let fields = [
        ("label", label != before.label),
        ("description", description != before.description),
        ("grants", !cells.is_empty()),
    ];
    let fields: Vec<_> = fields.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect();
    if fields.is_empty() {
        return Ok(before.clone());
    }
    let (team, now) = (Team::of(tx).await?, tx.now());
    let held = instead(&team, id, Some(&HeldSet { id: id.into(), label: label.clone(), grants: grants.clone() }));
    team.must_keep_a_manager(|standing| with_sets(standing, &held))?;
    let update = sql!(
        "update permission_sets set label = $3, description = $4, grants = $5, version = version + 1, updated_at = $6
         where workspace_id = $1 and id = $2"
    );
    tx.run(update, args![id, &label, &description, grants.to_json(), now]).await?;
    let names: Vec<_> = cells.iter().map(|(permission, ..)| permission.name()).collect();
    let event = Event::new("permission_set.updated", Subject::new("permission_set", id))
        .payload(json!({ "fields": fields, "permissions": names, "version": before.version + 1 }))
        .details(
            &told(
                words(&before.label, &before.description),
                cells.iter().map(|(permission, reach, _)| (*permission, *reach)),
            ),
            &told(words(&label, &description), cells.iter().map(|(permission, _, reach)| (*permission, *reach))),
        );
    tx.record(event);
    team.follow(tx, party, |standing| with_sets(standing, &held)).await?;
    permission_set(tx, id).await
}

/// Deletes a set and takes it from everybody who has it; says how many they were.
///
/// # Errors
/// No such set, one that the actor or somebody above them has, or nobody could manage roles without it.
pub async fn delete_permission_set(
    tx: &mut Tx<RoleManage>,
    party: &dyn ExitParty,
    id: PermissionSetId,
) -> Result<i64, Refusal> {
    let authority = Authority::take(tx).await?;
    let all = permission_sets(tx).await?;
    let gone = changeable(&authority, &all, id)?;
    let team = Team::of(tx).await?;
    let held = instead(&team, id, None);
    team.must_keep_a_manager(|standing| with_sets(standing, &held))?;
    let take = sql!("delete from membership_permission_sets where workspace_id = $1 and set_id = $2");
    let delete = sql!("delete from permission_sets where workspace_id = $1 and id = $2");
    tx.run(take, args![id]).await?;
    tx.run(delete, args![id]).await?;
    let before = told(words(&gone.label, &gone.description), gone.grants.iter());
    let event = Event::new("permission_set.deleted", Subject::new("permission_set", id))
        .payload(json!({ "holders": gone.holders_count }))
        .details(&before, &Json::Null);
    tx.record(event);
    team.follow(tx, party, |standing| with_sets(standing, &held)).await?;
    Ok(gone.holders_count)
}

fn changeable<'a>(
    authority: &Authority,
    all: &'a [PermissionSet],
    id: PermissionSetId,
) -> Result<&'a PermissionSet, Refusal> {
    let set = all.iter().find(|set| set.id == id).ok_or(Error::NotFound)?;
    may_change(set.held, authority.ceiling())?;
    Ok(set)
}

/// Whether who stands so may change a set: unless they own the workspace, neither one they have nor one of somebody
/// above them (T-B1).
fn may_change(held: Held, ceiling: &GrantCeiling) -> Result<(), RightsRefusal> {
    match held {
        _ if ceiling.giver().member.is_owner => Ok(()),
        Held { by_viewer: true, .. } => Err(RightsRefusal::HeldByOneself(Carrier::PermissionSet)),
        Held { rank: Some(rank), .. } if !ceiling.may_touch(rank) => {
            Err(RightsRefusal::HeldAbove(Carrier::PermissionSet))
        }
        Held { .. } => Ok(()),
    }
}

fn must_be_free(all: &[PermissionSet], id: PermissionSetId, label: &str) -> Result<(), RightsRefusal> {
    let name = label.to_lowercase();
    match all.iter().any(|other| other.id != id && other.label.to_lowercase() == name) {
        true => Err(RightsRefusal::LabelTaken(Carrier::PermissionSet)),
        false => Ok(()),
    }
}

/// By set: who has it, and the rank they stand at.
async fn holders(session: &mut Session) -> Result<HashMap<PermissionSetId, Vec<(MemberId, i64)>>, Refusal> {
    let sql = sql!(
        "select h.set_id, m.id, m.role_key from membership_permission_sets h
         join memberships m on m.workspace_id = h.workspace_id and m.id = h.membership_id
         where h.workspace_id = $1 and m.status in ('active', 'deactivated', 'suspended_over_limit')"
    );
    let roles = session.roles().await?;
    let mut holders: HashMap<_, Vec<_>> = HashMap::new();
    for mut row in session.all(sql, args![]).await? {
        let rank = roles.get(&row.take::<String>(2)?).map_or(0, |role| role.rank);
        holders.entry(row.take(0)?).or_default().push((row.take(1)?, rank));
    }
    Ok(holders)
}

type SetsOf = HashMap<MemberId, Vec<HeldSet>>;

/// What everybody who has the set holds once it is replaced, or gone.
fn instead(team: &Team, id: PermissionSetId, by: Option<&HeldSet>) -> SetsOf {
    let is_it = |set: &HeldSet| set.id == id.0;
    let concerned = team.everybody().iter().filter(|standing| standing.sets().iter().any(is_it));
    let replaced = |set: &HeldSet| if is_it(set) { by.cloned() } else { Some(set.clone()) };
    concerned.map(|standing| (standing.member.id, standing.sets().iter().filter_map(replaced).collect())).collect()
}

fn with_sets<'a>(standing: &'a MemberStanding, changed: &'a SetsOf) -> Standing<'a> {
    let facts = standing.facts();
    changed.get(&standing.member.id).map_or(facts.clone(), |sets| Standing { sets, ..facts })
}

fn words(label: &str, description: &str) -> Json {
    json!({ "label": label, "description": description })
}
