//! What members' roles were in other packs: two roles may become one, and a way back leads each to where they were.

use std::collections::HashMap;

use kernel::MemberId;
use tenancy::{Error, Session, Work, args, sql};

/// A role in an earlier pack, and what it became when the workspace left it.
#[derive(Debug, Clone)]
struct Former {
    pack: String,
    role: String,
    became: String,
}

/// By member, what was last left first.
pub(super) struct FormerRoles(HashMap<MemberId, Vec<Former>>);

impl FormerRoles {
    pub(super) async fn of(session: &mut Session) -> Result<Self, Error> {
        let sql = sql!(
            "select membership_id, pack, role_key, became from former_pack_roles where workspace_id = $1
             order by at desc"
        );
        let mut all: HashMap<MemberId, Vec<Former>> = HashMap::new();
        for mut row in session.all(sql, &[]).await? {
            let former = Former { pack: row.take(1)?, role: row.take(2)?, became: row.take(3)? };
            all.entry(row.take(0)?).or_default().push(former);
        }
        Ok(Self(all))
    }

    /// The role that the member had in a pack, if every role since then followed from it and nobody gave another.
    pub(super) fn role_in(&self, pack: &str, member: MemberId, role_now: &str) -> Option<&str> {
        let mut now = role_now;
        for former in self.0.get(&member)? {
            if former.became != now {
                return None;
            }
            if former.pack == pack {
                return Some(&former.role);
            }
            now = &former.role;
        }
        None
    }
}

/// Notes what a member's role was in the pack that is left, and what it becomes.
pub(super) async fn remember(
    work: &mut Work,
    member: MemberId,
    pack: &str,
    role: &str,
    became: &str,
) -> Result<(), Error> {
    let sql = sql!(
        "insert into former_pack_roles (workspace_id, membership_id, pack, role_key, became, at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (workspace_id, membership_id, pack)
            do update set role_key = excluded.role_key, became = excluded.became, at = excluded.at"
    );
    let now = work.now();
    work.run(sql, args![member, pack, role, became, now]).await.map(drop)
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn own_14_a_way_back_leads_back_unless_somebody_gave_another_role() {
        let member = MemberId(Uuid::from_u128(1));
        let former = |pack: &str, role: &str, became: &str| Former {
            pack: pack.into(),
            role: role.into(),
            became: became.into(),
        };
        let left = vec![former("second", "worker", "member"), former("first", "agent", "worker")];
        let roles = FormerRoles(HashMap::from([(member, left)]));
        assert_eq!(roles.role_in("second", member, "member"), Some("worker"));
        assert_eq!(roles.role_in("first", member, "member"), Some("agent"));
        assert_eq!(roles.role_in("first", member, "viewer"), None, "the role was changed since");
        assert_eq!(roles.role_in("third", member, "member"), None);
    }
}
