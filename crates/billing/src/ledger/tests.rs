//! The rules of the pool, without a database.

use std::collections::BTreeMap;

use kernel::Timestamp;
use rand::{Rng, SeedableRng, rngs::StdRng};
use serde::Deserialize;

use super::{
    Credits, EntryKind, LedgerRefusal,
    account::{Account, Posting, thresholds},
};

fn empty() -> Account {
    Account {
        granted: 0,
        purchased: 0,
        reserved: 0,
        entries: 0,
        unlimited: false,
        grant_size: 0,
        thresholds: Vec::new(),
        warned: None,
        month_start: Timestamp::from_millis(0),
        month_end: None,
    }
}

fn holding(granted: i64, purchased: i64) -> Account {
    Account { granted, purchased, ..empty() }
}

#[derive(Deserialize)]
struct Vectors {
    low_balance: Vec<LowBalance>,
}

#[derive(Deserialize)]
struct LowBalance {
    name: String,
    grant: i64,
    percent: Vec<i64>,
    balances: Vec<i64>,
    tells: BTreeMap<String, Vec<usize>>,
}

#[test]
fn inv_35_each_threshold_is_told_once_for_each_time_the_balance_comes_down_to_it() {
    let vectors: Vectors = toml::from_str(include_str!("vectors.toml")).expect("vectors");
    for LowBalance { name, grant, percent, balances, tells } in vectors.low_balance {
        let mut account = empty();
        account.granted = grant;
        account.begin_month(grant, &percent);
        let mut told: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, balance) in balances.into_iter().enumerate() {
            account.granted = balance;
            if let Some(threshold) = account.crossed() {
                told.entry(threshold.to_string()).or_default().push(place);
            }
        }
        assert_eq!(told, tells, "{name}");
    }
}

#[test]
fn thresholds_are_shares_of_the_grant_and_each_stands_once() {
    assert_eq!(thresholds(2000, &[20, 5, 0]), [400, 100, 0]);
    assert_eq!(thresholds(3, &[20, 5, 0]), [0]);
    assert_eq!(thresholds(i64::MAX, &[100, 0]), [i64::MAX, 0]);
}

#[test]
fn the_grant_is_spent_first_and_what_was_bought_after_it() {
    let mut account = holding(30, 100);
    let spent = account.post(EntryKind::Consume, -50).expect("there is as much");
    assert_eq!(spent, Posting { seq: 1, kind: EntryKind::Consume, amount: -50, of_grant: -30, balance: 80 });
    assert_eq!((account.granted, account.purchased), (0, 80));
}

#[test]
fn inv_31_no_more_is_reserved_or_spent_than_there_is() {
    let mut account = holding(10, 5);
    account.reserve(12).expect("there is as much");
    assert!(matches!(account.reserve(4), Err(LedgerRefusal::Insufficient { available: 3 })));
    assert!(matches!(account.post(EntryKind::Adjust, -4), Err(LedgerRefusal::Insufficient { available: 3 })));
    account.reserve(3).expect("the rest");
    assert_eq!(account.available(), 0);
}

#[test]
fn a_refund_of_what_was_spent_leaves_less_than_nothing_and_the_next_grant_makes_up_for_it() {
    let mut account = holding(20, 30);
    let refund = account.post(EntryKind::Refund, -100).expect("a refund is never refused");
    assert_eq!((refund.of_grant, refund.balance), (-20, -50));
    assert_eq!((account.granted, account.purchased, account.available()), (0, -50, 0));
    assert!(matches!(account.reserve(1), Err(LedgerRefusal::Insufficient { available: 0 })));
    let grant = account.post(EntryKind::Grant, 200).expect("a grant");
    assert_eq!((grant.of_grant, grant.balance), (150, 150));
    assert_eq!((account.granted, account.purchased), (150, 0));
}

#[test]
fn what_cannot_be_counted_is_refused_and_changes_nothing() {
    let full = holding(0, i64::MAX - 5);
    for (kind, amount) in [(EntryKind::Purchase, 6), (EntryKind::Grant, 6), (EntryKind::Adjust, i64::MAX)] {
        let mut account = full.clone();
        assert!(matches!(account.post(kind, amount), Err(LedgerRefusal::Overflow)), "{kind:?}");
        assert_eq!(account, full);
    }
    let mut deep = holding(0, i64::MIN + 5);
    assert!(matches!(deep.post(EntryKind::Refund, -6), Err(LedgerRefusal::Overflow)));
    assert!(matches!(deep.post(EntryKind::Consume, i64::MIN), Err(LedgerRefusal::Overflow)));
    for nothing in [0, -1, i64::MIN, Credits::MAX + 1] {
        assert!(Credits::try_from(nothing).is_err(), "{nothing}");
    }
}

/// T-J5: whatever happens in whatever order, entries add up, nothing is minted but by a grant, a purchase or the
/// operator, and only who takes a payment back takes the balance below zero.
#[test]
fn inv_30_inv_31_whatever_happens_the_entries_add_up() {
    for seed in 0..200 {
        let mut random = StdRng::seed_from_u64(seed);
        let (mut account, mut entries, mut minted) = (empty(), Vec::new(), 0_i64);
        let mut open: Vec<i64> = Vec::new();
        for _ in 0..400 {
            let amount = random.random_range(1..200);
            let before = account.clone();
            let posted = match random.random_range(0..9) {
                0 => account.post(EntryKind::Grant, amount),
                1 => account.post(EntryKind::Expire, -random.random_range(0..=account.granted)),
                2 => account.post(EntryKind::Purchase, amount),
                3 => account.post(EntryKind::Refund, -amount),
                4 => account.post(EntryKind::Dispute, -amount),
                5 => account.post(EntryKind::Adjust, random.random_range(-200..200)),
                6 => match account.reserve(amount) {
                    Ok(()) => {
                        open.push(amount);
                        continue;
                    }
                    Err(refusal) => Err(refusal),
                },
                7 | 8 if open.is_empty() => continue,
                settle => {
                    let reserved = open.swap_remove(random.random_range(0..open.len()));
                    account.release(reserved);
                    if settle == 7 {
                        continue;
                    }
                    account.post(EntryKind::Consume, -random.random_range(1..=reserved))
                }
            };
            while account.overdrawn() > 0 {
                account.release(open.pop().expect("what is overdrawn is reserved"));
            }
            match posted {
                Ok(posting) => {
                    minted += match posting.kind {
                        EntryKind::Grant | EntryKind::Purchase => posting.amount,
                        EntryKind::Adjust => posting.amount.max(0),
                        _ => 0,
                    };
                    let takes_back = matches!(posting.kind, EntryKind::Refund | EntryKind::Dispute);
                    assert!(takes_back || posting.balance >= before.balance().min(0), "seed {seed}: {posting:?}");
                    entries.push(posting);
                }
                Err(refusal) => {
                    assert!(matches!(refusal, LedgerRefusal::Insufficient { .. }), "seed {seed}: {refusal}");
                    assert_eq!(account.balance(), before.balance(), "seed {seed}: a refusal changes nothing");
                }
            }
            check(&account, &entries, &open, minted);
        }
    }
}

fn check(account: &Account, entries: &[Posting], open: &[i64], minted: i64) {
    let sum: i64 = entries.iter().map(|entry| entry.amount).sum();
    let of_grant: i64 = entries.iter().map(|entry| entry.of_grant).sum();
    assert_eq!((account.balance(), account.granted), (sum, of_grant));
    assert!(entries.iter().zip(1..).all(|(entry, number)| entry.seq == number));
    assert_eq!(account.reserved, open.iter().sum::<i64>());
    assert!(account.granted >= 0 && account.balance() <= minted);
    assert!(account.purchased >= 0 || account.granted == 0, "a debt is paid by the grant first");
    assert!(account.reserved == 0 || account.balance() >= account.reserved, "what is reserved is there");
}
