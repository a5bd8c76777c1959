//! The catalogues that workspaces stand on, by id and version: those of the program, and those that the operator loaded.

use std::{
    borrow::Cow,
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

use kernel::{FieldProblem, Problem, Timestamp};
use serde_json::json;
use tenancy::{
    Actor, Duty, Error, Event, InstanceSession, InstanceTx, Session, Subject, Vault, args, instance_sql, sql,
};
use uuid::Uuid;

use super::{Catalogue, CatalogueError};

const TEXTS: [&str; 6] = [
    include_str!("../../../../plans/default.toml"),
    include_str!("../../../../plans/interlinked.toml"),
    include_str!("../../../../plans/linkai.toml"),
    include_str!("../../../../plans/kustomer.toml"),
    include_str!("../../../../plans/aisoule.toml"),
    include_str!("../../../../plans/askusers.toml"),
];

static SHIPPED: LazyLock<Vec<Arc<Catalogue>>> = LazyLock::new(|| {
    TEXTS.iter().map(|text| Arc::new(Catalogue::parse(text).expect("a shipped catalogue is whole"))).collect()
});

/// Texts that were read once: a loaded version never changes.
static READ: LazyLock<Mutex<HashMap<String, Arc<Catalogue>>>> = LazyLock::new(Mutex::default);

/// A version of a catalogue that workspaces can stand on.
#[derive(Debug, Clone)]
pub struct KnownCatalogue {
    pub catalogue: Arc<Catalogue>,
    /// As it is written.
    pub text: Cow<'static, str>,
    /// `None` for those that come with the program.
    pub loaded_at: Option<Timestamp>,
}

/// Why a catalogue was not loaded.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueRefusal {
    #[error(transparent)]
    Faulty(#[from] CatalogueError),
    #[error("version {newest} of the catalogue {id:?} is there already; give this one a higher version")]
    NotNewer { id: String, newest: i64 },
    #[error(transparent)]
    Error(#[from] Error),
}

impl From<CatalogueRefusal> for Problem {
    fn from(refusal: CatalogueRefusal) -> Self {
        match refusal {
            CatalogueRefusal::Faulty(CatalogueError { line, fault }) => {
                let mut problem =
                    Self::new(422, "catalogue.faulty", format!("Line {line}: {fault}.")).with("line", line);
                let detail = format!("line {line}: {fault}");
                problem.errors.push(FieldProblem { pointer: "/text".into(), code: "catalogue.faulty", detail });
                problem
            }
            CatalogueRefusal::NotNewer { newest, .. } => {
                let told =
                    format!("Version {newest} of this catalogue is there already: give this one a higher version.");
                Self::new(409, "catalogue.not_newer", told)
            }
            CatalogueRefusal::Error(error) => error.into(),
        }
    }
}

/// A version of a catalogue, read on this session's own connection.
///
/// # Errors
/// [`Error::Corrupt`] when there is no such one, or the database cannot answer.
pub async fn known(session: &mut Session, id: &str, version: i64) -> Result<Arc<Catalogue>, Error> {
    let shipped = SHIPPED.iter().find(|catalogue| catalogue.id == id && catalogue.version == version);
    if let Some(catalogue) = shipped {
        return Ok(catalogue.clone());
    }
    let text = sql!(
        "select c.text from workspaces w join plan_catalogues c on c.id = $2 and c.version = $3
         where w.workspace_id = $1"
    );
    let row = session.first(text, args![id, version]).await?;
    let text: String = row.ok_or_else(|| Error::Corrupt(format!("no plan catalogue {id:?} {version}")))?.take(0)?;
    read(id, &text)
}

/// The catalogue that the workspace stands on, and the id of its plan.
///
/// # Errors
/// The database cannot answer.
pub async fn of_workspace(session: &mut Session) -> Result<(Arc<Catalogue>, String), Error> {
    let text = sql!("select catalogue, catalogue_version, plan from subscriptions where workspace_id = $1");
    let row = session.first(text, &[]).await?;
    let mut row = row.ok_or_else(|| Error::Corrupt("the workspace has no subscription".into()))?;
    let (id, version): (String, i64) = (row.take(0)?, row.take(1)?);
    Ok((known(session, &id, version).await?, row.take(2)?))
}

/// The newest version of a catalogue, for a workspace that begins with it; `None` when there is no such one.
///
/// # Errors
/// The database cannot answer.
pub async fn newest(session: &mut Session, id: &str) -> Result<Option<Arc<Catalogue>>, Error> {
    let text = sql!(
        "select c.version from workspaces w join plan_catalogues c on c.id = $2
         where w.workspace_id = $1 order by c.version desc limit 1"
    );
    if let Some(mut row) = session.first(text, args![id]).await? {
        return known(session, id, row.take(0)?).await.map(Some);
    }
    Ok(SHIPPED.iter().find(|catalogue| catalogue.id == id).cloned())
}

/// The catalogues of an instance.
pub struct Shelf;

impl Shelf {
    /// The text of a catalogue that comes with the program, to begin one's own from.
    pub fn shipped_text(id: &str) -> Option<&'static str> {
        SHIPPED.iter().position(|catalogue| catalogue.id == id).map(|at| TEXTS[at])
    }

    /// Every version of every catalogue: those of the program first, then what was loaded, by id and newest first.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn all(session: &mut InstanceSession) -> Result<Vec<KnownCatalogue>, Error> {
        let shipped = SHIPPED.iter().zip(TEXTS).map(|(catalogue, text)| KnownCatalogue {
            catalogue: catalogue.clone(),
            text: text.into(),
            loaded_at: None,
        });
        let mut all: Vec<_> = shipped.collect();
        let loaded = instance_sql!("select id, text, loaded_at from plan_catalogues order by id, version desc");
        for mut row in session.all(loaded, &[]).await? {
            let (id, text): (String, String) = (row.take(0)?, row.take(1)?);
            let (catalogue, loaded_at) = (read(&id, &text)?, Some(row.take(2)?));
            all.push(KnownCatalogue { catalogue, text: text.into(), loaded_at });
        }
        Ok(all)
    }

    /// Takes in a catalogue that the operator wrote: one of their own, or a newer version of any. What was loaded stays
    /// as it is, and workspaces keep the version they stand on.
    ///
    /// # Errors
    /// The catalogue is faulty, or its version is not newer than what there is.
    pub async fn load(vault: &Vault, text: &str) -> Result<Catalogue, CatalogueRefusal> {
        let mut tx = vault.instance().begin().await?;
        let outcome = Self::take_in(&mut tx, Actor::Duty(Duty::Operation), text).await;
        tx.settle(outcome).await
    }

    /// [`Shelf::load`] in a transaction that goes on, by whom it says.
    ///
    /// # Errors
    /// As [`Shelf::load`].
    pub async fn take_in(tx: &mut InstanceTx, by: Actor, text: &str) -> Result<Catalogue, CatalogueRefusal> {
        let catalogue = Catalogue::parse(text)?;
        store(tx, by, catalogue, text).await
    }
}

async fn store(
    tx: &mut InstanceTx,
    by: Actor,
    catalogue: Catalogue,
    text: &str,
) -> Result<Catalogue, CatalogueRefusal> {
    let newest = instance_sql!("select max(version) from plan_catalogues where id = $1");
    let loaded: Option<i64> = match tx.first(newest, args![&catalogue.id]).await? {
        Some(mut row) => row.take(0)?,
        None => None,
    };
    let shipped = SHIPPED.iter().find(|shipped| shipped.id == catalogue.id).map(|shipped| shipped.version);
    if let Some(newest) = loaded.max(shipped).filter(|newest| *newest >= catalogue.version) {
        return Err(CatalogueRefusal::NotNewer { id: catalogue.id, newest });
    }
    let insert = instance_sql!("insert into plan_catalogues (id, version, text, loaded_at) values ($1, $2, $3, $4)");
    tx.run(insert, args![&catalogue.id, catalogue.version, text, tx.now()]).await?;
    let subject: Uuid = tx.vault().ids().next();
    let event = Event::new("plan_catalogue.loaded", Subject::new("plan_catalogue", subject))
        .payload(json!({ "catalogue": catalogue.id, "version": catalogue.version }));
    tx.record(by, event);
    Ok(catalogue)
}

/// A catalogue as it was stored: whole then, and whole still.
fn read(id: &str, text: &str) -> Result<Arc<Catalogue>, Error> {
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(catalogue) = read.get(text) {
        return Ok(catalogue.clone());
    }
    let parsed = Catalogue::parse(text).map_err(|error| Error::Corrupt(format!("the catalogue {id:?}: {error}")))?;
    let catalogue = Arc::new(parsed);
    read.insert(text.to_owned(), catalogue.clone());
    Ok(catalogue)
}
