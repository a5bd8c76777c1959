use kernel::Problem;

/// Why something about a channel or visitor is refused.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Vault(#[from] tenancy::Error),
    #[error("{field}: {detail}")]
    Invalid { field: &'static str, detail: String },
    /// The hash is not what the identity secret makes of the user id.
    #[error("the identity is not signed with the channel's secret")]
    IdentityInvalid,
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Vault(error) => error.into(),
            Refusal::Invalid { field, detail } => Self::field(field, "invalid", detail),
            Refusal::IdentityInvalid => Self::new(
                401,
                "visitor.identity_invalid",
                "The hash is not the HMAC-SHA256 of user_id under this channel's identity secret.",
            ),
        }
    }
}
