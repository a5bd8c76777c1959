//! Finding messages and customers by words.

use axum::Json;
use conversations::{Hit, HitKind};
use customers::masking::Exposure;
use kernel::{ConversationId, CustomerNoteId, Limit, Timestamp, WorkspaceId};
use serde::{Deserialize, Serialize};
use tenancy::{SearchUse, Viewer};
use utoipa::{IntoParams, ToSchema};

use crate::{Allowed, Failure, Params, customers::view::CustomerRef, view::list_of};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchQuery {
    /// Words, all of which have to be there; the last one may be unfinished. Case and accents make no difference.
    q: String,
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100, default = 25)]
    limit: Option<Limit>,
    cursor: Option<String>,
}

/// Something found.
#[derive(Debug, Serialize, ToSchema)]
pub struct SearchHitView {
    pub kind: HitKind,
    #[schema(required)]
    pub conversation_id: Option<ConversationId>,
    pub customer: CustomerRef,
    #[schema(required)]
    pub message_seq: Option<i64>,
    /// The note on the customer.
    #[schema(required)]
    pub note_id: Option<CustomerNoteId>,
    /// The text around the first word found.
    pub excerpt: String,
    pub at: Timestamp,
}

list_of!(SearchHitList, SearchHitView);

impl SearchHitView {
    fn of(hit: Hit, viewer: &Viewer) -> Self {
        let exposure = Exposure::beside_conversation(viewer, hit.contact);
        let contact = exposure.contact(hit.customer_email.as_deref(), None);
        Self {
            kind: hit.kind,
            conversation_id: hit.conversation_id,
            customer: CustomerRef {
                id: hit.customer_id,
                display_name: exposure.text(&hit.customer_name),
                email: contact.email,
                masked_fields: contact.masked_fields,
            },
            message_seq: hit.message_seq,
            note_id: hit.note_id,
            excerpt: hit.excerpt,
            at: hit.at,
        }
    }
}

/// Messages and customers that hold all the words, newest first.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/search", operation_id = "search_query", tag = "search",
    params(("workspace_id" = WorkspaceId, Path), SearchQuery),
    responses((status = 200, description = "A page of what was found", body = SearchHitList))
)]
pub(crate) async fn query(
    Allowed(grant): Allowed<SearchUse>,
    Params(query): Params<SearchQuery>,
) -> Result<Json<SearchHitList>, Failure> {
    let mut session = grant.read().await?;
    let limit = query.limit.unwrap_or_default();
    let page = conversations::search(&mut session, &query.q, limit, query.cursor.as_deref()).await?;
    let viewer = session.viewer();
    Ok(Json(page.map(|hit| SearchHitView::of(hit, &viewer)).into()))
}
