//! Stripe as the till: its own pages for paying and for cards, its engine for renewals and dunning.
//!
//! A thin client rather than a library: Stripe has none for Rust, and of its API a dozen calls are needed here.

mod client;
mod form;
mod read;
mod signature;

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use billing::{
    subscription::TillKind,
    till::{
        About, Change, ChangeBilling, CheckoutState, OpenCheckout, Order, Priced, ProviderEvent, ProviderInvoice,
        ProviderPayment, ProviderSubscription, Till, TillTrouble,
    },
};
use kernel::Timestamp;
use ring::hmac;
use serde::de::IgnoredAny;
use url::Url;

use self::{
    client::Client,
    form::Form,
    read::{
        Dispute, Event, FULFILLED, Invoice, InvoicePayment, Line, List, Named, PaymentIntent, Price, Session,
        Subscription, write_kept,
    },
};
use crate::Outgoing;

/// Most lines of an invoice that are fetched at once; Stripe gives no more.
const PAGE: i64 = 100;
/// So many pages of lines are fetched, which no invoice of a workspace fills.
const MOST_PAGES: usize = 20;

/// The till at Stripe.
pub struct StripeTill {
    client: Client,
    secrets: Vec<hmac::Key>,
    /// Price key → Stripe's id of it.
    prices: Mutex<HashMap<String, String>>,
    /// Our prices by Stripe's id.
    sold: Mutex<HashMap<String, Price>>,
}

impl StripeTill {
    /// `secrets` sign the webhooks: one, or several while one is being rolled. `base` is Stripe's, or a stand-in's on
    /// this machine.
    ///
    /// # Errors
    /// A key or secret is missing, or the address is neither https nor of this machine.
    pub fn new(key: &str, secrets: &[String], base: Url) -> Result<Self, String> {
        if key.is_empty() {
            return Err("Stripe needs its secret key".into());
        }
        if secrets.is_empty() || secrets.iter().any(String::is_empty) {
            return Err("Stripe needs the secret that signs its webhooks".into());
        }
        let outgoing = Outgoing::new(base.scheme() == "http")?;
        if !outgoing.admits(&base) {
            return Err(format!("{base} is no address of Stripe's: it begins with https, or leads to this machine"));
        }
        let secrets = secrets.iter().map(|secret| signature::key(secret)).collect();
        Ok(Self { client: Client::new(outgoing, base, key), secrets, prices: Mutex::default(), sold: Mutex::default() })
    }

    /// Stripe's id of one of our prices, which is made when it is first needed.
    async fn price(&self, priced: &Priced, currency: &str) -> Result<String, TillTrouble> {
        let key = &priced.price_key;
        let known = self.prices.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned();
        if let Some(id) = known {
            return Ok(id);
        }
        let mut query = Form::default();
        query.set("lookup_keys[]", key).set("active", true);
        let found: List<Price> = self.client.get("v1/prices", &query).await?;
        let id = match found.data.into_iter().next() {
            Some(price) => price.id,
            None => self.make_price(priced, currency).await?,
        };
        self.prices.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone(), id.clone());
        Ok(id)
    }

    async fn make_price(&self, priced: &Priced, currency: &str) -> Result<String, TillTrouble> {
        let mut form = Form::default();
        form.set("lookup_key", &priced.price_key)
            .set("currency", currency.to_lowercase())
            .set("unit_amount", priced.unit)
            .set("product_data[name]", &priced.name)
            .set_some("recurring[interval]", priced.interval.map(|interval| interval.name()));
        let made: Price = self.client.post("v1/prices", &form, &format!("price:{}", priced.price_key)).await?;
        Ok(made.id)
    }

    async fn order_form(&self, order: &Order) -> Result<Form, TillTrouble> {
        let recurs = order.lines.iter().any(|line| line.interval.is_some());
        let mut form = Form::default();
        form.set("mode", if recurs { "subscription" } else { "payment" })
            .set("client_reference_id", order.checkout)
            .set("success_url", &order.success_url)
            .set("cancel_url", &order.cancel_url)
            .set("expires_at", order.expires_at.millis().div_euclid(1000));
        match &order.customer {
            Some(customer) => form.set("customer", customer),
            None => form.set("customer_email", &order.email),
        };
        // Told to every object that comes of it, so that each says by itself whose it is.
        let further: &[&str] = match (recurs, &order.customer) {
            (true, _) => {
                form.set_some(
                    "subscription_data[trial_end]",
                    order.trial_ends_at.map(|end| end.millis().div_euclid(1000)),
                );
                &["metadata", "subscription_data[metadata]"]
            }
            (false, customer) => {
                form.set("invoice_creation[enabled]", true);
                form.set_some("customer_creation", customer.is_none().then_some("always"));
                &["metadata", "payment_intent_data[metadata]", "invoice_creation[invoice_data][metadata]"]
            }
        };
        for metadata in further {
            form.set(format!("{metadata}[workspace]"), order.workspace);
            form.set(format!("{metadata}[checkout]"), order.checkout);
        }
        for (at, line) in order.lines.iter().enumerate() {
            form.set(format!("line_items[{at}][quantity]"), line.quantity);
            if line.interval.is_some() {
                form.set(format!("line_items[{at}][price]"), self.price(line, &order.currency).await?);
            } else {
                let price = format!("line_items[{at}][price_data]");
                form.set(format!("{price}[currency]"), order.currency.to_lowercase());
                form.set(format!("{price}[unit_amount]"), line.unit);
                form.set(format!("{price}[product_data][name]"), &line.name);
            }
        }
        Ok(form)
    }

    async fn items_form(&self, prefix: &str, change: &Change) -> Result<Form, TillTrouble> {
        let mut form = Form::default();
        for (at, line) in change.lines.iter().enumerate() {
            let item = format!("{prefix}[{at}]");
            form.set_some(format!("{item}[id]"), line.provider_item.as_ref());
            if line.priced.quantity == 0 && line.provider_item.is_some() {
                form.set(format!("{item}[deleted]"), true);
                continue;
            }
            form.set(format!("{item}[price]"), self.price(&line.priced, &change.currency).await?);
            form.set(format!("{item}[quantity]"), line.priced.quantity);
        }
        Ok(form)
    }

    /// The rest of an invoice with more lines than come with it.
    async fn with_all_lines(&self, mut invoice: Invoice) -> Result<Invoice, TillTrouble> {
        if !invoice.lines.has_more {
            return Ok(invoice);
        }
        let path = format!("v1/invoices/{}/lines", invoice.id);
        let mut lines: Vec<Line> = Vec::new();
        for _ in 0..MOST_PAGES {
            let mut query = Form::default();
            query.set("limit", PAGE);
            query.set_some("starting_after", lines.last().map(|line| &line.id));
            let page: List<Line> = self.client.get(&path, &query).await?;
            lines.extend(page.data);
            if !page.has_more {
                break;
            }
        }
        invoice.lines = List { data: lines, has_more: false };
        Ok(invoice)
    }

    /// An invoice with all its lines and what they were sold for. Stripe expands no more than four levels, and the price
    /// of a line lies deeper.
    async fn whole(&self, invoice: Invoice) -> Result<ProviderInvoice, TillTrouble> {
        let invoice = self.with_all_lines(invoice).await?;
        let mut prices = BTreeMap::new();
        for id in invoice.lines.data.iter().filter_map(Line::price) {
            if !prices.contains_key(id) {
                prices.insert(id.to_owned(), self.sold(id).await?);
            }
        }
        Ok(invoice.read(&prices))
    }

    /// A price by Stripe's id. One of ours never changes.
    async fn sold(&self, id: &str) -> Result<Price, TillTrouble> {
        let known = self.sold.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned();
        if let Some(price) = known {
            return Ok(price);
        }
        let price: Price = self.client.get(&format!("v1/prices/{id}"), &Form::default()).await?;
        if price.lookup_key.is_some() {
            self.sold.lock().unwrap_or_else(PoisonError::into_inner).insert(id.to_owned(), price.clone());
        }
        Ok(price)
    }
}

fn expanded(form: &mut Form) -> &mut Form {
    form.set("expand[]", "default_payment_method").set("expand[]", "customer.invoice_settings.default_payment_method")
}

#[async_trait]
impl Till for StripeTill {
    fn kind(&self) -> TillKind {
        TillKind::Stripe
    }

    async fn open_checkout(&self, order: &Order) -> Result<OpenCheckout, TillTrouble> {
        let form = self.order_form(order).await?;
        let session: Session = self.client.post("v1/checkout/sessions", &form, &order.key).await?;
        let url = session.url.as_deref().and_then(|url| Url::parse(url).ok());
        let url = url.ok_or_else(|| TillTrouble::Unavailable(format!("the session {} has no page", session.id)))?;
        Ok(OpenCheckout { provider_id: session.id, url })
    }

    async fn expire_checkout(&self, provider_id: &str) -> Result<(), TillTrouble> {
        let path = format!("v1/checkout/sessions/{provider_id}");
        let expired = self.client.post_freely::<IgnoredAny>(&format!("{path}/expire"), &Form::default()).await;
        let Err(TillTrouble::Refused { code }) = expired else { return expired.map(drop) };
        // Only an open one can be closed: this one was before, or was paid.
        let session: Session = self.client.get(&path, &Form::default()).await?;
        if session.is_expired() { Ok(()) } else { Err(TillTrouble::Refused { code }) }
    }

    async fn checkout(&self, provider_id: &str) -> Result<CheckoutState, TillTrouble> {
        let path = format!("v1/checkout/sessions/{provider_id}");
        Ok(self.client.get::<Session>(&path, &Form::default()).await?.state())
    }

    async fn subscription(&self, id: &str) -> Result<ProviderSubscription, TillTrouble> {
        let mut query = Form::default();
        let path = format!("v1/subscriptions/{id}");
        self.client.get::<Subscription>(&path, expanded(&mut query)).await?.read()
    }

    async fn invoice(&self, id: &str) -> Result<ProviderInvoice, TillTrouble> {
        let invoice = self.client.get(&format!("v1/invoices/{id}"), &Form::default()).await?;
        self.whole(invoice).await
    }

    async fn invoices(&self, subscription: &str) -> Result<Vec<ProviderInvoice>, TillTrouble> {
        let mut query = Form::default();
        query.set("subscription", subscription).set("limit", PAGE);
        let list: List<Invoice> = self.client.get("v1/invoices", &query).await?;
        let mut invoices = Vec::with_capacity(list.data.len());
        for invoice in list.data {
            invoices.push(self.whole(invoice).await?);
        }
        Ok(invoices)
    }

    async fn payments(&self, subscription: &str) -> Result<Vec<String>, TillTrouble> {
        let mut query = Form::default();
        query.set("subscription", subscription).set("status", "paid").set("limit", PAGE);
        let paid: List<Named> = self.client.get("v1/invoices", &query).await?;
        let mut payments = Vec::new();
        for invoice in paid.data {
            let mut query = Form::default();
            query.set("invoice", &invoice.id).set("status", "paid").set("limit", PAGE);
            let of_invoice: List<InvoicePayment> = self.client.get("v1/invoice_payments", &query).await?;
            payments.extend(of_invoice.data.into_iter().filter_map(InvoicePayment::intent));
        }
        Ok(payments)
    }

    async fn payment(&self, id: &str) -> Result<ProviderPayment, TillTrouble> {
        let mut query = Form::default();
        query.set("expand[]", "latest_charge");
        let intent: PaymentIntent = self.client.get(&format!("v1/payment_intents/{id}"), &query).await?;
        let mut query = Form::default();
        query.set("payment_intent", id).set("limit", PAGE);
        let disputes: List<Dispute> = self.client.get("v1/disputes", &query).await?;
        Ok(intent.read(&disputes.data))
    }

    async fn change(
        &self,
        subscription: &str,
        change: &Change,
        key: &str,
    ) -> Result<ProviderSubscription, TillTrouble> {
        let mut form = self.items_form("items", change).await?;
        match &change.billing {
            ChangeBilling::Now { counted_from } => {
                form.set("proration_behavior", "always_invoice").set("payment_behavior", "error_if_incomplete");
                let seconds = counted_from.map(|moment| moment.millis().div_euclid(1000));
                form.set_some("proration_date", seconds);
            }
            ChangeBilling::WithNext => {
                form.set("proration_behavior", "create_prorations");
            }
            ChangeBilling::NotNow => {
                form.set("proration_behavior", "none");
            }
        }
        for (part, text) in write_kept(change.kept.as_ref()) {
            form.set(format!("metadata[{part}]"), text);
        }
        form.set_some(format!("metadata[{FULFILLED}]"), change.fulfils);
        let path = format!("v1/subscriptions/{subscription}");
        self.client.post::<Subscription>(&path, expanded(&mut form), key).await?.read()
    }

    async fn cancel_at_period_end(
        &self,
        subscription: &str,
        cancel: bool,
        key: &str,
    ) -> Result<ProviderSubscription, TillTrouble> {
        let mut form = Form::default();
        form.set("cancel_at_period_end", cancel);
        let path = format!("v1/subscriptions/{subscription}");
        self.client.post::<Subscription>(&path, expanded(&mut form), key).await?.read()
    }

    async fn cancel_now(&self, subscription: &str) -> Result<(), TillTrouble> {
        match self.client.delete::<IgnoredAny>(&format!("v1/subscriptions/{subscription}")).await {
            Ok(_) | Err(TillTrouble::Gone) => Ok(()),
            Err(trouble) => Err(trouble),
        }
    }

    async fn refund(&self, payment: &str, key: &str) -> Result<(), TillTrouble> {
        let mut form = Form::default();
        form.set("payment_intent", payment);
        match self.client.post::<IgnoredAny>("v1/refunds", &form, key).await {
            Err(TillTrouble::Refused { code }) if code == "charge_already_refunded" => Ok(()),
            refunded => refunded.map(drop),
        }
    }

    async fn portal(&self, customer: &str, return_url: &Url) -> Result<Url, TillTrouble> {
        #[derive(serde::Deserialize)]
        struct Portal {
            url: Url,
        }
        let mut form = Form::default();
        form.set("customer", customer).set("return_url", return_url);
        Ok(self.client.post_freely::<Portal>("v1/billing_portal/sessions", &form).await?.url)
    }

    fn event(&self, signature: Option<&str>, body: &[u8], now: Timestamp) -> Result<ProviderEvent, TillTrouble> {
        if !signature.is_some_and(|header| signature::is_good(&self.secrets, header, body, now)) {
            return Err(TillTrouble::BadSignature);
        }
        let event: Event = serde_json::from_slice(body)
            .map_err(|error| TillTrouble::Refused { code: format!("no event: {error}") })?;
        let about = about(&event);
        Ok(ProviderEvent { created_at: event.created_at(), about, id: event.id, kind: event.kind })
    }
}

/// What to fetch for an event. Every kind is about one of four objects, or of no interest.
fn about(event: &Event) -> Option<About> {
    let (noun, _) = event.kind.rsplit_once('.')?;
    match noun {
        "checkout.session" => event.object().map(About::Checkout),
        "customer.subscription" => event.object().map(About::Subscription),
        "invoice" => event.object().map(About::Invoice),
        "charge" | "charge.dispute" | "charge.refund" | "refund" => event.payment().map(About::Payment),
        _ => None,
    }
}
