//! Who is at the other end of the wire, as far as rate limits need to know.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, request::Parts},
};

use crate::App;

/// The network address a request came from, as the key of a rate limit: an IPv4 address, or the /64 network of an
/// IPv6 one, since that is what one household or server is given.
pub struct Peer(pub String);

impl FromRequestParts<App> for Peer {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        let socket = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(peer)| peer.ip());
        Ok(Self(key(origin_of(socket, &parts.headers))))
    }
}

/// A proxy on this machine names whom it serves; anybody else could write what they like.
fn origin_of(socket: Option<IpAddr>, headers: &HeaderMap) -> Option<IpAddr> {
    let forwarded = || {
        let line = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
        line.rsplit(',').next()?.trim().parse().ok()
    };
    match socket {
        Some(ip) if ip.is_loopback() => forwarded().or(Some(ip)),
        other => other,
    }
}

fn key(ip: Option<IpAddr>) -> String {
    match ip {
        None => "unknown".to_owned(),
        Some(IpAddr::V4(ip)) => ip.to_string(),
        Some(IpAddr::V6(ip)) => match ip.to_ipv4_mapped() {
            Some(ip) => ip.to_string(),
            None => {
                let [a, b, c, d, ..] = ip.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn seen(socket: &str, forwarded: Option<&str>) -> String {
        let mut headers = HeaderMap::new();
        if let Some(line) = forwarded {
            headers.insert("x-forwarded-for", HeaderValue::from_str(line).expect("a header"));
        }
        key(origin_of(socket.parse().ok(), &headers))
    }

    #[test]
    fn only_a_proxy_on_this_machine_is_believed() {
        assert_eq!(seen("203.0.113.9", Some("198.51.100.1")), "203.0.113.9");
        assert_eq!(seen("127.0.0.1", Some("10.0.0.1, 198.51.100.1")), "198.51.100.1");
        assert_eq!(seen("127.0.0.1", Some("nonsense")), "127.0.0.1");
    }

    #[test]
    fn one_network_is_one_peer() {
        assert_eq!(seen("2001:db8:1:2:3:4:5:6", None), "2001:db8:1:2::/64");
        assert_eq!(seen("::ffff:198.51.100.1", None), "198.51.100.1");
    }
}
