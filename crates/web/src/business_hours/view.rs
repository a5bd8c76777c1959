//! How business hours are shown.

use directory::{BusinessHours, Holiday};
use kernel::{Stretch, Timestamp, Zone};
use serde::Serialize;
use tenancy::{Permission, Viewer};
use utoipa::ToSchema;

use crate::view::Can;

#[derive(Debug, Serialize, ToSchema)]
pub struct BusinessHoursView {
    pub timezone: Zone,
    /// Half-open, by the wall clock of the zone; without any the workspace is open all week.
    pub weekly: Vec<Stretch>,
    /// By day.
    pub holidays: Vec<Holiday>,
    /// Whether it is open at this moment.
    pub open_now: bool,
    pub can: Can,
}

impl BusinessHoursView {
    pub fn of(hours: BusinessHours, now: Timestamp, viewer: &Viewer) -> Self {
        let edit = Permission::WorkspaceEditSettings;
        Self {
            open_now: hours.is_open(now),
            weekly: hours.week.stretches().to_vec(),
            timezone: hours.zone,
            holidays: hours.holidays,
            can: Can::new([(edit, viewer.ability(edit, false))]),
        }
    }
}
