//! Signals: the window changed, the program should stop or end.

use crate::app::Event;
use crate::runtime::terminal;
use ratatui::layout::Size;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGWINCH};
use signal_hook::iterator::Signals;
use std::io;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::thread::Builder;
use std::time::Duration;

/// The signal that ended the program; 0 if none.
static ENDED_BY: AtomicU8 = AtomicU8::new(0);

/// So long the program may take to end in order.
const GRACE: Duration = Duration::from_secs(3);

/// Starts the thread that turns signals into events.
pub(super) fn spawn(events: Sender<Event>) -> io::Result<()> {
    let mut signals = Signals::new([SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGCONT, SIGWINCH])?;
    Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in &mut signals {
            let event = match signal {
                SIGWINCH => resized(),
                SIGTSTP => Some(Event::Suspend),
                SIGCONT => Some(Event::Redraw),
                ending => {
                    end(ending, &events);
                    None
                }
            };
            if let Some(event) = event
                && events.send(event).is_err()
            {
                return;
            }
        }
    })?;
    Ok(())
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

fn resized() -> Option<Event> {
    let (width, height) = crossterm::terminal::size().ok()?;
    Some(Event::Resize(Size { width, height }))
}

/// Asks the loop to end, and ends the program from here if it does not.
fn end(signal: i32, events: &Sender<Event>) {
    ENDED_BY.store(u8::try_from(signal).unwrap_or_default(), Ordering::SeqCst);
    let _ = events.send(Event::Quit);
    let watch = move || {
        let (_open, never) = channel::<()>();
        let _ = never.recv_timeout(GRACE);
        terminal::restore();
        std::process::exit(i32::from(exit_code()));
    };
    let _ = Builder::new().name("watchdog".to_owned()).spawn(watch);
}
