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
    /// Names the price at the provider ([`crate::price::PriceKey`]). The same key is always the same price.
    pub price_key: String,
    pub name: String,
    /// Of one, for one interval; or once.
    pub unit: i64,
    pub quantity: i64,
    /// `None` is paid once; the provider then need not remember the price.
    pub interval: Option<Interval>,
}

/// What is to be bought on the provider's own page: a subscription where its lines have an interval, else one payment.
#[derive(Debug, Clone)]
pub struct Order {
    pub checkout: CheckoutId,
    pub workspace: WorkspaceId,
    pub customer: Option<String>,
    pub email: String,
    pub currency: String,
    pub lines: Vec<Priced>,
    /// Until when a subscription costs nothing.
    pub trial_ends_at: Option<Timestamp>,
    pub success_url: Url,
    pub cancel_url: Url,
    pub expires_at: Timestamp,
    /// Asking again with the same key opens no second page.
    pub key: String,
}

#[derive(Debug, Clone)]
pub struct OpenCheckout {
    pub provider_id: String,
    pub url: Url,
}

/// How a purchase stands, as fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckoutState {
    pub id: String,
    pub checkout: Option<CheckoutId>,
    pub workspace: Option<WorkspaceId>,
    pub complete: bool,
    pub expired: bool,
    /// Nothing is owed for it: it was paid, or costs nothing for now.
    pub paid: bool,
    pub customer: Option<String>,
    pub subscription: Option<String>,
    pub payment: Option<String>,
    pub invoice: Option<String>,
    pub amount_total: i64,
    pub currency: String,
}

/// A payment, as fetched: what of it is gone again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderPayment {
    pub id: String,
    pub checkout: Option<CheckoutId>,
    pub workspace: Option<WorkspaceId>,
    pub amount: i64,
    pub refunded: i64,
    /// Held back by disputes that are not won.
    pub disputed: i64,
}

/// A subscription as the provider has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderSubscription {
    pub id: String,
    pub checkout: Option<CheckoutId>,
    pub workspace: Option<WorkspaceId>,
    pub customer: String,
    /// The provider's own word: trialing, active, past_due, unpaid, canceled, incomplete, paused …
    pub status: String,
    pub interval: Interval,
    pub period: Period,
    /// Periods are counted from here.
    pub anchor: Timestamp,
    pub trial_ends_at: Option<Timestamp>,
    pub cancel_at_period_end: bool,
    pub items: Vec<ProviderItem>,
    pub payment_method: Option<PaymentMethod>,
    /// What was paid until the period's end, where less was chosen for the next one.
    pub kept: Option<Kept>,
    /// The last purchase that was added to it ([`Change::fulfils`]).
    pub fulfilled: Option<CheckoutId>,
}

/// What stays until the period ends although less is paid from then on: kept at the provider, beside the subscription
/// itself, so that the one fetched object says everything.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub until: Timestamp,
    /// When it was written: it is put back once, however many ask for that at the same moment.
    pub since: Timestamp,
    /// Price key and quantity.
    pub items: Vec<(String, i64)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderItem {
    pub id: String,
    /// As in [`Priced::price_key`]; empty for a price that is not ours.
    pub price_key: String,
    pub quantity: i64,
    pub unit: i64,
}

/// An invoice as the provider has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderInvoice {
    pub id: String,
    pub checkout: Option<CheckoutId>,
    pub workspace: Option<WorkspaceId>,
    pub subscription: Option<String>,
    /// `None` before it is issued.
    pub number: Option<String>,
    /// draft, open, paid, void, uncollectible.
    pub status: String,
    pub reason: String,
    pub currency: String,
    pub total: i64,
    pub period: Period,
    pub issued_at: Timestamp,
    pub due_at: Option<Timestamp>,
    pub paid_at: Option<Timestamp>,
    pub hosted_url: Option<String>,
    pub lines: Vec<ProviderLine>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderLine {
    pub description: String,
    pub price_key: Option<String>,
    pub quantity: i64,
    /// Of one, for one interval, where the provider says it.
    pub unit: Option<i64>,
    pub amount: i64,
    pub proration: bool,
    pub period: Period,
}

/// What is to be different about a subscription. Items that are not named stay.
#[derive(Debug, Clone)]
pub struct Change {
    pub currency: String,
    pub lines: Vec<ChangedLine>,
    pub billing: ChangeBilling,
    /// What stays until the period ends although less is paid after it; `None` says that nothing does.
    pub kept: Option<Kept>,
    /// The purchase that this change carries out, written down with the change itself.
    pub fulfils: Option<CheckoutId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeBilling {
    /// The rest of the period is charged now, counted from this moment: the one that was shown. Nothing changes unless
    /// the payment succeeds.
    Now { counted_from: Option<Timestamp> },
    /// The same is charged with the next period's invoice.
    WithNext,
    /// The rest of this period costs nothing more: it is paid already, or the change is for the next one.
    NotNow,
}

#[derive(Debug, Clone)]
pub struct ChangedLine {
    /// The provider's item to change; `None` adds one. A quantity of 0 takes it away.
    pub provider_item: Option<String>,
    pub priced: Priced,
}

/// An event whose signature was checked; only names what to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderEvent {
    pub id: String,
    pub kind: String,
    /// `None` when nothing is to be fetched for this kind.
    pub about: Option<About>,
    pub created_at: Timestamp,
}

/// What an event is about, by the provider's id.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "object", content = "id", rename_all = "snake_case")]
pub enum About {
    Checkout(String),
    Subscription(String),
    Invoice(String),
    Payment(String),
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

/// The port of the payment provider; `connectors` implements the hosted one. Calls are made outside of transactions. What
/// a till does not say it does, it does not do.
#[async_trait]
pub trait Till: Send + Sync {
    fn kind(&self) -> TillKind;

    async fn open_checkout(&self, _order: &Order) -> Result<OpenCheckout, TillTrouble> {
        Err(TillTrouble::NotOffered)
    }

    /// Closes a page; [`TillTrouble::Refused`] when it was paid before.
    async fn expire_checkout(&self, _provider_id: &str) -> Result<(), TillTrouble> {
        Err(TillTrouble::NotOffered)
    }

    async fn checkout(&self, _provider_id: &str) -> Result<CheckoutState, TillTrouble> {
        Err(TillTrouble::NotOffered)
    }

    async fn subscription(&self, _id: &str) -> Result<ProviderSubscription, TillTrouble> {
        Err(TillTrouble::NotOffered)
    }

    async fn invoice(&self, _id: &str) -> Result<ProviderInvoice, TillTrouble> {
        Err(TillTrouble::NotOffered)
    }

    /// The newest invoices of a subscription, newest first.
    async fn invoices(&self, _subscription: &str) -> Result<Vec<ProviderInvoice>, TillTrouble> {
        Err(TillTrouble::NotOffered)
    }

    /// What was paid for a subscription, newest first.
    async fn payments(&self, _subscription: &str) -> Result<Vec<String>, TillTrouble> {
        Err(TillTrouble::NotOffered)
    }

    async fn payment(&self, _id: &str) -> Result<ProviderPayment, TillTrouble> {
        Err(TillTrouble::NotOffered)
    }

    /// Nothing changes unless what is to be paid now was paid.
    async fn change(
        &self,
        _subscription: &str,
        _change: &Change,
        _key: &str,
    ) -> Result<ProviderSubscription, TillTrouble> {
        Err(TillTrouble::NotOffered)
    }

    async fn cancel_at_period_end(
        &self,
        _subscription: &str,
        _cancel: bool,
        _key: &str,
    ) -> Result<ProviderSubscription, TillTrouble> {
        Err(TillTrouble::NotOffered)
    }

    /// Ends a subscription at once: its workspace is gone, or has another one.
    async fn cancel_now(&self, _subscription: &str) -> Result<(), TillTrouble> {
        Err(TillTrouble::NotOffered)
    }

    /// Gives a payment back, for what cannot be given any more.
    async fn refund(&self, _payment: &str, _key: &str) -> Result<(), TillTrouble> {
        Err(TillTrouble::NotOffered)
    }

    /// A page of the provider's own where cards are changed; good once and for a short time.
    async fn portal(&self, _customer: &str, _return_url: &Url) -> Result<Url, TillTrouble> {
        Err(TillTrouble::NotOffered)
    }

    /// The event, if the signature over these very bytes is good at this moment.
    fn event(&self, _signature: Option<&str>, _body: &[u8], _now: Timestamp) -> Result<ProviderEvent, TillTrouble> {
        Err(TillTrouble::BadSignature)
    }
}

/// The tills of the house: nobody takes money, or the operator does and says so. What is hosted elsewhere they are not.
#[derive(Debug, Clone, Copy)]
pub struct HouseTill(TillKind);

impl HouseTill {
    /// Nobody pays; the operator decides about plans.
    pub const NONE: Self = Self(TillKind::None);
    /// Invoices are written, and the operator marks them as paid.
    pub const MANUAL: Self = Self(TillKind::Manual);
}

impl Till for HouseTill {
    fn kind(&self) -> TillKind {
        self.0
    }
}
