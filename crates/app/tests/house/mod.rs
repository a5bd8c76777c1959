//! What must hold for the house as a whole, whatever it does.

mod cells;
mod crash;
pub(crate) mod doors;
mod erasure;
mod floors;
mod mirror;
mod openapi;
mod relations;
mod requirements;
mod rights;
mod role_names;
mod schema;

use serde_json::{Map, Value};

/// The committed API document.
pub(crate) const DOCUMENT: &str = include_str!("../../../../openapi.json");

/// One operation of the document.
pub(crate) struct Operation {
    pub(crate) name: String,
    pub(crate) method: String,
    pub(crate) path: String,
    /// The permission it asks for, or two of which either is enough: `a|b`.
    pub(crate) permission: Option<String>,
    /// `anyone`, `account`, `operator`, `member` or `visitor`.
    pub(crate) admits: String,
    /// An API key is a way in, too.
    pub(crate) admits_keys: bool,
    pub(crate) streams: bool,
    pub(crate) tells_problems: bool,
}

/// The ways in, each as an object of one member.
fn schemes(operation: &Value) -> impl Iterator<Item = &Map<String, Value>> {
    operation["security"].as_array().into_iter().flatten().filter_map(Value::as_object)
}

pub(crate) fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(DOCUMENT).expect("JSON");
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let text = |field: &str| operation[field].as_str().map(str::to_owned);
            operations.push(Operation {
                name: text("operationId").unwrap_or_else(|| panic!("{method} {path} has no operationId")),
                method: method.to_uppercase(),
                path: path.clone(),
                permission: text("x-permission"),
                admits: text("x-admits").unwrap_or_else(|| panic!("{method} {path} does not say whom it admits")),
                admits_keys: schemes(operation).any(|scheme| scheme.contains_key("api_key")),
                streams: operation["responses"]["200"]["content"].get("text/event-stream").is_some(),
                tells_problems: operation["responses"]["default"]["content"].get("application/problem+json").is_some(),
            });
        }
    }
    assert!(!operations.is_empty());
    operations
}
