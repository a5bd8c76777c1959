//! Nobody is told what they cannot open, and what is masked stays masked.

use std::time::Duration;

use serde_json::json;

use super::{A_BREAK, assign, mails_to, settled, told, unread};
use crate::{
    stories::workspaces::samples::change_role,
    support::{World, until},
};

#[test]
fn what_goes_out_of_sight_is_neither_listed_nor_counted_nor_sent() {
    let world = World::new();
    let (ann, agent) = (world.ann(), world.member_with_role("agent"));
    let conversation = world.conversation("Hello");
    world.clock.advance(A_BREAK);
    assign(&ann, &conversation, &agent);
    told(&agent, "conversation.assigned");
    assert_eq!(unread(&agent), 1);
    // An agent sees its own: given to somebody else, it is gone, and with it the mail that waited.
    assign(&ann, &conversation, &ann);
    assert_eq!((unread(&agent), agent.get("notifications").ok()["items"].clone()), (0, json!([])));
    world.clock.advance(A_BREAK);
    settled(&world);
    assert_eq!(mails_to(&world, &agent, "gave you").len(), 0);
}

#[test]
fn inv_19_a_mail_shows_an_address_as_its_reader_sees_it() {
    let world = World::new();
    let (ann, agent) = (world.ann(), world.member_with_role("agent"));
    let said = "Write to jane.doe@example.org please";
    let conversation = world.conversation(said);
    world.clock.advance(A_BREAK);
    let note =
        json!({ "text": "Who knows jane.doe@example.org?", "mentions": [{ "kind": "member", "id": agent.member }] });
    ann.post(&format!("conversations/{conversation}/notes"), note).ok_with(201);
    // The conversation waits in everybody's queue, so the agent sees it; its customer is not the agent's contact.
    let mention = told(&agent, "note.mentioned");
    assert_eq!(mention["conversation"]["excerpt"], "Who knows j***@example.org?");
    world.clock.advance(Duration::from_secs(15 * 60));
    let mails = until("a mail about it", || {
        let mails = mails_to(&world, &agent, "mentioned you");
        (!mails.is_empty()).then_some(mails)
    });
    assert!(mails[0].contains("j***@example.org") && !mails[0].contains("jane.doe"), "{}", mails[0]);
}

#[test]
fn not_003_a_collaborator_who_is_mentioned_is_told_until_they_cannot_see_notes_or_leave() {
    let world = World::new();
    let (ann, cleo) = (world.ann(), world.cleo());
    let conversation = world.conversation("Hello");
    let mention = || {
        let note = json!({ "text": "Cleo?", "mentions": [{ "kind": "member", "id": cleo.member }] });
        ann.post(&format!("conversations/{conversation}/notes"), note)
    };
    mention().ok_with(201);
    let first = told(&cleo, "note.mentioned");
    assert_eq!(
        (&first["conversation"]["excerpt"], &first["conversation"]["message_seq"]),
        (&json!("Cleo?"), &json!(2))
    );
    assert_eq!(unread(&ann), 0);

    // Read, so no mail of it waits.
    cleo.post("notifications/read-all", json!({})).ok();
    world.clock.advance(A_BREAK);
    mention().ok_with(201);
    ann.put(&format!("members/{}/deactivation", cleo.member), json!({})).ok();
    world.clock.advance(A_BREAK);
    settled(&world);
    assert_eq!(mails_to(&world, &cleo, "mentioned you").len(), 0, "who left is sent nothing");
}

#[test]
fn who_is_no_owner_any_more_is_told_of_nobody_who_joins() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    change_role(&world, &bo, "admin");
    world.join(&ann, "Lee", "member");
    told(&ann, "member.joined");
    settled(&world);
    assert_eq!(unread(&bo), 0, "the pack names the owner, not who administers");
}
