//! Making, changing and ordering routing rules.

use kernel::{Line, RoutingRuleId, TeamId};
use serde_json::{Value as Json, json};
use tenancy::{Error, Event, Session, Subject, TeamManage, Tx, Work, args, sql};

use super::{
    check::must_be_sound,
    condition::Conditions,
    place::{default_team, living_teams},
    refusal::RuleRefusal,
    rule::{Action, Rule, RuleDraft, rules, shadow},
};
use crate::Refusal;

/// More rules nobody keeps in order.
pub(super) const MOST_RULES: usize = 100;

/// Where conversations go, from the first rule to what is left.
#[derive(Debug, Clone)]
pub struct RoutingPlan {
    pub rules: Vec<Rule>,
    /// The team to which goes what no rule takes; `None` is everybody's queue.
    pub otherwise: Option<TeamId>,
    /// Teams that have not ended: a rule that leads to another one is passed over.
    pub teams: Vec<TeamId>,
}

/// What to change of a rule; what is left out stays.
#[derive(Debug, Clone, Default)]
pub struct RuleChange {
    /// The version that was looked at.
    pub version: i64,
    pub name: Option<Line>,
    pub enabled: Option<bool>,
    pub conditions: Option<Conditions>,
    pub action: Option<Action>,
}

/// The workspace's routing.
///
/// # Errors
/// The database cannot answer.
pub async fn routing_plan(session: &mut Session) -> Result<RoutingPlan, Refusal> {
    let (rules, teams) = (rules(session).await?, living_teams(session).await?);
    let otherwise = default_team(&teams);
    Ok(RoutingPlan { rules, otherwise, teams: teams.into_iter().map(|team| team.id).collect() })
}

/// Makes a rule, at a place of the order from 0; without one, where it gets a turn: last, or before the first rule that
/// would take everything from it.
///
/// # Errors
/// It names what is not there, or would never get a turn, or would leave another one none.
pub async fn create_rule(
    tx: &mut Tx<TeamManage>,
    draft: RuleDraft,
    position: Option<usize>,
) -> Result<RoutingPlan, Refusal> {
    let others = held_rules(tx).await?;
    insert(tx, &others, draft, position).await?;
    routing_plan(tx).await
}

/// [`create_rule`] into rules that are held; returns the new one.
pub(super) async fn insert(
    tx: &mut Tx<TeamManage>,
    others: &[Rule],
    draft: RuleDraft,
    position: Option<usize>,
) -> Result<Rule, Refusal> {
    if others.len() >= MOST_RULES {
        return Err(RuleRefusal::TooMany.into());
    }
    let draft = must_be_sound(tx, draft).await?;
    let last = others.iter().position(|other| other.draft.enabled && other.draft.conditions.cover(&draft.conditions));
    let place = position.or(last).unwrap_or(others.len()).min(others.len());
    let rule = Rule { id: tx.ids().next(), draft, version: 1 };
    let mut ordered = others.to_vec();
    ordered.insert(place, rule.clone());
    must_have_turns(&ordered)?;
    write(tx, &rule, place).await?;
    put_in_order(tx, &ordered).await?;
    let event = Event::new("routing_rule.created", Subject::new("routing_rule", rule.id));
    tx.record(event.payload(json!({ "version": 1, "position": place })).details(&Json::Null, &told(&rule.draft)));
    Ok(rule)
}

async fn write(tx: &mut Tx<TeamManage>, rule: &Rule, place: usize) -> Result<(), Error> {
    let text = sql!(
        "insert into routing_rules (workspace_id, id, name, enabled, position, conditions, action, version, created_by,
            created_at)
         values ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9)"
    );
    let me = tx.viewer().member.ok_or(Error::NotFound)?;
    let (RuleDraft { name, enabled, conditions, action }, now) = (&rule.draft, tx.now());
    let (conditions, action) = (json_of(conditions)?, json_of(action)?);
    let values = args![rule.id, &**name, *enabled, place as i64, conditions, action, me, now];
    tx.run(text, values).await.map(drop)
}

/// Changes a rule.
///
/// # Errors
/// No such rule, one that somebody else changed, or as [`create_rule`].
pub async fn update_rule(
    tx: &mut Tx<TeamManage>,
    id: RoutingRuleId,
    change: RuleChange,
) -> Result<RoutingPlan, Refusal> {
    let mut rules = held_rules(tx).await?;
    let place = rules.iter().position(|rule| rule.id == id).ok_or(Error::NotFound)?;
    let Rule { draft: before, version, .. } = rules[place].clone();
    if version != change.version {
        return Err(RuleRefusal::Changed { version }.into());
    }
    let says_more = change.conditions.is_some() || change.action.is_some();
    let mut after = RuleDraft {
        name: change.name.unwrap_or_else(|| before.name.clone()),
        enabled: change.enabled.unwrap_or(before.enabled),
        conditions: change.conditions.unwrap_or_else(|| before.conditions.clone()),
        action: change.action.unwrap_or_else(|| before.action.clone()),
    };
    if says_more {
        after = must_be_sound(tx, after).await?;
    }
    if after == before {
        return routing_plan(tx).await;
    }
    rules[place].draft = after.clone();
    must_have_turns(&rules)?;
    let text = sql!(
        "update routing_rules set name = $3, enabled = $4, conditions = $5, action = $6, version = version + 1
         where workspace_id = $1 and id = $2"
    );
    let (conditions, action) = (json_of(&after.conditions)?, json_of(&after.action)?);
    tx.run(text, args![id, &*after.name, after.enabled, conditions, action]).await?;
    let (was, is) = (told(&before), told(&after));
    let fields: Vec<_> = ["name", "enabled", "conditions", "action"].into_iter().filter(|f| was[f] != is[f]).collect();
    let event = Event::new("routing_rule.updated", Subject::new("routing_rule", id));
    tx.record(event.payload(json!({ "fields": fields, "version": version + 1 })).details(&was, &is));
    routing_plan(tx).await
}

/// Deletes a rule. What it decided stays written down, under its name.
///
/// # Errors
/// No such rule.
pub async fn delete_rule(tx: &mut Tx<TeamManage>, id: RoutingRuleId) -> Result<(), Refusal> {
    let mut rules = held_rules(tx).await?;
    let place = rules.iter().position(|rule| rule.id == id).ok_or(Error::NotFound)?;
    let gone = rules.remove(place);
    tx.run(sql!("delete from routing_rules where workspace_id = $1 and id = $2"), args![id]).await?;
    put_in_order(tx, &rules).await?;
    let event = Event::new("routing_rule.deleted", Subject::new("routing_rule", id));
    tx.record(event.payload(json!({ "position": place })).details(&told(&gone.draft), &Json::Null));
    Ok(())
}

/// Puts the rules into another order, which names every one of them once.
///
/// # Errors
/// It does not, or a rule would never get a turn.
pub async fn order_rules(tx: &mut Tx<TeamManage>, ids: &[RoutingRuleId]) -> Result<RoutingPlan, Refusal> {
    let rules = held_rules(tx).await?;
    let mut ordered = Vec::with_capacity(rules.len());
    for id in ids {
        ordered.push(rules.iter().find(|rule| rule.id == *id).ok_or(RuleRefusal::Order)?.clone());
    }
    let twice = ids.iter().enumerate().any(|(place, id)| ids[..place].contains(id));
    if twice || ordered.len() != rules.len() {
        return Err(RuleRefusal::Order.into());
    }
    must_have_turns(&ordered)?;
    if put_in_order(tx, &ordered).await? {
        let event = Event::new("routing_rule.ordered", Subject::new("workspace", tx.workspace()));
        tx.record(event.payload(json!({ "routing_rule_ids": ids })));
    }
    routing_plan(tx).await
}

/// The rules, held: whoever else changes them waits.
pub(super) async fn held_rules(work: &mut Work) -> Result<Vec<Rule>, Error> {
    let hold = sql!("update routing_rules set position = position where workspace_id = $1 returning id");
    work.all(hold, &[]).await?;
    rules(work).await
}

fn must_have_turns(rules: &[Rule]) -> Result<(), RuleRefusal> {
    match shadow(rules.iter().map(|rule| &rule.draft)) {
        Some((by, behind)) => {
            let told = |place: usize| (rules[place].id, String::from(rules[place].draft.name.clone()));
            Err(RuleRefusal::Shadows { by: told(by), behind: told(behind) })
        }
        None => Ok(()),
    }
}

/// Whether any had another place.
async fn put_in_order(work: &mut Work, rules: &[Rule]) -> Result<bool, Error> {
    let text = sql!("update routing_rules set position = $3 where workspace_id = $1 and id = $2 and position <> $3");
    let mut moved = 0;
    for (place, rule) in rules.iter().enumerate() {
        moved += work.run(text, args![rule.id, place as i64]).await?;
    }
    Ok(moved > 0)
}

fn told(draft: &RuleDraft) -> Json {
    let RuleDraft { name, enabled, conditions, action } = draft;
    json!({ "name": name, "enabled": enabled, "conditions": conditions, "action": action })
}

fn json_of(value: &impl serde::Serialize) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| Error::Corrupt(error.to_string()))
}
