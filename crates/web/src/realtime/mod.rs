//! Server-sent events: what happened, as each listener may see it, and who is here right now.

mod change;
mod hub;
pub(crate) mod member;
mod presence;
mod stream;
pub(crate) mod visitor;

use std::time::Duration;

pub use change::{ChangeEvent, EventActor, EventSubject};
pub use hub::Hub;
pub use member::{ClosedEvent, PresenceEvent, PresenceMember, ReadyEvent, TypingEvent};
pub(crate) use presence::{Ephemeral, Typing};
pub use presence::{PresenceBoard, PresenceState, TypingState, TypingWho};
pub use visitor::{WidgetChangeEvent, WidgetTypingEvent};

use crate::App;

/// Forgets silent presences and tells the streams, until the program ends.
#[expect(clippy::disallowed_methods, reason = "silence is noticed by looking once a second")]
pub async fn forget_silent_presence(app: App) {
    loop {
        tokio::time::sleep(Duration::from_secs(1)).await;
        for (workspace, presence) in app.presence.forget_silent() {
            app.hub.tell(workspace, Ephemeral::Presence(presence));
        }
    }
}
