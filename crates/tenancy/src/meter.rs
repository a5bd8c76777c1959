//! How much a workspace holds of what its plan counts: seats, businesses. One row each, locked by whoever takes more,
//! so that no number of requests at once gets past the cap (INV-15).
//!
//! The rows stand here because two neighbours share them: `directory` takes and gives back, `billing` sets the caps.

use kernel::{Timestamp, WorkspaceId};

use crate::{Error, OnDuty, SeatType, Session, Work, args, database::statement::Text, raw, words};

/// What is counted as it is held, not as it is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Meter {
    /// Active full memberships and waiting invitations to one (INV-14).
    FullSeats,
    /// The same for light seats; never counted on the full ones.
    CollaboratorSeats,
    Businesses,
}

impl Meter {
    pub const ALL: [Self; 3] = [Self::FullSeats, Self::CollaboratorSeats, Self::Businesses];

    pub const fn name(self) -> &'static str {
        match self {
            Self::FullSeats => "full_seats",
            Self::CollaboratorSeats => "collaborator_seats",
            Self::Businesses => "businesses",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|meter| meter.name() == name)
    }

    /// What a seat of this type is counted on.
    pub const fn of(seat: SeatType) -> Self {
        match seat {
            SeatType::Full => Self::FullSeats,
            SeatType::Collaborator => Self::CollaboratorSeats,
        }
    }
}

words! {
    /// What helps whoever finds a meter full.
    Remedy {
        /// More is sold beside the plan.
        Buy = "buy",
        /// A larger plan has more.
        Upgrade = "upgrade",
        /// The operator is asked.
        Contact = "contact",
    }
}

/// What a meter shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gauge {
    pub meter: Meter,
    pub used: i64,
    /// `None` where nothing is capped.
    pub cap: Option<i64>,
    /// Since when more is held than the cap, which came down (INV-17).
    pub over_since: Option<Timestamp>,
    /// What helps when it is full.
    pub remedies: Vec<Remedy>,
}

impl Gauge {
    /// Whether `more` can be taken now.
    pub fn has_room_for(&self, more: i64) -> bool {
        self.cap.is_none_or(|cap| self.used.saturating_add(more) <= cap)
    }
}

impl Session {
    /// What every meter of the workspace shows.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn gauges(&mut self) -> Result<Vec<Gauge>, Error> {
        const TEXT: Text<'static> =
            raw!("select meter, used, cap, over_since, remedies from meters where workspace_id = $1");
        let mut gauges = Vec::new();
        for mut row in self.query(TEXT, args![]).await? {
            let name: String = row.take(0)?;
            let meter = Meter::parse(&name).ok_or_else(|| Error::Corrupt(format!("no meter {name:?}")))?;
            let (used, cap, over_since) = (row.take(1)?, row.take(2)?, row.take(3)?);
            let remedies = row.take::<String>(4)?.split_whitespace().map(Remedy::read).collect::<Result<_, _>>()?;
            gauges.push(Gauge { meter, used, cap, over_since, remedies });
        }
        gauges.sort_by_key(|gauge| gauge.meter);
        Ok(gauges)
    }

    /// # Errors
    /// [`Error::Corrupt`] when the workspace has no such meter, or the database cannot answer.
    pub async fn gauge(&mut self, meter: Meter) -> Result<Gauge, Error> {
        let gauge = self.gauges().await?.into_iter().find(|gauge| gauge.meter == meter);
        gauge.ok_or_else(|| Error::Corrupt(format!("the workspace has no meter {:?}", meter.name())))
    }
}

impl Work {
    /// Begins a meter of a new workspace, with what it holds from the start.
    ///
    /// # Errors
    /// The database refuses or cannot answer.
    pub async fn begin_meter(&mut self, meter: Meter, used: i64) -> Result<(), Error> {
        const TEXT: Text<'static> = raw!("insert into meters (workspace_id, meter, used) values ($1, $2, $3)");
        self.execute(TEXT, args![meter.name(), used]).await.map(drop)
    }

    /// Holds a meter to the end of the transaction. Who holds several takes them in the order of [`Meter`].
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn hold_meter(&mut self, meter: Meter) -> Result<(), Error> {
        const TEXT: Text<'static> = raw!("update meters set used = used where workspace_id = $1 and meter = $2");
        self.execute(TEXT, args![meter.name()]).await.map(drop)
    }

    /// Takes `more` of a meter if there is room, and holds its row to the end of the transaction. `false` leaves
    /// everything as it was.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn take(&mut self, meter: Meter, more: i64) -> Result<bool, Error> {
        const TEXT: Text<'static> = raw!(
            "update meters set used = used + $3
             where workspace_id = $1 and meter = $2 and (cap is null or used + $3 <= cap)"
        );
        Ok(self.execute(TEXT, args![meter.name(), more]).await? == 1)
    }

    /// Gives back what was taken; whoever was over the cap and no longer is, is told nothing more of it.
    ///
    /// # Errors
    /// More is given back than was taken, or the database cannot answer.
    pub async fn give_back(&mut self, meter: Meter, less: i64) -> Result<(), Error> {
        const TEXT: Text<'static> = raw!(
            "update meters set used = used - $3, over_since = case when used - $3 <= cap then null else over_since end
             where workspace_id = $1 and meter = $2"
        );
        self.execute(TEXT, args![meter.name(), less]).await.map(drop)
    }

    /// Sets the cap, and what helps whoever finds it full. Who holds more than it from now on keeps it and is over the
    /// limit from now on (INV-17).
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn set_cap(&mut self, meter: Meter, cap: Option<i64>, remedies: &[Remedy]) -> Result<(), Error> {
        const TEXT: Text<'static> = raw!(
            "update meters set cap = $3, remedies = $5,
                over_since = case when used > $3 then coalesce(over_since, $4) end
             where workspace_id = $1 and meter = $2"
        );
        let (now, remedies) = (self.now(), remedies.iter().map(|remedy| remedy.name()).collect::<Vec<_>>().join(" "));
        self.execute(TEXT, args![meter.name(), cap, now, remedies]).await.map(drop)
    }
}

impl OnDuty {
    /// Workspaces whose seats wait for the clock: an invitation that holds one ran out, there were too many since
    /// `over_before`, or somebody whose seat was taken away could have it back.
    ///
    /// # Errors
    /// The database cannot answer.
    pub async fn seats_to_settle(&self, over_before: Timestamp) -> Result<Vec<WorkspaceId>, Error> {
        const TEXT: Text<'static> = raw!(
            "select workspace_id from invitations where holds_seat = 1 and expires_at <= $1
             union select workspace_id from meters where over_since <= $2
             union select m.workspace_id from memberships m
                join meters g on g.workspace_id = m.workspace_id and (g.cap is null or g.used < g.cap)
                    and g.meter = case m.seat_type when 'full' then 'full_seats' else 'collaborator_seats' end
                where m.status = 'suspended_over_limit'"
        );
        let now = self.vault.clock().now();
        let rows = self.vault.database().read().await?.query(TEXT, args![now, over_before]).await?;
        rows.into_iter().map(|mut row| row.take(0)).collect()
    }
}
