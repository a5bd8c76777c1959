//! Plan catalogues in the console: what there is, who stands on it, what nobody can buy, and how one is taken in.

use billing::catalogue::Shelf;
use serde_json::{Value, json};

use crate::support::{Person, World};

const CATALOGUES: &str = "/api/v1/operator/catalogues";
const TEXT: &str = include_str!("../../support/plan.toml");

fn listed(olga: &Person, id: &str) -> Vec<Value> {
    let items = olga.get(CATALOGUES).ok()["items"].as_array().expect("items").clone();
    items.into_iter().filter(|item| item["catalogue"]["id"] == id).collect()
}

fn load(olga: &Person, text: &str) -> crate::support::Reply {
    olga.post(CATALOGUES, json!({ "text": text }))
}

#[test]
fn the_console_shows_every_catalogue_who_stands_on_it_and_what_has_no_price() {
    let world = World::new();
    let olga = world.operator();
    for id in ["default", "interlinked", "linkai", "kustomer", "aisoule", "askusers"] {
        let [shown] = &listed(&olga, id)[..] else { panic!("{id} once") };
        assert_eq!((&shown["loaded_at"], &shown["newest"]), (&Value::Null, &json!(true)));
        let detail = olga.get(&format!("{CATALOGUES}/{id}")).ok();
        assert_eq!(detail["text"].as_str(), Shelf::shipped_text(id));
        assert_eq!(detail["catalogue"], shown["catalogue"]);
        assert!(!detail["plans"].as_array().expect("plans").is_empty());
        // No till takes money in this world.
        let whys = shown["not_for_sale"].as_array().expect("a list").iter().map(|each| each["why"].clone());
        assert!(whys.into_iter().all(|why| why == "no_till"), "{shown}");
    }
    let standing = || listed(&olga, "linkai")[0]["workspaces"].as_i64().expect("a number");
    assert_eq!(standing(), 0);
    world.assign("linkai", "growth");
    assert_eq!(standing(), 1);
    olga.get(&format!("{CATALOGUES}/no_such")).refused(404, "not_found");
    olga.get(&format!("{CATALOGUES}/linkai?version=99")).refused(404, "not_found");

    let selling = World::with(|settings| settings.till = Some(guildhall::TillChoice::Manual));
    let olga = selling.operator();
    let not_for_sale = |id: &str| listed(&olga, id)[0]["not_for_sale"].as_array().expect("a list").clone();
    assert!(not_for_sale("kustomer").iter().chain(&not_for_sale("askusers")).any(|each| each["why"] == "not_stated"));
    assert!(not_for_sale("linkai").iter().all(|each| each["why"] != "no_till"));
}

#[test]
fn a_catalogue_is_taken_in_by_version_or_refused_with_the_line_and_the_reason() {
    let world = World::new();
    let olga = world.operator();
    let before = world.database.count("select count(*) from plan_catalogues");
    let line = TEXT.lines().position(|line| line.starts_with("currency")).expect("a currency") + 1;
    let broken = TEXT.replace("currency = \"USD\"", "currency = \"dollars\"");
    assert_ne!(broken, TEXT);
    let refusal = load(&olga, &broken).refused(422, "catalogue.faulty");
    assert_eq!(refusal["line"], line, "{refusal}");
    let error = &refusal["errors"][0];
    assert_eq!(error["pointer"], "/text");
    let told = error["detail"].as_str().expect("a reason");
    assert!(told.starts_with(&format!("line {line}: ")) && told.contains("dollars"), "{told}");
    for nonsense in ["", "id = ", "\u{0}"] {
        load(&olga, nonsense).refused(422, "catalogue.faulty");
    }
    assert_eq!(world.database.count("select count(*) from plan_catalogues"), before);

    let loaded = load(&olga, TEXT).ok_with(201);
    assert_eq!((&loaded["id"], &loaded["version"]), (&json!("stage"), &json!(1)));
    load(&olga, TEXT).refused(409, "catalogue.not_newer");
    // Who stands on a version keeps it; the newest is what workspaces are put on.
    let put = format!("/api/v1/operator/workspaces/{}/plan", world.workspace());
    olga.put(&put, json!({ "catalogue": "stage", "plan": "ten" })).ok();
    load(&olga, &TEXT.replace("version = 1", "version = 2")).ok_with(201);
    let versions: Vec<_> = listed(&olga, "stage")
        .iter()
        .map(|each| (each["catalogue"]["version"].clone(), each["newest"].clone(), each["workspaces"].clone()))
        .collect();
    assert_eq!(versions, [(json!(2), json!(true), json!(0)), (json!(1), json!(false), json!(1))]);
    assert_eq!(olga.get(&format!("{CATALOGUES}/stage")).ok()["catalogue"]["version"], 2);
    assert_eq!(olga.get(&format!("{CATALOGUES}/stage?version=1")).ok()["text"], TEXT);
    let moved = olga.put(&put, json!({ "catalogue": "stage", "plan": "ten" })).ok();
    assert_eq!(moved["catalogue_version"], 2);

    let by = "select actor_kind from instance_events where kind = 'plan_catalogue.loaded' order by seq";
    assert_eq!(world.database.column(by), ["operator", "operator"]);
}
