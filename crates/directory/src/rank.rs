//! Who may touch whom: nobody the owner, nobody who stands above them, and nobody so that roles are left without a
//! manager (INV-04, INV-13). What `can` tells and what an operation refuses are decided here alike.

use kernel::MemberId;
use tenancy::{Ability, Access, Error, MemberStanding, Permission, Reach, Right, RightId, Session, Tx, Viewer, sql};

use crate::{
    Member, Refusal,
    ceiling::{GrantCeiling, without_limits},
};

/// Why something cannot be done to a particular member, whatever one's right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bar {
    /// The owner stays what they are until they hand over.
    Owner,
    Oneself,
    /// They stand above.
    Rank,
    /// Nobody else could manage roles then.
    LastManager,
    /// They are not here at the moment.
    Inactive,
}

impl Bar {
    pub const ALL: [Self; 5] = [Self::Owner, Self::Oneself, Self::Rank, Self::LastManager, Self::Inactive];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Oneself => "self",
            Self::Rank => "rank",
            Self::LastManager => "last_manager",
            Self::Inactive => "inactive",
        }
    }
}

/// A member who acts on other members, and how they stand.
pub struct Authority {
    viewer: Viewer,
    ceiling: GrantCeiling,
    /// The only active member who could manage roles, where there is just one beside the owner.
    sole_manager: Option<MemberId>,
}

impl Authority {
    /// The authority of the member who looks.
    ///
    /// # Errors
    /// The actor is no member, or the database cannot answer.
    pub async fn of(session: &mut Session) -> Result<Self, Refusal> {
        let ceiling = GrantCeiling::of_actor(session).await?;
        Ok(Self { viewer: session.viewer(), ceiling, sole_manager: sole_manager(session).await? })
    }

    /// The authority of the member who acts, under the lock that every change of rights takes: whoever lost the right
    /// just before is refused, and whoever would lose it waits.
    pub(crate) async fn take<P: Right>(tx: &mut Tx<P>) -> Result<Self, Refusal> {
        tx.rights_change().await?;
        let authority = Self::of(tx).await?;
        if !authority.standing().is_active() {
            return Err(Error::NotFound.into());
        }
        if let RightId::Catalogue(permission) = P::RIGHT {
            authority.must_hold(permission)?;
        }
        Ok(authority)
    }

    fn standing(&self) -> &MemberStanding {
        self.ceiling.giver()
    }

    /// Whose authority it is.
    pub fn id(&self) -> MemberId {
        self.standing().member.id
    }

    pub(crate) fn is_owner(&self) -> bool {
        self.standing().member.is_owner
    }

    pub(crate) fn is_sole_manager(&self, member: MemberId) -> bool {
        self.sole_manager == Some(member)
    }

    /// What the member could hand out.
    pub(crate) fn ceiling(&self) -> &GrantCeiling {
        &self.ceiling
    }

    /// Whether `permission` can be used on this member, as `can` tells it.
    pub fn ability(&self, permission: Permission, member: &Member) -> Ability {
        match self.viewer.ability(permission, member.id == self.id()) {
            Ability::Yes => self.bar(permission, member).map_or(Ability::Yes, |bar| Ability::Barred(bar.name())),
            no => no,
        }
    }

    /// Refuses what [`Authority::ability`] denies; the right itself was asked for at the door.
    pub(crate) fn must_reach(&self, permission: Permission, member: &Member) -> Result<(), Refusal> {
        if self.viewer.reach(permission) == Reach::Own && member.id != self.id() {
            return Err(Error::NotOwn { right: RightId::Catalogue(permission) }.into());
        }
        match self.bar(permission, member) {
            Some(bar) => Err(Refusal::Barred { bar, permission }),
            None => Ok(()),
        }
    }

    /// Refuses who does not hold a further right that a change takes.
    pub(crate) fn must_hold(&self, permission: Permission) -> Result<(), Refusal> {
        // By what they act with (a key may have been given less), and as they stand under the lock.
        let by = self.viewer.access.as_ref().and_then(|access| access.decider(permission));
        match by.or_else(|| self.standing().access().decider(permission)) {
            Some(decided_by) => Err(Error::Forbidden { right: RightId::Catalogue(permission), decided_by }.into()),
            None => Ok(()),
        }
    }

    fn bar(&self, permission: Permission, member: &Member) -> Option<Bar> {
        let oneself = member.id == self.id();
        let of_oneself = [Permission::MemberEdit, Permission::MemberResetPassword, Permission::SecurityManage];
        let exit = [Permission::MemberDeactivate, Permission::MemberRemove];
        if member.status.is_ended() {
            return Some(Bar::Inactive);
        }
        if oneself && of_oneself.contains(&permission) {
            return None;
        }
        if member.is_owner {
            return Some(Bar::Owner);
        }
        if oneself {
            return Some(Bar::Oneself);
        }
        if permission == Permission::WorkspaceTransferOwnership && !member.status.is_active() {
            return Some(Bar::Inactive);
        }
        if !self.is_owner() && !self.ceiling.may_touch(member.rank) {
            return Some(Bar::Rank);
        }
        (exit.contains(&permission) && self.is_sole_manager(member.id)).then_some(Bar::LastManager)
    }
}

/// The only active member who could manage roles, where the owner could not. The owner could in every pack and is out
/// of everybody's reach, so then nobody else has to be kept for it.
pub(crate) async fn sole_manager(session: &mut Session) -> Result<Option<MemberId>, Refusal> {
    let owner = sql!("select membership_id from workspace_owners where workspace_id = $1");
    let owner: MemberId = session.first(owner, &[]).await?.ok_or(Error::NotFound)?.take(0)?;
    if manages_roles(&without_limits(session.standing_of(owner).await?.facts())) {
        return Ok(None);
    }
    let everybody = session.standings().await?.into_iter().filter(MemberStanding::is_active);
    let mut managers = everybody.filter(|standing| manages_roles(&without_limits(standing.facts())));
    Ok(match (managers.next(), managers.next()) {
        (Some(only), None) => Some(only.member.id),
        _ => None,
    })
}

/// Before plan and state: who could manage roles again once they allow it counts.
pub(crate) fn manages_roles(access: &Access) -> bool {
    access.reach(Permission::RoleManage) != Reach::None
}
