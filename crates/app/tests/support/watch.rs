//! What has to hold at every moment while others work.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

/// Looks again and again, each time told how often it did, until the work is done; what came of the work, and the number
/// of looks. Fails where either does.
pub fn watched<T>(look: impl Fn(usize) + Sync, work: impl FnOnce() -> T) -> (T, usize) {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let watching = scope.spawn(|| {
            let mut looks = 0;
            while !done.load(Ordering::SeqCst) {
                look(looks);
                looks += 1;
            }
            looks
        });
        let ended = EndOnDrop(&done);
        let outcome = work();
        drop(ended);
        (outcome, watching.join().expect("it holds at every look"))
    })
}

/// Ends who watches also where the work fails, which would wait for them for ever.
struct EndOnDrop<'a>(&'a AtomicBool);

impl Drop for EndOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[test]
#[should_panic(expected = "the work fails")]
fn who_watches_ends_where_the_work_fails() {
    watched(|_| (), || panic!("the work fails"));
}
