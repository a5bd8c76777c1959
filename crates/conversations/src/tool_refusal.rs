use kernel::Problem;

/// What members keep at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    SavedSearch,
    CannedResponse,
    Macro,
}

impl Tool {
    const fn said(self) -> &'static str {
        match self {
            Self::SavedSearch => "saved searches",
            Self::CannedResponse => "canned responses",
            Self::Macro => "macros",
        }
    }
}

/// Why something about the tools of the inbox is refused.
#[derive(Debug, thiserror::Error)]
pub enum ToolRefusal {
    /// Somebody went on from there, or it was taken back already.
    #[error("what was done has been overtaken")]
    Overtaken,
    /// The draft was changed elsewhere since.
    #[error("the draft was changed elsewhere")]
    DraftChanged { version: i64 },
    /// It was changed since it was looked at.
    #[error("it was changed since")]
    Changed { version: i64 },
    #[error("the shortcut is taken")]
    ShortcutTaken,
    #[error("there are too many already")]
    TooMany { tool: Tool, most: usize },
    #[error("what is for a team names the team, and nothing else does")]
    WrongScope,
    #[error("an empty text")]
    Empty,
    /// A canned response names what has no value here.
    #[error("variables without a value")]
    MissingVariables { names: Vec<String> },
    #[error("the file is no table: {0}")]
    NoTable(String),
    #[error("the table has too many rows")]
    TooManyRows { most: usize },
    /// A macro or a bulk action that does nothing, or more than it may.
    #[error("{0}")]
    Actions(&'static str),
    #[error("nothing was selected, or too much")]
    Selection { most: usize },
    /// A merge with itself, in a circle, or of what was merged already.
    #[error("the two cannot be merged")]
    MergeCycle,
    #[error("the two belong to different customers")]
    MergeCustomers,
    #[error("the two belong to different businesses")]
    MergeBusinesses,
    /// A split at no message, or that would leave nothing of the exchange on one side.
    #[error("nothing to split")]
    NothingToSplit,
    /// A split of what does not go on: it is archived, or part of another conversation.
    #[error("the conversation does not go on")]
    SplitClosed,
    /// A split after something that is still under way.
    #[error("something before the split is under way")]
    SplitUnderWay,
}

impl From<ToolRefusal> for Problem {
    fn from(refusal: ToolRefusal) -> Self {
        match refusal {
            ToolRefusal::Overtaken => {
                Self::new(409, "undo.overtaken", "This cannot be undone any more: something happened since.")
            }
            ToolRefusal::DraftChanged { version } => {
                Self::new(409, "draft.changed", "This draft was changed somewhere else.").with("version", version)
            }
            ToolRefusal::Changed { version } => {
                Self::new(409, "tool.changed", "Somebody changed this since you looked at it.").with("version", version)
            }
            ToolRefusal::ShortcutTaken => {
                Self::new(409, "canned_response.shortcut_taken", "Another canned response has this shortcut.")
            }
            ToolRefusal::TooMany { tool, most } => {
                Self::new(422, "tool.too_many", format!("There are at most {most} {} in one place.", tool.said()))
            }
            ToolRefusal::WrongScope => {
                Self::field("/team_id", "invalid", "is named where the scope is a team, and only there")
            }
            ToolRefusal::Empty => Self::field("/text", "missing", "is empty"),
            ToolRefusal::MissingVariables { names } => Self::new(
                422,
                "canned_response.missing_variables",
                "The text names something that has no value in this conversation.",
            )
            .with("missing", names),
            ToolRefusal::NoTable(cause) => Self::new(422, "import.no_table", format!("The file is no table: {cause}")),
            ToolRefusal::TooManyRows { most } => {
                Self::new(422, "import.too_many_rows", format!("A file has at most {most} rows."))
            }
            ToolRefusal::Actions(why) => Self::field("/actions", "invalid", why),
            ToolRefusal::Selection { most } => {
                Self::field("/selection", "invalid", format!("holds one to {most} conversations"))
            }
            ToolRefusal::MergeCycle => {
                Self::new(409, "merge.cycle", "These two cannot be merged: they are the same, or part of each other.")
            }
            ToolRefusal::MergeCustomers => {
                Self::new(422, "merge.other_customer", "Only conversations of one customer can be merged.")
            }
            ToolRefusal::MergeBusinesses => {
                Self::new(422, "merge.other_business", "Only customers of one business can be merged.")
            }
            ToolRefusal::NothingToSplit => {
                Self::field("/from_seq", "invalid", "names no message with something said before and after it")
            }
            ToolRefusal::SplitClosed => {
                Self::new(409, "split.closed", "This conversation is archived: only one that goes on can be split.")
            }
            ToolRefusal::SplitUnderWay => Self::new(
                409,
                "split.under_way",
                "Something before this message is still under way: an answer on its way out, or a hand-over.",
            ),
        }
    }
}
