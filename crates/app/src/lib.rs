//! The roof: reads the configuration, wires the floors together and offers the command line. The only crate that
//! knows everyone.

mod commands;
mod data_folder;
mod demo;
mod installation;
mod scripted;
mod server;
mod settings;

use std::process::ExitCode;

use clap::Parser;

pub use installation::Installation;
pub use server::{Running, serve};
pub use settings::{CommonSettings, Settings, SignUp, TillChoice};

/// Reads the command line and runs what it says.
pub async fn command_line() -> ExitCode {
    let arguments = settings::Arguments::parse();
    match commands::run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("guildhall: {message}");
            ExitCode::FAILURE
        }
    }
}
