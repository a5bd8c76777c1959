//! What waits for a human, as one member sees it: for whoever is reminded of it.

use tenancy::{Composed, Error, Session, args, part, sql};
use uuid::Uuid;

use crate::{MOST_UNREAD, Visibility};

/// Open conversations whose customer waits for an answer, each at most [`MOST_UNREAD`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Waiting {
    /// The member's own.
    pub mine: i64,
    /// Nobody's, in the queues that the member sees.
    pub unassigned: i64,
}

impl Waiting {
    pub const fn is_empty(self) -> bool {
        self.mine == 0 && self.unassigned == 0
    }
}

/// What waits, as the session's actor sees it.
///
/// # Errors
/// The database cannot answer.
pub async fn waiting(session: &mut Session) -> Result<Waiting, Error> {
    let me = session.viewer().member.map_or(Uuid::nil(), Uuid::from);
    let mut mine = waiting_conversations();
    mine.push(part!("and c.assignee_id = ?"), args![me]);
    let mut unassigned = waiting_conversations();
    unassigned.push(part!("and c.assignee_id is null"), &[]);
    Ok(Waiting { mine: count(session, mine).await?, unassigned: count(session, unassigned).await? })
}

fn waiting_conversations() -> Composed {
    let text = sql!(
        "select c.id from conversations c
         where c.workspace_id = $1 and c.status = 'open' and c.waiting_since is not null"
    );
    Composed::new(text, &[])
}

async fn count(session: &mut Session, mut query: Composed) -> Result<i64, Error> {
    Visibility::of(session).narrow(&mut query).push(part!("limit ?"), args![MOST_UNREAD]);
    Ok(session.list(&query).await?.len() as i64)
}
