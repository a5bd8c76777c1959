//! The ground floor: values every other floor speaks in. No I/O, no business rule.
//!
//! Invariant: nothing here reads a clock, draws a random number or touches a file by itself; time and chance
//! come in through [`Clock`] and [`Ids`], so that a test or the sample workspace can hold or move them.

mod clock;
mod email_address;
mod hours;
mod id;
mod mask;
mod page;
mod problem;
mod sensitive;
mod text;
mod toml_source;

pub use clock::{Clock, DAY, DAY_MILLIS, Stopwatch, Timestamp, days};
pub use email_address::{EmailAddress, InvalidEmailAddress};
pub use hours::{Date, DayOfWeek, Stretch, TimeOfDay, Week, WeekFault, Zone};
pub use id::*;
pub use mask::{mask_addresses, mask_email, mask_phone};
pub use page::{Cursor, InvalidCursor, Limit, Page};
pub use problem::{FieldProblem, Problem};
pub use sensitive::sensitive;
pub use text::{AddressLines, LabelName, Line, LongText, NoteText, Password, ShortText, fold, search_terms};
pub use toml_source::{FaultAt, NO_KEY, TomlSource};
