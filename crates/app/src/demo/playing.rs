//! Plays the script: everybody does, through the product's operations, what was written down for them.

use std::collections::HashMap;

use channels::{Claim, SignedIdentity};
use conversations::{
    Outbound, Refusal, Status, StoredFile, Visit, Written, assign, claim, mark_read, reply, set_status, snooze, upload,
    visit, visitor_read, visitor_upload, write,
};
use futures_util::future::join_all;
use kernel::{AttachmentId, ConversationId, CustomerId, EmailAddress, Line, LongText, MemberId, Timestamp};
use tenancy::{
    Caller, ConversationAssign, ConversationClaim, ConversationReply, ConversationSetStatus, ConversationView,
    CustomerEdit, Error, InboundReceive, Tx, VisitorChat,
};

use super::{
    Failure,
    calendar::MINUTE,
    files::SampleFile,
    founding::House,
    script::{Act, Desk, Script, Step},
    signing::sign,
};

/// Steps that are played at once share their commits.
const AT_ONCE: usize = 64;

/// What the players know of a conversation.
#[derive(Clone, Copy)]
struct Thread {
    conversation: ConversationId,
    customer: CustomerId,
    last_seq: i64,
}

struct Players<'a> {
    house: &'a House,
    script: &'a Script,
    members: Vec<MemberId>,
    /// The browsers of those who came: their tokens.
    browsers: HashMap<(usize, Desk), String>,
    threads: Vec<Option<Thread>>,
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
        let scene = players.scene(&script.steps[done..]);
        let attached = players.prepare(&scene[0]).await?;
        let mut attached = [attached].into_iter().chain(std::iter::repeat(Vec::new()));
        let acts: Vec<_> =
            scene.iter().map(|step| players.perform(step, attached.next().unwrap_or_default())).collect();
        let outcomes = join_all(acts).await;
        for (step, outcome) in scene.iter().zip(outcomes) {
            match outcome {
                Ok(after) => players.threads[step.thread] = after.or(players.threads[step.thread]),
                Err(refusal) => refused.push(format!("{step:?}: {refusal}")),
            }
        }
        done += scene.len();
        progress(done);
    }
    Ok(refused)
}

impl<'a> Players<'a> {
    async fn new(house: &'a House, script: &'a Script) -> Result<Self, Failure> {
        let mut members = Vec::new();
        for caller in &house.callers {
            let scope = house.stage.vault.enter(caller, house.stage.workspace).await?;
            members.push(scope.member().ok_or(Error::NotFound)?.id);
        }
        let threads = vec![None; script.threads.len()];
        Ok(Self { house, script, members, browsers: HashMap::new(), threads })
    }

    /// The next steps that can be played at once: nobody's customer occurs twice, and only the first may need
    /// something before it.
    fn scene<'s>(&self, steps: &'s [Step]) -> &'s [Step] {
        let mut busy = Vec::new();
        let fits = |step: &Step| {
            let patron = self.script.threads[step.thread].patron;
            let fits = busy.is_empty() || !(busy.contains(&patron) || self.needs_preparation(step));
            busy.push(patron);
            fits
        };
        let length = steps.iter().take(AT_ONCE).map(fits).take_while(|fits| *fits).count();
        &steps[..length]
    }

    fn needs_preparation(&self, step: &Step) -> bool {
        let newcomer = matches!(step.act, Act::Write { .. }) && !self.browsers.contains_key(&self.place(step));
        newcomer || file_of(step).is_some()
    }

    fn place(&self, step: &Step) -> (usize, Desk) {
        let thread = &self.script.threads[step.thread];
        (thread.patron, thread.desk)
    }

    /// What comes before a step: a customer opens the chat for the first time, a file is uploaded.
    async fn prepare(&mut self, step: &Step) -> Result<Vec<AttachmentId>, Failure> {
        let place = self.place(step);
        if matches!(step.act, Act::Write { .. }) && !self.browsers.contains_key(&place) {
            let token = self.open_chat(place, step.at.minus(MINUTE / 2)).await?;
            self.browsers.insert(place, token);
        }
        let Some(file) = file_of(step) else { return Ok(Vec::new()) };
        let (stage, at) = (&self.house.stage, step.at.minus(MINUTE / 6));
        let stored: StoredFile = file.keep(&*stage.files, stage.workspace).await?;
        let uploaded = match step.act {
            Act::Reply { by, .. } => {
                let uploading = async |tx: &mut Tx<ConversationReply>| upload(tx, stored).await;
                stage.act(&self.house.callers[by], at, uploading).await?
            }
            _ => {
                let uploading = async |tx: &mut Tx<VisitorChat>| visitor_upload(tx, stored).await;
                stage.act(&self.visitor(step).await?, at, uploading).await?
            }
        };
        Ok(vec![uploaded.id])
    }

    async fn open_chat(&self, (patron, desk): (usize, Desk), at: Timestamp) -> Result<String, Failure> {
        let (stage, patron) = (&self.house.stage, &self.script.patrons[patron]);
        let chat = match desk {
            Desk::Shop => &self.house.chats[0],
            Desk::Wholesale => &self.house.chats[1],
        };
        let channel = stage.vault.caller_of_channel(&chat.public_key).await?.ok_or(Error::NotFound)?;
        let identity = patron
            .user_id
            .as_ref()
            .map(|user_id| SignedIdentity { user_id: user_id.clone(), hash: sign(&chat.secret, user_id) });
        let claim = Claim {
            name: patron.name.as_deref().and_then(|name| Line::try_from(name).ok()),
            email: patron.email.as_deref().and_then(|email| EmailAddress::parse(email).ok()),
            locale: Some(patron.locale.name().to_owned()),
        };
        let opening = async |tx: &mut Tx<InboundReceive>| {
            let open = channels::list(tx).await?;
            let channel = open.iter().find(|channel| channel.public_key == chat.public_key).ok_or(Error::NotFound)?;
            visit(tx, channel, Visit { token: None, claim, identity, page: Some(desk.page().to_owned()) }).await
        };
        Ok(stage.act(&channel, at, opening).await?.token.as_str().to_owned())
    }

    /// The customer's browser; whose it is may have changed since it last wrote.
    async fn visitor(&self, step: &Step) -> Result<Caller, Refusal> {
        let token = self.browsers.get(&self.place(step)).ok_or(Error::NotFound)?;
        Ok(self.house.stage.vault.caller_of_visitor(token).await?.ok_or(Error::NotFound)?)
    }

    /// Does what the step says; what is now known of its conversation, if that changed.
    async fn perform(&self, step: &Step, attachments: Vec<AttachmentId>) -> Result<Option<Thread>, Refusal> {
        if let Act::Write { text, .. } = &step.act {
            return self.write(step, text, attachments).await.map(Some);
        }
        let thread = self.threads[step.thread].ok_or(Error::NotFound)?;
        let Thread { conversation: id, customer, last_seq } = thread;
        match &step.act {
            Act::Write { .. } => {}
            Act::Look => {
                let looking = async |tx: &mut Tx<VisitorChat>| visitor_read(tx, id, last_seq).await;
                self.house.stage.act(&self.visitor(step).await?, step.at, looking).await?;
            }
            Act::Claim { by } => {
                self.member(*by, step.at, async |tx: &mut Tx<ConversationClaim>| claim(tx, id).await).await?;
            }
            Act::HandOver { by, to } => {
                let to = self.members[*to];
                self.member(*by, step.at, async |tx: &mut Tx<ConversationAssign>| assign(tx, id, to).await).await?;
            }
            Act::Reply { by, text, .. } => {
                let text = long(text)?;
                let answer = Outbound { text, attachments, seen_seq: last_seq, client_id: None };
                let replying = async |tx: &mut Tx<ConversationReply>| reply(tx, id, answer).await;
                let sent = self.member(*by, step.at, replying).await?;
                return Ok(Some(Thread { last_seq: sent.message.seq, ..thread }));
            }
            Act::KeepPhone { by } => {
                let phone = self.script.patrons[self.script.threads[step.thread].patron].phone.as_deref();
                let phone = phone.and_then(|phone| Line::try_from(phone).ok());
                let change = customers::Change { phone: Some(phone), ..customers::Change::default() };
                let keeping =
                    async |tx: &mut Tx<CustomerEdit>| Ok(customers::update(tx, customer, change).await.map(drop)?);
                self.member(*by, step.at, keeping).await?;
            }
            Act::Read { by } => {
                let reading = async |tx: &mut Tx<ConversationView>| mark_read(tx, id, last_seq).await;
                self.member(*by, step.at, reading).await?;
            }
            Act::Snooze { by, until } => {
                let snoozing = async |tx: &mut Tx<ConversationSetStatus>| snooze(tx, id, *until).await;
                self.member(*by, step.at, snoozing).await?;
            }
            Act::Solve { by } => self.settle(*by, step.at, id, Status::Solved).await?,
            Act::Archive { by } => self.settle(*by, step.at, id, Status::Archived).await?,
            Act::MarkSpam { by } => self.settle(*by, step.at, id, Status::Spam).await?,
        }
        Ok(None)
    }

    async fn write(&self, step: &Step, text: &str, attachments: Vec<AttachmentId>) -> Result<Thread, Refusal> {
        let stage = &self.house.stage;
        let client_id = stage.vault.ids().next::<kernel::MessageId>().to_string();
        let written = Written { client_id, text: long(text)?, attachments };
        let writing = async |tx: &mut Tx<InboundReceive>| write(tx, written).await;
        let message = stage.act(&self.visitor(step).await?, step.at, writing).await?.message;
        let customer = message.author.id.map(CustomerId).ok_or(Error::NotFound)?;
        Ok(Thread { conversation: message.conversation_id, customer, last_seq: message.seq })
    }

    async fn settle(&self, by: usize, at: Timestamp, id: ConversationId, status: Status) -> Result<(), Refusal> {
        let settling = async |tx: &mut Tx<ConversationSetStatus>| set_status(tx, id, status).await;
        self.member(by, at, settling).await.map(drop)
    }

    async fn member<P: tenancy::Right, T>(
        &self,
        by: usize,
        at: Timestamp,
        work: impl AsyncFnOnce(&mut Tx<P>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        self.house.stage.act(&self.house.callers[by], at, work).await
    }
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
