//! What stands on an invoice, in its reader's language.

use billing::invoice::{InvoiceState, Line, LineKind};
use directory::Locale;

/// The words of a whole document.
pub(super) struct Words {
    pub(super) invoice: &'static str,
    pub(super) issued_for: &'static str,
    pub(super) workspace: &'static str,
    pub(super) issued: &'static str,
    pub(super) due: &'static str,
    pub(super) period: &'static str,
    pub(super) what: &'static str,
    pub(super) quantity: &'static str,
    pub(super) unit: &'static str,
    pub(super) amount: &'static str,
    pub(super) total: &'static str,
}

pub(super) const fn words(locale: Locale) -> Words {
    match locale {
        Locale::En => Words {
            invoice: "Invoice",
            issued_for: "For",
            workspace: "Workspace",
            issued: "Issued",
            due: "Due",
            period: "Period",
            what: "What",
            quantity: "Quantity",
            unit: "Price",
            amount: "Amount",
            total: "Total",
        },
        Locale::Es => Words {
            invoice: "Factura",
            issued_for: "Para",
            workspace: "Espacio",
            issued: "Emitida",
            due: "Vence",
            period: "Periodo",
            what: "Concepto",
            quantity: "Cantidad",
            unit: "Precio",
            amount: "Importe",
            total: "Total",
        },
    }
}

pub(super) const fn state(state: InvoiceState, locale: Locale) -> &'static str {
    match (state, locale) {
        (InvoiceState::Open, Locale::En) => "Open",
        (InvoiceState::Open, Locale::Es) => "Pendiente",
        (InvoiceState::Paid, Locale::En) => "Paid",
        (InvoiceState::Paid, Locale::Es) => "Pagada",
        (InvoiceState::Void, Locale::En) => "Taken back",
        (InvoiceState::Void, Locale::Es) => "Anulada",
        (InvoiceState::Uncollectible, Locale::En) => "Given up",
        (InvoiceState::Uncollectible, Locale::Es) => "Incobrable",
    }
}

/// What a line is for, and how its amount comes about where that is not the price times the quantity.
pub(super) fn line(line: &Line, locale: Locale) -> (String, Option<String>) {
    let how = match (line.kind, locale) {
        (LineKind::Proration, Locale::En) if line.quantity < 0 => "unused time given back",
        (LineKind::Proration, Locale::Es) if line.quantity < 0 => "devolución del tiempo no usado",
        (LineKind::Proration, Locale::En) => "for the rest of the period",
        (LineKind::Proration, Locale::Es) => "por el resto del periodo",
        (LineKind::Period | LineKind::Once | LineKind::Carried | LineKind::Provider, _) => {
            return (name(line, locale), None);
        }
    };
    let (rest, whole) = (days(line.remaining), days(line.period));
    let said = match locale {
        Locale::En => format!("{how}: {rest} of {whole} days"),
        Locale::Es => format!("{how}: {rest} de {whole} días"),
    };
    (name(line, locale), Some(said))
}

/// The house's own words are translated; those of a catalogue are as they were sold.
fn name(line: &Line, locale: Locale) -> String {
    match (line.item.as_str(), locale) {
        ("extra_seat", Locale::Es) => "Puesto adicional".to_owned(),
        ("carried", Locale::Es) => "Saldo que pasa a la próxima factura".to_owned(),
        ("usage.messages", Locale::Es) => "Mensajes por encima del plan".to_owned(),
        ("usage.sms", Locale::Es) => "SMS por encima del plan".to_owned(),
        _ => line.name.clone(),
    }
}

/// Seconds as days, to a tenth where they are not whole.
fn days(seconds: i64) -> String {
    const DAY: i64 = kernel::DAY.as_secs().cast_signed();
    let tenths = (seconds * 10 + DAY / 2) / DAY;
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
}

/// Minor units as money: `1,234.50 USD`. Currencies without minor units have none behind the point.
pub(super) fn money(amount: i64, currency: &str, locale: Locale) -> String {
    const WHOLE: [&str; 16] = [
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF",
    ];
    let (thousands, point) = match locale {
        Locale::En => (',', '.'),
        Locale::Es => ('.', ','),
    };
    let sign = if amount < 0 { "−" } else { "" };
    let amount = amount.unsigned_abs();
    let (units, rest) = match WHOLE.contains(&currency) {
        true => (amount, String::new()),
        false => (amount / 100, format!("{point}{:02}", amount % 100)),
    };
    let digits = units.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            grouped.push(thousands);
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{rest} {currency}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_as_its_reader_writes_it() {
        assert_eq!(money(123_450, "USD", Locale::En), "1,234.50 USD");
        assert_eq!(money(-123_450, "EUR", Locale::Es), "−1.234,50 EUR");
        assert_eq!(money(5, "USD", Locale::En), "0.05 USD");
        assert_eq!(money(1_234_567, "JPY", Locale::En), "1,234,567 JPY");
    }

    #[test]
    fn a_part_of_a_period_is_told_in_days() {
        assert_eq!([86_400, 129_600, 2_592_000].map(days), ["1", "1.5", "30"]);
    }
}
