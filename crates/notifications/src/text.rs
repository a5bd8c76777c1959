//! What leaves the app, in words: mails, push messages and posts in Slack say the same.

use directory::{Locale, plain_name};

use crate::{
    kind::Kind,
    money::{self, Money},
    shown::{Shown, Subject},
};

/// A line that says what happened, and what was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Headline {
    pub(crate) title: String,
    /// The beginning of what somebody wrote; empty where nothing was.
    pub(crate) excerpt: String,
}

pub(crate) fn headline(kind: Kind, shown: &Shown, workspace: &str, locale: Locale) -> Headline {
    let actor = shown.actor.as_ref().map(|(_, name)| plain_name(name));
    let excerpt = match &shown.subject {
        Subject::Conversation { excerpt, .. } | Subject::Customer { excerpt, .. } | Subject::Request { excerpt } => {
            excerpt.clone()
        }
        Subject::Task { title, .. } => title.clone(),
        Subject::Member { .. } | Subject::Workspace | Subject::Money(_) | Subject::Digest(_) => String::new(),
    };
    let workspace = plain_name(workspace);
    let of_money = match &shown.subject {
        Subject::Money(money) => money::said(kind, money, &workspace, locale),
        _ => money::said(kind, &Money::default(), &workspace, locale),
    };
    let title = of_money.unwrap_or_else(|| match locale {
        Locale::En => english(kind, shown, actor.as_deref(), &workspace),
        Locale::Es => spanish(kind, shown, actor.as_deref(), &workspace),
    });
    Headline { title, excerpt }
}

/// What the news is about, by name; a name is one short line that no program turns into a link.
fn named(subject: &Subject) -> Option<String> {
    match subject {
        Subject::Conversation { customer: name, .. }
        | Subject::Customer { name, .. }
        | Subject::Member { name, .. } => Some(plain_name(name)).filter(|name| !name.is_empty()),
        Subject::Task { .. }
        | Subject::Workspace
        | Subject::Money(_)
        | Subject::Request { .. }
        | Subject::Digest(_) => None,
    }
}

fn english(kind: Kind, shown: &Shown, actor: Option<&str>, workspace: &str) -> String {
    let who = actor.unwrap_or("Somebody");
    let name = named(&shown.subject).unwrap_or_else(|| "a customer".into());
    match kind {
        Kind::ConversationAssigned => match actor {
            Some(actor) => format!("{actor} gave you the conversation with {name}"),
            None => format!("The conversation with {name} is yours now"),
        },
        Kind::NoteMentioned => format!("{who} mentioned you in a note about {name}"),
        Kind::HandOver => format!("{who}: hand-over of the conversation with {name}"),
        Kind::HandoffRequested => format!("{name} waits for a human"),
        Kind::TaskAssigned => format!("{who} gave you a task"),
        Kind::TaskReminded => "Reminder of a task".into(),
        Kind::MessageReceived => format!("{name} wrote"),
        Kind::MemberJoined => format!("{name} joined {workspace}"),
        Kind::OwnershipTransferred => format!("{workspace} has another owner"),
        Kind::SupportRequestAnswered => format!("The operator answered what you asked for in {workspace}"),
        Kind::Digest => match &shown.subject {
            Subject::Digest(waiting) => {
                let (mine, unassigned) = (amount(waiting.mine), amount(waiting.unassigned));
                format!("Waiting for an answer in {workspace}: {mine} of yours, {unassigned} of nobody's")
            }
            _ => format!("Customers wait for an answer in {workspace}"),
        },
        // What is said of money is said by `money`.
        _ => workspace.to_owned(),
    }
}

fn spanish(kind: Kind, shown: &Shown, actor: Option<&str>, workspace: &str) -> String {
    let who = actor.unwrap_or("Alguien");
    let name = named(&shown.subject).unwrap_or_else(|| "un cliente".into());
    match kind {
        Kind::ConversationAssigned => match actor {
            Some(actor) => format!("{actor} te pasó la conversación con {name}"),
            None => format!("La conversación con {name} ahora es tuya"),
        },
        Kind::NoteMentioned => format!("{who} te mencionó en una nota sobre {name}"),
        Kind::HandOver => format!("{who}: traspaso de la conversación con {name}"),
        Kind::HandoffRequested => format!("{name} espera a una persona"),
        Kind::TaskAssigned => format!("{who} te dio una tarea"),
        Kind::TaskReminded => "Recordatorio de una tarea".into(),
        Kind::MessageReceived => format!("{name} escribió"),
        Kind::MemberJoined => format!("{name} entró en {workspace}"),
        Kind::OwnershipTransferred => format!("{workspace} cambió de propietario"),
        Kind::SupportRequestAnswered => format!("El operador respondió a lo que pediste en {workspace}"),
        Kind::Digest => match &shown.subject {
            Subject::Digest(waiting) => {
                let (mine, unassigned) = (amount(waiting.mine), amount(waiting.unassigned));
                format!("Esperan respuesta en {workspace}: {mine} tuyas, {unassigned} sin asignar")
            }
            _ => format!("Hay clientes que esperan respuesta en {workspace}"),
        },
        _ => workspace.to_owned(),
    }
}

fn amount(number: i64) -> String {
    if number >= conversations::MOST_UNREAD {
        format!("{}+", conversations::MOST_UNREAD - 1)
    } else {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use conversations::Waiting;
    use kernel::{ConversationId, MemberId};
    use uuid::Uuid;

    use super::*;

    fn about(customer: &str) -> Shown {
        let subject = Subject::Conversation {
            id: ConversationId(Uuid::from_u128(1)),
            customer: customer.into(),
            excerpt: "Is it ready?".into(),
            message_seq: None,
        };
        Shown { actor: Some((MemberId(Uuid::from_u128(2)), "Ann".into())), subject }
    }

    #[test]
    fn every_kind_has_words_in_both_languages() {
        for kind in Kind::ALL {
            let said = [Locale::En, Locale::Es].map(|locale| headline(*kind, &about("Jane"), "Acme", locale).title);
            assert!(said.iter().all(|title| !title.is_empty()) && said[0] != said[1], "{said:?}");
        }
        let digest = Shown { actor: None, subject: Subject::Digest(Waiting { mine: 2, unassigned: 100 }) };
        let said = headline(Kind::Digest, &digest, "Acme", Locale::En).title;
        assert_eq!(said, "Waiting for an answer in Acme: 2 of yours, 99+ of nobody's");
    }

    #[test]
    fn a_name_carries_no_link_into_a_mail() {
        let said = headline(Kind::NoteMentioned, &about("Win at https://evil.example"), "Acme", Locale::En);
        assert_eq!(said.title, "Ann mentioned you in a note about Win at https evil example");
        assert_eq!(said.excerpt, "Is it ready?");
    }
}
