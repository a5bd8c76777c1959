//! Configuration: flags, then `GUILDHALL_*` variables, then one TOML file, in that order of precedence.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Args, Parser, Subcommand, ValueEnum};
use kernel::WorkspaceId;
use url::Url;

mod admin;

pub(crate) use admin::{
    AccountTask, AdminTask, CatalogueTask, InvoiceTask, OperatorTask, PackTask, PlanTask, SellerTask, TransferTask,
};

/// Team workspace for customer conversations.
#[derive(Debug, Parser)]
#[command(name = "guildhall", version, about, disable_help_subcommand = true)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) common: CommonSettings,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve the workspace (the default).
    Serve,
    /// Serve a filled sample workspace and a page that carries the chat widget.
    Demo(DemoSettings),
    /// Bring the database's schema up to date and stop.
    Migrate,
    /// Tell what is unsafe or unfinished about this installation.
    Doctor,
    /// Print the OpenAPI document.
    Openapi,
    /// Rights: who may do what.
    Authz {
        #[command(subcommand)]
        question: AuthzQuestion,
    },
    /// The record of what happened.
    Audit {
        #[command(subcommand)]
        question: AuditQuestion,
    },
    /// The pools of credits.
    Ledger {
        #[command(subcommand)]
        task: LedgerTask,
    },
    /// Jobs that need an operator.
    Jobs {
        #[command(subcommand)]
        question: JobsQuestion,
    },
    /// What only the operator of this installation does.
    Admin {
        #[command(subcommand)]
        task: AdminTask,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum AuthzQuestion {
    /// Print what every role of every pack that comes with the program may do, operation by operation.
    Rights,
    /// Print how far every permission reaches for every role of a pack.
    Matrix {
        /// Its id; of a loaded pack, the newest version.
        #[arg(long, default_value = "default")]
        pack: String,
        #[arg(long, value_enum, default_value = "text")]
        format: Format,
    },
    /// Tell why a member may or may not do something, step by step.
    Explain {
        #[arg(long)]
        workspace: WorkspaceId,
        /// The member's address.
        #[arg(long)]
        member: String,
        /// Its name, as in conversation.reply.
        permission: String,
        /// On what: conversation:ID, customer:ID, business:ID or member:ID.
        #[arg(long)]
        resource: Option<String>,
    },
}

/// For people or for programs.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum AuditQuestion {
    /// Recompute every chain of events and tell what was changed, removed or moved.
    Verify {
        /// Only this workspace, and the accounts.
        #[arg(long)]
        workspace: Option<WorkspaceId>,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum LedgerTask {
    /// Recompute every pool of credits from its entries and tell what does not agree.
    Verify {
        /// Only this workspace.
        #[arg(long)]
        workspace: Option<WorkspaceId>,
    },
    /// Correct the pool of a workspace, by an entry of its own.
    Adjust {
        workspace: WorkspaceId,
        /// How many to add, or to take where it is below zero.
        #[arg(allow_negative_numbers = true)]
        credits: i64,
        /// Names the correction: the same one again changes nothing.
        #[arg(long)]
        key: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum JobsQuestion {
    /// List jobs whose last try failed.
    Dead,
    /// Give a dead job all its tries again.
    Revive { id: String },
}

#[derive(Debug, Clone, Args)]
pub(crate) struct DemoSettings {
    /// Start without the sample workspace.
    #[arg(long)]
    pub(crate) empty: bool,
    /// Where the sample site with the chat widget listens.
    #[arg(long, env = "GUILDHALL_SAMPLE_SITE", default_value = "127.0.0.1:8081")]
    pub(crate) sample_site: SocketAddr,
}

/// Who may sign up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignUp {
    Off,
    Invited,
    Open,
}

/// Who takes the money for plans.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TillChoice {
    /// Nobody: the operator decides about plans.
    #[default]
    None,
    /// The operator, who marks invoices as paid.
    Manual,
    /// Stripe, which needs its key and the secret of its webhooks.
    Stripe,
}

/// Who writes the answers of the AI.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Agent {
    /// Nobody: people answer.
    #[default]
    None,
    /// A script of a few answers, to try out how people and an AI work together.
    Scripted,
}

/// What every command takes. Anything left out comes from the file, then from the default.
#[derive(Debug, Clone, Default, Args, serde::Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CommonSettings {
    /// TOML file with these settings, by the same names.
    #[arg(long, env = "GUILDHALL_CONFIG", global = true)]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Address to listen on [default: 127.0.0.1:8080].
    #[arg(long, env = "GUILDHALL_LISTEN", global = true)]
    pub listen: Option<SocketAddr>,
    /// Folder of the embedded database, files and kept mails [default: ./data].
    #[arg(long, env = "GUILDHALL_DATA_DIR", global = true)]
    pub data_dir: Option<PathBuf>,
    /// sqlite:PATH or postgres://… [default: SQLite in the data folder].
    #[arg(long, env = "GUILDHALL_DATABASE_URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// Where browsers reach this server [default: http://LISTEN].
    #[arg(long, env = "GUILDHALL_PUBLIC_URL", global = true)]
    pub public_url: Option<Url>,
    /// Who may sign up [default: invited; demo: open].
    #[arg(long, env = "GUILDHALL_SIGN_UP", global = true)]
    pub sign_up: Option<SignUp>,
    /// Where mail goes out; unset keeps mails in the data folder.
    #[arg(long, env = "GUILDHALL_SMTP_URL", global = true, hide_env_values = true)]
    pub smtp_url: Option<Url>,
    /// Sender of mails [default: guildhall@HOST of the public URL].
    #[arg(long, env = "GUILDHALL_MAIL_FROM", global = true)]
    pub mail_from: Option<String>,
    /// Who writes the answers of the AI [default: none; demo: scripted].
    #[arg(long, env = "GUILDHALL_AGENT", global = true)]
    pub agent: Option<Agent>,
    /// The plan catalogue of new workspaces, by its id [default: default].
    #[arg(long, env = "GUILDHALL_CATALOGUE", global = true)]
    pub catalogue: Option<String>,
    /// Who takes the money for plans [default: none].
    #[arg(long, env = "GUILDHALL_TILL", global = true)]
    pub till: Option<TillChoice>,
    /// Stripe's secret key.
    #[arg(long, env = "GUILDHALL_STRIPE_KEY", global = true, hide_env_values = true)]
    pub stripe_key: Option<String>,
    /// What signs Stripe's webhooks; several, separated by commas, while one is being rolled.
    #[arg(long, env = "GUILDHALL_STRIPE_WEBHOOK_SECRET", global = true, hide_env_values = true)]
    pub stripe_webhook_secret: Option<String>,
    /// Where Stripe's API is: another one stands in for it on this machine [default: https://api.stripe.com/].
    #[arg(long, env = "GUILDHALL_STRIPE_URL", global = true)]
    pub stripe_url: Option<Url>,
    /// What is logged, as tracing directives [default: info].
    #[arg(long, env = "GUILDHALL_LOG", global = true)]
    pub log: Option<String>,
    /// Log lines as JSON.
    #[arg(long, env = "GUILDHALL_LOG_JSON", global = true)]
    #[serde(default)]
    pub log_json: bool,
    /// Let push messages and posts to Slack go to this machine by plain http, to try them out.
    #[arg(long, env = "GUILDHALL_TRUST_LOOPBACK", global = true)]
    #[serde(default)]
    pub trust_loopback: bool,
    /// Multiplies every rate limit: load generators raise it.
    #[arg(long, env = "GUILDHALL_LIMIT_FACTOR", global = true)]
    pub limit_factor: Option<u32>,
}

/// The settings a server runs with, complete and checked.
#[derive(Debug, Clone)]
pub struct Settings {
    pub listen: SocketAddr,
    pub data_dir: PathBuf,
    pub database_url: String,
    pub public_url: Url,
    pub sign_up: SignUp,
    pub smtp_url: Option<Url>,
    pub mail_from: String,
    pub agent: Agent,
    pub catalogue: String,
    pub till: TillChoice,
    /// Empty where Stripe is not the till.
    pub stripe_key: String,
    pub stripe_webhook_secrets: Vec<String>,
    pub stripe_url: Url,
    pub trust_loopback: bool,
    pub limits: web::Limits,
}

impl CommonSettings {
    /// Fills what flags and variables left out from the file, if one was named.
    ///
    /// # Errors
    /// The file cannot be read or holds something unknown.
    pub fn with_file(self) -> Result<Self, String> {
        let Some(path) = &self.config else { return Ok(self) };
        let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
        let file: Self = toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self {
            config: None,
            listen: self.listen.or(file.listen),
            data_dir: self.data_dir.or(file.data_dir),
            database_url: self.database_url.or(file.database_url),
            public_url: self.public_url.or(file.public_url),
            sign_up: self.sign_up.or(file.sign_up),
            smtp_url: self.smtp_url.or(file.smtp_url),
            mail_from: self.mail_from.or(file.mail_from),
            agent: self.agent.or(file.agent),
            catalogue: self.catalogue.or(file.catalogue),
            till: self.till.or(file.till),
            stripe_key: self.stripe_key.or(file.stripe_key),
            stripe_webhook_secret: self.stripe_webhook_secret.or(file.stripe_webhook_secret),
            stripe_url: self.stripe_url.or(file.stripe_url),
            log: self.log.or(file.log),
            log_json: self.log_json || file.log_json,
            trust_loopback: self.trust_loopback || file.trust_loopback,
            limit_factor: self.limit_factor.or(file.limit_factor),
        })
    }

    /// Completes the settings with their defaults and refuses what is unsafe.
    ///
    /// # Errors
    /// A public URL that is neither https nor loopback (ruling 31).
    pub fn complete(self, sign_up: SignUp, data_dir: &str) -> Result<Settings, String> {
        let listen = self.listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080)));
        let data_dir = self.data_dir.unwrap_or_else(|| PathBuf::from(data_dir));
        let public_url = match self.public_url {
            Some(url) => url,
            None => Url::parse(&format!("http://{listen}/")).map_err(|error| error.to_string())?,
        };
        refuse_unsafe(&public_url, listen)?;
        let database_url =
            self.database_url.unwrap_or_else(|| format!("sqlite:{}", data_dir.join("guildhall.db").display()));
        let stripe_url = match self.stripe_url {
            Some(url) => url,
            None => Url::parse("https://api.stripe.com/").map_err(|error| error.to_string())?,
        };
        let mail_from = self
            .mail_from
            .unwrap_or_else(|| format!("Guildhall <guildhall@{}>", public_url.host_str().unwrap_or("localhost")));
        Ok(Settings {
            listen,
            data_dir,
            database_url,
            public_url,
            sign_up: self.sign_up.unwrap_or(sign_up),
            smtp_url: self.smtp_url,
            mail_from,
            agent: self.agent.unwrap_or_default(),
            catalogue: self.catalogue.unwrap_or_else(|| "default".to_owned()),
            till: self.till.unwrap_or_default(),
            stripe_key: self.stripe_key.unwrap_or_default(),
            stripe_webhook_secrets: separated(self.stripe_webhook_secret.as_deref().unwrap_or_default()),
            stripe_url,
            trust_loopback: self.trust_loopback,
            limits: web::Limits::default().times(self.limit_factor.unwrap_or(1)),
        })
    }
}

impl Settings {
    /// Where mails are kept when there is no mail server.
    pub fn mail_folder(&self) -> PathBuf {
        self.data_dir.join("mail")
    }
}

fn separated(list: &str) -> Vec<String> {
    list.split(',').map(str::trim).filter(|secret| !secret.is_empty()).map(str::to_owned).collect()
}

/// Without https a session cookie crosses the network readable; only loopback is allowed that.
fn refuse_unsafe(public_url: &Url, listen: SocketAddr) -> Result<(), String> {
    let host_is_loopback = match public_url.host() {
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        Some(url::Host::Domain(name)) => name == "localhost",
        None => false,
    };
    match public_url.scheme() {
        "https" => Ok(()),
        "http" if host_is_loopback && listen.ip().is_loopback() => Ok(()),
        _ => Err(format!(
            "the public URL {public_url} is not safe: use https, or http on loopback only (both --listen and --public-url)"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn complete(public_url: &str, listen: &str) -> Result<Settings, String> {
        CommonSettings {
            public_url: Some(Url::parse(public_url).expect("a URL")),
            listen: Some(listen.parse().expect("an address")),
            ..CommonSettings::default()
        }
        .complete(SignUp::Invited, "data")
    }

    #[test]
    fn plain_http_is_for_loopback_only() {
        assert!(complete("http://127.0.0.1:8080", "127.0.0.1:8080").is_ok());
        assert!(complete("https://desk.example.com", "0.0.0.0:8080").is_ok());
        assert!(complete("http://desk.example.com", "127.0.0.1:8080").is_err());
        assert!(complete("http://localhost:8080", "0.0.0.0:8080").is_err());
    }
}
