//! A conversation to be read elsewhere: as plain text, or as a page that prints well. Made from the same views as the
//! list of its messages, so that it shows no more.

mod page;
mod plain;

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use conversations::Range;
use kernel::Limit;
use serde::Deserialize;
use serde_json::json;
use tenancy::{Event, SearchExport, Session, Subject, access_log};
use utoipa::{IntoParams, ToSchema};

use super::{
    show::ConversationPath,
    view::{ConversationView, MessageView},
};
use crate::{Allowed, Failure, Params, PathOf, attachments::file::Octets};

/// How the export is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum ConversationExportFormat {
    #[default]
    Text,
    /// A page without scripts or anything from elsewhere, to be printed or kept as PDF.
    Html,
}

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExportQuery {
    /// `text` unless asked otherwise.
    #[param(inline)]
    format: Option<ConversationExportFormat>,
}

/// What a file tells.
struct Exported {
    conversation: ConversationView,
    messages: Vec<MessageView>,
    at: String,
}

/// A conversation as a file, with what the caller may see of it. That it was taken is itself recorded.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/conversations/{conversation_id}/export",
    operation_id = "conversation_export", tag = "conversations", params(ConversationPath, ExportQuery),
    responses((status = 200, description = "The conversation", content(
        (Octets = "text/plain"),
        (Octets = "text/html"),
    )))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<SearchExport>,
    PathOf(path): PathOf<ConversationPath>,
    Params(query): Params<ExportQuery>,
) -> Result<Response, Failure> {
    let format = query.format.unwrap_or_default();
    let id = path.conversation_id;
    let exported = collect(&mut grant.read().await?, &path).await?;
    let event = Event::new("conversation.exported", Subject::new("conversation", id));
    let written = match format {
        ConversationExportFormat::Text => "text",
        ConversationExportFormat::Html => "html",
    };
    access_log::read(&grant, event.payload(json!({ "conversation_id": id, "format": written }))).await?;
    let (kind, policy, text) = match format {
        ConversationExportFormat::Text => ("text/plain; charset=utf-8", "default-src 'none'", plain::text(&exported)),
        ConversationExportFormat::Html => (
            "text/html; charset=utf-8",
            "default-src 'none'; style-src 'unsafe-inline'; sandbox",
            page::html(&exported),
        ),
    };
    let mut response = text.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let ending = if format == ConversationExportFormat::Text { "txt" } else { "html" };
    let name = format!("inline; filename=\"conversation-{id}.{ending}\"");
    headers.insert(
        header::CONTENT_DISPOSITION,
        HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("inline")),
    );
    Ok(response)
}

async fn collect(session: &mut Session, path: &ConversationPath) -> Result<Exported, Failure> {
    let limit = Limit::try_from(Limit::MAX).unwrap_or_default();
    let (workspace, viewer, at) = (session.workspace(), session.viewer(), session.now().to_string());
    let conversation = conversations::show(session, path.conversation_id).await?;
    let contact = conversation.contact;
    let mut messages: Vec<MessageView> = Vec::new();
    loop {
        let range = Range::After(messages.last().map_or(0, |message| message.seq));
        let page = conversations::messages(session, path.conversation_id, range, limit).await?;
        messages.extend(page.items.into_iter().map(|message| MessageView::of(message, workspace, &viewer, contact)));
        if !page.more {
            return Ok(Exported { conversation: ConversationView::of(conversation, &viewer), messages, at });
        }
    }
}

/// Who wrote a message, and how it stands apart from what was said between customer and team.
fn said_by(message: &MessageView) -> String {
    use conversations::{AuthorKind, Direction, State};
    let who = match message.author.kind {
        AuthorKind::Ai => format!("{} (AI)", message.author.name),
        AuthorKind::System => "System".to_owned(),
        AuthorKind::Customer | AuthorKind::Member => message.author.name.clone(),
    };
    match (message.direction, message.state) {
        (Direction::Internal, _) => format!("{who}, internal note"),
        (_, State::Withdrawn) => format!("{who}, withdrawn before it was sent"),
        (_, State::Held) => format!("{who}, not sent yet"),
        (_, State::Failed) => format!("{who}, not delivered"),
        _ => who,
    }
}
