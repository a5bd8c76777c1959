//! What the house writes to people, in their language: plain text and simple HTML from one source.

use kernel::Timestamp;

use crate::{
    Locale,
    mail::{escape, plain_name},
};

/// Everything the house writes. Names are made plain here, links are the house's own.
pub(crate) enum Letter<'a> {
    PasswordReset {
        link: String,
    },
    PasswordChanged {
        forgot: String,
    },
    EmailVerification {
        link: String,
    },
    AccountExists {
        sign_in: String,
        forgot: String,
    },
    /// A colleague made the account; its password is chosen by the link.
    FirstPassword {
        workspace: &'a str,
        creator: &'a str,
        role: &'a str,
        link: String,
    },
    /// A colleague made the account, with a password that they tell.
    Welcome {
        workspace: &'a str,
        creator: &'a str,
        role: &'a str,
        sign_in: String,
    },
    Invitation {
        workspace: &'a str,
        inviter: &'a str,
        role: &'a str,
        as_owner: bool,
        until: Timestamp,
        link: String,
    },
    OwnershipOffered {
        workspace: &'a str,
        owner: &'a str,
        until: Timestamp,
        link: String,
    },
    OwnershipReceived {
        workspace: &'a str,
        former_owner: &'a str,
        link: String,
    },
    OwnershipGiven {
        workspace: &'a str,
        owner: &'a str,
        link: String,
    },
    DeletionScheduled {
        workspace: &'a str,
        on: Timestamp,
        link: String,
    },
    DeletionCancelled {
        workspace: &'a str,
        link: String,
    },
    Notice(&'a Notice),
}

/// A letter that a higher floor composed, in its reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub subject: String,
    pub opening: String,
    /// What the button says, and where it leads.
    pub action: (&'static str, String),
    pub closing: String,
}

/// Subject and both bodies.
pub(crate) struct Written {
    pub(crate) subject: String,
    pub(crate) text: String,
    pub(crate) html: String,
}

/// The parts every letter has.
struct Draft {
    subject: String,
    opening: String,
    /// What the button says, and where it leads.
    action: (&'static str, String),
    closing: String,
}

pub(crate) fn write(letter: &Letter<'_>, locale: Locale, greeted: Option<&str>) -> Written {
    let draft = match locale {
        Locale::En => english(letter),
        Locale::Es => spanish(letter),
    };
    let hello = match (locale, greeted.map(plain_name).filter(|name| !name.is_empty())) {
        (Locale::En, Some(name)) => format!("Hello {name},"),
        (Locale::En, None) => "Hello,".to_owned(),
        (Locale::Es, Some(name)) => format!("Hola, {name}:"),
        (Locale::Es, None) => "Hola:".to_owned(),
    };
    let (label, link) = &draft.action;
    let text = format!("{hello}\n\n{}\n\n{label}:\n{link}\n\n{}\n", draft.opening, draft.closing);
    let html = format!(
        "<!doctype html><html lang=\"{}\"><body style=\"font-family:sans-serif;line-height:1.5;max-width:34em\">\
         <p>{}</p><p>{}</p>\
         <p><a href=\"{}\" style=\"display:inline-block;padding:.6em 1.2em;border-radius:.4em;\
         background:#2b4fcf;color:#fff;text-decoration:none\">{}</a></p><p>{}</p></body></html>",
        locale.name(),
        escape(&hello),
        escape(&draft.opening),
        escape(link),
        escape(label),
        escape(&draft.closing),
    );
    Written { subject: draft.subject, text, html }
}

impl From<&Notice> for Draft {
    fn from(notice: &Notice) -> Self {
        let Notice { subject, opening, action, closing } = notice.clone();
        Self { subject, opening, action, closing }
    }
}

fn english(letter: &Letter<'_>) -> Draft {
    match letter {
        Letter::Notice(notice) => (*notice).into(),
        Letter::PasswordReset { link } => Draft {
            subject: "Choose a new password".into(),
            opening: "Somebody asked for a new password for your account, most likely you.".into(),
            action: ("Choose a new password", link.clone()),
            closing: "The link works once, for 30 minutes. If it was not you, do nothing: your password stays.".into(),
        },
        Letter::PasswordChanged { forgot } => Draft {
            subject: "Your password was changed".into(),
            opening: "The password of your account was just changed, and other sessions were ended.".into(),
            action: ("It was not me: choose a new password", forgot.clone()),
            closing: "If it was you, there is nothing to do.".into(),
        },
        Letter::EmailVerification { link } => Draft {
            subject: "Verify your e-mail address".into(),
            opening: "An account was made with this address. Verify that it is yours.".into(),
            action: ("Verify this address", link.clone()),
            closing: "The link works once, for 24 hours. If you made no account, do nothing.".into(),
        },
        Letter::AccountExists { sign_in, forgot } => Draft {
            subject: "You already have an account".into(),
            opening: "Somebody tried to make an account with your address, most likely you. There is one already."
                .into(),
            action: ("Sign in", sign_in.clone()),
            closing: format!("Forgot the password? Choose a new one: {forgot} If it was not you, do nothing."),
        },
        Letter::FirstPassword { workspace, creator, role, link } => {
            let (workspace, creator, role) = (plain_name(workspace), plain_name(creator), plain_name(role));
            Draft {
                subject: format!("{creator} added you to {workspace}"),
                opening: format!(
                    "{creator} made you an account in {workspace}, as {role}. Choose a password to begin."
                ),
                action: ("Choose a password", link.clone()),
                closing: "The link works once, for 7 days. If you do not know the sender, do nothing.".into(),
            }
        }
        Letter::Welcome { workspace, creator, role, sign_in } => {
            let (workspace, creator, role) = (plain_name(workspace), plain_name(creator), plain_name(role));
            Draft {
                subject: format!("{creator} added you to {workspace}"),
                opening: format!(
                    "{creator} made you an account in {workspace}, as {role}. Sign in with this address and the first \
                     password that {creator} tells you; right after that you choose your own."
                ),
                action: ("Sign in", sign_in.clone()),
                closing: "If you do not know the sender, do nothing.".into(),
            }
        }
        Letter::Invitation { workspace, inviter, role, as_owner, until, link } => {
            let (workspace, inviter, role) = (plain_name(workspace), plain_name(inviter), plain_name(role));
            let takes_over = if *as_owner { " Whoever accepts owns the workspace from then on." } else { "" };
            Draft {
                subject: format!("{inviter} invites you to {workspace}"),
                opening: format!("{inviter} invites you to join {workspace} as {role}.{takes_over}"),
                action: ("See the invitation", link.clone()),
                closing: format!(
                    "The link works once, until {}. If you do not know the sender, do nothing.",
                    day(*until, Locale::En)
                ),
            }
        }
        Letter::OwnershipOffered { workspace, owner, until, link } => {
            let (workspace, owner) = (plain_name(workspace), plain_name(owner));
            Draft {
                subject: format!("{owner} wants to hand {workspace} over to you"),
                opening: format!(
                    "{owner} offers you the ownership of {workspace}. The owner can do everything in it, delete it \
                     included, and pays for it."
                ),
                action: ("Accept or decline", link.clone()),
                closing: format!(
                    "The offer stands until {}. Nothing changes before you accept.",
                    day(*until, Locale::En)
                ),
            }
        }
        Letter::OwnershipReceived { workspace, former_owner, link } => {
            let (workspace, former_owner) = (plain_name(workspace), plain_name(former_owner));
            Draft {
                subject: format!("You own {workspace} now"),
                opening: format!("You are the owner of {workspace} now; before it was {former_owner}."),
                action: ("See the members", link.clone()),
                closing: "Whatever was paid so far stays as it is until you change it.".into(),
            }
        }
        Letter::OwnershipGiven { workspace, owner, link } => {
            let (workspace, owner) = (plain_name(workspace), plain_name(owner));
            Draft {
                subject: format!("{workspace} belongs to {owner} now"),
                opening: format!("{owner} is the owner of {workspace} now. You stay a member, with another role."),
                action: ("See the members", link.clone()),
                closing: "If that was not your doing, tell whoever runs this server at once.".into(),
            }
        }
        Letter::DeletionScheduled { workspace, on, link } => {
            let workspace = plain_name(workspace);
            Draft {
                subject: format!("{workspace} will be deleted on {}", day(*on, Locale::En)),
                opening: format!(
                    "The owner of {workspace} asked for its deletion. On {} everything in it goes for good: \
                     conversations, customers, members, settings. Until then little can be done in it.",
                    day(*on, Locale::En)
                ),
                action: ("Stop the deletion", link.clone()),
                closing: "Its owner can stop the deletion there, until that day.".into(),
            }
        }
        Letter::DeletionCancelled { workspace, link } => {
            let workspace = plain_name(workspace);
            Draft {
                subject: format!("{workspace} stays"),
                opening: format!("The deletion of {workspace} was stopped. Everything is as it was."),
                action: ("Go on", link.clone()),
                closing: "There is nothing to do.".into(),
            }
        }
    }
}

fn spanish(letter: &Letter<'_>) -> Draft {
    match letter {
        Letter::Notice(notice) => (*notice).into(),
        Letter::PasswordReset { link } => Draft {
            subject: "Elige una contraseña nueva".into(),
            opening: "Alguien pidió una contraseña nueva para tu cuenta; lo más probable es que fueras tú.".into(),
            action: ("Elegir una contraseña nueva", link.clone()),
            closing:
                "El enlace sirve una vez, durante 30 minutos. Si no fuiste tú, no hagas nada: tu contraseña no cambia."
                    .into(),
        },
        Letter::PasswordChanged { forgot } => Draft {
            subject: "Tu contraseña ha cambiado".into(),
            opening: "La contraseña de tu cuenta acaba de cambiar y se cerraron las demás sesiones.".into(),
            action: ("No fui yo: elegir una contraseña nueva", forgot.clone()),
            closing: "Si fuiste tú, no tienes que hacer nada.".into(),
        },
        Letter::EmailVerification { link } => Draft {
            subject: "Verifica tu correo electrónico".into(),
            opening: "Se creó una cuenta con esta dirección. Confirma que es tuya.".into(),
            action: ("Verificar esta dirección", link.clone()),
            closing: "El enlace sirve una vez, durante 24 horas. Si no creaste ninguna cuenta, no hagas nada.".into(),
        },
        Letter::AccountExists { sign_in, forgot } => Draft {
            subject: "Ya tienes una cuenta".into(),
            opening:
                "Alguien intentó crear una cuenta con tu dirección; lo más probable es que fueras tú. Ya existe una."
                    .into(),
            action: ("Iniciar sesión", sign_in.clone()),
            closing: format!("¿Olvidaste la contraseña? Elige otra: {forgot} Si no fuiste tú, no hagas nada."),
        },
        Letter::FirstPassword { workspace, creator, role, link } => {
            let (workspace, creator, role) = (plain_name(workspace), plain_name(creator), plain_name(role));
            Draft {
                subject: format!("{creator} te añadió a {workspace}"),
                opening: format!(
                    "{creator} te creó una cuenta en {workspace}, como {role}. Elige una contraseña para empezar."
                ),
                action: ("Elegir una contraseña", link.clone()),
                closing: "El enlace sirve una vez, durante 7 días. Si no conoces a quien lo envía, no hagas nada."
                    .into(),
            }
        }
        Letter::Welcome { workspace, creator, role, sign_in } => {
            let (workspace, creator, role) = (plain_name(workspace), plain_name(creator), plain_name(role));
            Draft {
                subject: format!("{creator} te añadió a {workspace}"),
                opening: format!(
                    "{creator} te creó una cuenta en {workspace}, como {role}. Inicia sesión con esta dirección y la \
                     primera contraseña que te dará {creator}; enseguida eliges la tuya."
                ),
                action: ("Iniciar sesión", sign_in.clone()),
                closing: "Si no conoces a quien lo envía, no hagas nada.".into(),
            }
        }
        Letter::Invitation { workspace, inviter, role, as_owner, until, link } => {
            let (workspace, inviter, role) = (plain_name(workspace), plain_name(inviter), plain_name(role));
            let takes_over =
                if *as_owner { " Quien acepta pasa a ser propietario del espacio de trabajo." } else { "" };
            Draft {
                subject: format!("{inviter} te invita a {workspace}"),
                opening: format!("{inviter} te invita a unirte a {workspace} como {role}.{takes_over}"),
                action: ("Ver la invitación", link.clone()),
                closing: format!(
                    "El enlace sirve una vez, hasta el {}. Si no conoces a quien lo envía, no hagas nada.",
                    day(*until, Locale::Es)
                ),
            }
        }
        Letter::OwnershipOffered { workspace, owner, until, link } => {
            let (workspace, owner) = (plain_name(workspace), plain_name(owner));
            Draft {
                subject: format!("{owner} quiere cederte {workspace}"),
                opening: format!(
                    "{owner} te ofrece la propiedad de {workspace}. Quien lo posee puede hacerlo todo en él, también \
                     eliminarlo, y es quien lo paga."
                ),
                action: ("Aceptar o rechazar", link.clone()),
                closing: format!(
                    "La oferta vale hasta el {}. Nada cambia antes de que aceptes.",
                    day(*until, Locale::Es)
                ),
            }
        }
        Letter::OwnershipReceived { workspace, former_owner, link } => {
            let (workspace, former_owner) = (plain_name(workspace), plain_name(former_owner));
            Draft {
                subject: format!("{workspace} ahora es tuyo"),
                opening: format!("La propiedad de {workspace} ahora es tuya; antes era de {former_owner}."),
                action: ("Ver los miembros", link.clone()),
                closing: "Lo que ya estaba pagado sigue igual hasta que lo cambies.".into(),
            }
        }
        Letter::OwnershipGiven { workspace, owner, link } => {
            let (workspace, owner) = (plain_name(workspace), plain_name(owner));
            Draft {
                subject: format!("{workspace} ahora es de {owner}"),
                opening: format!(
                    "La propiedad de {workspace} ahora es de {owner}. Sigues siendo miembro, con otro rol."
                ),
                action: ("Ver los miembros", link.clone()),
                closing: "Si no fue cosa tuya, avisa cuanto antes a quien administra este servidor.".into(),
            }
        }
        Letter::DeletionScheduled { workspace, on, link } => {
            let workspace = plain_name(workspace);
            Draft {
                subject: format!("{workspace} se eliminará el {}", day(*on, Locale::Es)),
                opening: format!(
                    "Quien posee {workspace} pidió eliminarlo. El {} desaparece todo para siempre: conversaciones, \
                     clientes, miembros, ajustes. Hasta entonces apenas se puede hacer nada en él.",
                    day(*on, Locale::Es)
                ),
                action: ("Detener la eliminación", link.clone()),
                closing: "Quien lo posee puede detenerla ahí, hasta ese día.".into(),
            }
        }
        Letter::DeletionCancelled { workspace, link } => {
            let workspace = plain_name(workspace);
            Draft {
                subject: format!("{workspace} se queda"),
                opening: format!("La eliminación de {workspace} se detuvo. Todo está como antes."),
                action: ("Continuar", link.clone()),
                closing: "No tienes que hacer nada.".into(),
            }
        }
    }
}

/// A day as it is said in a sentence, by UTC.
pub fn day(moment: Timestamp, locale: Locale) -> String {
    const ENGLISH: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const SPANISH: [&str; 12] = [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ];
    let (year, month, day) = moment.date();
    match locale {
        Locale::En => format!("{day} {} {year}", ENGLISH[month - 1]),
        Locale::Es => format!("{day} de {} de {year}", SPANISH[month - 1]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_says_who_where_and_what_without_foreign_links() {
        let letter = Letter::Invitation {
            workspace: "Cheap at evil.example",
            inviter: "Ann <b>",
            role: "Agent",
            as_owner: false,
            until: Timestamp::parse("2026-02-09T12:00:00Z").expect("a moment"),
            link: "https://desk.example/invite/gi_x".into(),
        };
        for (locale, subject, until) in [
            (Locale::En, "Ann b invites you to Cheap at evil example", "until 9 February 2026."),
            (Locale::Es, "Ann b te invita a Cheap at evil example", "hasta el 9 de febrero de 2026."),
        ] {
            let written = write(&letter, locale, None);
            assert_eq!(written.subject, subject);
            assert!(written.text.contains(until), "{}", written.text);
            assert!(written.text.contains("\nhttps://desk.example/invite/gi_x\n"));
            assert!(written.html.contains("href=\"https://desk.example/invite/gi_x\""));
            assert!(!written.text.contains("evil.example") && !written.html.contains("<b>"));
        }
    }
}
