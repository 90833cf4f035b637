//! What keys do in a menu, and what opens and closes it.

use crate::app::{
    Action, Effect, Menu, MenuKind, Model, Overlay, Pane, PromptKind, Target, motion, opening, update,
};

/// Opens a menu of the article that is visible; says so if there is nothing to choose from.
pub(crate) fn open(model: &mut Model, kind: MenuKind) -> Vec<Effect> {
    let (rows, words) = (model.lines(Pane::Reader), &model.preferences.words);
    let visible = model.screen().reader.and(model.reader.shown.as_ref());
    let Some((shown, article)) = visible.zip(model.reader.article()) else {
        model.status.info(&words.nothing_open);
        return Vec::new();
    };
    match (Menu::new(kind, article, shown, rows), kind) {
        (Some(menu), _) => model.overlay = Some(Overlay::Menu(menu)),
        (None, MenuKind::Outline) => model.status.info(&words.no_headings),
        (None, MenuKind::Links) => model.status.info(&words.no_links),
    }
    Vec::new()
}

/// Does what a key asks for while a menu is open.
pub(crate) fn act(model: &mut Model, action: Action, count: Option<usize>) -> Vec<Effect> {
    let Some(menu) = model.menu() else { return Vec::new() };
    match (action, menu.kind) {
        (Action::Open | Action::Right, _) => choose(model),
        (Action::Browse | Action::CopyLink, MenuKind::Links) => link(model, action),
        (Action::Filter | Action::Find, _) => opening::prompt(model, PromptKind::Menu),
        (Action::Back | Action::Escape, _) if !menu.filter.is_empty() => narrow(model, ""),
        (Action::Back | Action::Escape | Action::Left, _)
        | (Action::Outline, MenuKind::Outline)
        | (Action::Links, MenuKind::Links) => close(model),
        (Action::Outline | Action::Links | Action::Quit | Action::Suspend | Action::Redraw, _) => {
            update::act(model, action, None)
        }
        // There a number has gone to the link that it names.
        (moving, MenuKind::Links) => go(model, moving, None),
        (moving, MenuKind::Outline) => go(model, moving, count),
    }
}

/// What Enter does in the prompt: a heading is gone to at once; what a link is wanted for is yet to be said.
pub(crate) fn accept(model: &mut Model) -> Vec<Effect> {
    match model.menu().map(|menu| menu.kind) {
        Some(MenuKind::Outline) => choose(model),
        Some(MenuKind::Links) | None => Vec::new(),
    }
}

/// Narrows the menu to the choices that contain a text.
pub(crate) fn narrow(model: &mut Model, text: &str) -> Vec<Effect> {
    if let Some(menu) = model.menu_mut() {
        menu.narrow(text);
    }
    Vec::new()
}

/// Moves the cursor by so many lines.
pub(crate) fn step(model: &mut Model, lines: isize) -> Vec<Effect> {
    if let Some(menu) = model.menu_mut() {
        menu.go(menu.cursor.saturating_add_signed(lines));
    }
    Vec::new()
}

/// Takes the digits typed so far as the number of a link. Where no number goes on with the last digit, that begins
/// another number.
pub(crate) fn number(model: &mut Model) {
    let (Some(number), Some(Overlay::Menu(menu))) = (model.pending.count, &mut model.overlay) else { return };
    if menu.kind == MenuKind::Links && !menu.go_to_number(number) {
        let digit = number % 10;
        model.pending.count = menu.go_to_number(digit).then_some(digit);
    }
}

/// Closes a menu whose article is no longer shown, and keeps the cursor of any other visible.
pub(crate) fn settle(model: &mut Model) {
    let rows = model.menu_rows();
    let (article, Some(Overlay::Menu(menu))) = (model.reader.article(), &mut model.overlay) else { return };
    if article == Some(&menu.article) {
        menu.settle(rows);
    } else {
        close(model);
        model.prompt.take_if(|prompt| prompt.kind == PromptKind::Menu);
    }
}

fn go(model: &mut Model, action: Action, count: Option<usize>) -> Vec<Effect> {
    let rows = model.menu_rows();
    if let Some(menu) = model.menu_mut()
        && let Some(line) = motion::destination(action, count, rows, menu.cursor)
    {
        menu.go(line);
    }
    Vec::new()
}

/// Goes to the heading under the cursor, or opens the link under it; the links stay for the next one.
fn choose(model: &mut Model) -> Vec<Effect> {
    let target = model.menu().and_then(Menu::chosen).map(|choice| &choice.target);
    match target {
        Some(Target::Heading { place, .. }) => {
            model.reader.go_to(*place, model.lines(Pane::Reader));
            close(model)
        }
        Some(Target::Link { .. }) => link(model, Action::Browse),
        None => Vec::new(),
    }
}

fn link(model: &mut Model, action: Action) -> Vec<Effect> {
    match model.menu().and_then(Menu::chosen).map(|choice| &choice.target) {
        Some(Target::Link { url, .. }) => update::hand_over(model, url.clone(), action),
        Some(Target::Heading { .. }) | None => Vec::new(),
    }
}

fn close(model: &mut Model) -> Vec<Effect> {
    model.overlay = None;
    Vec::new()
}
