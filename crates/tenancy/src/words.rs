//! Closed lists of words that are stored, shown and sent by the same name.

/// An enum whose variants each have one name: in the database, in JSON and in the API document.
#[macro_export]
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

            pub(crate) fn read(word: &str) -> Result<Self, $crate::Error> {
                match word {
                    $($word => Ok(Self::$variant),)+
                    _ => Err($crate::Error::Corrupt(format!("{} {word:?}", stringify!($name)))),
                }
            }
        }
    };
}
