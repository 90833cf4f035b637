//! A list over the panes to choose from: the headings of the open article, or its links.

mod choices;
mod keys;

pub(crate) use keys::{accept, act, narrow, number, open, settle, step};

use crate::app::Shown;
use crate::post::{SafeText, WebUrl};
use crate::query::fold;
use crate::typeset::{Article, Place};
use std::sync::Arc;

/// What a menu lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuKind {
    /// The headings of the article.
    Outline,
    /// The links of the article.
    Links,
}

/// One line of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The words of the heading or the link; those of a link may be none.
    pub label: SafeText,
    /// What is chosen.
    pub target: Target,
}

/// What a line of a menu leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A heading.
    Heading {
        /// How many headings it stands under.
        depth: usize,
        /// Where it is.
        place: Place,
    },
    /// A link.
    Link {
        /// Its number in the article, from 1.
        number: usize,
        /// Where it leads.
        url: WebUrl,
    },
}

/// A menu that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Menu {
    kind: MenuKind,
    choices: Vec<Choice>,
    filter: String,
    /// The choices that meet the filter, as indices.
    shown: Vec<usize>,
    cursor: usize,
    top: usize,
    /// What the choices are of.
    article: Arc<Article>,
}

impl Menu {
    /// The menu of an article, with the cursor on what a pane of so many rows shows of it. `None` if there is
    /// nothing to choose from.
    fn new(kind: MenuKind, article: &Arc<Article>, reader: &Shown, rows: usize) -> Option<Self> {
        let (choices, cursor) = match kind {
            MenuKind::Outline => {
                let headings = choices::headings(article);
                let here = reader.place().map_or(0, |place| choices::heading_at(&headings, place));
                (headings, here)
            }
            MenuKind::Links => {
                let links = choices::links(article);
                let here = choices::first_link(&links, article, reader.links_in_sight(rows));
                (links, here)
            }
        };
        let shown: Vec<usize> = (0..choices.len()).collect();
        let article = Arc::clone(article);
        (!choices.is_empty()).then_some(Self {
            kind,
            choices,
            filter: String::new(),
            shown,
            cursor,
            top: 0,
            article,
        })
    }

    /// What the menu lists.
    pub fn kind(&self) -> MenuKind {
        self.kind
    }

    /// What the menu was narrowed by.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// How many choices there are, narrowed or not.
    pub fn choices(&self) -> usize {
        self.choices.len()
    }

    /// The digits of the highest number of a link.
    pub fn digits(&self) -> usize {
        self.choices.last().map_or(0, |choice| choice.number().to_string().len())
    }

    /// The choices that meet the filter, those above and below the popup included.
    pub fn shown(&self) -> impl Iterator<Item = &Choice> + Clone {
        self.shown.iter().filter_map(|index| self.choices.get(*index))
    }

    /// The line under the cursor, counted from 0 among those shown.
    pub fn cursor(&self) -> usize {
        self.cursor
    }

    /// The first line on the popup.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The choice under the cursor.
    fn chosen(&self) -> Option<&Choice> {
        self.choices.get(*self.shown.get(self.cursor)?)
    }

    /// Moves the cursor, as far as the lines go.
    fn go(&mut self, line: usize) {
        self.cursor = line.min(self.shown.len().saturating_sub(1));
    }

    /// Shows the choices that contain a text. The cursor stays on its choice, or goes to the first.
    fn narrow(&mut self, filter: &str) {
        let chosen = self.shown.get(self.cursor).copied();
        let folded = fold(filter);
        let meets = |choice: &Choice| {
            let address = match &choice.target {
                Target::Heading { .. } => "",
                Target::Link { url, .. } => url.as_str(),
            };
            fold(&choice.label).contains(&folded) || fold(address).contains(&folded)
        };
        let choices = self.choices.iter().enumerate();
        self.shown = choices.filter(|(_, choice)| meets(choice)).map(|(index, _)| index).collect();
        self.cursor = self.shown.iter().position(|index| Some(*index) == chosen).unwrap_or(0);
        filter.clone_into(&mut self.filter);
    }

    /// Goes to the link of a number. Returns whether the number is that of a link, or the beginning of one.
    fn go_to_number(&mut self, number: usize) -> bool {
        let numbers: Vec<usize> = self.shown().map(Choice::number).collect();
        if let Some(line) = numbers.iter().position(|other| *other == number) {
            self.cursor = line;
            return true;
        }
        let digits = number.to_string();
        numbers.iter().any(|other| other.to_string().starts_with(&digits))
    }

    /// Scrolls so that the cursor is visible on a popup of this height.
    fn settle(&mut self, height: usize) {
        self.top = self.top.clamp((self.cursor + 1).saturating_sub(height), self.cursor);
        self.top = self.top.min(self.shown.len().saturating_sub(height));
    }
}

impl Choice {
    /// The number of a link; 0 for a heading.
    fn number(&self) -> usize {
        match self.target {
            Target::Heading { .. } => 0,
            Target::Link { number, .. } => number,
        }
    }
}
