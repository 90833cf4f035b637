//! Moving within the pane that has the focus.

use crate::app::{Action, Effect, Model, Pane};

/// How far an action moves in a pane of this many rows: lines down, or up if negative. `None` if it does not
/// move. The far ends are as far as there is.
pub(crate) fn distance(action: Action, count: Option<usize>, rows: usize) -> Option<isize> {
    let times =
        |lines: usize| isize::try_from(lines.saturating_mul(count.unwrap_or(1))).unwrap_or(isize::MAX);
    let (half, page) = ((rows / 2).max(1), rows.saturating_sub(1).max(1));
    Some(match action {
        Action::Down => times(1),
        Action::Up => -times(1),
        Action::HalfPageDown => times(half),
        Action::HalfPageUp => -times(half),
        Action::PageDown => times(page),
        Action::PageUp => -times(page),
        Action::First => isize::MIN,
        Action::Last => isize::MAX,
        _ => return None,
    })
}

/// Moves the cursor or scrolls.
pub(crate) fn go(model: &mut Model, action: Action, count: Option<usize>) -> Vec<Effect> {
    let here = match model.focus {
        Pane::Sidebar => model.sidebar.cursor(),
        Pane::List => model.list.cursor(),
        Pane::Reader => model.reader.top(),
    };
    match destination(action, count, model.lines(model.focus), here) {
        Some(place) => go_to(model, place),
        None => Vec::new(),
    }
}

/// The line that an action moves to from another, in a pane of this many rows: `5G` goes to the fifth. `None` if it
/// does not move.
pub(crate) fn destination(action: Action, count: Option<usize>, rows: usize, here: usize) -> Option<usize> {
    match (action, count) {
        (Action::First | Action::Last, Some(count)) => Some(count.saturating_sub(1)),
        _ => distance(action, count, rows).map(|lines| here.saturating_add_signed(lines)),
    }
}

/// Scrolls the article wherever the focus is.
pub(crate) fn scroll_reader(model: &mut Model, lines: isize) -> Vec<Effect> {
    let place = model.reader.top().saturating_add_signed(lines);
    model.reader.go(place, model.lines(Pane::Reader));
    Vec::new()
}

fn go_to(model: &mut Model, place: usize) -> Vec<Effect> {
    match model.focus {
        Pane::Sidebar => {
            model.sidebar.go(place);
            choose(model).into_iter().collect()
        }
        Pane::List => {
            model.list.go(place);
            Vec::new()
        }
        Pane::Reader => {
            model.reader.go(place, model.lines(Pane::Reader));
            Vec::new()
        }
    }
}

/// What the sidebar's cursor stands on is what the list shows.
pub(crate) fn choose(model: &mut Model) -> Option<Effect> {
    model.sidebar.choose_at_cursor().then(|| model.ask_from_top())
}
