//! Who of a team gets the next conversation (E5). Pure: the same candidates always give the same choice, so it is shown
//! by vectors and by ten thousand arrivals, without a database.

use kernel::{MemberId, Timestamp};

use super::eligibility::Skip;

/// A member of the team at the moment of the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub member: MemberId,
    /// Open conversations that the member has, in all teams together.
    pub load: i64,
    /// When this team last gave the member one by itself.
    pub last_assigned_at: Option<Timestamp>,
    /// Why the member is passed over; `None` for who is eligible.
    pub skip: Option<Skip>,
}

/// The first eligible one after the cursor, which is who was chosen last, in the order of the ring. Who was passed over
/// is not made up for: they are simply next in order (INV-29).
pub fn round_robin(ring: &[Candidate], cursor: Option<MemberId>) -> Option<MemberId> {
    let last = cursor.and_then(|cursor| ring.iter().position(|candidate| candidate.member == cursor));
    let (before, after) = ring.split_at(last.map_or(0, |last| last + 1));
    after.iter().chain(before).find(|candidate| candidate.skip.is_none()).map(|candidate| candidate.member)
}

/// The eligible one with the least in hand; among equals who was given one the longest ago (who never was, first), then
/// who comes first in the ring.
pub fn load_balanced(ring: &[Candidate]) -> Option<MemberId> {
    let eligible = ring.iter().filter(|candidate| candidate.skip.is_none());
    // `None` sorts before every moment, and of equals the first is taken.
    eligible.min_by_key(|candidate| (candidate.load, candidate.last_assigned_at)).map(|candidate| candidate.member)
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;
    use uuid::Uuid;

    use super::*;

    #[derive(Deserialize)]
    struct Vectors {
        round_robin: Vec<Turns>,
        load_balanced: Vec<Choice>,
    }

    #[derive(Deserialize)]
    struct Turns {
        name: String,
        ring: Vec<String>,
        eligible: Vec<Vec<String>>,
        picks: Vec<String>,
    }

    #[derive(Deserialize)]
    struct Choice {
        name: String,
        members: Vec<Loaded>,
        eligible: Vec<String>,
        pick: String,
    }

    #[derive(Deserialize)]
    struct Loaded {
        id: String,
        load: i64,
        last: i64,
    }

    fn vectors() -> Vectors {
        toml::from_str(include_str!("vectors.toml")).expect("the vectors")
    }

    fn member(name: &str) -> MemberId {
        MemberId(Uuid::from_u128(u128::from(name.as_bytes()[0])))
    }

    fn candidate(name: &str, eligible: &[String]) -> Candidate {
        let skip = (!eligible.iter().any(|one| one == name)).then_some(Skip::Away);
        Candidate { member: member(name), load: 0, last_assigned_at: None, skip }
    }

    #[test]
    fn inv_29_round_robin_chooses_as_the_vectors_say() {
        for Turns { name, ring, eligible, picks } in vectors().round_robin {
            let mut cursor = None;
            let mut picked = Vec::new();
            for eligible in eligible {
                let ring: Vec<_> = ring.iter().map(|one| candidate(one, &eligible)).collect();
                let pick = round_robin(&ring, cursor);
                cursor = pick.or(cursor);
                picked.push(pick);
            }
            let wanted: Vec<_> = picks.iter().map(|pick| (!pick.is_empty()).then(|| member(pick))).collect();
            assert_eq!(picked, wanted, "{name}");
        }
    }

    #[test]
    fn asg_016_load_balanced_chooses_as_the_vectors_say() {
        for Choice { name, members, eligible, pick } in vectors().load_balanced {
            let ring: Vec<_> = members
                .iter()
                .map(|Loaded { id, load, last }| Candidate {
                    load: *load,
                    last_assigned_at: (*last >= 0).then(|| Timestamp::from_millis(*last)),
                    ..candidate(id, &eligible)
                })
                .collect();
            assert_eq!(load_balanced(&ring), Some(member(&pick)), "{name}");
        }
    }

    #[test]
    fn a_cursor_that_left_the_ring_begins_it_again_and_full_equals_go_by_the_ring() {
        let all = ["A".to_owned(), "B".to_owned()];
        let ring: Vec<_> = all.iter().map(|name| candidate(name, &all)).collect();
        assert_eq!(round_robin(&ring, Some(member("X"))), Some(member("A")));
        assert_eq!(round_robin(&[], Some(member("A"))), None);
        assert_eq!(load_balanced(&ring), Some(member("A")));
        assert_eq!(load_balanced(&[]), None);
    }
}
