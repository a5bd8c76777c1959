//! What becomes of work whose member is not here.

use serde_json::json;

use super::{a_minute_later, assignee, availability, decisions, minutes_later, solve, team};
use crate::support::World;

#[test]
fn a_customer_who_comes_back_finds_somebody_who_is_here_unless_the_workspace_says_otherwise() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    team(&world, "round_robin", &[&bo, &ann]);
    let visitor = world.visitor();
    let conversation = visitor.says("Hello");
    assert_eq!(assignee(&world, &conversation).as_deref(), Some("Bo"));
    solve(&world, &conversation);
    assert_eq!(visitor.says("One more thing"), conversation);
    assert_eq!(assignee(&world, &conversation).as_deref(), Some("Bo"), "who had it is here");
    solve(&world, &conversation);
    availability(&bo, "away");
    assert_eq!(assignee(&world, &conversation).as_deref(), Some("Bo"), "away keeps what they have");
    visitor.says("And another");
    assert_eq!(assignee(&world, &conversation).as_deref(), Some("Ann"));
    let told = &decisions(&world, &conversation)[0];
    assert_eq!((&told["cause"], &told["considered"][0]["reason"]), (&json!("reopened"), &json!("away")));

    ann.patch("inbox-settings", json!({ "requeue_on_reopen_unavailable": false })).ok();
    availability(&ann, "away");
    solve(&world, &conversation);
    visitor.says("The last one");
    assert_eq!(assignee(&world, &conversation).as_deref(), Some("Ann"));
}

#[test]
fn what_somebody_holds_who_stays_away_goes_to_who_is_here_after_the_teams_minutes() {
    let world = World::new();
    let (ann, bo) = (world.ann(), world.bo());
    let team = team(&world, "round_robin", &[&bo, &ann]);
    let requeue = json!({ "version": 1, "requeue_on": "away", "requeue_after_minutes": 15 });
    ann.patch(&format!("teams/{team}"), requeue).ok();
    let conversation = world.conversation("Hello");
    availability(&bo, "away");
    minutes_later(&world, 14);
    assert_eq!(assignee(&world, &conversation).as_deref(), Some("Bo"));
    a_minute_later(&world, "what Bo holds to go to Ann", || assignee(&world, &conversation).as_deref() == Some("Ann"));
    let told = &decisions(&world, &conversation)[0];
    assert_eq!((&told["cause"], &told["considered"][0]["reason"]), (&json!("away"), &json!("away")));
}
