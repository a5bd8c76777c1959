//! The floors wired together for one set of settings.

use std::{
    collections::BTreeSet,
    net::SocketAddr,
    sync::{Arc, OnceLock},
};

use agent::Model;
use async_trait::async_trait;
use billing::{
    catalogue::Shelf as Catalogues,
    subscription::TillKind,
    till::{HouseTill, Till},
};
use connectors::{LocalFiles, Outbox, Outgoing, SlackWebhooks, SmtpPostman, StripeTill, WebPush};
use conversations::{Files, Requeue};
use directory::{Directory, Founded, MailDesk, MailMode, Postman, WorkspaceFounded};
use kernel::Clock;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use notifications::{Push, Slack};
use tenancy::{Error, Pack, Vault, Work};
use url::Url;

use crate::{
    data_folder,
    scripted::Scripted,
    settings::{self, Settings, SignUp},
};

/// A vault with its doors and its worker, not yet listening.
pub struct Installation {
    pub vault: Vault,
    pub directory: Directory,
    pub files: Arc<dyn Files>,
    pub doors: web::App,
    pub jobs: worker::Services,
    /// New workspaces begin with this one.
    catalogue: String,
}

/// What makes an installation a demo.
#[derive(Debug, Clone)]
pub struct DemoSite {
    /// Where the sample site listens.
    pub sample_site: SocketAddr,
}

impl Installation {
    /// Opens an installation whose AI is the one that its settings name.
    ///
    /// # Errors
    /// As [`Installation::with_model`].
    pub async fn open(settings: &Settings, clock: Clock, demo: Option<&DemoSite>) -> Result<Self, String> {
        let model = match settings.agent {
            settings::Agent::None => None,
            settings::Agent::Scripted => Some(Arc::new(Scripted) as Arc<dyn Model>),
        };
        Self::with_model(settings, clock, demo, model).await
    }

    /// Opens the database (making the data folder when it is missing) and wires everything above it.
    ///
    /// # Errors
    /// The data folder cannot be made, the database not be opened, or the mail server's URL not be read.
    pub async fn with_model(
        settings: &Settings,
        clock: Clock,
        demo: Option<&DemoSite>,
        model: Option<Arc<dyn Model>>,
    ) -> Result<Self, String> {
        data_folder::make(&settings.data_dir)?;
        let vault = Vault::open(&settings.database_url, Pack::shipped(), clock.clone())
            .await
            .map_err(|error| format!("cannot open the database: {error}"))?;
        let sample_site = demo
            .map(|demo| Url::parse(&format!("http://{}/", demo.sample_site)))
            .transpose()
            .map_err(|error| error.to_string())?;
        let outbox = Arc::new(Outbox::new(settings.mail_folder(), clock.clone()));
        let (mail_mode, postman) = post_office(settings, &outbox)?;
        let shows_mails = demo.is_some() && mail_mode == MailMode::Local;
        let till = till_of(settings)?;
        let catalogue = settings.catalogue.clone();
        let every_workspace = EveryWorkspace { catalogue: catalogue.clone(), till: till.kind() };
        let (on_founding, on_exit) = (Arc::new(every_workspace), Arc::new(Requeue));
        let directory = Directory::new(&vault, settings.sign_up.into(), mail_mode, on_founding, on_exit);
        let files: Arc<dyn Files> = LocalFiles::open(&settings.data_dir.join("files"), vault.ids().clone())
            .map(Arc::new)
            .map_err(|error| format!("cannot open the folder of attached files: {error}"))?;
        let outgoing = Outgoing::new(settings.trust_loopback)?;
        let push: Arc<dyn Push> = Arc::new(WebPush(outgoing.clone()));
        let slack: Arc<dyn Slack> = Arc::new(SlackWebhooks(outgoing));
        let doors = web::App::new(web::Services {
            vault: vault.clone(),
            directory: directory.clone(),
            config: web::Config {
                listen: settings.listen,
                public_url: settings.public_url.clone(),
                limits: settings.limits,
                has_model: model.is_some(),
                sample_site,
            },
            limits: web::Limiters::new(settings.limits, &clock),
            files: files.clone(),
            hub: web::realtime::Hub::new(vault.clone()),
            presence: web::realtime::PresenceBoard::new(clock),
            push: push.clone(),
            slack: slack.clone(),
            till: till.clone(),
            kept_mails: shows_mails.then(|| Arc::new(Shelf(outbox)) as Arc<dyn web::KeptMails>),
            metrics: metrics_handle()?,
            page_policy: web::ui_policy(),
        });
        let mail = MailDesk { instance: vault.instance(), postman, public_url: settings.public_url.to_string() };
        let jobs = worker::Services {
            vault: vault.clone(),
            mail,
            files: files.clone(),
            on_exit: directory.on_exit.clone(),
            model,
            push,
            slack,
            till,
        };
        Ok(Self { vault, directory, files, doors, jobs, catalogue })
    }

    /// Whether new workspaces have something to begin with. Asked before serving, not before every command: loading the
    /// catalogue is one.
    ///
    /// # Errors
    /// There is no such catalogue, or the database cannot answer.
    pub(crate) async fn check_catalogue(&self) -> Result<(), String> {
        match missing_catalogue(&self.vault, &self.catalogue).await {
            Ok(None) => Ok(()),
            Ok(Some(missing)) => Err(missing),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// What is to be said where there is no such plan catalogue, neither of the program nor loaded.
pub(crate) async fn missing_catalogue(vault: &Vault, id: &str) -> Result<Option<String>, Error> {
    let known = Catalogues::all(&mut vault.instance().read().await?).await?;
    let ids: BTreeSet<_> = known.iter().map(|known| known.catalogue.id.as_str()).collect();
    if ids.contains(id) {
        return Ok(None);
    }
    let ids = Vec::from_iter(ids).join(", ");
    Ok(Some(format!(
        "there is no plan catalogue {id:?}, which --catalogue (GUILDHALL_CATALOGUE) names; there are {ids}. Yours is taken \
         in with guildhall admin catalogue load FILE"
    )))
}

/// Mails go out by SMTP, or stay in the data folder.
fn post_office(settings: &Settings, outbox: &Arc<Outbox>) -> Result<(MailMode, Arc<dyn Postman>), String> {
    match &settings.smtp_url {
        Some(url) => Ok((MailMode::Smtp, Arc::new(SmtpPostman::new(url.as_str(), &settings.mail_from)?))),
        None => Ok((MailMode::Local, outbox.clone())),
    }
}

/// The kept mails, for the demo's page.
struct Shelf(Arc<Outbox>);

#[async_trait]
impl web::KeptMails for Shelf {
    async fn newest(&self, limit: usize) -> std::io::Result<Vec<web::KeptMail>> {
        let mails = self.0.newest(limit).await?;
        Ok(mails
            .into_iter()
            .map(|mail| web::KeptMail { at: mail.at, to: mail.to, subject: mail.subject, text: mail.text })
            .collect())
    }
}

fn till_of(settings: &Settings) -> Result<Arc<dyn Till>, String> {
    Ok(match settings.till {
        settings::TillChoice::None => Arc::new(HouseTill::NONE),
        settings::TillChoice::Manual => Arc::new(HouseTill::MANUAL),
        settings::TillChoice::Stripe => {
            let Settings { stripe_key, stripe_webhook_secrets, stripe_url, .. } = settings;
            Arc::new(StripeTill::new(stripe_key, stripe_webhook_secrets, stripe_url.clone())?)
        }
    })
}

/// What every new workspace starts with beside its own rows: a plan of the catalogue, a website chat, and the labels of
/// its pack.
struct EveryWorkspace {
    catalogue: String,
    till: TillKind,
}

#[async_trait]
impl WorkspaceFounded for EveryWorkspace {
    async fn founded(&self, work: &mut Work, founded: &Founded) -> Result<(), Error> {
        billing::begin(work, &self.catalogue, self.till).await?;
        channels::create_default(work, founded.business).await?;
        customers::label::seed_labels(work).await
    }
}

impl From<SignUp> for directory::SignUp {
    fn from(policy: SignUp) -> Self {
        match policy {
            SignUp::Off => Self::Off,
            SignUp::Invited => Self::Invited,
            SignUp::Open => Self::Open,
        }
    }
}

/// One recorder serves the whole process, however many installations a test opens.
fn metrics_handle() -> Result<PrometheusHandle, String> {
    static RECORDER: OnceLock<Result<PrometheusHandle, String>> = OnceLock::new();
    RECORDER.get_or_init(|| PrometheusBuilder::new().install_recorder().map_err(|error| error.to_string())).clone()
}
