use conversations::Direction;

use super::{Exported, said_by};
use crate::{conversations::view::MessageView, html::escape};

const STYLE: &str = "\
    body{font:11pt/1.5 system-ui,sans-serif;color:#111;max-width:44rem;margin:2rem auto;padding:0 1rem}\
    h1{font-size:1.4rem;margin:0}dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;color:#444}\
    dt{font-weight:600}dd{margin:0}article{border-top:1px solid #ccc;padding:.6rem 0;break-inside:avoid}\
    article.note{border-left:4px solid #b7791f;padding-left:.75rem}\
    header{display:flex;justify-content:space-between;gap:1rem;font-weight:600}time{font-weight:400;color:#555}\
    p{white-space:pre-wrap;overflow-wrap:anywhere;margin:.25rem 0}ul{margin:.25rem 0}\
    @page{margin:18mm}@media print{body{margin:0;max-width:none;padding:0}}";

/// The conversation as a page that needs nothing else and prints well.
pub(super) fn html(exported: &Exported) -> String {
    let Exported { conversation, messages, at } = exported;
    let name = escape(&conversation.customer.display_name);
    let email = conversation.customer.email.as_deref();
    let email = email.map(|email| format!("<dt>E-mail</dt><dd>{}</dd>", escape(email))).unwrap_or_default();
    let channel = escape(&conversation.channel.name);
    let articles: String = messages.iter().map(article).collect();
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Conversation with {name}</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>{STYLE}</style>\
         <h1>Conversation with {name}</h1><dl>{email}<dt>Channel</dt><dd>{channel}</dd>\
         <dt>Exported</dt><dd><time datetime=\"{at}\">{at}</time></dd></dl><main>{articles}</main></html>"
    )
}

fn article(message: &MessageView) -> String {
    let (at, who) = (message.sent_at.to_string(), escape(&said_by(message)));
    let class = if message.direction == Direction::Internal { " class=\"note\"" } else { "" };
    let said = if message.deleted { "<em>deleted</em>".to_owned() } else { escape(&message.text) };
    let files: String = message.attachments.iter().map(|file| format!("<li>{}</li>", escape(&file.name))).collect();
    let files = if files.is_empty() { String::new() } else { format!("<ul>{files}</ul>") };
    format!(
        "<article{class}><header><span>{who}</span><time datetime=\"{at}\">{at}</time></header><p>{said}</p>{files}</article>"
    )
}
