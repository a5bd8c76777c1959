//! The routing teams of a member, as its membership keeps them: read on entry with everything else, so that what a
//! member sees of the queues costs no further query.

use std::sync::Arc;

use kernel::{MemberId, TeamId};
use uuid::Uuid;

use crate::{Error, Work, args, raw};

/// Ids with commas between them.
pub(crate) fn read(text: &str) -> Result<Arc<[TeamId]>, Error> {
    let ids = text.split(',').filter(|id| !id.is_empty());
    ids.map(|id| id.parse().map_err(|_| Error::Corrupt(format!("the teams {text:?}")))).collect()
}

fn written(teams: &[TeamId]) -> String {
    let mut ids: Vec<_> = teams.iter().map(|team| Uuid::from(*team)).collect();
    ids.sort_unstable();
    ids.iter().map(Uuid::to_string).collect::<Vec<_>>().join(",")
}

impl Work {
    /// Notes in which teams a member works now. Its requests and open streams look again, because it sees other queues.
    ///
    /// # Errors
    /// The database refuses or cannot answer.
    pub async fn set_teams(&mut self, member: MemberId, teams: &[TeamId]) -> Result<(), Error> {
        let text = raw!("update memberships set teams = $3 where workspace_id = $1 and id = $2");
        self.execute(text, args![member, written(teams)]).await?;
        self.rights_change().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn teams_are_read_as_they_were_written() {
        let teams = [TeamId(Uuid::from_u128(2)), TeamId(Uuid::from_u128(1))];
        let read = read(&written(&teams)).expect("ids");
        assert_eq!(*read, [teams[1], teams[0]]);
        assert!(super::read("").expect("none").is_empty());
        assert!(super::read("support").is_err());
    }
}
