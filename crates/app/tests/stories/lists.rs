//! Lists of conversations: every filter, page by page.

use serde_json::{Value, json};

use crate::support::{Person, World, text_of};

/// A world with conversations of many kinds, and its owner.
fn filled() -> (World, Person) {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let second = ann.post("channels", json!({ "name": "Second shop" })).ok_with(201);
    let allowed = json!({ "allowed_origins": [crate::support::SITE] });
    ann.patch(&format!("channels/{}", text_of(&second["id"])), allowed).ok();
    let second_key = text_of(&second["public_key"]);
    for index in 0..24 {
        let key = if index % 3 == 0 { &second_key } else { &world.channel_key };
        let visitor = crate::support::Visitor::open(world.browser(), key);
        let id = visitor.says(&format!("Question {index} about {}", if index % 2 == 0 { "apples" } else { "pears" }));
        let at = |what: &str| format!("conversations/{id}/{what}");
        match index % 6 {
            1 => drop(bo.post(&at("claim"), json!({})).ok()),
            2 => drop(ann.post(&at("claim"), json!({})).ok()),
            3 => drop(ann.put(&at("status"), json!({ "status": "solved" })).ok()),
            4 => drop(ann.put(&at("read"), json!({ "seq": 1 })).ok()),
            _ => {}
        }
    }
    world.database.run("update conversations set mode = 'ai' where last_activity_at % 2 = 0");
    (world, ann)
}

fn ids(items: &[Value]) -> Vec<String> {
    items.iter().map(|item| text_of(&item["id"])).collect()
}

#[test]
fn every_filter_gives_what_it_says_whatever_the_page_size() {
    let (world, ann) = filled();
    let everything: Vec<Value> =
        ["open", "solved"].iter().flat_map(|status| ann.all(&format!("conversations?status={status}"))).collect();
    assert_eq!(everything.len(), 24);
    let bo = world.bo().member;
    let channel = world.channel.clone();
    type Rule<'a> = Box<dyn Fn(&Value) -> bool + 'a>;
    let filters: Vec<(String, Rule<'_>)> = vec![
        ("".into(), Box::new(|_| true)),
        ("&mode=ai".into(), Box::new(|each| each["mode"] == "ai")),
        ("&mode=handoff".into(), Box::new(|_| false)),
        ("&assignee_id=me".into(), Box::new(|each| each["assignee"]["id"] == json!(ann.member))),
        ("&assignee_id=none".into(), Box::new(|each| each["assignee"].is_null())),
        (format!("&assignee_id={bo}"), Box::new(|each| each["assignee"]["id"] == json!(bo))),
        (format!("&channel_id={channel}"), Box::new(|each| each["channel"]["id"] == json!(channel))),
        ("&unread=true".into(), Box::new(|each| each["unread_count"] != 0)),
        ("&q=apples".into(), Box::new(|each| each["preview"]["text"].to_string().contains("apples"))),
        (
            "&mode=manual&assignee_id=none&unread=true&q=question".into(),
            Box::new(|each| each["mode"] == "manual" && each["assignee"].is_null() && each["unread_count"] != 0),
        ),
    ];
    for status in ["open", "solved"] {
        for (filter, rule) in &filters {
            let mut wanted: Vec<&Value> =
                everything.iter().filter(|each| each["status"] == status && rule(each)).collect();
            let when = |each: &Value| (text_of(&each["last_activity_at"]), text_of(&each["id"]));
            wanted.sort_by_key(|each| std::cmp::Reverse(when(each)));
            let newest: Vec<String> = wanted.iter().map(|each| text_of(&each["id"])).collect();
            let oldest: Vec<String> = newest.iter().rev().cloned().collect();
            for (sort, wanted) in [("newest", newest), ("oldest", oldest)] {
                for limit in [1, 4, 100] {
                    let path = format!("conversations?status={status}{filter}&sort={sort}&limit={limit}");
                    assert_eq!(ids(&ann.all(&path)), wanted, "{path}");
                }
            }
        }
    }
}

#[test]
fn a_page_continues_where_it_ended_whatever_arrives_meanwhile() {
    let (world, ann) = filled();
    let before = ids(&ann.all("conversations"));
    let first = ann.get("conversations?limit=7").ok();
    world.conversation("Just arrived");
    let cursor = text_of(&first["next_cursor"]);
    let second = ann.get(&format!("conversations?limit=7&cursor={cursor}")).ok();
    let seen = [first, second].map(|page| ids(page["items"].as_array().expect("items"))).concat();
    assert_eq!(seen, before[..14]);
}

#[test]
fn a_cursor_serves_only_the_list_it_came_from() {
    let (world, ann) = filled();
    let cursor = text_of(&ann.get("conversations?limit=5").ok()["next_cursor"]);
    let elsewhere = [
        format!("conversations?status=solved&cursor={cursor}"),
        format!("conversations?assignee_id=me&cursor={cursor}"),
        format!("conversations?sort=oldest&cursor={cursor}"),
        format!("conversations?q=apples&cursor={cursor}"),
        format!("customers?cursor={cursor}"),
        format!("search?q=apples&cursor={cursor}"),
        format!("conversations?cursor={}", &cursor[1..]),
        format!("conversations?cursor={}", cursor.to_lowercase()),
        "conversations?cursor=".to_owned(),
        "conversations?cursor=%00".to_owned(),
    ];
    for path in elsewhere {
        let refused = ann.get(&path).refused(422, "invalid_field");
        assert_eq!(refused["errors"][0]["pointer"], "/cursor", "{path}");
    }
    let foreign = world.gus().get(&format!("conversations?cursor={cursor}"));
    assert_eq!(foreign.refused(422, "invalid_field")["errors"][0]["code"], "invalid_cursor");
}

#[test]
fn messages_are_read_in_both_directions() {
    let world = World::new();
    let (bo, visitor) = (world.bo(), world.visitor());
    let conversation = visitor.says("1");
    (2..=9).for_each(|number| drop(visitor.says(&number.to_string())));
    let page = |query: &str| {
        let page = bo.get(&format!("conversations/{conversation}/messages?{query}")).ok();
        let texts: Vec<String> =
            page["items"].as_array().expect("items").iter().map(|message| text_of(&message["text"])).collect();
        (texts.join(" "), page["next_cursor"].as_str().map(str::to_owned))
    };
    let edge = |seq: &str| Some(seq.to_owned());
    assert_eq!(page("limit=4"), ("6 7 8 9".into(), edge("6")));
    assert_eq!(page("limit=4&before_seq=6"), ("2 3 4 5".into(), edge("2")));
    assert_eq!(page("limit=4&before_seq=2"), ("1".into(), None));
    assert_eq!(page("limit=4&after_seq=0"), ("1 2 3 4".into(), edge("4")));
    assert_eq!(page("limit=4&after_seq=5"), ("6 7 8 9".into(), None));
    bo.get(&format!("conversations/{conversation}/messages?after_seq=1&before_seq=3")).refused(422, "invalid_field");
}

#[test]
fn a_customers_conversations_are_listed_whatever_their_status() {
    let world = World::new();
    let (bo, visitor) = (world.bo(), world.visitor());
    let old = visitor.says("Old");
    bo.put(&format!("conversations/{old}/status"), json!({ "status": "archived" })).ok();
    let new = visitor.says("New");
    world.conversation("Somebody else's");
    let customer = text_of(&bo.get(&format!("conversations/{new}")).ok()["customer"]["id"]);
    assert_eq!(ids(&bo.all(&format!("customers/{customer}/conversations?limit=1"))), [new, old]);
}
