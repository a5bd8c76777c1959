//! The requests of a browser and of a page with the chat widget.

use http_body_util::Full;
use hyper::{Request, body::Bytes, header, http::request::Builder};
use serde_json::Value as Json;
use uuid::Uuid;

use crate::{
    data::house::{Member, ORIGIN, Visitor},
    load::Outgoing,
};

/// A member's browser asks.
pub fn get(path: &str, member: &Member) -> Outgoing {
    finish(Request::get(path).header(header::COOKIE, format!("sid={}", member.session)), None)
}

/// A member's browser changes something.
pub fn post(path: &str, member: &Member, body: &Json) -> Outgoing {
    let request = Request::post(path).header(header::COOKIE, format!("sid={}", member.session));
    finish(request.header("sec-fetch-site", "same-origin"), Some(body))
}

/// A member's browser puts something into a place.
pub fn put(path: &str, member: &Member, body: &Json) -> Outgoing {
    let request = Request::put(path).header(header::COOKIE, format!("sid={}", member.session));
    finish(request.header("sec-fetch-site", "same-origin"), Some(body))
}

/// What the server measured of itself.
pub fn metrics() -> Outgoing {
    finish(Request::get("/metrics"), None)
}

/// The widget asks.
pub fn widget_get(path: &str, visitor: &Visitor) -> Outgoing {
    finish(of_visitor(Request::get(path), visitor), None)
}

/// The widget sends a message.
pub fn widget_message(visitor: &Visitor, text: &str) -> Outgoing {
    let body = serde_json::json!({ "client_id": Uuid::now_v7(), "text": text });
    finish(of_visitor(Request::post("/widget/v1/messages"), visitor), Some(&body))
}

fn of_visitor(request: Builder, visitor: &Visitor) -> Builder {
    request.header(header::AUTHORIZATION, format!("Visitor {}", visitor.token)).header(header::ORIGIN, ORIGIN)
}

fn finish(request: Builder, body: Option<&Json>) -> Outgoing {
    let request = request.header(header::HOST, "127.0.0.1");
    let request = match body {
        Some(body) => request.header(header::CONTENT_TYPE, "application/json").body(Full::from(body.to_string())),
        None => request.body(Full::<Bytes>::default()),
    };
    request.expect("paths and headers are made of plain characters")
}
