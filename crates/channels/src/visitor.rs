//! A browser that opened the website chat, known by its token.

use std::time::Duration;

use kernel::{ChannelId, CustomerId, EmailAddress, Line, Timestamp, VisitorId, days};
use serde_json::{Value as Json, json};
use tenancy::{Composed, Error, Event, Row, Session, Subject, TenantSql, Token, Work, args, part, sql};

/// How long a visitor is remembered after its token was last renewed.
pub const VISITOR_LIFE: Duration = days(90);

/// A browser and, once it wrote or was identified, the customer behind it.
#[derive(Debug, Clone)]
pub struct Visitor {
    pub id: VisitorId,
    pub channel_id: ChannelId,
    pub customer_id: Option<CustomerId>,
    pub name: Option<String>,
    /// As typed, or as the site's page says: proven by nobody (ruling 25).
    pub email_claim: Option<String>,
    /// A signed identity stands behind the customer.
    pub identified: bool,
    pub locale: Option<String>,
    pub expires_at: Timestamp,
}

/// What a visitor says about themselves.
#[derive(Debug, Clone, Default)]
pub struct Claim {
    pub name: Option<Line>,
    pub email: Option<EmailAddress>,
    pub locale: Option<String>,
}

/// A visitor to be made.
#[derive(Debug, Clone)]
pub struct NewVisitor {
    pub channel: ChannelId,
    pub customer: Option<CustomerId>,
    pub identified: bool,
    pub claim: Claim,
    /// The page it opened the chat on.
    pub page: Option<String>,
}

/// A visitor with the token that was just made for it; only its hash is kept.
#[derive(Debug, Clone)]
pub struct VisitorSession {
    pub token: Token,
    pub visitor: Visitor,
}

const VISITORS: TenantSql = sql!(
    "select id, channel_id, customer_id, name, email_claim, identified, locale, expires_at
     from visitors where workspace_id = $1"
);

fn read(mut row: Row) -> Result<Visitor, Error> {
    Ok(Visitor {
        id: row.take(0)?,
        channel_id: row.take(1)?,
        customer_id: row.take(2)?,
        name: row.take(3)?,
        email_claim: row.take(4)?,
        identified: row.take(5)?,
        locale: row.take(6)?,
        expires_at: row.take(7)?,
    })
}

/// One visitor.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn visitor(session: &mut Session, id: VisitorId) -> Result<Visitor, Error> {
    let mut query = Composed::new(VISITORS, &[]);
    query.push(part!("and id = ?"), args![id]);
    session.list(&query).await?.into_iter().next().map(read).ok_or(Error::NotFound)?
}

/// The living visitor of this channel with this token, or with it as the token before: the answer that carried the
/// newer one may never have arrived. Holds the row, so that two renewals follow one another.
///
/// # Errors
/// The database cannot answer.
pub async fn find(work: &mut Work, channel: ChannelId, token: &str) -> Result<Option<Visitor>, Error> {
    let hold = sql!(
        "update visitors set expires_at = expires_at
         where workspace_id = $1 and channel_id = $2 and (token_hash = $3 or previous_token_hash = $3)
            and expires_at > $4
         returning id"
    );
    let now = work.now();
    match work.first(hold, args![channel, Token::hash_of(token), now]).await? {
        Some(mut row) => visitor(work, row.take(0)?).await.map(Some),
        None => Ok(None),
    }
}

/// Makes a visitor.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn open(work: &mut Work, new: &NewVisitor) -> Result<VisitorSession, Error> {
    let text = sql!(
        "insert into visitors (workspace_id, id, channel_id, customer_id, token_hash, name, email_claim, identified,
            locale, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
    );
    let id: VisitorId = work.ids().next();
    let (token, now) = (Token::random("gv"), work.now());
    let Claim { name, email, locale } = &new.claim;
    let values = args![
        id,
        new.channel,
        new.customer,
        token.hash(),
        name.as_deref(),
        email.as_ref(),
        new.identified,
        locale.as_deref(),
        now,
        now.plus(VISITOR_LIFE)
    ];
    work.run(text, values).await?;
    let event = Event::new("visitor.opened", Subject::new("visitor", id));
    let event = event.payload(json!({ "visitor_id": id, "channel_id": new.channel, "identified": new.identified }));
    work.record(match &new.page {
        Some(page) => event.details(&Json::Null, &json!({ "page_url": page })),
        None => event,
    });
    Ok(VisitorSession { token, visitor: visitor(work, id).await? })
}

/// Gives the visitor a fresh token and another 90 days; what it now says replaces what it said. Like a session's
/// last-seen moment, this leaves no event.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn renew(work: &mut Work, id: VisitorId, claim: &Claim) -> Result<VisitorSession, Error> {
    let text = sql!(
        "update visitors set previous_token_hash = token_hash, token_hash = $3, expires_at = $4,
            name = coalesce($5, name), email_claim = coalesce($6, email_claim), locale = coalesce($7, locale)
         where workspace_id = $1 and id = $2"
    );
    let token = Token::random("gv");
    let Claim { name, email, locale } = claim;
    let expires = work.now().plus(VISITOR_LIFE);
    work.mark(text, args![id, token.hash(), expires, name.as_deref(), email.as_ref(), locale.as_deref()]).await?;
    Ok(VisitorSession { token, visitor: visitor(work, id).await? })
}

/// The visitor now speaks as this customer.
///
/// # Errors
/// The database refuses or cannot answer.
pub async fn belongs_to(work: &mut Work, id: VisitorId, customer: CustomerId, identified: bool) -> Result<(), Error> {
    let text = sql!("update visitors set customer_id = $3, identified = $4 where workspace_id = $1 and id = $2");
    work.run(text, args![id, customer, identified]).await.map(drop)
}
