//! What both doors for files share, the members' and the visitors'.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use conversations::{Attachment, ByteStream, LARGEST_FILE, Refusal, StoredFile};
use futures_util::TryStreamExt;
use http_body_util::Limited;
use kernel::{Problem, WorkspaceId};
use serde::Deserialize;
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat, Type},
};

use crate::{App, Failure};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct UploadQuery {
    /// The file's name, as its sender calls it.
    #[param(max_length = 300)]
    pub(crate) name: String,
}

/// A raw body in the API document.
pub(crate) struct Octets;

impl PartialSchema for Octets {
    fn schema() -> RefOr<Schema> {
        let format = SchemaFormat::KnownFormat(KnownFormat::Binary);
        ObjectBuilder::new().schema_type(Type::String).format(Some(format)).into()
    }
}
impl ToSchema for Octets {}

/// Streams a raw body into the store; what it is, its content says.
pub(crate) async fn take_in(
    app: &App,
    workspace: WorkspaceId,
    query: &UploadQuery,
    body: Body,
) -> Result<StoredFile, Failure> {
    if query.name.chars().count() > 300 {
        return Err(Problem::field("/name", "invalid_parameter", "has more than 300 characters").into());
    }
    // One octet more than allowed, so that the store can tell too large from exactly full.
    let limited = Limited::new(body, LARGEST_FILE as usize + 1);
    let content: ByteStream = Box::pin(Body::new(limited).into_data_stream().map_err(std::io::Error::other));
    Ok(conversations::store(&*app.files, workspace, &query.name, content).await?)
}

/// A download: never shown by the browser itself, whatever it holds.
pub(crate) async fn hand_out(app: &App, workspace: WorkspaceId, attachment: Attachment) -> Result<Response, Failure> {
    let content =
        app.files.get(workspace, attachment.hash).await.map_err(|error| Refusal::FileStore(error.to_string()))?;
    let mut response = Body::from_stream(content).into_response();
    let headers = response.headers_mut();
    let text = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::CONTENT_TYPE, text(&attachment.file.content_type));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(attachment.file.size));
    headers.insert(header::CONTENT_DISPOSITION, disposition(&attachment.file.name));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=300"));
    Ok(response)
}

/// `attachment` with the name in its encoded form (RFC 8187), so that no name can break out of the header.
fn disposition(name: &str) -> HeaderValue {
    let encoded: String = name
        .bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-._".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect();
    HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{encoded}"))
        .unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn t_i4_a_name_cannot_break_out_of_its_header() {
        let header = super::disposition("a\"; filename=evil.html\r\nX: y — ñ.txt");
        let text = header.to_str().expect("ASCII");
        assert!(text.starts_with("attachment; filename*=UTF-8''a%22%3B%20filename%3Devil.html%0D%0AX"), "{text}");
    }
}
