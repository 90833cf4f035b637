//! Signals: the window changed, the program should stop or end.

use crate::app::Event;
use crate::runtime::terminal;
use signal_hook::consts::{
    SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGWINCH, SIGXFSZ,
};
use signal_hook::flag;
use signal_hook::iterator::Signals;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::Builder;
use std::time::Duration;

/// The signal that ended the program; 0 if none.
static ENDED_BY: AtomicU8 = AtomicU8::new(0);

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
    let mut signals = Signals::new(ENDING.into_iter().chain([SIGTSTP, SIGCONT, SIGWINCH]))?;
    Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in &mut signals {
            match signal {
                SIGWINCH => send(&events, [resized()]),
                SIGTSTP => send(&events, [Event::Suspend]),
                // Who was stopped in the background was not told of a new size.
                SIGCONT => send(&events, [resized(), Event::Redraw]),
                ending => end(ending, &events),
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
    end(SIGHUP, events);
}

/// 128 and the number of the signal that ended the program, or 0.
pub(super) fn exit_code() -> u8 {
    match ENDED_BY.load(Ordering::SeqCst) {
        0 => 0,
        signal => 128 + signal,
    }
}

/// Whether a signal has asked the program to end.
pub(super) fn is_ending() -> bool {
    exit_code() != 0
}

fn resized() -> Event {
    Event::Resize(terminal::size())
}

/// Asks the loop to end, and ends the program from here if it does not. The first signal counts.
fn end(signal: i32, events: &Sender<Event>) {
    let signal = u8::try_from(signal).unwrap_or_default();
    if ENDED_BY.compare_exchange(0, signal, Ordering::SeqCst, Ordering::SeqCst).is_err() {
        return;
    }
    send(events, [Event::Quit]);
    let watch = || {
        let (_open, never) = channel::<()>();
        let _ = never.recv_timeout(GRACE);
        terminal::give_back_or_reset();
        std::process::exit(i32::from(exit_code()));
    };
    let _ = Builder::new().name("watchdog".to_owned()).spawn(watch);
}
