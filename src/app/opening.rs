//! Opening: panes, articles, prompts.

use crate::app::hits::End;
use crate::app::motion::choose;
use crate::app::prompt::{Origin, Typed};
use crate::app::sidebar::Entry;
use crate::app::{Effect, Menu, Model, Pane, Prompt, PromptKind, Words, completing, menu, queries};

/// Opens what the cursor stands on.
pub(crate) fn open(model: &mut Model) -> Vec<Effect> {
    match model.focus {
        Pane::Sidebar => match model.sidebar.entry() {
            Some(Entry::Section(section)) => {
                model.sidebar.toggle(section);
                Vec::new()
            }
            Some(_) => {
                let asked = choose(model);
                model.set_focus(Pane::List);
                asked.into_iter().collect()
            }
            None => Vec::new(),
        },
        Pane::List => read(model),
        Pane::Reader => Vec::new(),
    }
}

/// Gives the focus to a pane. Reaching the reader is reading; without an article there is no reaching it.
pub(crate) fn focus(model: &mut Model, pane: Pane) -> Vec<Effect> {
    if pane == Pane::Reader && model.focus != Pane::Reader {
        return read(model);
    }
    model.set_focus(pane);
    Vec::new()
}

/// Opens the article after or before the one under the cursor.
pub(crate) fn article(model: &mut Model, lines: isize) -> Vec<Effect> {
    let place = model.list.cursor().saturating_add_signed(lines);
    if place >= model.list.len() || place == model.list.cursor() {
        return Vec::new();
    }
    model.list.go(place);
    if model.focus == Pane::Reader { read(model) } else { Vec::new() }
}

/// The article under the cursor is being read from now on.
fn read(model: &mut Model) -> Vec<Effect> {
    let Some(row) = model.list.row() else { return Vec::new() };
    // Wherever the last session ended, this is where the reader is now.
    model.list.go(model.list.cursor());
    model.set_focus(Pane::Reader);
    model.opening = Some(row);
    vec![Effect::Remember(model.session())]
}

/// Opens a prompt.
pub(crate) fn prompt(model: &mut Model, kind: PromptKind) -> Vec<Effect> {
    let text = match kind {
        PromptKind::Filter => &model.list.filter,
        PromptKind::Search => &model.list.search,
        PromptKind::Sidebar => &model.sidebar.filter,
        PromptKind::Find => "",
        PromptKind::Menu => model.menu().map_or("", Menu::filter),
        PromptKind::Save => &queries::offered(model),
    };
    let origin =
        Origin { scope: model.sidebar.scope.clone(), row: model.list.row(), top: model.reader.top() };
    model.prompt = Some(Prompt::new(kind, text, origin));
    model.hits_ahead = 0;
    if matches!(kind, PromptKind::Filter | PromptKind::Search) {
        model.set_focus(Pane::List);
    }
    Vec::new()
}

/// What a key in a prompt leads to.
pub(crate) fn typed(model: &mut Model, typed: Typed) -> Vec<Effect> {
    let Some(prompt) = &model.prompt else { return Vec::new() };
    let (kind, text) = (prompt.kind, prompt.input.value().to_owned());
    match typed {
        Typed::Nothing => Vec::new(),
        Typed::Text => narrow(model, kind, &text),
        // What is wrong is shown behind it.
        Typed::Accept if kind == PromptKind::Search && queries::is_flawed(model, &text) => Vec::new(),
        Typed::Accept => {
            model.prompt = None;
            accept(model, kind, &text)
        }
        // Esc takes back what was typed; once more, in the pane itself, it drops the filter.
        Typed::Cancel => {
            let effects = cancel(model);
            model.prompt = None;
            effects
        }
        Typed::Complete(step) => completing::at_cursor(model, step),
        Typed::Move(lines) => step(model, kind, lines),
    }
}

/// Goes back to where the reader was before the prompt.
fn cancel(model: &mut Model) -> Vec<Effect> {
    let Some(Prompt { kind, before, origin, .. }) = model.prompt.clone() else { return Vec::new() };
    match kind {
        PromptKind::Save => Vec::new(),
        PromptKind::Filter if model.list.filter == before => Vec::new(),
        PromptKind::Search if model.list.search == before && model.sidebar.scope == origin.scope => {
            Vec::new()
        }
        PromptKind::Filter => {
            model.list.filter = before;
            vec![model.ask_for(origin.row)]
        }
        PromptKind::Search => {
            model.list.search = before;
            model.edited = None;
            model.sidebar.choose(origin.scope);
            vec![model.ask_for(origin.row)]
        }
        PromptKind::Sidebar => {
            model.sidebar.narrow(&before);
            model.sidebar.point_at(&origin.scope);
            if model.sidebar.scope == origin.scope {
                return Vec::new();
            }
            model.sidebar.choose(origin.scope);
            vec![model.ask_for(origin.row)]
        }
        PromptKind::Find | PromptKind::Menu => narrow(model, kind, &before),
    }
}

/// Moves in the pane that a prompt is about while it stays open.
fn step(model: &mut Model, kind: PromptKind, lines: isize) -> Vec<Effect> {
    match kind {
        PromptKind::Filter | PromptKind::Search => {
            model.list.go(model.list.cursor().saturating_add_signed(lines));
            Vec::new()
        }
        PromptKind::Sidebar => {
            model.sidebar.go(model.sidebar.cursor().saturating_add_signed(lines));
            choose(model).into_iter().collect()
        }
        PromptKind::Find => {
            let rows = model.lines(Pane::Reader);
            model.reader.next_hit(lines, rows);
            Vec::new()
        }
        PromptKind::Menu => menu::step(model, lines),
        PromptKind::Save => Vec::new(),
    }
}

/// Puts another text into the prompt.
pub(crate) fn type_over(model: &mut Model, text: &str) -> Vec<Effect> {
    let Some(prompt) = &mut model.prompt else { return Vec::new() };
    prompt.replace(0..prompt.input.value().len(), text);
    let kind = prompt.kind;
    narrow(model, kind, text)
}

/// Applies the text of a prompt while it is being typed.
pub(crate) fn narrow(model: &mut Model, kind: PromptKind, text: &str) -> Vec<Effect> {
    match kind {
        PromptKind::Filter if model.list.filter == text => Vec::new(),
        PromptKind::Filter => {
            let widened = model.list.filter.starts_with(text);
            text.clone_into(&mut model.list.filter);
            vec![if widened { model.ask_again() } else { model.ask_from_top() }]
        }
        PromptKind::Search if model.list.search == text => Vec::new(),
        PromptKind::Search => {
            text.clone_into(&mut model.list.search);
            vec![if text.is_empty() { model.ask_again() } else { model.ask_from_top() }]
        }
        PromptKind::Sidebar => {
            let scope = model.sidebar.scope.clone();
            model.sidebar.narrow(text);
            if text.is_empty() {
                model.sidebar.point_at(&scope);
                return Vec::new();
            }
            choose(model).into_iter().collect()
        }
        PromptKind::Find => {
            let (rows, from) =
                (model.lines(Pane::Reader), model.prompt.as_ref().map(|prompt| prompt.origin.top));
            model.reader.find(text, from.unwrap_or(model.reader.top()), rows);
            // Without a text to find, those by which the article was found are marked again.
            model.reader.mark(model.list.terms());
            Vec::new()
        }
        PromptKind::Menu => menu::narrow(model, text),
        PromptKind::Save => Vec::new(),
    }
}

fn accept(model: &mut Model, kind: PromptKind, text: &str) -> Vec<Effect> {
    match kind {
        PromptKind::Filter => model.set_focus(Pane::List),
        PromptKind::Search => {
            model.set_focus(Pane::List);
            if text.is_empty() {
                model.edited = None;
            }
        }
        PromptKind::Sidebar => {}
        PromptKind::Find => say_hit(model),
        PromptKind::Menu => return menu::accept(model),
        PromptKind::Save => return queries::save(model, text),
    }
    Vec::new()
}

/// Goes on by so many hits. Behind the last one of an article that was found by a query comes the next article.
pub(crate) fn hit(model: &mut Model, hits: isize) -> Vec<Effect> {
    if !(model.list.search.is_empty() || model.list.is_settled() || model.reader.is_finding()) {
        model.hits_ahead = model.hits_ahead.saturating_add(hits);
        return Vec::new();
    }
    let is_search = !model.list.terms().is_empty() && !model.reader.is_finding();
    let mut effects = Vec::new();
    if is_search && model.screen().reader.is_none() {
        effects = read(model);
    }
    let rows = model.lines(Pane::Reader);
    let is_shown = model.reader.shown.as_ref().map(|shown| shown.row) == model.list.row();
    if is_search && !(is_shown && model.reader.next_hit(hits, rows)) {
        // Keys that come faster than articles would leave some out.
        if !model.reader.is_arriving() {
            effects.extend(hit_beyond(model, if is_shown { hits.signum() } else { 0 }, hits));
        }
        return effects;
    }
    if !is_search {
        model.reader.next_hit(hits, rows);
    }
    say_hit(model);
    effects
}

/// Goes on by so many mentions of stocks in the open article.
pub(crate) fn mention(model: &mut Model, mentions: isize) -> Vec<Effect> {
    let is_shown = model.reader.shown.as_ref().map(|shown| shown.row) == model.list.row();
    if is_shown && model.screen().reader.is_some() {
        let rows = model.lines(Pane::Reader);
        if model.reader.next_mention(mentions, rows) {
            say_hit(model);
        } else {
            model.status.info(&model.preferences.words.no_mention);
        }
    }
    Vec::new()
}

/// Opens the article so many lines on, and goes to its first hit, or backwards to its last one.
fn hit_beyond(model: &mut Model, lines: isize, hits: isize) -> Vec<Effect> {
    let before = model.list.row();
    let effects = article(model, lines);
    match model.list.row() {
        row if row == before && lines != 0 => say_hit(model),
        Some(row) => model.reader.arrive(row, if hits < 0 { End::Last } else { End::First }),
        None => {}
    }
    effects
}

/// Says which hit is shown, or that there is none.
pub(crate) fn say_hit(model: &mut Model) {
    let Some(shown) = &model.reader.shown else { return };
    let words = &model.preferences.words;
    let said = match (shown.hits.position(), shown.hits.needle()) {
        (Some((hit, hits)), _) => match shown.hits.stock() {
            Some(stock) => Words::fill(&words.mention, &[stock, &hit, &hits]),
            None => Words::fill(&words.hit, &[&hit, &hits]),
        },
        (None, "") => return,
        (None, needle) => Words::fill(&words.not_found, &[&needle]),
    };
    model.status.info(&said);
}
