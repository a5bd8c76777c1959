//! Beginning a purchase. Two at once lead to the same page, or the later choice closes the earlier one's; nothing that is
//! written here grants anything.

use std::{sync::Arc, time::Duration};

use kernel::CheckoutId;
use serde_json::json;
use tenancy::{
    BillingManage, BillingPurchaseAddons, Error, Event, Grant, Right, Session, Subject, Tx, Work, args, sql,
};
use url::Url;

use super::{Checkout, CheckoutKind, CheckoutStatus, Quantity, checkout, end, unsettled};
use crate::{
    Refusal,
    by_hand::{self, Purchase},
    catalogue::{Catalogue, Interval, Plan, known},
    change,
    desk::must_stay,
    effect, extra_seats,
    invoice::{Line, LineKind},
    offer::{self, Begins},
    price,
    pricing::{self, Charge},
    subscription::{Subscription, TillKind, held_subscription, subscription, write},
    sync,
    till::{Order, Priced, Till, TillTrouble},
};

/// How long a page can be paid at; it is offered again only while so much is left.
const PAGE_LIFE: Duration = Duration::from_secs(2 * 60 * 60);
const PAGE_REST: Duration = Duration::from_secs(35 * 60);
/// What is less than the provider charges by itself goes onto the subscription's own invoice, without a page.
const SMALLEST_CHARGE: i64 = 50;
/// Others buy at the same moment at most so often in a row.
const TRIES: usize = 4;

/// Begins the purchase of a plan.
///
/// # Errors
/// The plan cannot be bought, the workspace pays for one already, a payment is just being settled, or the provider does not
/// answer: then nothing was charged, and the same can be asked for again.
pub async fn buy_plan(
    grant: &Grant<BillingManage>,
    till: &dyn Till,
    public_url: &Url,
    (plan, interval): (&str, Interval),
) -> Result<Checkout, Refusal> {
    must_stay(grant).await?;
    match till.kind() {
        TillKind::None => Err(Refusal::NoTill),
        TillKind::Manual => {
            let mut tx = grant.begin().await?;
            let outcome = plan_by_hand(&mut tx, plan, interval).await;
            by_hand_settled(grant, tx, outcome).await
        }
        TillKind::Stripe => {
            let choice = Choice::Plan { plan: plan.to_owned(), interval };
            buy(grant, till, public_url, &choice).await
        }
    }
}

/// Begins the purchase of an add-on: of seats or slots beside the plan, or of credits.
///
/// # Errors
/// As [`buy_plan`]; or nothing runs that it could be beside.
pub async fn buy_addon(
    grant: &Grant<BillingPurchaseAddons>,
    till: &dyn Till,
    public_url: &Url,
    (addon, quantity): (&str, Quantity),
) -> Result<Checkout, Refusal> {
    must_stay(grant).await?;
    match till.kind() {
        TillKind::None => Err(Refusal::NoTill),
        TillKind::Manual => {
            let mut tx = grant.begin().await?;
            let outcome = addon_by_hand(&mut tx, addon, quantity.get()).await;
            by_hand_settled(grant, tx, outcome).await
        }
        TillKind::Stripe => {
            let choice = Choice::Addon { addon: addon.to_owned(), quantity: quantity.get() };
            buy(grant, till, public_url, &choice).await
        }
    }
}

async fn plan_by_hand(tx: &mut Tx<BillingManage>, plan: &str, interval: Interval) -> Result<CheckoutId, Refusal> {
    // A smaller plan is not bought: it begins by itself with the next period.
    if change::preview_plan(tx, plan, interval).await?.begins == Begins::PeriodEnd {
        return Err(Refusal::PaysAlready);
    }
    change::change_plan(tx, plan, interval).await?;
    let newest = sql!("select id from checkouts where workspace_id = $1 and kind = 'plan' order by id desc limit 1");
    Ok(tx.first(newest, &[]).await?.ok_or(Refusal::CurrentPlan)?.take(0)?)
}

async fn addon_by_hand(tx: &mut Tx<BillingPurchaseAddons>, addon: &str, quantity: i64) -> Result<CheckoutId, Refusal> {
    let mut held = held_subscription(tx).await?;
    let catalogue = known(tx, &held.catalogue, held.catalogue_version).await?;
    let sold = catalogue.addon(addon).ok_or_else(|| Refusal::UnknownAddon(addon.to_owned()))?;
    let lines = offer::addon_lines(&catalogue, &held, sold, quantity, tx.now())?;
    let (purchase, period) = (Purchase::Addon { addon: addon.to_owned(), quantity }, held.period);
    let opened = by_hand::open(tx, &catalogue, &mut held, &purchase, (period, lines)).await?;
    write(tx, &held).await?;
    effect::apply(tx, &held).await?;
    Ok(opened.checkout)
}

async fn by_hand_settled<P: Right>(
    grant: &Grant<P>,
    mut tx: Tx<P>,
    outcome: Result<CheckoutId, Refusal>,
) -> Result<Checkout, Refusal> {
    tx.answer_is_secret();
    let id = tx.settle(outcome).await?;
    Ok(checkout(&mut grant.read().await?, id).await?)
}

/// What somebody wants.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Choice {
    Plan { plan: String, interval: Interval },
    Addon { addon: String, quantity: i64 },
}

impl Choice {
    fn is(&self, checkout: &Checkout) -> bool {
        match self {
            Self::Plan { plan, interval } => {
                checkout.plan.as_ref() == Some(plan) && checkout.interval == Some(*interval)
            }
            Self::Addon { addon, quantity } => checkout.addon.as_ref() == Some(addon) && checkout.quantity == *quantity,
        }
    }

    /// Whether the two cannot be open beside each other: there is one plan, and one page for each add-on.
    fn crosses(&self, checkout: &Checkout) -> bool {
        match self {
            Self::Plan { .. } => checkout.kind == CheckoutKind::Plan,
            Self::Addon { addon, .. } => checkout.addon.as_ref() == Some(addon),
        }
    }
}

/// What came of looking for a place to buy.
enum Found {
    /// The purchase, begun by this one or by another at the same moment, and what it is made of.
    Page(Box<Checkout>, Bill),
    /// Others that have to be closed before.
    InTheWay(Vec<Checkout>),
}

/// What is bought, as the provider is told.
struct Bill {
    lines: Vec<Priced>,
    currency: String,
    customer: Option<String>,
    trial_ends_at: Option<kernel::Timestamp>,
}

async fn buy<P: Right>(
    grant: &Grant<P>,
    till: &dyn Till,
    public_url: &Url,
    choice: &Choice,
) -> Result<Checkout, Refusal> {
    for _ in 0..TRIES {
        let mut tx = grant.begin().await?;
        tx.answer_is_secret();
        let found = match begin(&mut tx, choice).await {
            Ok(found) => {
                tx.settle(Ok::<_, Refusal>(())).await?;
                found
            }
            Err(refusal) => return Err(tx.refuse(refusal).await),
        };
        match found {
            Found::Page(checkout, bill) => return lead_to_page(grant, till, public_url, *checkout, bill).await,
            Found::InTheWay(others) => {
                for other in &others {
                    close(grant, till, other).await?;
                }
            }
        }
    }
    Err(Refusal::CheckoutPending)
}

/// Finds the purchase that is open already, or writes a new one.
async fn begin(work: &mut Work, choice: &Choice) -> Result<Found, Refusal> {
    // One at a time looks for a place; whoever only finds one has changed nothing.
    work.mark(sql!("update subscriptions set version = version where workspace_id = $1"), &[]).await?;
    let current = subscription(work).await?;
    let catalogue = known(work, &current.catalogue, current.catalogue_version).await?;
    let others: Vec<_> = unsettled(work).await?.into_iter().filter(|other| choice.crosses(other)).collect();
    if others.iter().any(|other| other.status == CheckoutStatus::Settling) {
        return Err(Refusal::CheckoutPending);
    }
    let latest = work.now().plus(PAGE_REST);
    let same = others.iter().position(|other| choice.is(other) && other.expires_at > latest);
    if same.is_none() && !others.is_empty() {
        return Ok(Found::InTheWay(others));
    }
    let (bill, line) = bill(work, &catalogue, &current, choice).await?;
    let page = match same {
        Some(place) => others[place].clone(),
        None => insert(work, choice, &catalogue, &bill, line.as_ref()).await?,
    };
    Ok(Found::Page(Box::new(page), bill))
}

/// What a choice costs, and for an add-on the line it stands for.
async fn bill(
    session: &mut Session,
    catalogue: &Arc<Catalogue>,
    current: &Subscription,
    choice: &Choice,
) -> Result<(Bill, Option<Line>), Refusal> {
    let (customer, currency) = (current.provider_customer.clone(), catalogue.currency.clone());
    match choice {
        Choice::Plan { plan: id, interval } => {
            if current.is_mirrored() {
                return Err(Refusal::PaysAlready);
            }
            let plan = catalogue.plan(id).ok_or_else(|| Refusal::UnknownPlan(id.clone()))?;
            if plan.price(*interval).stated().is_none() || plan.bills_usage() {
                return Err(Refusal::NotForSale(id.clone()));
            }
            let lines = plan_lines(session, catalogue, current, (plan, *interval)).await?;
            let trial_ends_at = offer::kept_trial(current, session.now());
            Ok((Bill { lines, currency, customer, trial_ends_at }, None))
        }
        Choice::Addon { addon: id, quantity } => {
            let addon = catalogue.addon(id).ok_or_else(|| Refusal::UnknownAddon(id.clone()))?;
            if addon.recurring && !current.is_mirrored() {
                return Err(Refusal::NotRunning);
            }
            let mut lines = offer::addon_lines(catalogue, current, addon, *quantity, session.now())?;
            let line = lines.pop().ok_or(Refusal::NotRunning)?;
            // One sum for the rest of the period: what one of several costs might not be a whole number.
            let (name, unit, count) = match addon.recurring {
                true => (format!("{} × {quantity}", addon.name), line.amount, 1),
                false => (addon.name.clone(), line.unit, line.quantity),
            };
            let priced = Priced { price_key: id.clone(), name, unit, quantity: count, interval: None };
            Ok((Bill { lines: vec![priced], currency, customer, trial_ends_at: None }, Some(line)))
        }
    }
}

/// The plan, and the seats and slots that are had beside it already.
async fn plan_lines(
    session: &mut Session,
    catalogue: &Catalogue,
    current: &Subscription,
    (plan, interval): (&Plan, Interval),
) -> Result<Vec<Priced>, Refusal> {
    let active = extra_seats::active(session).await?;
    let items = pricing::items_under(catalogue, plan, &current.items, active);
    let charges = pricing::charges(catalogue, plan, interval, &items)?;
    Ok(charges.iter().map(|charge| priced(catalogue, &plan.id, interval, charge)).collect())
}

/// What a charge of every period is called at the provider.
pub(crate) fn priced(catalogue: &Catalogue, plan: &str, interval: Interval, charge: &Charge) -> Priced {
    let key = price::PriceKey {
        catalogue: catalogue.id.clone(),
        version: catalogue.version,
        thing: price::Thing::of(&charge.item, plan),
        interval,
        unit: charge.unit,
    };
    Priced {
        price_key: key.to_string(),
        name: charge.name.clone(),
        unit: charge.unit,
        quantity: charge.quantity,
        interval: Some(interval),
    }
}

async fn insert(
    work: &mut Work,
    choice: &Choice,
    catalogue: &Catalogue,
    bill: &Bill,
    line: Option<&Line>,
) -> Result<Checkout, Refusal> {
    let member = work.viewer().member.ok_or(Error::NotFound)?;
    let (kind, plan, interval, addon, quantity) = match choice {
        Choice::Plan { plan, interval } => (CheckoutKind::Plan, Some(plan), Some(interval.name()), None, 1),
        Choice::Addon { addon, quantity } => {
            let once = line.is_some_and(|line| line.kind == LineKind::Once);
            let kind = if once { CheckoutKind::Credits } else { CheckoutKind::Addon };
            (kind, None, None, Some(addon), *quantity)
        }
    };
    let amount = bill.lines.iter().try_fold(0_i64, |sum, line| sum.checked_add(line.unit.checked_mul(line.quantity)?));
    let (id, now): (CheckoutId, _) = (work.ids().next(), work.now());
    let text = sql!(
        "insert into checkouts (workspace_id, id, kind, plan, billing_interval, addon, quantity, amount, currency, state,
            till, unit, remaining, period, created_by, created_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'opening', 'stripe', $10, $11, $12, $13, $14, $15)"
    );
    let values = args![
        id,
        kind.name(),
        plan.map(String::as_str),
        interval,
        addon.map(String::as_str),
        quantity,
        amount.ok_or(Refusal::TooMuch)?,
        &catalogue.currency,
        line.map_or(0, |line| line.unit),
        line.map_or(0, |line| line.remaining),
        line.map_or(0, |line| line.period),
        member,
        now,
        now.plus(PAGE_LIFE),
    ];
    work.run(text, values).await?;
    work.record(Event::new("checkout.opened", Subject::new("checkout", id)).payload(json!({ "kind": kind })));
    Ok(checkout(work, id).await?)
}

/// Opens the page, unless it is there already. The provider is asked outside of any transaction, under the purchase's own
/// key, so that two who ask at once are led to one page.
async fn lead_to_page<P: Right>(
    grant: &Grant<P>,
    till: &dyn Till,
    public_url: &Url,
    page: Checkout,
    mut bill: Bill,
) -> Result<Checkout, Refusal> {
    if page.kind == CheckoutKind::Addon {
        // What was shown first is paid, however little of the period is left by now.
        bill.lines.iter_mut().for_each(|line| line.unit = page.amount);
    }
    if page.url.is_some() {
        return Ok(page);
    }
    if page.kind == CheckoutKind::Addon && page.amount < SMALLEST_CHARGE {
        sync::add_at_once(grant, till, &page).await?;
        return Ok(checkout(&mut grant.read().await?, page.id).await?);
    }
    let order = order(&mut grant.read().await?, public_url, &page, bill).await?;
    let opened = till.open_checkout(&order).await;
    let mut tx = grant.begin().await?;
    tx.answer_is_secret();
    let outcome = match &opened {
        Ok(opened) => {
            // What the provider calls it; that it was begun is recorded. Of two pages the first is the one that is known.
            let text = sql!(
                "update checkouts set state = 'open', provider_id = $3, url = $4
                 where workspace_id = $1 and id = $2 and state = 'opening'"
            );
            tx.mark(text, args![page.id, &opened.provider_id, opened.url.as_str()]).await
        }
        Err(_) => {
            let text = sql!(
                "update checkouts set attempts = attempts + 1
                 where workspace_id = $1 and id = $2 and state = 'opening' and attempts = $3"
            );
            tx.mark(text, args![page.id, page.attempts]).await
        }
    };
    tx.settle(outcome.map(drop)).await?;
    opened.map_err(Refusal::from)?;
    Ok(checkout(&mut grant.read().await?, page.id).await?)
}

async fn order(session: &mut Session, public_url: &Url, page: &Checkout, bill: Bill) -> Result<Order, Refusal> {
    // Whoever asks for the page, it is ordered as by who began it: the same key goes with the same order.
    let buyer = sql!(
        "select a.email from memberships m join accounts a on a.id = m.account_id
         where m.workspace_id = $1 and m.id = $2"
    );
    let email: String = session.first(buyer, args![page.created_by]).await?.ok_or(Error::NotFound)?.take(0)?;
    let workspace = session.workspace();
    let back = |outcome: &str| {
        let path = format!("w/{workspace}/settings/billing?checkout={}&outcome={outcome}", page.id);
        public_url.join(&path).map_err(|error| Error::Corrupt(error.to_string()))
    };
    Ok(Order {
        checkout: page.id,
        workspace,
        customer: bill.customer,
        email,
        currency: bill.currency,
        lines: bill.lines,
        trial_ends_at: bill.trial_ends_at,
        success_url: back("paid")?,
        cancel_url: back("cancelled")?,
        expires_at: page.expires_at,
        key: format!("checkout:{}:{}", page.id, page.attempts),
    })
}

/// Closes a purchase that another one comes instead of. One that was paid meanwhile is not closed any more.
async fn close<P: Right>(grant: &Grant<P>, till: &dyn Till, other: &Checkout) -> Result<(), Refusal> {
    if let Some(provider_id) = &other.provider_id {
        match till.expire_checkout(provider_id).await {
            Ok(()) | Err(TillTrouble::Gone) => {}
            Err(TillTrouble::Refused { .. }) => return Err(Refusal::CheckoutPending),
            Err(trouble) => return Err(trouble.into()),
        }
    }
    let mut tx = grant.begin().await?;
    tx.answer_is_secret();
    let outcome = expire(&mut tx, other.id).await;
    tx.settle(outcome).await.map_err(Refusal::from)
}

/// Gives a purchase up that nobody paid.
pub(crate) async fn expire(work: &mut Work, id: CheckoutId) -> Result<(), Error> {
    if end(work, id, CheckoutStatus::Expired).await? {
        work.record(Event::new("checkout.expired", Subject::new("checkout", id)));
    }
    Ok(())
}
