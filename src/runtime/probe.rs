//! How wide the terminal draws ambiguous characters: asked, because neither its name nor the locale says it.

mod answer;
mod typed;

use crate::app::Event;
use crate::runtime::terminal::Tty;
use crate::typeset::Ambiguous;
pub(super) use answer::Heard;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, read};
use std::io::{self, Write as _};
use std::os::fd::OwnedFd;
use std::time::{Duration, Instant};

/// So long the answer is waited for, and the rest of what has begun to come.
pub(super) const PATIENCE: Duration = Duration::from_millis(100);

/// Where is the cursor in the corner, and where behind an ambiguous character? The first row is empty after
/// that.
pub(super) const QUESTION: &str = "\x1b[H\x1b[6n“\x1b[6n\x1b[H\x1b[2K";

/// Asks.
pub(super) fn ask() -> io::Result<()> {
    Tty.write_all(QUESTION.as_bytes())
}

/// Takes in what has come, and waits for so many answers until the deadline. Returns those that have come, and what was
/// typed before or with them.
pub(super) fn hear(
    terminal: &OwnedFd,
    questions: usize,
    deadline: Instant,
    heard: &mut Heard,
) -> io::Result<(Vec<Ambiguous>, Vec<Event>)> {
    let mut buffer = [0; 4096];
    loop {
        let left = if heard.is_torn() {
            PATIENCE
        } else if heard.widths.len() < questions {
            deadline.saturating_duration_since(Instant::now())
        } else {
            Duration::ZERO
        };
        if !wait(terminal, Some(left))? {
            return Ok(heard.take());
        }
        let count = read(terminal, &mut buffer)?;
        heard.push(buffer.get(..count).unwrap_or_default());
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
