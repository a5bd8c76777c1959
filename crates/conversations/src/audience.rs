//! For whom something that members keep at hand is: oneself, a team, everybody.

use kernel::{MemberId, TeamId};
use serde::{Deserialize, Serialize};
use tenancy::{Composed, Error, Permission, Reach, RightId, Session, Work, args, part, sql};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Refusal, ToolRefusal};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ToolScope)]
pub enum AudienceKind {
    Personal,
    Team,
    Workspace,
}

/// Who finds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    Personal(MemberId),
    Team(TeamId),
    Workspace,
}

impl AudienceKind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Personal => "personal",
            Self::Team => "team",
            Self::Workspace => "workspace",
        }
    }

    /// What a change asks for, if it asks for another audience: a team that is named alone is meant as the scope.
    pub fn changed(scope: Option<Self>, team: Option<TeamId>) -> Option<(Self, Option<TeamId>)> {
        Some((scope.or(team.map(|_| Self::Team))?, team))
    }
}

impl Audience {
    /// The audience that a member asks for: they are its only one, it is one of their teams, or everybody.
    ///
    /// # Errors
    /// A team without the scope or the other way round, or one that is not theirs and not theirs to manage for.
    pub(crate) async fn wanted(
        session: &mut Session,
        kind: AudienceKind,
        team: Option<TeamId>,
        manage: Permission,
    ) -> Result<Self, Refusal> {
        let viewer = session.viewer();
        match (kind, team) {
            (AudienceKind::Personal, None) => Ok(Self::Personal(viewer.member.ok_or(Error::NotFound)?)),
            (AudienceKind::Workspace, None) => Ok(Self::Workspace),
            (AudienceKind::Team, Some(team)) => {
                let here = viewer.teams.contains(&team) || viewer.reach(manage) == Reach::Any;
                let lives = sql!("select 1 from teams where workspace_id = $1 and id = $2 and archived_at is null");
                match session.first(lives, args![team]).await? {
                    Some(_) if here => Ok(Self::Team(team)),
                    _ => Err(ToolRefusal::WrongScope.into()),
                }
            }
            _ => Err(ToolRefusal::WrongScope.into()),
        }
    }

    pub(crate) fn read(kind: &str, id: Uuid) -> Result<Self, Error> {
        match kind {
            "personal" => Ok(Self::Personal(id.into())),
            "team" => Ok(Self::Team(id.into())),
            "workspace" => Ok(Self::Workspace),
            kind => Err(Error::Corrupt(format!("scope {kind:?}"))),
        }
    }

    pub const fn kind(self) -> AudienceKind {
        match self {
            Self::Personal(_) => AudienceKind::Personal,
            Self::Team(_) => AudienceKind::Team,
            Self::Workspace => AudienceKind::Workspace,
        }
    }

    pub fn team(self) -> Option<TeamId> {
        match self {
            Self::Team(team) => Some(team),
            Self::Personal(_) | Self::Workspace => None,
        }
    }

    /// As it stands in `scope_id`.
    pub(crate) fn id(self) -> Uuid {
        match self {
            Self::Personal(member) => member.into(),
            Self::Team(team) => team.into(),
            Self::Workspace => Uuid::nil(),
        }
    }
}

/// Narrows a statement over tools `t` to what the session's actor finds: their own, their teams', everybody's, and the
/// teams' of the workspace for who manages all.
pub(crate) fn narrow<'a>(query: &'a mut Composed, session: &Session, manage: Permission) -> &'a mut Composed {
    let viewer = session.viewer();
    let mine = viewer.teams.iter().map(|team| Uuid::from(*team)).chain(viewer.member.map(Uuid::from));
    let ids: Vec<Uuid> = mine.chain([Uuid::nil()]).collect();
    query.push(part!("and (t.scope_id in ("), &[]).push_ids(&ids);
    match viewer.reach(manage) {
        Reach::Any => query.push(part!("or t.scope = 'team')"), &[]),
        _ => query.push(part!(")"), &[]),
    }
}

/// Refuses who may change only their own what somebody else made.
pub(crate) fn must_manage(work: &Work, manage: Permission, creator: MemberId) -> Result<(), Refusal> {
    match work.reach(manage) {
        Reach::Any => Ok(()),
        Reach::Own if work.viewer().member == Some(creator) => Ok(()),
        _ => Err(Error::NotOwn { right: RightId::Catalogue(manage) }.into()),
    }
}
