//! Whom the invoices of a workspace are for: its own people say it, and each invoice keeps it as it was issued with. Until
//! then they name the workspace alone. What a payment provider invoices names whom the payer told the provider.

use kernel::{AddressLines, Line};
use serde_json::json;
use tenancy::{BillingManage, Error, Event, Session, Subject, Tx, args, sql};

use crate::Party;

/// Whom the next invoice is for; `None` until somebody says it.
///
/// # Errors
/// The database cannot answer.
pub async fn buyer(session: &mut Session) -> Result<Option<Party>, Error> {
    let row = session.first(sql!("select name, details from buyers where workspace_id = $1"), &[]).await?;
    row.map(|mut row| Ok(Party { name: row.take(0)?, details: row.take(1)? })).transpose()
}

/// Says whom invoices are for, from the next one on. Said again, it changes nothing.
///
/// # Errors
/// The database cannot answer.
pub async fn put(tx: &mut Tx<BillingManage>, name: Line, details: AddressLines) -> Result<Party, Error> {
    let now = Party { name: name.into(), details: details.into() };
    let before = buyer(tx).await?;
    if before.as_ref() == Some(&now) {
        return Ok(now);
    }
    let text = sql!(
        "insert into buyers (workspace_id, name, details) values ($1, $2, $3)
         on conflict (workspace_id) do update set name = excluded.name, details = excluded.details"
    );
    tx.run(text, args![&now.name, &now.details]).await?;
    let event = Event::new("buyer.changed", Subject::new("buyer", tx.workspace()));
    tx.record(event.details(&json!(before), &json!(now)));
    Ok(now)
}
