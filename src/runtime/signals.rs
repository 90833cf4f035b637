//! Signals: the window changed, the program should stop or end.

use crate::app::Event;
use crate::runtime::terminal;
use signal_hook::consts::{
    SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGWINCH, SIGXFSZ,
};
use signal_hook::flag;
use signal_hook::iterator::Signals;
use std::io;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, LazyLock};
use std::thread::Builder;
use std::time::Duration;

/// The signal that ended the program; 0 if none. Signal handlers set it at once.
static ENDED_BY: LazyLock<Arc<AtomicUsize>> = LazyLock::new(Arc::default);

/// So long the program may take to end in order.
const GRACE: Duration = Duration::from_secs(3);

/// Signals that ask the program to end; all of them would kill it where it stands.
const ENDING: [i32; 7] = [SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGALRM, SIGUSR1, SIGUSR2];

/// A file that may grow no further (`ulimit -f`) is an error of the write, as a full disk is, and does not kill
/// the program.
pub(super) fn survive_limits() -> io::Result<()> {
    flag::register(SIGXFSZ, Arc::new(AtomicBool::new(false)))?;
    Ok(())
}

/// Starts the thread that turns signals into events.
pub(super) fn spawn(events: Sender<Event>) -> io::Result<()> {
    for signal in ENDING {
        flag::register_usize(signal, Arc::clone(&ENDED_BY), number(signal))?;
    }
    let mut signals = Signals::new(ENDING.into_iter().chain([SIGTSTP, SIGCONT, SIGWINCH]))?;
    Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in &mut signals {
            match signal {
                SIGWINCH => send(&events, [resized()]),
                SIGTSTP => send(&events, [Event::Suspend]),
                // Who was stopped in the background was not told of a new size.
                SIGCONT => send(&events, [resized(), Event::Redraw]),
                _ => end(&events),
            }
        }
    })?;
    Ok(())
}

/// Nobody listens any more when the program is ending.
fn send<const N: usize>(events: &Sender<Event>, all: [Event; N]) {
    for event in all {
        let _ = events.send(event);
    }
}

/// The terminal has hung up: the same as the signal for it.
pub(super) fn hang_up(events: &Sender<Event>) {
    let _ = ENDED_BY.compare_exchange(0, number(SIGHUP), Ordering::SeqCst, Ordering::SeqCst);
    end(events);
}

/// 128 and the number of the signal that ended the program, or 0.
pub(super) fn exit_code() -> u8 {
    match u8::try_from(ENDED_BY.load(Ordering::SeqCst)) {
        Ok(0) | Err(_) => 0,
        Ok(signal) => 128 + signal,
    }
}

fn number(signal: i32) -> usize {
    usize::try_from(signal).unwrap_or_default()
}

/// Whether a signal has asked the program to end.
pub(super) fn is_ending() -> bool {
    exit_code() != 0
}

fn resized() -> Event {
    Event::Resize(terminal::size())
}

/// Asks the loop to end, and ends the program from here if it does not.
fn end(events: &Sender<Event>) {
    send(events, [Event::Quit]);
    let watch = || {
        let (_open, never) = channel::<()>();
        let _ = never.recv_timeout(GRACE);
        terminal::give_back_or_reset();
        std::process::exit(i32::from(exit_code()));
    };
    let _ = Builder::new().name("watchdog".to_owned()).spawn(watch);
}
