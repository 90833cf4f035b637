//! One line of program text to tokens.

use super::language::{Kind, Language, Quote};
use crate::typeset::style::Token;

/// A comment or a string that a line left open.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    end: &'static str,
    escapes: bool,
    token: Token,
}

/// A line that is being read.
pub(super) struct Line<'a> {
    language: &'static Language,
    text: &'a str,
    /// What has not been read yet.
    rest: &'a str,
    /// Where each piece ends, in bytes, and what it is.
    ends: Vec<(usize, Option<Token>)>,
    /// Within `<…>` of a language of markup.
    in_tag: bool,
}

impl<'a> Line<'a> {
    pub(super) fn new(text: &'a str, language: &'static Language) -> Self {
        Self { language, text, rest: text, ends: Vec::new(), in_tag: false }
    }

    /// The ends of the pieces, which are all of the line.
    pub(super) fn read(mut self, open: &mut Option<Open>) -> Vec<(usize, Option<Token>)> {
        if let Some(inside) = open.take() {
            *open = self.go_on(inside);
        } else if self.language.kind == Kind::Diff {
            let token = match self.text.chars().next() {
                Some('+') => Some(Token::String),
                Some('-') => Some(Token::Keyword),
                Some('@') => Some(Token::Function),
                _ => None,
            };
            self.take(self.text.len(), token);
        } else {
            self.key();
        }
        while !self.rest.is_empty() {
            *open = self.token();
        }
        self.ends
    }

    /// A token; the comment or string that it leaves open.
    fn token(&mut self) -> Option<Open> {
        let next = self.rest.chars().next()?;
        if let Some((begin, end)) = self.language.block.filter(|(begin, _)| self.rest.starts_with(begin)) {
            self.take(begin.len(), Some(Token::Comment));
            return self.go_on(Open { end, escapes: false, token: Token::Comment });
        }
        if self.begins_comment() {
            self.take(self.rest.len(), Some(Token::Comment));
            return None;
        }
        if self.language.kind == Kind::Markup {
            self.markup(next);
            return None;
        }
        if let Some(quote) = self.language.quotes.iter().find(|quote| self.begins_string(quote)) {
            return self.string(quote);
        }
        match next {
            '0'..='9' => self.number(),
            c if is_word(c) => self.word(),
            c => self.take(c.len_utf8(), None),
        }
        None
    }

    /// A comment to the end of the line; `#` begins one only after a blank, since it stands in words too.
    fn begins_comment(&self) -> bool {
        let before = self.before();
        let after_blank = before.is_empty() || before.ends_with([' ', ';']);
        if self.language.comments_alone && !before.trim_start().is_empty() {
            return false;
        }
        self.language.comments.iter().any(|sign| self.rest.starts_with(sign) && (after_blank || *sign != "#"))
    }

    fn begins_string(&self, quote: &Quote) -> bool {
        let may_begin = || {
            let last = self.before().chars().next_back();
            quote.behind.is_empty() || last.is_none_or(|last| quote.behind.contains(last))
        };
        self.rest.starts_with(quote.sign) && may_begin()
    }

    /// What has been read.
    fn before(&self) -> &'a str {
        self.text.get(..self.text.len() - self.rest.len()).unwrap_or_default()
    }

    fn string(&mut self, quote: &'static Quote) -> Option<Open> {
        // `'a` of Rust, or an apostrophe: a character has its closing quote near.
        let is_char = |inner: &str| {
            let mut chars = inner.chars();
            matches!((chars.next(), chars.next()), (Some('\\'), _) | (Some(_), Some('\'')))
        };
        if quote.is_character && !self.rest.strip_prefix(quote.sign).is_some_and(is_char) {
            self.take(quote.sign.len(), None);
            return None;
        }
        let before = self.ends.len();
        self.take(quote.sign.len(), Some(Token::String));
        let open = self.go_on(Open { end: quote.sign, escapes: quote.escapes, token: Token::String });
        if self.language.kind == Kind::Data && self.rest.trim_start().starts_with(':') {
            self.ends.iter_mut().skip(before).for_each(|(_, token)| *token = Some(Token::Function));
        }
        open.filter(|_| quote.spans_lines)
    }

    /// Reads on to the end of a comment or a string; what stays open when the line ends first.
    fn go_on(&mut self, open: Open) -> Option<Open> {
        let mut from = 0;
        while let Some(rest) = self.rest.get(from..) {
            if rest.is_empty() {
                break;
            }
            if rest.starts_with(open.end) {
                self.take(from + open.end.len(), Some(open.token));
                return None;
            }
            let mut chars = rest.chars();
            let first = chars.next().map_or(1, char::len_utf8);
            let escaped = if open.escapes && rest.starts_with('\\') { chars.next() } else { None };
            from += first + escaped.map_or(0, char::len_utf8);
        }
        self.take(self.rest.len(), Some(open.token));
        Some(open)
    }

    fn number(&mut self) {
        let mut previous = '0';
        let end = self.rest.find(|c: char| {
            let is_range = c == '.' && previous == '.';
            previous = c;
            is_range || !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_'))
        });
        let length = end.unwrap_or(self.rest.len());
        let number = self.rest.get(..length).unwrap_or_default().trim_end_matches('.');
        self.take(number.len(), Some(Token::Number));
    }

    fn word(&mut self) {
        let length = self.rest.find(|c| !is_word(c)).unwrap_or(self.rest.len());
        let (word, after) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        let is_call = after.starts_with('(') || (after.starts_with("!(") || after.starts_with("!["));
        let is_type = || {
            word.starts_with(|c: char| c.is_ascii_uppercase())
                && word.contains(|c: char| c.is_ascii_lowercase())
        };
        let token = if self.language.is_keyword(word) {
            Some(Token::Keyword)
        } else if self.language.is_constant(word) {
            Some(Token::Number)
        } else if self.language.kind == Kind::Program && is_type() {
            Some(Token::Type)
        } else if is_call {
            Some(Token::Function)
        } else {
            None
        };
        self.take(length, token);
    }

    /// In files of settings a line begins with a key, in style sheets too.
    fn key(&mut self) {
        let Kind::Settings { sign } = self.language.kind else { return };
        let text = self.rest.trim_start_matches([' ', '-']);
        let Some((key, _)) = text.split_once(sign) else { return };
        let is_key = |c: char| is_word(c) || matches!(c, '-' | '.' | ' ' | '/');
        if !key.is_empty() && key.chars().all(is_key) {
            self.take(self.rest.len() - text.len(), None);
            self.take(key.len(), Some(Token::Function));
        }
    }

    /// `<name attribute="value">`, and text.
    fn markup(&mut self, next: char) {
        let length =
            |from: &str| from.find(|c| !(is_word(c) || matches!(c, '-' | ':' | '!'))).unwrap_or(from.len());
        match next {
            '<' => {
                let name = self.rest.trim_start_matches(['<', '/', '?']);
                let begins = self.rest.len() - name.len();
                self.take(begins, None);
                self.take(length(name), Some(Token::Keyword));
                self.in_tag = true;
            }
            '>' => {
                self.in_tag = false;
                self.take(1, None);
            }
            '"' | '\'' if self.in_tag => {
                self.take(1, Some(Token::String));
                let end = if next == '"' { "\"" } else { "'" };
                // A value that goes on in the next line is rare, a quote that is not closed is not.
                self.go_on(Open { end, escapes: false, token: Token::String });
            }
            c if self.in_tag && is_word(c) => self.take(length(self.rest), Some(Token::Function)),
            c => self.take(c.len_utf8(), None),
        }
    }

    fn take(&mut self, bytes: usize, token: Option<Token>) {
        let (_, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        let end = self.text.len() - rest.len();
        match self.ends.last_mut() {
            Some((last, same)) if *same == token => *last = end,
            Some((last, _)) if *last == end => {}
            _ => self.ends.push((end, token)),
        }
    }
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}
