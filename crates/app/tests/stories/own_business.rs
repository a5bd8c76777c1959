//! T-B9, C27: where a pack says that a member works for its own businesses alone, the business's steward decides, at
//! the door, in `can` and in every stream.

use serde_json::{Value, json};

use super::workspaces::samples::literal;
use crate::support::{Person, SITE, Visitor, World, text_of};

/// A workspace of the pack in which members answer for their own businesses.
struct Shop {
    world: World,
    owner: Person,
    member: Person,
    other: Person,
    key: String,
}

impl Shop {
    fn open() -> Self {
        let world = World::new();
        let owner = world.sign_up("Olive");
        let made = owner.post("/api/v1/workspaces", json!({ "name": "Shop", "pack": "askusers" }));
        let made = match made.status {
            // An address that is not proven yet founds nothing further.
            403 => {
                let token = world.mailed(&owner.email, "/verify/");
                world.browser().post("/api/v1/email-verifications/complete", json!({ "token": token })).ok_with(204);
                owner.post("/api/v1/workspaces", json!({ "name": "Shop", "pack": "askusers" })).ok_with(201)
            }
            _ => made.ok_with(201),
        };
        let owner = owner.in_workspace(&text_of(&made["id"]));
        let member = world.join(&owner, "Max Member", "member");
        let other = world.join(&owner, "Mia Member", "member");
        let channel = owner.all("channels")[0].clone();
        let path = format!("channels/{}", text_of(&channel["id"]));
        owner.patch(&path, json!({ "allowed_origins": [SITE] })).ok();
        Self { key: text_of(&channel["public_key"]), world, owner, member, other }
    }

    /// Hands the shop's business to somebody.
    fn hand_to(&self, steward: &Person) {
        self.world.database.run(&format!(
            "update businesses set steward = {} where workspace_id = {}",
            literal(&steward.member),
            literal(&self.owner.workspace)
        ));
    }

    fn conversation(&self) -> String {
        Visitor::open(self.world.browser(), &self.key).says("Is it in stock?")
    }
}

fn may_reply(view: &Value) -> Value {
    view["can"]["conversation.reply"].clone()
}

#[test]
fn t_b9_rol_159_who_may_answer_for_own_businesses_only_answers_for_those_alone() {
    let shop = Shop::open();
    let conversation = shop.conversation();
    let path = format!("conversations/{conversation}/messages");
    let answer = |seen: i64| json!({ "text": "It is.", "seen_seq": seen });

    let refused = shop.member.post(&path, answer(1)).refused(403, "forbidden");
    assert_eq!((&refused["permission"], &refused["decided_by"]), (&json!("conversation.reply"), &json!("relation")));
    let shown = shop.member.get(&format!("conversations/{conversation}")).ok();
    assert_eq!(may_reply(&shown), json!("relation"), "it is seen, and not answered");

    shop.hand_to(&shop.member);
    shop.member.post(&path, answer(1)).ok_with(201);
    assert_eq!(may_reply(&shop.member.get(&format!("conversations/{conversation}")).ok()), json!(true));
    shop.member.put(&format!("conversations/{conversation}/status"), json!({ "status": "solved" })).ok();

    // Handed on, it is theirs no longer.
    shop.hand_to(&shop.other);
    shop.member.post(&path, answer(2)).refused(403, "forbidden");
    shop.member
        .put(&format!("conversations/{conversation}/status"), json!({ "status": "open" }))
        .refused(403, "forbidden");
    shop.other.post(&path, answer(2)).ok_with(201);
}

#[test]
fn t_b9_streams_of_two_members_of_one_role_tell_each_what_is_their_own() {
    let shop = Shop::open();
    shop.hand_to(&shop.member);
    let streams = [&shop.member, &shop.other].map(|person| (person, person.listen()));
    let conversation = shop.conversation();
    for (person, stream) in &streams {
        let told = stream.until(|frame| frame.data.pointer("/conversation/id") == Some(&json!(conversation))).data;
        let shown = person.get(&format!("conversations/{conversation}")).ok();
        assert_eq!(may_reply(&told["conversation"]), may_reply(&shown), "{}", person.name);
    }
}
