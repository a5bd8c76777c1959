//! What `rights.txt` says of conversations and customers happens at the doors: for every role of three packs that
//! differ in what is one's own, on one's own, on another's, on another team's, another workspace's and nobody's.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tenancy::Pack;

use super::{Operation, operations};
use crate::{
    stories::workspaces::samples,
    support::{PASSWORD, Person, SITE, Visitor, World, fresh_id, text_of},
};

const PAPER: &str = include_str!("../../../../rights.txt");
const RELATIONS: usize = 5;

/// `rights.txt`, as its reader understands it.
struct Paper {
    /// Word → what happens for each relation.
    legend: BTreeMap<&'static str, Vec<&'static str>>,
    /// Pack, operation, role → word.
    cells: BTreeMap<(&'static str, &'static str, &'static str), &'static str>,
}

impl Paper {
    fn read() -> Self {
        let (mut legend, mut cells) = (BTreeMap::new(), BTreeMap::new());
        let (mut pack, mut roles) = ("", Vec::new());
        for line in PAPER.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            match words[..] {
                ["##", id, _version] => pack = id,
                ["#", word, ref happens @ ..] if happens.len() >= RELATIONS => {
                    let happens = &happens[..RELATIONS];
                    if happens.iter().all(|what| ["yes", "403", "404"].contains(what)) {
                        legend.insert(word, happens.to_vec());
                    }
                }
                ["operation", "permission", "own", "is", ref keys @ ..] => roles = keys.to_vec(),
                [operation, _permission, _own, ref row @ ..] if row.len() == roles.len() => {
                    cells.extend(roles.iter().zip(row).map(|(role, word)| ((pack, operation, *role), *word)));
                }
                _ => {}
            }
        }
        Self { legend, cells }
    }

    fn says(&self, pack: &str, operation: &str, role: &str) -> &[&'static str] {
        let cell = self.cells.iter().find(|(place, _)| **place == (pack, operation, role));
        &self.legend[cell.unwrap_or_else(|| panic!("{operation} is not in the table of {pack}")).1]
    }
}

/// A workspace on a pack, with a member for every role.
struct Tenant<'a> {
    world: &'a World,
    /// Its name, too.
    pack: &'static str,
    owner: Person,
    /// By role; the owner first.
    people: Vec<(String, Person)>,
    channel_key: String,
}

/// A conversation and its customer.
#[derive(Clone)]
struct Thing {
    conversation: String,
    customer: String,
}

impl<'a> Tenant<'a> {
    fn on(world: &'a World, pack: &'static str) -> Self {
        let made = world.ann().post("/api/v1/workspaces", json!({ "name": pack, "pack": pack })).ok_with(201);
        let mut owner = world.ann().in_workspace(&text_of(&made["id"]));
        owner.member = text_of(&owner.all("members")[0]["id"]);
        let channel = owner.all("channels").remove(0);
        let allowed = json!({ "allowed_origins": [SITE] });
        owner.patch(&format!("channels/{}", text_of(&channel["id"])), allowed).ok();
        let shipped = Pack::shipped().into_iter().find(|shipped| shipped.id == pack).expect("a pack");
        let mut people = vec![(shipped.owner_role.clone(), owner.clone())];
        for role in shipped.roles.iter().filter(|role| role.key != shipped.owner_role) {
            people.push((role.key.clone(), joined(world, &owner, &role.key, role.seat_type.name())));
        }
        Self { world, pack, owner, people, channel_key: text_of(&channel["public_key"]) }
    }

    /// A new conversation that stands in this relation to a member; the last two are no things of the workspace.
    fn thing(&self, relation: usize, member: &Person) -> Thing {
        let absent = || Thing { conversation: fresh_id(), customer: fresh_id() };
        match relation {
            0 => self.own(member),
            1 => self.anothers(member),
            2 => self.another_teams(),
            3 => self.another_workspaces(),
            _ => absent(),
        }
    }

    fn own(&self, member: &Person) -> Thing {
        self.belongs_to(member);
        let thing = self.written();
        // Who can be given no conversations has none of their own: it waits for everybody then.
        let _ = self.assign(&thing, member);
        thing
    }

    fn anothers(&self, member: &Person) -> Thing {
        self.belongs_to(&self.owner);
        let thing = self.written();
        let others = self.people.iter().map(|(_, other)| other).filter(|other| other.member != member.member);
        assert!(others.into_iter().any(|other| self.assign(&thing, other)), "nobody could be given it");
        thing
    }

    /// In the queue of a team: the members are in none.
    fn another_teams(&self) -> Thing {
        self.belongs_to(&self.owner);
        let thing = self.written();
        self.world.database.run(
            "insert into teams (workspace_id, id, name, name_folded, strategy, requeue_on, requeue_after_minutes, hours,
                 archived_at, version, created_by, created_at)
             select c.workspace_id, c.id, 'Elsewhere', 'elsewhere', 'manual', 'never', 0, 'always', 1, 1,
                 (select m.id from memberships m
                  where m.workspace_id = c.workspace_id limit 1), 1
             from conversations c where c.assignee_id is null on conflict do nothing",
        );
        self.world.database.run("update conversations set team_id = id where assignee_id is null");
        thing
    }

    fn another_workspaces(&self) -> Thing {
        let conversation = self.world.conversation("Hello");
        let shown = self.world.ann().get(&format!("conversations/{conversation}")).ok();
        Thing { conversation, customer: text_of(&shown["customer"]["id"]) }
    }

    fn written(&self) -> Thing {
        let conversation = Visitor::open(self.world.browser(), &self.channel_key).says("Hello");
        let shown = self.owner.get(&format!("conversations/{conversation}")).ok();
        Thing { conversation, customer: text_of(&shown["customer"]["id"]) }
    }

    fn assign(&self, thing: &Thing, member: &Person) -> bool {
        let path = format!("conversations/{}/assignment", thing.conversation);
        self.owner.put(&path, json!({ "member_id": member.member })).status == 200
    }

    /// Makes somebody the steward of the workspace's business.
    fn belongs_to(&self, member: &Person) {
        self.world.database.run(&format!(
            "update businesses set steward = (
                 select m.id from memberships m join accounts a on a.id = m.account_id
                 where m.workspace_id = businesses.workspace_id and a.email = '{}')
             where workspace_id in (select workspace_id from workspaces where name = '{}')",
            member.email, self.pack
        ));
    }

    fn body(&self, operation: &Operation) -> Option<Value> {
        match operation.name.as_str() {
            "assignment_put" => Some(json!({ "member_id": self.owner.member })),
            "handover_create" => {
                let note = json!({ "context": "A refund", "next": "Call" });
                Some(json!({ "to": { "member_id": self.owner.member }, "note": note }))
            }
            "macro_run" => {
                let read = json!([{ "kind": "mark_read", "read": true }]);
                let made = json!({ "name": fresh_id(), "scope": "workspace", "actions": read });
                Some(json!({ "macro_id": self.owner.post("macros", made).ok_with(201)["id"] }))
            }
            name => samples::body(self.world, name)
                .or_else(|| (!["GET", "DELETE"].contains(&operation.method.as_str())).then(|| json!({}))),
        }
    }

    /// What this member is answered who asks for the operation on this thing.
    fn knock(&self, operation: &Operation, member: &Person, thing: &Thing) -> u16 {
        let path = operation
            .path
            .replace("{workspace_id}", &self.owner.workspace)
            .replace("{conversation_id}", &thing.conversation)
            .replace("{customer_id}", &thing.customer);
        let body = match operation.name.as_str() {
            // With itself: what one may do to it shows before that is refused.
            "conversation_merge" => Some(json!({ "into": thing.conversation })),
            "customer_merge" => Some(json!({ "into": thing.customer })),
            _ => self.body(operation),
        };
        member.browser.send(&operation.method, &path, body).status
    }
}

/// Somebody new with this role.
fn joined(world: &World, owner: &Person, role: &str, seat: &str) -> Person {
    let email = format!("{role}.{}@example.com", fresh_id());
    let invited = json!({ "email": email, "role_key": role, "seat_type": seat });
    owner.post("invitations", invited).ok_with(201);
    let token = world.mailed(&email, "/invite/");
    let account = json!({ "name": role, "email": email, "password": PASSWORD, "invitation_token": token });
    let reply = world.browser().post("/api/v1/accounts", account);
    let browser = world.browser().with("cookie", &reply.cookie());
    let member = text_of(&reply.ok_with(201)["memberships"][0]["member_id"]);
    Person { email, member, browser, ..owner.clone() }
}

/// Who asks for what somebody else was just given is told so, whether they see it or not (INV-26).
fn is_lost_claim(operation: &Operation, relation: usize, status: u16) -> bool {
    operation.name == "conversation_claim" && relation == 1 && status == 409
}

/// Whether a permission decides about a conversation or a customer, and the path names nothing else that had to be
/// there first: a label, a note.
fn names_a_thing(operation: &Operation) -> bool {
    let rest = ["{workspace_id}", "{conversation_id}", "{customer_id}"]
        .iter()
        .fold(operation.path.clone(), |path, name| path.replace(name, ""));
    let names = operation.path.contains("{conv") || operation.path.contains("{cust");
    operation.admits == "member" && operation.permission.is_some() && names && !rest.contains('{')
}

/// What makes somebody else's of a thing.
const MOVES: [&str; 4] = ["assignment_put", "assignment_delete", "conversation_claim", "handover_create"];

#[track_caller]
fn happens_as_on_paper(pack: &'static str) {
    let (world, paper) = (World::new(), Paper::read());
    let operations: Vec<_> = operations().into_iter().filter(names_a_thing).collect();
    assert!(operations.len() >= 15, "only {} operations", operations.len());
    let tenant = Tenant::on(&world, pack);
    for (role, member) in &tenant.people {
        for relation in 0..RELATIONS {
            let mut thing = tenant.thing(relation, member);
            for operation in &operations {
                let says = paper.says(pack, &operation.name, role)[relation];
                let status = tenant.knock(operation, member, &thing);
                let happens = match says {
                    "yes" => ![401, 403, 404].contains(&status),
                    refusal => refusal == status.to_string() || is_lost_claim(operation, relation, status),
                };
                assert!(happens, "{role}, {}, relation {relation}: {status}, not {says}", operation.name);
                if status < 300 && MOVES.contains(&operation.name.as_str()) {
                    thing = tenant.thing(relation, member);
                }
            }
        }
    }
}

#[test]
fn what_is_on_paper_happens_in_the_default_pack() {
    happens_as_on_paper("default");
}

#[test]
fn what_is_on_paper_happens_where_agents_see_what_is_assigned_to_them() {
    happens_as_on_paper("aisoule");
}

#[test]
fn rol_207_rol_208_what_is_on_paper_happens_where_members_change_their_own_business_only() {
    happens_as_on_paper("askusers");
}

/// Notes are theirs to write, customers are not theirs to reach (SEAT-003, SEAT-005).
#[test]
fn note_015_what_is_on_paper_happens_where_light_seats_consult() {
    happens_as_on_paper("kustomer");
}
