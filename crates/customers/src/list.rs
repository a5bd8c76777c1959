//! The customers of a workspace, newest first.

use kernel::{Cursor, Limit, Page};
use tenancy::{SearchWords, Session, args, part};

use crate::{Customer, Refusal, customer, masking::Exposure};

/// What a list of customers is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Words of the name, and of contact data for those who see it.
    pub q: Option<String>,
}

/// One page of the customers that the session's actor may open.
///
/// # Errors
/// The cursor is not this list's, or the database cannot answer.
pub async fn list(
    session: &mut Session,
    filter: &Filter,
    limit: Limit,
    cursor: Option<&str>,
) -> Result<Page<Customer>, Refusal> {
    let name = format!("customers/{}/{filter:?}", session.workspace());
    let mut query = customer::visible(session)?;
    if let Some(q) = &filter.q {
        let private = Exposure::is_clear_everywhere(&session.viewer());
        let Some(words) = SearchWords::parse(q, private) else { return Ok(Page { items: Vec::new(), next: None }) };
        query
            .push(part!("and c.id in ("), &[])
            .push_found(part!("e.customer_id"), (part!(""), &[]), &words, session.workspace())
            .push(part!("and e.kind = 'customer')"), &[]);
    }
    if let Some(cursor) = cursor {
        let (created_at, id) = Cursor::parse(cursor, &name)?;
        query.push(part!("and (c.created_at, c.id) < (?, ?)"), args![created_at, id]);
    }
    query.push(part!("order by c.created_at desc, c.id desc limit ?"), args![limit.get() + 1]);
    let rows = session.list(&query).await?.into_iter().map(customer::read).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, limit, |customer| (customer.created_at.millis(), customer.id.into()), &name))
}
