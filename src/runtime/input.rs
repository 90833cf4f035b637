//! The keyboard, and the one who reads from the terminal.

use crate::app::Event;
use crate::runtime::probe::{self, Heard};
use crate::runtime::signals;
use crate::typeset::Ambiguous;
use crokey::KeyCombination;
use crossterm::event::{self, Event as TerminalEvent, KeyEventKind};
use std::fs::File;
use std::io::{self, IsTerminal, stdin};
use std::os::fd::{AsFd, OwnedFd};
use std::sync::mpsc::{SendError, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::Builder;
use std::time::{Duration, Instant};

/// So long the rest of a burst of keys may take. With no time at all crossterm does not look.
const MORE: Duration = Duration::from_millis(1);

/// An answer that is later than this is none. Until then it is read here: crossterm would swallow it.
const LATE: Duration = Duration::from_secs(10);

/// A terminal that has left so many questions in a row without an answer knows none.
const SILENT: usize = 3;

/// What is known of the terminal's answers.
#[derive(Default)]
struct Asked {
    /// When the last question left.
    last: Option<Instant>,
    /// The questions that may yet be answered.
    open: usize,
    /// The questions since the last answer.
    silent: usize,
}

impl Asked {
    /// A question has left.
    fn ask(&mut self, now: Instant) {
        self.open = self.open(now) + 1;
        self.silent += 1;
        self.last = Some(now);
    }

    /// So many answers have come.
    fn answer(&mut self, answers: usize) {
        if answers > 0 {
            self.open = self.open.saturating_sub(answers);
            self.silent = 0;
        }
    }

    /// How many answers may yet come.
    fn open(&self, now: Instant) -> usize {
        if self.last.is_some_and(|last| now < last + LATE) { self.open } else { 0 }
    }

    /// Until when they are worth waiting for.
    fn deadline(&self) -> Option<Instant> {
        self.last.map(|last| last + probe::PATIENCE)
    }
}

/// Locked while keys are read and while a question is written, so that crossterm does not swallow the answer.
type Shared = Arc<Mutex<Asked>>;

/// The keyboard before anybody reads from it.
pub(super) struct Keyboard {
    terminal: OwnedFd,
    heard: Heard,
    asked: Shared,
}

/// The terminal can be asked while the keyboard is being read.
pub(super) struct Listening {
    asked: Shared,
}

impl Keyboard {
    /// The terminal that crossterm reads: stdin, or the controlling terminal when stdin is something else.
    pub(super) fn open() -> io::Result<Self> {
        let stdin = stdin();
        let terminal = if stdin.is_terminal() {
            stdin.as_fd().try_clone_to_owned()?
        } else {
            File::open("/dev/tty")?.into()
        };
        Ok(Self { terminal, heard: Heard::default(), asked: Shared::default() })
    }

    /// Asks the terminal how wide it draws ambiguous characters; keys typed meanwhile become events. Without an
    /// answer, narrow: so do nearly all that give one. A late answer comes as an event. When the terminal is gone, who
    /// listens to it says so.
    pub(super) fn ask_width(&mut self, events: &Sender<Event>) -> Ambiguous {
        let heard = ask(&self.asked, probe::ask).and_then(|()| self.hear());
        let (width, keys) = heard.unwrap_or_default();
        // The other end is with the caller.
        let _ = send(events, keys);
        width.unwrap_or_default()
    }

    /// Starts the thread that turns keys into events.
    pub(super) fn listen(mut self, events: Sender<Event>) -> io::Result<Listening> {
        let listening = Listening { asked: Arc::clone(&self.asked) };
        Builder::new().name("input".to_owned()).spawn(move || {
            if self.wait_and_send(&events).is_err() {
                signals::hang_up(&events);
            }
        })?;
        Ok(listening)
    }

    /// Sends keys until the program ends or the terminal is gone. Waiting is ours, because crossterm's own wait
    /// spins when the terminal has hung up (crossterm #793).
    fn wait_and_send(&mut self, events: &Sender<Event>) -> io::Result<()> {
        loop {
            probe::wait(&self.terminal, None)?;
            let asked = lock(&self.asked);
            let sent = if asked.open(Instant::now()) > 0 {
                drop(asked);
                let (width, keys) = self.hear()?;
                send(events, width.map(Event::Width).into_iter().chain(keys))
            } else {
                send_burst(events)?
            };
            if sent.is_err() {
                return Ok(());
            }
        }
    }

    /// Hears what the terminal answers last, and what is typed meanwhile.
    fn hear(&mut self) -> io::Result<(Option<Ambiguous>, Vec<Event>)> {
        let (open, deadline) = {
            let now = Instant::now();
            let asked = lock(&self.asked);
            (asked.open(now), asked.deadline().unwrap_or(now))
        };
        let (widths, keys) = probe::hear(&self.terminal, open, deadline, &mut self.heard)?;
        lock(&self.asked).answer(widths.len());
        Ok((widths.last().copied(), keys))
    }
}

impl Listening {
    /// Asks by writing [`probe::QUESTION`]. The answer comes as an event.
    pub(super) fn ask(&self, write: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
        ask(&self.asked, write)
    }

    /// Whether the terminal is worth asking: a line may be slow or lose an answer, but not several in a row.
    pub(super) fn is_answering(&self) -> bool {
        lock(&self.asked).silent < SILENT
    }
}

/// The time for the answer begins when the question has been written.
fn ask(asked: &Shared, write: impl FnOnce() -> io::Result<()>) -> io::Result<()> {
    let mut asked = lock(asked);
    write()?;
    asked.ask(Instant::now());
    Ok(())
}

fn lock(asked: &Shared) -> MutexGuard<'_, Asked> {
    asked.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sends keys as long as they come one upon the other.
fn send_burst(events: &Sender<Event>) -> io::Result<Result<(), SendError<Event>>> {
    while event::poll(MORE)? {
        let sent = send(events, translate(event::read()?));
        if sent.is_err() {
            return Ok(sent);
        }
    }
    Ok(Ok(()))
}

/// An error says that nobody listens any more.
fn send(events: &Sender<Event>, all: impl IntoIterator<Item = Event>) -> Result<(), SendError<Event>> {
    all.into_iter().try_for_each(|event| events.send(event))
}

/// Sizes come with the signal for them.
fn translate(event: TerminalEvent) -> Option<Event> {
    match event {
        TerminalEvent::Key(key) if key.kind != KeyEventKind::Release => {
            Some(Event::Key(KeyCombination::from(key)))
        }
        TerminalEvent::Paste(text) => Some(Event::Paste(text)),
        TerminalEvent::FocusGained => Some(Event::Focus),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{PipeWriter, Write as _, pipe};
    use std::sync::mpsc::{Receiver, channel};

    /// A keyboard whose bytes come from a pipe, the thread that reads it, and its events.
    fn listening() -> (PipeWriter, Listening, Receiver<Event>) {
        let (terminal, keys) = pipe().unwrap();
        let mut keyboard =
            Keyboard { terminal: terminal.into(), heard: Heard::default(), asked: Shared::default() };
        let listening = Listening { asked: Arc::clone(&keyboard.asked) };
        let (sender, events) = channel();
        std::thread::spawn(move || keyboard.wait_and_send(&sender));
        (keys, listening, events)
    }

    #[test]
    fn an_answer_counts_early_or_late_and_the_keys_arrive() {
        let (mut keys, listening, events) = listening();
        let long_ago = Instant::now().checked_sub(probe::PATIENCE * 9).unwrap();
        // Since when it is asked, what comes then, the width, and whether the terminal is worth asking again.
        for (since, typed, width, answering) in [
            (Instant::now(), "j", None, true),
            (Instant::now(), "\x1b[1;1Rj\x1b[1;3R", Some(Ambiguous::Wide), true),
            (long_ago, "j", None, true),
            (long_ago, "j\x1b[1;1R\x1b[1;2R\x1b[1;1R\x1b[1;3R", Some(Ambiguous::Wide), true),
            (Instant::now(), "\x1b[7;1R\x1b[7;3Rj", None, true),
            (long_ago, "j", None, true),
            (long_ago, "j", None, false),
            (Instant::now(), "j\x1b[1;1R\x1b[1;2R", Some(Ambiguous::Narrow), true),
        ] {
            lock(&listening.asked).ask(since);
            keys.write_all(typed.as_bytes()).unwrap();
            let heard: Vec<Event> = events.iter().take(1 + usize::from(width.is_some())).collect();
            let answer = heard.iter().find_map(|event| match event {
                Event::Width(width) => Some(*width),
                _ => None,
            });
            assert_eq!(answer, width, "{typed:?}");
            assert!(matches!(heard.last(), Some(Event::Key(key)) if key.to_string() == "j"), "{typed:?}");
            assert_eq!(listening.is_answering(), answering, "{typed:?}");
        }
        drop(keys);
        assert_eq!(events.iter().count(), 0, "without a terminal the thread ends");
    }

    #[test]
    fn the_time_for_an_answer_begins_when_the_question_is_written() {
        let (asked, mut written) = (Shared::default(), None);
        assert!(ask(&asked, || Err(io::ErrorKind::BrokenPipe.into())).is_err());
        assert_eq!(lock(&asked).silent, 0, "it was not asked");
        ask(&asked, || {
            written = Some(Instant::now());
            Ok(())
        })
        .unwrap();
        assert!(written.is_some() && lock(&asked).last >= written);
    }

    #[test]
    fn answers_are_awaited_for_a_while_after_the_last_question() {
        let (start, mut asked) = (Instant::now(), Asked::default());
        assert_eq!((asked.open(start), asked.deadline()), (0, None));
        asked.ask(start);
        asked.ask(start + probe::PATIENCE);
        assert_eq!(asked.deadline(), Some(start + 2 * probe::PATIENCE));
        assert_eq!((asked.open(start + LATE), asked.silent), (2, 2));
        assert_eq!(asked.open(start + LATE + probe::PATIENCE), 0);
        asked.answer(1);
        assert_eq!((asked.open(start + LATE), asked.silent), (1, 0));
        asked.ask(start + 2 * LATE);
        assert_eq!((asked.open(start + 2 * LATE), asked.silent), (1, 1), "the one before was too long ago");
    }
}
