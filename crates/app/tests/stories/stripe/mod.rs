//! Buying at Stripe: against a stand-in that keeps its books as Stripe does, with events that come as they like.

mod assigned;
mod changes;
mod erased;
mod first_payment;
mod hooks;
mod late;
mod life;
mod orders;
mod purchases;
mod seats;
mod trouble;
mod usage;

use std::time::Duration;

use kernel::DAY;
use serde_json::{Value, json};

use crate::support::{PASSWORD, Person, StripeServer, World, fresh_id, text_of, until};

/// A world whose money is taken by Stripe, and an owner in it who pays for nothing yet. Fields end in this order: the
/// server first, then its till.
struct Shop {
    world: World,
    stripe: StripeServer,
    owner: Person,
}

impl Shop {
    fn open() -> Self {
        let now = crate::support::Beginning::get().now();
        let stripe = StripeServer::start(now);
        let world = World::with(|settings| stripe.settings(settings));
        stripe.tell(&world);
        let owner = world.sign_up("Olga");
        Self { world, stripe, owner }
    }

    /// A shop whose owner pays for the plan.
    fn paying() -> Self {
        let shop = Self::open();
        let page = shop.buy(plan("month"));
        shop.stripe.pay(&page);
        shop.settled(&page, "complete");
        shop
    }

    /// Begins a purchase.
    #[track_caller]
    fn buy(&self, wanted: Value) -> Value {
        self.owner.post("billing/checkouts", wanted).ok_with(201)
    }

    /// Waits until a purchase stands like this.
    #[track_caller]
    fn settled(&self, page: &Value, state: &str) -> Value {
        let path = format!("billing/checkouts/{}", text_of(&page["id"]));
        until(&format!("a purchase that is {state}"), || {
            Some(self.owner.get(&path).ok()).filter(|checkout| checkout["state"] == state)
        })
    }

    fn billing(&self) -> Value {
        self.owner.get("billing").ok()
    }

    /// Waits until the subscription says this.
    #[track_caller]
    fn until_billing(&self, what: &str, is_so: impl Fn(&Value) -> bool) -> Value {
        until(what, || Some(self.billing()).filter(|billing| is_so(billing)))
    }

    fn credits(&self) -> Value {
        self.owner.get("credits").ok()["balance"].clone()
    }

    /// How many seats the workspace may hold.
    fn seats(&self) -> i64 {
        self.number("select cap from meters where meter = 'full_seats' and")
    }

    /// One number of the workspace's own rows.
    fn number(&self, query: &str) -> i64 {
        let id = self.owner.workspace.replace('-', "");
        let place = match self.world.database.is_sqlite() {
            true => format!("workspace_id = x'{id}'"),
            false => format!("workspace_id = '{}'", self.owner.workspace),
        };
        self.world.database.count(&format!("{query} {place}"))
    }

    /// Days pass, and the owner signs in again.
    fn pass_days(&mut self, days: u32) {
        self.pass(DAY * days);
        let browser = self.world.browser();
        let proof = json!({ "email": self.owner.email, "password": PASSWORD });
        let cookie = browser.post("/api/v1/sessions", proof).cookie();
        self.owner.browser = browser.with("cookie", &cookie);
    }

    /// Time passes, here and at Stripe.
    fn pass(&self, time: Duration) {
        self.world.clock.advance(time);
        self.stripe.catch_up(&self.world);
    }

    /// Waits until every event that was told has been looked into; what met another one is tried again in a while.
    #[track_caller]
    fn until_quiet(&self) {
        self.stripe.control("delivered", json!({}));
        let open = "select count(*) from provider_events where settled_at is null";
        until("every event to be looked into", || {
            self.world.clock.advance(Duration::from_millis(20));
            (self.world.database.count(open) == 0).then_some(())
        });
    }

    /// The workspace's subscription at Stripe.
    fn subscription(&self) -> Value {
        let customer = self.stripe.get("customers?limit=1")["data"][0]["id"].clone();
        self.stripe.get(&format!("subscriptions?customer={}", text_of(&customer)))["data"][0].clone()
    }
}

fn plan(interval: &str) -> Value {
    json!({ "kind": "plan", "plan": "enterprise", "interval": interval })
}

fn seats(quantity: i64) -> Value {
    json!({ "kind": "addon", "addon": "extra_member_seat", "quantity": quantity })
}

fn credits(packs: i64) -> Value {
    json!({ "kind": "credits", "addon": "team_credits_pack", "quantity": packs })
}

/// A further workspace of the same owner.
fn another(owner: &Person) -> Person {
    let made = owner.post("/api/v1/workspaces", json!({ "name": format!("Team {}", fresh_id()) })).ok_with(201);
    owner.clone().in_workspace(&text_of(&made["id"]))
}
