//! Why one member may or may not do one thing.

use std::fmt::Write;

use directory::Explained;
use kernel::{Clock, EmailAddress, Problem, WorkspaceId};
use tenancy::{Duty, Housekeeping, Permission};

use crate::{
    Installation,
    commands::DATA_DIR,
    settings::{CommonSettings, SignUp},
};

#[expect(clippy::disallowed_methods, reason = "the operator looks across workspaces")]
pub(super) async fn answer(
    common: CommonSettings,
    workspace: WorkspaceId,
    member: &str,
    permission: &str,
    resource: Option<&str>,
) -> Result<Explained, String> {
    let told = |problem: Problem| problem.detail;
    let email = EmailAddress::parse(member).map_err(|error| format!("--member {error}"))?;
    let permission = Permission::parse(permission).ok_or_else(|| format!("there is no permission {permission:?}"))?;
    let object = resource.map(|text| web::authz::explain::resource(text, permission)).transpose().map_err(told)?;
    let settings = common.complete(SignUp::Invited, DATA_DIR)?;
    let installation = Installation::open(&settings, Clock::system(), None).await?;
    let scope = installation.vault.on_duty(Duty::Operation).enter(workspace);
    let grant = scope.grant::<Housekeeping>().map_err(|error| error.to_string())?;
    let mut session = grant.read().await.map_err(|error| error.to_string())?;
    let member = directory::member_by_email(&mut session, &email)
        .await
        .map_err(|_| format!("workspace {workspace} has no member {email}"))?;
    web::authz::explain::answer(session, member, permission, object).await.map_err(told)
}

/// The verdict, and a line for each step with how far it left the permission.
pub(super) fn text(explained: &Explained) -> String {
    let verdict = match explained.decided_by {
        None => "allowed".to_owned(),
        Some(decided_by) => format!("refused, decided by {decided_by}"),
    };
    let mut text = format!("{}: {verdict}\n\n", explained.permission.name());
    // Writing to a String cannot fail.
    for step in &explained.steps {
        let moved = format!("{} -> {}", step.before.name(), step.after.name());
        let _ = writeln!(text, "  {:<16} {moved:<16} {}", step.step, step.detail);
    }
    if !explained.who_can_change.is_empty() {
        let names: Vec<_> = explained.who_can_change.iter().map(|(_, name)| name.as_str()).collect();
        let _ = writeln!(text, "\nWho can change it: {}", names.join(", "));
    }
    text
}
