//! What the rules are asked about: a conversation with its customer, and the clock at one moment.

use std::collections::{BTreeMap, BTreeSet};

use customers::label::label_ids;
use directory::Calendar;
use kernel::{ConversationId, CustomerId, MemberId, TeamId, Timestamp};
use tenancy::{Composed, Error, Row, Session, TenantSql, args, part, sql};

use super::{
    condition::{Known, KnownCustomer, Within},
    rule::RuleDraft,
};
use crate::Refusal;

/// Conversations as rules look at them, still to be narrowed. An address that nobody proved counts for nothing: whoever
/// types it into a form must not choose their queue by it.
const CASES: TenantSql = sql!(
    "select c.id, c.customer_id, cu.display_name, c.created_at, c.channel_id, c.business_id, c.label_ids,
        cu.label_ids, case when cu.email_claimed = 0 then cu.email else null end, cu.phone, cu.locale, cu.source,
        cu.identified
     from conversations c
     join customers cu on cu.workspace_id = c.workspace_id and cu.id = c.customer_id
     where c.workspace_id = $1"
);

/// A conversation to find a place for.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) conversation: ConversationId,
    pub(super) customer: CustomerId,
    pub(super) customer_name: String,
    pub(super) created_at: Timestamp,
    /// As known but for the clock.
    pub(super) known: Known,
}

pub(super) fn cases() -> Composed {
    Composed::new(CASES, &[])
}

pub(super) async fn case(session: &mut Session, id: ConversationId) -> Result<Case, Refusal> {
    let mut query = cases();
    query.push(part!("and c.id = ?"), args![id]);
    let row = session.list(&query).await?.pop().ok_or(Error::NotFound)?;
    Ok(read(row)?)
}

pub(super) fn read(mut row: Row) -> Result<Case, Error> {
    let mut labels: BTreeSet<_> = label_ids(&row.take::<String>(6)?)?.into_iter().collect();
    labels.extend(label_ids(&row.take::<String>(7)?)?);
    Ok(Case {
        conversation: row.take(0)?,
        customer: row.take(1)?,
        customer_name: row.take(2)?,
        created_at: row.take(3)?,
        known: Known {
            channel: row.take(4)?,
            business: row.take(5)?,
            labels,
            customer: KnownCustomer {
                email: row.take(8)?,
                phone: row.take(9)?,
                locale: row.take(10)?,
                source: row.take(11)?,
                identified: row.take(12)?,
            },
            escalation: None,
            in_business_hours: true,
            on_shift: BTreeSet::new(),
        },
    })
}

/// The clock, as far as some rules ask for it.
#[derive(Default)]
pub(super) struct Clock {
    calendar: Option<Calendar>,
    /// The members of the teams whose shifts are asked for.
    members: BTreeMap<TeamId, Vec<MemberId>>,
}

impl Clock {
    pub(super) async fn of(session: &mut Session, rules: impl Iterator<Item = &RuleDraft>) -> Result<Self, Error> {
        let asked: Vec<_> = rules.filter_map(|rule| rule.conditions.within).collect();
        if asked.is_empty() {
            return Ok(Self::default());
        }
        let calendar = Some(directory::calendar(session).await?);
        let mut members: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for within in asked {
            if let Within::ShiftOf(team) = within
                && !members.contains_key(&team)
            {
                members.insert(team, members_of(session, team).await?);
            }
        }
        Ok(Self { calendar, members })
    }

    /// What is known of a conversation at a moment.
    pub(super) fn at(&self, known: Known, at: Timestamp) -> Known {
        let Some(calendar) = &self.calendar else { return known };
        let staffed =
            self.members.iter().filter(|(team, members)| calendar.is_staffed(**team, members.iter().copied(), at));
        let on_shift = staffed.map(|(team, _)| *team).collect();
        Known { in_business_hours: calendar.is_open(at), on_shift, ..known }
    }
}

async fn members_of(session: &mut Session, team: TeamId) -> Result<Vec<MemberId>, Error> {
    let text = sql!("select member_id from team_members where workspace_id = $1 and team_id = $2");
    session.all(text, args![team]).await?.into_iter().map(|mut row| row.take(0)).collect()
}
