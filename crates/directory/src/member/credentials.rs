//! What others may do about a member's credentials: have a link mailed to the member's own address, and close this
//! workspace to their open sessions. The account's address and password stay its holder's (ruling 14).

use kernel::MemberId;
use serde_json::json;
use tenancy::{Event, Job, MemberResetPassword, Permission, SecurityManage, Subject, Tx, args, sql};
use uuid::Uuid;

use crate::{Refusal, mail_job::PASSWORD_RESET, member::living, rank::Authority};

/// Has a link for a new password mailed to the member's own address.
///
/// # Errors
/// No such member, or one who is out of the actor's reach.
pub async fn send_password_reset(tx: &mut Tx<MemberResetPassword>, id: MemberId) -> Result<(), Refusal> {
    let authority = Authority::of(tx).await?;
    let member = living(tx, id).await?;
    authority.must_reach(Permission::MemberResetPassword, &member)?;
    let key = tx.ids().next::<Uuid>().to_string();
    tx.enqueue(Job::new(PASSWORD_RESET, key, json!({ "email": member.email })));
    tx.record(Event::new("member.password_reset", Subject::new("member", id)));
    Ok(())
}

/// Closes this workspace to the member's open sessions until they sign in again; the account's other workspaces stay
/// open to them (ruling 14).
///
/// # Errors
/// No such member, or one who is out of the actor's reach.
pub async fn end_member_sessions(tx: &mut Tx<SecurityManage>, id: MemberId) -> Result<(), Refusal> {
    let authority = Authority::take(tx).await?;
    let member = living(tx, id).await?;
    authority.must_reach(Permission::SecurityManage, &member)?;
    let sql = sql!("update memberships set sessions_from = $3 where workspace_id = $1 and id = $2");
    let now = tx.now();
    tx.run(sql, args![id, now]).await?;
    tx.record(Event::new("member.sessions_ended", Subject::new("member", id)));
    Ok(())
}
