//! Routing rules: in order, and the first that holds decides.

use std::collections::HashMap;

use kernel::{LabelId, Line, MemberId, RoutingRuleId, TeamId};
use serde::{Deserialize, Serialize};
use tenancy::{Error, Row, Session, sql};
use utoipa::ToSchema;

use super::condition::{Conditions, Known};

/// A rule as it is kept.
#[derive(Debug, Clone)]
pub struct Rule {
    pub id: RoutingRuleId,
    pub draft: RuleDraft,
    pub version: i64,
}

/// What a rule says. A disabled one is kept, and takes no part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleDraft {
    pub name: Line,
    pub enabled: bool,
    pub conditions: Conditions,
    pub action: Action,
}

/// Where a conversation goes. To a member, and to the team if the member can take none; without either it waits in
/// everybody's queue.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = RoutingAction)]
pub struct Action {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub team_id: Option<TeamId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub member_id: Option<MemberId>,
    /// To the AI, where one answers: it waits in the team's queue meanwhile, and nobody is looked for.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub to_ai: bool,
    /// Labels that it gets on the way.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub label_ids: Vec<LabelId>,
}

/// The workspace's rules, in order.
///
/// # Errors
/// The database cannot answer.
pub(super) async fn rules(session: &mut Session) -> Result<Vec<Rule>, Error> {
    let text = sql!(
        "select id, name, enabled, conditions, action, version from routing_rules where workspace_id = $1
         order by position, id"
    );
    let mut rules = session.all(text, &[]).await?.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    if rules.iter().any(|rule| rule.draft.names_labels()) {
        let merged = merged_labels(session).await?;
        for label in rules.iter_mut().flat_map(|rule| rule.draft.labels_mut()) {
            *label = followed(&merged, *label);
        }
    }
    Ok(rules)
}

/// What was merged, and into what: a rule means the label that took its label's place.
async fn merged_labels(session: &mut Session) -> Result<HashMap<LabelId, LabelId>, Error> {
    let text = sql!("select id, merged_into from labels where workspace_id = $1 and merged_into is not null");
    session.all(text, &[]).await?.into_iter().map(|mut row| Ok((row.take(0)?, row.take(1)?))).collect()
}

/// Merges go in no circle, so there is an end.
fn followed(merged: &HashMap<LabelId, LabelId>, mut label: LabelId) -> LabelId {
    while let Some(into) = merged.get(&label) {
        label = *into;
    }
    label
}

impl RuleDraft {
    fn names_labels(&self) -> bool {
        !self.conditions.label_ids.is_empty() || !self.action.label_ids.is_empty()
    }

    fn labels_mut(&mut self) -> impl Iterator<Item = &mut LabelId> {
        self.conditions.label_ids.iter_mut().chain(&mut self.action.label_ids)
    }
}

fn read(mut row: Row) -> Result<Rule, Error> {
    let name: String = row.take(1)?;
    let draft = RuleDraft {
        name: Line::try_from(name).map_err(Error::Corrupt)?,
        enabled: row.take(2)?,
        conditions: parsed(&row.take::<String>(3)?)?,
        action: parsed(&row.take::<String>(4)?)?,
    };
    Ok(Rule { id: row.take(0)?, draft, version: row.take(5)? })
}

fn parsed<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| Error::Corrupt(error.to_string()))
}

/// The place of the first rule that takes a conversation. One whose team is gone is passed over, so that nothing ends
/// where nobody looks.
pub(super) fn first_match<'a>(
    rules: impl IntoIterator<Item = &'a RuleDraft>,
    known: &Known,
    teams: &[TeamId],
) -> Option<usize> {
    rules.into_iter().position(|rule| {
        let leads_somewhere = rule.action.team_id.is_none_or(|team| teams.contains(&team));
        rule.enabled && leads_somewhere && rule.conditions.hold_for(known)
    })
}

/// The places of a rule that would never get a turn and of the earlier one that is why.
pub(super) fn shadow<'a>(rules: impl IntoIterator<Item = &'a RuleDraft>) -> Option<(usize, usize)> {
    let rules: Vec<_> = rules.into_iter().enumerate().filter(|(_, rule)| rule.enabled).collect();
    rules.iter().enumerate().find_map(|(turn, (behind, later))| {
        let by = rules[..turn].iter().find(|(_, earlier)| earlier.conditions.cover(&later.conditions));
        by.map(|(by, _)| (*by, *behind))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use uuid::Uuid;

    use super::*;
    use crate::routing::condition::KnownCustomer;

    fn id<T: From<Uuid>>(n: u128) -> T {
        T::from(Uuid::from_u128(n))
    }

    fn rule(channels: &[u128], team: Option<u128>) -> RuleDraft {
        RuleDraft {
            name: Line::try_from("A rule").expect("a line"),
            enabled: true,
            conditions: Conditions { channel_ids: channels.iter().map(|n| id(*n)).collect(), ..Conditions::default() },
            action: Action { team_id: team.map(id), ..Action::default() },
        }
    }

    fn known(channel: u128) -> Known {
        Known {
            channel: id(channel),
            business: id(1),
            labels: BTreeSet::new(),
            customer: KnownCustomer::default(),
            escalation: None,
            in_business_hours: true,
            on_shift: BTreeSet::new(),
        }
    }

    #[test]
    fn the_first_enabled_rule_that_leads_somewhere_takes_a_conversation() {
        let off = RuleDraft { enabled: false, ..rule(&[1], None) };
        let rules = [rule(&[2], None), off, rule(&[1], Some(7)), rule(&[1], Some(8)), rule(&[], None)];
        let first = |channel, teams: &[TeamId]| first_match(&rules, &known(channel), teams);
        assert_eq!(first(1, &[id(7), id(8)]), Some(2), "the first that holds wins");
        assert_eq!(first(1, &[id(8)]), Some(3), "the team of the first is gone");
        assert_eq!(first(1, &[]), Some(4));
        assert_eq!(first(2, &[]), Some(0));
        assert_eq!(first_match(&rules[..1], &known(1), &[]), None);
    }

    #[test]
    fn a_rule_behind_one_that_takes_everything_of_it_is_found() {
        let everything = rule(&[], None);
        assert_eq!(shadow(&[rule(&[1], None), everything.clone()]), None, "last, it takes what is left");
        assert_eq!(shadow(&[rule(&[1], None), everything.clone(), rule(&[2], None)]), Some((1, 2)));
        assert_eq!(shadow(&[everything.clone(), everything.clone()]), Some((0, 1)));
        assert_eq!(shadow(&[rule(&[1, 2], Some(1)), rule(&[2], Some(2))]), Some((0, 1)), "contradictory");
        assert_eq!(shadow(&[rule(&[1, 2], None), rule(&[2, 3], None)]), None, "they only overlap");
        let off = RuleDraft { enabled: false, ..everything };
        assert_eq!(shadow(&[off.clone(), rule(&[1], None)]), None);
        assert_eq!(shadow(&[rule(&[1], None), off]), None);
    }
}
