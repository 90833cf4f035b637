//! The terminal: entered, left and restored, whatever happens.

use crate::post::WebUrl;
use crossterm::clipboard::CopyToClipboard;
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::style::ResetColor;
use crossterm::terminal::{
    BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen,
    disable_raw_mode, enable_raw_mode,
};
use crossterm::{cursor, execute};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Size;
use ratatui::{Frame, Terminal};
use signal_hook::consts::SIGTSTP;
use std::io::{self, BufWriter, Stdout, Write, stdout};
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether the terminal is in our hands: the panic hook, the signal thread and the UI may all want to give it
/// back, and the first one does.
static ENTERED: AtomicBool = AtomicBool::new(false);

/// A frame of 200 by 50 cells with colours is some 30 KB: one write, so that nothing tears.
const BUFFER: usize = 64 * 1024;

/// The terminal while it is ours. Dropping it gives it back.
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
}

impl Screen {
    /// Takes the terminal: raw mode, alternate screen, no cursor.
    pub(super) fn enter() -> io::Result<Self> {
        enter()?;
        let backend = CrosstermBackend::new(BufWriter::with_capacity(BUFFER, stdout()));
        match Terminal::new(backend) {
            Ok(terminal) => Ok(Self { terminal }),
            Err(error) => {
                restore();
                Err(error)
            }
        }
    }

    /// Gives the terminal back.
    pub(super) fn leave(self) {
        drop(self);
    }

    /// The size in cells.
    pub(super) fn size(&self) -> io::Result<Size> {
        self.terminal.size()
    }

    /// Draws a frame in one synchronized update. Returns whether the terminal is still there.
    pub(super) fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<bool> {
        let drawn = self.draw_synchronized(render);
        match drawn {
            Err(error) if is_gone(&error) => Ok(false),
            Err(error) => Err(error),
            Ok(()) => Ok(true),
        }
    }

    fn draw_synchronized(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        crossterm::queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(render)?;
        crossterm::queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        self.terminal.backend_mut().flush()
    }

    /// Takes the terminal anew, for when something else has changed its modes or written on it.
    pub(super) fn reenter(&mut self) -> io::Result<()> {
        restore();
        enter()?;
        self.terminal.clear()
    }

    /// Gives the terminal back to the shell and stops; returns when the user has come back.
    pub(super) fn suspend(&mut self) -> io::Result<()> {
        restore();
        signal_hook::low_level::emulate_default_handler(SIGTSTP)?;
        enter()?;
        self.terminal.clear()
    }

    /// Copies an address to the clipboard of the machine that the user sits at (OSC 52).
    pub(super) fn copy(&mut self, url: &WebUrl) -> io::Result<()> {
        execute!(self.terminal.backend_mut(), CopyToClipboard::to_clipboard_from(url.as_str()))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        restore();
    }
}

fn enter() -> io::Result<()> {
    enable_raw_mode()?;
    ENTERED.store(true, Ordering::SeqCst);
    let entered = execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste, cursor::Hide);
    if entered.is_err() {
        restore();
    }
    entered
}

/// Gives the terminal back, once. Errors have nobody to be told to: the terminal may be gone.
pub(super) fn restore() {
    if ENTERED.swap(false, Ordering::SeqCst) {
        let _ = execute!(
            stdout(),
            EndSynchronizedUpdate,
            ResetColor,
            DisableBracketedPaste,
            LeaveAlternateScreen,
            cursor::Show
        );
        let _ = disable_raw_mode();
    }
}

/// Whether writing failed because nobody is there to read.
fn is_gone(error: &io::Error) -> bool {
    /// The error of a terminal that has hung up (EIO), which has no `ErrorKind` of its own.
    const EIO: i32 = 5;
    error.kind() == io::ErrorKind::BrokenPipe || error.raw_os_error() == Some(EIO)
}
