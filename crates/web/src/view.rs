//! What views of every noun share: abilities and pages.

use std::{borrow::Cow, collections::BTreeMap};

use directory::Bar;
use kernel::Limit;
use serde::{Deserialize, Serialize, Serializer};
use tenancy::{Ability, Permission};
use utoipa::{
    IntoParams, PartialSchema, ToSchema,
    openapi::{ObjectBuilder, OneOfBuilder, Ref, RefOr, Schema, schema::AdditionalProperties, schema::Type},
};

/// The caller's abilities on a resource, by permission: true, or the reason why not (ruling 17).
#[derive(Debug, Clone)]
pub struct Can(BTreeMap<&'static str, Ability>);

impl Can {
    pub fn new(abilities: impl IntoIterator<Item = (Permission, Ability)>) -> Self {
        Self(abilities.into_iter().map(|(permission, ability)| (permission.name(), ability)).collect())
    }
}

impl Serialize for Can {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(permission, ability)| (permission, AbilityView(*ability))))
    }
}

/// Whether an event tells of what members tell each other, which is for those alone who see notes.
pub(crate) fn is_of_notes(kind: &str) -> bool {
    kind.starts_with("note.") || kind.starts_with("customer_note.")
}

/// True, or the reason why not.
#[derive(Debug, Clone, Copy)]
pub struct AbilityView(pub Ability);

impl Serialize for AbilityView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.reason() {
            None => serializer.serialize_bool(true),
            Some(reason) => serializer.serialize_str(reason),
        }
    }
}

impl PartialSchema for AbilityView {
    fn schema() -> RefOr<Schema> {
        let yes = ObjectBuilder::new().schema_type(Type::Boolean).enum_values(Some([true]));
        let ability = OneOfBuilder::new().item(yes).item(Ref::from_schema_name("DenialReason"));
        ability.description(Some("True, or the reason why not.")).into()
    }
}
impl ToSchema for AbilityView {
    fn name() -> Cow<'static, str> {
        "Ability".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        let reasons = ["role", "seat_type", "plan", "state", "relation", "key", "preview"];
        let reasons: Vec<_> = reasons.into_iter().chain(Bar::ALL.map(Bar::name)).collect();
        let reason = ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(reasons))
            .description(Some("What decides that the caller may not."));
        schemas.push(("DenialReason".into(), reason.into()));
    }
}

impl PartialSchema for Can {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Object)
            .description(Some("The caller's abilities, by permission."))
            .additional_properties(Some(AdditionalProperties::RefOr(RefOr::Ref(Ref::from_schema_name("Ability")))))
            .into()
    }
}
impl ToSchema for Can {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        AbilityView::schemas(schemas);
        schemas.push((AbilityView::name().into(), AbilityView::schema()));
    }
}

/// What every list without filters takes.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PageQuery {
    #[param(value_type = Option<i32>, minimum = 1, maximum = 100, default = 25)]
    pub(crate) limit: Option<Limit>,
    pub(crate) cursor: Option<String>,
}

/// Declares `$name { items, next_cursor }`, the shape of every list.
macro_rules! list_of {
    ($(#[$doc:meta])* $name:ident, $item:ty) => {
        $(#[$doc])*
        #[derive(Debug, serde::Serialize, utoipa::ToSchema)]
        pub struct $name {
            pub items: Vec<$item>,
            /// Where the next page starts; null on the last one.
            #[schema(required)]
            pub next_cursor: Option<String>,
        }

        impl From<kernel::Page<$item>> for $name {
            fn from(page: kernel::Page<$item>) -> Self {
                Self { items: page.items, next_cursor: page.next.map(|cursor| cursor.to_string()) }
            }
        }
    };
}
pub(crate) use list_of;
