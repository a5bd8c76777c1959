//! Who operates the server: the console of the program says so, and every door asks anew.

use std::time::Duration;

use guildhall::SignUp;
use serde_json::{Value, json};
use tenancy::Vault;

use super::admin;
use crate::{
    house::{Operation, doors::filled, operations},
    stories::workspaces::samples,
    support::{PASSWORD, Person, Server, World, text_of},
};

const WORKSPACES: &str = "/api/v1/operator/workspaces";

fn of_operators() -> Vec<Operation> {
    operations().into_iter().filter(|operation| operation.admits == "operator").collect()
}

/// The changes, each with what makes it do something.
fn changes(world: &World) -> Vec<samples::Ready> {
    of_operators()
        .iter()
        .filter(|operation| operation.method != "GET")
        .map(|operation| samples::ready(world, operation))
        .collect()
}

#[test]
fn the_console_is_granted_listed_and_taken_back_on_the_command_line() {
    let world = World::new();
    let (ann, kim) = (world.ann(), world.verified("Kim"));
    assert_eq!(kim.get("/api/v1/me").ok()["is_operator"], false);
    kim.get(WORKSPACES).refused(404, "not_found");

    let (granted, printed) = admin(&world, &["operator", "grant", "Kim@example.com"]);
    assert!(granted && printed.contains("/admin"), "{printed}");
    assert!(admin(&world, &["operator", "grant", "kim@example.com"]).0, "twice changes nothing");
    let kim = Person { browser: kim.browser.of_operator(), ..kim };
    assert_eq!(kim.get("/api/v1/me").ok()["is_operator"], true);
    kim.get(WORKSPACES).ok();
    let (_, listed) = admin(&world, &["operator", "list"]);
    assert_eq!(listed.matches("kim@example.com").count(), 1, "{listed}");
    // An address that nobody proved may be somebody else's.
    for (email, told) in [("ann@example.com", "not verified"), ("nobody@example.com", "no such"), ("kim", "address")] {
        let (granted, printed) = admin(&world, &["operator", "grant", email]);
        assert!(!granted && printed.contains(told), "{email}: {printed}");
    }

    let (revoked, printed) = admin(&world, &["operator", "revoke", "kim@example.com"]);
    assert!(revoked, "{printed}");
    assert!(!admin(&world, &["operator", "revoke", "kim@example.com"]).0, "there is nothing to take back");
    assert_eq!(kim.get("/api/v1/me").ok()["is_operator"], false);
    let plan = json!({ "plan": "community" });
    for reply in [kim.get(WORKSPACES), kim.put(&format!("{WORKSPACES}/{}/plan", ann.workspace), plan)] {
        reply.refused(404, "not_found");
    }
    let recorded = world
        .database
        .column("select kind from instance_events where kind in ('operator.granted', 'operator.revoked') order by seq");
    assert_eq!(recorded, ["operator.granted", "operator.revoked"]);
}

#[test]
fn whoever_sets_the_server_up_operates_it_and_nobody_who_comes_later() {
    let world = World::empty();
    let runtime = Server::new();
    let vault = runtime.run(Vault::open(&world.database.url, Vec::new(), world.clock.clone())).expect("a vault");
    let link = runtime.run(directory::mint_setup_token(&vault.instance())).expect("an answer").expect("a link");
    let account = |name: &str| json!({ "name": name, "email": format!("{name}@example.com"), "password": PASSWORD });
    let mut first = account("Ann");
    first["setup_token"] = json!(link.as_str());
    assert_eq!(world.browser().post("/api/v1/accounts", first).ok_with(201)["is_operator"], true);
    assert_eq!(world.browser().post("/api/v1/accounts", account("Gus")).ok_with(201)["is_operator"], false);
}

#[test]
fn a_change_takes_a_fresh_proof_of_who_one_is_and_an_operator_who_still_is_one() {
    let world = World::new();
    let olga = world.operator();
    world.clock.advance(Duration::from_secs(11 * 60));
    olga.get(WORKSPACES).ok();
    let requests = changes(&world);
    assert_eq!(requests.len(), 7);
    let stale = world.recorded();
    for request in &requests {
        let refusal = olga.browser.send(&request.method, &request.path, request.body.clone());
        refusal.refused(403, "session.confirmation_required");
    }
    assert_eq!(world.recorded(), stale);
    let confirmed = olga.post("/api/v1/sessions/current/confirmation", json!({ "password": PASSWORD }));
    let olga = olga.with("cookie", &confirmed.cookie());
    let loaded = requests.iter().find(|request| request.path.ends_with("/catalogues")).expect("a catalogue");
    olga.browser.send(&loaded.method, &loaded.path, loaded.body.clone()).ok_with(201);

    // What was asked for once is asked for again by nobody but an operator: a first answer is no way in.
    let keyed = olga.browser.clone().with("idempotency-key", "once");
    let another = changes(&world).into_iter().find(|request| request.path.ends_with("/catalogues")).expect("another");
    let load = || keyed.send(&another.method, &another.path, another.body.clone());
    let first = load().ok_with(201);
    let again = load();
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(again.ok_with(201), first);
    assert!(admin(&world, &["operator", "revoke", &olga.email]).0);
    load().refused(404, "not_found");
    olga.delete("/api/v1/sessions/current").ok_with(204);
    load().refused(401, "unauthenticated");
}

#[test]
fn t_b1_no_key_no_preview_and_no_membership_opens_the_console() {
    let world = World::new();
    let ann = world.ann();
    let asked = json!({ "name": "Report", "kind": "personal", "scopes": ["billing.view"] });
    let key = text_of(&ann.post("api-keys", asked).ok_with(201)["key"]);
    let robot = world.browser().with("authorization", &format!("Bearer {key}"));
    // An operator who owns a workspace, too, and looks at it as somebody else.
    let olga = world.operator();
    let preview = olga.post("previews", json!({ "role_key": "viewer" })).ok_with(201);
    let looking = olga.clone().with("guildhall-preview", &text_of(&preview["id"]));
    for operation in of_operators() {
        let path = filled(&world, &operation);
        let send = |browser: &crate::support::Client| {
            let body = (operation.method != "GET").then(|| json!({}));
            browser.send(&operation.method, &path, body)
        };
        send(&world.browser()).refused(401, "unauthenticated");
        send(&world.ann().browser).refused(404, "not_found");
        send(&robot).refused(403, "api_key.not_for_this");
        match operation.method.as_str() {
            "GET" => send(&looking.browser).refused(404, "not_found"),
            _ => send(&looking.browser).refused(403, "preview_read_only"),
        };
    }
}

/// INV-01 for operators: their console opens no workspace.
#[test]
fn inv_01_an_operator_is_a_stranger_in_every_workspace() {
    let world = World::with(|settings| settings.sign_up = Some(SignUp::Open));
    let olga = world.operator();
    for operation in operations().into_iter().filter(|operation| operation.admits == "member") {
        let path = filled(&world, &operation);
        if operation.streams {
            assert_eq!(olga.browser.listen(&path).status, 404, "{}", operation.name);
            continue;
        }
        let body = (operation.method != "GET" && operation.method != "DELETE").then(|| json!({}));
        olga.browser.send(&operation.method, &path, body).refused(404, "not_found");
    }
}

/// What customers wrote and who they are, wherever it can stand, is at no door of the console.
#[test]
fn inv_19_nothing_of_customers_and_conversations_is_at_an_operators_door() {
    const CANARIES: [&str; 4] = ["pii.canary", "5550117", "quetzal", "ocelot"];
    let world = World::new();
    let ann = world.ann();
    let visitor = world.visitor_who(json!({ "name": "pii.canary", "email": "pii.canary@example.com" }));
    let conversation = visitor.says("My quetzal is ill, call +49 170 5550117");
    let reply = json!({ "text": "An ocelot?", "seen_seq": 1 });
    ann.post(&format!("conversations/{conversation}/messages"), reply).ok_with(201);
    ann.post(&format!("conversations/{conversation}/notes"), json!({ "text": "quetzal" })).ok_with(201);
    ann.post("tasks", json!({ "title": "Feed the ocelot" })).ok_with(201);
    let olga = world.operator();
    let mut read = 0;
    for operation in of_operators() {
        let reply = match operation.method.as_str() {
            "GET" => olga.browser.get(&filled(&world, &operation)),
            _ => {
                let request = samples::ready(&world, &operation);
                olga.browser.send(&request.method, &request.path, request.body)
            }
        };
        let text = reply.text();
        assert!(reply.status < 300, "{}: {text}", operation.name);
        for canary in CANARIES {
            assert!(!text.contains(canary), "{} tells {canary}: {text}", operation.name);
        }
        read += 1;
    }
    assert_eq!(read, of_operators().len());
    let shown: Value = olga.get(&format!("{WORKSPACES}/{}", ann.workspace)).ok();
    assert_eq!(shown["owner_email"], ann.email, "whom to write to is what an operator may know");
}
