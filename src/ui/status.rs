//! The line at the bottom.

use crate::app::{Action, Message, Model, Progress, Prompt, PromptKind, Words};
use crate::config::Look;
use crate::query::QueryError;
use crate::ui::canvas::{Canvas, after};
use crate::ui::{grouped, list};
use ratatui::layout::{Position, Rect};

/// The cells between a query and what is wrong with it.
const FLAW_GAP: u16 = 2;

/// Draws the line. Returns where the terminal's cursor should be, if anywhere.
pub(super) fn draw(model: &Model, row: Rect, canvas: &mut Canvas<'_>) -> Option<Position> {
    if row.height == 0 {
        return None;
    }
    if let Some(prompt) = &model.prompt {
        return Some(draw_prompt(model, prompt, row, canvas));
    }
    let right = right(model);
    match &model.status.message {
        Some(Message::Info(text)) => canvas.row(row, text, &right, Look::Status),
        // An error is more than the counts: it gets the whole line.
        Some(Message::Error(text)) => canvas.row(row, text, "", Look::Error),
        None => canvas.row(row, &left(model), &right, Look::Status),
    }
    None
}

/// What the cursor stands on; the list cuts titles, here there is more room.
fn left(model: &Model) -> String {
    match model.list.current() {
        Some(line) => line.title.to_string(),
        None => String::new(),
    }
}

fn right(model: &Model) -> String {
    let words = &model.preferences.words;
    let progress = match model.status.progress {
        Some(Progress::Looking(files)) => Words::fill(&words.looking, &[&grouped(files)]),
        Some(Progress::Reading { done, total }) => {
            Words::fill(&words.syncing, &[&grouped(done), &grouped(total)])
        }
        Some(Progress::Indexing { done, total }) => {
            Words::fill(&words.indexing, &[&grouped(done), &grouped(total)])
        }
        Some(Progress::Done) | None => String::new(),
    };
    let arrived = match model.status.arrived {
        0 => String::new(),
        posts => Words::fill(&words.arrived, &[&grouped(posts)]),
    };
    let place = if model.screen().list.is_none() { list::title(model).1 } else { String::new() };
    let help = model.preferences.keymap.keys_of(Action::Help);
    let hint = help.map(|key| Words::fill(&words.help_hint, &[key])).unwrap_or_default();
    let parts = [progress, arrived, place, hint].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("  ")
}

/// The prompt keeps its end in view. Returns where the cursor is.
fn draw_prompt(model: &Model, prompt: &Prompt, row: Rect, canvas: &mut Canvas<'_>) -> Position {
    let words = &model.preferences.words;
    let name = match prompt.kind {
        PromptKind::Filter => &words.prompt_filter,
        PromptKind::Search => &words.prompt_search,
        PromptKind::Sidebar => &words.prompt_sidebar,
        PromptKind::Find => &words.prompt_find,
        PromptKind::Menu => &words.prompt_menu,
        PromptKind::Save => &words.prompt_save,
    };
    let used = canvas.label(row, name, canvas.style(Look::Prompt));
    let rest = after(row, used);
    let text = prompt.input.value();
    let split = text.char_indices().nth(prompt.input.cursor()).map_or(text.len(), |(at, _)| at);
    let before = text.get(..split).unwrap_or_default();
    let visible = canvas.end_of(before, rest.width.saturating_sub(1));
    let cells = canvas.write(rest, visible, canvas.style(Look::Text));
    let behind = after(rest, cells);
    let behind =
        after(behind, canvas.write(behind, text.get(split..).unwrap_or_default(), canvas.style(Look::Text)));
    if let Some(flaw) = model.list.flaw.as_ref().filter(|_| prompt.kind == PromptKind::Search) {
        let left_out = before.len() - visible.len();
        draw_flaw(flaw, text, left_out, rest, canvas);
        canvas.label(after(behind, FLAW_GAP), &flaw.to_string(), canvas.style(Look::Error));
    }
    Position::new((rest.x + cells).min(row.right().saturating_sub(1)), row.y)
}

/// Shows which part of a query makes no sense. So many bytes of it are not shown.
fn draw_flaw(flaw: &QueryError, text: &str, left_out: usize, row: Rect, canvas: &mut Canvas<'_>) {
    let start = flaw.range.start.max(left_out);
    if let (Some(before), Some(wrong)) = (text.get(left_out..start), text.get(start..flaw.range.end)) {
        canvas.write(after(row, canvas.width(before)), wrong, canvas.style(Look::Error));
    }
}
