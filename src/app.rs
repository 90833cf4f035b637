//! Every behaviour of the program, without a terminal or a disk.
//!
//! [`update`] takes the [`Model`] and one [`Event`], changes the model and returns the [`Effect`]s that the
//! runtime must carry out. What comes back from them is an event again. Nothing else changes the model:
//! drawing only looks at it.

mod action;
mod completing;
mod event;
#[cfg(test)]
mod fixtures;
mod head;
mod hits;
mod keymap;
mod keys;
mod list;
mod marks;
mod menu;
mod model;
mod motion;
mod opening;
mod panes;
mod preferences;
mod prompt;
mod queries;
mod reader;
pub mod screen;
mod session;
mod sidebar;
mod snippet;
mod status;
mod undo;
mod update;
mod words;

pub use action::{Action, Group};
pub use event::{Effect, Event, Found, Keep, Listing, Narrowing, Opened, Outcome, Question};
pub use head::head;
pub use hits::Hits;
pub use keymap::{Keymap, KeymapError, Sequence};
pub use list::{List, near};
pub use marks::{Change, Mark};
pub use menu::{Choice, Menu, MenuKind, Target};
pub use model::{HELP_TITLE, Model, Overlay};
pub use panes::Pane;
pub use preferences::{MEASURES, Preferences};
pub use prompt::{Prompt, PromptKind};
pub use queries::{QueryChange, Saved, Tally};
pub use reader::{Reader, Shown, split_marks};
pub use screen::Screen;
pub use session::{Scope, Session};
pub use sidebar::{Entry, Section, Sidebar};
pub use snippet::{Marked, Snippet};
pub use status::{Message, Progress, Status};
pub use update::update;
pub use words::Words;
