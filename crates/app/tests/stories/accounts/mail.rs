//! With a mail server: mails really leave, and a sign-up is answered by mail alone (ruling 29).

use serde_json::json;

use super::{account, sign_in, verify};
use crate::support::{MailServer, PASSWORD, World};

#[test]
fn a_sign_up_by_mail_is_answered_alike_for_known_and_unknown_addresses() {
    let mail = MailServer::start();
    let world = World::with(|settings| settings.smtp_url = Some(mail.url()));
    assert_eq!(world.browser().get("/api/v1/instance").ok()["mail"], "smtp");
    let answers = ["zoe@example.com", "ann@example.com"].map(|email| {
        let reply = world.browser().post("/api/v1/accounts", account("Zoe", email));
        assert!(reply.header("set-cookie").is_none());
        (reply.status, reply.body)
    });
    assert_eq!(answers[0], (202, json!({ "status": "verification_sent" })));
    assert_eq!(answers[0], answers[1]);
    mail.letter("ann@example.com", "You already have an account");
    let token = mail.letter("zoe@example.com", "Verify your e-mail address").token("/verify/");

    sign_in(&world.browser(), "zoe@example.com", PASSWORD).refused(401, "session.bad_credentials");
    verify(&world.browser(), &token).ok_with(204);
    let me = sign_in(&world.browser(), "zoe@example.com", PASSWORD).ok_with(201);
    assert_eq!(me["memberships"][0]["workspace"]["name"], "Zoe's Workspace");
    sign_in(&world.browser(), "ann@example.com", PASSWORD).ok_with(201);
}

#[test]
fn an_invitation_proves_the_address_that_it_reached() {
    let mail = MailServer::start();
    let world = World::with(|settings| settings.smtp_url = Some(mail.url()));
    world.ann().post("invitations", json!({ "email": "kim@example.com", "role_key": "member" })).ok_with(201);
    let letter = mail.letter("kim@example.com", "Ann invites you to Acme");
    let mut kim = account("Kim", "kim@example.com");
    kim["invitation_token"] = json!(letter.token("/invite/"));
    let me = world.browser().post("/api/v1/accounts", kim).ok_with(201);
    assert_eq!(
        (&me["account"]["email_verified"], &me["memberships"][0]["workspace"]["name"]),
        (&json!(true), &json!("Acme"))
    );
}

#[test]
fn a_letter_comes_from_the_house_in_both_forms_to_one_recipient() {
    let mail = MailServer::start();
    let world = World::with(|settings| settings.smtp_url = Some(mail.url()));
    world.browser().post("/api/v1/password-resets", json!({ "email": "ann@example.com" })).ok_with(202);
    let letter = mail.letter("ann@example.com", "Choose a new password");
    for part in [
        "From: Guildhall <guildhall@",
        "To: ann@example.com",
        "text/plain",
        "text/html",
        "Auto-Submitted: auto-generated",
    ] {
        assert!(letter.text.contains(part), "{part}: {}", letter.text);
    }
}
