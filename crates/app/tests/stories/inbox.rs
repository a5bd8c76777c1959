//! Conversations: reading, claiming, assigning, replying, snoozing, closing.

use std::{
    collections::{BTreeMap, BTreeSet},
    thread,
};

use serde_json::{Value, json};

use crate::support::{MIRROR, PLACE, Person, Place, Puppet, Reply, World, text_of, until};

fn show(person: &Person, conversation: &str) -> Value {
    person.get(&format!("conversations/{conversation}")).ok()
}

fn reply(person: &Person, conversation: &str, text: &str, seen_seq: i64) -> Reply {
    person.post(&format!("conversations/{conversation}/messages"), json!({ "text": text, "seen_seq": seen_seq }))
}

fn put_status(person: &Person, conversation: &str, status: &str) -> Reply {
    person.put(&format!("conversations/{conversation}/status"), json!({ "status": status }))
}

fn claim(person: &Person, conversation: &str) -> Reply {
    person.post(&format!("conversations/{conversation}/claim"), json!({}))
}

/// Moments from now, as the API takes them.
fn after(world: &World, seconds: u64) -> String {
    world.clock.now().plus(std::time::Duration::from_secs(seconds)).to_string()
}

/// Several people do something at once; what each was answered.
fn at_once(people: &[Person], act: impl Fn(&Person) -> Reply + Sync) -> Vec<Reply> {
    thread::scope(|scope| {
        let acts: Vec<_> = people.iter().map(|person| scope.spawn(|| act(person))).collect();
        acts.into_iter().map(|act| act.join().expect("an answer")).collect()
    })
}

#[test]
fn inv_21_a_conversation_starts_manual_and_a_reply_takes_it_from_the_ai() {
    let world = World::new();
    let (bo, taken, other) = (world.bo(), world.conversation("Hello"), world.conversation("Hi"));
    let conversation = show(&bo, &taken);
    assert_eq!((&conversation["mode"], &conversation["mode_epoch"]), (&json!("manual"), &json!(0)));

    reply(&bo, &taken, "People answer here", 1).ok_with(201);
    assert_eq!(show(&bo, &taken)["mode_epoch"], 0, "nothing changed, so nothing is counted");

    world.database.run("update conversations set mode = 'ai', mode_epoch = 1");
    reply(&bo, &taken, "And again", 2).ok_with(201);
    let conversation = show(&bo, &taken);
    assert_eq!((&conversation["mode"], &conversation["mode_epoch"]), (&json!("manual"), &json!(2)));
    let change = "select payload from events where kind = 'conversation.mode_changed'";
    let told: Value = serde_json::from_str(&world.database.column(change)[0]).expect("JSON");
    assert_eq!((&told["from"], &told["to"], &told["cause"]), (&json!("ai"), &json!("manual"), &json!("reply")));
    let untouched = show(&bo, &other);
    assert_eq!((&untouched["mode"], &untouched["mode_epoch"]), (&json!("ai"), &json!(1)), "INV-25");
}

#[test]
fn inv_24_a_reply_over_an_unseen_answer_is_refused_with_it_and_sent_again_succeeds() {
    let world = World::new();
    let (ann, bo, conversation) = (world.ann(), world.bo(), world.conversation("Where is my order?"));
    reply(&ann, &conversation, "On its way", 1).ok_with(201);

    let before = world.recorded();
    let stale = reply(&bo, &conversation, "Let me look", 1).refused(409, "conversation.stale");
    assert_eq!(world.recorded(), before, "a stale reply leaves nothing");
    let newer = stale["messages"].as_array().expect("the newer messages");
    assert_eq!(newer.len(), 1);
    assert_eq!((&newer[0]["text"], &newer[0]["author"]["name"]), (&json!("On its way"), &json!("Ann")));
    let seen = stale["seen_seq"].as_i64().expect("what to send again with");

    let sent = reply(&bo, &conversation, "Let me look", seen).ok_with(201);
    assert_eq!((&sent["seq"], &sent["state"]), (&json!(3), &json!("sent")));
}

#[test]
fn inv_24_newer_inbound_messages_never_block() {
    let world = World::new();
    let visitor = world.visitor();
    let conversation = visitor.says("One");
    for text in ["Two", "Three"] {
        visitor.says(text);
    }
    assert_eq!(reply(&world.bo(), &conversation, "All read", 1).ok_with(201)["seq"], 4);
}

#[test]
fn inv_24_of_simultaneous_replies_one_is_sent() {
    let world = World::new();
    let both = [world.ann(), world.bo()];
    for round in 0..10 {
        let conversation = world.conversation(&format!("Question {round}"));
        let answers = at_once(&both, |person| reply(person, &conversation, &format!("From {}", person.name), 1));
        let mut sent = Vec::new();
        for answer in answers {
            if answer.status == 201 {
                sent.push(answer.ok());
            } else {
                let newer = answer.refused(409, "conversation.stale");
                assert_eq!(newer["messages"].as_array().map(Vec::len), Some(1));
            }
        }
        assert_eq!(sent.len(), 1, "round {round}");
        assert_eq!(show(&both[0], &conversation)["last_seq"], 2);
    }
}

#[test]
fn inv_26_of_concurrent_claims_one_wins_and_the_others_learn_who() {
    let world = World::new();
    let mut crowd = vec![world.ann(), world.bo()];
    crowd.extend((0..4).map(|_| world.member_with_role("member")));
    for round in 0..5 {
        let conversation = world.conversation(&format!("Who takes this? {round}"));
        let answers = at_once(&crowd, |person| claim(person, &conversation));
        let winner = text_of(&show(&crowd[0], &conversation)["assignee"]["id"]);
        for (person, answer) in crowd.iter().zip(answers) {
            if person.member == winner {
                assert_eq!(answer.ok()["assignee"]["id"], json!(winner));
            } else {
                assert_eq!(answer.refused(409, "claim.lost")["assignee"]["id"], json!(winner));
            }
        }
        let claims = format!("select count(*) from events where kind = 'conversation.claimed' and {}", here("events"));
        assert_eq!(world.database.count(&claims), round + 1);
    }
}

#[test]
fn inv_26_only_members_who_may_be_assigned_get_conversations() {
    let world = World::new();
    let (ann, conversation) = (world.ann(), world.conversation("Hello"));
    let assign =
        |member: &str| ann.put(&format!("conversations/{conversation}/assignment"), json!({ "member_id": member }));
    for person in [world.vic(), world.cleo()] {
        assign(&person.member).refused(422, "assignment.not_eligible");
        claim(&person, &conversation).refused(403, "forbidden");
    }
    assign(&world.gus().member).refused(404, "not_found");
    assert_eq!(assign(&world.bo().member).ok()["assignee"]["name"], "Bo");
    assert_eq!(claim(&world.bo(), &conversation).ok()["assignee"]["name"], "Bo", "who has it keeps it");
    ann.delete(&format!("conversations/{conversation}/assignment")).ok();
    assert_eq!(show(&ann, &conversation)["assignee"], Value::Null);
}

#[test]
fn who_works_its_own_conversations_sees_them_and_the_queue_and_nothing_else() {
    let world = World::new();
    let agent = world.member_with_role("agent");
    let (queued, taken, given) = (world.conversation("Queue"), world.conversation("Bo's"), world.conversation("Mine"));
    claim(&world.bo(), &taken).ok();
    claim(&agent, &given).ok();

    show(&agent, &queued);
    agent.get(&format!("conversations/{taken}")).refused(404, "not_found");
    agent.get(&format!("conversations/{taken}/messages")).refused(404, "not_found");
    reply(&agent, &taken, "Hello", 1).refused(404, "not_found");
    put_status(&agent, &taken, "solved").refused(404, "not_found");
    agent.put(&format!("conversations/{taken}/read"), json!({ "seq": 1 })).refused(404, "not_found");
    agent.post(&format!("conversations/{taken}/typing"), json!({ "state": "typing" })).refused(404, "not_found");
    agent.post(&format!("conversations/{taken}/presence"), json!({ "state": "viewing" })).refused(404, "not_found");
    claim(&agent, &taken).refused(409, "claim.lost");

    let listed: Vec<_> = agent.all("conversations").iter().map(|each| text_of(&each["id"])).collect();
    assert_eq!(listed, [given, queued]);
    assert_eq!(agent.get("counters").ok()["views"]["all"], 2);
}

#[test]
fn an_inbound_message_reopens_what_lives_stays_in_spam_and_starts_anew_after_the_archive() {
    let world = World::new();
    let bo = world.bo();
    for (status, again, same) in
        [("open", "open", true), ("solved", "open", true), ("spam", "spam", true), ("archived", "open", false)]
    {
        let visitor = world.visitor();
        let conversation = visitor.says("First");
        put_status(&bo, &conversation, status).ok();
        let next = visitor.says("Second");
        assert_eq!(next == conversation, same, "{status}");
        assert_eq!(show(&bo, &next)["status"], again, "{status}");
        let statuses = visitor.conversations().len();
        assert_eq!(statuses, if same { 1 } else { 2 }, "{status}");
    }
}

#[test]
fn a_customer_has_one_living_conversation_also_when_an_old_one_is_opened_again() {
    let world = World::new();
    let (bo, visitor) = (world.bo(), world.visitor());
    let old = visitor.says("Old story");
    put_status(&bo, &old, "archived").ok();
    let new = visitor.says("New story");
    put_status(&bo, &old, "open").refused(409, "conversation.another_open");
    put_status(&bo, &new, "archived").ok();
    assert_eq!(put_status(&bo, &old, "open").ok()["status"], "open");
}

#[test]
fn spam_and_archive_take_no_reply_and_solved_opens_with_one() {
    let world = World::new();
    let (bo, conversation) = (world.bo(), world.conversation("Hello"));
    for status in ["spam", "archived"] {
        put_status(&bo, &conversation, status).ok();
        reply(&bo, &conversation, "Hello", 1).refused(409, "conversation.not_open");
    }
    put_status(&bo, &conversation, "solved").ok();
    reply(&bo, &conversation, "One more thing", 1).ok_with(201);
    assert_eq!(show(&bo, &conversation)["status"], "open");
    put_status(&bo, &conversation, "snoozed").refused(422, "invalid_field");
}

#[test]
fn a_snoozed_conversation_wakes_when_its_time_comes() {
    let world = World::new();
    let (bo, conversation) = (world.bo(), world.conversation("Later, please"));
    let snooze = |until: String| bo.put(&format!("conversations/{conversation}/snooze"), json!({ "until": until }));
    let until_then = after(&world, 3600);
    let snoozed = snooze(until_then.clone()).ok();
    assert_eq!((&snoozed["status"], &snoozed["snoozed_until"]), (&json!("snoozed"), &json!(until_then)));

    // Snoozed for longer meanwhile: the first time no longer counts.
    snooze(after(&world, 7200)).ok();
    world.clock.advance(std::time::Duration::from_secs(3700));
    let jobs = "select count(*) from jobs where kind = 'conversation.wake' and state = 'done'";
    until("the first wake-up", || (world.database.count(jobs) == 1).then_some(()));
    assert_eq!(show(&bo, &conversation)["status"], "snoozed");

    world.clock.advance(std::time::Duration::from_secs(3700));
    until("the second wake-up", || (world.database.count(jobs) == 2).then_some(()));
    let awake = show(&bo, &conversation);
    assert_eq!((&awake["status"], &awake["snoozed_until"]), (&json!("open"), &Value::Null));
}

#[test]
fn snoozing_ends_early_by_hand_or_by_the_customer() {
    let world = World::new();
    let (bo, visitor) = (world.bo(), world.visitor());
    let conversation = visitor.says("Hello");
    let snooze = format!("conversations/{conversation}/snooze");
    bo.put(&snooze, json!({ "until": after(&world, 60) })).ok();
    assert_eq!(bo.delete(&snooze).ok()["status"], "open");
    bo.put(&snooze, json!({ "until": after(&world, 60) })).ok();
    visitor.says("I am back");
    let open = show(&bo, &conversation);
    assert_eq!((&open["status"], &open["snoozed_until"]), (&json!("open"), &Value::Null));
    for late in [after(&world, 0), after(&world, 400 * 24 * 3600)] {
        bo.put(&snooze, json!({ "until": late })).refused(422, "invalid_field");
    }
}

#[test]
fn what_is_read_is_each_members_own() {
    let world = World::new();
    let (ann, bo, visitor) = (world.ann(), world.bo(), world.visitor());
    let conversation = visitor.says("One");
    for text in ["Two", "Three"] {
        visitor.says(text);
    }
    let unread = |person: &Person| show(person, &conversation)["unread_count"].as_i64().expect("a number");
    let read = |seq: i64| bo.put(&format!("conversations/{conversation}/read"), json!({ "seq": seq })).ok_with(204);

    let before = world.recorded();
    read(2);
    assert_eq!((unread(&bo), unread(&ann)), (1, 3));
    read(0);
    assert_eq!(unread(&bo), 3, "marked as unread");
    read(99);
    assert_eq!((unread(&bo), show(&bo, &conversation)["read_seq"].as_i64()), (0, Some(3)));
    assert_eq!(world.recorded(), before, "a read mark leaves no event (ruling 9)");

    reply(&ann, &conversation, "Answer", 3).ok_with(201);
    assert_eq!((unread(&ann), unread(&bo)), (0, 0), "an answer is read by its author and unread by nobody");
    visitor.says("Four");
    let unread_of_bo = bo.get("counters").ok()["unread"].clone();
    assert_eq!(unread_of_bo, json!({ "all": 1, "unassigned": 1, "mine": 0 }));
}

#[test]
fn counters_are_what_a_fresh_count_says() {
    let world = World::new();
    let agent = world.member_with_role("agent");
    let people = [world.ann(), world.bo(), agent];
    let visitors: Vec<_> = (0..8).map(|_| world.visitor()).collect();
    let conversations: Vec<String> =
        visitors.iter().enumerate().map(|(index, visitor)| visitor.says(&format!("Hello {index}"))).collect();
    // Everybody does something to everything, at once; what is refused moves nothing.
    let statuses = ["solved", "open", "spam", "archived", "open"];
    thread::scope(|scope| {
        for (offset, person) in people.iter().enumerate() {
            let (conversations, world) = (&conversations, &world);
            scope.spawn(move || {
                for (index, id) in conversations.iter().enumerate() {
                    match (index + offset) % 4 {
                        0 => claim(person, id),
                        1 => put_status(person, id, statuses[index % statuses.len()]),
                        2 => {
                            person.put(&format!("conversations/{id}/snooze"), json!({ "until": after(world, 60 * 60) }))
                        }
                        _ => reply(person, id, "Answer", 1),
                    };
                }
            });
        }
        scope.spawn(|| visitors.iter().for_each(|visitor| drop(visitor.says("Again"))));
    });
    people.iter().for_each(assert_counters);
}

/// Beside the views of the places stand how many notes call oneself, and how many the AI has in hand.
#[test]
fn inb_001_mentions_and_the_ai_are_counted_as_their_lists_show() {
    let world = World::with_agent(Puppet::default());
    let (ann, bo, cleo) = (world.ann(), world.bo(), world.cleo());
    let support = super::teams::team(&ann, json!({ "member_ids": [cleo.member] }));
    let conversations: Vec<_> = (0..3).map(|index| world.conversation(&format!("Hello {index}"))).collect();
    let counts = |person: &Person| {
        let views = person.get("counters").ok()["views"].clone();
        [views["mentions"].clone(), views["ai"].clone()]
    };
    assert_eq!(counts(&cleo), [json!(0), json!(3)], "what is new is the AI's");
    let stream = cleo.listen();
    let team = json!({ "kind": "team", "id": support["id"] });
    let noted = |conversation: &str, mentions: Value| {
        let asked = json!({ "text": "Look", "mentions": mentions });
        bo.post(&format!("conversations/{conversation}/notes"), asked).ok_with(201)
    };
    noted(&conversations[0], json!([{ "kind": "member", "id": cleo.member }]));
    noted(&conversations[0], json!([team]));
    let twice = noted(&conversations[1], json!([team]));
    assert_eq!(stream.change("note.mentioned")["counters_changed"], true);
    assert_eq!(counts(&cleo), [json!(2), json!(3)], "each conversation once");
    assert_eq!(counts(&bo)[0], json!(0));
    for (query, counted) in [("mentions=me", 2), ("mode=ai", 3)] {
        assert_eq!(cleo.all(&format!("conversations?{query}")).len(), counted, "{query}");
    }

    bo.delete(&format!("conversations/{}/notes/{}", conversations[1], twice["seq"])).ok();
    bo.put(&format!("conversations/{}/mode", conversations[2]), json!({ "mode": "manual" })).ok();
    put_status(&bo, &conversations[0], "solved").ok();
    assert_eq!(counts(&cleo), [json!(0), json!(1)]);
    ann.put("agent", json!({ "enabled": false })).ok();
    assert_eq!(counts(&cleo)[1], Value::Null, "where no AI answers there is nothing to count");
}

#[track_caller]
pub(super) fn assert_counters(person: &Person) {
    let list = |query: &str| person.all(&format!("conversations?{query}"));
    let count = |query: &str| list(query).len();
    let unread = |query: &str| count(&format!("{query}&unread=true"));
    let counted = json!({
        "teams": [],
        "views": {
            "all": count("status=open"),
            "unassigned": count("status=open&assignee_id=none"),
            "mine": count("status=open&assignee_id=me"),
            "snoozed": count("status=snoozed"),
            "solved": count("status=solved"),
            "spam": count("status=spam"),
            "archived": count("status=archived"),
            "mentions": count("status=open&mentions=me"),
            "ai": null,
        },
        "unread": {
            "all": unread("status=open"),
            "unassigned": unread("status=open&assignee_id=none"),
            "mine": unread("status=open&assignee_id=me"),
        },
    });
    assert_eq!(person.get("counters").ok(), counted, "{}", person.name);
}

/// INB-009: whose a conversation is, or that it is nobody's, stands in everybody's list.
#[test]
fn inb_001_inb_004_inb_005_inb_009_inb_011_colleagues_see_and_work_one_inbox_at_the_same_time() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let ida = world.join(&ann, "Ida", "member");
    ann.put("policy-pack", json!({ "pack": "interlinked" })).ok();
    let people = [ann, bo, world.vic(), ida];
    let conversations: Vec<String> = people.iter().map(|_| world.visitor().says("Hello")).collect();
    let listed = |person: &Person| person.all("conversations");
    let ids = |person: &Person| -> BTreeSet<String> { listed(person).iter().map(|one| text_of(&one["id"])).collect() };
    for person in &people {
        assert_eq!(ids(person), conversations.iter().cloned().collect(), "{}", person.name);
        assert!(listed(person).iter().all(|one| one["assignee"].is_null()), "{}", person.name);
    }
    thread::scope(|scope| {
        for (person, conversation) in people.iter().zip(&conversations) {
            scope.spawn(move || {
                claim(person, conversation).ok();
                reply(person, conversation, "Hello back", 1).ok_with(201);
            });
        }
    });
    for person in &people {
        assert_eq!(ids(person), conversations.iter().cloned().collect(), "{}", person.name);
        for one in listed(person) {
            let place = conversations.iter().position(|id| *id == text_of(&one["id"])).expect("one of these");
            assert_eq!(one["assignee"]["id"], people[place].member.as_str(), "{}", person.name);
        }
    }
}

#[test]
fn inv_01_work_in_a_workspace_moves_nothing_behind_its_wall() {
    let world = World::new();
    let (bo, visitor) = (world.bo(), world.visitor());
    let conversation = visitor.says("Hello");
    claim(&bo, &conversation).ok();
    reply(&bo, &conversation, "Hello back", 1).ok_with(201);
    visitor.says("Thanks");
    put_status(&bo, &conversation, "solved").ok();
    bo.put(&format!("conversations/{conversation}/read"), json!({ "seq": 3 })).ok();

    let columns = "status, assignee_id, last_seq, last_outbound_seq, preview_text";
    let behind = format!("select {columns} from conversations where {}", there("conversations"));
    let text = |text: &str| Some(text.to_owned());
    let untouched = vec![text("open"), None, text("1"), text("0"), text(&format!("{MIRROR} Hello"))];
    assert_eq!(world.database.rows(&behind), [untouched]);
}

#[test]
fn inv_01_an_id_of_another_workspace_is_nothing() {
    let world = World::new();
    let (gus, conversation) = (world.gus(), world.conversation("Hello"));
    let customer = text_of(&show(&world.bo(), &conversation)["customer"]["id"]);
    let attachment = text_of(&world.bo().upload("note.txt", b"a note")["id"]);
    let nowhere = "019b0000-0000-7000-8000-000000000000";
    for (path, id) in [("conversations/", &conversation), ("customers/", &customer), ("attachments/", &attachment)] {
        let foreign = gus.get(&format!("{path}{id}")).refused(404, "not_found");
        let nothing = gus.get(&format!("{path}{nowhere}")).refused(404, "not_found");
        assert_eq!(without_request(foreign), without_request(nothing), "{path}");
    }
    claim(&gus, &conversation).refused(404, "not_found");
    reply(&gus, &conversation, "Hello", 1).refused(404, "not_found");
    assert!(gus.all("conversations").is_empty());
    assert_eq!(gus.all(&format!("conversations?channel_id={}", world.channel)), Vec::<Value>::new());
}

fn without_request(mut problem: Value) -> BTreeMap<String, Value> {
    problem.as_object_mut().expect("a problem").remove("request_id");
    serde_json::from_value(problem).expect("a map")
}

/// Rows of real workspaces.
fn here(table: &str) -> String {
    match *PLACE {
        Place::Sqlite => format!("substr({table}.workspace_id, 1, 2) <> x'ffff'"),
        Place::Postgres(_) => format!("left({table}.workspace_id::text, 4) <> 'ffff'"),
    }
}

/// Rows of their mirrors.
fn there(table: &str) -> String {
    here(table).replace("<>", "=")
}

#[test]
fn seat_004_seat_005_a_light_seat_sees_and_finds_what_is_going_on_and_reaches_no_customer() {
    let world = World::new();
    let cleo = world.cleo();
    let conversation = world.conversation("Where is my parcel?");
    let shown = cleo.get(&format!("conversations/{conversation}")).ok();
    assert_eq!(shown["can"]["conversation.reply"], "role");
    cleo.get(&format!("customers/{}", text_of(&shown["customer"]["id"]))).ok();
    assert_eq!(cleo.all("search?q=parcel").len(), 1);
    let refused =
        cleo.post(&format!("conversations/{conversation}/messages"), json!({ "text": "Soon", "seen_seq": 1 }));
    assert_eq!(refused.refused(403, "forbidden")["decided_by"], "role");
    cleo.post(&format!("conversations/{conversation}/claim"), json!({})).refused(403, "forbidden");
}
