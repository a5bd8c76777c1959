//! Signatures of Stripe's webhooks: `t=<seconds>,v1=<hex>`, over the very bytes that came. A secret that is being
//! rolled signs beside the old one, so every signature is held against every secret.

use kernel::Timestamp;
use ring::hmac;

/// How far the moment of signing may be away.
const TOLERANCE_SECONDS: i64 = 300;
/// More signatures than ever are sent are not looked at.
const MOST_SIGNATURES: usize = 16;

/// Whether one of the secrets signed this body, not long ago. Without a secret nothing is good.
pub(super) fn is_good(secrets: &[hmac::Key], header: &str, body: &[u8], now: Timestamp) -> bool {
    let Some(signed) = Signed::read(header) else { return false };
    if (now.millis().div_euclid(1000) - signed.at).abs() > TOLERANCE_SECONDS {
        return false;
    }
    let payload = [signed.at_as_sent.as_bytes(), b".", body].concat();
    // `verify` takes the same time whatever it finds, and nothing but a whole signature is good.
    secrets.iter().any(|secret| signed.with.iter().any(|tag| hmac::verify(secret, &payload, tag).is_ok()))
}

pub(super) fn key(secret: &str) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes())
}

struct Signed<'a> {
    at: i64,
    at_as_sent: &'a str,
    with: Vec<[u8; 32]>,
}

impl<'a> Signed<'a> {
    fn read(header: &'a str) -> Option<Self> {
        let (mut moment, mut with) = (None, Vec::new());
        for part in header.split(',') {
            match part.split_once('=')? {
                ("t", at) if moment.is_none() => moment = Some((at.parse::<i64>().ok()?, at)),
                ("t", _) => return None,
                ("v1", tag) if with.len() < MOST_SIGNATURES => with.extend(octets(tag)),
                _ => {}
            }
        }
        let (at, at_as_sent) = moment.filter(|(at, _)| *at >= 0)?;
        Some(Self { at, at_as_sent, with })
    }
}

/// A whole signature in lower-case hexadecimal; anything else is none.
fn octets(hex: &str) -> Option<[u8; 32]> {
    let (mut octets, digits) = ([0; 32], hex.as_bytes());
    if digits.len() != 64 {
        return None;
    }
    for (octet, pair) in octets.iter_mut().zip(digits.chunks_exact(2)) {
        *octet = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(octets)
}

const fn digit(letter: u8) -> Option<u8> {
    match letter {
        b'0'..=b'9' => Some(letter - b'0'),
        b'a'..=b'f' => Some(letter - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &[u8] = br#"{"id":"evt_1","object":"event"}"#;
    const NOW: Timestamp = Timestamp::from_millis(1_767_600_000_500);

    fn tag(secret: &str, at: i64, body: &[u8]) -> String {
        let payload = [at.to_string().as_bytes(), b".", body].concat();
        hmac::sign(&key(secret), &payload).as_ref().iter().map(|octet| format!("{octet:02x}")).collect()
    }

    fn good(header: &str) -> bool {
        is_good(&[key("whsec_old"), key("whsec_new")], header, BODY, NOW)
    }

    #[test]
    fn every_signature_is_held_against_every_secret() {
        let at = 1_767_600_000;
        let (old, new, other) = (tag("whsec_old", at, BODY), tag("whsec_new", at, BODY), tag("whsec_x", at, BODY));
        assert!(good(&format!("t={at},v1={old}")));
        assert!(good(&format!("t={at},v1={new},v0=abc")));
        assert!(good(&format!("t={at},v1={other},v1={new}")));
        assert!(!good(&format!("t={at},v1={other}")));
        assert!(!is_good(&[], &format!("t={at},v1={old}"), BODY, NOW), "without a secret nothing is good");
    }

    #[test]
    fn t_g1_a_signature_is_whole_as_sent_and_recent() {
        let at = 1_767_600_000;
        let tag_now = tag("whsec_old", at, BODY);
        for length in 0..64 {
            assert!(!good(&format!("t={at},v1={}", &tag_now[..length])), "{length} digits are no signature");
        }
        let upper = tag_now.to_uppercase();
        let long = format!("{tag_now}0");
        for header in [
            String::new(),
            tag_now.clone(),
            format!("v1={tag_now}"),
            format!("t={at}"),
            format!("t={at},v0={tag_now}"),
            format!("t={at},sha1={tag_now}"),
            format!("t={at},v1={upper}"),
            format!("t={at},v1={long}"),
            format!("t={at}, v1={tag_now}"),
            format!("t={at},v1= {tag_now}"),
            format!("t={at},t={at},v1={tag_now}"),
            format!("t=+{at},v1={tag_now}"),
            format!("t=x,v1={tag_now}"),
            format!("t={},v1={}", i64::MAX, tag("whsec_old", i64::MAX, BODY)),
            format!("t={},v1={}", i64::MIN, tag("whsec_old", i64::MIN, BODY)),
        ] {
            assert!(!good(&header), "{header}");
        }
        for (away, is_recent) in [(-301, false), (-300, true), (300, true), (301, false)] {
            let at = at + away;
            assert_eq!(good(&format!("t={at},v1={}", tag("whsec_old", at, BODY))), is_recent, "{away} s");
        }
    }

    #[test]
    fn t_g1_the_very_bytes_are_signed() {
        let at = 1_767_600_000;
        let other = br#"{"id": "evt_1", "object": "event"}"#;
        assert!(!good(&format!("t={at},v1={}", tag("whsec_old", at, other))), "the same JSON, written otherwise");
    }
}
