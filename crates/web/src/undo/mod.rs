//! Taking back what one did (OWN-10).

pub mod create;

use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use kernel::UndoId;

/// Names the offer to undo what was just done.
const UNDO: HeaderName = HeaderName::from_static("guildhall-undo");

/// An answer to what its asker may take back: the offer's id goes along in the header `Guildhall-Undo`. A change that
/// changed nothing has none.
pub(crate) struct Undoable<T>(pub(crate) Option<UndoId>, pub(crate) T);

impl<T: IntoResponse> IntoResponse for Undoable<T> {
    fn into_response(self) -> Response {
        let Self(offer, answer) = self;
        let mut response = answer.into_response();
        if let Some(id) = offer.and_then(|id| HeaderValue::from_str(&id.to_string()).ok()) {
            response.headers_mut().insert(UNDO, id);
        }
        response
    }
}
