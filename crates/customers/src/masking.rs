//! How much of a customer somebody sees: one decision, and one way to carry it out.

use kernel::{mask_addresses, mask_email, mask_phone};
use tenancy::{Permission, Reach, Viewer};

/// What a viewer gets to see of contact data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exposure {
    Clear,
    /// The masked form, its fields named.
    Masked,
    /// Not even that there is something.
    Absent,
}

/// Contact data in the form a viewer may have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub email: Option<String>,
    pub phone: Option<String>,
    pub masked_fields: Vec<&'static str>,
}

impl Exposure {
    /// `contact`: whether the customer is the viewer's assigned contact, which is what `own` means here.
    pub fn of(viewer: &Viewer, contact: bool) -> Self {
        match viewer.reach(Permission::CustomerViewUnmasked) {
            Reach::None => Self::Absent,
            Reach::Masked => Self::Masked,
            Reach::Own if !contact => Self::Masked,
            Reach::Own | Reach::Any => Self::Clear,
        }
    }

    /// The same, but at most masked for a customer whose profile the viewer cannot open: a visible conversation
    /// then shows who writes, not how to reach them (ruling 18).
    pub fn beside_conversation(viewer: &Viewer, contact: bool) -> Self {
        match Self::of(viewer, contact) {
            Self::Clear if !opens_profile(viewer, contact) => Self::Masked,
            exposure => exposure,
        }
    }

    /// Whether every customer's contact data is clear to the viewer.
    pub fn is_clear_everywhere(viewer: &Viewer) -> bool {
        Self::of(viewer, false) == Self::Clear
    }

    pub fn contact(self, email: Option<&str>, phone: Option<&str>) -> Shown {
        match self {
            Self::Clear => {
                Shown { email: email.map(str::to_owned), phone: phone.map(str::to_owned), masked_fields: Vec::new() }
            }
            Self::Masked => Shown {
                masked_fields: [email.map(|_| "email"), phone.map(|_| "phone")].into_iter().flatten().collect(),
                email: email.map(mask_email),
                phone: phone.map(mask_phone),
            },
            Self::Absent => Shown { email: None, phone: None, masked_fields: Vec::new() },
        }
    }

    /// Free text: a name, a message, a preview. Addresses inside it are masked like the fields.
    pub fn text(self, text: &str) -> String {
        match self {
            Self::Clear => text.to_owned(),
            Self::Masked | Self::Absent => mask_addresses(text),
        }
    }
}

/// Whether a viewer may open a customer's profile; `contact`: whether it is the viewer's assigned contact.
pub fn opens_profile(viewer: &Viewer, contact: bool) -> bool {
    match viewer.reach(Permission::CustomerView) {
        Reach::Any => true,
        Reach::Own => contact,
        Reach::Masked | Reach::None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inv_19_a_masked_viewer_gets_no_raw_address() {
        let shown = Exposure::Masked.contact(Some("jane.doe@example.com"), Some("+49 170 1234521"));
        assert_eq!(shown.email.as_deref(), Some("j***@example.com"));
        assert_eq!(shown.phone.as_deref(), Some("+49 ••• ••21"));
        assert_eq!(shown.masked_fields, ["email", "phone"]);
        assert_eq!(Exposure::Masked.text("I am jane.doe@example.com"), "I am j***@example.com");
    }

    #[test]
    fn absent_tells_nothing_and_clear_everything() {
        let absent = Exposure::Absent.contact(Some("jane@example.com"), None);
        assert_eq!(absent, Shown { email: None, phone: None, masked_fields: Vec::new() });
        let clear = Exposure::Clear.contact(Some("jane@example.com"), None);
        assert_eq!(clear.email.as_deref(), Some("jane@example.com"));
        assert!(clear.masked_fields.is_empty());
        assert_eq!(Exposure::Masked.contact(None, None).masked_fields, Vec::<&str>::new());
    }
}
