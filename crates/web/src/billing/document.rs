use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{Html, IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use billing::{
    Party,
    invoice::{Invoice, Line},
};
use directory::{Locale, day};
use kernel::{InvoiceId, WorkspaceId};
use sha2::{Digest, Sha256};
use tenancy::BillingView;

use super::words::{line, money, state, words};
use crate::{Allowed, App, Failure, PathOf, attachments::file::Octets, html::escape};

/// On paper and on a screen; it loads nothing from anywhere.
const STYLE: &str = ":root{color-scheme:light dark}\
    body{font:15px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}\
    address{font-style:normal;margin-bottom:2rem;overflow-wrap:anywhere}\
    header{display:flex;justify-content:space-between;gap:2rem;flex-wrap:wrap}\
    h1{font-size:1.5rem;margin:0}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:1.5rem 0}\
    dt{opacity:.7}dd{margin:0}table{width:100%;border-collapse:collapse}th,td{padding:.5rem .4rem;text-align:left;\
    border-bottom:1px solid #8886;vertical-align:top}th+th,td+td{text-align:right;white-space:nowrap}\
    small{display:block;opacity:.75}tfoot td{font-weight:600;border-bottom:0}\
    @media(max-width:30rem){body{font-size:14px}th,td{padding:.5rem .2rem}}\
    @media print{:root{color-scheme:light}body{margin:0;max-width:none}}";

/// The invoice as a page to print, in the member's own language.
#[utoipa::path(
    get, path = "/api/v1/workspaces/{workspace_id}/billing/invoices/{invoice_id}/document",
    operation_id = "invoices_document", tag = "billing",
    params(("workspace_id" = WorkspaceId, Path), ("invoice_id" = InvoiceId, Path)),
    responses((status = 200, description = "The page", content((Octets = "text/html"))))
)]
pub(crate) async fn show(
    Allowed(grant): Allowed<BillingView>,
    PathOf((_, id)): PathOf<(WorkspaceId, InvoiceId)>,
    State(app): State<App>,
) -> Result<Response, Failure> {
    let invoice = billing::invoice::invoice(&mut grant.read().await?, id).await?;
    let locale = match grant.scope().member() {
        Some(member) => directory::locale_of(&app.directory.instance, member.account).await?,
        None => Locale::En,
    };
    let mut response = Html(page(&invoice, locale)).into_response();
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        STANDARD.encode(Sha256::digest(STYLE))
    );
    let policy = HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}

fn page(invoice: &Invoice, locale: Locale) -> String {
    let words = words(locale);
    let workspace = escape(&invoice.workspace_name);
    let issued_for = match &invoice.buyer {
        Some(buyer) => vec![(words.issued_for, lines(buyer)), (words.workspace, workspace)],
        None => vec![(words.issued_for, workspace)],
    };
    let facts = [
        (words.issued, day(invoice.issued_at, locale)),
        (words.due, day(invoice.due_at, locale)),
        (words.period, format!("{} – {}", day(invoice.period.start, locale), day(invoice.period.end, locale))),
    ];
    let facts: String =
        issued_for.iter().chain(&facts).map(|(name, value)| format!("<dt>{name}</dt><dd>{value}</dd>")).collect();
    let rows: String = invoice.lines.iter().map(|line| row(line, &invoice.currency, locale)).collect();
    let title = format!("{} {}", words.invoice, escape(&invoice.number));
    format!(
        "<!doctype html><html lang=\"{lang}\"><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style>\
         <main>{seller}<header><h1>{title}</h1><p>{state}</p></header><dl>{facts}</dl>\
         <table><thead><tr><th scope=\"col\">{what}</th><th scope=\"col\">{quantity}</th>\
         <th scope=\"col\">{unit}</th><th scope=\"col\">{amount}</th></tr></thead><tbody>{rows}</tbody>\
         <tfoot><tr><td colspan=\"3\">{total}</td><td>{sum}</td></tr></tfoot></table></main>",
        lang = locale.name(),
        seller = invoice.seller.as_ref().map(letterhead).unwrap_or_default(),
        state = state(invoice.state, locale),
        what = words.what,
        quantity = words.quantity,
        unit = words.unit,
        amount = words.amount,
        total = words.total,
        sum = money(invoice.total, &invoice.currency, locale),
    )
}

fn letterhead(seller: &Party) -> String {
    format!("<address>{}</address>", lines(seller))
}

fn lines(Party { name, details }: &Party) -> String {
    let details: String = details.lines().map(|line| format!("<br>{}", escape(line))).collect();
    format!("<b>{}</b>{details}", escape(name))
}

fn row(of: &Line, currency: &str, locale: Locale) -> String {
    let (name, how) = line(of, locale);
    let how = how.map(|how| format!("<small>{how}</small>")).unwrap_or_default();
    let (unit, amount) = (money(of.unit, currency, locale), money(of.amount, currency, locale));
    format!("<tr><td>{}{how}</td><td>{}</td><td>{unit}</td><td>{amount}</td></tr>", escape(&name), of.quantity)
}
