//! Entry, and what entry proves: a [`Scope`] says that this actor is in this workspace, a [`Grant`] that it holds
//! one particular right there.

use std::{marker::PhantomData, sync::Arc};

use kernel::{AccountId, MemberId, TeamId, WorkspaceId};

use crate::{
    Ability, Access, Actor, Error, InternalRight, Permission, Reach, Relation, Right, RightId, Vault,
    actor::{Credentials, Member, SignedIn},
    idempotency::{Asker, Keyed, Request},
    instance::Dues,
    transaction::{Room, Session, Tx, Work},
};

/// This actor is active in this workspace, with these effective permissions. Only the vault makes one.
#[derive(Clone)]
pub struct Scope {
    pub(crate) vault: Vault,
    pub(crate) workspace: WorkspaceId,
    pub(crate) actor: Arc<Actor>,
    pub(crate) access: Option<Arc<Access>>,
    pub(crate) teams: Arc<[TeamId]>,
    pub(crate) rights_version: i64,
    pub(crate) request: Option<Arc<Request>>,
    pub(crate) entered: Entered,
    /// Who really looks, where it is through a preview: nothing is changed in it.
    pub(crate) looker: Option<Arc<Actor>>,
    /// Its last-active moment is due to be written again.
    pub(crate) was_idle: bool,
}

/// How a scope was entered, to look again when rights changed in between.
#[derive(Clone)]
pub(crate) enum Entered {
    /// By an actor whose rights no role gives.
    Plainly,
    /// On behalf of a member, for what it asked for earlier.
    ForMember(AccountId),
    With(Credentials),
    /// As operator of the instance.
    AsOperator(SignedIn),
}

/// A [`Scope`] whose actor holds the right `P`, and how far it reaches. Only [`Scope::grant`] makes one.
pub struct Grant<P> {
    scope: Scope,
    reach: Reach,
    right: PhantomData<P>,
}

impl<P> Clone for Grant<P> {
    fn clone(&self) -> Self {
        Self { scope: self.scope.clone(), reach: self.reach, right: PhantomData }
    }
}

impl Scope {
    pub(crate) fn vault(&self) -> &Vault {
        &self.vault
    }

    pub fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The version of the workspace's rights that this entry stands on.
    pub fn rights_version(&self) -> i64 {
        self.rights_version
    }

    /// Whether the actor looks through a preview.
    pub fn is_preview(&self) -> bool {
        self.looker.is_some()
    }

    /// Who answers for what is done here: the actor, unless somebody else looks as them.
    pub(crate) fn answerable(&self) -> &Actor {
        self.looker.as_ref().unwrap_or(&self.actor)
    }

    pub fn member(&self) -> Option<&Member> {
        match &*self.actor {
            Actor::Member(member) => Some(member),
            _ => None,
        }
    }

    /// The member's effective permissions; `None` for actors that hold internal rights only.
    pub fn access(&self) -> Option<&Arc<Access>> {
        self.access.as_ref()
    }

    /// # Errors
    /// [`Error::Forbidden`] with what decided.
    pub fn grant<P: Right>(&self) -> Result<Grant<P>, Error> {
        let reach = self.reach(P::RIGHT)?;
        Ok(Grant { scope: self.clone(), reach, right: PhantomData })
    }

    fn reach(&self, right: RightId) -> Result<Reach, Error> {
        reach(&self.actor, self.access.as_deref(), right)
    }

    /// A preview changes nothing, and what comes close to owning the workspace takes a fresh proof.
    fn may_change<P: Right>(&self) -> Result<(), Error> {
        if self.is_preview() {
            return Err(Error::PreviewReadOnly);
        }
        match (&self.entered, P::RIGHT) {
            (Entered::With(Credentials::Account(person)), RightId::Catalogue(permission))
                if permission.is_owner_equivalent() =>
            {
                self.vault.must_be_fresh(person)
            }
            (Entered::AsOperator(person), _) => self.vault.must_be_fresh(person),
            _ => Ok(()),
        }
    }

    /// The request this entry serves carried an Idempotency-Key.
    #[must_use]
    pub fn for_request(mut self, request: Request) -> Self {
        self.request = Some(Arc::new(request));
        self
    }

    fn keyed(&self) -> Option<Keyed> {
        let asker = || Asker::Actor { workspace: self.workspace, actor: self.actor.key() };
        self.request.clone().map(|request| Keyed { asker: asker(), request })
    }

    /// A new entry the same way, if who may do what has changed since this one.
    async fn again(&self, session: &mut Session) -> Result<Option<Self>, Error> {
        if let Entered::AsOperator(person) = &self.entered {
            return session.must_still_operate(person).await.map(|()| None);
        }
        if self.access.is_none() || session.rights_version(&self.entered).await? == self.rights_version {
            return Ok(None);
        }
        self.vault.enter_again(session, &self.entered, self.workspace).await
    }

    pub(crate) async fn read(&self) -> Result<Session, Error> {
        Ok(Session::reading(self.vault.database().read().await?, self.room()))
    }

    pub(crate) fn room(&self) -> Room {
        Room {
            vault: self.vault.clone(),
            workspace: self.workspace,
            actor: self.actor.clone(),
            access: self.access.clone(),
            teams: self.teams.clone(),
        }
    }
}

/// How far a right reaches for an actor with these permissions.
pub(crate) fn reach(actor: &Actor, access: Option<&Access>, right: RightId) -> Result<Reach, Error> {
    match right {
        RightId::Internal(internal) if actor.internal_rights().contains(&internal) => Ok(Reach::Any),
        // A member without it came with an API key.
        RightId::Internal(InternalRight::MemberSelf) if matches!(actor, Actor::Member(_)) => Err(Error::NotForKeys),
        RightId::Internal(_) => Err(Error::NotFound),
        RightId::Catalogue(permission) => {
            let access = access.ok_or(Error::NotFound)?;
            match access.decider(permission) {
                Some(decided_by) => Err(Error::Forbidden { right, decided_by }),
                None => Ok(access.reach(permission)),
            }
        }
    }
}

impl<P: Right> Grant<P> {
    /// How far the right reaches here; `Any` for internal rights.
    pub fn reach(&self) -> Reach {
        self.reach
    }

    pub fn scope(&self) -> &Scope {
        &self.scope
    }

    /// Reads on a snapshot.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn read(&self) -> Result<Session, Error> {
        self.scope.read().await
    }

    /// Opens a transaction of this workspace under this right. Rights that changed since entry are looked up again
    /// inside it (INV-12), as is whether the session or key has ended (INV-08), and a repeated request ends here with its
    /// first answer.
    ///
    /// # Errors
    /// The right was lost in between or takes a fresher proof of who one is, the session or key ended, this is a preview,
    /// the request was answered before, or the database cannot answer.
    pub async fn begin(&self) -> Result<Tx<P>, Error> {
        self.scope.may_change::<P>()?;
        let write = self.scope.vault.database().begin().await?;
        let mut work = Work::new(write, self.scope.room(), P::RIGHT, self.scope.keyed(), Dues::default());
        if let Err(refusal) = self.look_again(&mut work).await {
            // What refuses may stand in the same, not yet durable group.
            work.undo().await?;
            return Err(refusal);
        }
        Ok(Tx::new(work))
    }

    async fn look_again(&self, work: &mut Work) -> Result<(), Error> {
        if let Some(again) = self.scope.again(work.session()).await? {
            again.reach(P::RIGHT)?;
            work.enter_again(&again);
        }
        work.must_be_first().await
    }

    /// The same right as it stands now, for what goes on long after its entry.
    ///
    /// # Errors
    /// It was lost, the session or key ended, or the database cannot answer.
    pub async fn again(&self) -> Result<Self, Error> {
        let now = self.scope.again(&mut self.scope.read().await?).await?;
        now.map_or_else(|| Ok(self.clone()), |scope| scope.grant())
    }
}

/// What views need to know about who is looking; computed by the same code that enforces.
#[derive(Clone)]
pub struct Viewer {
    pub member: Option<MemberId>,
    pub access: Option<Arc<Access>>,
    /// The routing teams the member works in.
    pub teams: Arc<[TeamId]>,
}

impl Viewer {
    /// Whether the viewer can use `permission` on something that is or is not its own.
    pub fn ability(&self, permission: Permission, own: bool) -> Ability {
        match &self.access {
            Some(access) => access.ability_on(permission, own),
            None => Ability::No(crate::Decider::Role),
        }
    }

    pub fn reach(&self, permission: Permission) -> Reach {
        self.access.as_ref().map_or(Reach::None, |access| access.reach(permission))
    }

    /// What makes something the viewer's own for a permission, in the workspace's pack.
    pub fn relation(&self, permission: Permission) -> Relation {
        self.access.as_ref().map_or(Relation::Nobody, |access| access.relation(permission))
    }
}

impl Scope {
    pub fn viewer(&self) -> Viewer {
        Viewer { member: self.member().map(|member| member.id), access: self.access.clone(), teams: self.teams.clone() }
    }
}
