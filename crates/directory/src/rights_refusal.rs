//! Why a change of roles, permission sets or the policy pack was refused.

use kernel::Problem;
use tenancy::{GrantError, Permission};

/// What carries grants: a role, or a permission set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carrier {
    Role,
    PermissionSet,
}

#[derive(Debug, thiserror::Error)]
pub enum RightsRefusal {
    #[error("the pack's roles never change")]
    Builtin,
    #[error("nobody changes what they hold themselves")]
    HeldByOneself(Carrier),
    #[error("somebody who stands above holds it")]
    HeldAbove(Carrier),
    /// The grant ceiling: nobody gives what they do not hold (INV-13).
    #[error("{} reaches further than its giver", .0.name())]
    AboveOwn(Permission),
    #[error("a rank lies from 1 to the highest that one could give")]
    Rank { highest: i64 },
    #[error("another {0:?} is called so")]
    LabelTaken(Carrier),
    #[error("there is no role {0:?} to begin with")]
    UnknownBase(String),
    #[error(transparent)]
    Grant(#[from] GrantError),
    #[error("a collaborator's seat never holds {}", .0.name())]
    BeyondSeat(Permission),
    #[error("it was changed by somebody else")]
    Changed { carrier: Carrier, version: i64 },
    #[error("{members} members and {invitations} invitations have the role")]
    InUse { members: i64, invitations: i64 },
    #[error("nobody could manage roles then")]
    LastManager,
    #[error("there are as many as there can be")]
    TooMany(Carrier),
    #[error("the role {0:?} cannot become {1:?}")]
    RoleMap(String, String),
    #[error("the workspace's own role {0:?} is called like one of the pack")]
    PackLabelTaken(String),
    /// Who switches gains nothing by it, but for the owner.
    #[error("the switch would give its actor {}", .0.name())]
    RaisesSelf(Permission),
    #[error("the switch would put its actor above others")]
    RaisesOwnRank,
}

impl From<RightsRefusal> for Problem {
    fn from(refusal: RightsRefusal) -> Self {
        use Carrier::{PermissionSet, Role};
        match refusal {
            RightsRefusal::Builtin => Self::new(
                409,
                "role.builtin",
                "The roles of the policy pack do not change. Make a role of your own from it and change that.",
            ),
            RightsRefusal::HeldByOneself(Role) => {
                Self::new(409, "role.own", "Nobody changes the role they have. Ask a colleague.")
            }
            RightsRefusal::HeldByOneself(PermissionSet) => {
                Self::new(409, "permission_set.own", "Nobody changes a permission set they have. Ask a colleague.")
            }
            RightsRefusal::HeldAbove(Role) => by_rank("role.above_own_rank", "This role stands above yours."),
            RightsRefusal::HeldAbove(PermissionSet) => {
                by_rank("permission_set.above_own_rank", "Somebody who stands above you has this permission set.")
            }
            RightsRefusal::AboveOwn(permission) => {
                Self::new(403, "role.above_own", format!("You can give no more than you hold: {}.", permission.name()))
                    .with("permission", permission.name())
                    .with("decided_by", "role")
            }
            RightsRefusal::Rank { highest } => Self::field(
                "/rank",
                "out_of_range",
                format!("A rank lies from 1 to the highest that you can give, {highest}."),
            ),
            RightsRefusal::LabelTaken(_) => Self::field("/label", "label_taken", "Another one is called so already."),
            RightsRefusal::UnknownBase(key) => {
                Self::field("/base_role_key", "unknown_role", format!("There is no role {key:?}."))
            }
            RightsRefusal::Grant(error) => {
                let (name, code) = match &error {
                    GrantError::UnknownPermission(name) => (name.as_str(), "unknown_permission"),
                    GrantError::BadReach { permission, .. } => (*permission, "bad_reach"),
                };
                of_grant(name, code, error.to_string())
            }
            RightsRefusal::BeyondSeat(permission) => {
                of_grant(permission.name(), "beyond_seat", "A collaborator's seat never holds this.".into())
            }
            RightsRefusal::Changed { carrier, version } => {
                let code = if carrier == Role { "role.changed" } else { "permission_set.changed" };
                Self::new(409, code, "Somebody changed this meanwhile. Look at it again.").with("version", version)
            }
            RightsRefusal::InUse { members, invitations } => {
                let told = format!("{members} members and {invitations} open invitations have this role.");
                Self::new(409, "role.in_use", told).with("members", members).with("invitations", invitations)
            }
            RightsRefusal::LastManager => Self::new(
                409,
                "role.last_manager",
                "Nobody could manage roles then. Give somebody else a role that can, first.",
            ),
            RightsRefusal::TooMany(Role) => Self::new(409, "role.too_many", "A workspace has at most 100 own roles."),
            RightsRefusal::TooMany(PermissionSet) => {
                Self::new(409, "permission_set.too_many", "A workspace has at most 100 permission sets.")
            }
            RightsRefusal::RoleMap(from, to) => Self::field(
                format!("/role_map/{from}"),
                "unknown_role",
                format!("The role {from:?} cannot become {to:?} there."),
            ),
            RightsRefusal::PackLabelTaken(label) => Self::new(
                409,
                "policy_pack.label_taken",
                format!("Your own role {label:?} is called like a role of this pack. Give it another name first."),
            )
            .with("label", label),
            RightsRefusal::RaisesSelf(permission) => {
                Self::new(403, "policy_pack.raises_self", "This would give yourself more than you hold. Ask the owner.")
                    .with("permission", permission.name())
                    .with("decided_by", "role")
            }
            RightsRefusal::RaisesOwnRank => by_rank(
                "policy_pack.raises_self",
                "This would put you above people who stand above you now. Ask the owner.",
            ),
        }
    }
}

fn by_rank(code: &'static str, detail: &str) -> Problem {
    Problem::new(403, code, detail).with("permission", Permission::RoleManage.name()).with("decided_by", "role")
}

/// A fault in the map of grants, at its permission.
fn of_grant(permission: &str, code: &'static str, detail: String) -> Problem {
    Problem::field(format!("/grants/{}", permission.replace('~', "~0").replace('/', "~1")), code, detail)
}
