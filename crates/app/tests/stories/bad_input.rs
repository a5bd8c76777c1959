//! What the doors refuse before any rule is asked: each a problem with a stable code, and nothing written.

use std::{collections::BTreeMap, time::Duration};

use serde_json::{Value, json};

use crate::support::{Client, Reply, SITE, World, fresh_id, text_of};

/// Everything that anybody could have written: how many rows every table has.
fn written(world: &World) -> BTreeMap<String, i64> {
    let of_instance = ["accounts", "sessions", "account_tokens"];
    let count = |table: &str| (table.to_owned(), world.database.count(&format!("select count(*) from {table}")));
    world.written().into_iter().chain(of_instance.map(count)).collect()
}

/// A refusal of ours: a problem with a code, and never a failure of the server.
#[track_caller]
fn is_problem(reply: &Reply) {
    assert!((400..500).contains(&reply.status), "{}: {} {}", reply.asked, reply.status, reply.text());
    assert_eq!(reply.header("content-type"), Some("application/problem+json"), "{}", reply.asked);
    let code = reply.body["code"].as_str().unwrap_or_default();
    assert!(!code.is_empty() && code != "internal", "{}: {}", reply.asked, reply.text());
}

/// Doors that take a JSON body, with a browser that may pass, and a body that is good.
fn doors(world: &World) -> Vec<(Client, &'static str, String, Value)> {
    let (ann, visitor) = (world.ann(), world.visitor());
    let conversation = visitor.says("Hello");
    let customer = text_of(&ann.get(&format!("conversations/{conversation}")).ok()["customer"]["id"]);
    let inside = |path: &str| format!("/api/v1/workspaces/{}/{path}", ann.workspace);
    let until = world.clock.now().plus(Duration::from_secs(3600)).to_string();
    let key = &world.channel_key;
    let app = |method, path: String, body| (ann.browser.clone(), method, path, body);
    let page = |method, path: &str, body| (visitor.browser.clone(), method, path.to_owned(), body);
    vec![
        app(
            "POST",
            "/api/v1/accounts".into(),
            json!({ "name": "Zed", "email": "zed@example.com", "password": "seven quiet lanterns" }),
        ),
        app("POST", "/api/v1/sessions".into(), json!({ "email": ann.email, "password": "seven quiet lanterns" })),
        app("POST", "/api/v1/workspaces".into(), json!({ "name": "Second" })),
        app("PATCH", inside("").trim_end_matches('/').to_owned(), json!({ "name": "Renamed" })),
        app("POST", inside("channels"), json!({ "name": "Second" })),
        app("PATCH", inside(&format!("channels/{}", world.channel)), json!({ "name": "Renamed" })),
        app("POST", inside("invitations"), json!({ "email": "new@example.com", "role_key": "member" })),
        app("POST", inside(&format!("conversations/{conversation}/messages")), json!({ "text": "Hi", "seen_seq": 1 })),
        app("PUT", inside(&format!("conversations/{conversation}/assignment")), json!({ "member_id": ann.member })),
        app("PUT", inside(&format!("conversations/{conversation}/status")), json!({ "status": "solved" })),
        app("PUT", inside(&format!("conversations/{conversation}/snooze")), json!({ "until": until })),
        app("PUT", inside(&format!("conversations/{conversation}/read")), json!({ "seq": 1 })),
        app("POST", inside(&format!("conversations/{conversation}/typing")), json!({ "state": "typing" })),
        app("PATCH", inside(&format!("customers/{customer}")), json!({ "display_name": "Renamed" })),
        page("POST", "/widget/v1/visitors", json!({ "channel_key": key, "name": "Jane" })),
        page("POST", "/widget/v1/messages", json!({ "client_id": fresh_id(), "text": "Hi" })),
        page("PUT", &format!("/widget/v1/conversations/{conversation}/read"), json!({ "seq": 1 })),
        page("POST", &format!("/widget/v1/conversations/{conversation}/typing"), json!({ "state": "typing" })),
    ]
}

#[test]
fn a_body_that_is_no_such_json_is_refused_at_every_door_and_changes_nothing() {
    let world = World::new();
    let doors = doors(&world);
    let before = written(&world);
    for (browser, method, path, good) in &doors {
        let raw = |kind: &str, body: &[u8]| browser.send_raw(method, path, Some((kind, body.to_vec())));
        let json = |body: &str| raw("application/json", body.as_bytes());
        let text = good.to_string();
        let some = good.as_object().and_then(|fields| fields.keys().next()).expect("a field");
        for malformed in
            ["", "{", "nonsense", &text[..text.len() - 1], &format!("{text} {{}}"), &format!("{{\"{some}\" 1}}")]
        {
            json(malformed).refused(400, "malformed_json");
        }
        json(&format!("{{\"{some}\":\"\\ud800\"}}")).refused(400, "malformed_json");
        let bytes = [format!("{{\"{some}\":\"").as_bytes(), b"\xff\xfe\"}"].concat();
        raw("application/json", &bytes).refused(400, "malformed_json");
        json(&"[".repeat(10_000)).refused(400, "malformed_json");
        is_problem(&json(&format!("{{\"{some}\":{}1{}}}", "[".repeat(10_000), "]".repeat(10_000))));

        let mut more = good.clone();
        more["no_such_field"] = json!(1);
        json(&more.to_string()).refused(422, "unknown_field");
        for shape in ["[]", "null", "7", "\"text\""] {
            json(shape).refused(422, "invalid_field");
        }
        for (field, value) in good.as_object().expect("an object") {
            for wrong in [json!({ "a": 1 }), json!([[]]), if value.is_string() { json!(7) } else { json!("x") }] {
                let mut bad = good.clone();
                bad[field] = wrong;
                is_problem(&json(&bad.to_string()));
            }
            if value.is_string() {
                let mut bad = good.clone();
                bad[field] = json!("a\0b");
                is_problem(&json(&bad.to_string()));
            }
        }
        for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"] {
            raw(kind, text.as_bytes()).refused(415, "content_type");
        }
    }
    assert_eq!(written(&world), before);
}

#[test]
fn a_body_above_a_mebibyte_is_refused() {
    let world = World::new();
    let doors = doors(&world);
    let before = written(&world);
    for (browser, method, path, _) in &doors {
        let large = format!("{{\"text\":\"{}\"}}", "x".repeat(1024 * 1024));
        // The server closes the connection rather than reading on.
        let browser = browser.clone().with("connection", "close");
        browser.send_raw(method, path, Some(("application/json", large.into_bytes()))).refused(413, "body_too_large");
    }
    assert_eq!(written(&world), before);
    let long = json!({ "client_id": fresh_id(), "text": "x".repeat(20_001) });
    world.visitor().browser.post("/widget/v1/messages", long).refused(422, "invalid_field");
}

#[test]
fn requests_of_other_pages_change_nothing() {
    let world = World::new();
    let doors = doors(&world);
    let before = written(&world);
    for (browser, method, path, good) in doors.iter().filter(|(_, _, path, _)| path.starts_with("/api/")) {
        let bare = browser.clone().without("origin");
        let foreign = [
            bare.clone(),
            bare.clone().with("origin", "null"),
            bare.clone().with("origin", "https://evil.test"),
            bare.clone().with("origin", &format!("{}.evil.test", world.origin)),
            bare.clone().with("origin", &world.origin.replace("http:", "https:")),
            bare.clone().with("origin", &world.origin).with("sec-fetch-site", "cross-site"),
            bare.with("sec-fetch-site", "same-site"),
        ];
        for page in foreign {
            page.send(method, path, Some(good.clone())).refused(403, "origin.refused");
        }
    }
    assert_eq!(written(&world), before);
}

#[test]
fn credentials_that_are_none_open_nothing() {
    let world = World::new();
    let (ann, visitor) = (world.ann(), world.visitor());
    let doors = doors(&world);
    let before = written(&world);
    let cookie = ann.browser.header("cookie").expect("a cookie").to_owned();
    let (name, token) = cookie.split_once('=').expect("a name and a token");
    let forged = [
        String::new(),
        format!("{name}="),
        format!("{name}={}", &token[1..]),
        format!("{name}={}", token.to_uppercase()),
        format!("{name}={}", visitor.token),
        format!("__Host-{name}={token}"),
        format!("{name}=' or '1'='1"),
    ];
    for cookie in &forged {
        let browser = world.browser().with("cookie", cookie);
        browser.get("/api/v1/me").refused(401, "unauthenticated");
        browser.get(&format!("/api/v1/workspaces/{}/conversations", ann.workspace)).refused(401, "unauthenticated");
    }
    let visitors = [
        "Visitor".to_owned(),
        "Visitor ".to_owned(),
        format!("Bearer {}", visitor.token),
        format!("Visitor {}x", visitor.token),
        format!("Visitor {token}"),
        format!("Visitor {}", world.channel_key),
    ];
    for authorization in &visitors {
        let browser = world.browser().with("origin", SITE).with("authorization", authorization);
        browser.get("/widget/v1/conversations").refused(401, "unauthenticated");
        let message = json!({ "client_id": fresh_id(), "text": "Hi" });
        browser.post("/widget/v1/messages", message).refused(401, "unauthenticated");
    }
    assert_eq!(written(&world), before);
    // Time ends what was good, and after a while it is forgotten too.
    let recorded = world.recorded();
    world.clock.advance(Duration::from_secs(15 * 24 * 60 * 60));
    ann.browser.get("/api/v1/me").refused(401, "unauthenticated");
    world.clock.advance(Duration::from_secs(90 * 24 * 60 * 60));
    for (browser, method, path, good) in &doors {
        if !["/api/v1/accounts", "/api/v1/sessions", "/widget/v1/visitors"].contains(&path.as_str()) {
            browser.send(method, path, Some(good.clone())).refused(401, "unauthenticated");
        }
    }
    assert_eq!(world.recorded(), recorded);
}

#[test]
fn ids_that_are_none_or_somebody_elses_are_nothing() {
    let world = World::new();
    let (ann, gus) = (world.ann(), world.gus());
    let conversation = world.conversation("Hello");
    let before = written(&world);
    let at = |id: &str| {
        vec![
            ann.get(&format!("conversations/{id}")),
            ann.get(&format!("conversations/{id}/messages")),
            ann.post(&format!("conversations/{id}/claim"), json!({})),
            ann.put(&format!("conversations/{id}/status"), json!({ "status": "solved" })),
            ann.get(&format!("customers/{id}")),
            ann.get(&format!("channels/{id}")),
            ann.get(&format!("attachments/{id}")),
            ann.get(&format!("/api/v1/workspaces/{id}")),
            ann.delete(&format!("invitations/{id}")),
            ann.delete(&format!("/api/v1/sessions/{id}")),
        ]
    };
    for id in ["x", "%00", "..%2F..", "%F0%9F%92%A9", &fresh_id(), &"7".repeat(3000), &gus.workspace, &gus.member] {
        for reply in at(id) {
            reply.refused(404, "not_found");
        }
    }
    let foreign =
        [json!({ "member_id": gus.member }), json!({ "member_id": fresh_id() }), json!({ "member_id": conversation })];
    for body in foreign {
        ann.put(&format!("conversations/{conversation}/assignment"), body).refused(404, "not_found");
    }
    let message = json!({ "text": "Hi", "seen_seq": 1, "attachments": [fresh_id()] });
    ann.post(&format!("conversations/{conversation}/messages"), message).refused(404, "not_found");
    assert_eq!(written(&world), before);
}

#[test]
fn parameters_that_are_none_are_refused_by_name() {
    let world = World::new();
    let ann = world.ann();
    let conversation = world.conversation("Hello");
    let bad = [
        ("conversations?color=red", "/color"),
        ("conversations?status=done", ""),
        ("conversations?mode=robot", ""),
        ("conversations?limit=0", ""),
        ("conversations?limit=101", ""),
        ("conversations?limit=many", ""),
        ("conversations?limit=99999999999999999999", ""),
        ("conversations?assignee_id=somebody", "/assignee_id"),
        ("conversations?channel_id=x", ""),
        ("conversations?unread=maybe", ""),
        ("conversations?sort=random", ""),
        ("conversations?status=open&status=solved", "/status"),
        ("conversations?cursor=AAAA", "/cursor"),
        ("customers?q=%00&limit=-1", ""),
        ("search?limit=5", ""),
        ("search?q=hello&cursor=x", "/cursor"),
    ];
    for (path, pointer) in bad {
        let refused = ann.get(path).refused(422, "invalid_field");
        assert_eq!(refused["errors"][0]["pointer"], pointer, "{path}");
    }
    let messages = format!("conversations/{conversation}/messages");
    for query in ["before_seq=x", "after_seq=9223372036854775808", "limit=0", "before_seq=1&after_seq=1"] {
        ann.get(&format!("{messages}?{query}")).refused(422, "invalid_field");
    }
    for query in ["before_seq=-9223372036854775808", "after_seq=9223372036854775807", "limit=100"] {
        ann.get(&format!("{messages}?{query}")).ok();
    }
    for q in ["%00", "%FF%FE", "%ED%A0%80", "'%22;--", &"word%20".repeat(2000)] {
        ann.get(&format!("search?q={q}")).ok();
        ann.get(&format!("conversations?q={q}")).ok();
    }
}

#[test]
fn numbers_at_their_edges_are_refused_or_harmless() {
    let world = World::new();
    let (ann, visitor) = (world.ann(), world.visitor());
    let conversation = visitor.says("Hello");
    for seq in [json!(i64::MIN), json!(-1), json!(i64::MAX)] {
        ann.put(&format!("conversations/{conversation}/read"), json!({ "seq": seq })).ok_with(204);
        let path = format!("/widget/v1/conversations/{conversation}/read");
        visitor.browser.put(&path, json!({ "seq": seq })).ok_with(204);
    }
    assert_eq!(ann.get(&format!("conversations/{conversation}")).ok()["read_seq"], 1);
    assert_eq!(visitor.conversations()[0]["read_seq"], 1);
    for seq in ["1e400", "9223372036854775808", "1.5", "\"1\""] {
        let body = format!("{{\"seq\":{seq}}}").into_bytes();
        let path = format!("/api/v1/workspaces/{}/conversations/{conversation}/read", ann.workspace);
        is_problem(&ann.browser.send_raw("PUT", &path, Some(("application/json", body))));
    }
    for until in ["", "tomorrow", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59Z", "2026-02-30T00:00:00Z"] {
        is_problem(&ann.put(&format!("conversations/{conversation}/snooze"), json!({ "until": until })));
    }
}

#[test]
fn methods_and_paths_that_are_none_are_problems_too() {
    let world = World::new();
    let ann = world.ann();
    for (method, path, status) in [
        ("PUT", "conversations", 405),
        ("DELETE", "counters", 405),
        ("GET", "no_such_thing", 404),
        ("POST", "conversations/x/y/z", 404),
    ] {
        let path = format!("/api/v1/workspaces/{}/{path}", ann.workspace);
        let body = (method != "GET" && method != "DELETE").then(|| json!({}));
        let reply = ann.browser.send(method, &path, body);
        assert_eq!(reply.status, status, "{method} {path}");
        is_problem(&reply);
    }
    for path in ["/api/v2/me", "/widget/v1/no_such_thing", "/hooks/stripe/x"] {
        ann.browser.get(path).refused(404, "not_found");
    }
}

#[test]
fn a_channel_that_posts_faster_than_its_limit_is_told_to_wait_and_writes_nothing() {
    let world = World::with(|settings| settings.limit_factor = Some(1));
    let visitor = world.visitor();
    let message = || json!({ "client_id": fresh_id(), "text": "Again" });
    let answers = until_refused(|| visitor.browser.post("/widget/v1/messages", message()));
    let accepted = answers.len() - 1;
    assert!(accepted >= 60, "only {accepted} were accepted");
    let refused = answers.into_iter().next_back().expect("a refusal");
    let seconds: u64 = refused.header("retry-after").expect("how long to wait").parse().expect("seconds");
    assert!((1..=60).contains(&seconds));
    assert_eq!(refused.header("access-control-allow-origin"), Some(SITE), "the page can read it");
    refused.refused(429, "rate_limited");
    let conversation = text_of(&visitor.conversations()[0]["id"]);
    assert_eq!(visitor.messages(&conversation).len(), accepted);
    until_refused(|| visitor.browser.upload("/widget/v1/attachments", "a.txt", b"content"));
    world.visitor().says("Another visitor has a limit of its own");
}

#[test]
fn an_address_that_opens_chats_faster_than_its_limit_is_told_to_wait() {
    let world = World::with(|settings| settings.limit_factor = Some(1));
    let browser = world.browser().with("origin", SITE);
    let opened = until_refused(|| browser.post("/widget/v1/visitors", json!({ "channel_key": world.channel_key })));
    assert!(opened.last().is_some_and(|refused| refused.header("retry-after").is_some()));
    let visitors = i64::try_from(opened.len() - 1).expect("a number");
    assert_eq!(world.database.count("select count(*) from visitors"), 2 * visitors, "each visitor and its mirror");
}

/// Does it again and again until the limit is reached; every answer, the refusal last.
fn until_refused(act: impl Fn() -> Reply) -> Vec<Reply> {
    let mut answers = Vec::new();
    loop {
        let answer = act();
        let refused = answer.status == 429;
        assert!(refused || answer.status == 201, "{}", answer.text());
        answers.push(answer);
        if refused {
            return answers;
        }
        assert!(answers.len() < 1000, "no limit was reached");
    }
}
