//! Three ways to share an inbox, each set up at once (INB-007): who answers a channel, who answers when, and whose label
//! means whose conversation.

use directory::{NewTeam, ShiftHours, Strategy, TeamHours};
use kernel::{ChannelId, LabelId, Line, MemberId};
use tenancy::{Error, TeamManage, Tx, args, sql};
use uuid::Uuid;

use super::{
    condition::{Conditions, Within},
    manage::{RoutingPlan, held_rules, insert, routing_plan},
    refusal::RuleRefusal,
    rule::{Action, RuleDraft},
};
use crate::Refusal;

/// Every channel has its member (ASG-001…004).
///
/// # Errors
/// One of them is not there or can be given nothing, or a rule for the channel is there already.
pub async fn share_by_channel(
    tx: &mut Tx<TeamManage>,
    shares: &[(ChannelId, MemberId)],
) -> Result<RoutingPlan, Refusal> {
    for (channel, member) in shares {
        let named = sql!("select name from channels where workspace_id = $1 and id = $2");
        let mut row = tx.first(named, args![*channel]).await?.ok_or(RuleRefusal::Unknown("/shares"))?;
        let channel_name: String = row.take(0)?;
        let conditions = Conditions { channel_ids: vec![*channel], ..Conditions::default() };
        add(tx, &channel_name, *member, conditions).await?;
    }
    routing_plan(tx).await
}

/// Every label has its member; what has none is claimed by whoever is first (ASG-008, ASG-009).
///
/// # Errors
/// As [`share_by_channel`].
pub async fn share_by_label(tx: &mut Tx<TeamManage>, shares: &[(LabelId, MemberId)]) -> Result<RoutingPlan, Refusal> {
    for (label, member) in shares {
        let labels = customers::label::labels(tx).await?;
        let label = labels.iter().find(|one| one.id == *label).ok_or(RuleRefusal::Unknown("/shares"))?;
        let conditions = Conditions { label_ids: vec![label.id], ..Conditions::default() };
        add(tx, &label.name, *member, conditions).await?;
    }
    routing_plan(tx).await
}

/// A team whose members relieve each other: each takes what comes in during their shift (ASG-005…007).
///
/// # Errors
/// A name that is taken, somebody who is not here, or shifts that contradict each other.
pub async fn share_by_shift(
    tx: &mut Tx<TeamManage>,
    team_name: Line,
    shifts: Vec<(MemberId, ShiftHours)>,
) -> Result<RoutingPlan, Refusal> {
    // Before the team and its members, as whoever makes a rule for one does.
    let rules = held_rules(tx).await?;
    let mut members = Vec::new();
    for (member, _) in &shifts {
        if !members.contains(member) {
            members.push(*member);
        }
    }
    let (strategy, hours) = (Strategy::RoundRobin, TeamHours::Shifts);
    let new = NewTeam { name: team_name.clone(), strategy, capacity: None, hours, members };
    let team = directory::create_team(tx, new).await?;
    for (member, hours) in shifts {
        directory::create_shift(tx, member, Some(team.id), hours).await?;
    }
    let conditions = Conditions { within: Some(Within::ShiftOf(team.id)), ..Conditions::default() };
    let action = Action { team_id: Some(team.id), ..Action::default() };
    insert(tx, &rules, RuleDraft { name: team_name, enabled: true, conditions, action }, None).await?;
    routing_plan(tx).await
}

async fn add(tx: &mut Tx<TeamManage>, what: &str, member: MemberId, conditions: Conditions) -> Result<(), Refusal> {
    let whom = directory::labels(tx, "member", &[member.into()]).await?.remove(&Uuid::from(member));
    let whom = whom.ok_or(RuleRefusal::Unknown("/shares"))?;
    let cut = |text: &str| text.chars().take(90).collect::<String>();
    let name = Line::try_from(format!("{} → {}", cut(what), cut(&whom))).map_err(Error::Corrupt)?;
    let action = Action { member_id: Some(member), ..Action::default() };
    let rules = held_rules(tx).await?;
    insert(tx, &rules, RuleDraft { name, enabled: true, conditions, action }, None).await.map(drop)
}
