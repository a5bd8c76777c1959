//! Push messages as browsers' services take them: encrypted by RFC 8291, signed by RFC 8292, handed over by RFC 8030.

use std::time::Duration;

use async_trait::async_trait;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hyper::StatusCode;
use notifications::{Push, PushFailure, PushMessage};
use ring::{
    aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey},
    agreement::{ECDH_P256, EphemeralPrivateKey, UnparsedPublicKey, agree_ephemeral},
    error::Unspecified,
    hkdf::{self, HKDF_SHA256, KeyType, Salt},
    rand::{SecureRandom, SystemRandom},
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair},
};
use serde_json::json;
use url::Url;

use crate::Outgoing;

/// The one record of a message; services take at most 4096 bytes of it.
const RECORD_SIZE: u32 = 4096;
/// Header, padding mark and tag are the record's too.
const LONGEST_TEXT: usize = RECORD_SIZE as usize - 86 - 1 - 16;
/// Marks the last record's end (RFC 8188).
const LAST_RECORD: u8 = 2;
/// A browser that is not there for a day need not be told any more.
const TIME_TO_LIVE: &str = "86400";
/// Services take signatures of at most a day.
const SIGNED_FOR: Duration = Duration::from_secs(12 * 60 * 60);

/// Push messages over [`Outgoing`].
pub struct WebPush(pub Outgoing);

#[async_trait]
impl Push for WebPush {
    fn new_key(&self) -> Result<Vec<u8>, String> {
        EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
            .map(|key| key.as_ref().to_vec())
            .map_err(|_| "no randomness".to_owned())
    }

    fn public_key(&self, key: &[u8]) -> Result<Vec<u8>, String> {
        Ok(key_pair(key)?.public_key().as_ref().to_vec())
    }

    fn admits(&self, endpoint: &Url) -> bool {
        self.0.admits(endpoint)
    }

    async fn send(&self, key: &[u8], message: &PushMessage<'_>) -> Result<(), PushFailure> {
        let later = |cause: &str| PushFailure::Later(cause.to_owned());
        // A browser whose keys do not work is of no use.
        let body = encrypt(message).map_err(|Unspecified| PushFailure::Gone)?;
        let headers = [
            ("authorization", authorization(key, message).map_err(|cause| later(&cause))?),
            ("content-encoding", "aes128gcm".to_owned()),
            ("content-type", "application/octet-stream".to_owned()),
            ("ttl", TIME_TO_LIVE.to_owned()),
            ("urgency", "high".to_owned()),
        ];
        match self.0.post(message.endpoint, &headers, body).await.map_err(|cause| later(&cause))? {
            status if status.is_success() => Ok(()),
            StatusCode::NOT_FOUND | StatusCode::GONE => Err(PushFailure::Gone),
            status => Err(later(&format!("the push service answered {status}"))),
        }
    }
}

fn key_pair(key: &[u8]) -> Result<EcdsaKeyPair, String> {
    EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, key, &SystemRandom::new())
        .map_err(|error| error.to_string())
}

/// Who sends, signed for this one service (RFC 8292).
fn authorization(key: &[u8], message: &PushMessage<'_>) -> Result<String, String> {
    let pair = key_pair(key)?;
    let until = message.now.plus(SIGNED_FOR).millis() / 1000;
    let audience = message.endpoint.origin().ascii_serialization();
    let claims = json!({ "aud": audience, "exp": until, "sub": message.from });
    let part = |json: serde_json::Value| URL_SAFE_NO_PAD.encode(json.to_string());
    let signed = format!("{}.{}", part(json!({ "typ": "JWT", "alg": "ES256" })), part(claims));
    let signature = pair.sign(&SystemRandom::new(), signed.as_bytes()).map_err(|_| "no signature".to_owned())?;
    let (signature, public) = (URL_SAFE_NO_PAD.encode(signature), URL_SAFE_NO_PAD.encode(pair.public_key()));
    Ok(format!("vapid t={signed}.{signature}, k={public}"))
}

/// Encrypts for the one browser, under a key and salt of this one message.
fn encrypt(message: &PushMessage<'_>) -> Result<Vec<u8>, Unspecified> {
    let random = SystemRandom::new();
    let mut salt = [0; 16];
    random.fill(&mut salt)?;
    let ours = EphemeralPrivateKey::generate(&ECDH_P256, &random)?;
    let our_public = ours.compute_public_key()?;
    let theirs = UnparsedPublicKey::new(&ECDH_P256, message.public_key);
    let envelope = Envelope {
        their_public: message.public_key,
        our_public: our_public.as_ref(),
        auth_secret: message.auth_secret,
        salt,
    };
    agree_ephemeral(ours, &theirs, |shared| envelope.seal(shared, message.text))?
}

/// What both sides know beside the secret that they share.
struct Envelope<'a> {
    their_public: &'a [u8],
    our_public: &'a [u8],
    auth_secret: &'a [u8],
    salt: [u8; 16],
}

/// So many bytes of a derived key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bytes(usize);

impl KeyType for Bytes {
    fn len(&self) -> usize {
        self.0
    }
}

impl Envelope<'_> {
    /// Header and one record (RFC 8291, 3.3 and 3.4; RFC 8188).
    fn seal(&self, shared: &[u8], text: &[u8]) -> Result<Vec<u8>, Unspecified> {
        if text.len() > LONGEST_TEXT {
            return Err(Unspecified);
        }
        let about = [b"WebPush: info\0".as_slice(), self.their_public, self.our_public];
        let input = derive::<32>(self.auth_secret, shared, &about)?;
        let key = derive::<16>(&self.salt, &input, &[b"Content-Encoding: aes128gcm\0"])?;
        let nonce = derive::<12>(&self.salt, &input, &[b"Content-Encoding: nonce\0"])?;
        let mut record = [text, &[LAST_RECORD]].concat();
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key)?);
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::empty(), &mut record)?;
        let key_length = u8::try_from(self.our_public.len()).map_err(|_| Unspecified)?;
        Ok([&self.salt, &RECORD_SIZE.to_be_bytes()[..], &[key_length], self.our_public, &record].concat())
    }
}

/// HKDF with SHA-256.
fn derive<const N: usize>(salt: &[u8], secret: &[u8], about: &[&[u8]]) -> Result<[u8; N], Unspecified> {
    let mut key = [0; N];
    let extracted: hkdf::Prk = Salt::new(HKDF_SHA256, salt).extract(secret);
    extracted.expand(about, Bytes(N))?.fill(&mut key)?;
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(text).expect("base64")
    }

    /// The example of RFC 8291, appendix A, from the shared secret on.
    #[test]
    fn the_example_of_the_standard_is_sealed_to_the_byte() {
        let their_public =
            bytes("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4");
        let our_public =
            bytes("BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8");
        let auth_secret = bytes("BTBZMqHH6r4Tts7J_aSIgg");
        let salt = bytes("DGv6ra1nlYgDCS1FRnbzlw").try_into().expect("sixteen bytes");
        let envelope =
            Envelope { their_public: &their_public, our_public: &our_public, auth_secret: &auth_secret, salt };
        let shared = bytes("kyrL1jIIOHEzg3sM2ZWRHDRB62YACZhhSlknJ672kSs");
        let sealed = envelope.seal(&shared, b"When I grow up, I want to be a watermelon").expect("sealed");
        let expected = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8w\
                        EqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        assert_eq!(URL_SAFE_NO_PAD.encode(sealed), expected);
        assert!(envelope.seal(&shared, &[0; LONGEST_TEXT + 1]).is_err());
    }
}
