//! Finding messages and customers by words, newest first, within what the seeker sees.

use customers::masking::Exposure;
use kernel::{
    ConversationId, Cursor, CustomerId, CustomerNoteId, Limit, MemberId, Page, Timestamp, fold, search_terms,
};
use serde::{Deserialize, Serialize};
use tenancy::{Composed, Error, Permission, Reach, Row, SearchWords, Session, Viewer, args, part};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{Refusal, Visibility, note};

/// How much of a text an excerpt shows.
const EXCERPT: usize = 160;
/// How much of it stands before the first word found.
const LEAD: usize = 40;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = SearchHitKind)]
pub enum HitKind {
    Message,
    /// What members told each other.
    Note,
    Customer,
    /// What members know of a customer.
    CustomerNote,
}

/// Something found.
#[derive(Debug, Clone)]
pub struct Hit {
    pub kind: HitKind,
    pub conversation_id: Option<ConversationId>,
    pub message_seq: Option<i64>,
    /// The note on the customer.
    pub note_id: Option<CustomerNoteId>,
    pub customer_id: CustomerId,
    pub customer_name: String,
    pub customer_email: Option<String>,
    /// Whether the customer is the reader's assigned contact.
    pub contact: bool,
    /// Around the first word found, already in the form the reader may see.
    pub excerpt: String,
    pub at: Timestamp,
    entry: i64,
}

/// One page of what the session's actor finds. Sight is decided inside the statement, before the limit, so a page is
/// never short because of what lies out of sight.
///
/// # Errors
/// The cursor is not this search's, or the database cannot answer.
pub async fn search(session: &mut Session, q: &str, limit: Limit, cursor: Option<&str>) -> Result<Page<Hit>, Refusal> {
    let viewer = session.viewer();
    let name = format!("search/{}/{q}", session.workspace());
    let Some(words) = SearchWords::parse(q, Exposure::is_clear_everywhere(&viewer)) else {
        return Ok(Page { items: Vec::new(), next: None });
    };
    let member = viewer.member.map_or(Uuid::nil(), Uuid::from);
    let mut query = Composed::of_found(
        part!(
            "e.entry, e.kind, e.conversation_id, e.message_seq, e.customer_id, cu.display_name, cu.email, e.at,
             k.member_id, coalesce(m.text, n.text), e.note_id"
        ),
        (
            part!(
                "join customers cu on cu.workspace_id = e.workspace_id and cu.id = e.customer_id
                 left join customer_assignees k on k.workspace_id = e.workspace_id and k.customer_id = e.customer_id
                    and k.member_id = ? and (k.until is null or k.until > ?)
                 left join conversations c on c.workspace_id = e.workspace_id and c.id = e.conversation_id
                 left join messages m on m.workspace_id = e.workspace_id and m.conversation_id = e.conversation_id
                    and m.seq = e.message_seq
                 left join customer_notes n on n.workspace_id = e.workspace_id and n.id = e.note_id"
            ),
            args![member, session.now()],
        ),
        &words,
        session.workspace(),
    );
    let customers = match viewer.reach(Permission::CustomerView) {
        Reach::Any => part!(""),
        Reach::Own => part!("and k.member_id is not null"),
        Reach::Masked | Reach::None => part!("and 1 = 0"),
    };
    query.push(part!("and ((1 = 1"), &[]).push(note::found(session), &[]);
    Visibility::of(session)
        .narrow(&mut query)
        .push(part!(") or (1 = 1"), &[])
        .push(note::found_of_customers(session), &[])
        .push(customers, &[])
        .push(part!("))"), &[]);
    let before = cursor.map(|cursor| Cursor::parse(cursor, &name)).transpose()?.map(|(entry, _)| entry);
    query.push_newest(before, limit.get() + 1);
    let wanted = search_terms(q);
    let hits = session.list(&query).await?.into_iter().map(|row| read(row, &viewer, &wanted));
    let hits = hits.collect::<Result<Vec<_>, _>>()?;
    Ok(Page::cut(hits, limit, |hit| (hit.entry, Uuid::nil()), &name))
}

fn read(mut row: Row, viewer: &Viewer, wanted: &[String]) -> Result<Hit, Error> {
    let kind: String = row.take(1)?;
    let customer_name: String = row.take(5)?;
    let contact = row.take::<Option<MemberId>>(8)?.is_some();
    let text: Option<String> = row.take(9)?;
    let shown = Exposure::beside_conversation(viewer, contact).text(text.as_ref().unwrap_or(&customer_name));
    Ok(Hit {
        entry: row.take(0)?,
        kind: match kind.as_str() {
            "message" => HitKind::Message,
            "note" => HitKind::Note,
            "customer_note" => HitKind::CustomerNote,
            _ => HitKind::Customer,
        },
        conversation_id: row.take(2)?,
        message_seq: row.take(3)?,
        note_id: row.take(10)?,
        customer_id: row.take(4)?,
        customer_name,
        customer_email: row.take(6)?,
        at: row.take(7)?,
        contact,
        excerpt: excerpt(&shown, wanted),
    })
}

/// One line around the first word found.
fn excerpt(text: &str, wanted: &[String]) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut found = 0;
    for piece in line.split_inclusive(|c: char| !c.is_alphanumeric()) {
        let word = fold(piece.trim_end_matches(|c: char| !c.is_alphanumeric()));
        if wanted.iter().any(|wanted| word.starts_with(wanted)) {
            break;
        }
        found += piece.len();
    }
    let lead = if found < line.len() { line[..found].chars().count() } else { 0 };
    let skip = if lead + EXCERPT / 2 <= EXCERPT { 0 } else { lead - LEAD };
    let mut chars = line.chars().skip(skip);
    let mut shown = String::from(if skip > 0 { "…" } else { "" });
    shown.extend(chars.by_ref().take(EXCERPT));
    if chars.next().is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_shows_the_word_that_was_found() {
        let text = format!("{} José asked\nfor a refund {}", "x ".repeat(200), "y ".repeat(200));
        let shown = excerpt(&text, &["jose".into()]);
        assert!(shown.contains("José asked for a refund"), "{shown}");
        assert!(shown.starts_with('…') && shown.ends_with('…') && shown.chars().count() == EXCERPT + 2);
        assert_eq!(excerpt("short text", &["nothing".into()]), "short text");
    }
}
