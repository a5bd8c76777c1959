use axum::Json;
use directory::{Explained, ExplainedStep};
use kernel::{MemberId, Problem, WorkspaceId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tenancy::{Error, MemberSelf, Permission, Reach, RoleView, Session};
use utoipa::{IntoParams, ToSchema};

use super::object::Object;
use crate::{Allowed, Failure, Params, roles::view::ReachView};

#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExplainQuery {
    /// Oneself unless said otherwise; of others it takes `role.view`.
    member_id: Option<MemberId>,
    /// `noun.verb`.
    permission: String,
    /// On what, as `kind:id`: a conversation, a customer, a business or a member. For the whole workspace otherwise.
    resource: Option<String>,
}

/// Why a member may or may not.
#[derive(Debug, Serialize, ToSchema)]
pub struct ExplanationView {
    pub permission: &'static str,
    pub allowed: bool,
    pub reach: ReachView,
    /// What decided that it is not allowed: the name of a step, or the rule of the step `rule`.
    #[schema(required)]
    pub decided_by: Option<&'static str>,
    /// In the order in which they were taken.
    pub steps: Vec<ExplanationStep>,
    /// Active members who could change it, highest first; nobody for who sees no members.
    pub who_can_change: Vec<WhoCanChange>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct ExplanationStep {
    /// membership, role, permission_sets, seat_type, state, plan, visibility, relation, rule or preview.
    pub step: &'static str,
    pub reach_before: ReachView,
    pub reach_after: ReachView,
    /// One sentence.
    pub detail: String,
    /// The same for programs; what is in it depends on the step.
    #[schema(value_type = Object)]
    pub facts: Value,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct WhoCanChange {
    pub member_id: MemberId,
    pub name: String,
}

impl From<Explained> for ExplanationView {
    fn from(explained: Explained) -> Self {
        let named = |(member_id, name)| WhoCanChange { member_id, name };
        Self {
            permission: explained.permission.name(),
            allowed: explained.allowed,
            reach: explained.reach.into(),
            decided_by: explained.decided_by,
            steps: explained.steps.into_iter().map(ExplanationStep::from).collect(),
            who_can_change: explained.who_can_change.into_iter().map(named).collect(),
        }
    }
}

impl From<ExplainedStep> for ExplanationStep {
    fn from(step: ExplainedStep) -> Self {
        let ExplainedStep { step, before, after, detail, facts } = step;
        Self { step, reach_before: before.into(), reach_after: after.into(), detail, facts }
    }
}

/// Why somebody may or may not do something: every step of the decision that doors enforce.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/authz/explain", operation_id = "authz_explain", tag = "rights",
    params(("workspace_id" = WorkspaceId, Path), ExplainQuery),
    responses((status = 200, description = "The explanation", body = ExplanationView))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<MemberSelf>,
    Params(query): Params<ExplainQuery>,
) -> Result<Json<ExplanationView>, Failure> {
    let scope = grant.scope();
    let me = scope.member().ok_or(Error::NotFound)?.id;
    let member = query.member_id.unwrap_or(me);
    if member != me {
        scope.grant::<RoleView>()?;
    }
    let permission = Permission::parse(&query.permission)
        .ok_or_else(|| Problem::field("/permission", "unknown_permission", "There is no such permission."))?;
    let object = query.resource.as_deref().map(|text| resource(text, permission)).transpose()?;
    let mut session = grant.read().await?;
    if let Some(object) = object {
        object.must_be_seen(&mut session).await?;
    }
    let sees_members = session.reach(Permission::MemberView) != Reach::None;
    let mut explained = match scope.access().filter(|_| scope.is_preview() && member == me) {
        Some(access) => {
            let stand = stand(&mut session, permission, object).await?;
            directory::explain_preview(access, permission, stand)
        }
        None => answer(session, member, permission, object).await?,
    };
    if !sees_members {
        explained.who_can_change.clear();
    }
    Ok(Json(explained.into()))
}

/// The explanation, for whoever may ask and sees the thing.
///
/// # Errors
/// No such member, or the database cannot answer.
pub async fn answer(
    mut session: Session,
    member: MemberId,
    permission: Permission,
    object: Option<Object>,
) -> Result<Explained, Problem> {
    let standing = session.standing_of(member).await?;
    let mut theirs = session.as_seen_by(&standing)?;
    let stand = stand(&mut theirs, permission, object).await?;
    Ok(directory::explain(&mut theirs, &standing, permission, stand).await?)
}

async fn stand(
    session: &mut Session,
    permission: Permission,
    object: Option<Object>,
) -> Result<Option<directory::Stand>, Problem> {
    match object {
        Some(object) => object.stand(session, permission).await.map(Some),
        None => Ok(None),
    }
}

/// A thing as `kind:id` names it, for a permission that can be asked about it.
///
/// # Errors
/// It is no such thing, or nothing of its kind is one's own for the permission.
pub fn resource(text: &str, permission: Permission) -> Result<Object, Problem> {
    let refused = |code, detail: &str| Problem::field("/resource", code, detail);
    let unknown = "is not a conversation, a customer, a business or a member, as kind:id";
    let object: Object = text.parse().map_err(|()| refused("unknown_kind", unknown))?;
    match object.fits(permission) {
        true => Ok(object),
        false => Err(refused("does_not_fit", "Nothing of this kind is one's own for this permission.")),
    }
}
