//! The `guildhall` command.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    guildhall::command_line().await
}
