//! The beginning of the sample workspace: its owner founds it, the others join by the mails they get, and its two
//! website chats open.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use channels::{Change, SettingsChange};
use conversations::{Visit, visit};
use directory::{
    Browser, Directory, InboxChange, Lifetime, Mail, MailDesk, MailMode, NewAccount, Offer, PostError, Postman, SignUp,
    SignedUp, Way, invite, mint_setup_token, rename_workspace, run_mail_job, sign_up, update_inbox_settings,
    verify_email,
};
use kernel::{ChannelId, Clock, EmailAddress, Line, Password, Timestamp, WorkspaceId};
use tenancy::{
    Caller, ChannelManage, Duty, Error, InboundReceive, MemberInvite, MemberInviteCollaborator, OnDuty, Scope,
    SeatType, Tx, WorkspaceEditSettings,
};

use super::{
    Failure,
    calendar::{HOUR, MINUTE},
    script::Desk,
    stage::Stage,
    team::{Colleague, TEAM, WORKSPACE},
};
use crate::Installation;

/// The sample workspace as it is before its first customer.
pub(super) struct House {
    pub(super) stage: Stage,
    /// In the order of [`TEAM`].
    pub(super) callers: Vec<Caller>,
    /// The shop's chat and the wholesale chat.
    pub(super) chats: [Chat; 2],
}

pub(super) struct Chat {
    pub(super) public_key: String,
    /// What the sample site signs its users with.
    pub(super) secret: String,
}

impl House {
    pub(super) fn chat(&self, desk: Desk) -> &Chat {
        match desk {
            Desk::Shop => &self.chats[0],
            Desk::Wholesale => &self.chats[1],
        }
    }

    /// Somebody opens a chat; the token of the visit.
    pub(super) async fn open_chat(&self, desk: Desk, arriving: Visit, at: Timestamp) -> Result<String, Failure> {
        let (stage, chat) = (&self.stage, self.chat(desk));
        let channel = stage.vault.caller_of_channel(&chat.public_key).await?.ok_or(Error::NotFound)?;
        let opening = async |tx: &mut Tx<InboundReceive>| {
            let open = channels::list(tx).await?;
            let channel = open.iter().find(|channel| channel.public_key == chat.public_key).ok_or(Error::NotFound)?;
            visit(tx, channel, arriving).await
        };
        Ok(stage.act(&stage.enter(&channel).await?, at, opening).await?.token.as_str().to_owned())
    }
}

/// Founds the workspace at `from`; everybody is there an hour and a half later.
pub(super) async fn found(installation: &Installation, clock: &Clock, from: Timestamp) -> Result<House, Failure> {
    clock.set(from);
    let founder = Founder::new(installation);
    let [owner, colleagues @ ..] = &TEAM;
    let token = mint_setup_token(&founder.directory.instance).await?.ok_or(Error::NotFound)?;
    let ann = founder.sign_up(owner, Way::Setup(token.as_str().to_owned())).await?;
    founder.deliver().await?;
    verify_email(&founder.directory, &founder.letters.token(owner.email, "/verify/")?).await?;
    let stage = Stage {
        vault: installation.vault.clone(),
        files: installation.doors.files.clone(),
        workspace: founder.home(&ann).await?,
        clock: clock.clone(),
    };
    let name = Line::try_from(WORKSPACE).map_err(Failure::Sample)?;
    let renaming = async |tx: &mut Tx<WorkspaceEditSettings>| rename_workspace(tx, &name).await;
    let owner = stage.enter(&ann).await?;
    stage.act(&owner, from.plus(MINUTE), renaming).await?;
    // Hardly anybody sits at the desks of the sample, and yet conversations are to find somebody.
    let never = InboxChange { auto_away_minutes: Some(Some(0)), ..InboxChange::default() };
    let staying = async |tx: &mut Tx<WorkspaceEditSettings>| update_inbox_settings(tx, never.clone()).await;
    stage.act(&owner, from.plus(MINUTE * 2), staying).await?;
    let chats = open_chats(&stage, &owner, from.plus(MINUTE * 10)).await?;
    let mut callers = vec![ann];
    for (number, colleague) in (0..).zip(colleagues) {
        let at = from.plus(MINUTE * 20 + MINUTE * 10 * number);
        let joined = founder.join(&stage, &owner, colleague, at).await?;
        callers.push(joined);
    }
    clock.set(from.plus(HOUR * 2));
    Ok(House { stage, callers, chats })
}

/// What founding takes: accounts, and the mails that make them.
struct Founder {
    directory: Directory,
    letters: Arc<Letters>,
    desk: MailDesk,
    duty: OnDuty,
}

impl Founder {
    #[expect(clippy::disallowed_methods, reason = "the command line delivers the mails of the beginning itself")]
    fn new(installation: &Installation) -> Self {
        let letters = Arc::new(Letters::default());
        let instance = installation.vault.instance();
        Self {
            // However the demo is set up, its people join by invitation and answer their mails here.
            directory: Directory { sign_up: SignUp::Invited, mail: MailMode::Local, ..installation.directory.clone() },
            desk: MailDesk { instance, postman: letters.clone(), public_url: String::new() },
            letters,
            duty: installation.vault.on_duty(Duty::Jobs),
        }
    }

    /// Nobody ever knows these passwords: people of the demo enter by links.
    async fn sign_up(&self, person: &Colleague, way: Way) -> Result<Caller, Failure> {
        let account = NewAccount {
            name: Line::try_from(person.name).map_err(Failure::Sample)?,
            email: address(person.email)?,
            password: Password::try_from(format!("{:032x}", rand::random::<u128>())).map_err(Failure::Sample)?,
            locale: person.locale,
        };
        match sign_up(&self.directory, &account, &way, &Browser::named("Guildhall")).await? {
            SignedUp::Session(signed_in) => {
                let caller = self.directory.instance.vault().caller_of_session(signed_in.token.as_str()).await?;
                Ok(caller.ok_or(Error::NotFound)?)
            }
            SignedUp::CheckMail => Err(Failure::Sample("a sign-up was answered by mail".into())),
        }
    }

    async fn home(&self, caller: &Caller) -> Result<WorkspaceId, Failure> {
        let (account, _) = caller.account().ok_or(Error::NotFound)?;
        let places = self.directory.instance.places(account).await?;
        Ok(places.first().ok_or(Error::NotFound)?.workspace)
    }

    /// The owner invites, the colleague reads the mail and joins.
    async fn join(
        &self,
        stage: &Stage,
        owner: &Scope,
        colleague: &Colleague,
        at: Timestamp,
    ) -> Result<Caller, Failure> {
        let email = address(colleague.email)?;
        let offer = Offer { role_key: colleague.role_key.to_owned(), lifetime: Lifetime::default() };
        match colleague.seat() {
            SeatType::Full => {
                let inviting = async |tx: &mut Tx<MemberInvite>| invite(tx, &email, &offer).await;
                stage.act(owner, at, inviting).await?
            }
            SeatType::Collaborator => {
                let inviting = async |tx: &mut Tx<MemberInviteCollaborator>| invite(tx, &email, &offer).await;
                stage.act(owner, at, inviting).await?
            }
        };
        self.deliver().await?;
        stage.clock.set(at.plus(MINUTE * 6));
        self.sign_up(colleague, Way::Invitation(self.letters.token(colleague.email, "/invite/")?)).await
    }

    /// Writes and delivers every mail that waits.
    async fn deliver(&self) -> Result<(), Failure> {
        loop {
            let jobs = self.duty.claim_jobs(16).await?;
            if jobs.is_empty() {
                return Ok(());
            }
            for job in jobs {
                run_mail_job(&self.desk, &self.duty, &job).await?;
                self.duty.finish_job(&job, None).await?;
            }
        }
    }
}

fn address(text: &str) -> Result<EmailAddress, Failure> {
    EmailAddress::parse(text).map_err(|error| Failure::Sample(error.to_string()))
}

/// The mails of the beginning: they are answered here and go nowhere.
#[derive(Default)]
struct Letters(Mutex<Vec<Mail>>);

#[async_trait]
impl Postman for Letters {
    async fn deliver(&self, mail: &Mail) -> Result<(), PostError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(mail.clone());
        Ok(())
    }
}

impl Letters {
    /// The token of a kind of link in the newest mail to an address.
    fn token(&self, email: &str, link: &str) -> Result<String, Failure> {
        let mails = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let to_them = mails.iter().rev().filter(|mail| mail.to.as_str() == email);
        let token = to_them.filter_map(|mail| mail.text.split_once(link)).map(|(_, rest)| {
            rest.split(|c: char| !c.is_ascii_alphanumeric() && !"_-".contains(c)).next().unwrap_or_default().to_owned()
        });
        let token = token.into_iter().next();
        token.ok_or_else(|| Failure::Sample(format!("no mail with {link} reached {email}")))
    }
}

/// The chat that every workspace starts with becomes the shop's; cafés have one of their own.
async fn open_chats(stage: &Stage, owner: &Scope, at: Timestamp) -> Result<[Chat; 2], Failure> {
    let grant = owner.grant::<ChannelManage>()?;
    let first = channels::list(&mut grant.read().await?).await?;
    let first = first.first().ok_or(Error::NotFound)?.id;
    let name = Line::try_from("Wholesale").map_err(Failure::Sample)?;
    let creating = async |tx: &mut Tx<ChannelManage>| channels::create(tx, &name).await;
    let second = stage.act(owner, at, creating).await?.id;
    let shop = look("#2f6b52", "Hello! Ask us anything about coffee, orders and deliveries.");
    let wholesale = look("#7a4a24", "Good to see you. What can we do for your café?");
    Ok([
        set_up(stage, owner, at.plus(MINUTE), first, named("Shop", shop)?).await?,
        set_up(stage, owner, at.plus(MINUTE * 3), second, named("Wholesale", wholesale)?).await?,
    ])
}

fn named(name: &str, look: SettingsChange) -> Result<Change, Failure> {
    let name = Line::try_from(name).map_err(Failure::Sample)?;
    Ok(Change { name: Some(name), settings: Some(look), allowed_origins: None })
}

fn look(color: &str, greeting: &str) -> SettingsChange {
    SettingsChange {
        color: Some(color.to_owned()),
        greeting: Some(greeting.to_owned()),
        reply_time_hint: Some("We usually answer within the hour, Monday to Friday.".to_owned()),
        ..SettingsChange::default()
    }
}

async fn set_up(stage: &Stage, owner: &Scope, at: Timestamp, id: ChannelId, change: Change) -> Result<Chat, Failure> {
    let changing = async |tx: &mut Tx<ChannelManage>| channels::update(tx, id, change).await;
    let channel = stage.act(owner, at, changing).await?;
    let rotating = async |tx: &mut Tx<ChannelManage>| channels::rotate_identity_secret(tx, id).await;
    let secret = stage.act(owner, at.plus(MINUTE), rotating).await?;
    Ok(Chat { public_key: channel.public_key, secret })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_found_in_its_mail() {
        let letters = Letters::default();
        let mail = |text: &str| Mail {
            to: EmailAddress::parse("bo@larkspur.example").expect("an address"),
            subject: String::new(),
            text: text.to_owned(),
            html: String::new(),
        };
        letters
            .0
            .lock()
            .expect("nobody panicked")
            .extend([mail("See /invite/gi_old."), mail("See /invite/gi_n-w.\nBye")]);
        assert_eq!(letters.token("bo@larkspur.example", "/invite/").expect("a token"), "gi_n-w");
        assert!(letters.token("bo@larkspur.example", "/verify/").is_err());
        assert!(letters.token("ann@larkspur.example", "/invite/").is_err());
    }
}
