//! What the team of the sample workspace has agreed on: two teams, who works when, and what is still to be done.

use std::collections::BTreeSet;

use conversations::{
    Filter, NewTask, Status, TaskChange, TaskStatus, TaskSubject, comment_on_task, create_task, list, update_task,
};
use directory::{NewTeam, ShiftHours, Strategy, TeamHours, create_shift, create_team};
use kernel::{ConversationId, DAY, DayOfWeek, Limit, Line, LongText, MemberId, NoteText, TaskId, TimeOfDay, Timestamp};
use tenancy::{ConversationView, Error, Scope, TaskComment, TaskCreate, TaskEdit, TeamManage, Tx};

use super::{Failure, calendar::HOUR, founding::House};

/// Places in the order of the team.
const ANN: usize = 0;
const IDRIS: usize = 1;
const BO: usize = 2;
const SOFIA: usize = 3;
const CLEO: usize = 4;

const WORKING_DAYS: [i64; 5] = [1, 2, 3, 4, 5];

struct Planner<'a> {
    house: &'a House,
    now: Timestamp,
    /// In the order of the team.
    team: Vec<Scope>,
}

/// A task of the sample workspace.
struct Plan {
    title: &'static str,
    body: &'static str,
    assignee: Option<usize>,
    /// Hours from now; earlier ones are overdue.
    due: Option<i64>,
    /// The place of the open conversation that it is about.
    about: Option<usize>,
}

const PLANS: [Plan; 6] = [
    Plan {
        title: "Check this with the roastery",
        body: "They promised an answer by yesterday. Tell the customer either way.",
        assignee: Some(BO),
        due: Some(-20),
        about: Some(0),
    },
    Plan {
        title: "Call this customer back",
        body: "They are easier to reach by phone.",
        assignee: Some(SOFIA),
        due: Some(3),
        about: Some(1),
    },
    Plan {
        title: "Prices for the Lisbon café",
        body: "Forty kilos a month, two roasts. Cleo knows what we gave the others.",
        assignee: Some(CLEO),
        due: Some(30),
        about: None,
    },
    Plan {
        title: "Write down how to descale the Brio",
        body: "Three people asked this week.",
        assignee: Some(IDRIS),
        due: Some(24 * 9),
        about: None,
    },
    Plan { title: "Thank the Monday group", body: "", assignee: None, due: None, about: None },
    Plan { title: "Order more sample bags", body: "", assignee: Some(ANN), due: Some(-48), about: None },
];
/// The last one is done.
const DONE: usize = PLANS.len() - 1;
/// Cleo asks about hers.
const ASKED_ABOUT: usize = 2;

/// Makes the plans at `now`.
pub(super) async fn make(house: &House, now: Timestamp) -> Result<(), Failure> {
    let mut team = Vec::new();
    for caller in &house.callers {
        team.push(house.stage.enter_for_weeks(caller).await?);
    }
    let planner = Planner { house, now, team };
    planner.teams().await?;
    planner.tasks().await
}

impl Planner<'_> {
    fn member(&self, place: usize) -> Result<MemberId, Error> {
        self.team[place].member().map(|member| member.id).ok_or(Error::NotFound)
    }

    async fn teams(&self) -> Result<(), Failure> {
        let support = [self.member(IDRIS)?, self.member(BO)?, self.member(SOFIA)?].to_vec();
        let wholesale = [self.member(ANN)?, self.member(BO)?].to_vec();
        self.team("Support", Strategy::LoadBalanced, Some(12), support).await?;
        self.team("Wholesale", Strategy::Manual, None, wholesale).await?;
        self.shift(SOFIA, "08:00", "13:00").await?;
        self.shift(BO, "13:00", "18:00").await
    }

    async fn team(
        &self,
        name: &str,
        strategy: Strategy,
        capacity: Option<i64>,
        members: Vec<MemberId>,
    ) -> Result<(), Failure> {
        let name = Line::try_from(name).map_err(Failure::Sample)?;
        let new = NewTeam { name, strategy, capacity, hours: TeamHours::Shifts, members };
        let making = async |tx: &mut Tx<TeamManage>| create_team(tx, new).await;
        self.house.stage.act(&self.team[ANN], self.now, making).await?;
        Ok(())
    }

    async fn shift(&self, place: usize, from: &str, to: &str) -> Result<(), Failure> {
        let time = |text: &str| text.parse::<TimeOfDay>().map_err(Failure::Sample);
        let days = WORKING_DAYS.map(DayOfWeek::try_from).into_iter().collect::<Result<BTreeSet<_>, _>>();
        let hours = ShiftHours { days: days.map_err(Failure::Sample)?, from: time(from)?, to: time(to)? };
        let member = self.member(place)?;
        let giving = async |tx: &mut Tx<TeamManage>| create_shift(tx, member, None, hours).await;
        self.house.stage.act(&self.team[ANN], self.now, giving).await?;
        Ok(())
    }

    async fn tasks(&self) -> Result<(), Failure> {
        let open = self.open_conversations().await?;
        let mut made = Vec::new();
        for plan in &PLANS {
            made.push(self.task(plan, &open).await?);
        }
        let doing = async |tx: &mut Tx<TaskEdit>| {
            let done = TaskChange { status: Some(TaskStatus::Done), ..TaskChange::default() };
            update_task(tx, made[DONE], done).await
        };
        self.house.stage.act(&self.team[ANN], self.now, doing).await?;
        let question = NoteText::try_from("Do they want the beans whole or ground?").map_err(Failure::Sample)?;
        let asking = async |tx: &mut Tx<TaskComment>| comment_on_task(tx, made[ASKED_ABOUT], &question).await;
        self.house.stage.act(&self.team[CLEO], self.now, asking).await?;
        Ok(())
    }

    async fn open_conversations(&self) -> Result<Vec<ConversationId>, Failure> {
        let mut session = self.team[ANN].grant::<ConversationView>()?.read().await?;
        let filter = Filter { status: Some(Status::Open), ..Filter::default() };
        let page = list(&mut session, &filter, Limit::default(), None).await?;
        Ok(page.items.into_iter().map(|conversation| conversation.id).collect())
    }

    async fn task(&self, plan: &Plan, open: &[ConversationId]) -> Result<TaskId, Failure> {
        let hours = |hours: i64| Timestamp::from_millis(self.now.millis() + hours * HOUR.as_millis() as i64);
        let due_at = plan.due.map(hours);
        let new = NewTask {
            title: Line::try_from(plan.title).map_err(Failure::Sample)?,
            body: LongText::try_from(plan.body).map_err(Failure::Sample)?,
            assignee: plan.assignee.map(|place| self.member(place)).transpose()?,
            due_at,
            remind_at: due_at.filter(|due| *due > self.now.plus(DAY)).map(|due| due.minus(DAY)),
            subject: plan.about.and_then(|place| open.get(place)).map(|id| TaskSubject::Conversation(*id)),
        };
        let making = async |tx: &mut Tx<TaskCreate>| create_task(tx, new).await;
        Ok(self.house.stage.act(&self.team[ANN], self.now, making).await?.id)
    }
}
