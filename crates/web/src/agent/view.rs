use conversations::{Agent, AgentWork, DraftState, Mode};
use serde::Serialize;
use utoipa::ToSchema;

/// The AI of a workspace, and what it does.
#[derive(Debug, Serialize, ToSchema)]
pub struct AgentView {
    pub name: String,
    /// Whether people switched it on.
    pub enabled: bool,
    /// Whether it answers.
    pub answers: bool,
    /// Whether the program has an AI that could be switched on.
    pub available: bool,
    /// What keeps it from answering: `no_model` where the program has no AI any more.
    #[schema(required)]
    pub paused_reason: Option<String>,
    /// Open conversations by who answers them.
    pub conversations: Vec<AgentConversations>,
    /// What it wrote in the last 24 hours, by what became of it.
    pub drafts: Vec<AgentDrafts>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AgentConversations {
    pub mode: Mode,
    pub count: i64,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct AgentDrafts {
    pub state: DraftState,
    pub count: i64,
}

impl AgentView {
    pub(crate) fn of(agent: Agent, work: AgentWork, available: bool) -> Self {
        Self {
            enabled: agent.enabled,
            answers: agent.answers(),
            available,
            name: agent.name,
            paused_reason: agent.paused_reason,
            conversations: work.modes.into_iter().map(|(mode, count)| AgentConversations { mode, count }).collect(),
            drafts: work.drafts.into_iter().map(|(state, count)| AgentDrafts { state, count }).collect(),
        }
    }
}
