//! News of what a workspace pays and has left: what its words need, and the words.

use billing::{
    invoice::owed,
    subscription::{RestrictedReason, subscription},
};
use directory::{Locale, day};
use kernel::Timestamp;
use tenancy::{Error, Session};

use crate::kind::Kind;

/// How the workspace stands with what it pays, at the moment when it is said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Money {
    pub trial_ends_at: Option<Timestamp>,
    pub restricted: Option<RestrictedReason>,
    /// The number of the invoice that is owed for the longest.
    pub owed: Option<String>,
}

pub(crate) async fn money(session: &mut Session) -> Result<Money, Error> {
    let now = subscription(session).await?;
    let owed = owed(session).await?.map(|invoice| invoice.number);
    Ok(Money { trial_ends_at: now.trial_ends_at, restricted: now.restricted_reason(), owed })
}

/// What a kind of such news says; `None` for other kinds.
pub(crate) fn said(kind: Kind, money: &Money, workspace: &str, locale: Locale) -> Option<String> {
    Some(match locale {
        Locale::En => english(kind, money, workspace)?,
        Locale::Es => spanish(kind, money, workspace)?,
    })
}

fn english(kind: Kind, money: &Money, workspace: &str) -> Option<String> {
    Some(match kind {
        Kind::TrialEnding => match money.trial_ends_at {
            Some(end) => format!("The trial of {workspace} ends on {}", day(end, Locale::En)),
            None => format!("The trial of {workspace} ends soon"),
        },
        Kind::PaymentFailed => match &money.owed {
            Some(number) => format!("The invoice {number} of {workspace} is overdue"),
            None => format!("A payment for {workspace} failed"),
        },
        Kind::SubscriptionRestricted => match money.restricted {
            Some(RestrictedReason::TrialOver) => format!("The trial of {workspace} is over: choose a plan to go on"),
            Some(RestrictedReason::Cancelled) => format!("The plan of {workspace} ended: choose one to go on"),
            Some(RestrictedReason::Unpaid) | None => format!("{workspace} rests until its invoice is paid"),
        },
        Kind::PayerReminded => format!("You pay for {workspace} from now on: look at how"),
        Kind::SeatOverLimit => format!("More seats are in use in {workspace} than its plan has"),
        Kind::CreditLow => format!("The credits of {workspace} run low"),
        Kind::CreditPurchased => format!("Credits were bought for {workspace}"),
        Kind::UsageWarned => format!("{workspace} has used most of what its plan includes"),
        _ => return None,
    })
}

fn spanish(kind: Kind, money: &Money, workspace: &str) -> Option<String> {
    Some(match kind {
        Kind::TrialEnding => match money.trial_ends_at {
            Some(end) => format!("La prueba de {workspace} termina el {}", day(end, Locale::Es)),
            None => format!("La prueba de {workspace} termina pronto"),
        },
        Kind::PaymentFailed => match &money.owed {
            Some(number) => format!("La factura {number} de {workspace} está vencida"),
            None => format!("Falló un pago de {workspace}"),
        },
        Kind::SubscriptionRestricted => match money.restricted {
            Some(RestrictedReason::TrialOver) => {
                format!("La prueba de {workspace} terminó: elige un plan para continuar")
            }
            Some(RestrictedReason::Cancelled) => {
                format!("El plan de {workspace} terminó: elige uno para continuar")
            }
            Some(RestrictedReason::Unpaid) | None => format!("{workspace} descansa hasta que se pague su factura"),
        },
        Kind::PayerReminded => format!("Desde ahora pagas tú {workspace}: revisa cómo"),
        Kind::SeatOverLimit => format!("En {workspace} se usan más puestos de los que tiene su plan"),
        Kind::CreditLow => format!("Quedan pocos créditos en {workspace}"),
        Kind::CreditPurchased => format!("Se compraron créditos para {workspace}"),
        Kind::UsageWarned => format!("{workspace} ha usado casi todo lo que incluye su plan"),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_say_what_to_do_about_it() {
        let end = Timestamp::parse("2026-01-19T08:00:00Z").ok();
        let tried = Money { trial_ends_at: end, ..Money::default() };
        let ends = |locale| said(Kind::TrialEnding, &tried, "Acme", locale).expect("words");
        assert_eq!(ends(Locale::En), "The trial of Acme ends on 19 January 2026");
        assert_eq!(ends(Locale::Es), "La prueba de Acme termina el 19 de enero de 2026");
        let unpaid = Money { owed: Some("INV-000007".into()), ..Money::default() };
        let failed = said(Kind::PaymentFailed, &unpaid, "Acme", Locale::En).expect("words");
        assert_eq!(failed, "The invoice INV-000007 of Acme is overdue");
        assert_eq!(said(Kind::TaskReminded, &unpaid, "Acme", Locale::En), None);
    }
}
