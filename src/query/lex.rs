//! From the text of a query to its words and signs. Never fails: whatever is no sign is a word.

use super::Field;
use std::ops::Range;

/// A word or sign, and the bytes it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) range: Range<usize>,
    pub(super) kind: Kind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Close,
    And,
    Or,
    Not,
    /// A tilde that stands before no word and no phrase.
    Tilde,
    /// A word or a phrase.
    Text(Value),
    /// `name:value`; without a value when nothing follows the colon.
    Field(Field, Option<Value>),
    /// What stands between two slashes.
    Pattern(String),
    /// A name before a colon that is almost the field `near`.
    Unknown {
        name: String,
        near: &'static str,
    },
}

/// A word or a phrase, without its tilde, quotes and escapes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) range: Range<usize>,
    pub(super) text: String,
    pub(super) quoted: bool,
    /// Whether a tilde stands before it.
    pub(super) with_variants: bool,
}

/// The words and signs of a text, in order.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token> {
    let mut lexer = Lexer { text, at: 0 };
    std::iter::from_fn(move || lexer.token())
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn token(&mut self) -> Option<Token> {
        self.skip_blanks();
        let start = self.at;
        let kind = match self.peek()? {
            '(' | '（' => self.sign(Kind::Open),
            ')' | '）' => self.sign(Kind::Close),
            '|' | '｜' => self.sign(Kind::Or),
            '-' => self.sign(Kind::Not),
            c if is_tilde(c) && !self.is_before_value() => self.sign(Kind::Tilde),
            '/' => self.pattern().unwrap_or_else(|| self.word()),
            _ => self.word(),
        };
        Some(Token { range: start..self.at, kind })
    }

    /// Also skips hyphens and tildes between blanks: titles have them.
    fn skip_blanks(&mut self) {
        while let Some(c) = self.peek() {
            let is_alone = || self.rest().chars().nth(1).is_none_or(char::is_whitespace);
            if !(c.is_whitespace() || ((c == '-' || is_tilde(c)) && is_alone())) {
                break;
            }
            self.next();
        }
    }

    fn sign(&mut self, kind: Kind) -> Kind {
        self.next();
        kind
    }

    /// Ends at a slash behind which a word could end, so that `/path/to/file` is a word.
    fn pattern(&mut self) -> Option<Kind> {
        let (mut escaped, mut body) = (false, self.rest().char_indices().skip(1).peekable());
        while let Some((at, c)) = body.next() {
            let ends = body.peek().is_none_or(|(_, c)| ends_word(*c));
            if c == '/' && !escaped && ends && at > 1 {
                let source = self.rest().get(1..at)?.to_owned();
                self.at += at + 1;
                return Some(Kind::Pattern(source));
            }
            escaped = c == '\\' && !escaped;
        }
        None
    }

    fn word(&mut self) -> Kind {
        let start = self.at;
        if let Some(field) = self.field() {
            return field;
        }
        let with_variants = self.tilde();
        let value = self.value(with_variants);
        match self.text.get(start..self.at) {
            Some("AND") => Kind::And,
            Some("OR") => Kind::Or,
            Some("NOT") => Kind::Not,
            _ => Kind::Text(value),
        }
    }

    fn field(&mut self) -> Option<Kind> {
        let end = self.rest().find(|c: char| !c.is_alphabetic())?;
        let (name, value) = self.rest().split_at_checked(end)?;
        let value = value.strip_prefix([':', '：'])?;
        if let Some(field) = Field::named(name) {
            self.at = self.text.len() - value.len();
            let with_variants = field == Field::Title && self.tilde();
            let value = self.peek().filter(|c| begins_value(*c)).map(|_| self.value(with_variants));
            return Some(Kind::Field(field, value));
        }
        let near = Field::near(name).filter(|_| !value.starts_with("//"))?;
        self.value(false);
        Some(Kind::Unknown { name: name.to_owned(), near })
    }

    /// Takes a tilde, if it stands before a word or a phrase.
    fn tilde(&mut self) -> bool {
        let is_one = self.peek().is_some_and(is_tilde) && self.is_before_value();
        if is_one {
            self.next();
        }
        is_one
    }

    fn is_before_value(&self) -> bool {
        self.rest().chars().nth(1).is_some_and(begins_value)
    }

    fn value(&mut self, with_variants: bool) -> Value {
        let start = self.at;
        let quoted = self.peek().is_some_and(is_quote);
        let text = if quoted { self.phrase() } else { self.bare() };
        Value { range: start..self.at, text, quoted, with_variants }
    }

    /// What stands between quotes, whose second one may be missing at the end. Chinese input methods take turns
    /// between “ and ”, whichever is meant.
    fn phrase(&mut self) -> String {
        let open = self.next();
        let closes = |c: char| if open == Some('"') { c == '"' } else { is_quote(c) && c != '"' };
        let mut text = String::new();
        while let Some(c) = self.next() {
            match c {
                c if closes(c) => break,
                '\\' => text.push(self.escaped(|c| is_quote(c) || c == '\\')),
                c => text.push(c),
            }
        }
        text
    }

    fn bare(&mut self) -> String {
        let mut text = String::new();
        while let Some(c) = self.peek().filter(|c| !ends_word(*c)) {
            self.next();
            text.push(if c == '\\' { self.escaped(|c| !c.is_alphanumeric()) } else { c });
        }
        text
    }

    /// The character behind a backslash, if that can be escaped, else the backslash itself.
    fn escaped(&mut self, can_be: fn(char) -> bool) -> char {
        match self.peek().filter(|c| can_be(*c)) {
            Some(c) => {
                self.next();
                c
            }
            None => '\\',
        }
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '＂')
}

fn is_tilde(c: char) -> bool {
    matches!(c, '~' | '～')
}

fn begins_value(c: char) -> bool {
    is_quote(c) || !ends_word(c)
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || is_quote(c) || matches!(c, '(' | ')' | '|' | '（' | '）' | '｜')
}
