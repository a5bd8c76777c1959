//! What is given out while a team ends or somebody goes: both hold conversations, teams and members, and neither may
//! wait for the other for good.

use std::thread;

use serde_json::{Value, json};

use super::{a_minute_later, assignee, availability, shared_out, shown, team};
use crate::support::{Person, World, text_of, until};

const MANY: usize = 6;

/// Conversations that a member has in a team.
fn held_in(world: &World, team: &str, member: &Person) -> Vec<String> {
    let give = |_| {
        let conversation = world.conversation("Hello");
        world.ann().put(&format!("conversations/{conversation}/assignment"), json!({ "team_id": team })).ok();
        let to = json!({ "member_id": member.member });
        world.ann().put(&format!("conversations/{conversation}/assignment"), to).ok();
        conversation
    };
    (0..MANY).map(give).collect()
}

/// Gives each of them back into its queue, where its team chooses again, while something else is done.
fn given_back_while(world: &World, conversations: &[String], work: impl FnOnce()) {
    thread::scope(|scope| {
        for conversation in conversations {
            let ann = world.ann();
            scope.spawn(move || ann.delete(&format!("conversations/{conversation}/assignment")).ok());
        }
        work();
    });
}

#[test]
fn inv_28_a_team_ends_while_what_it_has_is_given_out_and_nobody_is_told_to_try_again() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    for round in 0..3 {
        let new = json!({ "name": format!("Round {round}"), "strategy": "round_robin", "member_ids": [bo.member, ann.member] });
        let ends = text_of(&ann.post("teams", new).ok_with(201)["id"]);
        let conversations = held_in(&world, &ends, &bo);
        given_back_while(&world, &conversations, || {
            ann.delete(&format!("teams/{ends}")).ok_with(204);
        });
        for conversation in &conversations {
            assert_eq!(shown(&world, conversation)["team"], Value::Null, "nothing stays in a team that ended");
        }
    }
}

#[test]
fn inv_09_somebody_goes_while_what_they_have_is_given_out_and_nobody_is_told_to_try_again() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    // Two are left: what is taken back from the one who was just given it goes to the other one.
    let stays = team(&world, "round_robin", &[&bo, &ann]);
    for round in 0..3 {
        let goes = world.join(&ann, &format!("Guest {round}"), "agent");
        ann.put(&format!("teams/{stays}/members/{}", goes.member), json!({})).ok();
        let conversations = held_in(&world, &stays, &goes);
        given_back_while(&world, &conversations, || {
            ann.delete(&format!("members/{}", goes.member)).ok();
        });
        shared_out(&world);
        for conversation in &conversations {
            let has_it = assignee(&world, conversation);
            assert!(matches!(has_it.as_deref(), Some("Ann" | "Bo")), "who is left has it, not {has_it:?}");
        }
    }
}

#[test]
fn inv_09_an_answer_that_leaves_while_its_author_goes_makes_them_nobodys_holder() {
    let world = World::new();
    let ann = world.ann();
    for round in 0..3 {
        let goes = world.join(&ann, &format!("Guest {round}"), "member");
        let conversations: Vec<_> = (0..MANY).map(|_| world.conversation("Where is it?")).collect();
        let send_at = world.clock.now().plus(std::time::Duration::from_secs(60)).to_string();
        for conversation in &conversations {
            let later = json!({ "text": "It is on its way", "send_at": send_at });
            goes.post(&format!("conversations/{conversation}/scheduled-messages"), later).ok_with(201);
        }
        thread::scope(|scope| {
            let (ann, member) = (world.ann(), goes.member.clone());
            scope.spawn(move || ann.delete(&format!("members/{member}")).ok());
            world.clock.advance(std::time::Duration::from_secs(60));
        });
        for conversation in &conversations {
            until("the answer", || (shown(&world, conversation)["last_outbound_seq"] == 2).then_some(()));
            assert_eq!(shown(&world, conversation)["mode_holder"], Value::Null);
        }
    }
}

#[test]
fn asg_what_somebody_holds_who_is_gone_from_the_screen_goes_to_who_is_here_after_the_teams_minutes() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let team = team(&world, "round_robin", &[&bo, &ann]);
    let requeue = json!({ "version": 1, "requeue_on": "offline", "requeue_after_minutes": 30 });
    ann.patch(&format!("teams/{team}"), requeue).ok();
    let conversation = world.conversation("Hello");
    assert_eq!(assignee(&world, &conversation).as_deref(), Some("Bo"));
    // Bo says nothing of going and shows nothing of being here; Ann is seen now and then.
    for _ in 0..29 {
        world.clock.advance(std::time::Duration::from_secs(60));
        ann.get("conversations").ok();
    }
    assert_eq!(assignee(&world, &conversation).as_deref(), Some("Bo"));
    a_minute_later(&world, "what Bo holds to go to Ann", || assignee(&world, &conversation).as_deref() == Some("Ann"));
    availability(&ann, "away");
    assert_eq!(assignee(&world, &conversation).as_deref(), Some("Ann"), "to be away takes nothing from anybody here");
}
