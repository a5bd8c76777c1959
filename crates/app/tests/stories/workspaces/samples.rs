//! What a person sends at each door, so that it does something.

use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Person, World, fresh_id};

/// The JSON body for an operation of a workspace or a visitor; none for one that takes none.
pub fn body(world: &World, operation: &str) -> Option<Value> {
    Some(match operation {
        "assignment_put" => json!({ "member_id": world.bo().member }),
        "channel_create" => json!({ "name": "Second shop" }),
        "channel_update" => json!({ "name": "First shop" }),
        "customer_update" => json!({ "display_name": "Kim Rivers" }),
        "invitation_create" => json!({ "email": format!("{}@example.com", fresh_id()), "role_key": "member" }),
        "message_send" => json!({ "text": "Yes, it is.", "seen_seq": 1 }),
        "presence_post" => json!({ "state": "viewing" }),
        "read_put" | "widget_read_put" => json!({ "seq": 1 }),
        "snooze_put" => json!({ "until": world.clock.now().plus(Duration::from_secs(3600)).to_string() }),
        "status_put" => json!({ "status": "solved" }),
        "typing_post" | "widget_typing_post" => json!({ "state": "typing" }),
        "widget_message_send" => json!({ "client_id": fresh_id(), "text": "Is it still there?" }),
        "workspace_update" => json!({ "name": format!("Acme {}", fresh_id()) }),
        _ => return None,
    })
}

/// Gives a member another role, as the operation for it will: no door does yet.
pub fn change_role(world: &World, member: &Person, role: &str) {
    let (member, workspace) = (literal(&member.member), literal(&member.workspace));
    world.database.run(&format!(
        "update memberships set role_key = '{role}' where workspace_id = {workspace} and id = {member};
         update workspaces set rights_version = rights_version + 1 where workspace_id = {workspace}"
    ));
}

/// An id as a statement's text spells it.
fn literal(id: &str) -> String {
    use crate::support::{PLACE, Place};
    match *PLACE {
        Place::Sqlite => format!("x'{}'", id.replace('-', "")),
        Place::Postgres(_) => format!("'{id}'"),
    }
}
