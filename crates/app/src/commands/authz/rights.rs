//! Every operation × every role of every pack × what it is done to, evaluated by the same rules as at the doors and
//! printed so that a changed right is a changed line.

use std::{fmt::Write, sync::Arc};

use tenancy::{Access, Pack, Permission, Reach, Relation, Role, Standing};
use utoipa::openapi::{OpenApi, path::Operation};

const LEGEND: &str = "\
# Who may do what: every operation, for every role of every pack that comes with the program, in an active workspace
# without plan limits. A cell says in one word what happens, depending on whose the thing is that it is done to:
#
#             own   another's   another team's   another workspace's   absent
#   any       yes   yes         yes              404                   404
#   own       yes   404         404              404                   404      what is not one's own is out of sight
#   own/403   yes   403         403              404                   404      it is seen, and somebody else's
#   blind     404   404         404              404                   404      may do it and sees nothing to do it to
#   -         403   403         403              403                   403      the role does not grant it
#
# Lists show what is yes and leave out the rest. Who claims what somebody else was just given is told so (409), seen or
# not. \"own is\" names what makes a thing one's own:
#
#   assignee             own: assigned to the member; another's: to somebody else; another team's: waits in the queue of
#                        theirs. What waits where the member sees it is not theirs before they claim it: 403
#   assignee_or_queue    own: also what waits in the queue of one of the member's teams, or of no team
#   assignee_or_creator  own: assigned to or made by the member; another's and another team's: anything else
#   assigned_contact     own: has a conversation assigned to the member, open or within 90 days; the rest as above
#   business_creator     own: of a business whose steward is the member; the rest as above
#   creator, author      own: made, written by the member; the rest as above
#   actor, self          own: about the member; the rest as above
#
# A role that may do any of \"a|b\" may do it. Operations without a permission ask for no role:
#
#   (anyone)   nobody is asked who they are; what a secret in the request opens is that secret's
#   (account)  a signed-in person, about their own account: own yes, everything else 404
#   (operator) who operates the server, about any workspace and nothing that is said in it: everybody else 404
#   (member)   any member, about what concerns themselves: own yes, everything else 404
#   (visitor)  a website visitor, about their own conversation: own yes, everything else 404; a member is none: 401
";

/// What an operation is done to.
const RELATIONS: usize = 5;

/// What happens at the door, in the order in which alternatives are better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    /// 403.
    Refused,
    /// 404.
    OutOfSight,
    Done,
}

/// A verdict on one's own, another's, another team's, another workspace's and an absent thing.
type Verdicts = [Verdict; RELATIONS];

const WORDS: [(Verdicts, &str); 5] = {
    use Verdict::{Done, OutOfSight, Refused};
    [
        ([Done, Done, Done, OutOfSight, OutOfSight], "any"),
        ([Done, OutOfSight, OutOfSight, OutOfSight, OutOfSight], "own"),
        ([Done, Refused, Refused, OutOfSight, OutOfSight], "own/403"),
        ([OutOfSight; RELATIONS], "blind"),
        ([Refused; RELATIONS], "-"),
    ]
};
const UNCLASSIFIED: &str = "UNCLASSIFIED";

/// Whom an operation lets in.
enum Admission {
    /// Who holds one of these.
    Permissions(Vec<Permission>),
    /// Whoever this is, whatever their role.
    Kind(&'static str),
    Unknown,
}

struct Right {
    operation: String,
    admission: Admission,
    /// Whether it changes nothing.
    reads: bool,
    /// The noun of the thing that its path names, if it names one: `conversation` of `…/conversations/{…}/claim`.
    noun: Option<&'static str>,
}

pub(super) fn table(document: &OpenApi, packs: &[Pack]) -> String {
    let rights = rights(document);
    let mut table = LEGEND.to_owned();
    table.push_str("\n## Of no role\n\n");
    for right in &rights {
        match right.admission {
            Admission::Permissions(_) => {}
            Admission::Kind(kind) => table.push_str(&row(&right.operation, &format!("({kind})"), "", &[])),
            Admission::Unknown => table.push_str(&row(&right.operation, UNCLASSIFIED, "", &[])),
        }
    }
    for pack in packs {
        table.push_str(&of_pack(&rights, pack));
    }
    let (operations, roles) = (rights.len(), packs.iter().map(|pack| pack.roles.len()).sum::<usize>());
    let unclassified = table.matches(UNCLASSIFIED).count();
    let _ = writeln!(
        table,
        "\n{operations} operations × {roles} roles × {RELATIONS} relations, {unclassified} unclassified"
    );
    table
}

fn of_pack(rights: &[Right], pack: &Pack) -> String {
    let columns: Vec<(&Arc<Role>, Access)> =
        pack.roles.iter().map(|role| (role, Access::of(&Standing::plain(pack, role, role.seat_type)))).collect();
    let keys: Vec<&str> = columns.iter().map(|(role, _)| role.key.as_str()).collect();
    let mut table = format!("\n## {} {}\n\n{}", pack.id, pack.version, row("operation", "permission", "own is", &keys));
    for right in rights {
        let Admission::Permissions(permissions) = &right.admission else { continue };
        let names: Vec<_> = permissions.iter().map(|permission| permission.name()).collect();
        let own = own_is(permissions, right, pack);
        let cells: Vec<_> = columns.iter().map(|(_, access)| word(permissions, access, right)).collect();
        table.push_str(&row(&right.operation, &names.join("|"), own.map_or("-", Relation::name), &cells));
    }
    table
}

/// What makes a thing one's own under these permissions, or else under the one by which it is seen.
fn own_is(permissions: &[Permission], right: &Right, pack: &Pack) -> Option<Relation> {
    let sights = permissions.iter().filter_map(|permission| right.sight(*permission));
    let relations = permissions.iter().copied().chain(sights).map(|permission| pack.relation(permission));
    relations.into_iter().find(|relation| *relation != Relation::Nobody)
}

/// The word for what a role with this access may do by any of these permissions.
fn word(permissions: &[Permission], access: &Access, right: &Right) -> &'static str {
    let mut best = [Verdict::Refused; RELATIONS];
    for permission in permissions {
        for (best, verdict) in best.iter_mut().zip(verdicts(*permission, access, right)) {
            *best = verdict.max(*best);
        }
    }
    WORDS.iter().find(|(verdicts, _)| *verdicts == best).map_or(UNCLASSIFIED, |(_, word)| word)
}

fn verdicts(permission: Permission, access: &Access, right: &Right) -> Verdicts {
    use Verdict::{Done, OutOfSight, Refused};
    let reach = access.reach(permission);
    if reach == Reach::None {
        return [Refused; RELATIONS];
    }
    // Things are found through what the member sees; a noun that nobody can view by itself is seen by whoever may act.
    let sight = right.sight(permission).map_or(Reach::Any, |view| access.reach(view));
    let lists_of_it = right.reads && right.noun.is_some_and(|noun| noun != noun_of(permission));
    let (own, others) = match (sight, reach) {
        (Reach::Any, Reach::Own) if right.reads && right.noun.is_none() => (Done, OutOfSight),
        (Reach::Any, Reach::Own) if !lists_of_it => (Done, Refused),
        (Reach::Any, _) => (Done, Done),
        (Reach::Own, _) => (Done, OutOfSight),
        (Reach::None | Reach::Masked, _) => (OutOfSight, OutOfSight),
    };
    [own, others, others, OutOfSight, OutOfSight]
}

impl Right {
    fn of(path: &str, operation: &Operation, reads: bool) -> Self {
        let name = operation.operation_id.clone().unwrap_or_else(|| UNCLASSIFIED.to_owned());
        Self { operation: name, admission: admission(operation), reads, noun: noun_in(path) }
    }

    /// The permission to see what the operation is done to.
    fn sight(&self, permission: Permission) -> Option<Permission> {
        let named = |noun: &str| Permission::parse(&format!("{noun}.view"));
        self.noun.and_then(named).or_else(|| named(noun_of(permission)))
    }
}

fn noun_of(permission: Permission) -> &'static str {
    permission.name().split_once('.').map_or("", |(noun, _)| noun)
}

/// The noun of the last thing that a path names inside its workspace. What nobody can view by itself, such as a label
/// on a conversation, is seen with what it is a part of.
fn noun_in(path: &str) -> Option<&'static str> {
    let (_, inside) = path.split_once("{workspace_id}/")?;
    let (before, _) = inside.rsplit_once("/{")?;
    let plurals = before.split("/{").filter_map(|named| named.rsplit('/').next());
    let nouns: Vec<_> = plurals.filter_map(|plural| noun_of_plural(&plural.replace('-', "_"))).collect();
    let can_be_seen = |noun: &&&str| Permission::parse(&format!("{noun}.view")).is_some();
    nouns.iter().rev().find(can_be_seen).or(nouns.last()).copied()
}

/// A noun without permissions of its own is a part of what its permission is about.
fn noun_of_plural(plural: &str) -> Option<&'static str> {
    let mut nouns = Permission::ALL.iter().copied().map(noun_of);
    nouns.find(|noun| plural == format!("{noun}s") || plural == format!("{noun}es"))
}

fn rights(document: &OpenApi) -> Vec<Right> {
    let mut rights = Vec::new();
    for (path, item) in &document.paths.paths {
        let writes = [&item.put, &item.post, &item.delete, &item.patch].into_iter().flatten();
        rights.extend(item.get.iter().map(|operation| Right::of(path, operation, true)));
        rights.extend(writes.map(|operation| Right::of(path, operation, false)));
    }
    rights
}

fn admission(operation: &Operation) -> Admission {
    const KINDS: [&str; 5] = ["anyone", "account", "operator", "member", "visitor"];
    if let Some(permissions) = extension(operation, "x-permission") {
        let permissions: Option<Vec<_>> = permissions.split('|').map(Permission::parse).collect();
        return permissions.map_or(Admission::Unknown, Admission::Permissions);
    }
    let admits = extension(operation, "x-admits").unwrap_or_default();
    KINDS.into_iter().find(|kind| *kind == admits).map_or(Admission::Unknown, Admission::Kind)
}

fn extension<'a>(operation: &'a Operation, name: &str) -> Option<&'a str> {
    operation.extensions.as_ref()?.get(name)?.as_str()
}

fn row(operation: &str, permission: &str, own: &str, cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|cell| format!(" {cell:<13}")).collect();
    format!("{operation:<32} {permission:<28} {own:<19}{cells}").trim_end().to_owned() + "\n"
}
