//! What anybody may know about this installation before signing in.

use axum::{Json, extract::State};
use directory::{MailMode, SignUp};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Anyone, App, Failure, dev_mail};

#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InstanceView {
    version: &'static str,
    name: &'static str,
    #[schema(inline)]
    sign_up: SignUpPolicy,
    /// Nobody has an account yet: the operator's console shows the link that makes the first one.
    needs_owner: bool,
    #[schema(inline)]
    mail: MailKind,
    demo: bool,
    /// Where the demo shows the mails it would have sent.
    #[schema(required)]
    demo_mail_url: Option<&'static str>,
}

/// Who may sign up.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum SignUpPolicy {
    Off,
    Invited,
    Open,
}

/// Whether mails leave this machine.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum MailKind {
    Smtp,
    Local,
}

/// This installation.
#[utoipa::path(
    get, path = "/api/v1/instance", operation_id = "instance_show", tag = "instance",
    responses((status = 200, description = "This installation", body = InstanceView))
)]
pub(crate) async fn show(_: Anyone, State(app): State<App>) -> Result<Json<InstanceView>, Failure> {
    Ok(Json(InstanceView {
        version: env!("CARGO_PKG_VERSION"),
        name: "Guildhall",
        sign_up: match app.directory.sign_up {
            SignUp::Off => SignUpPolicy::Off,
            SignUp::Invited => SignUpPolicy::Invited,
            SignUp::Open => SignUpPolicy::Open,
        },
        needs_owner: directory::needs_owner(&app.directory.instance).await?,
        mail: match app.directory.mail {
            MailMode::Smtp => MailKind::Smtp,
            MailMode::Local => MailKind::Local,
        },
        demo: app.config.sample_site.is_some(),
        demo_mail_url: app.kept_mails.is_some().then_some(dev_mail::PATH),
    }))
}
