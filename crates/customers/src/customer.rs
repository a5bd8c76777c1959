//! A customer of a business, and how one is made and found.

use std::collections::HashMap;

use kernel::{BusinessId, CustomerId, EmailAddress, LabelId, Line, MemberId, Timestamp};
use serde_json::json;
use tenancy::{
    Composed, Error, Event, Found, Permission, Reach, Row, SearchEntry, Session, Subject, TenantSql, Viewer, Work,
    args, part, sql,
};
use uuid::Uuid;

use crate::{Refusal, label::label_ids, masking::Exposure};

/// A customer as the database has it: [`Exposure`] decides what of it a viewer is shown.
#[derive(Debug, Clone)]
pub struct Customer {
    pub id: CustomerId,
    pub business_id: BusinessId,
    pub display_name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub locale: Option<String>,
    /// The kind of channel the customer first wrote through.
    pub source: String,
    /// A site vouched for who this is.
    pub identified: bool,
    pub first_seen_at: Timestamp,
    pub last_seen_at: Option<Timestamp>,
    pub version: i64,
    pub created_at: Timestamp,
    pub labels: Vec<LabelId>,
    /// The member who answers for the customer's business.
    pub steward: MemberId,
    /// Whether the customer is its reader's assigned contact.
    pub contact: bool,
}

impl Customer {
    /// Whether the customer stands in the permission's relation to the viewer.
    pub fn is_own(&self, permission: Permission, viewer: &Viewer) -> bool {
        match viewer.relation(permission) {
            tenancy::Relation::AssignedContact => self.contact,
            tenancy::Relation::BusinessCreator => viewer.member == Some(self.steward),
            _ => false,
        }
    }

    pub fn exposure(&self, viewer: &Viewer) -> Exposure {
        Exposure::of(viewer, self.contact)
    }
}

/// `$2` is the reading member, `$3` the moment.
const CUSTOMERS: TenantSql = sql!(
    "select c.id, c.business_id, c.display_name, c.email, c.phone, c.locale, c.source, c.identified, c.first_seen_at,
        c.last_seen_at, c.version, c.created_at, b.steward, a.member_id, c.label_ids
     from customers c
     join businesses b on b.workspace_id = c.workspace_id and b.id = c.business_id
     left join customer_assignees a on a.workspace_id = c.workspace_id and a.customer_id = c.id and a.member_id = $2
        and (a.until is null or a.until > $3)
     where c.workspace_id = $1"
);

/// The customers that the session's actor may open, still to be narrowed.
pub(crate) fn visible(session: &Session) -> Result<Composed, Error> {
    let member = session.viewer().member.map_or(Uuid::nil(), Uuid::from);
    let mut query = Composed::new(CUSTOMERS, args![member, session.now()]);
    query.push(part!("and c.merged_into is null"), &[]);
    match session.reach(Permission::CustomerView) {
        Reach::Any => {}
        Reach::Own => {
            query.push(part!("and a.member_id is not null"), &[]);
        }
        Reach::Masked | Reach::None => return Err(Error::NotFound),
    }
    Ok(query)
}

pub(crate) fn read(mut row: Row) -> Result<Customer, Error> {
    Ok(Customer {
        id: row.take(0)?,
        business_id: row.take(1)?,
        display_name: row.take(2)?,
        email: row.take(3)?,
        phone: row.take(4)?,
        locale: row.take(5)?,
        source: row.take(6)?,
        identified: row.take(7)?,
        first_seen_at: row.take(8)?,
        last_seen_at: row.take(9)?,
        version: row.take(10)?,
        created_at: row.take(11)?,
        steward: row.take(12)?,
        contact: row.take::<Option<MemberId>>(13)?.is_some(),
        labels: label_ids(&row.take::<String>(14)?)?,
    })
}

/// One customer, if its profile is open to the session's actor.
///
/// # Errors
/// [`Error::NotFound`] for what does not exist or is out of sight.
pub async fn show(session: &mut Session, id: CustomerId) -> Result<Customer, Refusal> {
    let mut query = visible(session)?;
    query.push(part!("and c.id = ?"), args![id]);
    let row = session.list(&query).await?.into_iter().next().ok_or(Error::NotFound)?;
    Ok(read(row)?)
}

/// Those of these customers whose profiles are open to the session's actor, by id.
///
/// # Errors
/// The database cannot answer.
pub async fn among(session: &mut Session, ids: &[Uuid]) -> Result<HashMap<Uuid, Customer>, Error> {
    let mut query = match visible(session) {
        Err(Error::NotFound) => return Ok(HashMap::new()),
        query => query?,
    };
    query.push(part!("and c.id in ("), &[]).push_ids(ids);
    let customers = session.list(&query).await?.into_iter().map(read);
    customers.map(|customer| customer.map(|customer| (customer.id.into(), customer))).collect()
}

/// One customer for the house itself, which then decides per viewer; `contact` is unset.
///
/// # Errors
/// The database cannot answer.
pub async fn snapshot(session: &mut Session, id: CustomerId) -> Result<Option<Customer>, Error> {
    let mut query = Composed::new(CUSTOMERS, args![Uuid::nil(), session.now()]);
    query.push(part!("and c.id = ?"), args![id]);
    session.list(&query).await?.into_iter().next().map(read).transpose()
}

/// Who somebody says they are when they first write.
#[derive(Debug, Clone)]
pub struct NewCustomer {
    pub business: BusinessId,
    pub name: Option<Line>,
    /// A claim: shown, and proof of nothing.
    pub email: Option<EmailAddress>,
    pub locale: Option<String>,
    pub source: &'static str,
    pub identified: bool,
}

/// Makes a customer. Whoever gives no name gets one that can be told apart.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn create(work: &mut Work, new: &NewCustomer) -> Result<CustomerId, Error> {
    let text = sql!(
        "insert into customers (workspace_id, id, business_id, display_name, email, email_claimed, locale, source,
            identified, first_seen_at, last_seen_at, version, created_at)
         values ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $9, 1, $9)"
    );
    let id: CustomerId = work.ids().next();
    let now = work.now();
    let name = new.name.as_deref().map_or_else(|| nameless(id), str::to_owned);
    let values =
        args![id, new.business, &name, new.email.as_ref(), new.locale.as_deref(), new.source, new.identified, now];
    work.run(text, values).await?;
    index(work, id, &name, new.email.as_ref().map(EmailAddress::as_str), None, now).await?;
    let payload = json!({ "customer_id": id, "business_id": new.business, "identified": new.identified });
    work.record(Event::new("customer.created", Subject::new("customer", id)).payload(payload));
    Ok(id)
}

/// Whether the customer is called as who gave no name is.
pub fn is_nameless(id: CustomerId, name: &str) -> bool {
    name == nameless(id)
}

/// The id's last characters are random, so two nameless customers hardly ever share a name.
pub(crate) fn nameless(id: CustomerId) -> String {
    let digits = id.0.simple().to_string();
    format!("Visitor {}", digits[digits.len() - 4..].to_uppercase())
}

pub(crate) async fn index(
    work: &mut Work,
    customer: CustomerId,
    name: &str,
    email: Option<&str>,
    phone: Option<&str>,
    at: Timestamp,
) -> Result<(), Error> {
    let text = [Some(name), email, phone].into_iter().flatten().collect::<Vec<_>>().join(" ");
    work.index(&SearchEntry { customer, of: Found::Customer, at, text: &text }).await
}
