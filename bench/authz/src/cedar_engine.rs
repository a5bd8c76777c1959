//! The matrix as Cedar holds it: per role one policy for what reaches everything and one for what reaches one's own.

use std::fmt::Write;

use anyhow::Result;
use cedar_policy::{
    Authorizer, Context, Decision, Entities, Entity, EntityUid, PolicySet, Request, RestrictedExpression,
};
use tenancy::{Access, Pack, Permission, Reach, Standing};

use crate::Question;

pub struct Cedar {
    authorizer: Authorizer,
    policies: PolicySet,
    entities: Entities,
    people: Vec<EntityUid>,
    actions: Vec<EntityUid>,
    /// One's own, and somebody else's, by role.
    records: Vec<[EntityUid; 2]>,
}

impl Cedar {
    pub fn new(pack: &Pack) -> Result<Self> {
        let mut text = String::new();
        let (mut people, mut records, mut entities) = (Vec::new(), Vec::new(), Vec::new());
        let nobody: EntityUid = r#"Member::"nobody""#.parse()?;
        for role in &pack.roles {
            let access = Access::of(&Standing::plain(pack, role, role.seat_type));
            let of = |wanted: &[Reach]| {
                let all = Permission::ALL.iter().filter(|permission| wanted.contains(&access.reach(**permission)));
                all.map(|permission| format!("Action::\"{}\"", permission.name())).collect::<Vec<_>>().join(", ")
            };
            let (any, own) = (of(&[Reach::Any, Reach::Masked]), of(&[Reach::Own]));
            let key = &role.key;
            if !any.is_empty() {
                writeln!(text, "permit(principal in Role::\"{key}\", action in [{any}], resource);")?;
            }
            if !own.is_empty() {
                writeln!(
                    text,
                    "permit(principal in Role::\"{key}\", action in [{own}], resource)
                     when {{ resource.owner == principal }};"
                )?;
            }
            let person: EntityUid = format!("Member::\"{key}\"").parse()?;
            let role: EntityUid = format!("Role::\"{key}\"").parse()?;
            entities.push(Entity::new_no_attrs(role.clone(), [].into()));
            entities.push(Entity::new_no_attrs(person.clone(), [role].into()));
            let record = |name: &str, owner: &EntityUid| -> Result<Entity> {
                let owner = RestrictedExpression::new_entity_uid(owner.clone());
                let id: EntityUid = format!("Record::\"{name} {key}\"").parse()?;
                Ok(Entity::new(id, [("owner".to_owned(), owner)].into(), [].into())?)
            };
            let (mine, theirs) = (record("own", &person)?, record("other", &nobody)?);
            records.push([mine.uid(), theirs.uid()]);
            entities.extend([mine, theirs]);
            people.push(person);
        }
        let mut actions = Vec::new();
        for permission in Permission::ALL {
            actions.push(format!("Action::\"{}\"", permission.name()).parse()?);
        }
        Ok(Self {
            authorizer: Authorizer::new(),
            policies: text.parse()?,
            entities: Entities::from_entities(entities, None)?,
            people,
            actions,
            records,
        })
    }

    pub fn allows(&self, question: &Question) -> Result<bool> {
        let person = self.people[question.role].clone();
        let action = self.actions[question.permission.index()].clone();
        let record = self.records[question.role][usize::from(!question.own)].clone();
        let request = Request::new(person, action, record, Context::empty(), None)?;
        let response = self.authorizer.is_authorized(&request, &self.policies, &self.entities);
        Ok(response.decision() == Decision::Allow)
    }
}
