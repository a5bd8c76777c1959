//! A request that began in time and goes on for long: what it was let in with ends meanwhile.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use serde_json::{Value, json};

use super::{MINUTE, robot, signed_in_again};
use crate::{
    stories::workspaces::samples::literal,
    support::{PLACE, Person, Place, World, text_of, until},
};

/// A connection over which the head of a request went.
fn begun(by: &Person, head: &str) -> TcpStream {
    let host = by.browser.origin.trim_start_matches("http://");
    let mut socket = TcpStream::connect(host).expect("the server listens");
    let headers = ["cookie", "authorization"].map(|name| (name, by.browser.header(name)));
    let known: String = headers.iter().filter_map(|(name, value)| Some(format!("{name}: {}\r\n", (*value)?))).collect();
    let origin = &by.browser.origin;
    write!(socket, "{head}\r\nhost: {host}\r\norigin: {origin}\r\n{known}").expect("sent");
    socket
}

/// Longer than what the street keeps to ask a door again: the door is entered before all of it is there.
const LONG: usize = 70_000;

/// A rename of the workspace of which the last octet is still missing.
fn unfinished_rename(by: &Person, name: &str) -> TcpStream {
    let body = json!({ "name": name }).to_string().replace('}', &format!("{}}}", " ".repeat(LONG)));
    let mut socket = begun(by, &format!("PATCH /api/v1/workspaces/{} HTTP/1.0", by.workspace));
    let most = &body[..body.len() - 1];
    write!(socket, "content-type: application/json\r\ncontent-length: {}\r\n\r\n{most}", body.len()).expect("sent");
    socket
}

/// What the server says once the rename is whole.
fn finished(mut rename: TcpStream) -> (String, Value) {
    rename.write_all(b"}").expect("sent");
    let mut answer = String::new();
    rename.read_to_string(&mut answer).expect("an answer");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
    let status = head.split(' ').nth(1).expect("a status").to_owned();
    (status, serde_json::from_str(body).unwrap_or_default())
}

#[test]
fn inv_08_t_b10_what_a_key_began_is_refused_once_it_is_revoked() {
    let world = World::new();
    let ann = world.ann();
    let (robot, id) = robot(&world, &ann, &["workspace.edit_settings"]);
    let rename = unfinished_rename(&robot, "Evil");
    let used = format!("select count(*) from api_keys where id = {} and last_used_at > 0", literal(&id));
    until("the key's use", || (world.database.count(&used) == 1).then_some(()));
    ann.delete(&format!("api-keys/{id}")).ok_with(204);
    let (status, problem) = finished(rename);
    assert_eq!((status.as_str(), &problem["code"]), ("401", &json!("unauthenticated")));
    assert_eq!(ann.get("").ok()["name"], "Acme");
}

#[test]
fn t_e2_t_b10_what_a_session_began_is_refused_once_it_is_signed_out() {
    let world = World::new();
    let (ann, kim) = (world.ann(), world.member_with_role("admin"));
    let kim = signed_in_again(&world, &kim);
    world.clock.advance(6 * MINUTE);
    let since = world.clock.now().millis();
    let rename = unfinished_rename(&kim, "Evil");
    let member = literal(&kim.member);
    let entered = format!("select count(*) from memberships where id = {member} and last_active_at >= {since}");
    until("the entry", || (world.database.count(&entered) == 1).then_some(()));
    kim.delete("/api/v1/sessions/current").ok_with(204);
    let (status, problem) = finished(rename);
    assert_eq!((status.as_str(), &problem["code"]), ("401", &json!("unauthenticated")));
    assert_eq!(ann.get("").ok()["name"], "Acme");
}

/// Adds what more than fills every buffer between the server and a reader who does not read.
fn fill_the_log(world: &World, workspace: &str) {
    const ROWS: usize = 5000;
    let (filler, pad) = match *PLACE {
        Place::Sqlite => ("zeroblob(32)", "hex(zeroblob(2000))"),
        Place::Postgres(_) => ("'\\x00'::bytea", "repeat('0', 4000)"),
    };
    let (own, at) = (literal(workspace), world.clock.now().millis());
    let own = if matches!(*PLACE, Place::Sqlite) { own } else { format!("{own}::uuid") };
    world.database.run(&format!(
        "insert into events (workspace_id, seq, at, kind, actor_kind, permission, subject_kind, subject_id, payload,
            row_hash, hash)
         with recursive n (n) as (select 1 union all select n + 1 from n where n < {ROWS})
         select {own}, 1000000 + n, {at}, 'workspace.updated', 'duty', 'none', 'workspace', {own},
            '{{\"pad\":\"' || {pad} || '\"}}', {filler}, {filler} from n"
    ));
}

#[test]
fn inv_08_t_b10_an_export_breaks_off_when_its_readers_membership_ends() {
    let world = World::new();
    let (ann, kim) = (world.ann(), world.member_with_role("admin"));
    fill_the_log(&world, &ann.workspace);
    let path = format!("/api/v1/workspaces/{}/audit-events/export?format=ndjson", kim.workspace);
    let export = |interrupted: &dyn Fn()| {
        let mut socket = begun(&kim, &format!("GET {path} HTTP/1.0"));
        socket.write_all(b"\r\n").expect("sent");
        let mut head = [0; 4096];
        socket.read_exact(&mut head).expect("the beginning");
        interrupted();
        let mut rest = Vec::new();
        socket.read_to_end(&mut rest).map(|_| ()).unwrap_or_default();
        (String::from_utf8_lossy(&head).into_owned(), String::from_utf8_lossy(&rest).into_owned())
    };
    let oldest = "\"workspace.created\"";
    let (head, whole) = export(&|| {});
    assert!(head.contains("200 OK") && whole.contains(oldest), "{head}");
    let (_, part) = export(&|| drop(ann.delete(&format!("members/{}", kim.member)).ok()));
    assert!(part.len() < whole.len() && !part.contains(oldest), "{} of {}", part.len(), whole.len());
    assert_eq!(text_of(&ann.all("audit-events?outcome=read")[0]["actor"]["id"]), kim.member);
}

/// A stream that heard no word of a change looks before it tells what happened after it.
#[test]
fn inv_12_t_e1_no_stream_tells_what_happened_after_its_rights_changed_by_the_rights_before() {
    let world = World::new();
    let (kim, eve) = (world.member_with_role("agent"), world.member_with_role("agent"));
    let (hers, theirs) = (kim.listen(), eve.listen());
    let (kim, eve) = (literal(&kim.member), literal(&eve.member));
    world.database.run(&format!("update memberships set status = 'removed' where id = {kim}"));
    world.database.run(&format!("update memberships set role_key = 'viewer' where id = {eve}"));
    world.database.run("update workspaces set rights_version = rights_version + 1 where name = 'Acme'");
    world.visitor_who(json!({ "email": "jane@customers.example.com" })).says("Only for who may");
    assert_eq!(hers.next().data, json!({ "code": "membership.ended" }));
    hers.ended();
    let told = theirs.all_until(|frame| frame.data["kind"] == "message.received");
    assert_eq!(told[0].event, "reset");
    let shown = &told.last().expect("a frame").data["conversation"];
    assert_eq!(shown["can"]["conversation.reply"], "role", "{shown}");
    assert_eq!(shown["customer"]["email"], "j***@customers.example.com", "{shown}");
}
