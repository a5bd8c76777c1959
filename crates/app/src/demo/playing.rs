//! Plays the script: everybody does, through the product's operations, what was written down for them.

use std::{
    cell::Cell,
    collections::{BTreeSet, HashMap, HashSet},
};

use channels::{Claim, SignedIdentity};
use conversations::{
    Outbound, Refusal, Status, StoredFile, Visit, Written, assign, claim, mark_read, reply, set_status, snooze, upload,
    visitor_read, visitor_upload, write,
};
use futures_util::future::join_all;
use kernel::{AttachmentId, ConversationId, CustomerId, EmailAddress, Line, LongText, MessageId, Timestamp};
use tenancy::{
    ConversationAssign, ConversationClaim, ConversationReply, ConversationSetStatus, ConversationView, CustomerEdit,
    Error, InboundReceive, Right, Scope, Tx, VisitorChat,
};

use super::{
    Failure,
    files::SampleFile,
    founding::House,
    script::{Act, Desk, Script, Step},
    signing::sign,
};

/// Steps that are played at once share their commits. `join_all` polls up to so many in their order, which is the order
/// in which they then get the writer.
const AT_ONCE: usize = 30;

/// What the players know of a conversation.
#[derive(Clone, Copy)]
struct Thread {
    conversation: ConversationId,
    customer: CustomerId,
    last_seq: i64,
}

/// A customer's browser at one of the chats.
struct Browser {
    token: String,
    scope: Scope,
    /// It has entered as a customer: it has written before, and that is committed.
    settled: bool,
}

struct Players<'a> {
    house: &'a House,
    script: &'a Script,
    /// The team, as the script numbers it.
    team: Vec<Scope>,
    browsers: HashMap<(usize, Desk), Browser>,
    /// Looked at and set while the writer is held, so every step finds what the ones before it left.
    threads: Vec<Cell<Option<Thread>>>,
}

/// Plays the whole script; `progress` hears how many steps are done. Returns the steps that a rule refused.
pub(super) async fn play(
    house: &House,
    script: &Script,
    progress: &mut dyn FnMut(usize),
) -> Result<Vec<String>, Failure> {
    let mut players = Players::new(house, script).await?;
    let (mut refused, mut done) = (Vec::new(), 0);
    while done < script.steps.len() {
        let coming = &script.steps[done..script.steps.len().min(done + AT_ONCE)];
        players.open_chats(coming).await?;
        let scene = players.scene(coming);
        let mut attached = players.upload(&scene[0]).await?;
        let acts: Vec<_> = scene.iter().map(|step| players.perform(step, std::mem::take(&mut attached))).collect();
        for (step, outcome) in scene.iter().zip(join_all(acts).await) {
            if let Err(refusal) = outcome {
                refused.push(format!("{step:?}: {refusal}"));
            }
        }
        players.settle(scene).await?;
        done += scene.len();
        progress(done);
    }
    leave(house, script).await?;
    Ok(refused)
}

/// The team was last there when each of them last did something.
async fn leave(house: &House, script: &Script) -> Result<(), Failure> {
    for (number, caller) in house.callers.iter().enumerate() {
        if let Some(last) = script.steps.iter().rev().find(|step| step.act.by() == Some(number)) {
            house.stage.clock.set(last.at);
            house.stage.enter(caller).await?;
        }
    }
    Ok(())
}

impl<'a> Players<'a> {
    async fn new(house: &'a House, script: &'a Script) -> Result<Self, Failure> {
        let mut team = Vec::new();
        for caller in &house.callers {
            team.push(house.stage.enter_for_weeks(caller).await?);
        }
        let threads = vec![Cell::new(None); script.threads.len()];
        Ok(Self { house, script, team, browsers: HashMap::new(), threads })
    }

    /// The steps that can be played at once: only the first may need something committed before it, which is a file
    /// that is uploaded before it is sent, or a customer's first message, which makes them known.
    fn scene<'s>(&self, coming: &'s [Step]) -> &'s [Step] {
        let mut writing = HashSet::new();
        let fits = |(index, step): &(usize, &Step)| {
            let place = self.place(step);
            let known = !by_customer(step)
                || self.browsers.get(&place).is_some_and(|browser| browser.settled || writing.insert(place));
            *index == 0 || known && file_of(step).is_none()
        };
        &coming[..coming.iter().enumerate().take_while(fits).count()]
    }

    fn place(&self, step: &Step) -> (usize, Desk) {
        let thread = &self.script.threads[step.thread];
        (thread.patron, thread.desk)
    }

    /// Whoever is about to write for the first time opens the chat. Those who come soon open it together.
    async fn open_chats(&mut self, coming: &[Step]) -> Result<(), Failure> {
        let is_new = |place: &(usize, Desk)| !self.browsers.contains_key(place);
        if !is_new(&self.place(&coming[0])) {
            return Ok(());
        }
        let places: BTreeSet<_> = coming.iter().map(|step| self.place(step)).filter(is_new).collect();
        let opening = places.iter().map(|place| self.open_chat(*place, coming[0].at));
        for (place, token) in places.iter().zip(join_all(opening).await) {
            let token = token?;
            let scope = self.enter(&token).await?;
            self.browsers.insert(*place, Browser { token, scope, settled: false });
        }
        Ok(())
    }

    async fn enter(&self, token: &str) -> Result<Scope, Error> {
        let caller = self.house.stage.vault.caller_of_visitor(token).await?.ok_or(Error::NotFound)?;
        self.house.stage.enter(&caller).await
    }

    async fn upload(&self, step: &Step) -> Result<Vec<AttachmentId>, Failure> {
        let Some(file) = file_of(step) else { return Ok(Vec::new()) };
        let stage = &self.house.stage;
        let stored: StoredFile = file.keep(&*stage.files, stage.workspace).await?;
        let uploaded = match step.act {
            Act::Reply { by, .. } => {
                let uploading = async |tx: &mut Tx<ConversationReply>| upload(tx, stored).await;
                stage.act(&self.team[by], step.at, uploading).await?
            }
            _ => {
                let uploading = async |tx: &mut Tx<VisitorChat>| visitor_upload(tx, stored).await;
                stage.act(self.visitor(step)?, step.at, uploading).await?
            }
        };
        Ok(vec![uploaded.id])
    }

    /// Whoever has just written for the first time enters as a customer from now on.
    async fn settle(&mut self, scene: &[Step]) -> Result<(), Failure> {
        for step in scene.iter().filter(|step| by_customer(step)) {
            let place = self.place(step);
            let Some(browser) = self.browsers.get(&place).filter(|browser| !browser.settled) else { continue };
            let token = browser.token.clone();
            let scope = self.enter(&token).await?;
            self.browsers.insert(place, Browser { token, scope, settled: true });
        }
        Ok(())
    }

    async fn open_chat(&self, (patron, desk): (usize, Desk), at: Timestamp) -> Result<String, Failure> {
        let (patron, chat) = (&self.script.patrons[patron], self.house.chat(desk));
        let identity = patron
            .user_id
            .as_ref()
            .map(|user_id| SignedIdentity { user_id: user_id.clone(), hash: sign(&chat.secret, user_id) });
        let claim = Claim {
            name: patron.name.as_deref().and_then(|name| Line::try_from(name).ok()),
            email: patron.email.as_deref().and_then(|email| EmailAddress::parse(email).ok()),
            locale: Some(patron.locale.name().to_owned()),
        };
        let arriving = Visit { token: None, claim, identity, page: Some(desk.page().to_owned()) };
        self.house.open_chat(desk, arriving, at).await
    }

    fn visitor(&self, step: &Step) -> Result<&Scope, Refusal> {
        Ok(&self.browsers.get(&self.place(step)).ok_or(Error::NotFound)?.scope)
    }

    /// Does what the step says.
    async fn perform(&self, step: &Step, attachments: Vec<AttachmentId>) -> Result<(), Refusal> {
        let thread = &self.threads[step.thread];
        let here = || thread.get().ok_or(Error::NotFound);
        match &step.act {
            Act::Write { text, .. } => {
                let client_id = self.house.stage.vault.ids().next::<MessageId>().to_string();
                let written = Written { client_id, text: long(text)?, attachments };
                let writing = async |tx: &mut Tx<InboundReceive>| {
                    let message = write(tx, written).await?.message;
                    let customer = message.author.id.map(CustomerId).ok_or(Error::NotFound)?;
                    let (conversation, last_seq) = (message.conversation_id, message.seq);
                    thread.set(Some(Thread { conversation, customer, last_seq }));
                    Ok(())
                };
                self.house.stage.act(self.visitor(step)?, step.at, writing).await
            }
            Act::Look => {
                let looking = async |tx: &mut Tx<VisitorChat>| {
                    let Thread { conversation, last_seq, .. } = here()?;
                    visitor_read(tx, conversation, last_seq).await
                };
                self.house.stage.act(self.visitor(step)?, step.at, looking).await
            }
            Act::Claim { by } => {
                let claiming = async |tx: &mut Tx<ConversationClaim>| claim(tx, here()?.conversation).await.map(drop);
                self.member(*by, step.at, claiming).await
            }
            Act::HandOver { by, to } => {
                let to = self.team[*to].member().ok_or(Error::NotFound)?.id;
                let assigning =
                    async |tx: &mut Tx<ConversationAssign>| assign(tx, here()?.conversation, to).await.map(drop);
                self.member(*by, step.at, assigning).await
            }
            Act::Reply { by, text, .. } => {
                let text = long(text)?;
                let replying = async |tx: &mut Tx<ConversationReply>| {
                    let before = here()?;
                    let answer = Outbound {
                        text,
                        attachments,
                        seen_seq: before.last_seq,
                        client_id: None,
                        canned_response: None,
                    };
                    let message = reply(tx, before.conversation, answer).await?.message;
                    thread.set(Some(Thread { last_seq: message.seq, ..before }));
                    Ok(())
                };
                self.member(*by, step.at, replying).await
            }
            Act::KeepPhone { by } => {
                let phone = self.script.patrons[self.script.threads[step.thread].patron].phone.as_deref();
                let phone = phone.and_then(|phone| Line::try_from(phone).ok());
                let change = customers::Change { phone: Some(phone), ..customers::Change::default() };
                let keeping = async |tx: &mut Tx<CustomerEdit>| {
                    Ok(customers::update(tx, here()?.customer, change).await.map(drop)?)
                };
                self.member(*by, step.at, keeping).await
            }
            Act::Read { by } => {
                let reading = async |tx: &mut Tx<ConversationView>| {
                    let Thread { conversation, last_seq, .. } = here()?;
                    mark_read(tx, conversation, last_seq).await.map(drop)
                };
                self.member(*by, step.at, reading).await
            }
            Act::Snooze { by, until } => {
                let snoozing =
                    async |tx: &mut Tx<ConversationSetStatus>| snooze(tx, here()?.conversation, *until).await.map(drop);
                self.member(*by, step.at, snoozing).await
            }
            Act::Solve { by } => self.sort(*by, step, Status::Solved).await,
            Act::Archive { by } => self.sort(*by, step, Status::Archived).await,
            Act::MarkSpam { by } => self.sort(*by, step, Status::Spam).await,
        }
    }

    async fn sort(&self, by: usize, step: &Step, status: Status) -> Result<(), Refusal> {
        let sorting = async |tx: &mut Tx<ConversationSetStatus>| {
            let thread = self.threads[step.thread].get().ok_or(Error::NotFound)?;
            set_status(tx, thread.conversation, status).await.map(drop)
        };
        self.member(by, step.at, sorting).await
    }

    async fn member<P: Right>(
        &self,
        by: usize,
        at: Timestamp,
        work: impl AsyncFnOnce(&mut Tx<P>) -> Result<(), Refusal>,
    ) -> Result<(), Refusal> {
        self.house.stage.act(&self.team[by], at, work).await
    }
}

const fn by_customer(step: &Step) -> bool {
    matches!(step.act, Act::Write { .. } | Act::Look)
}

fn file_of(step: &Step) -> Option<SampleFile> {
    match step.act {
        Act::Write { file, .. } | Act::Reply { file, .. } => file,
        _ => None,
    }
}

fn long(text: &str) -> Result<LongText, Refusal> {
    LongText::try_from(text).map_err(|detail| Error::Corrupt(detail).into())
}
