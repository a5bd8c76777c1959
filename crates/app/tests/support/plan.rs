//! Plans on the stage: a small catalogue, and workspaces that the operator puts on one of its plans.

use billing::{
    Assignment,
    catalogue::{CatalogueRefusal, Shelf},
};
use kernel::WorkspaceId;
use tenancy::{Duty, Grant, Operating, Vault};

use super::{Database, Server, World};

/// A catalogue whose plans are small enough to be used up.
const CATALOGUE: &str = include_str!("plan.toml");

impl World {
    /// Puts Acme on a plan of the stage's catalogue, at the moment that the world's clock shows.
    pub fn on_plan(&self, plan: &str) {
        let clock = self.clock.clone();
        Server::new().run(async {
            let vault = Vault::open(&self.database.url, Vec::new(), clock).await.expect("a vault");
            put_on_plan(&vault, &self.workspace(), plan).await;
        });
    }

    /// Takes in a catalogue of the story's own.
    pub fn shelve(&self, text: &str) {
        self.as_operator(async |grant| shelve(grant.read().await.expect("a session").vault(), text).await);
    }

    /// Puts Acme on a plan of a catalogue that comes with the program.
    #[track_caller]
    pub fn assign(&self, catalogue: &str, plan: &str) {
        self.assign_to(&self.workspace(), catalogue, plan);
    }

    /// Puts any workspace on one.
    #[track_caller]
    pub fn assign_to(&self, workspace: &str, catalogue: &str, plan: &str) {
        self.as_operator_of(workspace, async |grant| {
            let mut tx = grant.begin().await.expect("a transaction");
            let outcome = billing::assign(&mut tx, assignment(catalogue, plan)).await.map(drop);
            tx.settle(outcome).await.unwrap_or_else(|refusal| panic!("the plan {plan}: {refusal}"));
        });
    }

    /// Works in Acme as its operator, who has other doors than people.
    pub fn as_operator<T>(&self, work: impl AsyncFnOnce(Grant<Operating>) -> T) -> T {
        self.as_operator_of(&self.workspace(), work)
    }

    fn as_operator_of<T>(&self, workspace: &str, work: impl AsyncFnOnce(Grant<Operating>) -> T) -> T {
        let clock = self.clock.clone();
        Server::new().run(async {
            let vault = Vault::open(&self.database.url, Vec::new(), clock).await.expect("a vault");
            work(grant(&vault, workspace)).await
        })
    }
}

/// Puts a workspace of a database that nobody serves on a plan, at this very moment.
pub fn on_plan(database: &Database, workspace: &str, plan: &str) {
    Server::new().run(async {
        let vault = Vault::open(&database.url, Vec::new(), kernel::Clock::system()).await.expect("a vault");
        put_on_plan(&vault, workspace, plan).await;
    });
}

/// Takes a catalogue in, unless it is there already.
pub async fn shelve(vault: &Vault, text: &str) {
    match Shelf::load(vault, text).await {
        Ok(_) | Err(CatalogueRefusal::NotNewer { .. }) => {}
        Err(refusal) => panic!("a catalogue of the stage: {refusal}"),
    }
}

async fn put_on_plan(vault: &Vault, workspace: &str, plan: &str) {
    shelve(vault, CATALOGUE).await;
    let mut tx = grant(vault, workspace).begin().await.expect("a transaction");
    let outcome = billing::assign(&mut tx, assignment("stage", plan)).await.map(drop);
    tx.settle(outcome).await.unwrap_or_else(|refusal| panic!("the plan {plan}: {refusal}"));
}

fn assignment<'a>(catalogue: &'a str, plan: &'a str) -> Assignment<'a> {
    Assignment { catalogue: Some(catalogue), plan, interval: None, till: None }
}

#[expect(clippy::disallowed_methods, reason = "the operator looks across workspaces")]
fn grant(vault: &Vault, workspace: &str) -> Grant<Operating> {
    let workspace: WorkspaceId = workspace.parse().expect("an id");
    vault.on_duty(Duty::Operation).enter(workspace).grant().expect("the operator may")
}
