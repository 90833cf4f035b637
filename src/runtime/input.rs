//! The keyboard, and the one who reads from the terminal.

use crate::app::Event;
use crate::runtime::{probe, signals};
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

/// What is known of the terminal's answers.
#[derive(Default)]
struct Asked {
    /// Until when an answer is waited for, if the terminal was asked.
    until: Option<Instant>,
    /// Whether the last question was answered.
    answered: bool,
}

/// Locked while keys are read, so that crossterm does not swallow the answer.
type Shared = Arc<Mutex<Asked>>;

/// The keyboard before anybody reads from it.
pub(super) struct Keyboard {
    terminal: OwnedFd,
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
        Ok(Self { terminal, asked: Shared::default() })
    }

    /// Asks the terminal how wide it draws ambiguous characters; keys typed meanwhile become events. Without an
    /// answer, narrow: so do nearly all that give one. When the terminal is gone, who listens to it says so.
    pub(super) fn ask_width(&self, events: &Sender<Event>) -> Ambiguous {
        let heard = probe::ask().and_then(|deadline| probe::hear(&self.terminal, deadline));
        let (width, keys) = heard.unwrap_or_default();
        // The other end is with the caller.
        let _ = send(events, keys);
        lock(&self.asked).answered = width.is_some();
        width.unwrap_or_default()
    }

    /// Starts the thread that turns keys into events.
    pub(super) fn listen(self, events: Sender<Event>) -> io::Result<Listening> {
        let listening = Listening { asked: Arc::clone(&self.asked) };
        Builder::new().name("input".to_owned()).spawn(move || {
            if wait_and_send(&self.terminal, &self.asked, &events).is_err() {
                signals::hang_up(&events);
            }
        })?;
        Ok(listening)
    }
}

impl Listening {
    /// From now on the answer to [`probe::QUESTION`] is waited for. It comes as an event.
    pub(super) fn expect_answer(&self) {
        lock(&self.asked).until = Some(Instant::now() + probe::PATIENCE);
    }

    /// Whether the terminal has answered the last question. One that did not will not answer the next.
    pub(super) fn is_answered(&self) -> bool {
        lock(&self.asked).answered
    }
}

fn lock(asked: &Shared) -> MutexGuard<'_, Asked> {
    asked.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Sends keys until the program ends or the terminal is gone. Waiting is ours, because crossterm's own wait
/// spins when the terminal has hung up (crossterm #793).
fn wait_and_send(terminal: &OwnedFd, asked: &Shared, events: &Sender<Event>) -> io::Result<()> {
    loop {
        probe::wait(terminal, None)?;
        let mut reading = lock(asked);
        let until = reading.until.take();
        reading.answered &= until.is_none();
        let sent = match until {
            Some(deadline) if Instant::now() < deadline => {
                drop(reading);
                let (width, keys) = probe::hear(terminal, deadline)?;
                lock(asked).answered = width.is_some();
                send(events, width.map(Event::Width).into_iter().chain(keys))
            }
            _ => send_burst(events)?,
        };
        if sent.is_err() {
            return Ok(());
        }
    }
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
    use std::io::{Write as _, pipe};
    use std::sync::mpsc::channel;

    #[test]
    fn a_terminal_that_does_not_answer_is_known_as_such_and_the_keys_arrive() {
        for (typed, answered) in [("j", false), ("\x1b[1;1Rj\x1b[1;3R", true), ("\x1b[7;1R\x1b[7;3Rj", false)]
        {
            let (terminal, mut keys) = pipe().unwrap();
            let terminal = OwnedFd::from(terminal);
            let until = Some(Instant::now() + probe::PATIENCE);
            let asked = Shared::new(Mutex::new(Asked { until, answered: true }));
            let (sender, events) = channel();
            keys.write_all(typed.as_bytes()).unwrap();
            let listening = Listening { asked: Arc::clone(&asked) };
            let reading = std::thread::spawn(move || wait_and_send(&terminal, &asked, &sender));
            let key = events.iter().find(|event| matches!(event, Event::Key(_)));
            assert!(matches!(key, Some(Event::Key(key)) if key.to_string() == "j"), "{typed:?}");
            drop(keys);
            assert!(reading.join().unwrap().is_err());
            assert_eq!(listening.is_answered(), answered, "{typed:?}");
        }
    }
}
