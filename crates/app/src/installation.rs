//! The floors wired together for one set of settings.

use std::{net::SocketAddr, sync::OnceLock};

use kernel::Clock;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tenancy::{Pack, Vault};
use url::Url;

use crate::settings::Settings;

/// A vault with its doors and its worker, not yet listening.
pub struct Installation {
    pub vault: Vault,
    pub doors: web::App,
    pub jobs: worker::Services,
}

/// What makes an installation a demo.
#[derive(Debug, Clone)]
pub struct DemoSite {
    /// Where the sample site listens.
    pub sample_site: SocketAddr,
}

impl Installation {
    /// Opens the database (making the data folder when it is missing) and wires everything above it.
    ///
    /// # Errors
    /// The data folder cannot be made, the database not be opened, or a policy pack is incomplete.
    pub async fn open(settings: &Settings, clock: Clock, demo: Option<&DemoSite>) -> Result<Self, String> {
        std::fs::create_dir_all(&settings.data_dir)
            .map_err(|error| format!("cannot make {}: {error}", settings.data_dir.display()))?;
        let vault = Vault::open(&settings.database_url, shipped_packs()?, clock)
            .await
            .map_err(|error| format!("cannot open the database: {error}"))?;
        let sample_site = demo
            .map(|demo| Url::parse(&format!("http://{}/", demo.sample_site)))
            .transpose()
            .map_err(|error| error.to_string())?;
        let doors = web::App::new(web::Services {
            vault: vault.clone(),
            config: web::Config {
                listen: settings.listen,
                public_url: settings.public_url.clone(),
                limits: settings.limits,
                sample_site,
                show_mails: demo.is_some(),
            },
            metrics: metrics_handle()?,
            page_policy: web::ui_policy(),
        });
        let jobs = worker::Services { vault: vault.clone() };
        Ok(Self { vault, doors, jobs })
    }
}

fn shipped_packs() -> Result<Vec<Pack>, String> {
    [include_str!("../../../packs/default.toml")]
        .into_iter()
        .map(|text| Pack::parse(text).map_err(|error| format!("a shipped policy pack is broken: {error}")))
        .collect()
}

/// One recorder serves the whole process, however many installations a test opens.
fn metrics_handle() -> Result<PrometheusHandle, String> {
    static RECORDER: OnceLock<Result<PrometheusHandle, String>> = OnceLock::new();
    RECORDER.get_or_init(|| PrometheusBuilder::new().install_recorder().map_err(|error| error.to_string())).clone()
}
