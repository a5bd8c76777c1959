//! Server-sent events: what happened, as each listener may see it, and who is here right now.

mod change;
mod hub;
pub(crate) mod member;
mod notified;
mod presence;
mod stream;
pub(crate) mod visitor;

use std::time::Duration;

use tokio::sync::watch;

pub use change::{ChangeEvent, EventActor, EventSubject};
pub use hub::Hub;
pub use member::{ClosedEvent, PresenceEvent, PresenceMember, ReadyEvent, TypingEvent};
pub(crate) use presence::{AgentRead, Ephemeral, Typing};
pub use presence::{PresenceBoard, PresenceState, TypingState, TypingWho};
pub use visitor::{WidgetChangeEvent, WidgetTypingEvent};

use crate::App;

/// How often it is noticed that somebody fell silent.
const LOOK: Duration = Duration::from_secs(1);

/// Forgets silent presences and tells the streams, until a stop is asked for. Then every stream ends, and its client
/// comes back to whoever serves next.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    let telling = tokio::spawn(notified::tell(app.clone()));
    // A sender that is gone is a stop too.
    while tokio::time::timeout(LOOK, stop.wait_for(|stop| *stop)).await.is_err() {
        for (workspace, presence) in app.presence.forget_silent() {
            app.hub.tell(workspace, Ephemeral::Presence(presence));
        }
    }
    telling.abort();
    app.hub.end_streams();
}
