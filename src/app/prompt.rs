//! The line at the bottom in which the reader types.

use crate::app::Scope;
use crate::app::completing::Offer;
use crate::post::{SafeText, is_unsafe};
use crate::query::RowId;
use crokey::{KeyCombination, OneToThree};
use crossterm::event::{KeyCode, KeyModifiers};
use std::ops::Range;
use tui_input::{Input, InputRequest};

/// Pasted text is cut to so many characters.
const MAX_PASTE: usize = 500;

/// What the typed text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptKind {
    /// Narrows the list by title.
    Filter,
    /// Finds posts by a query, in their texts above all.
    Search,
    /// Narrows the sidebar.
    Sidebar,
    /// Finds in the article.
    Find,
    /// Narrows the menu.
    Menu,
    /// Names a query that is to be saved.
    Save,
}

/// A prompt that is open.
#[derive(Clone, Debug)]
pub struct Prompt {
    /// What the text is for.
    pub kind: PromptKind,
    /// The text and the cursor in it.
    pub input: Input,
    /// What stood there before, for Esc.
    pub(crate) before: String,
    /// Where the reader was when the prompt was opened: finding begins there, and Esc goes back.
    pub(crate) origin: Origin,
    /// How the text was completed.
    pub(crate) offer: Option<Offer>,
}

/// Where the reader was.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    /// What the sidebar had chosen.
    pub(crate) scope: Scope,
    /// The article under the cursor.
    pub(crate) row: Option<RowId>,
    /// The line at the top of the article.
    pub(crate) top: usize,
}

/// What a key did to a prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Typed {
    /// The text changed.
    Text,
    /// Only the cursor moved, or nothing happened.
    Nothing,
    /// The text is to be kept.
    Accept,
    /// The text is to be as it was before.
    Cancel,
    /// The word at the cursor is to be completed, in the next way or the one before.
    Complete(isize),
    /// The list should move while the prompt stays open: so many lines.
    Move(isize),
}

impl Prompt {
    pub(crate) fn new(kind: PromptKind, text: &str, origin: Origin) -> Self {
        Self { kind, input: Input::new(text.to_owned()), before: text.to_owned(), origin, offer: None }
    }

    /// Takes a key.
    pub(crate) fn press(&mut self, key: KeyCombination) -> Typed {
        let OneToThree::One(code) = key.codes else { return Typed::Nothing };
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        match code {
            KeyCode::Enter => Typed::Accept,
            KeyCode::Esc => Typed::Cancel,
            KeyCode::Char('c' | 'g' | '[') if control => Typed::Cancel,
            KeyCode::Tab => Typed::Complete(1),
            KeyCode::BackTab => Typed::Complete(-1),
            KeyCode::Down => Typed::Move(1),
            KeyCode::Up => Typed::Move(-1),
            KeyCode::Char('n') if control => Typed::Move(1),
            KeyCode::Char('p') if control => Typed::Move(-1),
            // An empty prompt closes on Backspace, as in vim and less.
            KeyCode::Backspace if self.input.value().is_empty() => Typed::Cancel,
            code => edit(code, control).map_or(Typed::Nothing, |request| self.handle(request)),
        }
    }

    /// Takes pasted text, as one line; nobody looks for more than a paragraph.
    pub(crate) fn paste(&mut self, text: &str) -> Typed {
        let mut typed = Typed::Nothing;
        for c in SafeText::label(text).chars().take(MAX_PASTE) {
            typed = self.handle(InputRequest::InsertChar(c));
        }
        typed
    }

    /// Where the cursor is, in bytes of the text.
    pub(crate) fn cursor(&self) -> usize {
        let mut chars = self.input.value().char_indices();
        chars.nth(self.input.cursor()).map_or(self.input.value().len(), |(at, _)| at)
    }

    /// Puts a text in the place of some bytes, and the cursor behind it.
    pub(crate) fn replace(&mut self, range: Range<usize>, text: &str) {
        let before = self.input.value().get(..range.start).unwrap_or_default().to_owned() + text;
        let after = self.input.value().get(range.end..).unwrap_or_default();
        let cursor = before.chars().count();
        self.input = Input::new(before + after).with_cursor(cursor);
    }

    fn handle(&mut self, request: InputRequest) -> Typed {
        match self.input.handle(request) {
            Some(change) if change.value => Typed::Text,
            _ => Typed::Nothing,
        }
    }
}

/// The keys of readline.
fn edit(code: KeyCode, control: bool) -> Option<InputRequest> {
    use InputRequest as Request;
    Some(match code {
        KeyCode::Char('a') if control => Request::GoToStart,
        KeyCode::Char('e') if control => Request::GoToEnd,
        KeyCode::Char('b') if control => Request::GoToPrevChar,
        KeyCode::Char('f') if control => Request::GoToNextChar,
        KeyCode::Char('h') if control => Request::DeletePrevChar,
        KeyCode::Char('d') if control => Request::DeleteNextChar,
        KeyCode::Char('w') if control => Request::DeletePrevWord,
        KeyCode::Char('u') if control => Request::DeleteFromStart,
        KeyCode::Char('k') if control => Request::DeleteTillEnd,
        KeyCode::Char(c) if !control && !is_unsafe(c) => Request::InsertChar(c),
        KeyCode::Backspace => Request::DeletePrevChar,
        KeyCode::Delete => Request::DeleteNextChar,
        KeyCode::Left => Request::GoToPrevChar,
        KeyCode::Right => Request::GoToNextChar,
        KeyCode::Home => Request::GoToStart,
        KeyCode::End => Request::GoToEnd,
        _ => return None,
    })
}
