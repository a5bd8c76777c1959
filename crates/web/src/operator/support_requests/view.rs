//! A request with who asked, and where.

use billing::support_request::SupportRequest;
use serde::Serialize;
use tenancy::Session;
use utoipa::ToSchema;

use crate::{
    Failure, operator::workspaces::view::NamedWorkspace, support_requests::view::SupportRequestView, view::list_of,
};

#[derive(Debug, Serialize, ToSchema)]
pub struct OperatorRequestView {
    pub workspace: NamedWorkspace,
    /// The name of the member who asked.
    pub asked_by: String,
    pub request: SupportRequestView,
}

list_of!(OperatorRequestList, OperatorRequestView);

impl OperatorRequestView {
    pub async fn of(session: &mut Session, request: SupportRequest) -> Result<Self, Failure> {
        let workspace = directory::workspace(session).await?;
        let asked_by = directory::member_name(session, request.asked_by).await?.unwrap_or_default();
        Ok(Self {
            workspace: NamedWorkspace { id: workspace.id, name: workspace.name },
            asked_by,
            request: request.into(),
        })
    }
}
