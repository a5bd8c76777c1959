use axum::{Json, extract::State, http::HeaderMap};
use directory::PreviewKind;
use kernel::PreviewId;
use tenancy::{Caller, Error, MemberSelf};

use super::view::{MeView, MembershipView};
use crate::{App, Failure, SignedIn, sessions::cookie};

/// The signed-in person and the places it belongs to. When its rights changed since the session's token was handed
/// out, the answer sets a new one.
#[utoipa::path(
    get, path = "/api/v1/me", operation_id = "me_show", tag = "accounts",
    responses((status = 200, description = "Oneself", body = MeView))
)]
pub(crate) async fn show(caller: SignedIn, State(app): State<App>) -> Result<(HeaderMap, Json<MeView>), Failure> {
    let me = directory::me(&app.directory.instance, caller.account).await?;
    let headers = match caller.caller.rotation_due() {
        true => directory::rotate_session(&app.directory, caller.account, caller.session).await?,
        false => None,
    };
    let headers = headers.map(|new| cookie::given(&app, &new.token, new.shared)).unwrap_or_default();
    let mut shown = MeView::of(me, caller.session);
    if let Some(preview) = caller.caller.preview() {
        shown.memberships = seen_through(&app, &caller.caller, preview, shown.memberships).await?;
    }
    Ok((headers, Json(shown)))
}

/// The places as they are but for one: the one that the caller looks at through a preview.
async fn seen_through(
    app: &App,
    caller: &Caller,
    preview: PreviewId,
    mut places: Vec<MembershipView>,
) -> Result<Vec<MembershipView>, Failure> {
    for at in 0..places.len() {
        let scope = match app.vault.enter(caller, places[at].workspace.id).await {
            Ok(scope) => scope,
            // The preview is another workspace's, whether this one opens or not.
            Err(Error::PreviewEnded | Error::ConfirmationRequired | Error::NotFound) => continue,
            Err(error) => return Err(error.into()),
        };
        let mut session = scope.grant::<MemberSelf>()?.read().await?;
        let preview = directory::looked_through(&mut session, preview).await?;
        let subject = match (preview.kind, scope.member()) {
            (PreviewKind::Member, Some(member)) => Some(session.standing_of(member.id).await?),
            _ => None,
        };
        let access = scope.access().ok_or(Error::PreviewEnded)?;
        let place = places.remove(at);
        places.insert(at, place.seen_through(preview, access, subject));
        return Ok(places);
    }
    Err(Error::PreviewEnded.into())
}
