//! Why a change of a routing team was refused.

use kernel::{MemberId, Problem};

#[derive(Debug, thiserror::Error)]
pub enum TeamRefusal {
    #[error("another team is called so")]
    NameTaken,
    #[error("there are as many as there can be")]
    TooMany,
    #[error("it was changed by somebody else")]
    Changed { version: i64 },
    #[error("there is no member {0}")]
    UnknownMember(MemberId),
}

impl From<TeamRefusal> for Problem {
    fn from(refusal: TeamRefusal) -> Self {
        match refusal {
            TeamRefusal::NameTaken => Self::field("/name", "team.name_taken", "Another team is called so."),
            TeamRefusal::TooMany => Self::new(409, "team.too_many", "There are as many teams as there can be."),
            TeamRefusal::Changed { version } => {
                Self::new(409, "team.changed", "Somebody else changed this team. Look at it again.")
                    .with("version", version)
            }
            TeamRefusal::UnknownMember(id) => {
                Self::field("/member_ids", "unknown_member", format!("There is no member {id}."))
            }
        }
    }
}
