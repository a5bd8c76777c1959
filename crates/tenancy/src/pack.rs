//! Policy packs: roles and policies as data. A pack states every role × permission; nothing is implied.

mod contradictions;
mod fault;
mod file;
mod labels;
mod notifications;
mod policy;
mod read;
mod relations;

use std::{collections::BTreeMap, sync::Arc};

use crate::{Grants, Permission, Reach, ceiling::SeatType, permission::Relation};

pub use fault::{PackError, PackFault};
pub use labels::{Localised, ReadyLabel};
pub use policy::{
    ExitVerb, InboxVisibility, MaskEmail, Masking, MemberCreation, OnMemberExit, OwnershipTransfer, PermissionSets,
    Policy, RankCeiling, ReplyLock, SeatBilling,
};

/// A role of a pack: a label, a rank and a reach for each permission of the catalogue.
#[derive(Debug, Clone)]
pub struct Role {
    pub key: String,
    pub label: String,
    /// Higher is more; who may hand out roles hands out at most its own rank.
    pub rank: i64,
    pub seat_type: SeatType,
    /// Whether the role can be given by invitation or role change.
    pub assignable: bool,
    pub description: String,
    pub grants: Grants,
}

impl Role {
    /// What these grants would be on such a seat, as a role that nobody has and nobody hands out: for what is asked
    /// of grants alone.
    pub fn of_grants(label: impl Into<String>, seat_type: SeatType, grants: Grants) -> Self {
        let (key, description) = (String::new(), String::new());
        Self { key, label: label.into(), rank: 0, seat_type, assignable: false, description, grants }
    }

    pub fn grant(&self, permission: Permission) -> Reach {
        self.grants.get(permission)
    }
}

/// A loaded, complete policy pack.
#[derive(Debug, Clone)]
pub struct Pack {
    pub id: String,
    /// A change makes a new version; what a workspace stands on never changes under it.
    pub version: i64,
    pub title: String,
    /// One sentence for people who choose.
    pub description: String,
    /// The role held by a workspace's one owner (INV-02).
    pub owner_role: String,
    /// In the order of the file.
    pub roles: Vec<Arc<Role>>,
    pub policy: Policy,
    /// Where [`Reach::Own`] means something else than the catalogue says.
    relations: BTreeMap<Permission, Relation>,
    /// The switches of which own roles are put together, `feature.read` and the like, with what each grants
    /// everywhere; most packs have none.
    pub toggles: BTreeMap<String, Vec<Permission>>,
    /// Event kind → roles or concerned people who are told.
    pub notifications: BTreeMap<String, Vec<String>>,
}

/// The packs inside the binary. Whoever changes one raises its version and keeps the earlier text behind it, for the
/// workspaces that stand on it.
const SHIPPED: [&str; 6] = [
    include_str!("../../../packs/default.toml"),
    include_str!("../../../packs/interlinked.toml"),
    include_str!("../../../packs/linkai.toml"),
    include_str!("../../../packs/kustomer.toml"),
    include_str!("../../../packs/aisoule.toml"),
    include_str!("../../../packs/askusers.toml"),
];

impl Pack {
    /// Reads a pack file: a row per permission, a column per role.
    ///
    /// # Errors
    /// A [`PackError`] that names the line; a pack with one fault is refused whole.
    pub fn parse(text: &str) -> Result<Self, PackError> {
        read::pack(text)
    }

    /// The packs that come with the program, the default one first.
    pub fn shipped() -> Vec<Self> {
        SHIPPED.iter().map(|text| Self::parse(text).expect("a shipped pack is whole")).collect()
    }

    pub fn role(&self, key: &str) -> Option<&Arc<Role>> {
        self.roles.iter().find(|role| role.key == key)
    }

    /// What [`Reach::Own`] means for a permission in this pack.
    pub fn relation(&self, permission: Permission) -> Relation {
        self.relations.get(&permission).copied().unwrap_or_else(|| permission.relation())
    }

    /// The labels a new workspace starts with.
    pub fn ready_labels(&self) -> &'static [ReadyLabel] {
        labels::set(&self.policy.default_labels).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFAULT: &str = SHIPPED[0];

    /// Where and why the default pack is refused once this text in it was replaced.
    fn refused(from: &str, to: &str) -> (String, PackFault) {
        assert!(DEFAULT.contains(from), "{from:?} is not in the pack");
        let text = DEFAULT.replacen(from, to, 1);
        let error = Pack::parse(&text).expect_err("it is refused");
        (text.lines().nth(error.line - 1).expect("a line of it").to_owned(), error.fault)
    }

    fn reason(from: &str, to: &str) -> String {
        refused(from, to).1.to_string()
    }

    #[test]
    fn the_shipped_packs_are_whole() {
        let packs = Pack::shipped();
        let ids: Vec<_> = packs.iter().map(|pack| pack.id.as_str()).collect();
        assert_eq!(ids, ["default", "interlinked", "linkai", "kustomer", "aisoule", "askusers"]);
        assert_eq!(packs.iter().map(|pack| pack.roles.len()).sum::<usize>(), 28);
        assert!(packs.iter().all(|pack| pack.toggles.len() == if pack.id == "aisoule" { 10 } else { 0 }));
        let viewer = packs[0].role("viewer").expect("a viewer");
        assert_eq!(viewer.grant(Permission::CustomerViewUnmasked), Reach::Masked);
        assert_eq!(viewer.grant(Permission::ConversationReply), Reach::None);
        assert_eq!(packs[0].ready_labels().len(), 5);
    }

    #[test]
    fn a_pack_may_say_what_is_ones_own() {
        let askusers = &Pack::shipped()[5];
        assert_eq!(askusers.relation(Permission::ConversationReply), Relation::BusinessCreator);
        assert_eq!(askusers.relation(Permission::ConversationAssign), Relation::Assignee);
        let own_reply =
            |relation: &str| format!("[own_relations]\n\"conversation.reply\" = {relation:?}\n\n[notifications]");
        let (line, fault) = refused("[notifications]", &own_reply("author"));
        assert_eq!(line, "\"conversation.reply\" = \"author\"");
        assert!(matches!(fault, PackFault::RelationDoesNotFit { .. }));
        assert!(matches!(refused("[notifications]", &own_reply("friend")).1, PackFault::UnknownRelation(_)));
        let unknown = "[own_relations]\n\"no.such\" = \"creator\"\n\n[notifications]";
        assert!(matches!(refused("[notifications]", unknown).1, PackFault::UnknownPermission(_)));
    }

    #[test]
    fn a_matrix_with_a_fault_is_refused_with_its_line() {
        let row = DEFAULT.lines().find(|line| line.starts_with("\"note.view\"")).expect("a row");
        let (line, fault) = refused(&format!("{row}\n"), "");
        assert_eq!((line.as_str(), fault), ("[permissions]", PackFault::MissingPermission("note.view")));
        let (line, fault) = refused(row, &row.replace("note.view", "note.read"));
        assert!(line.starts_with("\"note.read\""), "{line}");
        assert_eq!(fault, PackFault::UnknownPermission("note.read".into()));
        let (line, fault) = refused(row, "\"note.view\" = [\"any\"]");
        assert_eq!(line, "\"note.view\" = [\"any\"]");
        assert_eq!(fault, PackFault::RaggedRow { permission: "note.view", cells: 1, roles: 7 });
        for reach in ["masked", "own", "all"] {
            let (line, fault) = refused(row, &row.replacen("any", reach, 1));
            assert!(line.contains(reach) && matches!(fault, PackFault::BadReach { .. }), "{line}: {fault}");
        }
        let (line, fault) = refused(row, &format!("{row}\n{row}"));
        assert!(line.starts_with("\"note.view\"") && matches!(fault, PackFault::Text(_)), "{line}: {fault}");
    }

    /// INV-18.
    #[test]
    fn inv_18_no_role_on_a_light_seat_grants_what_the_seat_never_holds() {
        let row = DEFAULT.lines().find(|line| line.starts_with("\"conversation.reply\"")).expect("a row");
        let (line, fault) = refused(row, &row.replace("none", "own"));
        assert!(line.starts_with("\"conversation.reply\""), "{line}");
        assert!(matches!(fault, PackFault::BeyondSeat { seat: "collaborator", .. }), "{fault}");
    }

    #[test]
    fn words_that_do_not_exist_are_refused_with_their_line() {
        for (from, to) in [
            ("seat_type = \"full\"", "seat_type = \"half\""),
            ("reply_lock = \"soft\"", "reply_lock = \"hard\""),
            ("reply_lock = \"soft\"", "reply_bolt = \"soft\""),
            ("on_member_exit = ", "on_members_exit = "),
            ("\"member.joined\" = [\"owner\"]", "\"member.joined\" = [\"king\"]"),
            ("\"member.joined\" = [\"owner\"]", "\"member.jumped\" = [\"owner\"]"),
            ("default_labels = \"interlinked_locale\"", "default_labels = \"stickers\""),
            ("low_balance_recipients = [\"owner\", \"admin\"]", "low_balance_recipients = [\"king\"]"),
            ("id = \"default\"", "id = \"De fault\""),
            ("version = 1", "version = 0"),
            ("key = \"agent\"", "key = \"member\""),
        ] {
            let (line, fault) = refused(from, to);
            assert!(line.starts_with(to), "{to}: {line:?}: {fault}");
        }
        let (line, fault) = refused("reply_lock = \"soft\"\n", "");
        assert!(line == "[policy]" && fault.to_string().contains("reply_lock"), "{line}: {fault}");
    }

    #[test]
    fn rol_037_res_005_an_owner_role_that_could_not_own_is_refused() {
        let owner = DEFAULT.find("[[role]]").map(|at| &DEFAULT[at..at + 180]).expect("the owner's role");
        assert!(matches!(refused("owner_role = \"owner\"", "owner_role = \"king\"").1, PackFault::NoOwnerRole(_)));
        for (from, to, why) in [
            ("rank = 100", "rank = 70", "ranks above"),
            ("seat_type = \"full\"", "seat_type = \"collaborator\"", "never holds"),
        ] {
            let said = reason(owner, &owner.replacen(from, to, 1));
            assert!(said.contains(why), "{said}");
        }
        assert!(reason("owner_role = \"owner\"", "owner_role = \"admin\"").contains("ranks above"));
        let row = DEFAULT.lines().find(|line| line.starts_with("\"product.edit\"")).expect("a row");
        assert!(reason(row, &row.replacen("any", "own", 1)).contains("lacks \"product.edit\""));
        let row = DEFAULT.lines().find(|line| line.starts_with("\"workspace.leave\"")).expect("a row");
        assert!(reason(row, &row.replacen("none", "any", 1)).contains("never leaves"));
        let nobody = DEFAULT.replace("assignable = true", "assignable = false");
        assert!(Pack::parse(&nobody).expect_err("it is refused").to_string().contains("assignable role"));
        assert!(Pack::parse(&DEFAULT.replacen("rank = 80", "rank = 100", 1)).is_ok(), "two roles may share a rank");
    }

    /// Ruling 20: the matrix decides, and what describes it has to agree.
    #[test]
    fn a_policy_that_the_matrix_denies_is_refused_with_its_line() {
        for (from, to, why) in [
            ("inbox_visibility = \"role\"", "inbox_visibility = \"shared\"", "\"agent\" sees only its own"),
            ("masking = \"on\"", "masking = \"off\"", "\"viewer\" sees masked"),
            ("ownership_transfer = [", "ownership_transfer = [] #", "no way to hand over"),
            ("member_creation = [", "member_creation = [] #", "no way to come in"),
            ("low_balance_recipients = [\"owner\", \"admin\"]", "low_balance_recipients = [\"owner\"]", "to others"),
        ] {
            let (line, fault) = refused(from, to);
            assert!(line.starts_with(to) && fault.to_string().contains(why), "{line}: {fault}");
        }
        let (line, fault) = refused("mask_email = \"first_char_3_stars\"\n", "");
        assert_eq!(
            (line.as_str(), fault.to_string().as_str()),
            ("[policy]", "mask_email: it is missing, and masking is on")
        );
        assert!(reason("contact_warning_window_days = 30\n", "").contains("cross_product is on"));
        for (row, policy, to, why) in [
            (
                "conversation.view",
                "inbox_visibility = \"role\"",
                "inbox_visibility = \"assigned\"",
                "no role sees only",
            ),
            ("customer.view_unmasked", "masking = \"on\"", "masking = \"on\"", "no role sees masked"),
        ] {
            let cells = ["\"any\""; 7].join(", ");
            let line = DEFAULT.lines().find(|line| line.starts_with(&format!("{row:?} "))).expect("a row");
            let text = DEFAULT.replacen(line, &format!("{row:?} = [{cells}]"), 1).replacen(policy, to, 1);
            let error = Pack::parse(&text).expect_err("it is refused");
            let line = text.lines().nth(error.line - 1).unwrap_or_default();
            assert!(line.starts_with(to) && error.to_string().contains(why), "{line}: {error}");
        }
    }
}
