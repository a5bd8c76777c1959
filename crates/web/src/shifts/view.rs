//! How shifts are shown.

use std::collections::BTreeSet;

use directory::Shift;
use kernel::{DayOfWeek, ShiftId, TeamId, TimeOfDay, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::{Permission, Viewer};
use utoipa::{IntoParams, ToSchema};

use crate::{conversations::view::MemberRef, view::Can};

#[derive(Debug, Serialize, ToSchema)]
pub struct ShiftView {
    pub id: ShiftId,
    pub member: MemberRef,
    /// Null counts for all of the member's teams.
    #[schema(required)]
    pub team_id: Option<TeamId>,
    /// 1 is Monday.
    pub days: BTreeSet<DayOfWeek>,
    /// By the wall clock of the workspace's zone.
    pub from: TimeOfDay,
    /// The first moment after it; of the next day where it is not after `from`.
    pub to: TimeOfDay,
    pub version: i64,
    pub can: Can,
}

/// There are few, so there are no pages.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShiftList {
    pub items: Vec<ShiftView>,
}

impl ShiftView {
    pub fn of(shift: Shift, viewer: &Viewer) -> Self {
        Self {
            id: shift.id,
            member: MemberRef::here(shift.member, shift.member_name),
            team_id: shift.team,
            days: shift.hours.days,
            from: shift.hours.from,
            to: shift.hours.to,
            version: shift.version,
            can: Can::new([(Permission::TeamManage, viewer.ability(Permission::TeamManage, false))]),
        }
    }
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Path)]
pub(crate) struct ShiftPath {
    #[serde(rename = "workspace_id")]
    #[param(rename = "workspace_id")]
    pub(crate) _workspace_id: WorkspaceId,
    pub(crate) shift_id: ShiftId,
}
