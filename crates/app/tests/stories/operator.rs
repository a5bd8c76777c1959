//! What the operator of an installation does for people: on its command line, and in the console of the app.

mod catalogues;
mod requests;
pub mod seller;
mod standing;
mod tills;
mod troubles;
mod workspaces;

use serde_json::json;

use crate::support::{PASSWORD, World, link_in, ran, text_of};

fn admin(world: &World, arguments: &[&str]) -> (bool, String) {
    let data = world.database.folder.path().to_str().expect("a path");
    ran(&[&["admin"], arguments, &["--database-url", &world.database.url, "--data-dir", data]].concat())
}

#[test]
fn an_account_from_the_console_begins_with_a_link_that_works_once() {
    let world = World::with(|settings| settings.sign_up = Some(guildhall::SignUp::Off));
    let create =
        ["account", "create", "--name", "Kim", "--email", "Kim@example.com", "--workspace-name", "Harbour Books"];
    let (made, printed) = admin(&world, &create);
    assert!(made, "{printed}");
    let token = link_in(&printed, "/reset/").expect("a link");
    let sign_in =
        || world.browser().post("/api/v1/sessions", json!({ "email": "kim@example.com", "password": PASSWORD }));
    sign_in().refused(401, "session.bad_credentials");
    let chosen = json!({ "token": token, "password": PASSWORD });
    world.browser().post("/api/v1/password-resets/complete", chosen.clone()).ok_with(204);
    world.browser().post("/api/v1/password-resets/complete", chosen).refused(410, "token.invalid");
    let me = sign_in().ok_with(201);
    let home = &me["memberships"][0];
    assert_eq!((&home["workspace"]["name"], &home["role"]["key"]), (&json!("Harbour Books"), &json!("owner")));
    assert_eq!(me["account"]["email_verified"], true);
    let payloads = world.database.column("select payload from instance_events where kind = 'account.created'");
    assert!(payloads.iter().all(|payload| !payload.contains(&token)));
}

#[test]
fn an_account_without_a_workspace_waits_to_be_invited() {
    let world = World::new();
    let (made, printed) = admin(&world, &["account", "create", "--name", "Kim", "--email", "kim@example.com"]);
    assert!(made, "{printed}");
    let token = link_in(&printed, "/reset/").expect("a link");
    world
        .browser()
        .post("/api/v1/password-resets/complete", json!({ "token": token, "password": PASSWORD }))
        .ok_with(204);
    let signed = world.browser().post("/api/v1/sessions", json!({ "email": "kim@example.com", "password": PASSWORD }));
    let browser = world.browser().with("cookie", &signed.cookie());
    assert_eq!(signed.ok_with(201)["memberships"], json!([]));
    world.ann().post("invitations", json!({ "email": "kim@example.com", "role_key": "agent" })).ok_with(201);
    let invitation = world.mailed("kim@example.com", "/invite/");
    let joined = browser.post("/api/v1/invitations/accept", json!({ "token": invitation })).ok();
    assert_eq!(text_of(&joined["workspace_id"]), world.workspace());
}

#[test]
fn what_the_console_cannot_do_it_says_and_leaves_nothing() {
    let world = World::new();
    let accounts = || world.database.count("select count(*) from accounts");
    let before = accounts();
    for (arguments, told) in [
        (["--name", "Ann", "--email", "ann@example.com"], "has an account"),
        (["--name", "", "--email", "kim@example.com"], "--name"),
        (["--name", "Kim", "--email", "kim"], "--email is not an e-mail address"),
    ] {
        let (made, printed) = admin(&world, &[&["account", "create"][..], &arguments].concat());
        assert!(!made && printed.contains(told), "{told}: {printed}");
    }
    assert_eq!(accounts(), before);
}
