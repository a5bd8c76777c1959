//! Variables of canned responses: `{{customer.first_name}}` becomes who is written to.

use std::collections::BTreeMap;

use customers::masking::Exposure;
use kernel::{CannedResponseId, ConversationId};
use tenancy::Session;

use crate::{Conversation, Refusal, canned_response, show};

/// A text with its variables filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendering {
    pub text: String,
    /// Variables that have no value here, or that nobody knows; they stand in the text as they were written.
    pub missing: Vec<String>,
}

/// A canned response as it would be sent in a conversation.
///
/// # Errors
/// One of the two is out of sight.
pub async fn render_canned_response(
    session: &mut Session,
    id: CannedResponseId,
    conversation: ConversationId,
) -> Result<Rendering, Refusal> {
    let response = canned_response(session, id).await?;
    let conversation = show(session, conversation).await?;
    render(session, &response.text, &conversation).await
}

pub(crate) async fn render(
    session: &mut Session,
    text: &str,
    conversation: &Conversation,
) -> Result<Rendering, Refusal> {
    let me = match session.actor() {
        tenancy::Actor::Member(member) => member.name.clone(),
        _ => String::new(),
    };
    let names = directory::labels(session, "workspace", &[session.workspace().into()]).await?;
    let workspace = names.into_values().next().unwrap_or_default();
    let businesses = directory::labels(session, "business", &[conversation.business_id.into()]).await?;
    let business = businesses.into_values().next().unwrap_or_default();
    let viewer = session.viewer();
    let exposure = Exposure::beside_conversation(&viewer, conversation.contact);
    // A customer without a name is called something, but not to their face.
    let named = !customers::is_nameless(conversation.customer_id, &conversation.customer_name);
    let customer = if named { exposure.text(&conversation.customer_name) } else { String::new() };
    // What its writer sees masked must not go out masked.
    let email = conversation.customer_email.clone().filter(|_| exposure == Exposure::Clear).unwrap_or_default();
    let values = BTreeMap::from([
        ("customer.first_name", first(&customer)),
        ("customer.name", customer),
        ("customer.email", email),
        ("me.first_name", first(&me)),
        ("me.name", me),
        ("workspace.name", workspace),
        ("business.name", business),
        ("channel.name", conversation.channel_name.clone()),
    ]);
    Ok(fill(text, &values))
}

fn first(name: &str) -> String {
    name.split_whitespace().next().unwrap_or_default().to_owned()
}

/// Fills in what has a value, once: a value is never looked into again.
fn fill(text: &str, values: &BTreeMap<&str, String>) -> Rendering {
    let mut filled = Rendering { text: String::with_capacity(text.len()), missing: Vec::new() };
    let mut rest = text;
    while let Some((before, opened)) = rest.split_once("{{") {
        filled.text.push_str(before);
        let Some((name, after)) = opened.split_once("}}") else {
            filled.text.push_str("{{");
            rest = opened;
            continue;
        };
        match values.get(name.trim()).filter(|value| !value.is_empty()) {
            Some(value) => filled.text.push_str(value),
            None => {
                filled.text.push_str(&format!("{{{{{name}}}}}"));
                let name = name.trim().to_owned();
                if !filled.missing.contains(&name) {
                    filled.missing.push(name);
                }
            }
        }
        rest = after;
    }
    filled.text.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(text: &str) -> Rendering {
        fill(text, &BTreeMap::from([("me.name", "{{customer.name}}".to_owned()), ("customer.email", String::new())]))
    }

    #[test]
    fn what_has_a_value_is_filled_in_once_and_the_rest_is_named() {
        let said = filled("{{ me.name }}, {{customer.email}} {{customer.email}} {{no.such}} {{open");
        assert_eq!(said.text, "{{customer.name}}, {{customer.email}} {{customer.email}} {{no.such}} {{open");
        assert_eq!(said.missing, ["customer.email", "no.such"]);
        assert_eq!(filled("plain { text }").text, "plain { text }");
    }
}
