//! Whether a rule is sound: what it names is there, and what it asks for is its maker's to ask.

use std::collections::BTreeSet;

use customers::masking::Exposure;
use kernel::TeamId;
use tenancy::{Composed, Error, Permission, Reach, Session, TenantSql, sql};
use uuid::Uuid;

use super::{
    condition::{Conditions, CustomerCondition, Within},
    place::living_teams,
    refusal::RuleRefusal,
    rule::{Action, RuleDraft},
};
use crate::Refusal;

/// More entries in one list nobody reads.
const MOST_ENTRIES: usize = 50;
const LONGEST_VALUE: usize = 200;

/// The rule with its lists in order, if it is sound.
pub(super) async fn must_be_sound(session: &mut Session, draft: RuleDraft) -> Result<RuleDraft, Refusal> {
    let conditions = tidy(draft.conditions)?;
    let teams: Vec<_> = living_teams(session).await?.into_iter().map(|team| team.id).collect();
    conditions_must_be_sound(session, &conditions, &teams).await?;
    action_must_be_sound(session, &draft.action, &teams).await?;
    Ok(RuleDraft { conditions, ..draft })
}

fn tidy(conditions: Conditions) -> Result<Conditions, RuleRefusal> {
    let languages: Vec<_> = conditions.languages.iter().map(|language| language.to_ascii_lowercase()).collect();
    if languages.iter().any(|one| !(2..=3).contains(&one.len()) || !one.bytes().all(|b| b.is_ascii_lowercase())) {
        let detail = "holds something that is no language of two or three letters";
        return Err(RuleRefusal::Invalid { field: "/conditions/languages", detail });
    }
    let customer_field = conditions
        .customer_field
        .map(|CustomerCondition { field, is }| CustomerCondition { field, is: is.trim().to_owned() });
    if let Some(CustomerCondition { is, .. }) = &customer_field
        && (is.is_empty() || is.chars().count() > LONGEST_VALUE || is.chars().any(char::is_control))
    {
        let detail = "needs 1 to 200 characters to compare with, none of them control characters";
        return Err(RuleRefusal::Invalid { field: "/conditions/customer_field/is", detail });
    }
    let longest = [
        conditions.channel_ids.len(),
        conditions.label_ids.len(),
        languages.len(),
        conditions.business_ids.len(),
        conditions.escalation_reasons.len(),
    ];
    if longest.into_iter().any(|length| length > MOST_ENTRIES) {
        return Err(RuleRefusal::Invalid { field: "/conditions", detail: "names more than 50 things in one list" });
    }
    Ok(Conditions { languages, customer_field, ..conditions })
}

async fn conditions_must_be_sound(
    session: &mut Session,
    conditions: &Conditions,
    teams: &[TeamId],
) -> Result<(), Refusal> {
    let asks_for_masked = conditions.customer_field.as_ref().is_some_and(|condition| condition.field.is_masked());
    if asks_for_masked && !Exposure::is_clear_everywhere(&session.viewer()) {
        return Err(RuleRefusal::Masked.into());
    }
    if let Some(Within::ShiftOf(team)) = conditions.within
        && !teams.contains(&team)
    {
        return Err(RuleRefusal::Unknown("/conditions/within").into());
    }
    let channels = sql!("select id from channels where workspace_id = $1 and id in (");
    let businesses = sql!("select id from businesses where workspace_id = $1 and id in (");
    must_be_there(session, channels, &conditions.channel_ids, "/conditions/channel_ids").await?;
    must_be_there(session, businesses, &conditions.business_ids, "/conditions/business_ids").await?;
    labels_must_be_there(session, &conditions.label_ids, "/conditions/label_ids").await
}

async fn action_must_be_sound(session: &mut Session, action: &Action, teams: &[TeamId]) -> Result<(), Refusal> {
    if action.team_id.is_some_and(|team| !teams.contains(&team)) {
        return Err(RuleRefusal::Unknown("/action/team_id").into());
    }
    if let Some(member) = action.member_id {
        let standing = match session.standing_of(member).await {
            Err(Error::NotFound) => return Err(RuleRefusal::Unknown("/action/member_id").into()),
            standing => standing?,
        };
        let may = standing.access().reach(Permission::ConversationBeAssigned) != Reach::None;
        if !standing.is_active() || !may {
            return Err(Refusal::NotEligible);
        }
    }
    labels_must_be_there(session, &action.label_ids, "/action/label_ids").await
}

async fn must_be_there<T: Copy + Into<Uuid>>(
    session: &mut Session,
    text: TenantSql,
    ids: &[T],
    pointer: &'static str,
) -> Result<(), Refusal> {
    let ids: BTreeSet<Uuid> = ids.iter().map(|id| (*id).into()).collect();
    if ids.is_empty() {
        return Ok(());
    }
    let mut query = Composed::new(text, &[]);
    query.push_ids(&ids.iter().copied().collect::<Vec<_>>());
    match session.list(&query).await?.len() == ids.len() {
        true => Ok(()),
        false => Err(RuleRefusal::Unknown(pointer).into()),
    }
}

/// A member is a label of their own.
async fn labels_must_be_there(
    session: &mut Session,
    ids: &[kernel::LabelId],
    pointer: &'static str,
) -> Result<(), Refusal> {
    if ids.is_empty() {
        return Ok(());
    }
    if ids.len() > customers::label::MOST_LABELS {
        return Err(
            RuleRefusal::Invalid { field: pointer, detail: "names more labels than one thing can carry" }.into()
        );
    }
    let labels = customers::label::labels(session).await?;
    let there: BTreeSet<_> = labels.iter().filter(|label| !label.archived).map(|label| label.id).collect();
    match ids.iter().all(|id| there.contains(id)) {
        true => Ok(()),
        false => Err(RuleRefusal::Unknown(pointer).into()),
    }
}
