//! Whole journeys through the program: keys go in, the screen comes out. Everything is real but the terminal
//! and the threads: the worker's desk answers at once.

use crate::app::{Effect, Event, Model, Progress, Session, Status, update};
use crate::config::{Config, Paths, Theme};
use crate::ingest::Archive;
use crate::post::SafeText;
use crate::runtime::Library;
use crate::runtime::watch::{Hint, News};
use crate::runtime::worker::Desk;
use crate::store::Sessions;
use crate::ui;
use crokey::KeyCombination;
use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use unicode_width::UnicodeWidthStr as _;

mod tests;

/// A program that runs in memory.
struct Journey {
    model: Model,
    desk: Desk,
    inbox: Receiver<Event>,
    /// What was to be done outside of model and disk.
    outside: Vec<Effect>,
    size: Size,
    /// The folder of the archive.
    root: PathBuf,
}

impl Journey {
    /// Opens the sample with an empty home in `home`.
    fn on_sample(home: &Path, width: u16, height: u16) -> Self {
        Self::on(Archive::sample(), home, width, height)
    }

    fn on(archive: Archive, home: &Path, width: u16, height: u16) -> Self {
        let paths = Paths::under(home);
        let mut config = Config::load(None, &paths).unwrap();
        config.words = crate::config::Language::English.words().unwrap().into();
        let size = Size::new(width, height);
        let sessions = Sessions::new(&paths.state, archive.key());
        let session: Session = sessions.load();
        let (name, root) = (SafeText::label(archive.name()), archive.root().to_owned());
        let (sender, inbox) = channel();
        let desk = Desk::new(Library::open(archive, &paths).unwrap(), sessions, sender);
        let (model, effects) = Model::start(name, config.preferences(), session, size);
        let mut journey = Self { model, desk, inbox, outside: Vec::new(), size, root };
        journey.perform(effects);
        journey.read_all();
        journey
    }

    /// Brings the catalog up to date, with all that follows.
    fn read_all(&mut self) {
        while self.model.status.progress != Some(Progress::Done) {
            self.desk.read_on().unwrap();
            self.settle();
        }
    }

    /// Fills the full-text index, with all that follows.
    fn index_all(&mut self) {
        while self.desk.is_indexing() {
            self.desk.index_on().unwrap();
            self.settle();
            std::thread::yield_now();
        }
    }

    /// Something has happened at these places in the archive, and is heard of; with all that follows.
    fn hear(&mut self, places: &[&str]) -> &mut Self {
        let places = places.iter().map(|place| self.root.join(place)).collect();
        self.desk.hear(News::Hint(Hint::Places(places)));
        self.settle();
        while self.desk.keep_up() {
            self.settle();
            std::thread::yield_now();
        }
        self
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Quit | Effect::Browse(_) | Effect::Copy(_) | Effect::Suspend | Effect::Redraw => {
                    self.outside.push(effect);
                }
                for_the_disk => self.desk.answer(for_the_disk).unwrap(),
            }
        }
        self.settle();
    }

    fn settle(&mut self) {
        loop {
            while let Ok(event) = self.inbox.try_recv() {
                self.take(event);
            }
            if self.desk.is_hunting() {
                self.desk.hunt_on().unwrap();
            } else if !self.desk.count_on(false).unwrap() {
                return;
            }
        }
    }

    fn take(&mut self, event: Event) {
        let effects = update(&mut self.model, event);
        self.perform(effects);
    }

    /// Presses keys: words like `Enter` or `ctrl-d`, and `'text` for characters typed one by one.
    fn press(&mut self, keys: &str) -> &mut Self {
        for key in keys.split(' ') {
            match key.strip_prefix('\'') {
                Some(text) => text.chars().for_each(|c| self.key(char_key(c))),
                None if key.chars().count() == 1 => self.key(char_key(key.chars().next().unwrap())),
                None => self.key(crokey::parse(key).unwrap()),
            }
        }
        self
    }

    fn key(&mut self, key: KeyCombination) {
        self.take(Event::Key(key));
    }

    fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.size = Size::new(width, height);
        self.take(Event::Resize(self.size));
        self
    }

    /// The screen as text, one line a row.
    fn screen(&self) -> String {
        let mut terminal = Terminal::new(TestBackend::new(self.size.width, self.size.height)).unwrap();
        terminal.draw(|frame| ui::draw(&self.model, &Theme::default(), frame)).unwrap();
        let buffer = terminal.backend().buffer();
        let mut screen = String::new();
        for row in buffer.content.chunks(usize::from(self.size.width)) {
            let mut cells = row.iter();
            let mut line = String::new();
            while let Some(cell) = cells.next() {
                line.push_str(cell.symbol());
                // What a wide character covers is no cell of its own.
                let covered = cell.symbol().width().saturating_sub(1);
                cells.by_ref().take(covered).for_each(|_| {});
            }
            screen.push_str(line.trim_end());
            screen.push('\n');
        }
        screen
    }

    fn status(&self) -> &Status {
        &self.model.status
    }
}

fn char_key(c: char) -> KeyCombination {
    KeyCombination::new(KeyCode::Char(c), KeyModifiers::NONE)
}
