//! How a workspace's policy pack is shown, and what a switch would do.

use std::collections::BTreeMap;

use directory::{MemberMove, PackSwitch, PackWish, PolicyChange, RankMove, Refusal};
use kernel::MemberId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tenancy::{Localised, Pack, Permission, Policy, Vault};
use utoipa::ToSchema;

use crate::me::view::RoleRefView;

#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyPackView {
    pub id: String,
    pub title: String,
    pub version: i64,
    pub description: String,
    pub policies: Policy,
    /// Event kind → roles or concerned people who are told.
    pub notifications: BTreeMap<String, Vec<String>>,
    /// The labels that a workspace of this pack begins with.
    pub ready_labels: Vec<ReadyLabelView>,
    /// The switches of which own roles can be put together: each grants these permissions everywhere.
    pub toggles: BTreeMap<String, Vec<String>>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ReadyLabelView {
    pub key: String,
    /// Null for the label that is made for each member and carries their name.
    #[schema(required)]
    pub name: Option<LocalisedView>,
    /// What it tells the team.
    pub purpose: LocalisedView,
}

/// A text in the languages of the interface.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Localised)]
pub struct LocalisedView {
    pub en: String,
    pub es: String,
}

impl From<&Localised> for LocalisedView {
    fn from(text: &Localised) -> Self {
        Self { en: text.en.clone(), es: text.es.clone() }
    }
}

impl From<&Pack> for PolicyPackView {
    fn from(pack: &Pack) -> Self {
        let label = |label: &tenancy::ReadyLabel| ReadyLabelView {
            key: label.key.clone(),
            name: label.name.as_ref().map(LocalisedView::from),
            purpose: (&label.purpose).into(),
        };
        let toggle = |(key, permissions): (&String, &Vec<Permission>)| {
            (key.clone(), permissions.iter().map(|permission| permission.name().to_owned()).collect())
        };
        Self {
            id: pack.id.clone(),
            title: pack.title.clone(),
            version: pack.version,
            description: pack.description.clone(),
            policies: pack.policy.clone(),
            notifications: pack.notifications.clone(),
            ready_labels: pack.ready_labels().iter().map(label).collect(),
            toggles: pack.toggles.iter().map(toggle).collect(),
        }
    }
}

/// The pack to switch to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PolicyPackPut {
    pack: String,
    /// The newest unless said otherwise.
    #[schema(nullable = false)]
    version: Option<i64>,
    /// What shall become of roles, where it is not as the preview proposes: old key → new key.
    #[serde(default)]
    role_map: BTreeMap<String, String>,
}

impl PolicyPackPut {
    pub(super) async fn wish(self, vault: &Vault) -> Result<PackWish, Refusal> {
        let pack = directory::known_pack(vault, &self.pack, self.version).await?;
        Ok(PackWish { pack, role_map: self.role_map })
    }
}

/// What a switch would do.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyPackSwitch {
    pub pack: String,
    pub version: i64,
    /// Old key → new key, for every role of the pack; the workspace's own roles stay.
    pub role_map: BTreeMap<String, String>,
    /// Everybody whose membership has not ended, longest there first.
    pub members: Vec<MemberSwitch>,
    /// Own roles that come down to the highest role that the new pack hands out.
    pub ranks_lowered: Vec<RankLowered>,
    pub policies_changed: Vec<PolicyChanged>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct MemberSwitch {
    pub member_id: MemberId,
    pub name: String,
    pub from_role: RoleRefView,
    pub to_role: RoleRefView,
    /// Permissions that would reach further, or something else.
    pub gains: Vec<&'static str>,
    /// Permissions that would reach less, or something else.
    pub losses: Vec<&'static str>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct RankLowered {
    pub role: RoleRefView,
    pub from: i64,
    pub to: i64,
}

/// A policy that would be another one.
#[derive(Debug, Serialize, ToSchema)]
pub struct PolicyChanged {
    pub policy: String,
    /// As the policies of a pack show it; null where the pack does not say.
    #[schema(value_type = Object)]
    pub from: Value,
    #[schema(value_type = Object)]
    pub to: Value,
}

impl From<PackSwitch> for PolicyPackSwitch {
    fn from(switch: PackSwitch) -> Self {
        Self {
            pack: switch.pack.id.clone(),
            version: switch.pack.version,
            role_map: switch.role_map,
            members: switch.members.into_iter().map(MemberSwitch::from).collect(),
            ranks_lowered: switch.ranks.into_iter().map(RankLowered::from).collect(),
            policies_changed: switch.policies.into_iter().map(PolicyChanged::from).collect(),
        }
    }
}

impl From<MemberMove> for MemberSwitch {
    fn from(moved: MemberMove) -> Self {
        let names = |permissions: Vec<Permission>| permissions.into_iter().map(Permission::name).collect();
        Self {
            member_id: moved.member,
            name: moved.name,
            from_role: moved.from.into(),
            to_role: moved.to.into(),
            gains: names(moved.difference.gains),
            losses: names(moved.difference.losses),
        }
    }
}

impl From<RankMove> for RankLowered {
    fn from(moved: RankMove) -> Self {
        Self { role: moved.role.into(), from: moved.from, to: moved.to }
    }
}

impl From<PolicyChange> for PolicyChanged {
    fn from(change: PolicyChange) -> Self {
        Self { policy: change.policy, from: change.from, to: change.to }
    }
}
