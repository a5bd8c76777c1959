//! When a routing rule applies: conditions on what is known of a conversation when it needs a place. Pure.

use std::collections::BTreeSet;

use kernel::{BusinessId, ChannelId, LabelId, TeamId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::EscalationReason;

/// The conditions of a rule. All that are given have to hold; of a list, one entry is enough. None at all match every
/// conversation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = RoutingConditions)]
pub struct Conditions {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub channel_ids: Vec<ChannelId>,
    /// Labels of the conversation or of its customer.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub label_ids: Vec<LabelId>,
    /// The customer's language as two or three letters: `es` holds for `es-MX` too.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub languages: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub business_ids: Vec<BusinessId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub within: Option<Within>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub customer_field: Option<CustomerCondition>,
    /// The AI handed the conversation over for one of these reasons.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 4)]
    pub escalation_reasons: Vec<EscalationReason>,
}

/// When, by the workspace's clock. Hours and shifts are half-open: who begins at 13:00 follows who ends then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RoutingWithin)]
pub enum Within {
    BusinessHours,
    OutsideBusinessHours,
    /// While somebody of this team is on shift.
    ShiftOf(TeamId),
}

/// A condition on the customer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RoutingCustomerCondition)]
pub struct CustomerCondition {
    pub field: CustomerField,
    /// Compared without regard to case.
    #[schema(min_length = 1, max_length = 200)]
    pub is: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RoutingCustomerField)]
pub enum CustomerField {
    /// What stands behind the @ of the customer's address.
    EmailDomain,
    /// What the customer's telephone number begins with, such as `+49`.
    PhonePrefix,
    /// How the customer came in.
    Source,
    /// `yes` for whom the website vouches for with a signature, else `no`.
    Identified,
}

impl CustomerField {
    /// Whether it tells something of what masking hides (INV-20).
    pub const fn is_masked(self) -> bool {
        matches!(self, Self::EmailDomain | Self::PhonePrefix)
    }
}

/// What is known of a conversation when it needs a place.
#[derive(Debug, Clone)]
pub struct Known {
    pub channel: ChannelId,
    pub business: BusinessId,
    /// The conversation's and its customer's.
    pub labels: BTreeSet<LabelId>,
    pub customer: KnownCustomer,
    pub escalation: Option<EscalationReason>,
    pub in_business_hours: bool,
    /// Teams of which somebody is on shift.
    pub on_shift: BTreeSet<TeamId>,
}

/// What is known of the customer.
#[derive(Debug, Clone, Default)]
pub struct KnownCustomer {
    pub email: Option<String>,
    pub phone: Option<String>,
    pub locale: Option<String>,
    pub source: String,
    pub identified: bool,
}

impl Conditions {
    pub fn hold_for(&self, known: &Known) -> bool {
        (self.channel_ids.is_empty() || self.channel_ids.contains(&known.channel))
            && (self.label_ids.is_empty() || self.label_ids.iter().any(|label| known.labels.contains(label)))
            && (self.languages.is_empty() || known.customer.speaks(&self.languages))
            && (self.business_ids.is_empty() || self.business_ids.contains(&known.business))
            && self.within.is_none_or(|within| within.holds_for(known))
            && self.customer_field.as_ref().is_none_or(|field| field.holds_for(&known.customer))
            && (self.escalation_reasons.is_empty()
                || known.escalation.is_some_and(|reason| self.escalation_reasons.contains(&reason)))
    }

    /// Whether every conversation that the others hold for, these hold for too: behind a rule with these, one with the
    /// others never gets a turn.
    pub fn cover(&self, others: &Self) -> bool {
        covers(&self.channel_ids, &others.channel_ids)
            && covers(&self.label_ids, &others.label_ids)
            && covers(&self.languages, &others.languages)
            && covers(&self.business_ids, &others.business_ids)
            && self.within.is_none_or(|within| others.within == Some(within))
            && (self.customer_field.is_none() || self.customer_field == others.customer_field)
            && covers(&self.escalation_reasons, &others.escalation_reasons)
    }
}

/// An empty list asks for nothing.
fn covers<T: PartialEq>(mine: &[T], others: &[T]) -> bool {
    mine.is_empty() || (!others.is_empty() && others.iter().all(|other| mine.contains(other)))
}

impl Within {
    fn holds_for(self, known: &Known) -> bool {
        match self {
            Self::BusinessHours => known.in_business_hours,
            Self::OutsideBusinessHours => !known.in_business_hours,
            Self::ShiftOf(team) => known.on_shift.contains(&team),
        }
    }
}

impl CustomerCondition {
    fn holds_for(&self, customer: &KnownCustomer) -> bool {
        let is = self.is.trim().to_lowercase();
        match self.field {
            CustomerField::EmailDomain => {
                let domain = customer.email.as_deref().and_then(|email| email.rsplit_once('@'));
                domain.is_some_and(|(_, domain)| domain.to_lowercase() == is.trim_start_matches('@'))
            }
            CustomerField::PhonePrefix => customer.phone.as_deref().is_some_and(|phone| phone.starts_with(&is)),
            CustomerField::Source => customer.source.to_lowercase() == is,
            CustomerField::Identified => is == if customer.identified { "yes" } else { "no" },
        }
    }
}

impl KnownCustomer {
    fn speaks(&self, languages: &[String]) -> bool {
        let Some(locale) = &self.locale else { return false };
        let language = locale.split(['-', '_']).next().unwrap_or(locale);
        languages.iter().any(|wanted| wanted.eq_ignore_ascii_case(language))
    }
}

#[cfg(test)]
mod tests {
    use kernel::{BusinessId, ChannelId};
    use uuid::Uuid;

    use super::*;

    fn id<T: From<Uuid>>(n: u128) -> T {
        T::from(Uuid::from_u128(n))
    }

    fn known() -> Known {
        let customer = KnownCustomer {
            email: Some("kim@Shop.example".into()),
            phone: Some("+4930123".into()),
            locale: Some("es-MX".into()),
            source: "website_chat".into(),
            identified: true,
        };
        Known {
            channel: id(1),
            business: id(2),
            labels: [id(3)].into(),
            customer,
            escalation: Some(EscalationReason::Frustration),
            in_business_hours: true,
            on_shift: [id(4)].into(),
        }
    }

    /// Each condition alone, as it holds for [`known`] and as it does not.
    fn conditions() -> Vec<(Conditions, Conditions)> {
        let none = Conditions::default;
        let channels = |n| Conditions { channel_ids: vec![id::<ChannelId>(n)], ..none() };
        let labels = |n| Conditions { label_ids: vec![id(n)], ..none() };
        let languages = |l: &str| Conditions { languages: vec![l.into()], ..none() };
        let businesses = |n| Conditions { business_ids: vec![id::<BusinessId>(n)], ..none() };
        let within = |within| Conditions { within: Some(within), ..none() };
        let field =
            |field, is: &str| Conditions { customer_field: Some(CustomerCondition { field, is: is.into() }), ..none() };
        let reasons = |reason| Conditions { escalation_reasons: vec![reason], ..none() };
        vec![
            (channels(1), channels(9)),
            (labels(3), labels(9)),
            (languages("ES"), languages("en")),
            (businesses(2), businesses(9)),
            (within(Within::BusinessHours), within(Within::OutsideBusinessHours)),
            (within(Within::ShiftOf(id(4))), within(Within::ShiftOf(id(9)))),
            (field(CustomerField::EmailDomain, "@shop.EXAMPLE"), field(CustomerField::EmailDomain, "example")),
            (field(CustomerField::PhonePrefix, "+49"), field(CustomerField::PhonePrefix, "+1")),
            (field(CustomerField::Source, "website_chat"), field(CustomerField::Source, "import")),
            (field(CustomerField::Identified, "yes"), field(CustomerField::Identified, "no")),
            (reasons(EscalationReason::Frustration), reasons(EscalationReason::CustomerRequest)),
        ]
    }

    #[test]
    fn each_condition_holds_for_what_it_names_and_for_nothing_else() {
        for (holds, fails) in conditions() {
            assert!(holds.hold_for(&known()), "{holds:?}");
            assert!(!fails.hold_for(&known()), "{fails:?}");
        }
        assert!(Conditions::default().hold_for(&known()));
    }

    #[test]
    fn all_conditions_have_to_hold_and_one_entry_of_a_list() {
        let both = Conditions { channel_ids: vec![id(9), id(1)], label_ids: vec![id(3)], ..Conditions::default() };
        assert!(both.hold_for(&known()));
        assert!(!Conditions { label_ids: vec![id(9)], ..both }.hold_for(&known()));
    }

    #[test]
    fn what_is_not_known_of_a_customer_holds_for_no_condition_on_it() {
        let known = Known { customer: KnownCustomer::default(), escalation: None, ..known() };
        for (holds, _) in conditions() {
            let asks_for_it = holds.customer_field.is_some() || !holds.languages.is_empty();
            if asks_for_it || !holds.escalation_reasons.is_empty() {
                assert!(!holds.hold_for(&known), "{holds:?}");
            }
        }
    }

    #[test]
    fn conditions_cover_their_narrower_ones_only() {
        let everything = Conditions::default();
        for (one, other) in conditions() {
            assert!(one.cover(&one) && everything.cover(&one), "{one:?}");
            assert!(!one.cover(&other) && !one.cover(&everything), "{one:?}");
            let narrower = Conditions { business_ids: vec![id(2)], channel_ids: vec![id(1)], ..one.clone() };
            assert!(one.cover(&narrower), "{one:?}");
        }
        let two = Conditions { channel_ids: vec![id(1), id(2)], ..everything.clone() };
        let three = Conditions { channel_ids: vec![id(2), id(3)], ..everything };
        assert!(!two.cover(&three) && !three.cover(&two), "they only overlap");
    }
}
