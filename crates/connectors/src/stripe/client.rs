//! The way to Stripe's API and back.

use std::time::Duration;

use billing::till::TillTrouble;
use hyper::{Method, StatusCode};
use serde::{Deserialize, de::DeserializeOwned};
use url::Url;

use super::form::Form;
use crate::{
    Outgoing,
    outgoing::{Answer, Question},
};

/// What this program was written against; Stripe answers in the shapes of it for as long as it is asked to.
pub(super) const VERSION: &str = "2026-10-28.endive";
/// A charge asks the card's bank, which takes its time.
const PATIENCE: Duration = Duration::from_secs(30);
const LARGEST_ANSWER: usize = 4 * 1024 * 1024;

/// Asks Stripe with the operator's key.
pub(super) struct Client {
    outgoing: Outgoing,
    base: Url,
    authorization: String,
}

/// What Stripe says is wrong. Whatever else it says stays here.
#[derive(Deserialize)]
struct Fault {
    error: FaultDetail,
}

#[derive(Deserialize)]
struct FaultDetail {
    #[serde(rename = "type", default)]
    kind: String,
    code: Option<String>,
    decline_code: Option<String>,
}

impl Client {
    pub(super) fn new(outgoing: Outgoing, base: Url, key: &str) -> Self {
        Self { outgoing, base, authorization: format!("Bearer {key}") }
    }

    pub(super) async fn get<T: DeserializeOwned>(&self, path: &str, query: &Form) -> Result<T, TillTrouble> {
        let mut url = self.url(path)?;
        url.set_query(Some(&query.encoded()).filter(|query| !query.is_empty()).map(String::as_str));
        self.again(Method::GET, &url, "", None).await
    }

    /// Posts a form under a key of our own, so that asking twice does nothing twice.
    pub(super) async fn post<T: DeserializeOwned>(&self, path: &str, form: &Form, key: &str) -> Result<T, TillTrouble> {
        self.again(Method::POST, &self.url(path)?, &form.encoded(), Some(key)).await
    }

    /// Posts what may happen twice.
    pub(super) async fn post_freely<T: DeserializeOwned>(&self, path: &str, form: &Form) -> Result<T, TillTrouble> {
        self.again(Method::POST, &self.url(path)?, &form.encoded(), None).await
    }

    pub(super) async fn delete<T: DeserializeOwned>(&self, path: &str) -> Result<T, TillTrouble> {
        self.again(Method::DELETE, &self.url(path)?, "", None).await
    }

    fn url(&self, path: &str) -> Result<Url, TillTrouble> {
        self.base.join(path).map_err(|error| TillTrouble::Unavailable(error.to_string()))
    }

    /// Where no answer came the same is asked once more; what changes something carries its key. Whoever gets an error
    /// after that tries again when it has time: a job with growing pauses, a person when they like.
    async fn again<T: DeserializeOwned>(
        &self,
        method: Method,
        url: &Url,
        body: &str,
        key: Option<&str>,
    ) -> Result<T, TillTrouble> {
        let is_safe = key.is_some() || method != Method::POST;
        let answer = match self.ask(method.clone(), url, body, key).await {
            Err(_) if is_safe => self.ask(method, url, body, key).await,
            first => first,
        };
        understood(&answer.map_err(TillTrouble::Unavailable)?)
    }

    async fn ask(&self, method: Method, url: &Url, body: &str, key: Option<&str>) -> Result<Answer, String> {
        let mut headers = vec![
            ("authorization", self.authorization.clone()),
            ("stripe-version", VERSION.to_owned()),
            ("content-type", "application/x-www-form-urlencoded".to_owned()),
        ];
        headers.extend(key.map(|key| ("idempotency-key", key.to_owned())));
        let question = Question { method, url, headers: &headers, body: body.as_bytes().to_vec() };
        self.outgoing.ask(question, PATIENCE, LARGEST_ANSWER).await
    }
}

fn understood<T: DeserializeOwned>(answer: &Answer) -> Result<T, TillTrouble> {
    if answer.status.is_success() {
        return serde_json::from_slice(&answer.body)
            .map_err(|error| TillTrouble::Unavailable(format!("an answer that is not understood: {error}")));
    }
    let request = answer.headers.get("request-id").and_then(|id| id.to_str().ok()).unwrap_or("none");
    let fault = serde_json::from_slice::<Fault>(&answer.body).ok().map(|fault| fault.error);
    Err(trouble(answer.status, fault, request))
}

fn trouble(status: StatusCode, fault: Option<FaultDetail>, request: &str) -> TillTrouble {
    let unavailable = |cause: &str| TillTrouble::Unavailable(format!("{cause} (status {status}, request {request})"));
    // Only Stripe itself refuses; a page of whatever stands between says nothing about the purchase.
    let Some(FaultDetail { kind, code, decline_code }) = fault else { return unavailable("no answer of Stripe's") };
    match status.as_u16() {
        // The operator's key or its rights are not good: theirs to mend, and then it goes on.
        401 | 403 => unavailable("the key is refused"),
        402 => TillTrouble::Declined { code: decline_code.or(code).unwrap_or(kind) },
        404 => TillTrouble::Gone,
        400 => match code.as_deref() {
            Some("resource_missing") => TillTrouble::Gone,
            _ => TillTrouble::Refused { code: code.unwrap_or(kind) },
        },
        _ => unavailable(code.as_deref().unwrap_or(&kind)),
    }
}
