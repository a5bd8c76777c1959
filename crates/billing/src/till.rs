//! The payment provider, as this crate needs it (D4). Without one nobody pays; by hand the operator marks invoices as
//! paid; a hosted one takes the money and tells by signed events.
//!
//! Nothing is ever added up from events: an event only says which object to fetch anew (INV-33). Every change carries a
//! key of our own, so that asking twice does nothing twice.

use async_trait::async_trait;
use kernel::{CheckoutId, Timestamp, WorkspaceId};
use url::Url;

use crate::{
    catalogue::Interval,
    subscription::{PaymentMethod, Period, TillKind},
};

/// A line of a purchase, priced by us: the provider knows our catalogue only through these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Priced {
    /// `plan`, `extra_seat` or the id of an add-on.
    pub item: String,
    /// Names the price at the provider: catalogue, version, item and interval. The same key is always the same price.
    pub price_key: String,
    pub name: String,
    /// Of one, for one interval; or once.
    pub unit: i64,
    pub quantity: i64,
    pub interval: Option<Interval>,
}

/// What is to be bought on the provider's own page.
#[derive(Debug, Clone)]
pub struct Order {
    pub checkout: CheckoutId,
    pub workspace: WorkspaceId,
    pub customer: Option<String>,
    pub email: String,
    pub currency: String,
    pub lines: Vec<Priced>,
    pub success_url: Url,
    pub cancel_url: Url,
    pub expires_at: Timestamp,
}

#[derive(Debug, Clone)]
pub struct OpenCheckout {
    pub provider_id: String,
    pub url: Url,
}

/// How a purchase stands, as fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutState {
    pub checkout: Option<CheckoutId>,
    pub workspace: Option<WorkspaceId>,
    pub complete: bool,
    pub expired: bool,
    pub paid: bool,
    pub customer: Option<String>,
    pub subscription: Option<String>,
    pub payment: Option<String>,
    pub amount_total: i64,
    pub currency: String,
}

/// A subscription as the provider has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderSubscription {
    pub id: String,
    pub workspace: Option<WorkspaceId>,
    pub customer: String,
    /// The provider's own word: trialing, active, past_due, unpaid, canceled, incomplete, paused …
    pub status: String,
    pub interval: Interval,
    pub period: Period,
    pub cancel_at_period_end: bool,
    pub items: Vec<ProviderItem>,
    pub payment_method: Option<PaymentMethod>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderItem {
    pub id: String,
    /// As in [`Priced::price_key`].
    pub price_key: String,
    pub quantity: i64,
    pub unit: i64,
}

/// An invoice as the provider has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderInvoice {
    pub id: String,
    pub subscription: Option<String>,
    pub customer: String,
    pub number: Option<String>,
    /// draft, open, paid, void, uncollectible.
    pub status: String,
    pub reason: String,
    pub currency: String,
    pub total: i64,
    pub period: Period,
    pub created_at: Timestamp,
    pub paid_at: Option<Timestamp>,
    pub hosted_url: Option<String>,
    pub lines: Vec<ProviderLine>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderLine {
    pub description: String,
    pub price_key: Option<String>,
    pub quantity: i64,
    pub amount: i64,
    pub proration: bool,
    pub period: Period,
}

/// What is to be different about a subscription. Items that are not named stay.
#[derive(Debug, Clone, Default)]
pub struct Change {
    pub lines: Vec<ChangedLine>,
    /// The moment the proration counts from: the one that was shown.
    pub at: Option<Timestamp>,
}

#[derive(Debug, Clone)]
pub struct ChangedLine {
    /// The provider's item to change; `None` adds one.
    pub provider_item: Option<String>,
    pub priced: Priced,
}

/// What a change would cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    pub due_now: i64,
    pub currency: String,
    pub lines: Vec<ProviderLine>,
}

/// An event whose signature was checked; only names what to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderEvent {
    pub id: String,
    pub kind: String,
    pub object_id: String,
    pub created_at: Timestamp,
}

#[derive(Debug, thiserror::Error)]
pub enum TillTrouble {
    /// Down, slow or answering nonsense: tried again later.
    #[error("the payment provider cannot be asked: {0}")]
    Unavailable(String),
    /// The provider refused for good, in its own code.
    #[error("the payment provider refused: {code}")]
    Refused { code: String },
    /// The card was declined.
    #[error("the payment was declined: {code}")]
    Declined { code: String },
    #[error("there is no such object at the payment provider")]
    Gone,
    /// Forged, stale, cut short or unsigned.
    #[error("the signature is not good")]
    BadSignature,
    /// This till does not do that.
    #[error("this till does not do that")]
    NotOffered,
}

/// The port of the payment provider; `connectors` implements the hosted one. Calls are made outside of transactions.
#[async_trait]
pub trait Till: Send + Sync {
    fn kind(&self) -> TillKind;
    async fn open_checkout(&self, order: &Order) -> Result<OpenCheckout, TillTrouble>;
    async fn expire_checkout(&self, provider_id: &str) -> Result<(), TillTrouble>;
    async fn checkout(&self, provider_id: &str) -> Result<CheckoutState, TillTrouble>;
    async fn subscription(&self, id: &str) -> Result<ProviderSubscription, TillTrouble>;
    async fn invoice(&self, id: &str) -> Result<ProviderInvoice, TillTrouble>;
    /// The newest invoices of a subscription, newest first.
    async fn invoices(&self, subscription: &str) -> Result<Vec<ProviderInvoice>, TillTrouble>;
    async fn preview(&self, subscription: &str, change: &Change) -> Result<Preview, TillTrouble>;
    /// Charges now; nothing changes unless that succeeds.
    async fn change(&self, subscription: &str, change: &Change, key: &str)
    -> Result<ProviderSubscription, TillTrouble>;
    async fn cancel_at_period_end(&self, subscription: &str, cancel: bool, key: &str) -> Result<(), TillTrouble>;
    /// A page of the provider's own where cards are changed; good once and for a short time.
    async fn portal(&self, customer: &str, return_url: &Url) -> Result<Url, TillTrouble>;
    /// The event, if the signature over these very bytes is good at this moment.
    fn event(&self, signature: Option<&str>, body: &[u8], now: Timestamp) -> Result<ProviderEvent, TillTrouble>;
}
