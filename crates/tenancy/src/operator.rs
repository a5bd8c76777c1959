//! The fourth lane: an account that runs the instance decides about every workspace what its people cannot decide
//! themselves. It enters as nobody's member, with one right ([`Operating`]) and no permission, so that nothing of
//! customers or conversations is open to it.

use kernel::{AccountId, CheckoutId, Cursor, InvoiceId, Limit, OperatorRequestId, Page, Timestamp, WorkspaceId};
use uuid::Uuid;

use crate::{
    Actor, Caller, Error, Grant, Instance, InstanceSession, InstanceTx, ListRefusal, Operating, Request, Scope,
    Session, Value, Vault,
    actor::{Credentials, SignedIn},
    args,
    database::statement::Text,
    raw,
    scope::Entered,
};

/// A signed-in person who operates this instance. Only [`Vault::operator`] makes one.
#[derive(Clone)]
pub struct Operator {
    vault: Vault,
    person: SignedIn,
    request: Option<Request>,
}

/// A thing of some workspace, in a list over all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed<T> {
    pub workspace: WorkspaceId,
    pub id: T,
    at: Timestamp,
}

impl Vault {
    /// The caller as operator of this instance.
    ///
    /// # Errors
    /// [`Error::NotFound`] for who is none: nobody learns what there is for operators. A program, whoever's it is, is
    /// none; and a first password waits to be changed before anything opens.
    pub async fn operator(&self, caller: &Caller) -> Result<Operator, Error> {
        let person = match &caller.0 {
            // Who looks at a workspace as somebody else looks at nothing of the instance meanwhile.
            Credentials::Account(SignedIn { preview: Some(_), .. }) => return Err(Error::NotFound),
            Credentials::Account(person) => person.clone(),
            Credentials::Key(_) => return Err(Error::NotForKeys),
            Credentials::Visitor { .. } | Credentials::Channel { .. } => return Err(Error::Unauthenticated),
        };
        let text = raw!(
            "select a.password_must_change from operators o join accounts a on a.id = o.account_id
             where o.account_id = $1"
        );
        let mut rows = self.database().read().await?.query(text, args![person.account]).await?;
        match rows.pop().ok_or(Error::NotFound)?.take(0)? {
            true => Err(Error::PasswordMustChange),
            false => Ok(Operator { vault: self.clone(), person, request: None }),
        }
    }
}

impl Operator {
    pub fn account(&self) -> AccountId {
        self.person.account
    }

    /// Who acts, for what is recorded outside of workspaces.
    pub fn actor(&self) -> Actor {
        Actor::Operator(self.person.account)
    }

    /// The request this serves carried an Idempotency-Key.
    #[must_use]
    pub fn for_request(self, request: Request) -> Self {
        Self { request: Some(request), ..self }
    }

    /// Enters a workspace to decide about it. What is decided takes a fresh proof of who one is, and is refused to who
    /// operates no longer by then. That there is no such workspace shows at the first read.
    ///
    /// # Errors
    /// The right is refused, which it is to no operator.
    pub fn enter(&self, workspace: WorkspaceId) -> Result<Grant<Operating>, Error> {
        let plain = self.vault.plain_scope(workspace, self.actor());
        let scope = Scope { entered: Entered::AsOperator(self.person.clone()), ..plain };
        match self.request.clone() {
            Some(request) => scope.for_request(request),
            None => scope,
        }
        .grant()
    }

    /// Reads tables of the instance.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn read(&self) -> Result<InstanceSession, Error> {
        self.instance().read().await
    }

    /// Opens a transaction over tables of the instance; a repeated request ends here with its first answer.
    ///
    /// # Errors
    /// The proof of who one is is not fresh, the account operates no longer, its session ended, the request was answered
    /// before, or the database cannot answer.
    pub async fn begin(&self) -> Result<InstanceTx, Error> {
        self.vault.must_be_fresh(&self.person)?;
        let mut tx = self.instance().begin_for(self.account(), self.request.clone()).await?;
        match tx.must_still_operate(&self.person).await {
            Ok(()) => Ok(tx),
            Err(refusal) => tx.settle(Err(refusal)).await,
        }
    }

    fn instance(&self) -> Instance {
        self.vault.instance()
    }

    /// Workspaces with this text in their name, or with this id; the newest first.
    ///
    /// # Errors
    /// The cursor is not this list's, or the database cannot answer.
    pub async fn workspaces(
        &self,
        search: &str,
        limit: Limit,
        cursor: Option<&str>,
    ) -> Result<Page<Listed<WorkspaceId>>, ListRefusal> {
        let text = raw!(
            "select workspace_id, workspace_id, created_at from workspaces
             where (created_at, workspace_id) < ($1, $2) and (lower(name) like $4 escape '\\' or workspace_id = $5)
             order by created_at desc, workspace_id desc limit $3"
        );
        let id: Uuid = search.trim().parse().unwrap_or_default();
        let values = args![containing(search), id].to_vec();
        self.listed(text, (&format!("operator/workspaces/{search}"), limit, cursor), values).await
    }

    /// Invoices in a state, in the words of billing; the newest first.
    ///
    /// # Errors
    /// The cursor is not this list's, or the database cannot answer.
    pub async fn invoices(
        &self,
        state: &str,
        limit: Limit,
        cursor: Option<&str>,
    ) -> Result<Page<Listed<InvoiceId>>, ListRefusal> {
        let text = raw!(
            "select workspace_id, id, issued_at from invoices where (issued_at, id) < ($1, $2) and state = $4
             order by issued_at desc, id desc limit $3"
        );
        self.listed(text, (&format!("operator/invoices/{state}"), limit, cursor), args![state].to_vec()).await
    }

    /// What members asked for and waits for an answer, or has one; the newest first.
    ///
    /// # Errors
    /// The cursor is not this list's, or the database cannot answer.
    pub async fn requests(
        &self,
        waits: bool,
        limit: Limit,
        cursor: Option<&str>,
    ) -> Result<Page<Listed<OperatorRequestId>>, ListRefusal> {
        let text = match waits {
            true => raw!(
                "select workspace_id, id, created_at from operator_requests
                 where (created_at, id) < ($1, $2) and state = 'open' order by created_at desc, id desc limit $3"
            ),
            false => raw!(
                "select workspace_id, id, created_at from operator_requests
                 where (created_at, id) < ($1, $2) and state <> 'open' order by created_at desc, id desc limit $3"
            ),
        };
        self.listed(text, (&format!("operator/requests/{waits}"), limit, cursor), Vec::new()).await
    }

    /// On which versions of which catalogues how many workspaces stand.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn catalogues_in_use(&self) -> Result<Vec<(String, i64, i64)>, Error> {
        let text = raw!("select catalogue, catalogue_version, count(*) from subscriptions group by 1, 2");
        let rows = self.vault.database().read().await?.query(text, &[]).await?;
        rows.into_iter().map(|mut row| Ok((row.take(0)?, row.take(1)?, row.take(2)?))).collect()
    }

    /// Purchases that are in one of two states since before a moment; the newest first, at most `limit`.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn purchases(
        &self,
        states: [&str; 2],
        before: Timestamp,
        limit: i64,
    ) -> Result<Vec<Listed<CheckoutId>>, Error> {
        let text = raw!(
            "select workspace_id, id, created_at from checkouts where state in ($1, $2) and created_at <= $3
             order by created_at desc, id desc limit $4"
        );
        self.all(text, args![states[0], states[1], before, limit]).await
    }

    /// A page of a list whose statement takes the position as `$1` and `$2`, the number of rows as `$3`, and then
    /// `more`.
    async fn listed<T: From<Uuid> + Copy>(
        &self,
        text: Text<'static>,
        (list, limit, cursor): (&str, Limit, Option<&str>),
        more: Vec<Value>,
    ) -> Result<Page<Listed<T>>, ListRefusal>
    where
        Uuid: From<T>,
    {
        let (at, id) = match cursor {
            Some(cursor) => Cursor::parse(cursor, list)?,
            None => (i64::MAX, Uuid::max()),
        };
        let mut values = args![at, id, limit.get() + 1].to_vec();
        values.extend(more);
        let rows = self.all(text, &values).await?;
        Ok(Page::cut(rows, limit, |row| (row.at.millis(), row.id.into()), list))
    }

    async fn all<T: From<Uuid>>(&self, text: Text<'static>, values: &[Value]) -> Result<Vec<Listed<T>>, Error> {
        let rows = self.vault.database().read().await?.query(text, values).await?;
        let read = |mut row: crate::Row| {
            Ok(Listed { workspace: row.take(0)?, id: row.take::<Uuid>(1)?.into(), at: row.take(2)? })
        };
        rows.into_iter().map(read).collect()
    }
}

/// The pattern of what contains a text, whatever its case.
fn containing(text: &str) -> String {
    let literal: String = text
        .trim()
        .to_lowercase()
        .chars()
        .flat_map(|letter| matches!(letter, '%' | '_' | '\\').then_some('\\').into_iter().chain([letter]))
        .collect();
    format!("%{literal}%")
}

impl Session {
    /// That the person is still who they were on entry, looked at inside a transaction.
    ///
    /// # Errors
    /// The session ended, the account operates no longer, there is no such workspace, or the database cannot answer.
    pub(crate) async fn must_still_operate(&mut self, person: &SignedIn) -> Result<(), Error> {
        let text = raw!(
            "select s.id, o.account_id from workspaces w join accounts a on a.id = $2
             left join sessions s on s.account_id = a.id and s.id = $3 and s.ended_at is null and s.expires_at > $4
             left join operators o on o.account_id = a.id
             where w.workspace_id = $1"
        );
        let now = self.now();
        let row = self.query(text, args![person.account, person.session, now]).await?.into_iter().next();
        operates(row)
    }
}

impl InstanceTx {
    async fn must_still_operate(&mut self, person: &SignedIn) -> Result<(), Error> {
        let text = raw!(
            "select s.id, o.account_id from accounts a
             left join sessions s on s.account_id = a.id and s.id = $2 and s.ended_at is null and s.expires_at > $3
             left join operators o on o.account_id = a.id
             where a.id = $1"
        );
        let now = self.now();
        operates(self.write.query(text, args![person.account, person.session, now]).await?.into_iter().next())
    }
}

fn operates(row: Option<crate::Row>) -> Result<(), Error> {
    let mut row = row.ok_or(Error::NotFound)?;
    row.take::<Option<Uuid>>(0)?.ok_or(Error::Unauthenticated)?;
    row.take::<Option<Uuid>>(1)?.ok_or(Error::NotFound).map(drop)
}
