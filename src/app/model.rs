//! The state of the program.

use crate::app::keys::Pending;
use crate::app::{
    Effect, Group, List, Menu, Pane, Preferences, Prompt, Reader, Screen, Session, Sidebar, Status, screen,
    undo::Undoable,
};
use crate::post::SafeText;
use crate::query::RowId;
use ratatui::layout::Size;
use std::collections::VecDeque;

/// What stands over the panes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// The help, scrolled by so many lines.
    Help(usize),
    /// The headings or the links of the article.
    Menu(Menu),
}

/// The rows above the help's lines.
pub const HELP_TITLE: u16 = 1;

/// The state of the program. Only [`crate::app::update`] changes it.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The archive's name.
    pub archive: SafeText,
    /// The reader's choices.
    pub preferences: Preferences,
    /// The size of the terminal in cells.
    pub size: Size,
    /// The pane that keys go to.
    pub focus: Pane,
    /// The pane beside the list when there is room for two.
    pub beside: Pane,
    /// The choices beside the list.
    pub sidebar: Sidebar,
    /// The articles.
    pub list: List,
    /// The open article.
    pub reader: Reader,
    /// The line that is being typed.
    pub prompt: Option<Prompt>,
    /// What stands over the panes.
    pub overlay: Option<Overlay>,
    /// The line at the bottom.
    pub status: Status,
    pub(crate) pending: Pending,
    pub(crate) undo: VecDeque<(Undoable, SafeText)>,
    /// The article that is being opened and is not marked as read yet.
    pub(crate) opening: Option<RowId>,
    /// So many hits are to be gone on by as soon as the search is answered: keys may come faster than that.
    pub(crate) hits_ahead: isize,
    /// The latest change that the reader asked for, and what to say when it is saved.
    pub(crate) unsaved: Option<(Undoable, SafeText)>,
    /// The name of the saved query whose text was put into the search box.
    pub(crate) edited: Option<SafeText>,
}

impl Model {
    /// The program at its start, and what must be done first.
    pub fn start(
        archive: SafeText,
        preferences: Preferences,
        session: Session,
        size: Size,
    ) -> (Self, Vec<Effect>) {
        let mut model = Self { archive, preferences, size, ..Self::default() };
        if let Some(unfolded) = session.unfolded() {
            model.sidebar.unfold(&unfolded);
        }
        model.sidebar.scope = session.scope;
        model.list.filter = session.filter;
        model.list.sort = session.sort;
        model.list.want(session.post.clone(), session.lines_above);
        model.reader.expect(session.post, session.place);
        model.set_focus(session.pane);
        let list = model.ask_again();
        (model, vec![list, Effect::Facets])
    }

    /// Where everything stands.
    pub fn screen(&self) -> Screen {
        Screen::new(self.size, self.focus, self.beside)
    }

    /// The pane that keys go to from now on.
    pub(crate) fn set_focus(&mut self, pane: Pane) {
        self.focus = pane;
        if pane != Pane::List {
            self.beside = pane;
        }
    }

    /// The lines that a pane shows below its title: of the list, articles.
    pub(crate) fn lines(&self, pane: Pane) -> usize {
        let rows = self.screen().rows(pane);
        if pane == Pane::List { self.list.articles_in(rows) } else { rows }
    }

    /// The list anew, with the cursor on the same article.
    pub(crate) fn ask_again(&mut self) -> Effect {
        let height = self.lines(Pane::List);
        self.list.ask_again(&self.sidebar.scope, height)
    }

    /// The list anew, with the cursor on an article that was left.
    pub(crate) fn ask_for(&mut self, row: Option<RowId>) -> Effect {
        let height = self.lines(Pane::List);
        self.list.ask_for(row, &self.sidebar.scope, height)
    }

    /// The list anew, with the cursor at the top.
    pub(crate) fn ask_from_top(&mut self) -> Effect {
        let height = self.lines(Pane::List);
        self.list.ask_from_top(&self.sidebar.scope, height)
    }

    /// The menu, if one is open.
    pub fn menu(&self) -> Option<&Menu> {
        if let Some(Overlay::Menu(menu)) = &self.overlay { Some(menu) } else { None }
    }

    /// The same, to change it.
    pub(crate) fn menu_mut(&mut self) -> Option<&mut Menu> {
        if let Some(Overlay::Menu(menu)) = &mut self.overlay { Some(menu) } else { None }
    }

    /// The rows of the menu; at least one, so that paging always moves.
    pub(crate) fn menu_rows(&self) -> usize {
        let choices = self.menu().map_or(0, Menu::choices);
        usize::from(screen::inside(screen::popup(self.size, choices)).height.max(1))
    }

    /// How far the help can be scrolled.
    pub fn help_end(&self) -> usize {
        let groups = Group::ALL.iter().map(|group| self.preferences.keymap.group(*group).count() + 2);
        let rows = usize::from(self.size.height.saturating_sub(HELP_TITLE)).max(1);
        groups.sum::<usize>().saturating_sub(rows)
    }

    /// What is to be remembered until the next start.
    pub fn session(&self) -> Session {
        let post = self.list.remembered();
        Session {
            scope: self.sidebar.scope.clone(),
            filter: self.list.filter.clone(),
            sort: self.list.sort,
            lines_above: self.list.rows_above(),
            place: post.as_ref().and_then(|post| self.reader.place_of(post)),
            post,
            pane: self.focus,
            unfolded: Some(self.sidebar.unfolded()),
            ..Session::default()
        }
    }
}
