//! A rehearsal (OWN-12): what drafts of the rules would have made of the conversations of the last days, beside what
//! the rules make of them. Both are played through by the functions that decide, and nothing is written.
//!
//! Both sides are played alike, so that what differs differs by the rules alone: everybody who works in a team takes
//! part as they stand today, in their shifts of then; who was away then or had their hands full is not played again.

use std::collections::{BTreeMap, HashMap, HashSet};

use directory::{Calendar, Strategy, Team};
use kernel::{ConversationId, CustomerId, DAY_MILLIS, MemberId, TeamId, Timestamp};
use tenancy::{Composed, Error, Permission, Reach, Session, args, part, sql};

use super::{
    check::must_be_sound,
    condition::Known,
    eligibility::{Skip, Standing},
    known::{self, Case, Clock},
    manage::MOST_RULES,
    place::{Living, default_team, living_teams},
    refusal::RuleRefusal,
    rule::{RuleDraft, first_match, rules},
    strategy::{Candidate, load_balanced, round_robin},
};
use crate::{EscalationReason, Refusal, Visibility};

/// So many of the newest conversations are played through, and so many changes listed.
const MOST_CONVERSATIONS: i64 = 5000;
const MOST_CHANGES: usize = 200;

/// What came out.
#[derive(Debug, Clone)]
pub struct Rehearsal {
    /// So many were played through.
    pub conversations: usize,
    /// So many would have gone elsewhere; the newest of them are in `changes`.
    pub changed: usize,
    pub changes: Vec<Change>,
    /// How many went to each team, before and after; `None` is everybody's queue.
    pub per_team: BTreeMap<Option<TeamId>, (usize, usize)>,
    /// How many went to each member, before and after; `None` is nobody.
    pub per_member: BTreeMap<Option<MemberId>, (usize, usize)>,
    /// What teams and members are called.
    pub names: HashMap<uuid::Uuid, String>,
}

/// A conversation that would have gone elsewhere.
#[derive(Debug, Clone)]
pub struct Change {
    pub conversation: ConversationId,
    pub customer: CustomerId,
    pub customer_name: String,
    pub at: Timestamp,
    pub before: Spot,
    pub after: Spot,
}

/// Where a conversation goes in a rehearsal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    pub team: Option<TeamId>,
    pub member: Option<MemberId>,
    /// The name of the rule that took it.
    pub rule: Option<String>,
}

/// Plays the conversations of the last days through the rules and through drafts of them, as far as the session's actor
/// sees those conversations.
///
/// # Errors
/// A draft names what is not there, or there are more than can be.
pub async fn rehearse(session: &mut Session, drafts: Vec<RuleDraft>, days: u32) -> Result<Rehearsal, Refusal> {
    if drafts.len() > MOST_RULES {
        return Err(RuleRefusal::TooMany.into());
    }
    let mut after = Vec::with_capacity(drafts.len());
    for draft in drafts {
        after.push(must_be_sound(session, draft).await?);
    }
    let before: Vec<_> = rules(session).await?.into_iter().map(|rule| rule.draft).collect();
    let arrivals = arrivals(session, i64::from(days) * DAY_MILLIS).await?;
    let clock = Clock::of(session, before.iter().chain(&after)).await?;
    let stage = Stage::set(session, before.iter().chain(&after)).await?;
    let played = play(&stage, &clock, (&before, &after), &arrivals);
    let names = names(session, &stage, &played).await?;
    Ok(Rehearsal { names, ..played })
}

/// A conversation at the moment at which it needed a person: when it began, or when the AI first handed it over.
struct Arrival {
    at: Timestamp,
    case: Case,
    escalation: Option<EscalationReason>,
}

async fn arrivals(session: &mut Session, span: i64) -> Result<Vec<Arrival>, Refusal> {
    let since = Timestamp::from_millis(session.now().millis() - span);
    let mut query = known::cases();
    query.push(part!("and c.created_at >= ?"), args![since]);
    Visibility::of(session)
        .narrow(&mut query)
        .push(part!("order by c.created_at desc, c.id desc limit ?"), args![MOST_CONVERSATIONS]);
    let cases = session.list(&query).await?.into_iter().map(known::read).collect::<Result<Vec<_>, _>>()?;
    let oldest = cases.last().map_or(since, |case| case.created_at);
    let mut handed_over = escalations(session, oldest).await?;
    let arrival = |case: Case| match handed_over.remove(&case.conversation) {
        Some((at, reason)) => Arrival { at, case, escalation: Some(reason) },
        None => Arrival { at: case.created_at, case, escalation: None },
    };
    let mut arrivals: Vec<_> = cases.into_iter().map(arrival).collect();
    arrivals.sort_by_key(|arrival| (arrival.at, arrival.case.conversation));
    Ok(arrivals)
}

/// When and why the AI first handed over each of the conversations that began since then.
async fn escalations(
    session: &mut Session,
    since: Timestamp,
) -> Result<HashMap<ConversationId, (Timestamp, EscalationReason)>, Error> {
    let mut query = Composed::new(
        sql!(
            "select e.conversation_id, e.at, e.reason from conversations c
             join mode_events e on e.workspace_id = c.workspace_id and e.conversation_id = c.id
             where c.workspace_id = $1 and e.reason is not null"
        ),
        &[],
    );
    query.push(part!("and c.created_at >= ?"), args![since]);
    Visibility::of(session).narrow(&mut query).push(part!("order by e.at desc"), &[]);
    let mut first = HashMap::new();
    for mut row in session.list(&query).await? {
        let reason: String = row.take(2)?;
        if let Some(reason) = EscalationReason::parse(&reason) {
            first.insert(row.take(0)?, (row.take(1)?, reason));
        }
    }
    Ok(first)
}

/// Who could be given what: teams with their members, and members that rules name.
struct Stage {
    teams: Vec<Team>,
    living: Vec<Living>,
    calendar: Calendar,
    /// Members who can be given conversations by name.
    named: HashSet<MemberId>,
}

impl Stage {
    async fn set(session: &mut Session, rules: impl Iterator<Item = &RuleDraft>) -> Result<Self, Error> {
        let wanted: HashSet<_> = rules.filter_map(|rule| rule.action.member_id).collect();
        let mut named = HashSet::new();
        for member in wanted {
            let standing = session.standing_of(member).await?;
            let may = standing.access().reach(Permission::ConversationBeAssigned) != Reach::None;
            if standing.is_active() && may {
                named.insert(member);
            }
        }
        Ok(Self {
            teams: directory::teams(session).await?,
            living: living_teams(session).await?,
            calendar: directory::calendar(session).await?,
            named,
        })
    }
}

/// One side of the rehearsal, as it goes on.
struct Side<'a> {
    stage: &'a Stage,
    rules: &'a [RuleDraft],
    living: Vec<TeamId>,
    cursors: HashMap<TeamId, MemberId>,
    given: HashMap<MemberId, i64>,
}

impl<'a> Side<'a> {
    fn new(stage: &'a Stage, rules: &'a [RuleDraft]) -> Self {
        let living = stage.living.iter().map(|team| team.id).collect();
        let cursors = stage.teams.iter().filter_map(|team| Some((team.id, team.cursor?))).collect();
        Self { stage, rules, living, cursors, given: HashMap::new() }
    }

    fn place(&mut self, known: &Known, at: Timestamp) -> Spot {
        let rule = first_match(self.rules, known, &self.living).map(|place| &self.rules[place]);
        let team = match rule {
            Some(rule) => rule.action.team_id,
            None => default_team(&self.stage.living),
        };
        let named = rule.and_then(|rule| rule.action.member_id);
        let named = named.filter(|one| self.stage.named.contains(one) && self.stage.calendar.is_on_shift(*one, at));
        let member = match rule {
            Some(rule) if rule.action.to_ai && known.escalation.is_none() => None,
            _ => named.or_else(|| team.and_then(|team| self.choose(team, at))),
        };
        if let Some(member) = member {
            *self.given.entry(member).or_default() += 1;
        }
        Spot { team, member, rule: rule.map(|rule| String::from(rule.name.clone())) }
    }

    fn choose(&mut self, id: TeamId, at: Timestamp) -> Option<MemberId> {
        let team = self.stage.teams.iter().find(|team| team.id == id)?;
        let ring = team.members.iter().map(|seat| {
            let standing = Standing {
                is_active: seat.active,
                has_full_seat: seat.full_seat,
                may_be_assigned: seat.be_assigned,
                is_excluded: false,
                is_away: false,
                is_off_shift: !self.stage.calendar.takes_work(id, team.hours, seat.id, at),
                load: 0,
                capacity: None,
            };
            let skip: Option<Skip> = standing.skip();
            let load = self.given.get(&seat.id).copied().unwrap_or_default();
            Candidate { member: seat.id, load, last_assigned_at: None, skip }
        });
        let ring: Vec<_> = ring.collect();
        let chosen = match team.strategy {
            Strategy::RoundRobin => round_robin(&ring, self.cursors.get(&id).copied()),
            Strategy::LoadBalanced => load_balanced(&ring),
            Strategy::Manual => None,
        }?;
        self.cursors.insert(id, chosen);
        Some(chosen)
    }
}

fn play(
    stage: &Stage,
    clock: &Clock,
    (before, after): (&[RuleDraft], &[RuleDraft]),
    arrivals: &[Arrival],
) -> Rehearsal {
    let (mut now, mut then) = (Side::new(stage, before), Side::new(stage, after));
    let (mut changes, mut per_team, mut per_member) = (Vec::new(), BTreeMap::new(), BTreeMap::new());
    for Arrival { at, case, escalation } in arrivals {
        let known = Known { escalation: *escalation, ..clock.at(case.known.clone(), *at) };
        let (before, after) = (now.place(&known, *at), then.place(&known, *at));
        count(&mut per_team, before.team, after.team);
        count(&mut per_member, before.member, after.member);
        if (before.team, before.member) != (after.team, after.member) {
            changes.push(Change {
                conversation: case.conversation,
                customer: case.customer,
                customer_name: case.customer_name.clone(),
                at: *at,
                before,
                after,
            });
        }
    }
    let changed = changes.len();
    changes.reverse();
    changes.truncate(MOST_CHANGES);
    Rehearsal { conversations: arrivals.len(), changed, changes, per_team, per_member, names: HashMap::new() }
}

fn count<T: Ord>(counts: &mut BTreeMap<T, (usize, usize)>, before: T, after: T) {
    counts.entry(before).or_default().0 += 1;
    counts.entry(after).or_default().1 += 1;
}

async fn names(session: &mut Session, stage: &Stage, played: &Rehearsal) -> Result<HashMap<uuid::Uuid, String>, Error> {
    let members: Vec<_> = played.per_member.keys().flatten().map(|member| (*member).into()).collect();
    let mut names = directory::labels(session, "member", &members).await?;
    names.extend(stage.teams.iter().map(|team| (team.id.into(), team.name.clone())));
    Ok(names)
}
