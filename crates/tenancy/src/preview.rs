//! A preview: the workspace as a role, a draft of a role or another member sees it, for somebody who may look at
//! roles (OWN-2). Nothing can be changed in it, and nobody sees more through it than as themselves.

use std::sync::Arc;

use kernel::{MemberId, PreviewId, SessionId};

use crate::{
    Access, Actor, Error, Grants, Permission, Reach, Role, SeatType, Session, Standing, args,
    database::statement::Text, raw, scope::Scope, standing::MemberStanding,
};

impl Scope {
    /// What this scope's own member sees through a preview it started in this session, for as long as it may look at
    /// roles and whoever it looks as is here.
    pub(crate) async fn seen_through(
        self,
        session: &mut Session,
        own: &MemberStanding,
        preview: PreviewId,
        of: SessionId,
    ) -> Result<Self, Error> {
        const PREVIEW: Text<'static> = raw!(
            "select label, seat_type, grants, subject_member from previews
             where workspace_id = $1 and id = $2 and session_id = $3 and membership_id = $4 and ended_at is null
                and expires_at > $5"
        );
        let now = session.now();
        if own.access().reach(Permission::RoleView) == Reach::None {
            return Err(Error::PreviewEnded);
        }
        let rows = session.query(PREVIEW, args![preview, of, own.member.id, now]).await?;
        let mut row = rows.into_iter().next().ok_or(Error::PreviewEnded)?;
        if let Some(subject) = row.take::<Option<MemberId>>(3)? {
            let subject = session.standing_of(subject).await?;
            if !subject.is_active() {
                return Err(Error::PreviewEnded);
            }
            let access = subject.access().seen_by(own.access(), subject.member.id != own.member.id);
            let teams = subject.teams().clone();
            return Ok(Self { teams, ..self.looking(access, Some(Actor::Member(subject.member))) });
        }
        let (label, seat, grants): (String, String, String) = (row.take(0)?, row.take(1)?, row.take(2)?);
        let seat_type = SeatType::parse(&seat).ok_or_else(|| Error::Corrupt(format!("seat type {seat:?}")))?;
        let role = Role::of_grants(label, seat_type, Grants::from_json(&grants)?);
        let standing = Standing { role: &role, sets: &[], seat_type, is_owner: false, ..own.facts() };
        let access = Access::of(&standing).seen_by(own.access(), false);
        Ok(self.looking(access, None))
    }

    fn looking(self, access: Access, as_actor: Option<Actor>) -> Self {
        let looker = self.actor.clone();
        let actor = as_actor.map_or_else(|| looker.clone(), Arc::new);
        Self { access: Some(Arc::new(access)), actor, looker: Some(looker), was_idle: false, ..self }
    }
}
