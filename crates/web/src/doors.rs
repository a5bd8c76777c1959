//! The whole API on one page.

use crate::{
    accounts, agent, api_keys, attachments, audit_events, authz, bulk_actions, business_hours, businesses,
    canned_responses, channels, conversations, counters, customers, door, door::Doors, drafts, email_verifications,
    inbox_settings, instance, invitations, labels, macros, me, members, mentions, notification_preferences,
    notifications, onboarding, openapi, ownership_transfers, password_resets, permission_sets, permissions,
    policy_pack, policy_packs, previews, push_subscriptions, realtime, roles, routing_rules, saved_searches, search,
    sessions, shifts, slack, tasks, teams, undo, widget, workspaces,
};

/// Every door, in the order of the document.
pub(crate) fn all() -> Doors {
    let mut doors = Doors::new(openapi::head());
    door!(doors, openapi::show);
    door!(doors, instance::show);

    door!(doors, accounts::create::create);
    door!(doors, sessions::create::create);
    door!(doors, sessions::list::list);
    door!(doors, sessions::delete::delete);
    door!(doors, sessions::confirm::confirm);
    door!(doors, me::show::show);
    door!(doors, me::update::update);
    door!(doors, me::password::put);
    door!(doors, password_resets::create::create);
    door!(doors, password_resets::complete::complete);
    door!(doors, email_verifications::create::create);
    door!(doors, email_verifications::complete::complete);
    door!(doors, invitations::lookup::lookup);
    door!(doors, invitations::accept::accept);

    door!(doors, workspaces::create::create);
    door!(doors, workspaces::show::show);
    door!(doors, workspaces::update::update);
    door!(doors, workspaces::delete::delete);
    door!(doors, workspaces::undelete::undelete);
    door!(doors, policy_packs::list::list);
    door!(doors, ownership_transfers::list::list);
    door!(doors, ownership_transfers::create::create);
    door!(doors, ownership_transfers::accept::accept);
    door!(doors, ownership_transfers::delete::delete);
    door!(doors, onboarding::show::show);
    door!(doors, workspaces::leave::leave);
    door!(doors, members::list::list);
    door!(doors, members::create::create);
    door!(doors, members::show::show);
    door!(doors, members::update::update);
    door!(doors, members::delete::delete);
    door!(doors, members::role::put);
    door!(doors, members::permission_sets::put);
    door!(doors, members::deactivation::put);
    door!(doors, members::deactivation::delete);
    door!(doors, members::exit_receipts::list);
    door!(doors, members::password_reset::create);
    door!(doors, members::sessions::delete);
    door!(doors, members::availability::show);
    door!(doors, members::availability::put);
    door!(doors, members::access_review::show);
    door!(doors, members::review::put);
    door!(doors, permissions::list::list);
    door!(doors, permission_sets::list::list);
    door!(doors, permission_sets::create::create);
    door!(doors, permission_sets::update::update);
    door!(doors, permission_sets::delete::delete);
    door!(doors, roles::list::list);
    door!(doors, roles::create::create);
    door!(doors, roles::update::update);
    door!(doors, roles::delete::delete);
    door!(doors, roles::impact::impact);
    door!(doors, policy_pack::show::show);
    door!(doors, policy_pack::preview::preview);
    door!(doors, policy_pack::update::put);
    door!(doors, authz::matrix::show);
    door!(doors, authz::explain::show);
    door!(doors, previews::create::create);
    door!(doors, previews::delete::delete);
    door!(doors, invitations::list::list);
    door!(doors, invitations::create::create);
    door!(doors, invitations::resend::resend);
    door!(doors, invitations::delete::delete);
    door!(doors, businesses::list::list);
    door!(doors, business_hours::show::show);
    door!(doors, business_hours::update::put);
    door!(doors, inbox_settings::show::show);
    door!(doors, inbox_settings::update::update);
    door!(doors, teams::list::list);
    door!(doors, teams::create::create);
    door!(doors, teams::update::update);
    door!(doors, teams::delete::delete);
    door!(doors, teams::members::put);
    door!(doors, teams::members::delete);
    door!(doors, routing_rules::list::list);
    door!(doors, routing_rules::create::create);
    door!(doors, routing_rules::order::put);
    door!(doors, routing_rules::update::update);
    door!(doors, routing_rules::delete::delete);
    door!(doors, routing_rules::rehearsal::rehearse);
    door!(doors, routing_rules::recipes::channel);
    door!(doors, routing_rules::recipes::shift);
    door!(doors, routing_rules::recipes::label);
    door!(doors, shifts::list::list);
    door!(doors, shifts::create::create);
    door!(doors, shifts::update::update);
    door!(doors, shifts::delete::delete);
    door!(doors, tasks::list::list);
    door!(doors, tasks::create::create);
    door!(doors, tasks::show::show);
    door!(doors, tasks::update::update);
    door!(doors, tasks::delete::delete);
    door!(doors, tasks::comments::list);
    door!(doors, tasks::comments::create);

    door!(doors, api_keys::list::list);
    door!(doors, api_keys::scopes::list);
    door!(doors, api_keys::create::create);
    door!(doors, api_keys::delete::delete);

    door!(doors, audit_events::list::list);
    door!(doors, audit_events::export::export);
    door!(doors, audit_events::verification::create);

    door!(doors, channels::list::list);
    door!(doors, channels::create::create);
    door!(doors, channels::show::show);
    door!(doors, channels::update::update);
    door!(doors, channels::identity_secret::create);

    door!(doors, customers::list::list);
    door!(doors, customers::show::show);
    door!(doors, customers::update::update);
    door!(doors, customers::conversations::list);
    door!(doors, customers::labels::put);
    door!(doors, customers::labels::delete);
    door!(doors, customers::notes::list);
    door!(doors, customers::notes::create);
    door!(doors, customers::notes::update);
    door!(doors, customers::notes::delete);

    door!(doors, conversations::list::list);
    door!(doors, conversations::show::show);
    door!(doors, conversations::messages::list);
    door!(doors, conversations::reply::send);
    door!(doors, conversations::hold::delete);
    door!(doors, conversations::scheduled::list);
    door!(doors, conversations::scheduled::create);
    door!(doors, conversations::scheduled::delete);
    door!(doors, conversations::mode::show);
    door!(doors, conversations::mode::put);
    door!(doors, conversations::claim::claim);
    door!(doors, conversations::assignment::put);
    door!(doors, conversations::assignment::delete);
    door!(doors, conversations::assignment_decisions::list);
    door!(doors, conversations::labels::put);
    door!(doors, conversations::labels::delete);
    door!(doors, conversations::status::put);
    door!(doors, conversations::snooze::put);
    door!(doors, conversations::snooze::delete);
    door!(doors, conversations::read::put);
    door!(doors, conversations::typing::post);
    door!(doors, conversations::presence::post);
    door!(doors, conversations::notes::create);
    door!(doors, conversations::notes::update);
    door!(doors, conversations::notes::delete);
    door!(doors, mentions::check::check);
    door!(doors, labels::list::list);
    door!(doors, labels::create::create);
    door!(doors, labels::update::update);
    door!(doors, labels::delete::delete);
    door!(doors, labels::merge::merge);
    door!(doors, agent::show::show);
    door!(doors, agent::update::put);
    door!(doors, conversations::export::show);
    door!(doors, undo::create::create);
    door!(doors, drafts::list::list);
    door!(doors, drafts::show::show);
    door!(doors, drafts::put::put);
    door!(doors, drafts::delete::delete);
    door!(doors, saved_searches::list::list);
    door!(doors, saved_searches::create::create);
    door!(doors, saved_searches::update::update);
    door!(doors, saved_searches::delete::delete);
    door!(doors, canned_responses::list::list);
    door!(doors, canned_responses::create::create);
    door!(doors, canned_responses::import::create);
    door!(doors, canned_responses::update::update);
    door!(doors, canned_responses::delete::delete);
    door!(doors, canned_responses::rendering::create);
    door!(doors, macros::list::list);
    door!(doors, macros::create::create);
    door!(doors, macros::update::update);
    door!(doors, macros::delete::delete);
    door!(doors, macros::run::create);
    door!(doors, bulk_actions::list::list);
    door!(doors, bulk_actions::create::create);
    door!(doors, bulk_actions::show::show);
    door!(doors, counters::show);
    door!(doors, notifications::list::list);
    door!(doors, notifications::count::show);
    door!(doors, notifications::read::put);
    door!(doors, notifications::read_all::post);
    door!(doors, notification_preferences::show::show);
    door!(doors, notification_preferences::update::put);
    door!(doors, push_subscriptions::key::show);
    door!(doors, push_subscriptions::list::list);
    door!(doors, push_subscriptions::create::create);
    door!(doors, push_subscriptions::delete::delete);
    door!(doors, slack::show::show);
    door!(doors, slack::update::put);
    door!(doors, slack::delete::delete);
    door!(doors, slack::test::post);
    door!(doors, search::query);
    door!(doors, attachments::upload::upload);
    door!(doors, attachments::show::show);
    door!(doors, realtime::member::events);

    door!(doors, widget::config::show);
    door!(doors, widget::visitors::create);
    door!(doors, widget::conversations::list);
    door!(doors, widget::send::send);
    door!(doors, widget::messages::list);
    door!(doors, widget::read::put);
    door!(doors, widget::typing::post);
    door!(doors, widget::attachments::upload);
    door!(doors, widget::attachments::show);
    door!(doors, realtime::visitor::events);
    doors
}
