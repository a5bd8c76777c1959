//! Who the invoices of the instance are from: the operator says it once for all workspaces, and each invoice keeps it as it
//! was issued with. What a payment provider invoices names whom the provider was told.

use kernel::{AddressLines, Line};
use serde_json::json;
use tenancy::{Actor, Error, Event, InstanceSession, InstanceSql, InstanceTx, Row, Subject, args, instance_sql};
use uuid::Uuid;

use crate::Party;

const SELLER: InstanceSql = instance_sql!("select name, details from sellers where series = 'invoice'");

/// Who the next invoice is from; `None` until the operator says it.
///
/// # Errors
/// The database cannot answer.
pub async fn seller(session: &mut InstanceSession) -> Result<Option<Party>, Error> {
    read(session.first(SELLER, &[]).await?)
}

/// Says who invoices are from, from the next one on. Said again, it changes nothing.
///
/// # Errors
/// The database cannot answer.
pub async fn put(tx: &mut InstanceTx, by: Actor, name: Line, details: AddressLines) -> Result<Party, Error> {
    let now = Party { name: name.into(), details: details.into() };
    // Of two who say it at once the second finds what the first said.
    tx.mark(instance_sql!("update sellers set name = name where series = 'invoice'"), &[]).await?;
    let before = read(tx.first(SELLER, &[]).await?)?;
    if before.as_ref() == Some(&now) {
        return Ok(now);
    }
    let update = instance_sql!("update sellers set name = $1, details = $2 where series = 'invoice'");
    tx.run(update, args![&now.name, &now.details]).await?;
    let subject: Uuid = tx.vault().ids().next();
    let event = Event::new("seller.changed", Subject::new("seller", subject));
    tx.record(by, event.details(&json!(before), &json!(now)));
    Ok(now)
}

fn read(row: Option<Row>) -> Result<Option<Party>, Error> {
    let mut row = row.ok_or_else(|| Error::Corrupt("there is no place for who invoices are from".into()))?;
    Ok(Party::named(row.take(0)?, row.take(1)?))
}
