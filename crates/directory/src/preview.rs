//! Previews: a look at the workspace as a role, a draft of one or another member sees it (OWN-2). What is seen through
//! one is decided on entry, by `tenancy`; here they begin and end.

use std::{collections::BTreeMap, time::Duration};

use kernel::{MemberId, PreviewId, SessionId, Timestamp};
use serde::Serialize;
use serde_json::json;
use tenancy::{
    Error, Event, Grants, MemberSelf, Permission, RightId, RoleView, SeatType, Session, Subject, Tx, args, sql,
};
use utoipa::ToSchema;

use crate::{Refusal, rights_refusal::RightsRefusal};

/// Long enough to walk through the whole workspace.
const LIFE: Duration = Duration::from_secs(30 * 60);

/// As whom one looks.
#[derive(Debug, Clone)]
pub enum Seen {
    Role(String),
    /// A role that is not there yet: another one, with these grants instead of its own (permission → reach).
    Draft {
        base: String,
        grants: BTreeMap<String, String>,
    },
    /// As they are: their role, their sets, their seat, what is their own.
    Member(MemberId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PreviewKind {
    Role,
    Draft,
    Member,
}

impl PreviewKind {
    const ALL: [Self; 3] = [Self::Role, Self::Draft, Self::Member];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Draft => "draft",
            Self::Member => "member",
        }
    }

    fn read(name: &str) -> Result<Self, Error> {
        let kind = Self::ALL.into_iter().find(|kind| kind.name() == name);
        kind.ok_or_else(|| Error::Corrupt(format!("kind of preview {name:?}")))
    }
}

#[derive(Debug, Clone)]
pub struct Preview {
    pub id: PreviewId,
    pub kind: PreviewKind,
    /// The role's or the member's name.
    pub label: String,
    pub seat_type: SeatType,
    pub expires_at: Timestamp,
}

/// Begins a preview that holds in the actor's own session and nowhere else.
///
/// # Errors
/// No such role, no such active member, or a grant that does not exist. Who looks as a member has to see members.
pub async fn start_preview(
    tx: &mut Tx<RoleView>,
    of: SessionId,
    seen: Seen,
    seat: Option<SeatType>,
) -> Result<Preview, Refusal> {
    let me = tx.viewer().member.ok_or(Error::NotFound)?;
    let roles = tx.roles().await?;
    let find = |key: &str| roles.get(key).ok_or_else(|| Refusal::UnknownRole(key.to_owned()));
    let (kind, label, usual_seat, grants, subject) = match seen {
        Seen::Role(key) => {
            let role = find(&key)?;
            (PreviewKind::Role, role.label.clone(), role.seat_type, role.grants.clone(), None)
        }
        Seen::Draft { base, grants } => {
            let role = roles.get(&base).ok_or(RightsRefusal::UnknownBase(base))?;
            let grants = role.grants.with(&grants).map_err(RightsRefusal::from)?;
            (PreviewKind::Draft, role.label.clone(), role.seat_type, grants, None)
        }
        Seen::Member(id) => {
            if let Some(decided_by) = tx.viewer().access.and_then(|access| access.decider(Permission::MemberView)) {
                return Err(Error::Forbidden { right: RightId::Catalogue(Permission::MemberView), decided_by }.into());
            }
            let standing = tx.standing_of(id).await?;
            if !standing.is_active() {
                return Err(Error::NotFound.into());
            }
            (PreviewKind::Member, standing.member.name, standing.member.seat_type, Grants::default(), Some(id))
        }
    };
    // A member's own seat says what they see.
    let seat_type = seat.filter(|_| subject.is_none()).unwrap_or(usual_seat);
    let (id, now): (PreviewId, _) = (tx.ids().next(), tx.now());
    let preview = Preview { id, kind, label, seat_type, expires_at: now.plus(LIFE) };
    let insert = sql!(
        "insert into previews (workspace_id, id, session_id, membership_id, kind, label, seat_type, grants,
            subject_member, started_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    let (kind, seat) = (preview.kind.name(), preview.seat_type.name());
    let values = args![id, of, me, kind, &preview.label, seat, grants.to_json(), subject, now, preview.expires_at];
    tx.run(insert, values).await?;
    let event = Event::new("preview.started", Subject::new("preview", id));
    tx.record(event.payload(json!({ "kind": kind, "member_id": subject, "expires_at": preview.expires_at })));
    Ok(preview)
}

/// Ends a preview that its own session began; whatever still looks through it is told. Ending it twice changes nothing.
///
/// # Errors
/// [`Error::NotFound`] when this session began none of this id.
pub async fn end_preview(tx: &mut Tx<MemberSelf>, of: SessionId, id: PreviewId) -> Result<(), Refusal> {
    let me = tx.viewer().member.ok_or(Error::NotFound)?;
    let find = sql!(
        "select ended_at from previews where workspace_id = $1 and id = $2 and session_id = $3 and membership_id = $4"
    );
    let mut row = tx.first(find, args![id, of, me]).await?.ok_or(Error::NotFound)?;
    if row.take::<Option<Timestamp>>(0)?.is_some() {
        return Ok(());
    }
    let end = sql!("update previews set ended_at = $3 where workspace_id = $1 and id = $2");
    let now = tx.now();
    tx.run(end, args![id, now]).await?;
    // Streams that look through it look again, and end.
    tx.rights_change().await?;
    tx.record(Event::new("preview.ended", Subject::new("preview", id)));
    Ok(())
}

/// What a preview shows, for whoever already looks through it.
///
/// # Errors
/// [`Error::PreviewEnded`] when there is none.
pub async fn looked_through(session: &mut Session, id: PreviewId) -> Result<Preview, Error> {
    let sql = sql!("select kind, label, seat_type, expires_at from previews where workspace_id = $1 and id = $2");
    let mut row = session.first(sql, args![id]).await?.ok_or(Error::PreviewEnded)?;
    let seat: String = row.take(2)?;
    Ok(Preview {
        id,
        kind: PreviewKind::read(&row.take::<String>(0)?)?,
        label: row.take(1)?,
        seat_type: SeatType::parse(&seat).ok_or_else(|| Error::Corrupt(format!("seat type {seat:?}")))?,
        expires_at: row.take(3)?,
    })
}
