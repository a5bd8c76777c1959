//! A world: one server on a database of its own, the people in it, and a clock that stands still.
//!
//! The people join once per test run, through the doors; every world starts from a copy of that moment.

use std::{
    collections::BTreeMap,
    net::{SocketAddr, TcpListener},
    sync::{Arc, LazyLock},
    time::Duration,
};

use agent::Model;
use guildhall::{CommonSettings, Installation, Running, SignUp, serve};
use kernel::{Clock, EmailAddress, Timestamp};
use serde_json::{Value, json};
use tenancy::Vault;
use tokio::runtime::Runtime;

use super::{Client, Database, Person, SITE, Visitor, database::Snapshot, mirror, tables};

/// Monday morning.
const START: i64 = 1_767_600_000_000;
/// Everybody's.
pub const PASSWORD: &str = "seven quiet lanterns";

/// Who is there in every world, and with which role in Acme. Gus is a stranger: he has only a workspace of his own.
const CAST: &[(&str, Option<&str>)] = &[
    ("Ann", Some("owner")),
    ("Bo", Some("member")),
    ("Vic", Some("viewer")),
    ("Cleo", Some("collaborator")),
    ("Gus", None),
];

/// Fields end in this order: the server first, then its database.
pub struct World {
    /// Dropped, it asks the server to stop.
    _running: Running,
    server: Server,
    pub database: Database,
    pub clock: Clock,
    pub origin: String,
    pub channel: String,
    pub channel_key: String,
    people: BTreeMap<&'static str, Person>,
    /// Every server of this world is told the same.
    settings: CommonSettings,
    /// Who writes the answers of the AI.
    model: Option<Arc<dyn Model>>,
}

/// Whatever runs of a server; stopped at once when dropped, as if the plug were pulled.
pub struct Server(Option<Runtime>);

impl Server {
    pub fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        Self(Some(runtime.expect("a runtime")))
    }

    pub fn run<T>(&self, work: impl Future<Output = T>) -> T {
        self.0.as_ref().expect("it runs until dropped").block_on(work)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_timeout(Duration::from_secs(5));
        }
    }
}

/// Tables that the house writes in its own time about what was done before: whom it tells of it.
pub const BY_ITSELF: [&str; 3] = ["digests", "notifications", "reactor_cursors"];

/// The moment every world starts from.
pub struct Beginning {
    pub snapshot: Snapshot,
    pub channel_key: String,
    channel: String,
    now: Timestamp,
    people: BTreeMap<&'static str, Person>,
}

impl Beginning {
    pub fn get() -> &'static Self {
        static BEGINNING: LazyLock<Beginning> = LazyLock::new(begin);
        &BEGINNING
    }

    /// When every world begins.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Acme.
    pub fn workspace(&self) -> String {
        self.people["Ann"].workspace.clone()
    }
}

impl World {
    /// Acme with Ann, Bo, Vic and Cleo in it, a website channel, and Gus outside.
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    /// The same, with other settings.
    pub fn with(change: impl FnOnce(&mut CommonSettings)) -> Self {
        Self::from_the_beginning(change, None)
    }

    /// The same, with an AI that answers what customers write.
    pub fn with_agent(model: impl Model + 'static) -> Self {
        let world = Self::from_the_beginning(|_| {}, Some(Arc::new(model)));
        world.ann().put("agent", json!({ "enabled": true })).ok();
        world
    }

    fn from_the_beginning(change: impl FnOnce(&mut CommonSettings), model: Option<Arc<dyn Model>>) -> Self {
        let beginning = Beginning::get();
        let (database, clock) = (Database::of(&beginning.snapshot), Clock::movable(beginning.now));
        let mut world = Self::open(database, clock, change, model);
        world.channel.clone_from(&beginning.channel);
        world.channel_key.clone_from(&beginning.channel_key);
        for (name, person) in &beginning.people {
            let cookie = person.browser.header("cookie").expect("everybody is signed in");
            let browser = world.browser().with("cookie", cookie);
            world.people.insert(name, Person { browser, ..person.clone() });
        }
        world
    }

    /// A server with nobody in it, on a new database.
    pub fn empty() -> Self {
        Self::open(Database::empty(), Clock::movable(Timestamp::from_millis(START)), |_| {}, None)
    }

    fn open(
        database: Database,
        clock: Clock,
        change: impl FnOnce(&mut CommonSettings),
        model: Option<Arc<dyn Model>>,
    ) -> Self {
        // What a server could not do stands beside the story that failed by it; the first world starts the log.
        let log = tracing_subscriber::fmt().with_max_level(tracing::Level::ERROR).with_ansi(false);
        let _ = log.with_writer(std::io::stderr).try_init();
        let server = Server::new();
        let mut settings = settings(&database);
        change(&mut settings);
        let running = server.run(start(&settings, &clock, free_address(), model.clone()));
        Self {
            server,
            database,
            clock,
            origin: format!("http://{}", running.address),
            channel: String::new(),
            channel_key: String::new(),
            people: BTreeMap::new(),
            settings,
            model,
            _running: running,
        }
    }

    /// A further server on the same database; browsers reach it at the address it returns.
    pub fn second_server(&self) -> (Running, String) {
        let running = self.server.run(start(&self.settings, &self.clock, free_address(), self.model.clone()));
        let origin = format!("http://{}", running.address);
        (running, origin)
    }

    /// Pulls the server's plug and starts it again on the same database, at the same address.
    pub fn restart(&mut self) {
        self.restart_after(|_| ());
    }

    /// Starts the server again with other settings.
    pub fn restart_with(&mut self, change: impl FnOnce(&mut CommonSettings)) {
        self.restart_after(|world| change(&mut world.settings));
    }

    /// A backup of the database. The server is away meanwhile.
    pub fn back_up(&mut self) -> Database {
        self.restart_after(|world| world.database.copy())
    }

    /// Puts everything back to how it was when it was backed up. The server is away meanwhile.
    pub fn restore(&mut self, backup: &Database) {
        self.restart_after(|world| {
            world.database = backup.copy();
            let Database { folder, url } = &world.database;
            world.settings.data_dir = Some(folder.path().to_owned());
            world.settings.database_url = Some(url.clone());
        });
    }

    fn restart_after<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        drop(std::mem::replace(&mut self.server, Server::new()));
        let done = work(self);
        let address = self.origin.trim_start_matches("http://").parse().expect("an address");
        self._running = self.server.run(start(&self.settings, &self.clock, address, self.model.clone()));
        done
    }

    /// A browser in which nobody is signed in.
    pub fn browser(&self) -> Client {
        Client::new(self.origin.clone(), self.clock.clone())
    }

    pub fn person(&self, name: &str) -> Person {
        self.people.get(name).unwrap_or_else(|| panic!("{name} is not in this world")).clone()
    }

    /// The owner.
    pub fn ann(&self) -> Person {
        self.person("Ann")
    }

    /// The member.
    pub fn bo(&self) -> Person {
        self.person("Bo")
    }

    /// The viewer: reads, masked.
    pub fn vic(&self) -> Person {
        self.person("Vic")
    }

    /// The collaborator: takes part, never reaches a customer.
    pub fn cleo(&self) -> Person {
        self.person("Cleo")
    }

    /// The stranger, at home in his own workspace; [`Person::in_workspace`] makes him knock at another.
    pub fn gus(&self) -> Person {
        self.person("Gus")
    }

    /// Acme.
    pub fn workspace(&self) -> String {
        self.ann().workspace
    }

    /// Somebody who opens the chat on the website.
    #[track_caller]
    pub fn visitor(&self) -> Visitor {
        Visitor::open(self.browser(), &self.channel_key)
    }

    /// Somebody who opens the chat and says more than that: a name, an earlier token, an identity.
    #[track_caller]
    pub fn visitor_who(&self, said: Value) -> Visitor {
        Visitor::visit(self.browser(), &self.channel_key, said)
    }

    /// A new secret for the website to sign its users with.
    #[track_caller]
    pub fn identity_secret(&self) -> String {
        let made = self.ann().post(&format!("channels/{}/identity-secret", self.channel), json!({})).ok();
        text_of(&made["secret"])
    }

    /// How many events were ever recorded, in whatever workspace, of what people and programs did: what the house
    /// does in its own time may be written at any moment.
    pub fn recorded(&self) -> i64 {
        self.database.count("select count(*) from events where actor_kind <> 'duty'")
    }

    /// How many rows every table of workspaces has, but for what the house writes [`BY_ITSELF`].
    pub fn written(&self) -> BTreeMap<String, i64> {
        let count = |table: &String| {
            let told = if table == "jobs" { " where kind not like 'notification.%'" } else { "" };
            format!("select '{table}', count(*) from {table}{told}")
        };
        let tables = tables(&self.database).into_iter().map(|(table, _)| table);
        let counts: Vec<_> = tables.filter(|table| !BY_ITSELF.contains(&table.as_str())).map(|it| count(&it)).collect();
        // In one query: on PostgreSQL each costs a connection.
        let rows = self.database.rows(&counts.join(" union all "));
        rows.into_iter()
            .map(|row| match row.as_slice() {
                [Some(table), Some(count)] => (table.clone(), count.parse().expect("a number")),
                other => panic!("{other:?} is no count"),
            })
            .collect()
    }

    /// The same, but for the record of refusals, which a refusal is meant to fill.
    pub fn written_but_refusals(&self) -> BTreeMap<String, i64> {
        let mut written = self.written();
        written.retain(|table, _| !table.starts_with("access_"));
        written
    }

    /// A new visitor writes; the conversation's id.
    #[track_caller]
    pub fn conversation(&self, text: &str) -> String {
        self.visitor().says(text)
    }

    /// Signs somebody new up, with the shared password and a workspace of their own.
    #[track_caller]
    pub fn sign_up(&self, name: &str) -> Person {
        let email = address(name);
        let account = json!({ "name": name, "email": email, "password": PASSWORD });
        let browser = self.browser();
        let reply = browser.post("/api/v1/accounts", account);
        let browser = browser.with("cookie", &reply.cookie());
        person(name, browser, &reply.ok_with(201))
    }

    /// Somebody new with a proven address.
    #[track_caller]
    pub fn verified(&self, name: &str) -> Person {
        let person = self.sign_up(name);
        let token = self.mailed(&person.email, "/verify/");
        self.browser().post("/api/v1/email-verifications/complete", json!({ "token": token })).ok_with(204);
        person
    }

    /// Somebody new who operates the server, and is in no workspace but their own.
    #[track_caller]
    pub fn operator(&self) -> Person {
        let olga = self.verified(&format!("Olga {}", fresh_id()));
        let email = EmailAddress::parse(&olga.email).expect("an address");
        self.server.run(async {
            let vault = Vault::open(&self.database.url, Vec::new(), self.clock.clone()).await.expect("a vault");
            directory::grant_operator(&vault.instance(), &email).await.expect("an operator");
        });
        Person { browser: olga.browser.clone().of_operator(), ..olga }
    }

    /// Somebody new joins Acme by Ann's invitation.
    #[track_caller]
    pub fn join(&self, ann: &Person, name: &str, role: &str) -> Person {
        let seat = if role == "collaborator" { "collaborator" } else { "full" };
        let email = address(name);
        ann.post("invitations", json!({ "email": email, "role_key": role, "seat_type": seat })).ok_with(201);
        let token = self.mailed(&email, "/invite/");
        let account = json!({ "name": name, "email": email, "password": PASSWORD, "invitation_token": token });
        let browser = self.browser();
        let reply = browser.post("/api/v1/accounts", account);
        let browser = browser.with("cookie", &reply.cookie());
        person(name, browser, &reply.ok_with(201))
    }

    /// Somebody new with this role.
    #[track_caller]
    pub fn member_with_role(&self, role: &str) -> Person {
        self.join(&self.ann(), &format!("{role}.{}", fresh_id()), role)
    }

    /// The token of the newest link of a kind that was mailed to an address, once it was.
    #[track_caller]
    pub fn mailed(&self, email: &str, link: &str) -> String {
        until(&format!("a mail to {email}"), || {
            let to = format!("to: {email}\n");
            let mails = self.mails();
            mails.iter().rev().filter(|mail| mail.to_lowercase().contains(&to)).find_map(|mail| link_in(mail, link))
        })
    }

    /// The mails that the server kept, oldest first.
    pub fn mails(&self) -> Vec<String> {
        let folder = self.database.folder.path().join("mail");
        let mut files: Vec<_> = std::fs::read_dir(folder).map(|files| files.flatten().collect()).unwrap_or_default();
        // A file still being written starts with a dot.
        files.retain(|file| !file.file_name().to_string_lossy().starts_with('.'));
        files.sort_by_key(std::fs::DirEntry::file_name);
        files.iter().filter_map(|file| std::fs::read_to_string(file.path()).ok()).collect()
    }
}

/// The token behind a link of this kind in a mail.
pub fn link_in(mail: &str, link: &str) -> Option<String> {
    let (_, rest) = mail.split_once(link)?;
    let token = rest.split(|letter: char| !letter.is_ascii_alphanumeric() && !"_-".contains(letter)).next()?;
    Some(token.to_owned())
}

/// Waits for what happens on its own.
#[track_caller]
pub fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    const LOOKS: u32 = 1000;
    for _ in 0..LOOKS {
        if let Some(found) = look() {
            return found;
        }
        #[expect(clippy::disallowed_methods, reason = "between looks at what no signal announces")]
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("{what} did not happen");
}

/// A client-made id.
pub fn fresh_id() -> String {
    kernel::Ids::new(Clock::system()).next::<kernel::MessageId>().to_string()
}

fn begin() -> Beginning {
    let database = Database::empty();
    let clock = Clock::movable(Timestamp::from_millis(START));
    Server::new().run(Vault::open(&database.url, Vec::new(), clock.clone())).expect("a schema");
    mirror::put_up(&database);
    let world = World::open(database, clock, |_| {}, None);
    let ann = world.sign_up("Ann");
    ann.patch("", json!({ "name": "Acme" })).ok();
    // Nobody is away because a story's clock moved.
    ann.patch("inbox-settings", json!({ "auto_away_minutes": 0 })).ok();
    let people = CAST.iter().map(|(name, role)| {
        let person = match role {
            Some("owner") => ann.clone(),
            Some(role) => world.join(&ann, name, role),
            None => world.sign_up(name),
        };
        (*name, person)
    });
    let people = people.collect();
    let channel = ann.post("channels", json!({ "name": "Website" })).ok_with(201);
    let (id, key) = (text_of(&channel["id"]), text_of(&channel["public_key"]));
    ann.patch(&format!("channels/{id}"), json!({ "allowed_origins": [SITE] })).ok();
    let told = || ann.get("notifications").ok()["items"].as_array().map_or(0, Vec::len);
    until("Ann was told who joined", || (told() == 3).then_some(()));
    ann.post("notifications/read-all", json!({})).ok();
    let open = "select count(*) from jobs where state <> 'done'";
    until("the last mail of the beginning", || (world.database.count(open) == 0).then_some(()));
    let World { server, database, clock, .. } = world;
    drop(server);
    Beginning { snapshot: database.snapshot(), now: clock.now(), channel: id, channel_key: key, people }
}

/// Who a `MeView` is about, at home in the first workspace.
fn person(name: &str, browser: Client, me: &Value) -> Person {
    let home = &me["memberships"][0];
    Person {
        name: name.to_owned(),
        email: text_of(&me["account"]["email"]),
        account: text_of(&me["account"]["id"]),
        member: text_of(&home["member_id"]),
        workspace: text_of(&home["workspace"]["id"]),
        browser,
    }
}

fn address(name: &str) -> String {
    format!("{}@example.com", name.to_lowercase().replace(' ', "."))
}

#[track_caller]
pub fn text_of(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// What every server of the stage is told.
fn settings(database: &Database) -> CommonSettings {
    CommonSettings {
        data_dir: Some(database.folder.path().to_owned()),
        database_url: Some(database.url.clone()),
        limit_factor: Some(100_000),
        // What leaves, leaves for a server of the stage.
        trust_loopback: true,
        ..CommonSettings::default()
    }
}

async fn start(settings: &CommonSettings, clock: &Clock, listen: SocketAddr, model: Option<Arc<dyn Model>>) -> Running {
    let settings = CommonSettings { listen: Some(listen), ..settings.clone() };
    let settings = settings.complete(SignUp::Open, "unused").expect("settings");
    let installation = Installation::with_model(&settings, clock.clone(), None, model).await.expect("an installation");
    serve(installation, listen).await.expect("a server")
}

/// A port that is free now; the server takes it a moment later.
pub fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    listener.local_addr().expect("its address")
}
