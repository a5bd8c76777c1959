//! The inbox: conversations by where they stand, whose they are and when something last happened.

use kernel::{ChannelId, ConversationId, Cursor, CustomerId, LabelId, Limit, MemberId, Page, TeamId, Timestamp};
use serde::{Deserialize, Serialize};
use tenancy::{Composed, Error, SearchWords, Session, args, part, sql};
use utoipa::ToSchema;

use crate::{
    Conversation, Mode, Refusal, Status, Visibility,
    conversation::{conversations, read},
    mention, note,
};
use customers::masking::Exposure;

/// Whose conversations to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Assignee {
    Me,
    Nobody,
    Member(MemberId),
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ConversationSort)]
pub enum Sort {
    #[default]
    Newest,
    Oldest,
}

/// What a list is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// `None` for every status.
    pub status: Option<Status>,
    pub mode: Option<Mode>,
    pub assignee: Option<Assignee>,
    /// In whose queue it is or was.
    pub team: Option<TeamId>,
    pub label: Option<LabelId>,
    /// Only those with a note that calls the member, or a team of theirs.
    pub mentions: bool,
    pub channel: Option<ChannelId>,
    pub customer: Option<CustomerId>,
    /// Only what holds something inbound that the member has not read.
    pub unread: bool,
    /// Words of messages or of the customer.
    pub q: Option<String>,
    pub sort: Sort,
}

/// One page of the conversations that the session's actor sees.
///
/// # Errors
/// The cursor is not this list's, or the database cannot answer.
pub async fn list(
    session: &mut Session,
    filter: &Filter,
    limit: Limit,
    cursor: Option<&str>,
) -> Result<Page<Conversation>, Refusal> {
    let name = format!("conversations/{}/{filter:?}", session.workspace());
    let after = cursor.map(|cursor| Cursor::parse(cursor, &name)).transpose()?;
    let Some(query) = statement(session, filter, limit, after)? else {
        return Ok(Page { items: Vec::new(), next: None });
    };
    let rows = session.list(&query).await?.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(rows, limit, |c| (c.last_activity_at.millis(), c.id.into()), &name))
}

/// The conversations of one customer, newest first, whatever their status.
///
/// # Errors
/// The customer's profile is out of sight, or as [`list`].
pub async fn customer_conversations(
    session: &mut Session,
    customer: CustomerId,
    limit: Limit,
    cursor: Option<&str>,
) -> Result<Page<Conversation>, Refusal> {
    customers::show(session, customer).await?;
    list(session, &Filter { customer: Some(customer), ..Filter::default() }, limit, cursor).await
}

/// Ids of what matches and was there by `until`, in their own order, after one of them.
pub(crate) async fn matching(
    session: &mut Session,
    filter: &Filter,
    after: Option<ConversationId>,
    until: Timestamp,
    limit: i64,
) -> Result<Vec<ConversationId>, Error> {
    let found = match words(session, filter) {
        Words::Some(words) => Some(words),
        Words::Any => None,
        Words::Nothing => return Ok(Vec::new()),
    };
    let mut query = Composed::new(sql!("select c.id from conversations c where c.workspace_id = $1"), &[]);
    Visibility::of(session).narrow(&mut query);
    narrow(&mut query, session, filter, found.as_ref())?;
    query.push(part!("and c.created_at <= ?"), args![until]);
    if let Some(after) = after {
        query.push(part!("and c.id > ?"), args![after]);
    }
    query.push(part!("order by c.id limit ?"), args![limit]);
    session.list(&query).await?.into_iter().map(|mut row| row.take(0)).collect()
}

/// What a filter's words look for.
enum Words {
    Any,
    Some(SearchWords),
    /// A text without a word finds nothing.
    Nothing,
}

fn words(session: &Session, filter: &Filter) -> Words {
    let Some(q) = &filter.q else { return Words::Any };
    let words = SearchWords::parse(q, Exposure::is_clear_everywhere(&session.viewer()));
    words.map_or(Words::Nothing, Words::Some)
}

/// The page's ids come first, each arm of the visibility rule from its index; only they are then joined to what a
/// list shows of them. `None` when there is nothing to find.
fn statement(
    session: &Session,
    filter: &Filter,
    limit: Limit,
    after: Option<(i64, uuid::Uuid)>,
) -> Result<Option<Composed>, Error> {
    let found = match words(session, filter) {
        Words::Some(words) => Some(words),
        Words::Any => None,
        Words::Nothing => return Ok(None),
    };
    let arms = Visibility::of(session).arms();
    if arms.is_empty() {
        return Err(Error::NotFound);
    }
    let mut query = conversations(session);
    query.push(part!("and c.id in ("), &[]);
    for (index, arm) in arms.iter().enumerate() {
        if index > 0 {
            query.push(part!("union all"), &[]);
        }
        query.push(part!("select id from (select c.id from conversations c where c.workspace_id = $1"), &[]);
        query.push(arm.part, &arm.values);
        narrow(&mut query, session, filter, found.as_ref())?;
        match (filter.sort, after) {
            (Sort::Newest, Some((at, id))) => {
                query.push(part!("and (c.last_activity_at, c.id) < (?, ?)"), args![at, id]);
            }
            (Sort::Oldest, Some((at, id))) => {
                query.push(part!("and (c.last_activity_at, c.id) > (?, ?)"), args![at, id]);
            }
            (_, None) => {}
        }
        order(&mut query, filter.sort, limit);
        query.push(part!(") page"), &[]);
    }
    query.push(part!(")"), &[]);
    order(&mut query, filter.sort, limit);
    Ok(Some(query))
}

fn order(query: &mut Composed, sort: Sort, limit: Limit) {
    match sort {
        Sort::Newest => query.push(part!("order by c.last_activity_at desc, c.id desc"), &[]),
        Sort::Oldest => query.push(part!("order by c.last_activity_at, c.id"), &[]),
    };
    query.push(part!("limit ?"), args![limit.get() + 1]);
}

fn narrow(query: &mut Composed, session: &Session, filter: &Filter, found: Option<&SearchWords>) -> Result<(), Error> {
    let me = || session.viewer().member.ok_or(Error::NotFound);
    if let Some(status) = filter.status {
        query.push(part!("and c.status = ?"), args![status.name()]);
    }
    if let Some(mode) = filter.mode {
        query.push(part!("and c.mode = ?"), args![mode.name()]);
    }
    match filter.assignee {
        Some(Assignee::Me) => query.push(part!("and c.assignee_id = ?"), args![me()?]),
        Some(Assignee::Member(member)) => query.push(part!("and c.assignee_id = ?"), args![member]),
        Some(Assignee::Nobody) => query.push(part!("and c.assignee_id is null"), &[]),
        None => query,
    };
    if let Some(team) = filter.team {
        query.push(part!("and c.team_id = ?"), args![team]);
    }
    if let Some(label) = filter.label {
        let labelled = part!(
            "and c.id in (select l.conversation_id from conversation_labels l
                where l.workspace_id = $1 and l.label_id = ?)"
        );
        query.push(labelled, args![label]);
    }
    if filter.mentions {
        query.push(part!("and c.id in ("), &[]);
        mention::push_calling(query, session).push(part!(")"), &[]);
    }
    if let Some(channel) = filter.channel {
        query.push(part!("and c.channel_id = ?"), args![channel]);
    }
    if let Some(customer) = filter.customer {
        let of_customer = part!(
            "and c.customer_id in (select p.id from customers p
                where p.workspace_id = $1 and (p.id = ? or p.merged_into = ?))"
        );
        query.push(of_customer, args![customer, customer]);
    }
    if filter.unread {
        query.push(
            part!(
                "and c.last_inbound_seq > coalesce((select r.seq from conversation_reads r
                    where r.workspace_id = $1 and r.member_id = ? and r.conversation_id = c.id), 0)"
            ),
            args![me()?],
        );
    }
    if let Some(words) = found {
        let workspace = session.workspace();
        query
            .push(part!("and (c.id in ("), &[])
            .push_found(part!("e.conversation_id"), (part!(""), &[]), words, workspace)
            .push(note::found(session), &[])
            .push(part!(") or c.customer_id in ("), &[])
            .push_found(part!("e.customer_id"), (part!(""), &[]), words, workspace)
            .push(part!("and e.kind = 'customer'))"), &[]);
    }
    Ok(())
}
