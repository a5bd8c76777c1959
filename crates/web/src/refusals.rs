//! A refusal that leaves a workspace is recorded there: who was refused what, and where (OWN-16). What is allowed
//! costs nothing but remembering which workspace was entered.

use std::sync::{Arc, OnceLock};

use axum::http::{Method, request::Parts};
use kernel::Problem;
use serde_json::json;
use tenancy::{Permission, Scope, Subject, access_log};
use uuid::Uuid;

/// The workspace that a request entered, and as whom. Its door notes it; the street asks when a refusal leaves.
#[derive(Clone, Default)]
pub(crate) struct Entrance(Arc<OnceLock<Scope>>);

/// Where a request went.
pub(crate) struct Destination<'a> {
    pub(crate) method: &'a Method,
    /// The path with its parameters' names.
    pub(crate) route: &'a str,
    pub(crate) path: &'a str,
}

impl Entrance {
    pub(crate) fn note(parts: &Parts, scope: &Scope) {
        if let Some(Self(entered)) = parts.extensions.get() {
            // A door that enters twice enters the same workspace.
            let _ = entered.set(scope.clone());
        }
    }

    /// Records a refusal of a member. Visitors have no rights that could be refused to them, and what a preview does not
    /// show says nothing about who looks.
    pub(crate) async fn record(&self, destination: &Destination<'_>, problem: &Problem) {
        let is_of_a_member = |scope: &&Scope| scope.member().is_some() && !scope.is_preview();
        let Some(scope) = self.0.get().filter(is_of_a_member) else { return };
        let told = |name: &str| problem.extra.get(name).and_then(|value| value.as_str());
        let permission = told("permission").and_then(Permission::parse);
        let mut payload = json!({
            "code": problem.code,
            "method": destination.method.as_str(),
            "path": destination.route,
        });
        for name in ["decided_by", "required_scope", "entitlement"] {
            if let Some(value) = told(name) {
                payload[name] = json!(value);
            }
        }
        let subject = destination.object().unwrap_or_else(|| Subject::new("workspace", scope.workspace()));
        access_log::denied(scope, permission, subject, payload).await;
    }
}

impl Destination<'_> {
    /// The last thing that the path names by an id, other than the workspace.
    fn object(&self) -> Option<Subject> {
        let named = self.route.split('/').zip(self.path.split('/')).filter_map(|(name, value)| {
            let noun = name.strip_prefix('{')?.strip_suffix("_id}")?;
            Some(Subject::new(noun.to_owned(), value.parse::<Uuid>().ok()?))
        });
        named.filter(|subject| subject.kind != "workspace").last()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_names_its_object() {
        let id = Uuid::from_u128(7);
        let object = |route: &str, path: &str| Destination { method: &Method::GET, route, path }.object();
        let path = format!("/w/{id}/customers/{id}/labels/x");
        assert_eq!(
            object("/w/{workspace_id}/customers/{customer_id}/labels/{label_id}", &path),
            Some(Subject::new("customer", id))
        );
        assert_eq!(object("/w/{workspace_id}/members", &format!("/w/{id}/members")), None);
    }
}
