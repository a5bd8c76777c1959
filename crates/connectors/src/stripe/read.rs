//! What Stripe's objects say, as far as it is of interest; whatever else stands in them is passed over.

use std::collections::BTreeMap;

use billing::{
    catalogue::Interval,
    subscription::{PaymentMethod, Period},
    till::{
        CheckoutState, Kept, ProviderInvoice, ProviderItem, ProviderLine, ProviderPayment, ProviderSubscription,
        TillTrouble,
    },
};
use kernel::Timestamp;
use serde::Deserialize;

/// Our own words beside an object.
pub(super) type Metadata = BTreeMap<String, String>;

/// A list; `has_more` says that it goes on.
#[derive(Deserialize)]
pub(super) struct List<T> {
    pub(super) data: Vec<T>,
    #[serde(default)]
    pub(super) has_more: bool,
}

/// An id, or the whole object where it was asked for.
#[derive(Deserialize)]
#[serde(untagged)]
enum Expandable<T> {
    Whole(T),
    Id(String),
}

impl<T> Expandable<T> {
    fn whole(self) -> Option<T> {
        match self {
            Self::Whole(object) => Some(object),
            Self::Id(_) => None,
        }
    }
}

fn moment(seconds: i64) -> Timestamp {
    Timestamp::from_millis(seconds.saturating_mul(1000))
}

fn word<T: std::str::FromStr>(metadata: &Metadata, name: &str) -> Option<T> {
    metadata.get(name)?.parse().ok()
}

#[derive(Deserialize)]
pub(super) struct Session {
    pub(super) id: String,
    pub(super) url: Option<String>,
    status: Option<String>,
    payment_status: String,
    customer: Option<String>,
    subscription: Option<String>,
    payment_intent: Option<String>,
    invoice: Option<String>,
    amount_total: Option<i64>,
    currency: Option<String>,
    #[serde(default)]
    metadata: Option<Metadata>,
}

impl Session {
    pub(super) fn is_complete(&self) -> bool {
        self.status.as_deref() == Some("complete")
    }

    pub(super) fn is_expired(&self) -> bool {
        self.status.as_deref() == Some("expired")
    }

    pub(super) fn state(self) -> CheckoutState {
        let (complete, expired) = (self.is_complete(), self.is_expired());
        let metadata = self.metadata.unwrap_or_default();
        CheckoutState {
            id: self.id,
            checkout: word(&metadata, "checkout"),
            workspace: word(&metadata, "workspace"),
            complete,
            expired,
            paid: self.payment_status != "unpaid",
            customer: self.customer,
            subscription: self.subscription,
            payment: self.payment_intent,
            invoice: self.invoice,
            amount_total: self.amount_total.unwrap_or_default(),
            currency: self.currency.unwrap_or_default().to_uppercase(),
        }
    }
}

#[derive(Clone, Deserialize)]
pub(super) struct Price {
    pub(super) id: String,
    pub(super) lookup_key: Option<String>,
    unit_amount: Option<i64>,
    recurring: Option<Recurring>,
}

#[derive(Clone, Deserialize)]
struct Recurring {
    interval: String,
}

#[derive(Deserialize)]
pub(super) struct Subscription {
    id: String,
    status: String,
    customer: Expandable<Customer>,
    items: List<Item>,
    cancel_at_period_end: bool,
    cancel_at: Option<i64>,
    billing_cycle_anchor: i64,
    trial_end: Option<i64>,
    default_payment_method: Option<Expandable<Method>>,
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Customer {
    id: String,
    invoice_settings: Option<InvoiceSettings>,
}

#[derive(Deserialize)]
struct InvoiceSettings {
    default_payment_method: Option<Expandable<Method>>,
}

#[derive(Deserialize)]
struct Method {
    card: Option<Card>,
}

#[derive(Deserialize)]
struct Card {
    brand: String,
    last4: String,
    exp_month: i64,
    exp_year: i64,
}

#[derive(Deserialize)]
struct Item {
    id: String,
    quantity: Option<i64>,
    current_period_start: i64,
    current_period_end: i64,
    price: Price,
}

impl Subscription {
    pub(super) fn read(self) -> Result<ProviderSubscription, TillTrouble> {
        let nonsense = |what: &str| TillTrouble::Unavailable(format!("subscription {}: {what}", self.id));
        // One subscription has one cycle: every item has the same period.
        let first = self.items.data.first().ok_or_else(|| nonsense("it has no item"))?;
        let interval = match first.price.recurring.as_ref().map(|recurring| recurring.interval.as_str()) {
            Some("month") => Interval::Month,
            Some("year") => Interval::Year,
            _ => return Err(nonsense("it is neither monthly nor yearly")),
        };
        let period = Period { start: moment(first.current_period_start), end: moment(first.current_period_end) };
        let (customer, of_customer) = match self.customer {
            Expandable::Id(id) => (id, None),
            Expandable::Whole(Customer { id, invoice_settings }) => {
                (id, invoice_settings.and_then(|settings| settings.default_payment_method))
            }
        };
        let method = self.default_payment_method.or(of_customer).and_then(Expandable::whole);
        let card = method.and_then(|method| method.card);
        let item = |item: Item| ProviderItem {
            id: item.id,
            price_key: item.price.lookup_key.unwrap_or_default(),
            quantity: item.quantity.unwrap_or(1),
            unit: item.price.unit_amount.unwrap_or_default(),
        };
        Ok(ProviderSubscription {
            checkout: word(&self.metadata, "checkout"),
            workspace: word(&self.metadata, "workspace"),
            customer,
            status: self.status,
            interval,
            period,
            anchor: moment(self.billing_cycle_anchor),
            trial_ends_at: self.trial_end.map(moment),
            cancel_at_period_end: self.cancel_at_period_end || self.cancel_at.is_some(),
            items: self.items.data.into_iter().map(item).collect(),
            payment_method: card.map(|Card { brand, last4, exp_month, exp_year }| PaymentMethod {
                brand,
                last4,
                exp_month,
                exp_year,
            }),
            fulfilled: word(&self.metadata, FULFILLED),
            kept: read_kept(&self.metadata),
            id: self.id,
        })
    }
}

/// Where a subscription says which purchase was added to it last.
pub(super) const FULFILLED: &str = "fulfilled";

/// As long as Stripe lets one value of metadata be, in characters.
const LONGEST_VALUE: usize = 500;

/// Where a subscription says what is kept until its period ends, in parts: the twenty things that a subscription may have
/// at most, each named in up to two hundred characters, are longer than one value may be.
const KEPT: [&str; 10] =
    ["kept", "kept_2", "kept_3", "kept_4", "kept_5", "kept_6", "kept_7", "kept_8", "kept_9", "kept_10"];

/// What is kept as metadata: every part, those that are not needed empty, which takes away what was there. Put together
/// they read `seconds/milliseconds;price key*quantity;…`.
pub(super) fn write_kept(kept: Option<&Kept>) -> impl Iterator<Item = (&'static str, String)> {
    let text = kept.map(|Kept { until, since, items }| {
        let items: String = items.iter().map(|(key, quantity)| format!(";{key}*{quantity}")).collect();
        format!("{}/{}{items}", until.millis().div_euclid(1000), since.millis())
    });
    let mut letters = text.unwrap_or_default().chars().collect::<Vec<_>>().into_iter();
    KEPT.into_iter().map(move |part| (part, letters.by_ref().take(LONGEST_VALUE).collect()))
}

fn read_kept(metadata: &Metadata) -> Option<Kept> {
    let text: String = KEPT.iter().filter_map(|part| metadata.get(*part)).map(String::as_str).collect();
    let mut parts = text.split(';');
    let (until, since) = parts.next()?.split_once('/')?;
    let (until, since) = (moment(until.parse().ok()?), Timestamp::from_millis(since.parse().ok()?));
    let item = |part: &str| part.rsplit_once('*').and_then(|(key, count)| Some((key.to_owned(), count.parse().ok()?)));
    Some(Kept { until, since, items: parts.map(item).collect::<Option<_>>()? })
}

#[derive(Deserialize)]
pub(super) struct Invoice {
    pub(super) id: String,
    number: Option<String>,
    status: Option<String>,
    billing_reason: Option<String>,
    currency: String,
    pub(super) total: i64,
    period_start: i64,
    period_end: i64,
    created: i64,
    due_date: Option<i64>,
    hosted_invoice_url: Option<String>,
    status_transitions: Option<Transitions>,
    parent: Option<Parent>,
    #[serde(default)]
    metadata: Option<Metadata>,
    pub(super) lines: List<Line>,
}

#[derive(Deserialize)]
struct Transitions {
    finalized_at: Option<i64>,
    paid_at: Option<i64>,
}

#[derive(Deserialize)]
struct Parent {
    subscription_details: Option<SubscriptionDetails>,
}

#[derive(Deserialize)]
struct SubscriptionDetails {
    subscription: String,
    #[serde(default)]
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
pub(super) struct Line {
    pub(super) id: String,
    description: Option<String>,
    quantity: Option<i64>,
    amount: i64,
    period: Span,
    pricing: Option<Pricing>,
    parent: Option<LineParent>,
}

#[derive(Deserialize)]
struct Span {
    start: i64,
    end: i64,
}

#[derive(Deserialize)]
struct Pricing {
    price_details: Option<PriceDetails>,
}

#[derive(Deserialize)]
struct PriceDetails {
    price: String,
}

#[derive(Deserialize)]
struct LineParent {
    subscription_item_details: Option<LineDetails>,
    invoice_item_details: Option<LineDetails>,
}

#[derive(Deserialize)]
struct LineDetails {
    #[serde(default)]
    proration: bool,
}

impl Line {
    /// The id of its price.
    pub(super) fn price(&self) -> Option<&str> {
        let details = self.pricing.as_ref()?.price_details.as_ref()?;
        Some(&details.price)
    }

    fn read(self, prices: &BTreeMap<String, Price>) -> ProviderLine {
        let price = self.price().and_then(|id| prices.get(id)).cloned();
        let details = self.parent.and_then(|parent| parent.subscription_item_details.or(parent.invoice_item_details));
        ProviderLine {
            description: self.description.unwrap_or_default(),
            quantity: self.quantity.unwrap_or(1),
            unit: price.as_ref().and_then(|price| price.unit_amount),
            price_key: price.and_then(|price| price.lookup_key),
            amount: self.amount,
            proration: details.is_some_and(|details| details.proration),
            period: Period { start: moment(self.period.start), end: moment(self.period.end) },
        }
    }
}

impl Invoice {
    /// `prices` are those that its lines name, by their ids.
    pub(super) fn read(self, prices: &BTreeMap<String, Price>) -> ProviderInvoice {
        let of = self.parent.and_then(|parent| parent.subscription_details);
        let (subscription, of_subscription) = match of {
            Some(details) => (Some(details.subscription), details.metadata.unwrap_or_default()),
            None => (None, Metadata::new()),
        };
        let own = self.metadata.unwrap_or_default();
        let transitions = self.status_transitions.as_ref();
        let issued = transitions.and_then(|moments| moments.finalized_at).unwrap_or(self.created);
        ProviderInvoice {
            id: self.id,
            checkout: word(&own, "checkout"),
            workspace: word(&own, "workspace").or_else(|| word(&of_subscription, "workspace")),
            subscription,
            number: self.number,
            status: self.status.unwrap_or_else(|| "draft".to_owned()),
            reason: self.billing_reason.unwrap_or_default(),
            currency: self.currency.to_uppercase(),
            total: self.total,
            period: Period { start: moment(self.period_start), end: moment(self.period_end) },
            issued_at: moment(issued),
            due_at: self.due_date.map(moment),
            paid_at: transitions.and_then(|moments| moments.paid_at).map(moment),
            hosted_url: self.hosted_invoice_url,
            lines: self.lines.data.into_iter().map(|line| line.read(prices)).collect(),
        }
    }
}

/// Whatever it is, only its id is of interest.
#[derive(Deserialize)]
pub(super) struct Named {
    pub(super) id: String,
}

/// What an invoice was paid by.
#[derive(Deserialize)]
pub(super) struct InvoicePayment {
    payment: PaidBy,
}

#[derive(Deserialize)]
struct PaidBy {
    payment_intent: Option<String>,
}

impl InvoicePayment {
    pub(super) fn intent(self) -> Option<String> {
        self.payment.payment_intent
    }
}

#[derive(Deserialize)]
pub(super) struct PaymentIntent {
    id: String,
    latest_charge: Option<Expandable<Charge>>,
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Deserialize)]
struct Charge {
    amount: i64,
    amount_refunded: i64,
}

#[derive(Deserialize)]
pub(super) struct Dispute {
    amount: i64,
    status: String,
}

impl PaymentIntent {
    /// A dispute takes the money at once and gives it back only when it is won; a bank that only asks takes nothing.
    pub(super) fn read(self, disputes: &[Dispute]) -> ProviderPayment {
        let charge = self.latest_charge.and_then(Expandable::whole);
        let amount = charge.as_ref().map_or(0, |charge| charge.amount);
        let refunded = charge.map_or(0, |charge| charge.amount_refunded);
        let lost = disputes.iter().filter(|it| it.status != "won" && !it.status.starts_with("warning_"));
        let disputed = lost.fold(0_i64, |sum, dispute| sum.saturating_add(dispute.amount));
        let (checkout, workspace) = (word(&self.metadata, "checkout"), word(&self.metadata, "workspace"));
        ProviderPayment { id: self.id, checkout, workspace, amount, refunded, disputed }
    }
}

/// An event, as far as it says what to fetch.
#[derive(Deserialize)]
pub(super) struct Event {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    created: i64,
    data: EventData,
}

#[derive(Deserialize)]
struct EventData {
    object: EventObject,
}

#[derive(Deserialize)]
struct EventObject {
    id: Option<String>,
    payment_intent: Option<String>,
}

impl Event {
    pub(super) fn created_at(&self) -> Timestamp {
        moment(self.created)
    }

    pub(super) fn object(&self) -> Option<String> {
        self.data.object.id.clone()
    }

    pub(super) fn payment(&self) -> Option<String> {
        self.data.object.payment_intent.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_as_it_was_written() {
        let items = vec![
            ("guildhall:a:1:addon:seat:month:1900".to_owned(), 5),
            ("guildhall:a:1:plan:pro:month:9900".to_owned(), 1),
        ];
        let kept = Kept { until: moment(1_767_600_000), since: Timestamp::from_millis(1_767_500_000_123), items };
        assert_eq!(read_kept(&metadata(&kept)), Some(kept));
        for other in ["", "x", "1;seat*1", "1/x;seat*1", "1/1;seat", "1/1;seat*x"] {
            assert_eq!(read_kept(&Metadata::from([("kept".to_owned(), other.to_owned())])), None, "{other}");
        }
    }

    #[test]
    fn the_most_that_a_subscription_has_fits_and_less_takes_its_place() {
        let named = |number: usize| (format!("{number:0>200}"), i64::MAX);
        let most = Kept { until: moment(1), since: Timestamp::from_millis(1), items: (0..20).map(named).collect() };
        let mut written = metadata(&most);
        assert!(written.values().all(|value| value.len() <= LONGEST_VALUE));
        assert_eq!(read_kept(&written), Some(most.clone()));
        let less = Kept { items: most.items[..1].to_vec(), ..most };
        written.extend(write_kept(Some(&less)).map(|(part, text)| (part.to_owned(), text)));
        assert_eq!(read_kept(&written), Some(less));
        written.extend(write_kept(None).map(|(part, text)| (part.to_owned(), text)));
        assert!(written.values().all(String::is_empty));
    }

    fn metadata(kept: &Kept) -> Metadata {
        write_kept(Some(kept)).map(|(part, text)| (part.to_owned(), text)).collect()
    }
}
