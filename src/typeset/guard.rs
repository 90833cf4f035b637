//! Conversion of untrusted HTML, guarded against panics in libraries.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static ACTIVE: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is in a guarded conversion. The program's panic hook stays silent then and leaves the
/// terminal alone, because the panic will be caught.
pub fn active() -> bool {
    ACTIVE.get()
}

/// Runs a conversion; `None` when it panicked.
pub(super) fn run<T>(conversion: impl FnOnce() -> T) -> Option<T> {
    let outer = ACTIVE.replace(true);
    // Whatever a panic leaves half done is dropped with the closure.
    let result = catch_unwind(AssertUnwindSafe(conversion));
    ACTIVE.set(outer);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_caught_and_the_guard_ends_with_it() {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !active() {
                hook(info);
            }
        }));
        assert_eq!(run(active), Some(true));
        assert_eq!(run(|| -> u8 { panic!("on purpose") }), None);
        assert!(!active());
    }
}
