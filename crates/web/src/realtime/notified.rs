//! Tells a member's streams that its own notifications changed, on whichever server it listens.

use kernel::{MemberId, WorkspaceId};
use tenancy::Scope;
use tokio::sync::broadcast::error::RecvError;

use super::presence::{Ephemeral, Notified};
use crate::App;

impl App {
    /// Says that the notifications of whoever acts have changed.
    pub(crate) fn notify(&self, scope: &Scope) {
        if let Some(member) = scope.member() {
            self.vault.notify(scope.workspace(), member.id);
        }
    }
}

/// Hands on what it hears for as long as the server runs.
pub(super) async fn tell(app: App) {
    let mut heard = app.vault.wake().notified();
    loop {
        match heard.recv().await {
            Ok((workspace, member)) => tell_one(&app, workspace, member).await,
            // Whoever missed one counts again with the next.
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
        }
    }
}

async fn tell_one(app: &App, workspace: WorkspaceId, member: MemberId) {
    match app.hub.unread(workspace, member).await {
        Ok(Some(unread)) => app.hub.tell(workspace, Ephemeral::Notified(Notified { member, unread })),
        Ok(None) => {}
        Err(error) => tracing::debug!(%error, "a member's notifications are not counted"),
    }
}
