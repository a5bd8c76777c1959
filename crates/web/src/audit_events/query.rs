//! What both the list and the export are narrowed by.

use kernel::Problem;
use tenancy::AuditFilter;

/// Declares a query with the filters of the log and some parameters of its own.
macro_rules! narrowed {
    ($name:ident { $($(#[$meta:meta])* $field:ident: $type:ty,)* }) => {
        #[derive(serde::Deserialize, utoipa::IntoParams)]
        #[into_params(parameter_in = Query)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name {
            /// A member, visitor or channel.
            actor_id: Option<uuid::Uuid>,
            /// `noun.happened`.
            #[param(max_length = 64, pattern = "^[a-z_.]+$")]
            kind: Option<String>,
            /// A noun.
            #[param(max_length = 64, pattern = "^[a-z_]+$")]
            subject_kind: Option<String>,
            /// Goes with `subject_kind`.
            subject_id: Option<uuid::Uuid>,
            /// From this moment on.
            from: Option<kernel::Timestamp>,
            /// Before this moment.
            to: Option<kernel::Timestamp>,
            #[param(inline)]
            outcome: Option<tenancy::Outcome>,
            $($(#[$meta])* $field: $type,)*
        }

        impl $name {
            fn filter(&self) -> Result<tenancy::AuditFilter, kernel::Problem> {
                $crate::audit_events::query::checked(tenancy::AuditFilter {
                    actor: self.actor_id,
                    kind: self.kind.clone(),
                    subject_kind: self.subject_kind.clone(),
                    subject_id: self.subject_id,
                    from: self.from,
                    to: self.to,
                    outcome: self.outcome,
                })
            }
        }
    };
}
pub(crate) use narrowed;

/// Names are of the program's own alphabet: an export's record repeats them.
pub(crate) fn checked(filter: AuditFilter) -> Result<AuditFilter, Problem> {
    let is_name = |name: &String| {
        (1..=64).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase() || b"_.".contains(&byte))
    };
    let refused = |parameter: &str, detail: &str| Problem::field(parameter, "invalid_parameter", detail);
    if filter.kind.as_ref().is_some_and(|kind| !is_name(kind)) {
        return Err(refused("/kind", "is not the name of an event"));
    }
    if filter.subject_kind.as_ref().is_some_and(|kind| !is_name(kind)) {
        return Err(refused("/subject_kind", "is not a noun"));
    }
    if filter.subject_id.is_some() && filter.subject_kind.is_none() {
        return Err(refused("/subject_id", "goes with subject_kind"));
    }
    Ok(filter)
}
