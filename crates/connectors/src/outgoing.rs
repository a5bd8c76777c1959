//! Asks at addresses that people typed, browsers named or the operator set: by https, to the outside only. A name is
//! resolved here and exactly that address is connected to, so that none can lead into the own network by resolving to
//! another one later.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use bytes::Bytes;
use http_body_util::{BodyExt, Full, Limited};
use hyper::{HeaderMap, Method, Request, Response, StatusCode, body::Incoming, client::conn::http1, header};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpStream, lookup_host},
    task::AbortHandle,
};
use tokio_rustls::{
    TlsConnector,
    rustls::{ClientConfig, RootCertStore, crypto::ring, pki_types::ServerName},
};
use url::{Host, Url};

/// Of a post, from resolving the name to the answer's status; shorter than the grace of a server that stops.
const PATIENCE: Duration = Duration::from_secs(8);

/// Asks outside; clones share one configuration.
#[derive(Clone)]
pub struct Outgoing {
    tls: TlsConnector,
    /// Whether plain http to this machine is fine: for trying things out, and for tests.
    trusts_loopback: bool,
}

impl Outgoing {
    /// # Errors
    /// The TLS library refuses its own defaults.
    pub fn new(trusts_loopback: bool) -> Result<Self, String> {
        let roots = RootCertStore::from_iter(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { tls: TlsConnector::from(Arc::new(config)), trusts_loopback })
    }

    /// Whether an address may be posted to, as far as its text tells: what its name resolves to is looked at when it is.
    pub(crate) fn admits(&self, url: &Url) -> bool {
        match (url.scheme(), url.host()) {
            ("https", Some(Host::Domain(_))) => true,
            ("https", Some(Host::Ipv4(ip))) => self.admits_address(ip.into()),
            ("https", Some(Host::Ipv6(ip))) => self.admits_address(ip.into()),
            ("http", _) => self.is_trusted_loopback(url),
            _ => false,
        }
    }

    pub(crate) fn is_trusted_loopback(&self, url: &Url) -> bool {
        let loopback = match url.host() {
            Some(Host::Ipv4(ip)) => ip.is_loopback(),
            Some(Host::Ipv6(ip)) => ip.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => false,
        };
        self.trusts_loopback && loopback
    }

    fn admits_address(&self, address: IpAddr) -> bool {
        is_public(address) || (self.trusts_loopback && address.is_loopback())
    }

    /// Posts and returns the answer's status. Redirections are not followed.
    pub(crate) async fn post(
        &self,
        url: &Url,
        headers: &[(&'static str, String)],
        body: Vec<u8>,
    ) -> Result<StatusCode, String> {
        let question = Question { method: Method::POST, url, headers, body };
        let posted = async { self.exchange(question).await.map(|(answer, _driven)| answer.status()) };
        in_time(PATIENCE, posted).await
    }

    /// Asks and returns the whole answer, of at most so many octets. Redirections are not followed.
    pub(crate) async fn ask(&self, question: Question<'_>, patience: Duration, limit: usize) -> Result<Answer, String> {
        let asked = async {
            let (answer, _driven) = self.exchange(question).await?;
            let (parts, body) = answer.into_parts();
            let body = Limited::new(body, limit).collect().await.map_err(|error| error.to_string())?.to_bytes();
            Ok(Answer { status: parts.status, headers: parts.headers, body })
        };
        in_time(patience, asked).await
    }

    async fn exchange(&self, question: Question<'_>) -> Result<(Response<Incoming>, Driven), String> {
        let url = question.url;
        if !self.admits(url) {
            return Err("the address is not one to ask at".into());
        }
        let host = url.host_str().ok_or("the address has no host")?;
        let connection = TcpStream::connect(self.resolve(url).await?).await.map_err(|error| error.to_string())?;
        if url.scheme() == "http" {
            return send(connection, question.request(host)?).await;
        }
        let name = ServerName::try_from(host.trim_matches(['[', ']']).to_owned()).map_err(|error| error.to_string())?;
        let secured = self.tls.connect(name, connection).await.map_err(|error| error.to_string())?;
        send(secured, question.request(host)?).await
    }

    async fn resolve(&self, url: &Url) -> Result<SocketAddr, String> {
        let port = url.port_or_known_default().ok_or("the address has no port")?;
        let mut found = match url.host() {
            Some(Host::Domain(name)) => lookup_host((name, port)).await.map_err(|error| error.to_string())?.collect(),
            Some(Host::Ipv4(ip)) => vec![SocketAddr::from((ip, port))],
            Some(Host::Ipv6(ip)) => vec![SocketAddr::from((ip, port))],
            None => Vec::new(),
        };
        found.retain(|address| self.admits_address(address.ip()));
        found.into_iter().next().ok_or_else(|| "the address leads nowhere outside".to_owned())
    }
}

/// What is asked, and where.
pub(crate) struct Question<'a> {
    pub(crate) method: Method,
    pub(crate) url: &'a Url,
    pub(crate) headers: &'a [(&'static str, String)],
    pub(crate) body: Vec<u8>,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Question<'_> {
    fn request(self, host: &str) -> Result<Request<Full<Bytes>>, String> {
        let authority = self.url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let path = &self.url[url::Position::BeforePath..url::Position::AfterQuery];
        let request = Request::builder().method(self.method).uri(path).header(header::HOST, authority);
        let mut request = request.header(header::USER_AGENT, "Guildhall");
        for (name, value) in self.headers {
            request = request.header(*name, value);
        }
        request.body(Full::from(self.body)).map_err(|error| error.to_string())
    }
}

/// Carries a connection for as long as its answer is of interest.
struct Driven(AbortHandle);

impl Drop for Driven {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn in_time<T>(patience: Duration, work: impl Future<Output = Result<T, String>>) -> Result<T, String> {
    tokio::time::timeout(patience, work).await.map_err(|_| "it did not answer in time".to_owned())?
}

async fn send(
    connection: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: Request<Full<Bytes>>,
) -> Result<(Response<Incoming>, Driven), String> {
    let (mut sender, connection) =
        http1::handshake(TokioIo::new(connection)).await.map_err(|error| error.to_string())?;
    let driven = Driven(tokio::spawn(connection).abort_handle());
    Ok((sender.send_request(request).await.map_err(|error| error.to_string())?, driven))
}

/// Whether an address is of the public internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let reserved = a == 0 || a >= 240 || (a == 100 && b & 0xc0 == 64) || (a == 192 && b == 0 && c == 0);
    let benchmark = a == 198 && b & 0xfe == 18;
    !(reserved
        || benchmark
        || ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || ip.is_multicast())
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    // Addresses that carry one of IPv4 are judged by it: mapped, NAT64 and 6to4.
    if let Some(inner) = ip.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let [.., x, y] = ip.segments();
    let carried = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match (first, second) {
        (0x64, 0xff9b) => is_public_v4(carried(x, y)),
        (0x2002, _) => is_public_v4(carried(second, ip.segments()[2])),
        // What is handed out to the internet, but for what is written in books.
        _ => first & 0xe000 == 0x2000 && !(first == 0x2001 && second == 0xdb8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).expect("a URL")
    }

    #[test]
    fn only_the_outside_is_posted_to() {
        let outgoing = Outgoing::new(false).expect("a client");
        for outside in ["https://push.example/send/1", "https://93.184.216.34/x", "https://[2606:2800:220:1::1]/x"] {
            assert!(outgoing.admits(&url(outside)), "{outside}");
        }
        for inside in [
            "http://push.example/send/1",
            "https://127.0.0.1/x",
            "https://10.1.2.3/x",
            "https://169.254.169.254/latest/meta-data",
            "https://100.64.0.1/x",
            "https://0.0.0.0/x",
            "https://[::1]/x",
            "https://[::ffff:10.0.0.1]/x",
            "https://[64:ff9b::a00:1]/x",
            "https://[2002:a00:1::]/x",
            "https://[fd00::1]/x",
            "https://[fe80::1]/x",
            "file:///etc/passwd",
            "http://127.0.0.1:9/x",
        ] {
            assert!(!outgoing.admits(&url(inside)), "{inside}");
        }
        assert!(Outgoing::new(true).expect("a client").admits(&url("http://127.0.0.1:9/x")));
    }

    #[tokio::test]
    async fn who_takes_a_request_and_never_answers_is_given_up_on_in_time() {
        let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = url(&format!("http://{}/v1/prices", silent.local_addr().expect("its address")));
        let question = Question { method: Method::GET, url: &url, headers: &[], body: Vec::new() };
        let outgoing = Outgoing::new(true).expect("a client");
        let answer = outgoing.ask(question, Duration::from_millis(50), 1024).await;
        assert_eq!(answer.err().as_deref(), Some("it did not answer in time"));
    }

    #[tokio::test]
    async fn a_name_that_resolves_to_this_machine_leads_nowhere() {
        let outgoing = Outgoing::new(false).expect("a client");
        let refused = outgoing.post(&url("https://localhost/x"), &[], Vec::new()).await;
        assert_eq!(refused, Err("the address leads nowhere outside".into()));
    }
}
