//! From the written pack to the checked one. Nothing is implied: what is left out or unknown refuses the whole.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use kernel::TomlSource;
use toml::Spanned;

use super::{
    Pack, PackError, PackFault, Role, contradictions,
    file::{PackFile, RoleHead, place_of_policy},
    labels, notifications,
};
use crate::{Grants, Permission, Reach, ceiling::CEILINGS, permission::Relation};

pub(super) fn pack(text: &str) -> Result<Pack, PackError> {
    let source = TomlSource(text);
    let file: PackFile = source.read(PackFault::Text)?;
    let refused = |at: &Spanned<String>, fault: PackFault| Err(source.fault(at.span(), fault));
    source.key(&file.pack.id, PackFault::BadKey)?;
    if *file.pack.version.get_ref() < 1 {
        return Err(source.fault(file.pack.version.span(), PackFault::BadVersion));
    }
    let roles = roles(source, &file)?;
    let pack = Pack {
        id: file.pack.id.get_ref().clone(),
        version: *file.pack.version.get_ref(),
        title: file.pack.title.clone().into(),
        description: file.pack.description.clone().into(),
        owner_role: file.pack.owner_role.get_ref().clone(),
        relations: relations(source, &file)?,
        toggles: toggles(source, &file)?,
        notifications: notifications(source, &file)?,
        policy: file.policy,
        roles,
    };
    let Some(owner) = pack.role(&pack.owner_role) else {
        return refused(&file.pack.owner_role, PackFault::NoOwnerRole(pack.owner_role.clone()));
    };
    if let Some(reason) = contradictions::of_owner(&pack, owner) {
        return refused(&file.pack.owner_role, PackFault::Contradiction(reason));
    }
    policies(source, &pack)?;
    Ok(pack)
}

/// The roles with their column of the matrix each.
fn roles(source: TomlSource<'_>, file: &PackFile) -> Result<Vec<Arc<Role>>, PackError> {
    let mut keys = BTreeSet::new();
    for head in &file.role {
        source.key(&head.key, PackFault::BadKey)?;
        if !keys.insert(head.key.get_ref()) {
            return Err(source.fault(head.key.span(), PackFault::DoubleRole(head.key.get_ref().clone())));
        }
    }
    let rows = rows(source, file)?;
    file.role.iter().enumerate().map(|(column, head)| role(source, head, &rows, column).map(Arc::new)).collect()
}

type Rows<'a> = Vec<(Permission, &'a [Spanned<String>])>;

/// The rows of the matrix: one for every permission of the catalogue, a cell for every role.
fn rows<'a>(source: TomlSource<'_>, file: &'a PackFile) -> Result<Rows<'a>, PackError> {
    let (table, roles) = (file.permissions.get_ref(), file.role.len());
    if let Some(name) = table.keys().find(|name| Permission::parse(name.get_ref()).is_none()) {
        return Err(source.fault(name.span(), PackFault::UnknownPermission(name.get_ref().clone())));
    }
    let row = |&permission: &Permission| {
        let name = permission.name();
        let Some(row) = table.get(name) else {
            return Err(source.fault(file.permissions.span(), PackFault::MissingPermission(name)));
        };
        let cells = row.get_ref().len();
        if cells != roles {
            return Err(source.fault(row.span(), PackFault::RaggedRow { permission: name, cells, roles }));
        }
        Ok((permission, row.get_ref().as_slice()))
    };
    Permission::ALL.iter().map(row).collect()
}

fn role(source: TomlSource<'_>, head: &RoleHead, rows: &Rows<'_>, column: usize) -> Result<Role, PackError> {
    let key = head.key.get_ref();
    let mut grants = Grants::default();
    for (permission, cells) in rows {
        let cell = &cells[column];
        let refused = |fault| Err(source.fault(cell.span(), fault));
        let reach = match permission.parse_reach(cell.get_ref()) {
            Ok(reach) => reach,
            Err(grant) => return refused(PackFault::BadReach { role: key.clone(), grant }),
        };
        if reach != Reach::None && CEILINGS.seat(head.seat_type).contains(*permission) {
            let (seat, permission) = (head.seat_type.name(), permission.name());
            return refused(PackFault::BeyondSeat { role: key.clone(), seat, permission });
        }
        grants.set(*permission, reach);
    }
    Ok(Role {
        key: key.clone(),
        label: head.label.clone().into(),
        rank: head.rank,
        seat_type: head.seat_type,
        assignable: head.assignable,
        description: head.description.clone().into(),
        grants,
    })
}

fn relations(source: TomlSource<'_>, file: &PackFile) -> Result<BTreeMap<Permission, Relation>, PackError> {
    let relation = |(name, word): (&Spanned<String>, &Spanned<String>)| {
        let permission = permission(source, name)?;
        let relation = Relation::parse(word.get_ref())
            .ok_or_else(|| source.fault(word.span(), PackFault::UnknownRelation(word.get_ref().clone())))?;
        if !relation.fits(permission) {
            let fault = PackFault::RelationDoesNotFit { permission: permission.name(), relation: relation.name() };
            return Err(source.fault(word.span(), fault));
        }
        Ok((permission, relation))
    };
    file.own_relations.iter().map(relation).collect()
}

fn toggles(source: TomlSource<'_>, file: &PackFile) -> Result<BTreeMap<String, Vec<Permission>>, PackError> {
    let toggle = |(key, names): (&Spanned<String>, &Vec<Spanned<String>>)| {
        let permissions: Result<_, _> = names.iter().map(|name| permission(source, name)).collect();
        Ok((key.get_ref().clone(), permissions?))
    };
    file.toggles.iter().map(toggle).collect()
}

fn permission(source: TomlSource<'_>, name: &Spanned<String>) -> Result<Permission, PackError> {
    let fault = || PackFault::UnknownPermission(name.get_ref().clone());
    Permission::parse(name.get_ref()).ok_or_else(|| source.fault(name.span(), fault()))
}

fn notifications(source: TomlSource<'_>, file: &PackFile) -> Result<BTreeMap<String, Vec<String>>, PackError> {
    let notification = |(event, recipients): (&Spanned<String>, &Vec<Spanned<String>>)| {
        let concerned = notifications::concerned(event.get_ref())
            .ok_or_else(|| source.fault(event.span(), PackFault::UnknownEvent(event.get_ref().clone())))?;
        let known = |recipient: &str| {
            concerned.contains(&recipient) || file.role.iter().any(|role| role.key.get_ref() == recipient)
        };
        if let Some(unknown) = recipients.iter().find(|recipient| !known(recipient.get_ref())) {
            return Err(source.fault(unknown.span(), PackFault::UnknownRecipient(unknown.get_ref().clone())));
        }
        Ok((event.get_ref().clone(), recipients.iter().map(|recipient| recipient.get_ref().clone()).collect()))
    };
    file.notifications.iter().map(notification).collect()
}

/// What policies say of other parts of the pack.
fn policies(source: TomlSource<'_>, pack: &Pack) -> Result<(), PackError> {
    let refused = |key: &str, fault| Err(source.fault(place_of_policy(source, key), fault));
    let policy = &pack.policy;
    if labels::set(&policy.default_labels).is_none() {
        return refused("default_labels", PackFault::UnknownLabels(policy.default_labels.clone()));
    }
    let known = |recipient: &&String| *recipient == notifications::OWNER || pack.role(recipient).is_some();
    if let Some(unknown) = policy.low_balance_recipients.iter().find(|recipient| !known(recipient)) {
        return refused("low_balance_recipients", PackFault::UnknownRecipient(unknown.clone()));
    }
    match contradictions::of_policies(pack) {
        Some((key, reason)) => refused(key, PackFault::Contradiction(format!("{key}: {reason}"))),
        None => Ok(()),
    }
}
