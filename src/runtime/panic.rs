//! What a panic does: it gives the terminal back and says one clear line.

use crate::post::SafeText;
use crate::runtime::terminal;
use crate::typeset::guard;
use std::io::Write as _;
use std::panic::PanicHookInfo;

/// The exit code of a Rust program that panicked.
const PANICKED: i32 = 101;

/// From now on a panic in any thread restores the terminal and ends the program. Within a guarded conversion
/// of a post it is caught, so there the hook is silent.
pub(super) fn install() {
    std::panic::set_hook(Box::new(|info| {
        if guard::active() {
            return;
        }
        terminal::give_back();
        let _ = writeln!(std::io::stderr(), "{}", describe(info));
        std::process::exit(PANICKED);
    }));
}

fn describe(info: &PanicHookInfo<'_>) -> SafeText {
    let place = info.location().map(ToString::to_string).unwrap_or_default();
    let what = info.payload_as_str().unwrap_or("no message");
    SafeText::label(&format!(
        "finews: internal error at {place}: {what}; bookmarks are safe; please report this line"
    ))
}

#[cfg(test)]
mod tests;
