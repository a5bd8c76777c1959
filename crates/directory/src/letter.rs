//! What the house writes to people, in their language: plain text and simple HTML from one source.

use crate::{
    Locale,
    mail::{escape, plain_name},
};

/// Everything the house writes. Names are made plain here, links are the house's own.
pub(crate) enum Letter<'a> {
    PasswordReset { link: String },
    PasswordChanged { forgot: String },
    EmailVerification { link: String },
    AccountExists { sign_in: String, forgot: String },
    Invitation { workspace: &'a str, inviter: &'a str, role: &'a str, link: String },
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

fn english(letter: &Letter<'_>) -> Draft {
    match letter {
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
        Letter::Invitation { workspace, inviter, role, link } => {
            let (workspace, inviter, role) = (plain_name(workspace), plain_name(inviter), plain_name(role));
            Draft {
                subject: format!("{inviter} invites you to {workspace}"),
                opening: format!("{inviter} invites you to join {workspace} as {role}."),
                action: ("See the invitation", link.clone()),
                closing: "The link works once, for 14 days. If you do not know the sender, do nothing.".into(),
            }
        }
    }
}

fn spanish(letter: &Letter<'_>) -> Draft {
    match letter {
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
        Letter::Invitation { workspace, inviter, role, link } => {
            let (workspace, inviter, role) = (plain_name(workspace), plain_name(inviter), plain_name(role));
            Draft {
                subject: format!("{inviter} te invita a {workspace}"),
                opening: format!("{inviter} te invita a unirte a {workspace} como {role}."),
                action: ("Ver la invitación", link.clone()),
                closing: "El enlace sirve una vez, durante 14 días. Si no conoces a quien lo envía, no hagas nada."
                    .into(),
            }
        }
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
            link: "https://desk.example/invite/gi_x".into(),
        };
        for (locale, subject) in [
            (Locale::En, "Ann b invites you to Cheap at evil example"),
            (Locale::Es, "Ann b te invita a Cheap at evil example"),
        ] {
            let written = write(&letter, locale, None);
            assert_eq!(written.subject, subject);
            assert!(written.text.contains("\nhttps://desk.example/invite/gi_x\n"));
            assert!(written.html.contains("href=\"https://desk.example/invite/gi_x\""));
            assert!(!written.text.contains("evil.example") && !written.html.contains("<b>"));
        }
    }
}
