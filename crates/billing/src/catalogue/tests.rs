use super::*;

const ASKUSERS: &str = include_str!("../../../../plans/askusers.toml");

/// Where and why a catalogue is refused once this text in it was replaced: the line itself, and the fault.
fn refused(from: &str, to: &str) -> (String, CatalogueFault) {
    assert!(ASKUSERS.contains(from), "{from:?} is not in the catalogue");
    let text = ASKUSERS.replacen(from, to, 1);
    let error = Catalogue::parse(&text).expect_err("it is refused");
    (text.lines().nth(error.line - 1).expect("a line of it").to_owned(), error.fault)
}

#[test]
fn plan_029_to_034_the_shipped_catalogue_says_what_enterprise_costs() {
    let catalogue = Catalogue::parse(ASKUSERS).expect("it is whole");
    let plan = catalogue.plan("enterprise").expect("the plan");
    assert_eq!((plan.monthly, plan.price(Interval::Year)), (Price::Of(9900), Price::Of(99000)));
    assert_eq!(plan.credits_monthly, Amount::Of(2000));
    assert_eq!((plan.included_full_seats, plan.included_businesses), (Amount::Of(5), Amount::Of(5)));
    let prices: Vec<_> = catalogue.addons.iter().map(|addon| (addon.adds, addon.quantity, addon.price)).collect();
    assert_eq!(
        prices,
        [
            (Adds::FullSeat, 1, Price::Of(1900)),
            (Adds::BusinessSlot, 1, Price::Of(2900)),
            (Adds::Credits, 1000, Price::Of(4990)),
        ]
    );
}

#[test]
fn a_fault_is_refused_with_its_line_and_the_reason() {
    let cases = [
        ("monthly = 9900", "monthly = -1", "not between"),
        ("monthly = 9900", "monthly = 99.5", "whole number"),
        ("monthly = 9900", "monthly = \"cheap\"", "not_stated"),
        ("monthly = 9900", "monthly = 99999999999", "not between"),
        ("included = 5, max = \"unlimited\", extra", "included = 5, max = 4, extra", "less than the 5"),
        ("currency = \"USD\"", "currency = \"Dollars\"", "ISO 4217"),
        ("version = 1", "version = 0", "start at 1"),
        ("id = \"individual\"", "id = \"enterprise\"", "twice"),
        ("rank = 3", "rank = 1", "rank 1"),
        ("cross_product = true", "teleport = true", "entitlement"),
        ("once = 4990", "monthly = 4990", "credits once"),
        ("monthly = 1900", "monthly = 1900\nonce = 1", "either"),
        ("quantity = 1000", "quantity = 0", "not between"),
        ("[20, 5, 0]", "[5, 20]", "fall"),
        ("seat_billing = \"slots\"", "seat_billing = \"by_weight\"", "by_weight"),
    ];
    for (from, to, reason) in cases {
        let (line, fault) = refused(from, to);
        assert!(fault.to_string().contains(reason), "{to}: {fault}");
        let changed = to.split('\n').next().expect("a line");
        // An add-on is named by its id.
        assert!(line.contains(changed) || line.starts_with("id = "), "{to}: {line}");
    }
}

/// A price nobody knows has to be written as one.
#[test]
fn a_missing_price_is_refused() {
    let (_, fault) = refused("monthly = 9900\n", "");
    assert!(fault.to_string().contains("missing field `monthly`"), "{fault}");
    let (line, fault) = refused("once = 4990\n", "");
    assert_eq!((line.as_str(), fault), ("id = \"team_credits_pack\"", CatalogueFault::PriceOfAddon));
}

/// Enterprise with these prices, for a month and for a year.
fn priced(monthly: &str, yearly: &str) -> Catalogue {
    let monthly = ASKUSERS.replace("monthly = 9900", &format!("monthly = {monthly}"));
    Catalogue::parse(&monthly.replace("yearly = 99000", &format!("yearly = {yearly}"))).expect("whole")
}

#[test]
fn only_what_is_sold_and_costs_something_is_paid_before_it_is_had() {
    let is_first = |catalogue: Catalogue, till| catalogue.plan("enterprise").map(|plan| plan.is_paid_first(till));
    for (monthly, yearly, is_paid) in [
        ("9900", "99000", true),
        ("9900", "\"not_stated\"", true),
        ("\"not_sold\"", "99000", true),
        ("0", "99000", false),
        ("0", "\"not_stated\"", false),
        ("\"not_stated\"", "0", false),
        ("\"negotiated\"", "\"negotiated\"", false),
    ] {
        let told = [TillKind::Manual, TillKind::Stripe].map(|till| is_first(priced(monthly, yearly), till));
        assert_eq!(told, [Some(is_paid); 2], "{monthly} and {yearly}");
        assert_eq!(is_first(priced(monthly, yearly), TillKind::None), Some(false), "nobody takes money");
    }
    let trial = ASKUSERS.replace("rank = 3", "rank = 3\nis_trial = true");
    assert_eq!(is_first(Catalogue::parse(&trial).expect("whole"), TillKind::Manual), Some(false));
}

#[test]
fn a_year_without_a_price_is_twelve_months() {
    let catalogue = Catalogue::parse(&ASKUSERS.replace("yearly = 99000", "yearly = \"not_stated\"")).expect("whole");
    assert_eq!(catalogue.plan("enterprise").map(|plan| plan.price(Interval::Year)), Some(Price::Of(118_800)));
    assert_eq!(catalogue.plan("individual").map(|plan| plan.price(Interval::Year)), Some(Price::NotStated));
}
