//! The one way to the terminal, and whose it is.
//!
//! The UI, the panic hook and the signal thread may all want to give the terminal back; the first one does.
//! From then on whatever is written goes nowhere: half a frame never lands on the user's own screen.

use crate::runtime::terminal::bidi;
use crossterm::event::{DisableBracketedPaste, DisableFocusChange, EnableBracketedPaste, EnableFocusChange};
use crossterm::style::ResetColor;
use crossterm::terminal::{
    DisableLineWrap, EnableLineWrap, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, queue};
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::{Errno, write};
use rustix::stdio::stdout;
use std::io::{self, Write};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

/// Whether the terminal is in our hands.
static OURS: Mutex<bool> = Mutex::new(false);

/// The terminal while it is ours, nothing when it is not.
pub(crate) struct Tty;

impl Write for Tty {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let ours = lock();
        if *ours { write_waiting(bytes) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Takes the terminal: raw mode, alternate screen, no cursor, lines that do not wrap, text in the order in which it
/// is written.
pub(super) fn take() -> io::Result<()> {
    let mut ours = lock();
    enable_raw_mode()?;
    *ours = true;
    let taken = enter();
    if taken.is_err() {
        leave(&mut ours);
    }
    taken
}

/// Gives the terminal back, once.
pub(crate) fn give_back() {
    leave(&mut lock());
}

/// The same for the very end, when somebody may be writing to a terminal that does not take it: then only
/// the modes are set back.
pub(crate) fn give_back_or_reset() {
    match OURS.try_lock() {
        Ok(mut ours) => leave(&mut ours),
        Err(TryLockError::Poisoned(ours)) => leave(&mut ours.into_inner()),
        Err(TryLockError::WouldBlock) => drop(disable_raw_mode()),
    }
}

fn lock() -> MutexGuard<'static, bool> {
    OURS.lock().unwrap_or_else(PoisonError::into_inner)
}

fn enter() -> io::Result<()> {
    let mut escapes = Vec::new();
    queue!(
        escapes,
        EnterAlternateScreen,
        EnableBracketedPaste,
        EnableFocusChange,
        DisableLineWrap,
        cursor::Hide
    )?;
    escapes.extend_from_slice(bidi::off().as_bytes());
    Waiting.write_all(&escapes)
}

/// Errors have nobody to be told to: the terminal may be gone.
fn leave(ours: &mut bool) {
    if std::mem::take(ours) {
        let mut escapes = Vec::new();
        let _ = queue!(
            escapes,
            EndSynchronizedUpdate,
            ResetColor,
            EnableLineWrap,
            DisableFocusChange,
            DisableBracketedPaste,
            LeaveAlternateScreen,
            cursor::Show
        );
        escapes.extend_from_slice(bidi::on().as_bytes());
        let _ = Waiting.write_all(&escapes);
        let _ = disable_raw_mode();
    }
}

/// Standard output, whoever holds the lock.
struct Waiting;

impl Write for Waiting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        write_waiting(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes, also when another program has left the terminal in the mode in which a full one is an error.
fn write_waiting(bytes: &[u8]) -> io::Result<usize> {
    loop {
        match write(stdout(), bytes) {
            Err(Errno::AGAIN) => {
                poll(&mut [PollFd::from_borrowed_fd(stdout(), PollFlags::OUT)], None)?;
            }
            written => return Ok(written?),
        }
    }
}
