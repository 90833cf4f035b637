//! From a key to what it means here and now: counts, key sequences, prompts, the help, menus.

use crate::app::action::Action;
use crate::app::keymap::{Match, plain};
use crate::app::prompt::Typed;
use crate::app::{Effect, Model, Overlay, menu, motion, opening, update};
use crokey::{KeyCombination, OneToThree};
use crossterm::event::KeyCode;

/// A count is at most this; nobody types more on purpose.
const MAX_COUNT: usize = 1_000_000;

/// What has been typed of a command so far.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pending {
    pub(crate) count: Option<usize>,
    keys: Vec<KeyCombination>,
}

/// Takes a key.
pub(crate) fn press(model: &mut Model, key: KeyCombination) -> Vec<Effect> {
    model.status.message = None;
    model.status.arrived = 0;
    if let Some(prompt) = &mut model.prompt {
        let typed = prompt.press(key);
        return opening::typed(model, typed);
    }
    let key = plain(key);
    if model.pending.keys.is_empty() && digit(model, key) {
        menu::number(model);
        return Vec::new();
    }
    model.pending.keys.push(key);
    match model.preferences.keymap.find(&model.pending.keys) {
        Match::Prefix => Vec::new(),
        Match::None => {
            model.pending = Pending::default();
            Vec::new()
        }
        Match::Action(action) => {
            let count = std::mem::take(&mut model.pending).count;
            match &model.overlay {
                Some(Overlay::Help(top)) => help(model, action, *top),
                Some(Overlay::Menu(_)) => menu::act(model, action, count),
                None => update::act(model, action, count),
            }
        }
    }
}

/// Pasted text goes into the prompt; without one it is no command.
pub(crate) fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let typed = model.prompt.as_mut().map_or(Typed::Nothing, |prompt| prompt.paste(text));
    opening::typed(model, typed)
}

/// Takes a digit of a count; a count does not begin with 0.
fn digit(model: &mut Model, key: KeyCombination) -> bool {
    let KeyCombination { codes: OneToThree::One(KeyCode::Char(c)), modifiers, .. } = key else {
        return false;
    };
    let Some(digit) = c.to_digit(10).filter(|_| modifiers.is_empty()) else { return false };
    let count = model.pending.count.unwrap_or(0) * 10 + digit as usize;
    if count == 0 {
        return false;
    }
    model.pending.count = Some(count.min(MAX_COUNT));
    true
}

fn help(model: &mut Model, action: Action, top: usize) -> Vec<Effect> {
    let rows = usize::from(model.size.height);
    let lines = motion::distance(action, None, rows);
    model.overlay = match (action, lines) {
        (Action::Back | Action::Escape | Action::Help | Action::Left, _) => None,
        (Action::Quit | Action::Suspend | Action::Redraw, _) => return update::act(model, action, None),
        (_, Some(lines)) => Some(Overlay::Help(top.saturating_add_signed(lines).min(model.help_end()))),
        (_, None) => Some(Overlay::Help(top)),
    };
    Vec::new()
}
