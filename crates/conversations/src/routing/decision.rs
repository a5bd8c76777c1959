//! The record of every decision that the house takes by itself (OWN-12): why it was taken, by which rule and strategy,
//! who was chosen, who was considered and why the others were passed over.

use std::collections::HashMap;

use directory::Strategy;
use kernel::{AssignmentDecisionId, ConversationId, MemberId, RoutingRuleId, TeamId, Timestamp};
use serde::{Deserialize, Serialize};
use tenancy::{Error, Permission, Reach, Row, Session, Work, args, sql};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{choice::Choice, eligibility::Skip, strategy::Candidate};
use crate::{
    Refusal,
    conversation::{named, show},
    message::names,
};

/// What made the house look for a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = AssignmentCause)]
pub enum Cause {
    /// A customer wrote for the first time, or after everything before was archived.
    Arrived,
    /// A customer came back to a settled conversation.
    Reopened,
    /// The AI asked for a person.
    Escalated,
    /// It got a label that a rule asks for.
    Labelled,
    /// Somebody gave it to a team.
    Moved,
    /// Somebody took it from its member.
    Unassigned,
    /// A hand-over was refused, or nobody answered it.
    HandoverReturned,
    /// Its member had been away, or gone from the screen, for as long as the team waits.
    Away,
    /// It waited in its queue, and somebody can take it now.
    Waited,
}
names!(Cause {
    Arrived = "arrived",
    Reopened = "reopened",
    Escalated = "escalated",
    Labelled = "labelled",
    Moved = "moved",
    Unassigned = "unassigned",
    HandoverReturned = "handover_returned",
    Away = "away",
    Waited = "waited",
});

/// How somebody was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// By a team's strategy.
    Strategy(Strategy),
    /// A rule names the member.
    Named,
    /// It waits in everybody's queue.
    Everybody,
    /// The AI has it; nobody was looked for.
    Ai,
}

impl How {
    const ALL: [Self; 6] = [
        Self::Strategy(Strategy::RoundRobin),
        Self::Strategy(Strategy::LoadBalanced),
        Self::Strategy(Strategy::Manual),
        Self::Named,
        Self::Everybody,
        Self::Ai,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Strategy(strategy) => strategy.name(),
            Self::Named => "named",
            Self::Everybody => "everybody",
            Self::Ai => "ai",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.name() == name)
    }
}

/// Somebody who was looked at, in the order of the ring.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Considered {
    pub member: MemberId,
    /// Open conversations the member had then.
    pub load: i64,
    /// Why they were passed over; `None` for who was eligible.
    pub skip: Option<Skip>,
}

impl From<Candidate> for Considered {
    fn from(candidate: Candidate) -> Self {
        Self { member: candidate.member, load: candidate.load, skip: candidate.skip }
    }
}

/// A decision to be written down.
pub(super) struct NewDecision<'a> {
    pub(super) conversation: ConversationId,
    pub(super) cause: Cause,
    pub(super) rule: Option<(RoutingRuleId, &'a str)>,
    pub(super) team: Option<TeamId>,
    pub(super) choice: &'a Choice,
}

impl NewDecision<'_> {
    pub(super) async fn write(&self, work: &mut Work) -> Result<AssignmentDecisionId, Error> {
        let text = sql!(
            "insert into assignment_decisions (workspace_id, conversation_id, id, at, cause, rule_id, rule_name,
                team_id, strategy, chosen, considered)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
        );
        let (id, now): (AssignmentDecisionId, Timestamp) = (work.ids().next(), work.now());
        let (rule, name) = self.rule.unzip();
        let Choice { how, chosen, considered } = self.choice;
        let rows: Vec<_> = considered.iter().map(|one| (one.member, one.load, one.skip)).collect();
        let considered = serde_json::to_string(&rows).map_err(|error| Error::Corrupt(error.to_string()))?;
        let (cause, how) = (self.cause.name(), how.name());
        let values = args![self.conversation, id, now, cause, rule, name, self.team, how, *chosen, considered];
        work.run(text, values).await?;
        Ok(id)
    }
}

/// A decision as it was taken. Names are today's, but the rule's, which is what it was called then.
#[derive(Debug, Clone)]
pub struct Decision {
    pub id: AssignmentDecisionId,
    pub at: Timestamp,
    pub cause: Cause,
    pub rule: Option<(RoutingRuleId, String)>,
    pub team: Option<(TeamId, String)>,
    pub how: How,
    pub chosen: Option<(MemberId, String)>,
    /// Empty for who may not see how teams are made up.
    pub considered: Vec<(Considered, String)>,
}

/// The decisions about a conversation, newest first.
///
/// # Errors
/// The conversation is out of sight.
pub async fn decisions(session: &mut Session, id: ConversationId) -> Result<Vec<Decision>, Refusal> {
    const MOST: i64 = 50;
    show(session, id).await?;
    let text = sql!(
        "select d.id, d.at, d.cause, d.rule_id, d.rule_name, d.team_id, t.name, d.strategy, d.chosen, d.considered
         from assignment_decisions d
         left join teams t on t.workspace_id = d.workspace_id and t.id = d.team_id
         where d.workspace_id = $1 and d.conversation_id = $2 order by d.id desc limit $3"
    );
    let sees_teams = session.viewer().reach(Permission::TeamView) != Reach::None;
    let rows = session.all(text, args![id, MOST]).await?;
    let kept = rows.into_iter().map(|row| Kept::read(row, sees_teams)).collect::<Result<Vec<_>, _>>()?;
    let mut people: Vec<Uuid> = kept.iter().flat_map(Kept::people).collect();
    people.sort_unstable();
    people.dedup();
    let names = directory::labels(session, "member", &people).await?;
    Ok(kept.into_iter().map(|kept| kept.named(&names)).collect())
}

/// A row, whose people have no names yet.
struct Kept {
    decision: Decision,
    chosen: Option<MemberId>,
    considered: Vec<Considered>,
}

impl Kept {
    fn read(mut row: Row, sees_teams: bool) -> Result<Self, Error> {
        let rule: Option<RoutingRuleId> = row.take(3)?;
        let team: Option<TeamId> = row.take(5)?;
        let considered: String = row.take(9)?;
        let considered: Vec<(MemberId, i64, Option<Skip>)> =
            serde_json::from_str(&considered).map_err(|error| Error::Corrupt(error.to_string()))?;
        let decision = Decision {
            id: row.take(0)?,
            at: row.take(1)?,
            cause: named(&mut row, 2, Cause::parse)?,
            rule: rule.map(|rule| Ok::<_, Error>((rule, row.take(4)?))).transpose()?,
            team: team.map(|team| Ok::<_, Error>((team, row.take(6)?))).transpose()?,
            how: named(&mut row, 7, How::parse)?,
            chosen: None,
            considered: Vec::new(),
        };
        let considered = considered.into_iter().filter(|_| sees_teams);
        let considered = considered.map(|(member, load, skip)| Considered { member, load, skip }).collect();
        Ok(Self { decision, chosen: row.take(8)?, considered })
    }

    fn people(&self) -> impl Iterator<Item = Uuid> {
        self.considered.iter().map(|one| one.member).chain(self.chosen).map(Uuid::from)
    }

    fn named(self, names: &HashMap<Uuid, String>) -> Decision {
        let name = |member: MemberId| names.get(&member.into()).cloned().unwrap_or_default();
        Decision {
            chosen: self.chosen.map(|member| (member, name(member))),
            considered: self.considered.into_iter().map(|one| (one.clone(), name(one.member))).collect(),
            ..self.decision
        }
    }
}
