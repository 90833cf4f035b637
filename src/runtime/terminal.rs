//! The screen: entered, drawn, left and entered again.

mod bidi;
mod job;
mod painter;
mod tty;

pub(super) use tty::{Tty, give_back, give_back_or_reset};

use crate::post::WebUrl;
use crate::runtime::signals;
use crossterm::clipboard::CopyToClipboard;
use crossterm::execute;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use painter::Painter;
use ratatui::layout::{Rect, Size};
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::stdio::stdout;
use rustix::termios::tcgetwinsize;
use std::io::{self, BufWriter, Write as _};

/// A frame of 200 by 50 cells with colours is some 30 KB: one write, so that nothing tears.
const BUFFER: usize = 64 * 1024;
/// The size of a terminal that does not know its own, as serial lines do not.
const COMMON: Size = Size::new(80, 24);
/// No window is larger; numbers beyond it are mistakes, and would only cost memory.
const LARGEST: Size = Size::new(1000, 1000);

/// The terminal while it is ours. Dropping it gives it back.
pub(super) struct Screen {
    terminal: Terminal<Painter<BufWriter<Tty>>>,
    size: Size,
}

/// Whether there is a shell that the reader was stopped for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Suspended {
    /// It has the terminal now.
    Yes,
    /// Nobody could bring the reader back, so it goes on.
    NoShell,
}

impl Screen {
    /// Takes the terminal: raw mode, alternate screen, no cursor.
    pub(super) fn enter() -> io::Result<Self> {
        tty::take()?;
        let size = size();
        // The size is ours to say, so that model and screen never differ.
        let options = TerminalOptions { viewport: Viewport::Fixed(Rect::from(size)) };
        let backend = Painter::new(BufWriter::with_capacity(BUFFER, Tty), size);
        match Terminal::with_options(backend, options) {
            Ok(terminal) => Ok(Self { terminal, size }),
            Err(error) => {
                give_back();
                Err(error)
            }
        }
    }

    /// Gives the terminal back.
    pub(super) fn leave(self) {
        drop(self);
    }

    /// The size in cells.
    pub(super) fn size(&self) -> Size {
        self.size
    }

    /// The window has another size.
    pub(super) fn resize(&mut self, size: Size) -> io::Result<()> {
        self.size = size;
        self.terminal.backend_mut().resize(size);
        self.clear()
    }

    /// Draws a frame in one synchronized update.
    pub(super) fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        crossterm::queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        self.terminal.draw(render)?;
        crossterm::queue!(self.terminal.backend_mut(), EndSynchronizedUpdate)?;
        self.terminal.backend_mut().flush()
    }

    /// Asks something of the terminal by what is written to the first row. The question goes out with the next frame;
    /// nothing of it stays on the screen.
    pub(super) fn ask(&mut self, question: &str) -> io::Result<()> {
        self.terminal.backend_mut().write_all(question.as_bytes())?;
        self.terminal.backend_mut().mend_first_row()
    }

    /// Takes the terminal anew, for when something else has changed its modes or written on it. In the
    /// background the terminal is not ours to take: there the reader stops again.
    pub(super) fn reenter(&mut self) -> io::Result<()> {
        if !job::is_in_foreground() {
            if !signals::is_ending() {
                job::stop()?;
            }
            return Ok(());
        }
        give_back();
        tty::take()?;
        self.clear()
    }

    /// Copies an address to the clipboard of the machine that the user sits at (OSC 52).
    pub(super) fn copy(&mut self, url: &WebUrl) -> io::Result<()> {
        execute!(self.terminal.backend_mut(), CopyToClipboard::to_clipboard_from(url.as_str()))
    }

    /// The next frame draws everything, whatever stands on the terminal. Nothing is to be seen of it before.
    pub(super) fn clear(&mut self) -> io::Result<()> {
        self.terminal.resize(Rect::from(self.size))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Gives the terminal back to the shell and stops. When the shell continues us, the signal for it takes the
/// terminal again; until then nothing that is drawn reaches it.
pub(super) fn suspend() -> io::Result<Suspended> {
    if !job::has_shell() {
        return Ok(Suspended::NoShell);
    }
    give_back();
    job::stop()?;
    Ok(Suspended::Yes)
}

/// The size of the window in cells, as far as it can be believed.
pub(super) fn size() -> Size {
    let size = tcgetwinsize(stdout()).map(|size| Size::new(size.ws_col, size.ws_row)).unwrap_or_default();
    let believed = |cells: u16, common, largest| if cells == 0 { common } else { cells.min(largest) };
    Size {
        width: believed(size.width, COMMON.width, LARGEST.width),
        height: believed(size.height, COMMON.height, LARGEST.height),
    }
}

/// Whether the terminal has hung up. What fails then has many errors: EIO for a write, ENXIO for `/dev/tty`.
pub(super) fn is_gone() -> bool {
    let mut fds = [PollFd::from_borrowed_fd(stdout(), PollFlags::empty())];
    let polled = poll(&mut fds, Some(&Timespec::default()));
    let gone = PollFlags::HUP | PollFlags::ERR;
    polled.is_ok() && fds.iter().any(|fd| fd.revents().intersects(gone))
}
