//! `guildhall doctor`: what is unsafe or unfinished about an installation, and the way out of it. Changes nothing.

use std::{fs, path::Path};

use billing::seller::seller;
use directory::{needs_owner, operators};
use kernel::Clock;
use tenancy::{Duty, OnDuty, Pack, Vault, Verdict, Verification, pending_migrations};

use crate::{
    Settings, TillChoice, data_folder,
    installation::missing_catalogue,
    settings::{CommonSettings, SignUp},
};

/// Less room than this on the disk is a problem of the next days.
const SCARCE_BYTES: u64 = 1 << 30;
const SCARCE_PERCENT: u64 = 5;
/// A small share of a very large disk still lasts for long.
const PLENTY_BYTES: u64 = 8 << 30;
const DEAD_JOBS_COUNTED: i64 = 1000;

pub(super) async fn run(common: CommonSettings) -> Result<(), String> {
    let settings = common.complete(SignUp::Invited, super::DATA_DIR)?;
    let mut report = Report::default();
    look_at_settings(&settings, &mut report);
    look_at_folder(&settings, &mut report);
    look_at_database(&settings, &mut report).await?;
    match report.wrong {
        0 => {
            println!("\nNothing needs to be done.");
            Ok(())
        }
        1 => Err("one thing needs to be done".into()),
        wrong => Err(format!("{wrong} things need to be done")),
    }
}

/// Prints as it goes: some looks take a while.
#[derive(Default)]
struct Report {
    wrong: usize,
}

impl Report {
    fn fine(&self, text: impl AsRef<str>) {
        println!("ok    {}", text.as_ref());
    }

    /// Worth knowing; nothing has to be done about it.
    fn note(&self, text: impl AsRef<str>, way_out: &str) {
        println!("note  {}\n      {way_out}", text.as_ref());
    }

    fn wrong(&mut self, text: impl AsRef<str>, way_out: &str) {
        self.wrong += 1;
        println!("FIX   {}\n      {way_out}", text.as_ref());
    }
}

fn look_at_settings(settings: &Settings, report: &mut Report) {
    let (listen, url) = (settings.listen, &settings.public_url);
    let local = listen.ip().is_loopback() && url.scheme() == "http";
    if local {
        report.note(
            format!("Only this machine reaches the server, at {url}, by plain http."),
            "For others, put a proxy with https in front and name its address with --public-url https://….",
        );
    } else {
        report.fine(format!("Browsers reach the server by https, at {url}."));
    }
    if settings.smtp_url.is_some() {
        report.fine("Mail goes out by SMTP.");
    } else {
        let text = format!("Mail is not sent: it stays in {}.", settings.mail_folder().display());
        let way_out = "Name your mail server with --smtp-url smtps://USER:PASSWORD@HOST (GUILDHALL_SMTP_URL).";
        if local { report.note(text, way_out) } else { report.wrong(text, way_out) }
    }
    match settings.sign_up {
        SignUp::Open if local => report.note(
            "Whoever uses this machine may sign up.",
            "Let people join by invitation only with --sign-up invited, which is the default.",
        ),
        SignUp::Open => report.wrong(
            "Anybody who reaches the server may sign up.",
            "Unless that is what you want, leave --sign-up (GUILDHALL_SIGN_UP) out: people then join by invitation.",
        ),
        SignUp::Invited => report.fine("People join by invitation."),
        SignUp::Off => report.fine("Nobody can sign up."),
    }
}

fn look_at_folder(settings: &Settings, report: &mut Report) {
    let folder = &settings.data_dir;
    let Ok(metadata) = fs::metadata(folder) else {
        report.note(
            format!("There is no data folder yet at {}.", folder.display()),
            "guildhall serve makes it, for its user alone.",
        );
        return;
    };
    let open = data_folder::is_open_to_others(&metadata);
    if open {
        report.wrong(
            format!("Other users of this machine can look into {}.", folder.display()),
            &format!("chmod 700 {}", folder.display()),
        );
    } else {
        report.fine(format!("{} is its user's alone.", folder.display()));
    }
    let file = settings.database_url.strip_prefix("sqlite:").map(Path::new);
    if let Some(file) = file.filter(|file| open || !file.starts_with(folder))
        && fs::metadata(file).is_ok_and(|metadata| data_folder::is_open_to_others(&metadata))
    {
        report.wrong(
            format!("Other users of this machine can read the database file {}.", file.display()),
            &format!("chmod 600 {0} {0}-wal {0}-shm", file.display()),
        );
    }
    if let Ok(disk) = rustix::fs::statvfs(folder) {
        let (free, all) = (disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize);
        let text = format!("{:.1} GiB of the disk are free.", free as f64 / (1u64 << 30) as f64);
        if free < SCARCE_BYTES || (free < PLENTY_BYTES && free * 100 < all * SCARCE_PERCENT) {
            report.wrong(text, "Make room: a database that cannot grow refuses every message.");
        } else {
            report.fine(text);
        }
    }
}

async fn look_at_database(settings: &Settings, report: &mut Report) -> Result<(), String> {
    let url = &settings.database_url;
    if let Some(file) = url.strip_prefix("sqlite:")
        && !Path::new(file).exists()
    {
        report.wrong(format!("There is no database yet at {file}."), "Start guildhall serve: it makes one.");
        return Ok(());
    }
    let pending = match pending_migrations(url).await {
        Ok(pending) => pending,
        Err(error) => {
            report.wrong(
                format!("The database does not answer: {error}."),
                "Check that it runs and that --database-url (GUILDHALL_DATABASE_URL) names it.",
            );
            return Ok(());
        }
    };
    if !pending.is_empty() {
        report.wrong(
            format!("The database lacks {}; what is in it was not looked at.", pending.join(", ")),
            "Make a backup, then guildhall migrate (guildhall serve does it too).",
        );
        return Ok(());
    }
    report.fine("The database answers and its schema is up to date.");
    let vault = Vault::open(url, Pack::shipped(), Clock::system()).await.map_err(|error| error.to_string())?;
    look_inside(&vault, settings, report).await.map_err(|error| error.to_string())
}

#[expect(clippy::disallowed_methods, reason = "the operator looks across workspaces")]
async fn look_inside(vault: &Vault, settings: &Settings, report: &mut Report) -> Result<(), directory::Refusal> {
    let duty = vault.on_duty(Duty::Inspection);
    let damage = duty.damage().await?;
    match damage.first() {
        None => report.fine("The database file is undamaged."),
        Some(first) => report.wrong(
            format!("The database file is damaged in {} places: {first}.", damage.len()),
            "Stop the server and restore the last backup.",
        ),
    }
    look_at_chains(&duty, report).await?;
    match duty.dead_jobs(DEAD_JOBS_COUNTED).await?.len() {
        0 => report.fine("No job waits for an operator."),
        dead => report.wrong(
            format!("{dead} jobs failed for good."),
            "guildhall jobs dead tells why; guildhall jobs revive ID gives one all its tries again.",
        ),
    }
    if needs_owner(&vault.instance()).await? {
        report.wrong(
            "Nobody has an account yet.",
            &format!("guildhall serve prints a link to {}setup/… for the owner's.", settings.public_url),
        );
    } else {
        report.fine("The installation has its owner.");
        look_at_operators(vault, settings, report).await?;
    }
    match missing_catalogue(vault, &settings.catalogue).await? {
        None => report.fine(format!("New workspaces begin with the plan catalogue {:?}.", settings.catalogue)),
        Some(missing) => report.wrong(format!("A server would not start: {missing}."), "Name one that there is."),
    }
    if settings.till == TillChoice::Manual {
        look_at_seller(vault, settings, report).await?;
    }
    Ok(())
}

async fn look_at_seller(vault: &Vault, settings: &Settings, report: &mut Report) -> Result<(), tenancy::Error> {
    match seller(&mut vault.instance().read().await?).await? {
        Some(seller) => report.fine(format!("Invoices are from {:?}.", seller.name)),
        None => report.note(
            "Invoices name no seller yet.",
            &format!(
                "Say who they are from at {}admin/invoices, or with guildhall admin seller set --name NAME.",
                settings.public_url
            ),
        ),
    }
    Ok(())
}

async fn look_at_operators(vault: &Vault, settings: &Settings, report: &mut Report) -> Result<(), directory::Refusal> {
    match operators(&vault.instance()).await?.len() {
        0 => report.note(
            "Nobody operates the server: what people ask its operator for is read by nobody.",
            &format!(
                "guildhall admin operator grant ADDRESS gives an account the console at {}admin.",
                settings.public_url
            ),
        ),
        1 => report.fine("One account operates the server."),
        many => report.fine(format!("{many} accounts operate the server.")),
    }
    Ok(())
}

/// INV-40.
async fn look_at_chains(duty: &OnDuty, report: &mut Report) -> Result<(), tenancy::Error> {
    let mut verdicts = vec![("the accounts".to_owned(), duty.verify_accounts().await?)];
    for workspace in duty.workspaces().await? {
        let Verification { changes, access } = duty.verify_workspace(workspace).await?;
        verdicts.push((format!("workspace {workspace}"), changes));
        verdicts.push((format!("access to workspace {workspace}"), access));
    }
    let mut whole = 0;
    for (whose, verdict) in &verdicts {
        match verdict {
            Verdict::Whole { events, .. } => whole += events,
            Verdict::Broken { seq, finding } => report.wrong(
                format!("The record of {whose} was changed or damaged: event {seq} is {finding}."),
                "Keep a copy of the database for the inquiry, then restore the last backup before the change.",
            ),
        }
    }
    report.fine(format!("{whole} recorded events are whole and in their place."));
    Ok(())
}
