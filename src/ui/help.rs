//! The help: the key table itself.

use crate::app::{Group, HELP_TITLE, Model, Sequence};
use crate::config::Look;
use crate::ui::canvas::{Canvas, after, rows};
use ratatui::layout::Rect;

/// The cells for the keys of an action.
const KEYS: u16 = 28;

enum HelpLine<'a> {
    Heading(&'a str),
    Action(String, &'a str),
    Blank,
}

pub(super) fn draw(model: &Model, top: usize, area: Rect, canvas: &mut Canvas<'_>) {
    let lines = lines(model);
    let mut rows = rows(area);
    if area.height > HELP_TITLE
        && let Some(row) = rows.next()
    {
        canvas.row(row, &model.preferences.words.help, "", Look::TitleFocused);
    }
    for (row, line) in rows.zip(lines.iter().skip(top.min(model.help_end()))) {
        match line {
            HelpLine::Heading(text) => drop(canvas.label(row, text, canvas.style(Look::Section))),
            HelpLine::Action(keys, does) => {
                let keys_cells = KEYS.min(row.width / 2);
                let place = Rect { width: keys_cells.saturating_sub(3), ..after(row, 2) };
                canvas.label(place, keys, canvas.style(Look::Marker));
                canvas.label(after(row, keys_cells), does, canvas.style(Look::Text));
            }
            HelpLine::Blank => {}
        }
    }
}

fn lines(model: &Model) -> Vec<HelpLine<'_>> {
    let (words, keymap) = (&model.preferences.words, &model.preferences.keymap);
    let mut lines = Vec::new();
    for group in Group::ALL {
        lines.push(HelpLine::Heading(words.groups.get(&group).map_or("", String::as_str)));
        for (action, keys) in keymap.group(group) {
            let keys = keys.iter().map(Sequence::to_string).collect::<Vec<_>>().join(" ");
            lines.push(HelpLine::Action(keys, words.actions.get(&action).map_or("", String::as_str)));
        }
        lines.push(HelpLine::Blank);
    }
    lines
}
