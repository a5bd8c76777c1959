//! Files on both sides of a conversation.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use serde_json::{Value, json};

use crate::support::{Person, Reply, Visitor, World, fresh_id, text_of};

const MIB: usize = 1024 * 1024;
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
const PAGE: &[u8] = b"<!doctype html><script>alert(document.domain)</script>";

fn file_path(person: &Person, file: &Value) -> String {
    format!("/api/v1/workspaces/{}/attachments/{}", person.workspace, text_of(&file["id"]))
}

fn download(person: &Person, file: &Value) -> Reply {
    person.get(&file_path(person, file))
}

fn fetch(visitor: &Visitor, file: &Value) -> Reply {
    visitor.browser.get(&format!("/widget/v1/attachments/{}", text_of(&file["id"])))
}

fn reply_with(person: &Person, conversation: &str, files: &[&Value]) -> Reply {
    let ids: Vec<&Value> = files.iter().map(|file| &file["id"]).collect();
    let message = json!({ "text": "See here", "seen_seq": 1, "attachments": ids });
    person.post(&format!("conversations/{conversation}/messages"), message)
}

fn send_with(visitor: &Visitor, files: &[&Value]) -> Reply {
    let ids: Vec<&Value> = files.iter().map(|file| &file["id"]).collect();
    visitor.browser.post("/widget/v1/messages", json!({ "client_id": fresh_id(), "text": "", "attachments": ids }))
}

#[test]
fn files_go_both_ways() {
    let world = World::new();
    let (bo, visitor) = (world.bo(), world.visitor());
    let photo = visitor.upload("photo.png", PNG);
    let sent = send_with(&visitor, &[&photo]).ok_with(201);
    let conversation = text_of(&sent["conversation_id"]);
    let shown = bo.get(&format!("conversations/{conversation}/messages")).ok()["items"][0]["attachments"][0].clone();
    assert_eq!((&shown["name"], &shown["size"]), (&json!("photo.png"), &json!(PNG.len())));
    assert_eq!(bo.get(&text_of(&shown["url"])).bytes, PNG);

    let invoice = bo.upload("invoice.txt", b"You owe us nothing");
    reply_with(&bo, &conversation, &[&invoice]).ok_with(201);
    let shown = visitor.messages(&conversation)[1]["attachments"][0].clone();
    assert_eq!(visitor.browser.get(&text_of(&shown["url"])).bytes, b"You owe us nothing");
}

#[test]
fn t_i5_a_file_is_what_its_content_says_and_no_browser_runs_it() {
    let world = World::new();
    let bo = world.bo();
    let cases: [(&str, &[u8], &str); 5] = [
        ("picture.png", PNG, "image/png"),
        ("picture.png", PAGE, "text/plain; charset=utf-8"),
        ("page.html", PAGE, "text/plain; charset=utf-8"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "text/plain; charset=utf-8"),
        ("notes.txt", b"\x00\x01\x02\x03", "application/octet-stream"),
    ];
    for (name, content, kind) in cases {
        // What its sender calls it decides nothing.
        let path = format!("/api/v1/workspaces/{}/attachments?name={name}", bo.workspace);
        let file = bo.browser.send_raw("POST", &path, Some(("text/html", content.to_vec()))).ok_with(201);
        assert_eq!(file["content_type"], kind, "{name}");
        let got = download(&bo, &file);
        assert_eq!(got.bytes, content, "{name}");
        assert_eq!(got.header("content-type"), Some(kind), "{name}");
        assert_eq!(got.header("content-disposition"), Some(format!("attachment; filename*=UTF-8''{name}").as_str()));
        assert_eq!(got.header("x-content-type-options"), Some("nosniff"));
        assert!(got.header("content-security-policy").is_some_and(|policy| policy.contains("sandbox")), "{name}");
    }
}

#[test]
fn t_i4_a_name_is_data() {
    let world = World::new();
    let bo = world.bo();
    for (name, kept) in [
        ("..%2F..%2Fetc%2Fpasswd", "passwd"),
        ("%E2%80%8B.htaccess", ".htaccess"),
        ("%E2%80%AEgpj.exe", "gpj.exe"),
        ("a%00b%0D%0AX-Evil:1.txt", "abX-Evil:1.txt"),
        ("..", "file"),
        ("%FF%FE.txt", "\u{fffd}\u{fffd}.txt"),
    ] {
        let file = bo.upload(name, b"content");
        assert_eq!(file["name"], kept, "{name}");
        let got = download(&bo, &file);
        assert!(got.header("x-evil").is_none() && got.status == 200, "{name}");
    }
    let path = format!("/api/v1/workspaces/{}/attachments", bo.workspace);
    bo.browser.upload(&path, &"x".repeat(301), b"content").refused(422, "invalid_field");
    bo.browser.send_raw("POST", &path, Some(("text/plain", b"content".to_vec()))).refused(422, "invalid_field");
}

#[test]
fn a_file_has_at_most_25_mib_and_at_least_something() {
    let world = World::new();
    let (bo, visitor) = (world.bo(), world.visitor());
    let path = format!("/api/v1/workspaces/{}/attachments", bo.workspace);
    let before = world.recorded();
    for (browser, path) in [(&bo.browser, path.as_str()), (&visitor.browser, "/widget/v1/attachments")] {
        browser.upload(path, "large.bin", &vec![7; 25 * MIB + 1]).refused(413, "attachment.too_large");
        browser.upload(path, "empty.bin", b"").refused(422, "attachment.empty");
    }
    assert_eq!(world.recorded(), before);
    assert_eq!(world.database.count("select count(*) from attachments"), 0);
    let full = bo.upload("full.bin", &vec![7; 25 * MIB]);
    assert_eq!(full["size"], 25 * MIB);
    assert_eq!(download(&bo, &full).bytes.len(), 25 * MIB);
}

#[test]
fn an_upload_that_breaks_off_leaves_nothing() {
    let world = World::new();
    let visitor = world.visitor();
    let before = world.recorded();
    let mut socket = TcpStream::connect(world.origin.trim_start_matches("http://")).expect("the server listens");
    write!(
        socket,
        "POST /widget/v1/attachments?name=half.txt HTTP/1.1\r\nhost: x\r\nauthorization: Visitor {}\r\n\
         content-length: 1000\r\nconnection: close\r\n\r\nonly a part",
        visitor.token
    )
    .expect("a part is sent");
    socket.shutdown(std::net::Shutdown::Write).expect("the sender goes away");
    // Whatever the server says or does not say, it has ended with this request then.
    let _ = socket.read_to_end(&mut Vec::new());
    assert_eq!(world.recorded(), before);
    assert_eq!(world.database.count("select count(*) from attachments"), 0);
    let folder = world.database.folder.path().join("files");
    assert_eq!(files_below(&folder), 0, "nothing half is kept");
}

fn files_below(folder: &std::path::Path) -> usize {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    let count = |entry: std::fs::DirEntry| if entry.path().is_dir() { files_below(&entry.path()) } else { 1 };
    entries.flatten().map(count).sum()
}

#[test]
fn a_file_is_its_uploaders_until_it_is_sent() {
    let world = World::new();
    let (ann, bo, visitor, other) = (world.ann(), world.bo(), world.visitor(), world.visitor());
    let conversation = visitor.says("Hello");
    let (members, visitors) = (bo.upload("draft.txt", b"draft"), visitor.upload("mine.txt", b"mine"));
    download(&bo, &members).ok();
    assert_eq!(fetch(&visitor, &visitors).bytes, b"mine");
    download(&ann, &members).refused(404, "not_found");
    download(&bo, &visitors).refused(404, "not_found");
    fetch(&visitor, &members).refused(404, "not_found");
    fetch(&other, &visitors).refused(404, "not_found");

    // Nobody sends another's file, and nobody sends one twice.
    let before = world.recorded();
    reply_with(&ann, &conversation, &[&members]).refused(404, "not_found");
    reply_with(&bo, &conversation, &[&visitors]).refused(404, "not_found");
    send_with(&other, &[&visitors]).refused(404, "not_found");
    send_with(&visitor, &[&visitors, &visitors]).refused(404, "not_found");
    assert_eq!(world.recorded(), before);
    reply_with(&bo, &conversation, &[&members]).ok_with(201);
    send_with(&visitor, &[&visitors]).ok_with(201);
    send_with(&visitor, &[&visitors]).refused(404, "not_found");
    download(&ann, &members).ok();
    download(&bo, &visitors).ok();
    assert_eq!(fetch(&visitor, &members).bytes, b"draft");
}

#[test]
fn files_of_conversations_out_of_sight_are_nothing() {
    let world = World::new();
    let (bo, agent, visitor, other) = (world.bo(), world.member_with_role("agent"), world.visitor(), world.visitor());
    let file = visitor.upload("secret.txt", b"secret");
    let conversation = text_of(&send_with(&visitor, &[&file]).ok()["conversation_id"]);
    other.says("I am somebody else");
    download(&agent, &file).ok();
    assert_eq!(download(&world.vic(), &file).bytes, b"secret", "who reads, downloads");
    bo.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    download(&agent, &file).refused(404, "not_found");
    fetch(&other, &file).refused(404, "not_found");
    world.gus().get(&format!("attachments/{}", text_of(&file["id"]))).refused(404, "not_found");
    download(&world.gus(), &file).refused(404, "not_found");
    world.browser().get(&file_path(&bo, &file)).refused(401, "unauthenticated");
}

#[test]
fn a_message_carries_at_most_ten_files_and_needs_a_file_or_a_word() {
    let world = World::new();
    let visitor = world.visitor();
    let files: Vec<Value> = (0..11).map(|index| visitor.upload(&format!("{index}.txt"), b"content")).collect();
    let all: Vec<&Value> = files.iter().collect();
    let before = world.recorded();
    send_with(&visitor, &all).refused(422, "invalid_field");
    send_with(&visitor, &[]).refused(422, "message.empty");
    assert_eq!(world.recorded(), before);
    let sent = send_with(&visitor, &all[..10]).ok_with(201);
    assert_eq!(sent["message"]["attachments"].as_array().map(Vec::len), Some(10));
}

#[test]
fn the_same_content_is_kept_once() {
    let world = World::new();
    let bo = world.bo();
    for name in ["one.txt", "two.txt"] {
        download(&bo, &bo.upload(name, b"the same")).ok();
    }
    assert_eq!(files_below(&world.database.folder.path().join("files")), 1);
}
