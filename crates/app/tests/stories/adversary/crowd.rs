//! Many at once: connections to the database are few, and nobody waits for a second one while holding the first.

use std::{collections::BTreeMap, thread};

use serde_json::json;

use crate::support::{Person, World, fresh_id, text_of};

/// More than there are connections, by far.
const CROWD: usize = 60;

/// What everybody in a crowd is answered.
fn at_once(ask: impl Fn(usize) -> u16 + Sync) -> BTreeMap<u16, usize> {
    let ask = &ask;
    thread::scope(|scope| {
        let asked: Vec<_> = (0..CROWD).map(|number| scope.spawn(move || ask(number))).collect();
        let mut answers = BTreeMap::new();
        for answer in asked {
            *answers.entry(answer.join().expect("an answer")).or_default() += 1;
        }
        answers
    })
}

#[test]
fn a_crowd_that_asks_for_its_first_steps_is_answered() {
    let world = World::new();
    let bo = world.bo();
    assert_eq!(at_once(|_| bo.get("onboarding").status), BTreeMap::from([(200, CROWD)]));
}

#[test]
fn a_crowd_that_withdraws_invitations_is_answered() {
    let world = World::new();
    let ann = world.ann();
    let invited = |_| {
        let asked = json!({ "email": format!("{}@example.com", fresh_id()), "role_key": "agent" });
        text_of(&ann.post("invitations", asked).ok_with(201)["id"])
    };
    let waiting: Vec<String> = (0..CROWD).map(invited).collect();
    let withdraw = |number: usize| ann.delete(&format!("invitations/{}", waiting[number])).status;
    assert_eq!(at_once(withdraw), BTreeMap::from([(204, CROWD)]));
}

/// After a start nothing is known yet of the packs that the operator loaded.
#[test]
fn a_crowd_at_a_workspace_on_a_pack_that_is_not_known_yet_is_answered() {
    const DEFAULT: &str = include_str!("../../../../../packs/default.toml");
    let world = World::new();
    let people: Vec<Person> = [world.ann(), world.bo(), world.vic(), world.cleo()].into();
    for version in 1..=8 {
        let named = DEFAULT.replacen("id = \"default\"", "id = \"house\"", 1).replace('\'', "''");
        let text = named.replacen("version = 1", &format!("version = {version}"), 1);
        let row = format!("('house', {version}, '{text}', 0)");
        world.database.run(&format!("insert into policy_packs (id, version, text, loaded_at) values {row}"));
        world.database.run(&format!(
            "update workspaces set pack = 'house', pack_version = {version}, rights_version = rights_version + 1
             where name = 'Acme'"
        ));
        let look = |number: usize| people[number % people.len()].get("members").status;
        assert_eq!(at_once(look), BTreeMap::from([(200, CROWD)]));
    }
}
