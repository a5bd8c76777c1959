//! An agency sets a workspace up for a client, hands it over and goes (WS-016 to WS-020).

use serde_json::json;

use crate::support::{PASSWORD, Person, SITE, Visitor, World, text_of};

#[test]
fn ws_016_ws_020_an_agency_sets_up_a_workspace_hands_it_to_the_client_and_leaves() {
    let world = World::new();
    let agency = world.gus();
    // WS-017: a workspace for the client, beside the agency's own.
    let made = agency.post("/api/v1/workspaces", json!({ "name": "Harbour Books", "pack": "linkai" })).ok_with(201);
    let there = agency.clone().in_workspace(&text_of(&made["id"]));

    // WS-018: the agency configures it.
    let channel = there.post("channels", json!({ "name": "Bookshop chat" })).ok_with(201);
    let path = format!("channels/{}", text_of(&channel["id"]));
    there.patch(&path, json!({ "allowed_origins": [SITE] })).ok();
    let conversation = Visitor::open(world.browser(), &text_of(&channel["public_key"])).says("Do you have maps?");
    there.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
    let answer = json!({ "text": "We do, for every coast.", "seen_seq": 1 });
    there.post(&format!("conversations/{conversation}/messages"), answer).ok_with(201);

    // WS-019: the client is invited as owner, and accepts with a new account.
    let invited = json!({ "email": "kim@harbour.example", "role_key": "owner" });
    assert_eq!(there.post("invitations", invited).ok_with(201)["as_owner"], true);
    let token = world.mailed("kim@harbour.example", "/invite/");
    let new = json!({
        "name": "Kim", "email": "kim@harbour.example", "password": PASSWORD, "invitation_token": token
    });
    let reply = world.browser().post("/api/v1/accounts", new);
    let browser = world.browser().with("cookie", &reply.cookie());
    let me = reply.ok_with(201);
    let client = Person { name: "Kim".into(), email: "kim@harbour.example".into(), browser, ..there.clone() };
    assert_eq!(me["memberships"][0]["role"]["key"], "owner");
    assert_eq!(me["memberships"].as_array().map(Vec::len), Some(1), "no workspace beside it");
    there
        .post("ownership-transfers", json!({ "to_member_id": there.member, "workspace_name": "Harbour Books" }))
        .refused(403, "forbidden");
    client.get("").ok();

    // WS-022: the former owner can leave now, which the owner cannot.
    client.post("leave", json!({})).refused(403, "forbidden");
    there.post("leave", json!({})).ok();

    // MEM-013, MEM-014: the workspace and its data remain, and the agency sees them no more.
    for path in ["", "conversations", "members", "customers"] {
        there.get(path).refused(404, "not_found");
    }
    agency.get("conversations").ok();
    assert_eq!(client.get("").ok()["name"], "Harbour Books");
    let kept = client.get(&format!("conversations/{conversation}")).ok();
    assert_eq!(kept["assignee"], json!(null), "its work went back into the queue");
    let messages = client.get(&format!("conversations/{conversation}/messages")).ok();
    assert_eq!(messages["items"].as_array().map(Vec::len), Some(2));
    assert_eq!(client.all("channels").iter().filter(|channel| channel["name"] == "Bookshop chat").count(), 1);
    // WS-020: whoever did it once does it again.
    agency.post("/api/v1/workspaces", json!({ "name": "Next client" })).ok_with(201);
    let me = agency.get("/api/v1/me").ok();
    let places = me["memberships"].as_array().expect("places").iter();
    let places: Vec<_> = places.map(|place| text_of(&place["workspace"]["name"])).collect();
    assert_eq!(places, ["Gus's Workspace", "Next client"]);
}
