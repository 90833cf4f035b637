//! The one place where the model changes.

use crate::app::prompt::PromptKind;
use crate::app::{
    Action, Effect, Event, MEASURES, MenuKind, Model, Outcome, Overlay, Pane, Preferences, Words, keys,
    marks, menu, motion, opening, queries,
    undo::{self, Undoable},
};
use crate::post::WebUrl;
use crate::query::Sort;

/// How many cells `<` and `>` change the measure by: two Hanzi.
const MEASURE_STEP: isize = 4;
/// How many cells one key press scrolls wide lines by: four Hanzi, or a tab.
const SIDEWAYS_STEP: isize = 8;

/// Takes one event: changes the model, and says what is to be done outside.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    let mut effects = match event {
        Event::Key(key) => keys::press(model, key),
        Event::Paste(text) => keys::paste(model, &text),
        Event::Resize(size) => {
            model.size = size;
            Vec::new()
        }
        Event::Width(ambiguous) => {
            model.preferences.typeset.ambiguous = ambiguous;
            Vec::new()
        }
        Event::Quit => vec![Effect::Remember(model.session()), Effect::Quit],
        Event::Redraw => vec![Effect::Redraw],
        Event::Suspend => vec![Effect::Suspend],
        news => hear(model, news),
    };
    effects.extend(marks::read(model));
    settle(model, &mut effects);
    effects
}

/// Takes what comes back from the effects.
fn hear(model: &mut Model, event: Event) -> Vec<Effect> {
    match event {
        Event::Listing(listing) => {
            model.list.answer(listing);
            model.reader.mark(model.list.terms());
            if let Some(flaw) = model.list.flaw.as_ref().filter(|_| model.prompt.is_none()) {
                model.status.error(&flaw.to_string());
            }
            if model.hits_ahead != 0 && model.list.is_settled() {
                let hits = std::mem::take(&mut model.hits_ahead);
                return opening::hit(model, hits);
            }
        }
        Event::More { generation, rows, is_whole } => model.list.extend(generation, rows, is_whole),
        Event::Rows { generation, near, lines } => model.list.fetched(generation, near, lines),
        Event::Snippets { generation, snippets } => model.list.found(generation, snippets),
        Event::Facets { counts, totals } => model.sidebar.recount(counts, totals),
        Event::Opened(opened) => model.reader.show(*opened, model.list.terms()),
        Event::Sync(progress) => model.status.progress = Some(progress),
        Event::Changed => return vec![model.ask_again(), Effect::Facets],
        Event::Arrived(posts) => model.status.arrived += posts,
        Event::Deaf(why) => {
            model.status.info(&Words::fill(&model.preferences.words.deaf, &[&why]));
        }
        Event::Months(months) => model.sidebar.take_months(months),
        Event::Found(found) => model.sidebar.take_found(*found),
        Event::Queries(queries) => return queries::known(model, queries),
        Event::Saved(change, Outcome::Done) => {
            undo::saved(model, &Undoable::Mark(change));
            return vec![Effect::Facets];
        }
        Event::QueryChanged(change, Outcome::Done) => undo::saved(model, &Undoable::Query(*change)),
        Event::Saved(change, Outcome::Failed(why)) => undo::failed(model, &Undoable::Mark(change), &why),
        Event::QueryChanged(change, Outcome::Failed(why)) => {
            undo::failed(model, &Undoable::Query(*change), &why);
        }
        Event::Said(message) => model.status.message = Some(message),
        _ => {}
    }
    Vec::new()
}

/// Does what a key asks for.
pub(crate) fn act(model: &mut Model, action: Action, count: Option<usize>) -> Vec<Effect> {
    let lines = isize::try_from(count.unwrap_or(1)).unwrap_or(isize::MAX);
    match action {
        Action::Left if sideways(model, -lines) => Vec::new(),
        Action::Left => opening::focus(model, model.focus.left()),
        Action::Right if sideways(model, lines) => Vec::new(),
        Action::NextPane => opening::focus(model, around(model, Pane::next)),
        Action::PreviousPane => opening::focus(model, around(model, Pane::previous)),
        Action::Open | Action::Right => opening::open(model),
        Action::ReaderDown => motion::scroll_reader(model, lines),
        Action::ReaderUp => motion::scroll_reader(model, -lines),
        Action::NextArticle => opening::article(model, lines),
        Action::PreviousArticle => opening::article(model, -lines),
        Action::Filter if model.focus == Pane::Sidebar => opening::prompt(model, PromptKind::Sidebar),
        Action::Filter => opening::prompt(model, PromptKind::Filter),
        Action::Find => find(model),
        Action::NextHit => opening::hit(model, lines),
        Action::PreviousHit => opening::hit(model, -lines),
        Action::NextMention => opening::mention(model, lines),
        Action::PreviousMention => opening::mention(model, -lines),
        Action::Sort => sort(model),
        Action::Bookmark => marks::toggle(model, marks::Mark::Bookmark),
        Action::Read => marks::toggle(model, marks::Mark::Read),
        Action::SaveQuery => queries::ask_name(model),
        Action::EditQuery => queries::edit(model),
        Action::RemoveQuery => queries::remove(model),
        Action::Undo => undo::take_back(model),
        Action::Browse | Action::CopyLink => link(model, action),
        Action::Wider => measure(model, lines),
        Action::Narrower => measure(model, -lines),
        Action::WideTables => wide_tables(model),
        Action::Outline => menu::open(model, MenuKind::Outline),
        Action::Links => menu::open(model, MenuKind::Links),
        Action::Help => {
            model.overlay = Some(Overlay::Help(0));
            Vec::new()
        }
        Action::Back => back(model, true),
        Action::Escape => back(model, false),
        Action::Quit => vec![Effect::Remember(model.session()), Effect::Quit],
        Action::Redraw => vec![Effect::Redraw],
        Action::Suspend => vec![Effect::Suspend],
        moving => motion::go(model, moving, count),
    }
}

/// The next pane in a direction; the reader only when there is something to read.
fn around(model: &Model, next: impl Fn(Pane) -> Pane) -> Pane {
    match next(model.focus) {
        Pane::Reader if model.list.is_empty() => next(Pane::Reader),
        pane => pane,
    }
}

fn find(model: &mut Model) -> Vec<Effect> {
    opening::prompt(
        model,
        match model.focus {
            Pane::Sidebar => PromptKind::Sidebar,
            Pane::List => PromptKind::Search,
            Pane::Reader => PromptKind::Find,
        },
    )
}

fn sort(model: &mut Model) -> Vec<Effect> {
    model.list.sort = match model.list.order() {
        Sort::Newest if model.list.terms().have_words() => Sort::Relevance,
        Sort::Newest | Sort::Relevance => Sort::Oldest,
        Sort::Oldest => Sort::Title,
        Sort::Title => Sort::Source,
        Sort::Source => Sort::Newest,
    };
    vec![model.ask_again()]
}

/// One step back: from a choice among what was found, from a filter, from the reader, and from the list out of the
/// program.
fn back(model: &mut Model, may_quit: bool) -> Vec<Effect> {
    match model.focus {
        Pane::Reader if model.reader.is_finding() => opening::narrow(model, PromptKind::Find, ""),
        Pane::Reader => opening::focus(model, Pane::List),
        Pane::Sidebar if !model.sidebar.filter.is_empty() => opening::narrow(model, PromptKind::Sidebar, ""),
        Pane::Sidebar | Pane::List if model.sidebar.widen() => vec![model.ask_again()],
        Pane::Sidebar | Pane::List if !model.list.search.is_empty() => {
            model.edited = None;
            opening::narrow(model, PromptKind::Search, "")
        }
        Pane::Sidebar | Pane::List if !model.list.filter.is_empty() => {
            opening::narrow(model, PromptKind::Filter, "")
        }
        // In a narrow window the sidebar hides the list that it belongs to.
        Pane::Sidebar if model.screen().list.is_none() => opening::focus(model, Pane::List),
        _ if may_quit => vec![Effect::Remember(model.session()), Effect::Quit],
        _ => Vec::new(),
    }
}

/// Hands the address of the article under the focus to an effect, and says so.
fn link(model: &mut Model, action: Action) -> Vec<Effect> {
    let Some(url) = marks::subject(model).and_then(|subject| subject.url) else {
        model.status.info(&model.preferences.words.no_address);
        return Vec::new();
    };
    hand_over(model, url, action)
}

/// Copies an address, or opens it in the browser, and says so.
pub(crate) fn hand_over(model: &mut Model, url: WebUrl, action: Action) -> Vec<Effect> {
    let words = &model.preferences.words;
    if action == Action::Browse {
        model.status.info(&words.opening);
        vec![Effect::Browse(url)]
    } else {
        model.status.info(&words.copied);
        vec![Effect::Copy(url)]
    }
}

/// Makes the measure wider or narrower by so many steps from what is seen; says so when the window holds no more.
fn measure(model: &mut Model, steps: isize) -> Vec<Effect> {
    let room = model.screen().reader.map_or(u16::MAX, |area| Preferences::room(area.width));
    let (measure, words) = (&mut model.preferences.measure, &model.preferences.words);
    let seen = usize::from(room.min(*measure));
    let cells = seen.saturating_add_signed(steps.saturating_mul(MEASURE_STEP));
    let wanted = u16::try_from(cells).unwrap_or(u16::MAX).clamp(*MEASURES.start(), *MEASURES.end());
    // What a wider window may show is not lost in a narrow one.
    *measure = if wanted > room { wanted.max(*measure) } else { wanted };
    let message = if wanted > room { &words.measure_full } else { &words.measure };
    model.status.info(&Words::fill(message, &[&wanted.min(room)]));
    Vec::new()
}

/// Scrolls wide lines in the reader by so many steps. Returns whether there was anywhere to scroll.
fn sideways(model: &mut Model, steps: isize) -> bool {
    let rows = model.lines(Pane::Reader);
    model.focus == Pane::Reader && model.reader.scroll_sideways(steps.saturating_mul(SIDEWAYS_STEP), rows)
}

/// Sets wide tables as grids that are scrolled sideways, or as one block a row.
fn wide_tables(model: &mut Model) -> Vec<Effect> {
    let (options, words) = (&mut model.preferences.typeset, &model.preferences.words);
    options.wide_tables = !options.wide_tables;
    model.status.info(if options.wide_tables { &words.tables_as_grids } else { &words.tables_by_row });
    Vec::new()
}

/// Brings everything in line after a change: what is visible is fetched, what is shown fits.
fn settle(model: &mut Model, effects: &mut Vec<Effect>) {
    let narrowing = model.list.narrowing();
    if model.sidebar.narrow_to(narrowing.clone()) {
        effects.push(Effect::Count(narrowing));
    }
    let screen = model.screen();
    model.sidebar.settle(screen.rows(Pane::Sidebar));
    effects.extend(model.list.settle(screen.inside(Pane::List)));
    if let Some(area) = screen.reader {
        effects.extend(model.reader.want(model.list.row()).map(Effect::Open));
        let options = model.preferences.typeset_for(area.width);
        if model.reader.settle(&options, area.width, screen.rows(Pane::Reader)) {
            opening::say_hit(model);
        }
    }
    menu::settle(model);
}

#[cfg(test)]
mod tests;
