//! The keyboard.

use crate::app::Event;
use crate::runtime::signals;
use crokey::KeyCombination;
use crossterm::event::{self, Event as TerminalEvent, KeyEventKind};
use rustix::event::{PollFd, PollFlags, poll};
use std::fs::File;
use std::io::{self, IsTerminal, stdin};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::mpsc::Sender;
use std::thread::Builder;
use std::time::Duration;

/// So long the rest of a burst of keys may take. With no time at all crossterm does not look.
const MORE: Duration = Duration::from_millis(1);

/// Starts the thread that turns keys into events.
pub(super) fn spawn(events: Sender<Event>) -> io::Result<()> {
    let terminal = terminal()?;
    Builder::new().name("input".to_owned()).spawn(move || {
        if wait_and_send(&terminal, &events).is_err() {
            signals::hang_up(&events);
        }
    })?;
    Ok(())
}

/// The terminal that crossterm reads: stdin, or the controlling terminal when stdin is something else.
fn terminal() -> io::Result<OwnedFd> {
    let stdin = stdin();
    if stdin.is_terminal() { stdin.as_fd().try_clone_to_owned() } else { Ok(File::open("/dev/tty")?.into()) }
}

/// Sends keys until the program ends or the terminal is gone. Waiting is ours, because crossterm's own wait
/// spins when the terminal has hung up (crossterm #793).
fn wait_and_send(terminal: &OwnedFd, events: &Sender<Event>) -> io::Result<()> {
    loop {
        let mut fds = [PollFd::new(terminal, PollFlags::IN)];
        match poll(&mut fds, None) {
            Err(rustix::io::Errno::INTR) => continue,
            other => other?,
        };
        let came = fds.iter().fold(PollFlags::empty(), |all, fd| all | fd.revents());
        if came.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        while event::poll(MORE)? {
            if let Some(event) = translate(event::read()?)
                && events.send(event).is_err()
            {
                return Ok(());
            }
        }
    }
}

/// Sizes come with the signal for them.
fn translate(event: TerminalEvent) -> Option<Event> {
    match event {
        TerminalEvent::Key(key) if key.kind != KeyEventKind::Release => {
            Some(Event::Key(KeyCombination::from(key)))
        }
        TerminalEvent::Paste(text) => Some(Event::Paste(text)),
        _ => None,
    }
}
