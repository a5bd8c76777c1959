//! News of what a workspace pays and has left: what its words need, and the words.

use billing::{
    catalogue::Behaviour,
    invoice::{open, owed},
    ledger,
    subscription::{RestrictedReason, subscription},
    usage::{self, FlowMeter, Usage},
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
    /// With news of an invoice: the number of the newest that is open, and until when it may be paid.
    pub to_pay: Option<(String, Timestamp)>,
    /// With news of few credits: how many can still be spent.
    pub credits: Option<i64>,
    /// With news of usage: what there is least left of.
    pub used: Option<Used>,
}

/// How much of what a plan includes in a month is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    pub meter: FlowMeter,
    pub used: i64,
    pub included: i64,
    /// What happens to more than that.
    pub behaviour: Option<Behaviour>,
}

pub(crate) async fn money(session: &mut Session, kind: Kind) -> Result<Money, Error> {
    let now = subscription(session).await?;
    let owed = owed(session).await?.map(|invoice| invoice.number);
    let mut money =
        Money { trial_ends_at: now.trial_ends_at, restricted: now.restricted_reason(), owed, ..Money::default() };
    match kind {
        Kind::InvoiceIssued => {
            let newest = open(session).await?.into_iter().max_by_key(|invoice| invoice.issued_at);
            money.to_pay = newest.map(|invoice| (invoice.number, invoice.due_at));
        }
        Kind::CreditLow => {
            let pool = ledger::account(session).await?;
            money.credits = (!pool.unlimited).then(|| pool.available());
        }
        Kind::UsageWarned => money.used = most_used(session).await?,
        _ => {}
    }
    Ok(money)
}

/// The meter that was warned of last; `None` where the plan has become larger meanwhile.
async fn most_used(session: &mut Session) -> Result<Option<Used>, Error> {
    let month = usage::this_month(session).await?;
    let warned = month.meters.into_iter().filter(|usage| usage.warned > 0).max_by_key(|usage| usage.warned);
    Ok(warned.and_then(|usage| {
        let Usage { meter, used, included, behaviour, .. } = usage;
        Some(Used { meter, used, included: included?, behaviour })
    }))
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
        Kind::InvoiceIssued => match &money.to_pay {
            Some((number, due)) => {
                format!("The invoice {number} of {workspace} is due on {}", day(*due, Locale::En))
            }
            None => format!("An invoice was written for {workspace}"),
        },
        Kind::PaymentFailed => match &money.owed {
            Some(number) => format!("The invoice {number} of {workspace} is overdue"),
            None => format!("A payment for {workspace} failed"),
        },
        Kind::SubscriptionRestricted => match money.restricted {
            Some(RestrictedReason::TrialOver) => format!("The trial of {workspace} is over: choose a plan to go on"),
            Some(RestrictedReason::Cancelled) => format!("The plan of {workspace} ended: choose one to go on"),
            // That a workspace waits for its first payment is no news to who just made it.
            Some(RestrictedReason::Unpaid | RestrictedReason::NeverPaid) | None => {
                format!("{workspace} rests until its invoice is paid")
            }
        },
        Kind::PayerReminded => format!("You pay for {workspace} from now on: look at how"),
        Kind::SeatOverLimit => format!("More seats are in use in {workspace} than its plan has"),
        Kind::CreditLow => match money.credits {
            Some(left) if left > 0 => format!("The credits of {workspace} run low: {left} are left"),
            Some(_) => format!("{workspace} has no credits left: the AI answers no more"),
            None => format!("The credits of {workspace} run low"),
        },
        Kind::CreditPurchased => format!("Credits were bought for {workspace}"),
        Kind::UsageWarned => match &money.used {
            Some(Used { meter, used, included, behaviour }) => {
                let what = match meter {
                    FlowMeter::Messages => "messages",
                    FlowMeter::Sms => "texts (SMS)",
                };
                let follows = match behaviour.filter(|_| used >= included) {
                    Some(Behaviour::Hard) => ": no more can be sent",
                    Some(Behaviour::Overage) => ": each one more is billed",
                    Some(Behaviour::Soft) | None => "",
                };
                format!("{workspace} has used {used} of {included} {what} of this month{follows}")
            }
            None => format!("{workspace} has used most of what its plan includes"),
        },
        _ => return None,
    })
}

fn spanish(kind: Kind, money: &Money, workspace: &str) -> Option<String> {
    Some(match kind {
        Kind::TrialEnding => match money.trial_ends_at {
            Some(end) => format!("La prueba de {workspace} termina el {}", day(end, Locale::Es)),
            None => format!("La prueba de {workspace} termina pronto"),
        },
        Kind::InvoiceIssued => match &money.to_pay {
            Some((number, due)) => {
                format!("La factura {number} de {workspace} vence el {}", day(*due, Locale::Es))
            }
            None => format!("Hay una factura para {workspace}"),
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
            Some(RestrictedReason::Unpaid | RestrictedReason::NeverPaid) | None => {
                format!("{workspace} descansa hasta que se pague su factura")
            }
        },
        Kind::PayerReminded => format!("Desde ahora pagas tú {workspace}: revisa cómo"),
        Kind::SeatOverLimit => format!("En {workspace} se usan más puestos de los que tiene su plan"),
        Kind::CreditLow => match money.credits {
            Some(left) if left > 0 => format!("Quedan pocos créditos en {workspace}: {left}"),
            Some(_) => format!("En {workspace} no quedan créditos: la IA ya no responde"),
            None => format!("Quedan pocos créditos en {workspace}"),
        },
        Kind::CreditPurchased => format!("Se compraron créditos para {workspace}"),
        Kind::UsageWarned => match &money.used {
            Some(Used { meter, used, included, behaviour }) => {
                let what = match meter {
                    FlowMeter::Messages => "mensajes",
                    FlowMeter::Sms => "SMS",
                };
                let follows = match behaviour.filter(|_| used >= included) {
                    Some(Behaviour::Hard) => ": no se pueden enviar más",
                    Some(Behaviour::Overage) => ": cada uno más se factura",
                    Some(Behaviour::Soft) | None => "",
                };
                format!("{workspace} ha usado {used} de {included} {what} de este mes{follows}")
            }
            None => format!("{workspace} ha usado casi todo lo que incluye su plan"),
        },
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

    #[test]
    fn not_010_what_runs_out_is_named_with_how_much_of_it_is_left() {
        let english = |kind, money: &Money| said(kind, money, "Acme", Locale::En).expect("words");
        let few = |left| english(Kind::CreditLow, &Money { credits: Some(left), ..Money::default() });
        assert_eq!(few(380), "The credits of Acme run low: 380 are left");
        assert_eq!(few(0), "Acme has no credits left: the AI answers no more");
        let used = |used, behaviour| {
            let used = Used { meter: FlowMeter::Messages, used, included: 20, behaviour: Some(behaviour) };
            english(Kind::UsageWarned, &Money { used: Some(used), ..Money::default() })
        };
        assert_eq!(used(16, Behaviour::Hard), "Acme has used 16 of 20 messages of this month");
        assert_eq!(used(20, Behaviour::Hard), "Acme has used 20 of 20 messages of this month: no more can be sent");
        assert_eq!(
            used(20, Behaviour::Overage),
            "Acme has used 20 of 20 messages of this month: each one more is billed"
        );
        assert_eq!(used(21, Behaviour::Soft), "Acme has used 21 of 20 messages of this month");
    }
}
