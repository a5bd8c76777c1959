//! The whole API on one page.

use crate::{channels, customers, door, door::Doors, openapi};

/// Every door, in the order of the document.
pub(crate) fn all() -> Doors {
    let mut doors = Doors::new(openapi::head());
    door!(doors, openapi::show);

    door!(doors, channels::list::list);
    door!(doors, channels::create::create);
    door!(doors, channels::show::show);
    door!(doors, channels::update::update);
    door!(doors, channels::identity_secret::create);

    door!(doors, customers::list::list);
    door!(doors, customers::show::show);
    door!(doors, customers::update::update);
    doors
}
