//! Ways back (OWN-10): what an operation did, it leaves the steps to undo, in the same transaction. The steps of one
//! transaction are one offer to the member who acted. What a step means is known to the floor that takes it.

use std::time::Duration;

use kernel::{DAY, Timestamp, UndoId};
use serde_json::Value as Json;

use crate::{Actor, Error, MemberSelf, Tx, Work, args, raw};

/// How long a member may take something back.
const OFFER_LASTS: Duration = DAY;

/// The steps that a transaction left so far, oldest first.
pub(crate) struct WayBack {
    id: UndoId,
    steps: Vec<Json>,
}

impl Work {
    /// Leaves a step back: ids and codes, never what a person wrote. Only members are offered to undo.
    pub fn can_be_undone(&mut self, step: Json) {
        if !matches!(self.actor(), Actor::Member(_)) {
            return;
        }
        let id = self.ids().next();
        self.way_back().get_or_insert_with(|| WayBack { id, steps: Vec::new() }).steps.push(step);
    }

    /// What the member will be offered once the transaction has committed.
    pub fn undo_offer(&mut self) -> Option<UndoId> {
        self.way_back().as_ref().map(|way| way.id)
    }

    /// Takes the steps so far out of the transaction, for who offers them together with those of others.
    pub fn take_steps_back(&mut self) -> Vec<Json> {
        self.way_back().take().map(|way| way.steps).unwrap_or_default()
    }

    /// Writes the offer, at the end of the transaction.
    pub(crate) async fn offer_undo(&mut self, now: Timestamp) -> Result<(), Error> {
        let text = raw!(
            "insert into undo_offers (workspace_id, id, member_id, steps, created_at, expires_at)
             values ($1, $2, $3, $4, $5, $6)"
        );
        let Some(WayBack { id, steps }) = self.way_back().take() else { return Ok(()) };
        let Some(member) = self.viewer().member else { return Ok(()) };
        let until = now.plus(OFFER_LASTS);
        self.execute(text, args![id, member, Json::from(steps).to_string(), now, until]).await.map(drop)
    }
}

impl Tx<MemberSelf> {
    /// Takes the member up on an offer: its steps, oldest first; nothing when it was taken before or is too old.
    ///
    /// # Errors
    /// [`Error::NotFound`] for what was not offered to this member.
    pub async fn take_undo_offer(&mut self, id: UndoId) -> Result<Option<Vec<Json>>, Error> {
        let hold = raw!(
            "update undo_offers set steps = steps where workspace_id = $1 and id = $2 and member_id = $3
             returning steps, expires_at, undone_at"
        );
        let spend = raw!("update undo_offers set undone_at = $3 where workspace_id = $1 and id = $2");
        let (member, now) = (self.viewer().member.ok_or(Error::NotFound)?, self.now());
        let mut row = self.query(hold, args![id, member]).await?.into_iter().next().ok_or(Error::NotFound)?;
        let (steps, until, undone): (String, Timestamp, Option<Timestamp>) = (row.take(0)?, row.take(1)?, row.take(2)?);
        if undone.is_some() || until <= now {
            return Ok(None);
        }
        self.execute(spend, args![id, now]).await?;
        serde_json::from_str(&steps).map(Some).map_err(|error| Error::Corrupt(error.to_string()))
    }
}
