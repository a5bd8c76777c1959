//! Why hours, shifts, an availability or the inbox's settings were refused.

use kernel::{Date, Problem, ShiftId, WeekFault};

#[derive(Debug, thiserror::Error)]
pub enum HoursRefusal {
    #[error("a stretch of the week {0:?}")]
    Week(WeekFault),
    #[error("more stretches or holidays than there can be")]
    TooMany,
    #[error("{0} is a holiday twice")]
    HolidayTwice(Date),
    #[error("a shift needs days")]
    NoDays,
    #[error("a shift that ends where it starts")]
    EmptyShift,
    #[error("it overlaps the shift {0}")]
    ShiftOverlaps(ShiftId),
    #[error("the member works in no such team")]
    NotInTeam,
    #[error("there is no active member of this id")]
    UnknownMember,
    #[error("the moment has passed or is too far away")]
    Until,
}

impl From<HoursRefusal> for Problem {
    fn from(refusal: HoursRefusal) -> Self {
        match refusal {
            HoursRefusal::Week(WeekFault::Empty(place)) => {
                Self::field(format!("/weekly/{place}"), "hours.empty", "These hours end where they start.")
            }
            HoursRefusal::Week(WeekFault::Overlap(place)) => {
                Self::field(format!("/weekly/{place}"), "hours.overlap", "These hours overlap others of the week.")
            }
            HoursRefusal::TooMany => Self::new(422, "hours.too_many", "There are more entries than anybody can keep."),
            HoursRefusal::HolidayTwice(date) => {
                Self::field("/holidays", "holiday.twice", format!("{date} is in the list twice."))
            }
            HoursRefusal::NoDays => Self::field("/days", "shift.no_days", "Choose at least one day."),
            HoursRefusal::EmptyShift => Self::field("/to", "shift.empty", "The shift ends where it starts."),
            HoursRefusal::ShiftOverlaps(shift) => {
                Self::new(422, "shift.overlaps", "This person has another shift at that time.").with("shift_id", shift)
            }
            HoursRefusal::NotInTeam => Self::field("/team_id", "not_in_team", "This person does not work in the team."),
            HoursRefusal::UnknownMember => Self::field("/member_id", "unknown_member", "There is no such person here."),
            HoursRefusal::Until => Self::field("/until", "invalid_moment", "Choose a moment within the next year."),
        }
    }
}
