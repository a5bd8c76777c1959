//! How a membership stands: every fact its rights depend on, read in one query, and what follows from them.
//!
//! What follows is remembered by the facts themselves, so a warm entry costs one look-up; a changed role, set, seat,
//! state or plan is another key. The key holds what roles and sets say, not their versions: a version that was undone
//! is given again.

use std::{
    collections::{BTreeMap, HashMap},
    fmt::Write,
    sync::{Arc, Mutex, PoisonError},
};

use kernel::{AccountId, MemberId, TeamId, Timestamp, WorkspaceId};
use uuid::Uuid;

use crate::{
    Access, Actor, Error, Grants, Pack, Permission, Role, Row, SeatType, Session, Standing, Vault, Viewer,
    access::{self, Decider, HeldSet, Step},
    actor::Member,
    args,
    database::statement::Text,
    permission::Reach,
    raw, teams,
};

/// So many evaluations are kept; a busy installation has a few dozen.
const REMEMBERED: usize = 4096;

/// The columns of a standing; a membership with permission sets comes in as many rows.
macro_rules! standings {
    ($tail:literal) => {
        raw!(concat!(
            "select m.workspace_id, m.id, m.account_id, coalesce(m.display_name, a.name), m.role_key, m.seat_type,
                m.status, o.membership_id, m.last_active_at, m.sessions_from, a.password_must_change,
                w.name, w.pack, w.pack_version, w.state, w.entitlements, w.rights_version,
                r.label, r.description, r.rank, r.seat_type, r.grants, s.id, s.label, s.grants,
                w.deletion_at, m.teams
             from memberships m
             join workspaces w on w.workspace_id = m.workspace_id
             join accounts a on a.id = m.account_id
             left join workspace_owners o on o.workspace_id = m.workspace_id and o.membership_id = m.id
             left join roles r on r.workspace_id = m.workspace_id and r.role_key = m.role_key
             left join membership_permission_sets h on h.workspace_id = m.workspace_id and h.membership_id = m.id
             left join permission_sets s on s.workspace_id = h.workspace_id and s.id = h.set_id ",
            $tail
        ))
    };
}

/// The active membership of an account in the workspace `$1`.
pub(crate) const OF_ACCOUNT: Text<'static> =
    standings!("where m.workspace_id = $1 and m.account_id = $2 and m.status = 'active' order by s.id");
/// A membership of the workspace `$1`, of any status.
pub(crate) const OF_MEMBER: Text<'static> = standings!("where m.workspace_id = $1 and m.id = $2 order by s.id");
/// Everybody of the workspace `$1` whose membership has not ended.
const OF_EVERYBODY: Text<'static> = standings!(
    "where m.workspace_id = $1 and m.status in ('active', 'deactivated', 'suspended_over_limit')
     order by m.joined_at, m.id, s.id"
);
/// Every active membership of an account, oldest first.
pub(crate) const OF_ALL_PLACES: Text<'static> =
    standings!("where m.account_id = $1 and m.status = 'active' order by m.joined_at, m.id, s.id");

/// A membership with everything its rights depend on.
#[derive(Debug, Clone)]
pub struct MemberStanding {
    pub workspace: WorkspaceId,
    pub workspace_name: String,
    /// When the workspace will be deleted, while that is scheduled.
    pub deletion_at: Option<Timestamp>,
    pub member: Member,
    pub status: String,
    pub(crate) last_active_at: Option<Timestamp>,
    /// Sessions that began earlier have to sign in again.
    pub(crate) sessions_from: Timestamp,
    pub(crate) password_must_change: bool,
    pub(crate) rights_version: i64,
    teams: Arc<[TeamId]>,
    evaluated: Arc<Evaluated>,
}

/// What follows from the facts; members who stand alike share one.
#[derive(Debug)]
struct Evaluated {
    pack: Arc<Pack>,
    role: Arc<Role>,
    sets: Vec<HeldSet>,
    seat_type: SeatType,
    is_owner: bool,
    state: String,
    entitlements: BTreeMap<String, bool>,
    access: Arc<Access>,
}

impl MemberStanding {
    pub fn pack(&self) -> &Arc<Pack> {
        &self.evaluated.pack
    }

    pub fn role(&self) -> &Arc<Role> {
        &self.evaluated.role
    }

    pub fn sets(&self) -> &[HeldSet] {
        &self.evaluated.sets
    }

    /// The routing teams the member works in, in the order of their ids.
    pub fn teams(&self) -> &Arc<[TeamId]> {
        &self.teams
    }

    /// The membership as somebody who looks, were it active.
    pub fn viewer(&self) -> Viewer {
        Viewer { member: Some(self.member.id), access: Some(self.access().clone()), teams: self.teams.clone() }
    }

    /// The workspace's state.
    pub fn state(&self) -> &str {
        &self.evaluated.state
    }

    pub fn is_active(&self) -> bool {
        self.status == "active"
    }

    /// What the membership may do, were it active.
    pub fn access(&self) -> &Arc<Access> {
        &self.evaluated.access
    }

    /// The facts, for what is asked of them beside [`MemberStanding::access`].
    pub fn facts(&self) -> Standing<'_> {
        let evaluated = &*self.evaluated;
        Standing {
            pack: &evaluated.pack,
            role: &evaluated.role,
            sets: &evaluated.sets,
            seat_type: evaluated.seat_type,
            is_owner: evaluated.is_owner,
            state: &evaluated.state,
            entitlements: &evaluated.entitlements,
        }
    }

    /// Why the membership may or may not: the steps of the very decision that is enforced (OWN-1).
    pub fn explain(&self, permission: Permission) -> Explanation {
        let (steps, decision) = access::explain(&self.facts(), permission);
        Explanation { steps, reach: decision.reach, decider: decision.decider }
    }
}

/// The chain that leads to a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    pub steps: Vec<Step>,
    pub reach: Reach,
    pub decider: Option<Decider>,
}

/// The roles of a workspace: its pack's, which never change, and its own.
#[derive(Debug, Clone)]
pub struct Roles {
    pack: Arc<Pack>,
    /// Highest rank first.
    all: Vec<Arc<Role>>,
}

impl Roles {
    pub fn pack(&self) -> &Arc<Pack> {
        &self.pack
    }

    /// Highest rank first.
    pub fn all(&self) -> &[Arc<Role>] {
        &self.all
    }

    pub fn get(&self, key: &str) -> Option<&Arc<Role>> {
        self.all.iter().find(|role| role.key == key)
    }

    pub fn is_builtin(&self, key: &str) -> bool {
        self.pack.role(key).is_some()
    }
}

impl Session {
    /// How a member of this workspace stands, whatever its status.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such membership, or the database cannot answer.
    pub async fn standing_of(&mut self, member: MemberId) -> Result<MemberStanding, Error> {
        let rows = self.query(OF_MEMBER, args![member]).await?;
        self.read_standings(rows).await?.pop().ok_or(Error::NotFound)
    }

    /// How an account's active membership stands.
    pub(crate) async fn standing_of_account(&mut self, account: AccountId) -> Result<MemberStanding, Error> {
        let rows = self.query(OF_ACCOUNT, args![account]).await?;
        self.read_standings(rows).await?.pop().ok_or(Error::NotFound)
    }

    /// How everybody stands whose membership has not ended, oldest first. For what looks at a whole team at once;
    /// lists are read in pages.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn standings(&mut self) -> Result<Vec<MemberStanding>, Error> {
        let rows = self.query(OF_EVERYBODY, &[]).await?;
        self.read_standings(rows).await
    }

    /// Reads rows of a standing query over this workspace, whose pack is known then.
    async fn read_standings(&mut self, rows: Vec<Row>) -> Result<Vec<MemberStanding>, Error> {
        let all = by_membership(rows)?;
        if let Some(Facts { pack, pack_version, .. }) = all.first() {
            self.pack_version(pack, *pack_version).await?;
        }
        self.vault().clone().evaluated(all).await
    }

    /// This session as another member of the workspace reads: what it sees, and what is its own. For explaining to
    /// whoever may ask; it changes nothing.
    ///
    /// # Errors
    /// The standing is another workspace's.
    pub fn as_seen_by(self, standing: &MemberStanding) -> Result<Self, Error> {
        if standing.workspace != self.workspace() {
            return Err(Error::NotFound);
        }
        let access = standing.is_active().then(|| standing.access().clone());
        Ok(self.seen_as(Arc::new(Actor::Member(standing.member.clone())), access, standing.teams().clone()))
    }

    /// The workspace's roles.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn roles(&mut self) -> Result<Roles, Error> {
        const PACK: Text<'static> = raw!("select pack, pack_version from workspaces where workspace_id = $1");
        const OWN: Text<'static> = raw!(
            "select role_key, label, description, rank, seat_type, grants from roles where workspace_id = $1
             order by label"
        );
        let mut row = self.query(PACK, &[]).await?.into_iter().next().ok_or(Error::NotFound)?;
        let pack = self.pack_version(&row.take::<String>(0)?, row.take(1)?).await?;
        let mut all = pack.roles.clone();
        for mut row in self.query(OWN, &[]).await? {
            all.push(Arc::new(OwnRole::read(row.take(1)?, &mut row, 2)?.as_role(row.take(0)?)?));
        }
        all.sort_by_key(|role| std::cmp::Reverse(role.rank));
        Ok(Roles { pack, all })
    }
}

fn seat(name: &str) -> Result<SeatType, Error> {
    SeatType::parse(name).ok_or_else(|| Error::Corrupt(format!("seat type {name:?}")))
}

/// One row as it was read; the texts are only parsed when nothing is remembered for them.
struct Facts {
    workspace: WorkspaceId,
    workspace_name: String,
    deletion_at: Option<Timestamp>,
    member: Member,
    status: String,
    last_active_at: Option<Timestamp>,
    sessions_from: Timestamp,
    password_must_change: bool,
    rights_version: i64,
    pack: String,
    pack_version: i64,
    state: String,
    entitlements: String,
    own_role: Option<OwnRole>,
    sets: Vec<OwnSet>,
    teams: Arc<[TeamId]>,
}

struct OwnRole {
    label: String,
    description: String,
    rank: i64,
    seat_type: String,
    grants: String,
}

impl OwnRole {
    /// A role's columns stand behind its label, from this one on.
    fn read(label: String, row: &mut Row, next: usize) -> Result<Self, Error> {
        Ok(Self {
            label,
            description: row.take(next)?,
            rank: row.take(next + 1)?,
            seat_type: row.take(next + 2)?,
            grants: row.take(next + 3)?,
        })
    }

    fn as_role(&self, key: String) -> Result<Role, Error> {
        Ok(Role {
            key,
            label: self.label.clone(),
            description: self.description.clone(),
            rank: self.rank,
            seat_type: seat(&self.seat_type)?,
            assignable: true,
            grants: Grants::from_json(&self.grants)?,
        })
    }
}

struct OwnSet {
    id: Uuid,
    label: String,
    grants: String,
}

fn facts(row: &mut Row) -> Result<Facts, Error> {
    Ok(Facts {
        workspace: row.take(0)?,
        member: Member {
            id: row.take(1)?,
            account: row.take::<AccountId>(2)?,
            name: row.take(3)?,
            role_key: row.take(4)?,
            seat_type: seat(&row.take::<String>(5)?)?,
            is_owner: row.take::<Option<MemberId>>(7)?.is_some(),
            key: None,
        },
        status: row.take(6)?,
        last_active_at: row.take(8)?,
        sessions_from: row.take(9)?,
        password_must_change: row.take(10)?,
        workspace_name: row.take(11)?,
        pack: row.take(12)?,
        pack_version: row.take(13)?,
        state: row.take(14)?,
        entitlements: row.take(15)?,
        rights_version: row.take(16)?,
        deletion_at: row.take(25)?,
        own_role: row.take::<Option<String>>(17)?.map(|label| OwnRole::read(label, row, 18)).transpose()?,
        sets: Vec::new(),
        teams: teams::read(&row.take::<String>(26)?)?,
    })
}

fn held_set(row: &mut Row) -> Result<Option<OwnSet>, Error> {
    let Some(id) = row.take::<Option<Uuid>>(22)? else { return Ok(None) };
    Ok(Some(OwnSet { id, label: row.take(23)?, grants: row.take(24)? }))
}

impl Facts {
    /// Everything the evaluation depends on, as text.
    fn key(&self) -> String {
        let mut key = String::with_capacity(96);
        // Writing to a String cannot fail.
        let _ = write!(
            key,
            "{}\n{}\n{}\n{}\n{}\n{}\n{}",
            self.pack,
            self.pack_version,
            self.member.role_key,
            self.member.seat_type.name(),
            self.member.is_owner,
            self.state,
            self.entitlements
        );
        // Written as a program would, so that no label can pass for the next line.
        if let Some(OwnRole { label, description, rank, seat_type, grants }) = &self.own_role {
            let _ = write!(key, "\nrole {label:?} {description:?} {rank} {seat_type} {grants:?}");
        }
        for OwnSet { id, label, grants } in &self.sets {
            let _ = write!(key, "\nset {id} {label:?} {grants:?}");
        }
        key
    }
}

/// Evaluations by the facts they follow from.
#[derive(Default)]
pub(crate) struct Evaluations(Mutex<HashMap<String, Arc<Evaluated>>>);

impl Evaluations {
    fn get(&self, key: &str) -> Option<Arc<Evaluated>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn keep(&self, key: String, evaluated: &Arc<Evaluated>) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= REMEMBERED {
            all.clear();
        }
        all.insert(key, evaluated.clone());
    }
}

/// The rows of one membership follow each other.
fn by_membership(rows: Vec<Row>) -> Result<Vec<Facts>, Error> {
    let mut all: Vec<Facts> = Vec::new();
    for mut row in rows {
        let set = held_set(&mut row)?;
        let next = facts(&mut row)?;
        match all.last_mut() {
            Some(last) if last.member.id == next.member.id && last.workspace == next.workspace => {
                last.sets.extend(set);
            }
            _ => all.push(Facts { sets: set.into_iter().collect(), ..next }),
        }
    }
    Ok(all)
}

impl Vault {
    /// Reads rows of a standing query over several workspaces, by whoever holds no connection.
    pub(crate) async fn standings(&self, rows: Vec<Row>) -> Result<Vec<MemberStanding>, Error> {
        self.evaluated(by_membership(rows)?).await
    }

    async fn evaluated(&self, all: Vec<Facts>) -> Result<Vec<MemberStanding>, Error> {
        let mut standings = Vec::with_capacity(all.len());
        for facts in all {
            standings.push(self.standing(facts).await?);
        }
        Ok(standings)
    }

    async fn standing(&self, facts: Facts) -> Result<MemberStanding, Error> {
        let key = facts.key();
        let evaluated = match self.evaluations().get(&key) {
            Some(evaluated) => evaluated,
            None => {
                let evaluated = Arc::new(self.evaluate(&facts).await?);
                self.evaluations().keep(key, &evaluated);
                evaluated
            }
        };
        Ok(MemberStanding {
            workspace: facts.workspace,
            workspace_name: facts.workspace_name,
            deletion_at: facts.deletion_at,
            member: facts.member,
            status: facts.status,
            last_active_at: facts.last_active_at,
            sessions_from: facts.sessions_from,
            password_must_change: facts.password_must_change,
            rights_version: facts.rights_version,
            teams: facts.teams,
            evaluated,
        })
    }

    async fn evaluate(&self, facts: &Facts) -> Result<Evaluated, Error> {
        let pack = self.pack_version(&facts.pack, facts.pack_version).await?;
        let role_key = &facts.member.role_key;
        let role = match &facts.own_role {
            Some(own) => Arc::new(own.as_role(role_key.clone())?),
            None => pack.role(role_key).cloned().ok_or_else(|| Error::Corrupt(format!("no role {role_key:?}")))?,
        };
        let sets = facts
            .sets
            .iter()
            .map(|set| Ok(HeldSet { id: set.id, label: set.label.clone(), grants: Grants::from_json(&set.grants)? }));
        let sets = sets.collect::<Result<Vec<_>, Error>>()?;
        let entitlements =
            serde_json::from_str(&facts.entitlements).map_err(|error| Error::Corrupt(error.to_string()))?;
        let (seat_type, is_owner) = (facts.member.seat_type, facts.member.is_owner);
        let state = facts.state.clone();
        let access = Access::of(&Standing {
            pack: &pack,
            role: &role,
            sets: &sets,
            seat_type,
            is_owner,
            state: &state,
            entitlements: &entitlements,
        });
        Ok(Evaluated { access: Arc::new(access), pack, role, sets, seat_type, is_owner, state, entitlements })
    }
}
