//! Password hashes: Argon2id, few at a time, so that sign-ins cannot exhaust memory.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError, mpsc},
    thread,
};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use kernel::Password;
use tenancy::Error;
use tokio::sync::oneshot;

/// Memory of one hash in KiB, rounds and lanes: OWASP's recommendation.
const MEMORY_KIB: u32 = 19 * 1024;
const ROUNDS: u32 = 2;
const LANES: u32 = 1;
/// Hashes at the same time; the next ones wait their turn.
const AT_ONCE: usize = 2;
/// Verified in place of the hash of an address that has none, so that unknown addresses take as long as known ones.
const NOBODYS_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5J3Mgc2FsdA$bm9ib2R5IGtub3dzIHRoaXMgcGFzc3dvcmQsIGV2ZXI";

/// Hashes and verifies; clones share the threads that do it.
#[derive(Clone)]
pub struct Passwords(mpsc::Sender<Task>);

type Task = Box<dyn FnOnce() + Send>;

impl Default for Passwords {
    /// Threads of its own rather than tokio's: an allocator keeps what a thread once used, and each of the many threads
    /// of a shared pool would keep the memory of a hash.
    fn default() -> Self {
        let (sender, tasks) = mpsc::channel();
        let tasks = Arc::new(Mutex::new(tasks));
        for _ in 0..AT_ONCE {
            let tasks = tasks.clone();
            thread::spawn(move || serve(&tasks));
        }
        Self(sender)
    }
}

/// Takes one task after another, until nobody can send any more.
fn serve(tasks: &Mutex<mpsc::Receiver<Task>>) {
    let next = || tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
    while let Ok(task) = next() {
        // Whoever waits for a task that panicked hears of it by the end of its channel.
        let _ = catch_unwind(AssertUnwindSafe(task));
    }
}

impl Passwords {
    /// The password as it is stored: a PHC string with its own salt.
    ///
    /// # Errors
    /// The machine gives no randomness or memory.
    pub async fn hash(&self, password: &Password) -> Result<String, Error> {
        let password = password.clone();
        self.run(move || {
            let hash: PasswordHash = argon2()?.hash_password(password.as_bytes())?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether this is the password behind a stored hash; without a hash it takes as long and is no.
    ///
    /// # Errors
    /// The stored hash is damaged.
    pub async fn verify(&self, password: &str, stored: Option<String>) -> Result<bool, Error> {
        let (password, known) = (password.to_owned(), stored.is_some());
        self.run(move || {
            let stored = PasswordHash::new(stored.as_deref().unwrap_or(NOBODYS_HASH))?;
            match argon2()?.verify_password(password.as_bytes(), &stored) {
                Ok(()) => Ok(known),
                Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
                Err(error) => Err(error.into()),
            }
        })
        .await
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Box<dyn std::error::Error + Send + Sync>> + Send + 'static,
    ) -> Result<T, Error> {
        let (answer, done) = oneshot::channel();
        let task = move || {
            // A caller who hung up needs no answer.
            let _ = answer.send(work());
        };
        self.0.send(Box::new(task)).map_err(|error| Error::Unavailable(error.to_string()))?;
        done.await
            .map_err(|error| Error::Unavailable(error.to_string()))?
            .map_err(|error| Error::Corrupt(format!("password hash: {error}")))
    }
}

fn argon2() -> Result<Argon2<'static>, argon2::Error> {
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(MEMORY_KIB, ROUNDS, LANES, None)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_hash_serves_its_own_password_only() {
        let passwords = Passwords::default();
        let password = Password::try_from("an unusual umbrella").expect("a password");
        let stored = passwords.hash(&password).await.expect("hashed");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(passwords.verify("an unusual umbrella", Some(stored.clone())).await.expect("verified"));
        assert!(!passwords.verify("an unusual umbrellA", Some(stored)).await.expect("verified"));
    }

    #[tokio::test]
    async fn an_unknown_address_costs_a_full_hash_and_is_never_right() {
        assert!(NOBODYS_HASH.contains(&format!("m={MEMORY_KIB},t={ROUNDS},p={LANES}")));
        let passwords = Passwords::default();
        assert!(!passwords.verify("any password at all", None).await.expect("verified"));
    }
}
