//! How wide the terminal draws ambiguous characters: asked, because neither its name nor the locale says it.

mod answer;
mod typed;

use crate::app::Event;
use crate::runtime::terminal::Tty;
use crate::typeset::Ambiguous;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, read};
use std::io::{self, Write as _};
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

/// So long the answer may take, and the rest of what has begun to come. A later answer is swallowed by crossterm.
pub(super) const PATIENCE: Duration = Duration::from_millis(100);

/// Where is the cursor in the corner, and where behind an ambiguous character? The first row is empty after
/// that.
pub(super) const QUESTION: &str = "\x1b[H\x1b[6n“\x1b[6n\x1b[H\x1b[2K";

/// Asks. Returns until when the answer is worth waiting for.
pub(super) fn ask() -> io::Result<Instant> {
    Tty.write_all(QUESTION.as_bytes())?;
    Ok(Instant::now() + PATIENCE)
}

/// Waits for the answer. Returns it, if one comes in time, and what was typed before or with it.
pub(super) fn hear(terminal: &OwnedFd, deadline: Instant) -> io::Result<(Option<Ambiguous>, Vec<Event>)> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 1024];
    loop {
        let heard = answer::parse(&bytes);
        let left = match heard.width {
            // Half of a key would be lost, and half of what is pasted would be taken for commands.
            _ if typed::is_torn(&heard.typed) => PATIENCE,
            Some(_) => Duration::ZERO,
            None => deadline.saturating_duration_since(Instant::now()),
        };
        if left.is_zero() || !wait(terminal, Some(left))? {
            return Ok((heard.width, typed::events(&heard.typed)));
        }
        let count = read(terminal, &mut buffer)?;
        bytes.extend(buffer.iter().take(count));
    }
}

/// Waits until there is something to read, at most so long. Returns whether there is.
///
/// # Errors
/// Also when the terminal has hung up.
pub(super) fn wait(terminal: &OwnedFd, time: Option<Duration>) -> io::Result<bool> {
    let mut fds = [PollFd::new(terminal, PollFlags::IN)];
    let time = time.and_then(|time| Timespec::try_from(time).ok());
    loop {
        match poll(&mut fds, time.as_ref()) {
            Err(Errno::INTR) => {}
            other => {
                other?;
                break;
            }
        }
    }
    let came = fds.iter().fold(PollFlags::empty(), |all, fd| all | fd.revents());
    if came.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
        return Err(io::ErrorKind::BrokenPipe.into());
    }
    Ok(came.contains(PollFlags::IN))
}
