//! The whole API on one page.

use crate::{door, door::Doors, openapi};

/// Every door, in the order of the document.
pub(crate) fn all() -> Doors {
    let mut doors = Doors::new(openapi::head());
    door!(doors, openapi::show);
    doors
}
