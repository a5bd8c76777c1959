//! The packs that workspaces stand on, by id and version: those of the program, and those that the operator loaded.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use kernel::Timestamp;
use serde_json::json;
use uuid::Uuid;

use crate::{
    Actor, Duty, Error, Event, InstanceTx, Pack, PackError, Row, Session, Subject, Vault, args,
    database::statement::Text, instance_sql, raw,
};

/// What was read once: a loaded version never changes.
#[derive(Default)]
pub(crate) struct LoadedPacks(Mutex<HashMap<(String, i64), Arc<Pack>>>);

/// A version of a pack that workspaces can stand on.
#[derive(Debug, Clone)]
pub struct KnownPack {
    pub pack: Arc<Pack>,
    /// `None` for those that come with the program.
    pub loaded_at: Option<Timestamp>,
}

/// Why a pack was not loaded.
#[derive(Debug, thiserror::Error)]
pub enum PackRefusal {
    #[error(transparent)]
    Faulty(#[from] PackError),
    #[error("the pack {0:?} comes with the program; give yours another id")]
    Shipped(String),
    #[error("version {newest} of the pack {id:?} is loaded already; give this one a higher version")]
    NotNewer { id: String, newest: i64 },
    #[error(transparent)]
    Error(#[from] Error),
}

impl Vault {
    /// A version of a pack.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when there is no such pack, or the database cannot answer.
    pub async fn pack_version(&self, id: &str, version: i64) -> Result<Arc<Pack>, Error> {
        if let Some(pack) = self.known_version(id, version) {
            return Ok(pack);
        }
        let text = raw!("select text from policy_packs where id = $1 and version = $2");
        let rows = self.database().read().await?.query(text, args![id, version]).await?;
        self.learn_version(id, version, rows)
    }

    /// A version of a pack that comes with the program, or was read before.
    fn known_version(&self, id: &str, version: i64) -> Option<Arc<Pack>> {
        let shipped = self.shipped_packs().iter().find(|pack| pack.id == id && pack.version == version);
        shipped.cloned().or_else(|| self.loaded_packs().get(&(id.to_owned(), version)))
    }

    fn learn_version(&self, id: &str, version: i64, rows: Vec<Row>) -> Result<Arc<Pack>, Error> {
        let row = rows.into_iter().next();
        let text: String = row.ok_or_else(|| Error::Corrupt(format!("no policy pack {id:?} {version}")))?.take(0)?;
        let pack = Arc::new(whole(id, &text)?);
        self.loaded_packs().keep((id.to_owned(), version), pack.clone());
        Ok(pack)
    }

    /// Every version of every pack: those of the program first, then what was loaded, by id and newest first.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn packs(&self) -> Result<Vec<KnownPack>, Error> {
        const LOADED: Text<'static> = raw!("select id, text, loaded_at from policy_packs order by id, version desc");
        let mut packs: Vec<_> =
            self.shipped_packs().iter().map(|pack| KnownPack { pack: pack.clone(), loaded_at: None }).collect();
        for mut row in self.database().read().await?.query(LOADED, &[]).await? {
            let (id, text): (String, String) = (row.take(0)?, row.take(1)?);
            packs.push(KnownPack { pack: Arc::new(whole(&id, &text)?), loaded_at: Some(row.take(2)?) });
        }
        Ok(packs)
    }

    /// Takes in a pack that the operator wrote. What was loaded stays as it is; a changed pack is a new version.
    ///
    /// # Errors
    /// The pack is faulty, its id belongs to the program or its version is not newer than what is loaded.
    pub async fn load_pack(&self, text: &str) -> Result<Pack, PackRefusal> {
        let pack = Pack::parse(text)?;
        if self.pack(&pack.id).is_some() {
            return Err(PackRefusal::Shipped(pack.id));
        }
        let mut tx = self.instance().begin().await?;
        let outcome = store(&mut tx, pack, text).await;
        tx.settle(outcome).await
    }
}

impl Session {
    /// A version of a pack, read on this session's own connection: whoever holds one and waits for a second may wait
    /// forever, for others who do the same.
    ///
    /// # Errors
    /// [`Error::Corrupt`] when there is no such pack, or the database cannot answer.
    pub async fn pack_version(&mut self, id: &str, version: i64) -> Result<Arc<Pack>, Error> {
        const TEXT: Text<'static> = raw!(
            "select p.text from workspaces w join policy_packs p on p.id = $2 and p.version = $3
             where w.workspace_id = $1"
        );
        if let Some(pack) = self.vault().known_version(id, version) {
            return Ok(pack);
        }
        let rows = self.query(TEXT, args![id, version]).await?;
        self.vault().learn_version(id, version, rows)
    }
}

async fn store(tx: &mut InstanceTx, pack: Pack, text: &str) -> Result<Pack, PackRefusal> {
    let newest = instance_sql!("select max(version) from policy_packs where id = $1");
    let newest: Option<i64> = match tx.first(newest, args![&pack.id]).await? {
        Some(mut row) => row.take(0)?,
        None => None,
    };
    if let Some(newest) = newest.filter(|newest| *newest >= pack.version) {
        return Err(PackRefusal::NotNewer { id: pack.id, newest });
    }
    let insert = instance_sql!("insert into policy_packs (id, version, text, loaded_at) values ($1, $2, $3, $4)");
    tx.run(insert, args![&pack.id, pack.version, text, tx.now()]).await?;
    let subject: Uuid = tx.vault().ids().next();
    let event = Event::new("policy_pack.loaded", Subject::new("policy_pack", subject))
        .payload(json!({ "pack": pack.id, "version": pack.version }));
    tx.record(Actor::Duty(Duty::Operation), event);
    Ok(pack)
}

/// A pack as it was stored: whole then, and whole still.
fn whole(id: &str, text: &str) -> Result<Pack, Error> {
    Pack::parse(text).map_err(|error| Error::Corrupt(format!("the policy pack {id:?}: {error}")))
}

impl LoadedPacks {
    fn get(&self, key: &(String, i64)) -> Option<Arc<Pack>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn keep(&self, key: (String, i64), pack: Arc<Pack>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, pack);
    }
}
