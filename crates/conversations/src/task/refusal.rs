//! Why something about a task was refused.

use kernel::Problem;

#[derive(Debug, thiserror::Error)]
pub enum TaskRefusal {
    #[error("the member cannot be given tasks")]
    NotEligible,
    #[error("there is no such {noun} in sight")]
    UnknownSubject { noun: &'static str },
    #[error("a task is about a conversation or a customer")]
    TwoSubjects,
    #[error("the moment in {field} has passed or is too far away")]
    Moment { field: &'static str },
    #[error("a comment says something")]
    EmptyComment,
}

impl From<TaskRefusal> for Problem {
    fn from(refusal: TaskRefusal) -> Self {
        match refusal {
            TaskRefusal::NotEligible => {
                Self::field("/assignee_id", "not_eligible", "This person cannot be given tasks here.")
            }
            TaskRefusal::UnknownSubject { noun } => {
                Self::field(format!("/{noun}_id"), "unknown_subject", format!("There is no such {noun} here."))
            }
            TaskRefusal::TwoSubjects => {
                Self::field("/customer_id", "two_subjects", "A conversation names its customer already.")
            }
            TaskRefusal::Moment { field } => {
                Self::field(format!("/{field}"), "invalid_moment", "Choose a moment that lies ahead and not too far.")
            }
            TaskRefusal::EmptyComment => Self::field("/text", "empty", "Write something first."),
        }
    }
}
