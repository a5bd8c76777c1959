//! The doors: HTTP, realtime and the embedded pages. A door authenticates, states its right, calls one operation and
//! presents the result.
//!
//! Invariant: no rule and no SQL here. Whatever a handler does to a workspace's rows it does through an operation of
//! a lower floor, with the grant its first parameter proves.

pub mod accounts;
mod again;
pub mod agent;
pub mod allowed;
pub mod api_keys;
pub mod attachments;
pub mod audit_events;
pub mod authz;
pub mod billing;
mod body;
pub mod bulk_actions;
pub mod business_hours;
pub mod businesses;
pub mod canned_responses;
pub mod channels;
pub mod checkouts;
mod config;
pub mod conversations;
pub mod counters;
pub mod credits;
pub mod customers;
mod dev_mail;
pub mod door;
mod doors;
pub mod drafts;
pub mod email_verifications;
mod failure;
pub mod handovers;
mod health;
pub mod hooks;
mod html;
pub mod inbox_settings;
pub mod instance;
pub mod invitations;
pub mod labels;
mod limit;
pub mod macros;
pub mod me;
pub mod members;
pub mod mentions;
pub mod merges;
pub mod notification_preferences;
pub mod notifications;
pub mod onboarding;
mod openapi;
pub mod operator;
pub mod ownership_transfers;
pub mod password_resets;
mod peer;
pub mod permission_sets;
pub mod permissions;
pub mod plans;
pub mod policy_pack;
pub mod policy_packs;
pub mod previews;
pub mod push_subscriptions;
pub mod realtime;
mod refusals;
pub mod roles;
pub mod routing_rules;
pub mod saved_searches;
pub mod search;
pub mod seats;
pub mod sessions;
pub mod shifts;
pub mod slack;
mod street;
pub mod support_requests;
mod table;
pub mod tasks;
pub mod teams;
mod ui;
pub mod undo;
pub mod usage;
pub mod view;
pub mod widget;
pub mod workspaces;

use std::{ops::Deref, sync::Arc};

use axum::{Router, http::HeaderValue, middleware};
use metrics_exporter_prometheus::PrometheusHandle;
use tenancy::Vault;
use utoipa::openapi::OpenApi;

pub use allowed::{Allowed, AllowedEither, Anyone, Params, PathOf, SignedIn};
pub use body::Body;
pub use config::{Config, Limits};
pub use dev_mail::{KeptMail, KeptMails};
pub use failure::Failure;
pub use limit::{Limiter, Limiters};

/// What handlers reach; clones share it.
#[derive(Clone)]
pub struct App(Arc<Services>);

/// Everything behind the doors, put together by `app`.
pub struct Services {
    pub vault: Vault,
    pub config: Config,
    /// Accounts and what belongs to no workspace.
    pub directory: ::directory::Directory,
    pub limits: Limiters,
    pub files: Arc<dyn ::conversations::Files>,
    pub hub: realtime::Hub,
    pub presence: realtime::PresenceBoard,
    pub push: Arc<dyn ::notifications::Push>,
    pub slack: Arc<dyn ::notifications::Slack>,
    pub till: Arc<dyn ::billing::till::Till>,
    /// The mails that stayed here, shown by the demo.
    pub kept_mails: Option<Arc<dyn KeptMails>>,
    pub metrics: PrometheusHandle,
    /// The pages' content security policy ([`ui_policy`]).
    pub page_policy: HeaderValue,
}

impl App {
    pub fn new(services: Services) -> Self {
        Self(Arc::new(services))
    }
}

impl Deref for App {
    type Target = Services;
    fn deref(&self) -> &Services {
        &self.0
    }
}

pub use ui::page_policy as ui_policy;

/// The whole server: every door, the pages and the street in front of them.
pub fn router(app: App) -> Router {
    let (doors, _) = doors::all().finish();
    doors
        .merge(health::routes())
        .merge(dev_mail::routes())
        .method_not_allowed_fallback(health::method_not_allowed)
        .fallback(ui::serve)
        .layer(middleware::from_fn_with_state(app.clone(), street::walk))
        .with_state(app)
}

/// The OpenAPI document of every door, as it is committed in `openapi.json`.
pub fn document() -> OpenApi {
    doors::all().finish().1
}
