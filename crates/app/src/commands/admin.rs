//! `guildhall admin`: what only the instance's operator does.

mod account;
mod catalogue;
mod invoices;
mod operator;
mod pack;
mod plan;
mod seller;
mod transfers;

use crate::settings::{AdminTask, CommonSettings};

pub(super) async fn run(common: CommonSettings, task: AdminTask) -> Result<(), String> {
    match task {
        AdminTask::Account { task } => account::run(common, task).await,
        AdminTask::Transfers { task } => transfers::run(common, task).await,
        AdminTask::Pack { task } => pack::run(common, task).await,
        AdminTask::Catalogue { task } => catalogue::run(common, task).await,
        AdminTask::Plan { task } => plan::run(common, task).await,
        AdminTask::Operator { task } => operator::run(common, task).await,
        AdminTask::Invoices { task } => invoices::run(common, task).await,
        AdminTask::Seller { task } => seller::run(common, task).await,
    }
}
