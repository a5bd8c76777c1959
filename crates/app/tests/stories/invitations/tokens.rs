//! One-time links: they die when they should, they open nothing else, and nobody but their reader ever sees one.

use serde_json::json;

use super::{KIM, accept, invite, kims_link, look, newer_link, sign_up, verified_gus};
use crate::support::{Client, PASSWORD, Process, World, text_of, until};

#[test]
fn t_c1_a_page_of_a_link_tells_nobody_where_it_was() {
    let world = World::new();
    let token = kims_link(&world);
    for page in ["invite", "reset", "verify", "setup"] {
        let reply = world.browser().get(&format!("/{page}/{token}"));
        assert_eq!(reply.header("referrer-policy"), Some("no-referrer"), "{page}");
        let policy = reply.header("content-security-policy").unwrap_or_default().to_owned();
        // Without built pages there is nothing to load at all.
        assert!(reply.status == 404 || policy.contains("default-src 'self'"), "{page}: {policy}");
    }
}

#[test]
fn t_c7_looking_at_a_link_uses_nothing_up() {
    let world = World::new();
    let (token, zoe) = (kims_link(&world), world.sign_up("Zoe"));
    let verify = world.mailed(&zoe.email, "/verify/");
    world.browser().post("/api/v1/password-resets", json!({ "email": "vic@example.com" })).ok_with(202);
    let reset = world.mailed("vic@example.com", "/reset/");
    for method in ["GET", "HEAD"] {
        for (page, token) in [("invite", &token), ("verify", &verify), ("reset", &reset)] {
            world.browser().send(method, &format!("/{page}/{token}"), None);
            world.browser().send(method, &format!("/api/v1/invitations/{token}"), None);
        }
    }
    for _ in 0..3 {
        look(&world.browser(), &token).ok();
    }
    sign_up(&world.browser(), KIM, &token).ok_with(201);
    world.browser().post("/api/v1/email-verifications/complete", json!({ "token": verify })).ok_with(204);
    let new = json!({ "token": reset, "password": "nine loud harbours" });
    world.browser().post("/api/v1/password-resets/complete", new).ok_with(204);
}

#[test]
fn t_c2_a_link_is_for_the_invited_address_and_for_nothing_like_it() {
    let world = World::new();
    let token = kims_link(&world);
    let alike = [
        "k.im@example.com",
        "kim+acme@example.com",
        "kim@example.com.",
        "kim@exаmple.com", // a Cyrillic letter
        "kìm@example.com",
        "kim@ｅxample.com",
        "kim@example.co",
        "kim@sub.example.com",
        "\"kim\"@example.com",
        "kim @example.com",
        "kım@example.com",
    ];
    for address in alike {
        let reply = sign_up(&world.browser(), address, &token);
        assert!([403, 422].contains(&reply.status), "{address}: {} {}", reply.status, reply.text());
        assert!(["invitation.other_address", "invalid_field"].iter().any(|code| reply.body["code"] == *code));
    }
    // Somebody else who is signed in, whatever they are elsewhere.
    for person in [verified_gus(&world), world.bo(), world.ann()] {
        accept(&person, &token).refused(403, "invitation.other_address");
    }
    let accounts = world.database.count("select count(*) from accounts where email not like '%mirror%'");
    assert_eq!(accounts, 5, "who was refused has no account");
    // Case alone makes no other address.
    sign_up(&world.browser(), "KIM@Example.COM", &token).ok_with(201);
}

#[test]
fn t_c3_no_answer_frame_log_or_record_ever_holds_a_links_token() {
    let beginning = crate::support::Beginning::get();
    let database = crate::support::Database::of(&beginning.snapshot);
    let log = database.folder.path().join("log");
    let process = Process::telling(&database, &log);
    let world = World::new();
    let cookie = world.ann().browser.header("cookie").expect("signed in").to_owned();
    let ann = world.ann();
    let browser = Client::new(process.origin.clone(), kernel::Clock::system());
    let signed = browser.post("/api/v1/sessions", json!({ "email": ann.email, "password": PASSWORD }));
    let browser = browser.with("cookie", &signed.cookie());
    drop(cookie);
    let path = format!("/api/v1/workspaces/{}", ann.workspace);
    let stream = browser.listen(&format!("{path}/events"));
    stream.until(|frame| frame.event == "ready");
    let keyed = browser.clone().with("idempotency-key", "invite-kim");
    let invited = keyed.post(&format!("{path}/invitations"), json!({ "email": KIM, "role_key": "agent" }));
    let again = keyed.post(&format!("{path}/invitations"), json!({ "email": KIM, "role_key": "agent" }));
    let id = text_of(&invited.body["id"]);
    let mailed = || mail_of(&database, KIM);
    let first = until("an invitation", &mailed);
    let resent = browser.post(&format!("{path}/invitations/{id}/resend"), json!({}));
    let second = until("another link", || mailed().filter(|token| *token != first));
    let looked = browser.post("/api/v1/invitations/lookup", json!({ "token": second }));
    let listed = browser.get(&format!("{path}/invitations"));
    let audited = browser.get(&format!("{path}/audit-events?limit=100"));
    let export = browser.get(&format!("{path}/audit-events/export?format=ndjson"));
    let new = json!({ "name": "Kim", "email": KIM, "password": PASSWORD, "invitation_token": second });
    let joined = browser.clone().without("cookie").post("/api/v1/accounts", new);
    assert_eq!(joined.status, 201, "{}", joined.text());
    let frames = stream.until(|frame| frame.data.to_string().contains("member.joined"));

    let shown = [invited, again, resent, looked, listed, audited, export, joined].map(|reply| reply.text()).join("\n");
    let records: Vec<String> = ["events", "instance_events", "access_events"]
        .iter()
        .flat_map(|table| database.column(&format!("select payload from {table}")))
        .chain(database.column("select details from event_details"))
        .chain(database.column("select answer from idempotency_records"))
        .chain(database.column("select payload from jobs"))
        .collect();
    let told = std::fs::read_to_string(&log).expect("a log");
    assert!(told.len() > 1000, "the log says everything it can");
    for token in [&first, &second] {
        let secret = token.strip_prefix("gi_").expect("an invitation's token");
        assert!(!shown.contains(secret) && !frames.data.to_string().contains(secret), "an answer or a frame");
        assert!(!records.join("\n").contains(secret), "a record");
        assert!(!told.contains(secret), "the log");
    }
    process.kill();
}

/// The token of the newest invitation that was mailed to somebody.
fn mail_of(database: &crate::support::Database, email: &str) -> Option<String> {
    let mut files: Vec<_> =
        std::fs::read_dir(database.folder.path().join("mail")).ok()?.flatten().map(|file| file.path()).collect();
    files.sort();
    let mails = files.iter().rev().filter_map(|file| std::fs::read_to_string(file).ok());
    mails
        .filter(|mail| mail.contains(&format!("To: {email}")))
        .find_map(|mail| crate::support::link_in(&mail, "/invite/"))
}

#[test]
fn t_a5_a_token_opens_only_what_it_was_made_for() {
    let world = World::new();
    let (invitation, zoe) = (kims_link(&world), world.sign_up("Zoe"));
    let verify = world.mailed(&zoe.email, "/verify/");
    world.browser().post("/api/v1/password-resets", json!({ "email": "vic@example.com" })).ok_with(202);
    let reset = world.mailed("vic@example.com", "/reset/");
    let session =
        zoe.browser.header("cookie").and_then(|cookie| cookie.strip_prefix("sid=")).expect("signed in").to_owned();
    let visitor = world.visitor().browser.header("authorization").expect("a token").replace("Visitor ", "");

    let tokens = [
        ("invitation", &invitation),
        ("verify", &verify),
        ("reset", &reset),
        ("session", &session),
        ("visitor", &visitor),
    ];
    for (kind, token) in tokens {
        let complete = |path: &str, body| world.browser().post(path, body);
        if kind != "invitation" {
            look(&world.browser(), token).refused(410, "invitation.gone");
            accept(&zoe, token).refused(410, "invitation.gone");
            sign_up(&world.browser(), KIM, token).refused(410, "invitation.gone");
        }
        if kind != "verify" {
            let body = json!({ "token": token });
            complete("/api/v1/email-verifications/complete", body).refused(410, "token.invalid");
        }
        if kind != "reset" {
            let body = json!({ "token": token, "password": "nine loud harbours" });
            complete("/api/v1/password-resets/complete", body).refused(410, "token.invalid");
        }
        let setup = json!({ "name": "Eve", "email": "eve@example.com", "password": PASSWORD, "setup_token": token });
        assert_eq!(world.browser().post("/api/v1/accounts", setup).status, 410, "{kind} as the operator's link");
        if kind != "session" {
            let browser = world.browser().with("cookie", &format!("sid={token}"));
            browser.get("/api/v1/me").refused(401, "unauthenticated");
        }
        let browser = world.browser().with("authorization", &format!("Bearer {token}"));
        browser.get("/api/v1/me").refused(401, "unauthenticated");
        if kind != "visitor" {
            let browser = world.browser().with("authorization", &format!("Visitor {token}"));
            browser.get("/widget/v1/conversations").refused(401, "unauthenticated");
        }
    }
    // Into another workspace it leads nobody: what is made with it is a place in the one it was sent for.
    let me = sign_up(&world.browser(), KIM, &invitation).ok_with(201);
    let places = me["memberships"].as_array().expect("places");
    assert_eq!((places.len(), &places[0]["workspace"]["id"]), (1, &json!(world.workspace())));
}

#[test]
fn t_d8_no_token_is_a_function_of_what_is_stored_and_none_repeats() {
    const MANY: usize = 100_000;
    let tokens: std::collections::HashSet<String> =
        (0..MANY).map(|_| tenancy::Token::random("gi").as_str().to_owned()).collect();
    assert_eq!(tokens.len(), MANY);
    // Every place of 43 letters uses the whole alphabet about evenly: nothing of it is a counter or a clock.
    for place in 0..42 {
        let mut seen = [0_u32; 128];
        for token in &tokens {
            seen[usize::from(token.as_bytes()[3 + place])] += 1;
        }
        let used: Vec<u32> = seen.into_iter().filter(|count| *count > 0).collect();
        assert_eq!(used.len(), 64, "place {place}");
        let (least, most) = (used.iter().min().expect("some"), used.iter().max().expect("some"));
        assert!(*least > 1300 && *most < 1850, "place {place}: {least} to {most} of {}", MANY / 64);
    }
    // The same invitation sent twice at one moment of the clock has two unlike links.
    let world = World::new();
    let first = kims_link(&world);
    let id = text_of(&world.ann().all("invitations")[0]["id"]);
    world.ann().post(&format!("invitations/{id}/resend"), json!({})).ok();
    let second = newer_link(&world, &first);
    let alike = first.bytes().zip(second.bytes()).filter(|(one, other)| one == other).count();
    assert!(alike < 20, "{first} {second}");
    invite(&world.ann(), "lee@example.com", "agent");
}
