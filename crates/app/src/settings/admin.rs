//! What only the operator asks for: `guildhall admin …`.

use std::path::PathBuf;

use billing::checkout::Quantity;
use clap::Subcommand;
use kernel::{OwnershipTransferId, WorkspaceId};

#[derive(Debug, Subcommand)]
pub(crate) enum AdminTask {
    /// Accounts where nobody may sign up.
    Account {
        #[command(subcommand)]
        task: AccountTask,
    },
    /// Handing over a workspace where the operator has to approve.
    Transfers {
        #[command(subcommand)]
        task: TransferTask,
    },
    /// Policy packs: what workspaces can choose from.
    Pack {
        #[command(subcommand)]
        task: PackTask,
    },
    /// Plan catalogues: what can be sold.
    Catalogue {
        #[command(subcommand)]
        task: CatalogueTask,
    },
    /// The plan of one workspace.
    Plan {
        #[command(subcommand)]
        task: PlanTask,
    },
    /// Invoices that are collected by hand.
    Invoices {
        #[command(subcommand)]
        task: InvoiceTask,
    },
    /// Who invoices are from that the server writes itself.
    Seller {
        #[command(subcommand)]
        task: SellerTask,
    },
    /// Accounts that have the console of this installation.
    Operator {
        #[command(subcommand)]
        task: OperatorTask,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum OperatorTask {
    /// Let an account operate this installation; its address has to be verified.
    Grant { email: String },
    /// Take it back, from the next request on.
    Revoke { email: String },
    /// List who operates it.
    List,
}

#[derive(Debug, Subcommand)]
pub(crate) enum InvoiceTask {
    /// List what is open in every workspace.
    List,
    /// Mark an invoice as paid: what it was for is had from now on.
    Pay { number: String },
    /// Take an invoice back: nobody owes it any more.
    Void { number: String },
}

#[derive(Debug, Subcommand)]
pub(crate) enum SellerTask {
    /// Print what the next invoice has at its head.
    Show,
    /// Say it, from the next invoice on; those that were issued stay as they are.
    Set {
        #[arg(long)]
        name: String,
        /// A line below the name, as of an address or a tax number; once for each, at most 10.
        #[arg(long = "line")]
        lines: Vec<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum AccountTask {
    /// Make an account and print the one-time link by which its holder chooses a password.
    Create {
        #[arg(long)]
        name: String,
        #[arg(long)]
        email: String,
        /// Makes a workspace of this name too, which the account owns.
        #[arg(long)]
        workspace_name: Option<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum TransferTask {
    /// List the transfers that wait for the operator.
    List,
    /// Let the owner offer the workspace; the receiver still has to accept.
    Approve { id: OwnershipTransferId },
    /// Refuse: the workspace stays where it is.
    Refuse { id: OwnershipTransferId },
}

#[derive(Debug, Subcommand)]
pub(crate) enum PackTask {
    /// Take in a pack of your own; a faulty one is refused with the line and the reason.
    Load { file: PathBuf },
    /// List every version of every pack.
    List,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CatalogueTask {
    /// Take in a catalogue of your own, or a newer version of any; a faulty one is refused with the line and the reason.
    Load { file: PathBuf },
    /// List every version of every catalogue.
    List,
    /// Print a catalogue that comes with the program, to begin your own from.
    Show { id: String },
}

#[derive(Debug, Subcommand)]
pub(crate) enum PlanTask {
    /// Put a workspace on a plan, whatever that costs elsewhere; nothing is charged. With --till it is sold to by that
    /// one from now on; else as it was.
    Assign {
        #[arg(long)]
        workspace: WorkspaceId,
        /// Its id; the newest version is taken [default: the workspace's own].
        #[arg(long)]
        catalogue: Option<String>,
        /// The plan's id in that catalogue.
        plan: String,
    },
    /// State how many full seats a contract has, where the catalogue has them agreed on.
    Seats {
        #[arg(long)]
        workspace: WorkspaceId,
        /// How many; left out, what the plan itself says.
        #[arg(value_parser = quantity)]
        seats: Option<Quantity>,
    },
}

fn quantity(text: &str) -> Result<Quantity, String> {
    let number: i64 = text.parse().map_err(|_| "is no whole number".to_owned())?;
    Quantity::try_from(number).map_err(str::to_owned)
}
