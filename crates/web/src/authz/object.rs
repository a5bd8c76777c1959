//! Things that an explanation can be asked about, looked at as the member in question would find them: through the
//! visibility and by the rules of the operations on them.

use std::str::FromStr;

use customers::masking::Exposure;
use directory::{Authority, Stand};
use kernel::{BusinessId, ConversationId, CustomerId, MemberId, Problem};
use tenancy::{Ability, Error, Permission, Relation, Session};

use crate::members::view::ABILITIES;

/// A thing, as `kind:id` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Object {
    Conversation(ConversationId),
    Customer(CustomerId),
    Business(BusinessId),
    Member(MemberId),
}

impl FromStr for Object {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (kind, id) = text.split_once(':').ok_or(())?;
        let object = match kind {
            "conversation" => id.parse().map(Self::Conversation),
            "customer" => id.parse().map(Self::Customer),
            "business" => id.parse().map(Self::Business),
            "member" => id.parse().map(Self::Member),
            _ => return Err(()),
        };
        object.map_err(drop)
    }
}

impl Object {
    /// Whether it can be said whose the thing is for this permission; where nothing is one's own anything will do.
    pub fn fits(self, permission: Permission) -> bool {
        let noun = permission.name().split_once('.').map_or("", |(noun, _)| noun);
        permission.relation() == Relation::Nobody
            || match self {
                Self::Conversation(_) => noun == "conversation",
                Self::Customer(_) => ["customer", "outreach"].contains(&noun),
                Self::Business(_) => noun == "business",
                Self::Member(_) => ["member", "availability"].contains(&noun),
            }
    }

    /// Refuses what the session's actor cannot see.
    ///
    /// # Errors
    /// Not found, or the database cannot answer.
    pub async fn must_be_seen(self, session: &mut Session) -> Result<(), Problem> {
        if let Self::Member(id) = self {
            let (me, members) = (session.viewer().member, session.viewer().ability(Permission::MemberView, false));
            if me != Some(id) && members != Ability::Yes {
                return Err(Error::NotFound.into());
            }
        }
        self.seen(session, None).await?.map(drop).ok_or_else(|| Error::NotFound.into())
    }

    /// How the thing stands to the session's actor under a permission.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn stand(self, session: &mut Session, permission: Permission) -> Result<Stand, Problem> {
        Ok(self.seen(session, Some(permission)).await?.unwrap_or(Stand::OutOfSight))
    }

    /// `None` for what is out of sight. Without a permission nothing is one's own.
    async fn seen(self, session: &mut Session, permission: Option<Permission>) -> Result<Option<Stand>, Problem> {
        let viewer = session.viewer();
        let is_own = |rule: &dyn Fn(Permission) -> bool| permission.is_some_and(rule);
        let stand = match self {
            Self::Conversation(id) => {
                let conversation = found(conversations::show(session, id).await)?;
                conversation.map(|it| (is_own(&|permission| it.is_own(permission, &viewer)), None))
            }
            Self::Customer(id) => {
                let edits = permission == Some(Permission::CustomerEdit);
                let customer = found(customers::show(session, id).await)?;
                customer.map(|it| {
                    let masked = edits && it.exposure(&viewer) != Exposure::Clear;
                    (is_own(&|permission| it.is_own(permission, &viewer)), masked.then_some("masked"))
                })
            }
            Self::Business(id) => {
                let business = found(directory::business(session, id).await)?;
                business.map(|it| (is_own(&|_| it.is_own(&viewer)), None))
            }
            Self::Member(id) => {
                let member = found(directory::member(session, id).await)?.filter(|member| !member.status.is_ended());
                match (member, permission.filter(|permission| ABILITIES.contains(permission))) {
                    (Some(member), Some(permission)) => {
                        let ability = Authority::of(session).await?.ability(permission, &member);
                        let bar = if let Ability::Barred(rule) = ability { Some(rule) } else { None };
                        Some((viewer.member == Some(id), bar))
                    }
                    (member, _) => member.map(|_| (viewer.member == Some(id), None)),
                }
            }
        };
        Ok(stand.map(|(own, bar)| Stand::Seen { own, bar }))
    }
}

/// What is out of sight is not there; anything else that went wrong did.
fn found<T, E: Into<Problem>>(outcome: Result<T, E>) -> Result<Option<T>, Problem> {
    match outcome.map_err(Into::into) {
        Ok(found) => Ok(Some(found)),
        Err(problem) if problem.status == 404 => Ok(None),
        Err(problem) => Err(problem),
    }
}
