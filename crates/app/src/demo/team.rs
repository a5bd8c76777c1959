//! The team of the sample workspace: six people, each with another role of the default pack.

use directory::Locale;
use tenancy::SeatType;

/// Somebody who works at the sample workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Colleague {
    pub(crate) name: &'static str,
    pub(crate) email: &'static str,
    pub(crate) role_key: &'static str,
    pub(crate) locale: Locale,
    /// How much of the answering falls to them, relatively.
    pub(crate) load: u32,
}

/// How the sample workspace is called.
pub(crate) const WORKSPACE: &str = "Larkspur Coffee";

/// The owner comes first: she founds the workspace and invites the others.
pub(crate) const TEAM: [Colleague; 6] = [
    Colleague { name: "Ann Keller", email: "ann@larkspur.example", role_key: "owner", locale: Locale::En, load: 3 },
    Colleague {
        name: "Idris Hale",
        email: "idris@larkspur.example",
        role_key: "supervisor",
        locale: Locale::En,
        load: 4,
    },
    Colleague { name: "Bo Lindqvist", email: "bo@larkspur.example", role_key: "member", locale: Locale::En, load: 6 },
    Colleague { name: "Sofía Prado", email: "sofia@larkspur.example", role_key: "agent", locale: Locale::Es, load: 6 },
    Colleague {
        name: "Cleo Marsh",
        email: "cleo@larkspur.example",
        role_key: "collaborator",
        locale: Locale::En,
        load: 0,
    },
    Colleague { name: "Vic Tanaka", email: "vic@larkspur.example", role_key: "viewer", locale: Locale::En, load: 0 },
];

/// Those of the team who may sort any conversation and edit any profile.
pub(crate) const SORTERS: [usize; 3] = [0, 1, 2];
/// Whom customers name when they praise somebody and nobody has answered yet.
pub(crate) const USUAL: usize = 2;

impl Colleague {
    pub(crate) fn first_name(&self) -> &'static str {
        self.name.split(' ').next().unwrap_or(self.name)
    }

    /// The light seat goes with the light role.
    pub(crate) fn seat(&self) -> SeatType {
        if self.role_key == "collaborator" { SeatType::Collaborator } else { SeatType::Full }
    }

    /// Agents see what they hold and what nobody holds; everybody else sees the whole inbox.
    pub(crate) fn sees_everything(&self) -> bool {
        self.role_key != "agent"
    }
}
