//! The matrix as casbin holds it: a line per role and permission, and whether it reaches one's own only.

use anyhow::Result;
use casbin::{CoreApi, DefaultModel, Enforcer, MemoryAdapter, MgmtApi};
use tenancy::{Access, Pack, Permission, Reach, Standing};

use crate::Question;

const MODEL: &str = "
[request_definition]
r = sub, act, own

[policy_definition]
p = sub, act, reach

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = r.sub == p.sub && r.act == p.act && (p.reach == \"any\" || r.own == \"own\")
";

pub struct Casbin {
    enforcer: Enforcer,
    roles: Vec<String>,
}

impl Casbin {
    pub async fn new(pack: &Pack) -> Result<Self> {
        let model = DefaultModel::from_str(MODEL).await?;
        let mut enforcer = Enforcer::new(model, MemoryAdapter::default()).await?;
        let mut lines = Vec::new();
        for role in &pack.roles {
            let access = Access::of(&Standing::plain(pack, role, role.seat_type));
            for permission in Permission::ALL {
                let reach = match access.reach(*permission) {
                    Reach::None => continue,
                    Reach::Own => "own",
                    Reach::Masked | Reach::Any => "any",
                };
                lines.push(vec![role.key.clone(), permission.name().to_owned(), reach.to_owned()]);
            }
        }
        enforcer.add_policies(lines).await?;
        Ok(Self { enforcer, roles: pack.roles.iter().map(|role| role.key.clone()).collect() })
    }

    pub fn allows(&self, question: &Question) -> Result<bool> {
        let own = if question.own { "own" } else { "other" };
        Ok(self.enforcer.enforce((self.roles[question.role].as_str(), question.permission.name(), own))?)
    }
}
