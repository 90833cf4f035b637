//! The program in its terminal: threads, the loop, and what the effects do.
//!
//! - The UI thread (the one that calls [`run`]) takes events, updates the model, hands out effects and draws.
//!   It never touches a file or a sleep, and waits for a lock only when it asks the terminal anew for its widths:
//!   as long as a burst of keys is being read. While it writes the question, none is.
//! - `input` waits for keys, `signals` for signals.
//! - `worker` owns the disk: catalog, shelf and archive, through [`Library`].
//! - `watch` hears of what happens to the files, and tells the worker where to look.

mod browser;
mod counting;
mod crew;
mod inbox;
mod indexing;
mod input;
mod library;
mod panic;
mod probe;
mod search;
mod signals;
mod snippet;
mod sync;
mod terminal;
mod watch;
mod worker;

pub use indexing::{Indexing, searchable};
pub use library::{Library, LibraryError, bookmark, open_shelf};
pub use search::{FacetIndex, Hunt, Loading, Ranking, Searcher};
pub use snippet::{snippet, terms};
pub use sync::{Summary, Sync};

use crate::app::{Effect, Event, Message, Model, Outcome, Session, update};
use crate::config::{Ambiguity, Config, Theme};
use crate::post::SafeText;
use crate::store::Sessions;
use crate::ui;
use anyhow::{Context, anyhow};
use input::{Keyboard, Listening};
use ratatui::Frame;
use std::io;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use terminal::{Screen, Suspended};
use worker::Worker;

/// So long the first frame waits for the list of the last run, so that no empty frame flashes up.
const FIRST_FRAME: Duration = Duration::from_millis(150);

/// So long the window must be left alone before the terminal is asked anew for its widths.
const CALM: Duration = Duration::from_millis(200);

/// What the reader is opened with.
#[derive(Debug)]
pub struct Start {
    /// The archive, its catalog and the shelf.
    pub library: Library,
    /// The reader's choices.
    pub config: Config,
    /// The colours.
    pub theme: Theme,
    /// Where the last session ended.
    pub session: Session,
    /// Where to keep the next one.
    pub sessions: Sessions,
    /// Things to say at the start.
    pub warnings: Vec<String>,
}

/// Makes the process ready, before anything else: a panic says one line and leaves the terminal as it was, and
/// a file that may grow no further is an error like others.
///
/// # Errors
/// When the system refuses.
pub fn prepare() -> anyhow::Result<()> {
    panic::install();
    signals::survive_limits().context("signals cannot be received")
}

/// Runs the reader until the user leaves it. Returns the exit code: 0, or 128 and the number of the signal
/// that ended it.
///
/// # Errors
/// When there is no terminal, or it fails. The terminal is restored in every case.
pub fn run(start: Start) -> anyhow::Result<u8> {
    let (sender, inbox) = channel();
    let mut screen = Screen::enter().context("the terminal cannot be used")?;
    signals::spawn(sender.clone()).context("signals cannot be received")?;
    let mut preferences = start.config.preferences();
    let asks_width = start.config.settings.terminal.ambiguous_width == Ambiguity::Auto;
    let mut keyboard = Keyboard::open().context("the keyboard cannot be read")?;
    if asks_width {
        preferences.typeset.ambiguous = keyboard.ask_width(&sender);
    }
    let listening = keyboard.listen(sender.clone()).context("the keyboard cannot be read")?;
    let archive = SafeText::label(start.library.archive().name());
    let worker = Worker::spawn(start.library, start.sessions, sender.clone());
    let (model, effects) = Model::start(archive, preferences, start.session, screen.size());
    let keyboard = asks_width.then_some(listening);
    let mut running = Running { model, theme: start.theme, worker, keyboard, ask_at: None, sender };
    if !start.warnings.is_empty() {
        let warnings = SafeText::label(&start.warnings.join("; "));
        running.take(Event::Said(Message::Error(warnings)), &mut screen)?;
    }
    for effect in effects {
        running.perform(effect, &mut screen)?;
    }
    let ended = running.run(&inbox, &mut screen);
    screen.leave();
    // What is on its way to the disk gets there before the program ends.
    running.worker.stop();
    ended.context("the reader has ended")?;
    // What could not be saved then, no screen has shown.
    match inbox.try_iter().find_map(unsaved) {
        Some(why) => Err(anyhow!("{why}")),
        None => Ok(signals::exit_code()),
    }
}

fn unsaved(event: Event) -> Option<SafeText> {
    match event {
        Event::Saved(_, Outcome::Failed(why)) | Event::Said(Message::Error(why)) => Some(why),
        _ => None,
    }
}

struct Running {
    model: Model,
    theme: Theme,
    worker: Worker,
    /// To ask the terminal for its widths, unless the settings say them.
    keyboard: Option<Listening>,
    /// When to ask.
    ask_at: Option<Instant>,
    sender: Sender<Event>,
}

/// Whether the loop goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Go {
    On,
    End,
}

impl Running {
    fn run(&mut self, inbox: &Receiver<Event>, screen: &mut Screen) -> anyhow::Result<()> {
        let mut first = inbox.recv_timeout(FIRST_FRAME).ok();
        loop {
            match self.pass(first.into_iter().chain(inbox.try_iter()), screen) {
                Ok(Go::On) => {}
                Ok(Go::End) => return Ok(()),
                // The session is remembered all the same.
                Err(_) if terminal::is_gone() => signals::hang_up(&self.sender),
                Err(error) => return Err(error),
            }
            first = self.wait(inbox)?;
        }
    }

    /// The next event; none when it is time to ask the terminal.
    fn wait(&self, inbox: &Receiver<Event>) -> anyhow::Result<Option<Event>> {
        let Some(at) = self.ask_at else { return Ok(Some(inbox.recv()?)) };
        match inbox.recv_timeout(at.saturating_duration_since(Instant::now())) {
            Err(RecvTimeoutError::Timeout) => Ok(None),
            event => Ok(Some(event?)),
        }
    }

    /// A burst of keys is one pass and one frame.
    fn pass(&mut self, events: impl Iterator<Item = Event>, screen: &mut Screen) -> anyhow::Result<Go> {
        for event in events {
            if self.take(event, screen)? == Go::End {
                return Ok(Go::End);
            }
        }
        self.draw(screen)?;
        Ok(Go::On)
    }

    /// Draws a frame, and asks the terminal for its widths with it when it is time.
    fn draw(&mut self, screen: &mut Screen) -> io::Result<()> {
        let render = |frame: &mut Frame<'_>| ui::draw(&self.model, &self.theme, frame);
        match &self.keyboard {
            Some(keyboard) if self.ask_at.take_if(|at| *at <= Instant::now()).is_some() => {
                keyboard.ask(|| {
                    screen.ask(probe::QUESTION)?;
                    screen.draw(render)
                })
            }
            _ => screen.draw(render),
        }
    }

    /// The widths may be others by now: another terminal attached by tmux, another font or profile.
    fn doubt_width(&mut self) {
        if self.keyboard.as_ref().is_some_and(Listening::is_answering) {
            self.ask_at = Some(Instant::now() + CALM);
        }
    }

    fn take(&mut self, event: Event, screen: &mut Screen) -> anyhow::Result<Go> {
        match event {
            Event::Resize(size) => {
                screen.resize(size)?;
                self.doubt_width();
            }
            Event::Focus => self.doubt_width(),
            // Rows that were drawn in the other width may be torn.
            Event::Width(width) if width != self.model.preferences.typeset.ambiguous => screen.clear()?,
            _ => {}
        }
        for effect in update(&mut self.model, event) {
            if self.perform(effect, screen)? == Go::End {
                return Ok(Go::End);
            }
        }
        Ok(Go::On)
    }

    fn perform(&mut self, effect: Effect, screen: &mut Screen) -> anyhow::Result<Go> {
        match effect {
            Effect::Quit => return Ok(Go::End),
            Effect::Redraw => {
                screen.reenter()?;
                // By now it may be another terminal, or another setting of it. Also one that did not answer.
                self.ask_at = Some(Instant::now());
            }
            Effect::Suspend => {
                if terminal::suspend()? == Suspended::NoShell {
                    let why = self.model.preferences.words.no_shell.as_str().into();
                    return self.take(Event::Said(Message::Info(why)), screen);
                }
            }
            Effect::Copy(url) => screen.copy(&url)?,
            Effect::Browse(url) => browser::open(url, self.sender.clone()),
            for_the_disk => self.worker.ask(for_the_disk),
        }
        Ok(Go::On)
    }
}

#[cfg(test)]
mod journey;
