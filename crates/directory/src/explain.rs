//! Why a member may or may not: the chain of the very decision that is enforced, in words and in facts (OWN-1).

use kernel::MemberId;
use serde_json::{Value as Json, json};
use tenancy::{Access, Decider, Error, MemberStanding, Permission, Reach, Relation, Session, Step};

/// More people than this nobody asks.
const MOST_NAMED: usize = 20;

/// How the thing in question stands to the member, as the operations on it would find it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stand {
    /// The member does not see it.
    OutOfSight,
    Seen {
        /// It stands in the permission's relation to the member.
        own: bool,
        /// A rule about it that holds whatever one's right, as `can` names it.
        bar: Option<&'static str>,
    },
}

#[derive(Debug, Clone)]
pub struct Explained {
    pub permission: Permission,
    pub allowed: bool,
    /// How far it reaches in the end.
    pub reach: Reach,
    /// `None` when it is allowed.
    pub decided_by: Option<&'static str>,
    pub steps: Vec<ExplainedStep>,
    /// Who could change it, highest first.
    pub who_can_change: Vec<(MemberId, String)>,
}

/// One step, with how far the permission reached before and after it.
#[derive(Debug, Clone)]
pub struct ExplainedStep {
    pub step: &'static str,
    pub before: Reach,
    pub after: Reach,
    /// One sentence.
    pub detail: String,
    /// The same for programs and other languages.
    pub facts: Json,
}

/// Explains a member's permission, for the workspace as a whole or on one thing.
///
/// # Errors
/// The database cannot answer.
pub async fn explain(
    session: &mut Session,
    standing: &MemberStanding,
    permission: Permission,
    on: Option<Stand>,
) -> Result<Explained, Error> {
    let mut chain = Chain::default();
    chain.membership(standing);
    let explanation = standing.explain(permission);
    for step in &explanation.steps {
        chain.step(standing, step);
    }
    chain.denied_by(explanation.decider.map(Decider::name));
    if explanation.decider.is_none() {
        chain.on(standing.access(), permission, on);
    }
    let who_can_change = who_can_change(session, standing, explanation.decider).await?;
    Ok(chain.end(permission, who_can_change))
}

/// Explains what a preview shows: what it leaves of a permission is one step.
pub fn explain_preview(access: &Access, permission: Permission, on: Option<Stand>) -> Explained {
    let mut chain = Chain::default();
    let (reach, decider) = (access.reach(permission), access.decider(permission).map(Decider::name));
    let detail = match decider {
        None => format!("In this preview it reaches {}.", far(reach)),
        Some("preview") => "You do not hold it yourself, so no preview shows it.".into(),
        Some(_) => "Who is looked as does not hold it.".into(),
    };
    chain.push("preview", reach, detail, json!({ "reach": reach.name(), "decided_by": decider }));
    chain.denied_by(decider);
    if decider.is_none() {
        chain.on(access, permission, on);
    }
    chain.end(permission, Vec::new())
}

/// The steps so far, and how far the permission reaches after them.
struct Chain {
    steps: Vec<ExplainedStep>,
    reach: Reach,
    decided_by: Option<&'static str>,
}

impl Default for Chain {
    fn default() -> Self {
        Self { steps: Vec::new(), reach: Reach::None, decided_by: None }
    }
}

impl Chain {
    fn push(&mut self, step: &'static str, after: Reach, detail: String, facts: Json) {
        self.steps.push(ExplainedStep { step, before: self.reach, after, detail, facts });
        self.reach = after;
    }

    /// What decides first is told.
    fn denied_by(&mut self, decider: Option<&'static str>) {
        self.decided_by = self.decided_by.or(decider);
    }

    fn membership(&mut self, standing: &MemberStanding) {
        if !standing.is_active() {
            let detail = format!("{} is no active member here.", standing.member.name);
            self.push("membership", Reach::None, detail, json!({ "status": standing.status }));
            self.denied_by(Some("membership"));
        }
    }

    fn step(&mut self, standing: &MemberStanding, step: &Step) {
        let label = &standing.role().label;
        match step {
            Step::Role { reach } => {
                let detail = match reach {
                    Reach::None => format!("The role {label:?} does not grant it."),
                    reach => format!("The role {label:?} grants it for {}.", far(*reach)),
                };
                let role = json!({ "key": standing.role().key, "label": label });
                self.push("role", *reach, detail, json!({ "role": role, "reach": reach.name() }));
            }
            Step::Sets { adding, count, reach } => {
                let detail = match (adding.as_slice(), count) {
                    ([], _) => "No permission set adds to it.".into(),
                    (sets, true) => format!("{} make it reach {}.", sets.join(", "), far(*reach)),
                    (sets, false) => {
                        format!("{} would add to it, but this seat and role hold no sets.", sets.join(", "))
                    }
                };
                self.push("permission_sets", *reach, detail, json!({ "adding": adding, "count": count }));
            }
            Step::SeatType { caps, reach } => {
                let seat = standing.member.seat_type.name();
                let detail = match caps {
                    true => format!("A {seat} seat never holds it."),
                    false => format!("A {seat} seat can hold it."),
                };
                self.push("seat_type", *reach, detail, json!({ "seat_type": seat, "caps": caps }));
            }
            Step::State { caps, kept_by_owner, reach } => {
                let state = standing.state();
                let detail = match (caps, kept_by_owner) {
                    (true, _) => format!("The workspace is {}: this waits.", plain(state)),
                    (false, true) => "The owner keeps it whatever state the workspace is in.".into(),
                    (false, false) => format!("The workspace is {}: nothing stands in the way.", plain(state)),
                };
                let facts = json!({ "state": state, "caps": caps, "kept_by_owner": kept_by_owner });
                self.push("state", *reach, detail, facts);
            }
            Step::Plan { entitlement, reach } => {
                let detail = match entitlement {
                    Some(entitlement) => format!("The workspace's plan does not include {entitlement:?}."),
                    None => "The workspace's plan includes it.".into(),
                };
                self.push("plan", *reach, detail, json!({ "entitlement": entitlement }));
            }
        }
    }

    /// The thing itself: whether it is seen, whose it is, and what rule holds for it.
    fn on(&mut self, access: &Access, permission: Permission, stand: Option<Stand>) {
        if stand == Some(Stand::OutOfSight) && !(is_sight(permission) && self.reach == Reach::Own) {
            let detail = "This is out of the member's sight.".into();
            self.push("visibility", Reach::None, detail, json!({ "visible": false }));
            return self.denied_by(Some("visibility"));
        }
        if self.reach == Reach::Own {
            let relation = access.relation(permission);
            let own = stand.map(|stand| matches!(stand, Stand::Seen { own: true, .. }));
            let (after, detail) = match own {
                None => (Reach::Own, format!("It reaches {} only.", theirs(relation))),
                Some(true) => (Reach::Own, format!("It reaches {}, and this is.", theirs(relation))),
                Some(false) => (Reach::None, format!("It reaches {} only, and this is not.", theirs(relation))),
            };
            self.push("relation", after, detail, json!({ "relation": relation.name(), "own": own }));
            if own == Some(false) {
                return self.denied_by(Some("relation"));
            }
        }
        if let Some(Stand::Seen { bar: Some(rule), .. }) = stand {
            self.push("rule", Reach::None, barred(rule).into(), json!({ "rule": rule }));
            self.denied_by(Some(rule));
        }
    }

    fn end(self, permission: Permission, who_can_change: Vec<(MemberId, String)>) -> Explained {
        let allowed = self.decided_by.is_none();
        let reach = if allowed { self.reach } else { Reach::None };
        Explained { permission, allowed, reach, decided_by: self.decided_by, steps: self.steps, who_can_change }
    }
}

/// Whether the permission is what makes things seen at all: of these, what is not one's own is out of sight.
fn is_sight(permission: Permission) -> bool {
    matches!(permission, Permission::ConversationView | Permission::CustomerView | Permission::BusinessView)
}

const fn far(reach: Reach) -> &'static str {
    match reach {
        Reach::None => "nothing",
        Reach::Masked => "masked values",
        Reach::Own => "one's own",
        Reach::Any => "everything",
    }
}

const fn theirs(relation: Relation) -> &'static str {
    match relation {
        Relation::Nobody => "nothing",
        Relation::Actor => "what one did oneself",
        Relation::AssigneeOrQueue => "what is assigned to one or waits in one's queues",
        Relation::Assignee => "what is assigned to one",
        Relation::AssigneeOrCreator => "what one made or is assigned to",
        Relation::AssignedContact => "customers one has had in hand lately",
        Relation::Author => "what one wrote",
        Relation::BusinessCreator => "what belongs to the businesses one answers for",
        Relation::Creator => "what one made",
        Relation::Oneself => "oneself",
    }
}

fn plain(state: &str) -> &str {
    match state {
        "scheduled_deletion" => "about to be deleted",
        state => state,
    }
}

fn barred(rule: &str) -> &'static str {
    match rule {
        "owner" => "This is the workspace's owner, and stays so until they hand over.",
        "self" => "Nobody does this to themselves.",
        "rank" => "This member stands above.",
        "last_manager" => "Nobody else could manage roles then.",
        "inactive" => "This member is not active.",
        "masked" => "Who sees contact data masked does not change it.",
        _ => "A rule forbids it.",
    }
}

/// Active members who could: those who change roles and may touch the member, or, where the plan or the state decides,
/// those who look after them. Nobody changes what the owner may do.
async fn who_can_change(
    session: &mut Session,
    standing: &MemberStanding,
    decider: Option<Decider>,
) -> Result<Vec<(MemberId, String)>, Error> {
    let of_workspace = matches!(decider, Some(Decider::Plan(_) | Decider::State));
    let needed: &[Permission] = match of_workspace {
        true => &[Permission::BillingManage],
        false => &[Permission::MemberChangeRole, Permission::RoleManage],
    };
    let rank = standing.role().rank;
    let could = |other: &MemberStanding| {
        let holds = needed.iter().any(|permission| other.access().reach(*permission) != Reach::None);
        let may_touch = other.member.is_owner || other.role().rank >= rank;
        let concerns = !standing.member.is_owner && other.member.id != standing.member.id && may_touch;
        other.is_active() && holds && (of_workspace || concerns)
    };
    let mut people: Vec<_> = session.standings().await?.into_iter().filter(could).collect();
    people.sort_by_key(|other| (!other.member.is_owner, std::cmp::Reverse(other.role().rank)));
    Ok(people.into_iter().take(MOST_NAMED).map(|other| (other.member.id, other.member.name)).collect())
}
