//! The first owner of an instance: a one-time link on the operator's console, instead of a default account.

use tenancy::{Instance, Token, args, instance_sql};

use crate::{
    Refusal,
    account_token::{Holder, Purpose, issue},
};

/// Whether nobody has an account yet.
///
/// # Errors
/// The database cannot answer.
pub async fn needs_owner(instance: &Instance) -> Result<bool, Refusal> {
    let sql = instance_sql!("select id from accounts limit 1");
    Ok(instance.read().await?.first(sql, &[]).await?.is_none())
}

/// A fresh token for `/setup/{token}`; earlier ones stop working. `None` once there is an account.
///
/// # Errors
/// The database cannot answer.
pub async fn mint_setup_token(instance: &Instance) -> Result<Option<Token>, Refusal> {
    if !needs_owner(instance).await? {
        return Ok(None);
    }
    let mut tx = instance.begin().await?;
    // Nobody's address yet: the operator who reads the console is the holder.
    let outcome = issue(&mut tx, Purpose::Setup, Holder { account: None, email: "" }).await;
    tx.settle(outcome).await.map(Some)
}

/// Dead once anybody has an account: the link makes the first owner and nobody else.
pub(crate) async fn redeem(tx: &mut tenancy::InstanceTx, token: &str) -> Result<(), Refusal> {
    crate::account_token::redeem(tx, Purpose::Setup, token).await?;
    match tx.first(instance_sql!("select id from accounts limit 1"), args![]).await? {
        None => Ok(()),
        Some(_) => Err(Refusal::LinkDead),
    }
}
