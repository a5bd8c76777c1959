//! Finding a place for a conversation that nobody has: which rule, which team, which member; all in the transaction of
//! what caused it.

use kernel::{AssignmentDecisionId, ConversationId, LabelId, MemberId, RoutingRuleId, TeamId};
use serde_json::json;
use tenancy::{Error, Event, Permission, Session, SightPoint, Subject, Work, sql};

use super::{
    choice::{self, Choice},
    decision::{Cause, How, NewDecision},
    known::{Clock, case},
    rule::{Rule, first_match, rules},
};
use crate::{
    EscalationReason, Mode, Refusal, agent,
    assignment::{Destination, move_to},
    conversation::{Held, hold_unseen},
    labelling,
    mode::{self, Change},
    undo::must_still_reach,
};

/// Where a conversation is to go.
#[derive(Debug, Default)]
struct Wish {
    rule: Option<(RoutingRuleId, String)>,
    team: Option<TeamId>,
    member: Option<MemberId>,
    to_ai: bool,
    labels: Vec<LabelId>,
}

/// What routing did; it is recorded after what caused it.
#[must_use]
pub(crate) struct Routed {
    before: Held,
    pub(crate) after: Held,
    decision: AssignmentDecisionId,
    cause: Cause,
    wish: Wish,
}

/// Finds a place by the rules, for a conversation that comes in or is escalated. Without a rule that takes it, it goes
/// to its team, or to the first team that shares out by itself (ASG-012); without one of those it waits in everybody's
/// queue, where nothing was decided and `None` is returned.
pub(crate) async fn place(
    work: &mut Work,
    id: ConversationId,
    cause: Cause,
    escalation: Option<EscalationReason>,
) -> Result<Option<Routed>, Refusal> {
    let (rules, teams) = (rules(work).await?, living_teams(work).await?);
    if rules.is_empty() && teams.is_empty() {
        return Ok(None);
    }
    let rule = matching(work, id, &rules, &teams, escalation).await?;
    let held = hold_unseen(work, id).await?;
    let wish = match rule {
        Some(rule) => Wish::of(rule),
        None => Wish { team: held.team.or_else(|| default_team(&teams)), ..Wish::default() },
    };
    carry_out(work, held, cause, wish, None).await
}

/// Looks again at a conversation that got a label: a rule that asks for this very label gives it a place; any other
/// leaves it where it is.
pub(crate) async fn place_by_label(work: &mut Work, held: &Held, label: LabelId) -> Result<Option<Routed>, Refusal> {
    let rules = rules(work).await?;
    if held.assignee.is_some() || rules.iter().all(|rule| !rule.draft.conditions.label_ids.contains(&label)) {
        return Ok(None);
    }
    let teams = living_teams(work).await?;
    match matching(work, held.id, &rules, &teams, None).await? {
        Some(rule) if rule.draft.conditions.label_ids.contains(&label) => {
            let held = hold_unseen(work, held.id).await?;
            carry_out(work, held, Cause::Labelled, Wish::of(rule), None).await
        }
        _ => Ok(None),
    }
}

/// Has the team of a conversation choose again, but not `excluded`; in everybody's queue nothing is chosen.
pub(crate) async fn place_in_team(
    work: &mut Work,
    held: &Held,
    cause: Cause,
    excluded: Option<MemberId>,
) -> Result<Option<Routed>, Refusal> {
    let wish = Wish { team: held.team, ..Wish::default() };
    carry_out(work, held.clone(), cause, wish, excluded).await
}

/// Gives a conversation to the member for whom it waits in everybody's queue, once they can take it.
pub(super) async fn place_with(work: &mut Work, held: Held, member: MemberId) -> Result<Option<Routed>, Refusal> {
    let wish = Wish { member: Some(member), ..Wish::default() };
    carry_out(work, held, Cause::Waited, wish, None).await
}

impl Wish {
    fn of(rule: &Rule) -> Self {
        let action = &rule.draft.action;
        let named = (rule.id, String::from(rule.draft.name.clone()));
        Self {
            rule: Some(named),
            team: action.team_id,
            member: action.member_id,
            to_ai: action.to_ai,
            labels: action.label_ids.clone(),
        }
    }
}

async fn matching<'a>(
    session: &mut Session,
    id: ConversationId,
    rules: &'a [Rule],
    teams: &[Living],
    escalation: Option<EscalationReason>,
) -> Result<Option<&'a Rule>, Refusal> {
    if rules.is_empty() {
        return Ok(None);
    }
    let now = session.now();
    let clock = Clock::of(session, rules.iter().map(|rule| &rule.draft)).await?;
    let mut known = clock.at(case(session, id).await?.known, now);
    known.escalation = escalation;
    let teams: Vec<_> = teams.iter().map(|team| team.id).collect();
    let first = first_match(rules.iter().map(|rule| &rule.draft), &known, &teams);
    Ok(first.map(|place| &rules[place]))
}

/// A team that has not ended.
pub(super) struct Living {
    pub(super) id: TeamId,
    /// Whether it has members and shares out among them by itself.
    pub(super) shares_out: bool,
}

/// The teams that have not ended, oldest first.
pub(super) async fn living_teams(session: &mut Session) -> Result<Vec<Living>, Error> {
    let text = sql!(
        "select t.id, case when t.strategy <> 'manual' and exists (
            select 1 from team_members s where s.workspace_id = t.workspace_id and s.team_id = t.id) then 1 else 0 end
         from teams t where t.workspace_id = $1 and t.archived_at is null order by t.created_at, t.id"
    );
    let rows = session.all(text, &[]).await?;
    rows.into_iter().map(|mut row| Ok(Living { id: row.take(0)?, shares_out: row.take::<i64>(1)? == 1 })).collect()
}

/// Where goes what no rule takes: the first team made that shares out by itself.
pub(super) fn default_team(teams: &[Living]) -> Option<TeamId> {
    teams.iter().find(|team| team.shares_out).map(|team| team.id)
}

async fn carry_out(
    work: &mut Work,
    held: Held,
    cause: Cause,
    wish: Wish,
    excluded: Option<MemberId>,
) -> Result<Option<Routed>, Refusal> {
    if held.assignee.is_some() || (wish.rule.is_none() && wish.team.is_none() && wish.member.is_none()) {
        return Ok(None);
    }
    let withheld = wish.to_ai && !may_go_to_ai(work, &held, cause);
    if withheld && cause == Cause::Labelled && wish.team.is_none() && wish.member.is_none() {
        return Ok(None);
    }
    let to_ai = wish.to_ai && !withheld && agent::answers(work).await?;
    let wish = Wish { to_ai, ..wish };
    let (team, choice) = choose(work, &held, &wish, excluded).await?;
    // It goes on waiting where it waits.
    if cause == Cause::Waited && choice.chosen.is_none() {
        return Ok(None);
    }
    let waits_for = wish.member.filter(|_| choice.chosen.is_none() && team.is_none());
    let to = Destination { assignee: choice.chosen, team, waits_for };
    let after = move_to(work, &held, to).await?;
    let rule = wish.rule.as_ref().map(|(id, name)| (*id, name.as_str()));
    let decision = NewDecision { conversation: held.id, cause, rule, team, choice: &choice }.write(work).await?;
    Ok(Some(Routed { before: held, after, decision, cause, wish }))
}

/// What the AI has just handed over does not go back to it. A label releases only what nobody has in hand, and only
/// for who may release it (INV-18).
fn may_go_to_ai(work: &Work, held: &Held, cause: Cause) -> bool {
    match cause {
        Cause::Escalated => false,
        Cause::Labelled if held.mode != Mode::Ai => {
            held.holder.is_none()
                && held.mode != Mode::Handoff
                && must_still_reach(work, held, Permission::ConversationReleaseToAi).is_ok()
        }
        _ => true,
    }
}

/// The team that the conversation is in then, and the choice. Where the AI answers, nobody is looked for.
async fn choose(
    work: &mut Work,
    held: &Held,
    wish: &Wish,
    excluded: Option<MemberId>,
) -> Result<(Option<TeamId>, Choice), Error> {
    if held.mode == Mode::Ai || wish.to_ai {
        return Ok((wish.team, Choice::none(How::Ai)));
    }
    let mut refused = Vec::new();
    if let Some(member) = wish.member {
        let choice = choice::by_name(work, member, wish.team).await?;
        if choice.chosen.is_some() || wish.team.is_none() {
            return Ok((wish.team, choice));
        }
        refused = choice.considered;
    }
    let Some(team) = wish.team else { return Ok((None, Choice::none(How::Everybody))) };
    match choice::by_team(work, team, excluded).await {
        Ok(mut choice) => {
            refused.retain(|one| choice.considered.iter().all(|other| other.member != one.member));
            refused.append(&mut choice.considered);
            Ok((Some(team), Choice { considered: refused, ..choice }))
        }
        // It ended a moment ago.
        Err(Error::NotFound) => Ok((None, Choice::none(How::Everybody))),
        Err(error) => Err(error),
    }
}

impl Routed {
    /// Records the decision and puts the rule's labels on. `new` says that nobody saw the conversation before.
    pub(crate) async fn record(self, work: &mut Work, new: bool) -> Result<(), Refusal> {
        let Self { before, after, decision, cause, wish } = self;
        let sight = |held: &Held| SightPoint { assignee: held.assignee, team: held.team, customer: held.customer };
        let seen = Some(if new { sight(&after) } else { sight(&before) });
        let subject = || Subject::new("conversation", after.id);
        let payload = json!({
            "conversation_id": after.id, "cause": cause.name(), "decision_id": decision,
            "rule_id": wish.rule.as_ref().map(|(id, _)| id), "from_team": before.team, "team": after.team,
            "to": after.assignee,
        });
        let routed = Event::new("conversation.routed", subject()).payload(payload);
        work.record(routed.sight(seen, Some(sight(&after))));
        if let Some(chosen) = after.assignee {
            let payload = json!({
                "conversation_id": after.id, "from": null, "to": chosen, "cause": "auto", "decision_id": decision,
            });
            let assigned = Event::new("conversation.assigned", subject()).payload(payload);
            work.record(assigned.sight(Some(sight(&after)), Some(sight(&after))));
        }
        if wish.to_ai && after.mode.after(mode::Cause::Routed).is_some() {
            mode::enter(work, &after, Change::to_ai(mode::Cause::Routed)).await?;
        }
        for label in wish.labels {
            match labelling::apply(work, &after, label).await {
                // A label that is gone, or one too many, keeps nothing from its place.
                Ok(_) | Err(Refusal::Vault(Error::NotFound) | Refusal::Customer(_)) => {}
                Err(refusal) => return Err(refusal),
            }
        }
        Ok(())
    }
}
