//! The document's own parts: title, security schemes, schemas that no operation names, and the door that shows it.

use axum::Json;
use utoipa::{
    Modify, OpenApi as _,
    openapi::{
        OpenApi,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use crate::{
    Anyone,
    failure::{ProblemField, ProblemView},
    realtime::{
        member::{ClosedEvent, PresenceEvent, PresenceMember, ReadyEvent, TypingEvent},
        visitor::WidgetTypingEvent,
    },
};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Guildhall",
        description = "Team workspace for customer conversations.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    components(schemas(
        ProblemView, ProblemField, ReadyEvent, ClosedEvent, PresenceEvent, PresenceMember, TypingEvent, WidgetTypingEvent
    )),
    modifiers(&Security)
)]
struct Head;

struct Security;

impl Modify for Security {
    fn modify(&self, document: &mut OpenApi) {
        let components = document.components.get_or_insert_default();
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("gk_…")
            .description(Some("An API key. It opens what its scopes name, as far as its creator may."))
            .build();
        let schemes = [
            ("session", SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new("sid")))),
            ("api_key", SecurityScheme::Http(bearer)),
            ("visitor", SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new("Authorization")))),
        ];
        for (name, scheme) in schemes {
            components.add_security_scheme(name, scheme);
        }
    }
}

/// The document before any door was opened.
pub(crate) fn head() -> OpenApi {
    Head::openapi()
}

/// This document.
#[utoipa::path(
    get, path = "/api/v1/openapi.json", operation_id = "openapi_show", tag = "instance",
    responses((status = 200, description = "The OpenAPI document", body = Object))
)]
pub(crate) async fn show(_: Anyone) -> Json<OpenApi> {
    Json(crate::document())
}
