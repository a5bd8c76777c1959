//! Closed sets of words, the same in a column and in JSON.

/// Declares an enum whose every variant is one word, with `name()` and `read()` of a column.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:tt),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant),+
        }

        impl $name {
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $word),+
                }
            }

            pub(crate) fn read(word: &str) -> Result<Self, tenancy::Error> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err(tenancy::Error::Corrupt(format!("{} {word:?}", stringify!($name)))),
                }
            }
        }
    };
}
pub(crate) use words;
