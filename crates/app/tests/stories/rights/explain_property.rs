//! Explain ≡ enforce (OWN-1): members, roles, sets, seats, plans and states drawn by lot; for every cell the verdict of
//! the explanation is what the door answers.

use rand::{Rng, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use serde_json::{Value, json};
use tenancy::{Duty, Housekeeping, Pack, Permission, Reach, Vault};
use web::authz::explain;

use crate::{
    house::{Operation, operations},
    stories::workspaces::samples::literal,
    support::{Person, Reply, Server, World, fresh_id, text_of},
};

const SITUATIONS: usize = 40;
/// Doors tried in each situation, beside every object.
const DOORS: usize = 12;
const STATES: [&str; 6] = ["active", "active", "active", "active", "restricted", "scheduled_deletion"];
/// They act whatever is said to them.
const NOT_KNOCKED: [&str; 2] = ["workspace_leave", "workspace_undelete"];

struct Scene {
    world: World,
    /// What an operator has of it.
    server: Server,
    vault: Vault,
    sam: Person,
    conversations: Vec<String>,
    customers: Vec<String>,
}

impl Scene {
    /// Sam, and conversations in his hands, in others' and in nobody's.
    fn new() -> Self {
        let world = World::new();
        let (ann, sam) = (world.ann(), world.member_with_role("member"));
        let conversations: Vec<_> = (0..4).map(|_| world.conversation("Hello")).collect();
        for (conversation, member) in conversations.iter().zip([&sam, &sam, &ann]) {
            let assign = json!({ "member_id": member.member });
            ann.put(&format!("conversations/{conversation}/assignment"), assign).ok();
        }
        let customer =
            |conversation: &String| text_of(&ann.get(&format!("conversations/{conversation}")).ok()["customer"]["id"]);
        let customers = conversations.iter().map(customer).collect();
        let server = Server::new();
        let vault = Vault::open(&world.database.url, Pack::shipped(), world.clock.clone());
        let vault = server.run(vault).expect("a vault");
        Self { server, vault, sam, conversations, customers, world }
    }

    /// Everything that rights depend on, drawn anew and written where it stands.
    fn draw(&self, lot: &mut StdRng, packs: &[Pack]) -> String {
        let pack = packs.choose(lot).expect("a pack");
        let state = STATES.choose(lot).expect("a state");
        let limits: serde_json::Map<_, _> = ["crm", "collaboration", "collaborator_seats"]
            .into_iter()
            .filter(|_| lot.random_bool(0.2))
            .map(|limit| (limit.to_owned(), json!(false)))
            .collect();
        let workspace = literal(&self.sam.workspace);
        let run = |statement: String| self.world.database.run(&statement);
        run(format!("delete from membership_permission_sets where workspace_id = {workspace}"));
        run(format!("delete from permission_sets where workspace_id = {workspace}"));
        run(format!("update memberships set role_key = '{}' where workspace_id = {workspace}", pack.owner_role));
        run(format!("delete from roles where workspace_id = {workspace}"));
        let members = self.world.database.rows(&format!(
            "select m.id from memberships m left join workspace_owners o on o.membership_id = m.id
             and o.workspace_id = m.workspace_id where m.workspace_id = {workspace} and o.membership_id is null"
        ));
        // The others only need a role that exists.
        let lowest = pack.roles.iter().min_by_key(|role| role.rank).expect("a role");
        run(format!(
            "update memberships set role_key = '{}' where workspace_id = {workspace} and not exists (
                select 1 from workspace_owners o where o.workspace_id = memberships.workspace_id
                    and o.membership_id = memberships.id)",
            lowest.key
        ));
        assert!(members.len() >= 4);
        let role = if lot.random_bool(0.4) { self.own_role(lot) } else { self.a_role(lot, pack) };
        let seat = if lot.random_bool(0.2) { "collaborator" } else { "full" };
        let sam = literal(&self.sam.member);
        run(format!(
            "update memberships set role_key = '{role}', seat_type = '{seat}' where workspace_id = {workspace}
                and id = {sam}"
        ));
        for _ in 0..lot.random_range(0..3) {
            self.give_set(lot);
        }
        let limits = Value::Object(limits);
        run(format!(
            "update workspaces set pack = '{}', pack_version = {}, state = '{state}', entitlements = '{limits}',
                rights_version = rights_version + 1 where workspace_id = {workspace}",
            pack.id, pack.version
        ));
        let owns = lot.random_bool(0.5);
        let steward = if owns { &self.sam } else { &self.world.ann() };
        run(format!("update businesses set steward = {} where workspace_id = {workspace}", literal(&steward.member)));
        format!("{role} of {} on a {seat} seat, {state}, {limits}, steward {owns}", pack.id)
    }

    fn a_role(&self, lot: &mut StdRng, pack: &Pack) -> String {
        let others: Vec<_> = pack.roles.iter().filter(|role| role.key != pack.owner_role).collect();
        others.choose(lot).expect("a role").key.clone()
    }

    fn own_role(&self, lot: &mut StdRng) -> String {
        let key = fresh_id();
        self.world.database.run(&format!(
            "insert into roles (workspace_id, role_key, label, description, rank, seat_type, base, grants, version,
                created_by, created_at, updated_at)
             values ({}, '{key}', '{key}', '', {}, 'full', 'agent', '{}', 1, {}, 0, 0)",
            literal(&self.sam.workspace),
            lot.random_range(1..100),
            grants(lot, 0.5),
            literal(&self.world.ann().member),
        ));
        key
    }

    fn give_set(&self, lot: &mut StdRng) {
        let (workspace, sam, id) = (literal(&self.sam.workspace), literal(&self.sam.member), fresh_id());
        self.world.database.run(&format!(
            "insert into permission_sets (workspace_id, id, label, description, grants, version, created_by, created_at,
                updated_at)
             values ({workspace}, {}, '{id}', '', '{}', 1, {}, 0, 0);
             insert into membership_permission_sets (workspace_id, membership_id, set_id)
             values ({workspace}, {sam}, {})",
            literal(&id),
            grants(lot, 0.2),
            literal(&self.world.ann().member),
            literal(&id),
        ));
    }

    /// Why Sam may or may not, as he is told himself.
    #[track_caller]
    fn explained(&self, permission: &str) -> Value {
        self.sam.get(&format!("authz/explain?permission={permission}")).ok()
    }

    /// Why he may or may not do it to one thing: as Ann is told, or an operator, where she cannot ask.
    #[track_caller]
    fn explained_on(&self, permission: &str, resource: &str) -> Value {
        let member = &self.sam.member;
        let asked = format!("authz/explain?member_id={member}&permission={permission}&resource={resource}");
        let reply = self.world.ann().get(&asked);
        if reply.status == 200 { reply.ok() } else { self.told_to_operator(permission, resource) }
    }

    #[expect(clippy::disallowed_methods, reason = "the operator looks across workspaces")]
    fn told_to_operator(&self, permission: &str, resource: &str) -> Value {
        let permission = Permission::parse(permission).expect("a permission");
        let object = explain::resource(resource, permission).expect("a thing");
        let (workspace, member) = (self.sam.workspace.parse(), self.sam.member.parse());
        let duty = self.vault.on_duty(Duty::Operation).enter(workspace.expect("an id"));
        let grant = duty.grant::<Housekeeping>().expect("a duty's right");
        let told = self.server.run(async {
            let session = grant.read().await.expect("a snapshot");
            explain::answer(session, member.expect("an id"), permission, Some(object)).await
        });
        serde_json::to_value(explain::ExplanationView::from(told.expect("an explanation"))).expect("JSON")
    }

    /// A door of the workspace, knocked at so that nothing happens: about things that are not there, with nothing that
    /// it would understand.
    fn knock(&self, operation: &Operation) -> Reply {
        let mut path = operation.path.replace("{workspace_id}", &self.sam.workspace);
        while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
            path.replace_range(from..=to, &fresh_id());
        }
        let said = (operation.method != "GET" && operation.method != "DELETE").then(|| json!({ "surprise": true }));
        self.sam.browser.send(&operation.method, &path, said)
    }

    /// What can be done to things that are there, so that they stay as they are.
    fn on_objects(&self) -> Vec<Act> {
        let mut all = Vec::new();
        let ann = self.world.ann().member;
        let assignees = [Some(&self.sam.member), Some(&self.sam.member), Some(&ann), None];
        for (id, assignee) in self.conversations.iter().zip(assignees) {
            let mut on = |permission, method, below: &str, body| {
                let (resource, path) = (format!("conversation:{id}"), format!("conversations/{id}{below}"));
                all.push(Act { permission, resource, method, path, body });
            };
            on("conversation.view", "GET", "", None);
            on("conversation.reply", "POST", "/messages", Some(json!({ "text": "Yes.", "seen_seq": 99 })));
            on("conversation.set_status", "PUT", "/status", Some(json!({ "status": "open" })));
            // To whom it belongs already, and from nobody.
            match assignee {
                Some(member) => on("conversation.assign", "PUT", "/assignment", Some(json!({ "member_id": member }))),
                None => on("conversation.assign", "DELETE", "/assignment", None),
            }
        }
        for id in &self.customers {
            let (resource, path) = (format!("customer:{id}"), format!("customers/{id}"));
            let (looked_at, edited) = (resource.clone(), path.clone());
            all.push(Act { permission: "customer.view", resource: looked_at, method: "GET", path, body: None });
            let (method, body) = ("PATCH", Some(json!({})));
            all.push(Act { permission: "customer.edit", resource, method, path: edited, body });
        }
        for member in [&self.sam, &self.world.ann(), &self.world.vic()] {
            let (resource, path) = (format!("member:{}", member.member), format!("members/{}", member.member));
            let (method, body) = ("PATCH", Some(json!({})));
            all.push(Act { permission: "member.edit", resource, method, path, body });
        }
        all
    }

    #[track_caller]
    fn send(&self, act: &Act) -> Reply {
        let path = format!("/api/v1/workspaces/{}/{}", self.sam.workspace, act.path);
        self.sam.browser.send(act.method, &path, act.body.clone())
    }
}

/// Something done to one thing.
struct Act {
    permission: &'static str,
    resource: String,
    method: &'static str,
    path: String,
    body: Option<Value>,
}

/// Random grants as they are stored, each with this chance to be there.
fn grants(lot: &mut StdRng, chance: f64) -> Value {
    let mut grants = json!({});
    for permission in Permission::ALL {
        if lot.random_bool(chance) {
            let all = [Reach::Masked, Reach::Own, Reach::Any];
            let known: Vec<_> = all.into_iter().filter(|reach| permission.parse_reach(reach.name()).is_ok()).collect();
            grants[permission.name()] = json!(known.choose(lot).expect("any").name());
        }
    }
    grants
}

/// What a door refused by: `None` when it let in, whatever it said then.
fn refused_by(reply: &Reply) -> Option<String> {
    match (reply.status, reply.body["decided_by"].as_str()) {
        _ if reply.body["code"] == "customer.masked" => Some("masked".into()),
        (402, _) => Some(format!("plan {}", text_of(&reply.body["entitlement"]))),
        (403 | 409, Some(decided_by)) => Some(decided_by.to_owned()),
        (403, None) => panic!("{}: {}", reply.asked, reply.text()),
        _ => None,
    }
}

/// What the explanation says it is refused by.
fn explained_by(told: &Value) -> Option<String> {
    assert_eq!(told["allowed"].as_bool(), Some(told["decided_by"].is_null()), "{told}");
    let decided_by = told["decided_by"].as_str()?;
    let plan = told["steps"].as_array()?.iter().find(|step| step["step"] == "plan").map(|step| &step["facts"]);
    match decided_by {
        "plan" => Some(format!("plan {}", text_of(&plan?["entitlement"]))),
        other => Some(other.to_owned()),
    }
}

#[test]
fn own_1_every_explanation_is_what_the_door_answers() {
    let seed = rand::random::<u64>();
    println!("seed {seed}");
    let lot = &mut StdRng::seed_from_u64(seed);
    let (scene, packs) = (Scene::new(), Pack::shipped());
    let doors: Vec<_> = operations()
        .into_iter()
        .filter(|operation| operation.admits == "member" && operation.permission.is_some() && !operation.streams)
        .filter(|operation| !NOT_KNOCKED.contains(&operation.name.as_str()))
        .collect();
    let (mut cells, mut refused) = (0, 0);
    for _ in 0..SITUATIONS {
        let situation = scene.draw(lot, &packs);
        for operation in doors.choose_multiple(lot, DOORS) {
            let needed: Vec<_> = operation.permission.as_deref().unwrap_or_default().split('|').collect();
            let told: Vec<_> = needed.iter().map(|permission| explained_by(&scene.explained(permission))).collect();
            // Of two rights either is enough; refused is by the first.
            let expected = if told.contains(&None) { None } else { told[0].clone() };
            let found = refused_by(&scene.knock(operation));
            assert_eq!(expected, found, "{} for {situation}, seed {seed}", operation.name);
            cells += 1;
            refused += usize::from(found.is_some());
        }
        for act in scene.on_objects() {
            let Act { permission, resource, .. } = &act;
            let told = scene.explained_on(permission, resource);
            let (expected, reply) = (explained_by(&told), scene.send(&act));
            let found = refused_by(&reply);
            let hidden = ["visibility", "relation"].iter().any(|step| expected.as_deref() == Some(step));
            let barred = ["owner", "self", "rank"].iter().any(|bar| expected.as_deref() == Some(bar));
            let agrees = match reply.status {
                404 => hidden,
                _ if barred => reply.status >= 400 && found.as_deref() != Some("relation"),
                _ => expected == found,
            };
            assert!(
                agrees,
                "{permission} on {resource} for {situation}, seed {seed}: {told} and {} {}",
                reply.status,
                reply.text()
            );
            cells += 1;
            refused += usize::from(reply.status >= 400);
        }
    }
    println!("{cells} cells, {refused} refused");
    assert!(cells > SITUATIONS * DOORS && refused * 10 > cells && refused * 10 < 9 * cells, "{refused} of {cells}");
}
