//! The doors: a route and its line in the OpenAPI document, made together from the handler, so that neither can
//! exist without the other.

use axum::Router;
use serde_json::json;
use tenancy::Permission;
use utoipa::openapi::{
    Content, ObjectBuilder, OpenApi, Ref, RefOr, ResponseBuilder, Type,
    extensions::ExtensionsBuilder,
    path::{Operation, Parameter, ParameterBuilder, ParameterIn, Paths},
    schema::Schema,
    security::SecurityRequirement,
};

use crate::{
    App,
    allowed::{Entry, Who},
};

/// A handler seen by its signature: the first parameter is an [`Entry`].
pub trait Door<Args> {
    const PERMISSIONS: [Option<&'static str>; 2];
    const WHO: Who;
}

macro_rules! door_by_signature {
    ($($param:ident),*) => {
        impl<F, Fut, E: Entry $(, $param)*> Door<(E, $($param,)*)> for F
        where F: Fn(E $(, $param)*) -> Fut, Fut: Future
        {
            const PERMISSIONS: [Option<&'static str>; 2] = E::PERMISSIONS;
            const WHO: Who = E::WHO;
        }
    };
}
door_by_signature!();
door_by_signature!(A);
door_by_signature!(A, B);
door_by_signature!(A, B, C);
door_by_signature!(A, B, C, D);
door_by_signature!(A, B, C, D, E2);

/// What a handler's signature says.
pub fn signature<Args, H: Door<Args>>(_: &H) -> (String, Who) {
    let permissions: Vec<_> = H::PERMISSIONS.into_iter().flatten().collect();
    (permissions.join("|"), H::WHO)
}

/// What utoipa makes of a handler: its schemas, its path item and its route.
pub type Described = (Vec<(String, RefOr<Schema>)>, Paths, axum::routing::MethodRouter<App>);

/// The router and the document growing side by side.
pub struct Doors {
    router: Router<App>,
    document: OpenApi,
}

/// Opens one door: `door!(doors, conversations::show)`.
#[macro_export]
macro_rules! door {
    ($doors:ident, $handler:path) => {
        $doors.open(utoipa_axum::routes!($handler), $crate::door::signature(&$handler));
    };
}

impl Doors {
    pub fn new(document: OpenApi) -> Self {
        Self { router: Router::new(), document }
    }

    pub fn open(&mut self, (schemas, paths, route): Described, (permission, who): (String, Who)) {
        for (path, mut item) in paths.paths {
            let operations = [&mut item.get, &mut item.put, &mut item.post, &mut item.delete, &mut item.patch];
            for operation in operations.into_iter().flatten() {
                finish(operation, &permission, who);
            }
            if let Some(post) = item.post.as_mut().filter(|_| takes_key(&path, who)) {
                post.parameters.get_or_insert_default().push(idempotency_key());
            }
            self.router = std::mem::take(&mut self.router).route(&path, route.clone());
            let mut one = Paths::new();
            one.paths.insert(path, item);
            self.document.paths.merge(one);
        }
        let components = self.document.components.get_or_insert_default();
        components.schemas.extend(schemas);
    }

    pub fn finish(self) -> (Router<App>, OpenApi) {
        (self.router, self.document)
    }
}

/// Whether a POST can be repeated under an `Idempotency-Key`: every one, but for those that hand out a session's token,
/// which is a secret (ruling 34). Visitors' messages carry an id of their own instead.
fn takes_key(path: &str, who: Who) -> bool {
    const HAND_OUT_A_TOKEN: [&str; 3] =
        ["/api/v1/sessions", "/api/v1/accounts", "/api/v1/sessions/current/confirmation"];
    matches!(who, Who::Account | Who::Operator | Who::Member) && !HAND_OUT_A_TOKEN.contains(&path)
}

fn idempotency_key() -> RefOr<Parameter> {
    let text = ObjectBuilder::new().schema_type(Type::String).min_length(Some(1)).max_length(Some(255));
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .description(Some("The same key and body answers the first result again, for 24 hours."))
        .schema(Some(text))
        .build()
        .into()
}

/// Whether an API key can hold the permission, or one of the two.
fn admits_keys(permission: &str) -> bool {
    permission.split('|').filter_map(Permission::parse).any(|permission| !permission.is_owner_equivalent())
}

/// What every operation says alike: its right (`a|b` where either is enough), whom it admits and that every refusal is a problem.
fn finish(operation: &mut Operation, permission: &str, who: Who) {
    let mut extensions = ExtensionsBuilder::new();
    if !permission.is_empty() {
        extensions = extensions.add("x-permission", json!(permission));
    }
    extensions = extensions.add(
        "x-admits",
        json!(match who {
            Who::Anyone => "anyone",
            Who::Account => "account",
            Who::Operator => "operator",
            Who::Member => "member",
            Who::Visitor => "visitor",
        }),
    );
    operation.extensions.get_or_insert_default().merge(extensions.build());
    let schemes: &[&str] = match who {
        Who::Anyone => &[],
        Who::Member if admits_keys(permission) => &["session", "api_key"],
        Who::Account | Who::Operator | Who::Member => &["session"],
        Who::Visitor => &["visitor"],
    };
    let required = schemes.iter().map(|scheme| SecurityRequirement::new::<_, [&str; 0], &str>(*scheme, []));
    operation.security = (!schemes.is_empty()).then(|| required.collect());
    let problem = ResponseBuilder::new()
        .description("A refusal")
        .content("application/problem+json", Content::new(Some(Ref::from_schema_name("Problem"))))
        .build();
    operation.responses.responses.entry("default".to_owned()).or_insert(RefOr::T(problem));
}
