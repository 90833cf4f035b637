//! Saved queries: what a list shows, kept under a name.

use crate::app::sidebar::Entry;
use crate::app::undo::{Undoable, make};
use crate::app::{Effect, Model, Pane, PromptKind, Scope, Words, opening};
use crate::post::{SafeText, SavedQuery, Timestamp};
use crate::query::{Facet, Query, QueryError, fold, parse_with};

/// Some moment, in seconds since 1970; ages before it are fine.
const NOW: i64 = 1_700_000_000;

/// A saved query and what is known of its posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The query.
    pub query: SavedQuery,
    /// How many posts it finds.
    pub tally: Tally,
}

impl Saved {
    /// Whether its name or its text contains a folded text.
    pub(crate) fn contains(&self, folded: &str) -> bool {
        [&self.query.name, &self.query.text].iter().any(|text| fold(text).contains(folded))
    }
}

/// How many posts a saved query finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Tally {
    /// They have not been counted yet.
    #[default]
    Unknown,
    /// So many.
    Counted {
        /// Posts, also read ones.
        total: u32,
        /// Those of them that are not read.
        unread: u32,
    },
    /// None can be: it makes no sense, or no longer.
    Wrong(Box<QueryError>),
}

/// A saved query comes, changes or goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryChange {
    /// What was saved before; `None` if the query is new.
    pub before: Option<SavedQuery>,
    /// What is saved from now on; `None` if the query is removed.
    pub after: Option<SavedQuery>,
}

impl QueryChange {
    pub(crate) fn inverse(self) -> Self {
        Self { before: self.after, after: self.before }
    }
}

/// Whether the text of a search is no query. What is saved under which name, only the answer tells.
pub(crate) fn is_flawed(model: &Model, text: &str) -> bool {
    read(text).is_none() || (model.list.is_settled() && model.list.flaw.is_some())
}

/// A text as a query, whatever its names of saved queries stand for.
fn read(text: &str) -> Option<Query> {
    parse_with(text, Timestamp::new(NOW, 0)?, &|_| Some("x".to_owned())).ok()
}

/// Asks for the name under which to save what the list shows; of what is saved, for another name.
pub(crate) fn ask_name(model: &mut Model) -> Vec<Effect> {
    if let Some(flaw) = &model.list.flaw {
        model.status.error(&flaw.to_string());
    } else if offered(model).is_empty() {
        model.status.info(&model.preferences.words.nothing_to_save);
    } else {
        return opening::prompt(model, PromptKind::Save);
    }
    Vec::new()
}

/// The name to begin with: the one that the query has, or else its text.
pub(crate) fn offered(model: &Model) -> String {
    let name = shown_alone(model).map(|query| &query.name).or(model.edited.as_ref());
    name.map_or_else(|| text(model), ToString::to_string)
}

/// Saves what the list shows under a name, or gives the saved query that it shows this name.
pub(crate) fn save(model: &mut Model, name: &str) -> Vec<Effect> {
    let name = SafeText::label(name);
    if name.is_empty() {
        return Vec::new();
    }
    let namesake = model.sidebar.saved_as(&name).map(|saved| saved.query.clone());
    let change = match (shown_alone(model).cloned(), namesake) {
        (Some(old), _) if old.name == name => return Vec::new(),
        (Some(_), Some(_)) => {
            let said = Words::fill(&model.preferences.words.name_taken, &[&name]);
            model.status.error(&said);
            return Vec::new();
        }
        (Some(old), None) => {
            QueryChange { after: Some(SavedQuery { name: name.clone(), ..old.clone() }), before: Some(old) }
        }
        (None, before) => {
            let text = SafeText::new(&text(model));
            let added = before.as_ref().and_then(|query| query.added);
            QueryChange { before, after: Some(SavedQuery { name: name.clone(), text, added }) }
        }
    };
    let said = Words::fill(&model.preferences.words.query_saved, &[&name]);
    make(model, Undoable::Query(change), &said)
}

/// Puts the text of the chosen query into the search box.
pub(crate) fn edit(model: &mut Model) -> Vec<Effect> {
    let Some(query) = chosen(model).cloned() else { return refuse(model) };
    opening::prompt(model, PromptKind::Search);
    model.edited = Some(query.name);
    model.sidebar.choose(Scope::All);
    let asked = opening::type_over(model, &query.text);
    if asked.is_empty() { vec![model.ask_from_top()] } else { asked }
}

/// Removes the saved query under the sidebar's cursor.
pub(crate) fn remove(model: &mut Model) -> Vec<Effect> {
    let is_meant = model.focus == Pane::Sidebar && matches!(model.sidebar.entry(), Some(Entry::Saved(_)));
    let Some(query) = chosen(model).filter(|_| is_meant).cloned() else { return refuse(model) };
    let said = Words::fill(&model.preferences.words.query_removed, &[&query.name]);
    make(model, Undoable::Query(QueryChange { before: Some(query), after: None }), &said)
}

fn refuse(model: &mut Model) -> Vec<Effect> {
    model.status.info(&model.preferences.words.no_saved_query);
    Vec::new()
}

/// The change is on the disk: what was chosen under its old name is chosen under the new one.
pub(crate) fn changed(model: &mut Model, change: &QueryChange) {
    let name = |query: &Option<SavedQuery>| query.as_ref().map(|query| Scope::Saved(query.name.clone()));
    if let (Some(old), Some(new)) = (name(&change.before), name(&change.after))
        && model.sidebar.scope == old
    {
        model.sidebar.scope = new;
    }
}

/// Takes the saved queries as they are now. What is shown of one that has changed or gone is asked for anew.
pub(crate) fn known(model: &mut Model, queries: Vec<Saved>) -> Vec<Effect> {
    let before = chosen(model).map(|query| query.text.clone());
    model.sidebar.take_saved(queries);
    match (&model.sidebar.scope, chosen(model)) {
        (Scope::Saved(_), None) => {
            model.sidebar.choose_nearby();
            vec![model.ask_from_top()]
        }
        (Scope::Saved(_), Some(now)) if before.is_some_and(|before| before != now.text) => {
            vec![model.ask_again()]
        }
        _ => Vec::new(),
    }
}

/// The saved query that the sidebar has chosen.
fn chosen(model: &Model) -> Option<&SavedQuery> {
    let Scope::Saved(name) = &model.sidebar.scope else { return None };
    model.sidebar.saved_as(name).map(|saved| &saved.query)
}

/// The saved query that the list shows, neither narrowed nor searched.
fn shown_alone(model: &Model) -> Option<&SavedQuery> {
    chosen(model).filter(|_| model.list.filter.is_empty() && model.list.search.is_empty())
}

/// All that the list was narrowed by, as one query.
fn text(model: &Model) -> String {
    let scope = match &model.sidebar.scope {
        Scope::Saved(_) => chosen(model).map(|query| query.text.to_string()).unwrap_or_default(),
        Scope::Facet(Facet::Month, month) => format!("date:{month}"),
        scope => scope.query().to_string(),
    };
    let filter = match model.list.filter.as_str() {
        "" => String::new(),
        title => Query::Title(title.into()).to_string(),
    };
    let parts = [scope, filter, model.list.search.trim().to_owned()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    match parts.as_slice() {
        [one] => one.clone(),
        many => many.iter().map(|part| operand(part)).collect::<Vec<_>>().join(" "),
    }
}

/// A query as a part of another: alternatives in parentheses, and a quote closed that was left open at the end.
fn operand(text: &str) -> String {
    let (meant, grouped) = (read(text), |text: &str| format!("({text})"));
    let closed =
        [text.to_owned(), format!("{text}\"")].into_iter().find(|text| read(&grouped(text)) == meant);
    let closed = closed.unwrap_or_else(|| text.to_owned());
    if matches!(meant, Some(Query::Or(_))) { grouped(&closed) } else { closed }
}
