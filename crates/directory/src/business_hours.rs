//! When the workspace is open: its time zone, its weekly hours, and the days on which it is closed (AI-005).

use kernel::{Date, Line, Timestamp, Week, Zone};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use tenancy::{Error, Event, Session, Subject, Tx, WorkspaceEditSettings, args, sql};
use utoipa::ToSchema;

use crate::{HoursRefusal, Refusal};

/// More stretches in a week, or more holidays, nobody keeps apart.
const MOST_STRETCHES: usize = 70;
const MOST_HOLIDAYS: usize = 500;

/// What a workspace says of its hours. One that says nothing is in UTC and always open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BusinessHours {
    pub zone: Zone,
    /// Without any stretch the workspace is open all week.
    pub week: Week,
    /// By day.
    pub holidays: Vec<Holiday>,
}

/// A day on which the workspace is closed and no shift begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    pub date: Date,
    pub name: Line,
}

impl BusinessHours {
    pub fn is_open(&self, at: Timestamp) -> bool {
        match self.week.is_empty() {
            true => !self.is_holiday(self.zone.date(at)),
            false => self.week.holds(&self.zone, at, |date| self.is_holiday(date)),
        }
    }

    /// Whether nothing begins on this day.
    pub(crate) fn is_holiday(&self, date: Date) -> bool {
        self.holidays.binary_search_by_key(&date, |holiday| holiday.date).is_ok()
    }

    fn told(&self) -> Json {
        json!({ "timezone": self.zone, "weekly": self.week, "holidays": self.holidays })
    }
}

/// The hours of the session's workspace.
///
/// # Errors
/// The database cannot answer.
pub async fn business_hours(session: &mut Session) -> Result<BusinessHours, Error> {
    let hours = sql!("select timezone, weekly from business_hours where workspace_id = $1");
    let holidays = sql!("select day, name from holidays where workspace_id = $1 order by day");
    let Some(mut row) = session.first(hours, &[]).await? else { return Ok(BusinessHours::default()) };
    let stretches = serde_json::from_str(&row.take::<String>(1)?).map_err(|error| Error::Corrupt(error.to_string()))?;
    let week = Week::new(stretches).map_err(|fault| Error::Corrupt(format!("weekly hours: {fault:?}")))?;
    let mut said = BusinessHours { zone: text(row.take(0)?)?, week, holidays: Vec::new() };
    for mut row in session.all(holidays, &[]).await? {
        said.holidays.push(Holiday { date: text(row.take(0)?)?, name: text(row.take(1)?)? });
    }
    Ok(said)
}

fn text<T: TryFrom<String, Error = String>>(text: String) -> Result<T, Error> {
    T::try_from(text).map_err(Error::Corrupt)
}

/// Whether the workspace is open at a moment: half-open hours in its zone, and no holiday.
///
/// # Errors
/// The database cannot answer.
pub async fn is_open(session: &mut Session, at: Timestamp) -> Result<bool, Error> {
    Ok(business_hours(session).await?.is_open(at))
}

/// Says anew when the workspace is open, all of it at once.
///
/// # Errors
/// More stretches or holidays than there can be, or one day twice.
pub async fn set_business_hours(
    tx: &mut Tx<WorkspaceEditSettings>,
    mut after: BusinessHours,
) -> Result<BusinessHours, Refusal> {
    after.holidays.sort_by_key(|holiday| holiday.date);
    may_be(&after)?;
    let before = business_hours(tx).await?;
    let fields = [
        ("timezone", before.zone != after.zone),
        ("weekly", before.week != after.week),
        ("holidays", before.holidays != after.holidays),
    ];
    let fields: Vec<_> = fields.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect();
    if fields.is_empty() {
        return Ok(before);
    }
    let hours = sql!(
        "insert into business_hours (workspace_id, timezone, weekly) values ($1, $2, $3)
         on conflict (workspace_id) do update set timezone = excluded.timezone, weekly = excluded.weekly"
    );
    let weekly = serde_json::to_string(&after.week).map_err(|error| Error::Corrupt(error.to_string()))?;
    tx.run(hours, args![after.zone.to_string(), weekly]).await?;
    tx.run(sql!("delete from holidays where workspace_id = $1"), &[]).await?;
    let insert = sql!("insert into holidays (workspace_id, day, name) values ($1, $2, $3)");
    for holiday in &after.holidays {
        tx.run(insert, args![holiday.date.to_string(), &*holiday.name]).await?;
    }
    let event = Event::new("business_hours.updated", Subject::new("workspace", tx.workspace()));
    tx.record(event.payload(json!({ "fields": fields })).details(&before.told(), &after.told()));
    Ok(after)
}

/// `hours` has its holidays in their order.
fn may_be(hours: &BusinessHours) -> Result<(), HoursRefusal> {
    if hours.week.stretches().len() > MOST_STRETCHES || hours.holidays.len() > MOST_HOLIDAYS {
        return Err(HoursRefusal::TooMany);
    }
    match hours.holidays.windows(2).find(|pair| pair[0].date == pair[1].date) {
        Some(pair) => Err(HoursRefusal::HolidayTwice(pair[0].date)),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use kernel::Stretch;

    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("a moment")
    }

    #[test]
    fn ai_005_hours_are_half_open_and_holidays_are_closed() {
        let friday = r#"{"day":5,"from":"09:00","to":"18:00"}"#;
        let friday: Stretch = serde_json::from_str(friday).expect("a stretch");
        let holiday = r#"{"date":"2026-12-25","name":"Christmas"}"#;
        let hours = BusinessHours {
            zone: "Europe/Madrid".parse().expect("a zone"),
            week: Week::new(vec![friday]).expect("a week"),
            holidays: vec![serde_json::from_str(holiday).expect("a holiday")],
        };
        assert!(!hours.is_open(at("2026-12-18T07:59:59.999Z")) && hours.is_open(at("2026-12-18T08:00:00Z")));
        assert!(hours.is_open(at("2026-12-18T16:59:59.999Z")) && !hours.is_open(at("2026-12-18T17:00:00Z")));
        assert!(!hours.is_open(at("2026-12-25T12:00:00Z")), "a holiday");
        let always = BusinessHours { week: Week::default(), ..hours };
        assert!(always.is_open(at("2026-12-24T22:59:00Z")) && always.is_open(at("2026-12-20T03:00:00Z")));
        assert!(!always.is_open(at("2026-12-24T23:00:00Z")), "the holiday begins at midnight in Madrid");
    }
}
