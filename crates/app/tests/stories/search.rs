//! Finding customers and words.

use serde_json::{Value, json};

use crate::support::{Person, World, text_of};

/// The excerpts found, newest first.
fn found(person: &Person, q: &str) -> Vec<String> {
    person.all(&format!("search?q={q}")).iter().map(|hit| text_of(&hit["excerpt"])).collect()
}

#[test]
fn words_are_found_without_case_and_accents_and_the_last_one_unfinished() {
    let world = World::new();
    let bo = world.bo();
    world.conversation("¿Dónde está mi PEDIDO de Perú?");
    world.conversation("The order from Lima arrived");
    let pedido = "¿Dónde está mi PEDIDO de Perú?";
    for q in ["pedido", "PEDIDO", "donde", "D%C3%B3nde", "peru", "Per%C3%9A", "mi%20pedi", "pe", "peru%20donde"] {
        assert_eq!(found(&bo, q), [pedido], "{q}");
    }
    for q in ["pedi%20donde", "pedido%20lima", "edido", "%22pedido%20AND%22%20xyz", "nothing"] {
        assert_eq!(found(&bo, q), Vec::<String>::new(), "{q}");
    }
    for q in ["", "%20", "%22%27*%28%29", "%00"] {
        assert_eq!(found(&bo, q), Vec::<String>::new(), "{q:?} holds no word");
    }
    assert_eq!(found(&bo, "order%00lima"), ["The order from Lima arrived"]);
}

#[test]
fn customers_are_found_by_name_and_messages_by_the_names_of_their_files() {
    let world = World::new();
    let bo = world.bo();
    let visitor = world.visitor_who(json!({ "name": "Zoë Quartz" }));
    let file = visitor.upload("blueprint-7.txt", b"a plan");
    let message = json!({ "client_id": crate::support::fresh_id(), "text": "See here", "attachments": [file["id"]] });
    let sent = visitor.browser.post("/widget/v1/messages", message).ok_with(201);

    let hits = bo.all("search?q=zoe%20qua");
    assert_eq!((hits.len(), &hits[0]["kind"], &hits[0]["excerpt"]), (1, &json!("customer"), &json!("Zoë Quartz")));
    let hits = bo.all("search?q=blueprint");
    assert_eq!((hits.len(), &hits[0]["kind"], &hits[0]["message_seq"]), (1, &json!("message"), &json!(1)));
    assert_eq!(hits[0]["conversation_id"], sent["conversation_id"]);

    let customer = text_of(&hits[0]["customer"]["id"]);
    bo.patch(&format!("customers/{customer}"), json!({ "display_name": "Zoë Onyx" })).ok();
    assert!(found(&bo, "quartz").is_empty(), "an old name finds nobody");
    assert_eq!(found(&bo, "onyx"), ["Zoë Onyx"]);
}

#[test]
fn inv_19_who_sees_addresses_masked_cannot_find_by_them() {
    let world = World::new();
    let (ann, vic) = (world.ann(), world.vic());
    let visitor = world.visitor_who(json!({ "name": "Jane", "email": "jane.doe@example.com" }));
    visitor.says("Write to jane.doe@example.com or call +49 170 1234521 please");
    for q in ["jane.doe", "doe", "jane.doe@example.com", "1234521", "170"] {
        assert!(!found(&ann, q).is_empty(), "{q}");
        assert_eq!(found(&vic, q), Vec::<String>::new(), "{q}");
        assert!(ann.all(&format!("conversations?q={q}")).len() == 1, "{q}");
        assert!(vic.all(&format!("conversations?q={q}")).is_empty(), "{q}");
    }
    let hits = vic.all("search?q=please");
    let shown = json!(hits).to_string();
    assert_eq!(hits.len(), 1);
    assert!(shown.contains("j***@example.com") && !shown.contains("jane.doe") && !shown.contains("1234521"), "{shown}");
    assert_eq!(hits[0]["customer"]["masked_fields"], json!(["email"]));
}

#[test]
fn a_search_shows_what_its_seeker_sees_and_fills_its_page_with_it() {
    let world = World::new();
    let agent = world.member_with_role("agent");
    let bo = world.bo();
    // Every second one, and all the newest, are Bo's: an agent must not see them, and still gets full pages.
    let mut visible = Vec::new();
    for index in 0..12 {
        let conversation = world.conversation(&format!("Umbrella {index}"));
        if index % 2 == 1 || index > 8 {
            bo.post(&format!("conversations/{conversation}/claim"), json!({})).ok();
        } else {
            visible.push(format!("Umbrella {index}"));
        }
    }
    visible.reverse();
    assert_eq!(found(&agent, "umbrella"), visible);
    let page = agent.get("search?q=umbrella&limit=3").ok();
    assert_eq!(page["items"].as_array().map(Vec::len), Some(3));
    let pages: Vec<Value> = agent.all("search?q=umbrella&limit=2");
    assert_eq!(pages.len(), visible.len());
    assert_eq!(found(&bo, "umbrella").len(), 12);
    assert!(found(&world.gus(), "umbrella").is_empty(), "INV-01");
}
