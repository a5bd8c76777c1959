//! Usage that is billed (E7): each unit beyond what a plan includes is put on the next invoice, in the transaction that
//! uses it. So the invoice to come can be seen at any moment, and nothing has to be counted up when it is written.

use tenancy::{Error, Work, args, sql};

use crate::{
    invoice::{self, Line, LineKind},
    usage::FlowMeter,
};

/// Puts one more on the next invoice, at this price of one.
pub(crate) async fn charge(work: &mut Work, meter: FlowMeter, unit: i64) -> Result<(), Error> {
    let text = sql!(
        "update pending_lines set quantity = quantity + 1, amount = amount + unit
         where workspace_id = $1 and item = $2 and unit = $3"
    );
    let item = item(meter);
    if work.run(text, args![item, unit]).await? > 0 {
        return Ok(());
    }
    let (item, name) = (item.to_owned(), name(meter).to_owned());
    let line = Line { item, name, kind: LineKind::Once, quantity: 1, unit, remaining: 0, period: 0, amount: unit };
    invoice::leave(work, line).await
}

/// Takes one off the next invoice again. What an invoice has taken up already stays on it.
pub(crate) async fn give_back(work: &mut Work, meter: FlowMeter, unit: i64) -> Result<(), Error> {
    let less = sql!(
        "update pending_lines set quantity = quantity - 1, amount = amount - unit
         where workspace_id = $1 and item = $2 and unit = $3"
    );
    let none = sql!("delete from pending_lines where workspace_id = $1 and item = $2 and quantity < 1");
    work.run(less, args![item(meter), unit]).await?;
    work.run(none, args![item(meter)]).await.map(drop)
}

const fn item(meter: FlowMeter) -> &'static str {
    match meter {
        FlowMeter::Messages => "usage.messages",
        FlowMeter::Sms => "usage.sms",
    }
}

/// What it is called on an invoice.
const fn name(meter: FlowMeter) -> &'static str {
    match meter {
        FlowMeter::Messages => "Messages beyond the plan",
        FlowMeter::Sms => "Texts (SMS) beyond the plan",
    }
}
