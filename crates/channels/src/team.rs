//! What the chat tells visitors of the people behind it: a few first names, and whether somebody is there.

use std::time::Duration;

use kernel::Timestamp;
use tenancy::{Error, Permission, Reach, Session, args, sql};

/// Who acted this recently is there; the moment itself is written every five minutes.
const THERE: Duration = Duration::from_secs(10 * 60);
const SHOWN: usize = 3;
/// Among so many who were last active there are some who answer.
const LOOKED_AT: i64 = 50;

/// One of the people who answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamMember {
    /// The first name alone: visitors are strangers.
    pub name: String,
    pub initials: String,
}

/// The people behind a chat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    pub members: Vec<TeamMember>,
    pub online: bool,
}

/// The three members who answer customers, by role and seat, and were last active.
///
/// # Errors
/// The database cannot answer.
pub async fn team(session: &mut Session) -> Result<Team, Error> {
    let text = sql!(
        "select coalesce(m.display_name, a.name), m.last_active_at, m.role_key from memberships m
         join accounts a on a.id = m.account_id
         where m.workspace_id = $1 and m.status = 'active' and m.seat_type = 'full'
         order by coalesce(m.last_active_at, 0) desc, m.joined_at, m.id limit $2"
    );
    let roles = session.roles().await?;
    let since = session.now().minus(THERE);
    let mut team = Team { members: Vec::new(), online: false };
    for mut row in session.all(text, args![LOOKED_AT]).await? {
        let (name, active): (String, Option<Timestamp>) = (row.take(0)?, row.take(1)?);
        let role: String = row.take(2)?;
        let answers = roles.get(&role).is_some_and(|role| role.grant(Permission::ConversationReply) != Reach::None);
        if team.members.len() < SHOWN && answers {
            team.online |= active.is_some_and(|active| active >= since);
            team.members.push(TeamMember::of(&name));
        }
    }
    Ok(team)
}

impl TeamMember {
    fn of(name: &str) -> Self {
        let mut words = name.split_whitespace();
        let first = words.next().unwrap_or_default();
        let initial = |word: &str| word.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
        let initials = initial(first) + &words.next_back().map(initial).unwrap_or_default();
        Self { name: first.to_owned(), initials }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stranger_learns_a_first_name() {
        let ann = TeamMember::of("ann maria owner");
        assert_eq!((ann.name.as_str(), ann.initials.as_str()), ("ann", "AO"));
        assert_eq!(TeamMember::of("Bo").initials, "B");
    }
}
