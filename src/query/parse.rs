//! From words and signs to a [`Query`].

use super::lex::{Kind, Token, Value, tokens};
use super::{Facet, Field, Pattern, Query, QueryError, QueryFlaw, Symbol, Term, dates, fold};
use crate::post::{SafeText, Timestamp};
use std::iter::Peekable;
use std::vec;

/// Nobody needs more parentheses in each other.
const DEEPEST: usize = 50;

/// More words than this are more parameters than SQLite takes.
const MOST_WORDS: usize = 4000;

/// The text of the query that is saved under a name.
pub type Lookup<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Reads a query where none is saved. `now` is what ages (`newer:7d`) are counted from.
///
/// Words stand side by side when a post has to meet them all; `OR` or `|` joins alternatives and binds less; `-` or
/// `NOT` denies what follows, and a tilde before a word lets its characters stand as their variants. Parentheses and
/// quotes that are still open at the end are closed there, because queries are answered while they are typed. An empty
/// text asks for everything.
///
/// # Errors
/// The first thing that makes no sense, and where.
pub fn parse(text: &str, now: Timestamp) -> Result<Query, QueryError> {
    parse_with(text, now, &|_| None)
}

/// Reads a query in which `saved:name` stands for what `saved` knows under this name, read at the same time.
///
/// # Errors
/// As [`parse`]; what is wrong with a saved query is wrong at its name.
pub fn parse_with(text: &str, now: Timestamp, saved: Lookup<'_>) -> Result<Query, QueryError> {
    read(text, &mut Reading { now, saved, words: 0, depth: 0, within: Vec::new() })
}

/// What is common to a query and the saved ones in it.
struct Reading<'a> {
    now: Timestamp,
    saved: Lookup<'a>,
    /// How many words and signs have been read.
    words: usize,
    /// How many parentheses are open; a saved query stands in one.
    depth: usize,
    /// The folded names of the saved queries that are being read.
    within: Vec<String>,
}

fn read(text: &str, reading: &mut Reading<'_>) -> Result<Query, QueryError> {
    let left = MOST_WORDS - reading.words;
    let tokens: Vec<Token> = tokens(text).take(left + 1).collect();
    if let Some(token) = tokens.get(left) {
        return Err(wrong(token, QueryFlaw::TooLong));
    }
    reading.words += tokens.len();
    let mut parser = Parser { tokens: tokens.into_iter().peekable(), reading };
    let query = parser.alternatives()?;
    match parser.tokens.next() {
        Some(token) => Err(wrong(&token, QueryFlaw::NothingToClose)),
        None => Ok(query),
    }
}

fn wrong(token: &Token, flaw: QueryFlaw) -> QueryError {
    QueryError { range: token.range.clone(), flaw }
}

fn lonely(token: &Token) -> QueryError {
    let sign = match token.kind {
        Kind::And => "AND",
        Kind::Or => "OR",
        _ => "NOT",
    };
    wrong(token, QueryFlaw::Lonely(sign.to_owned()))
}

struct Parser<'r, 'a> {
    tokens: Peekable<vec::IntoIter<Token>>,
    reading: &'r mut Reading<'a>,
}

impl Parser<'_, '_> {
    fn take(&mut self, kind: &Kind) -> Option<Token> {
        self.tokens.next_if(|token| token.kind == *kind)
    }

    /// Up to a parenthesis that closes, or the end.
    fn alternatives(&mut self) -> Result<Query, QueryError> {
        let mut met: Option<Query> = None;
        let mut joint = None;
        loop {
            let side = self.conjunction()?;
            let or = self.take(&Kind::Or);
            met = match (met, side, &joint, &or) {
                (None, Some(side), ..) => Some(side),
                (Some(met), Some(side), ..) => Some(met.or(side)),
                (_, None, Some(lone), _) | (_, None, None, Some(lone)) => return Err(lonely(lone)),
                (_, None, None, None) => None,
            };
            if or.is_none() {
                return Ok(met.unwrap_or_default());
            }
            joint = or;
        }
    }

    /// `None` if there is not one word.
    fn conjunction(&mut self) -> Result<Option<Query>, QueryError> {
        let mut met: Option<Query> = None;
        let mut joint: Option<Token> = None;
        while let Some(token) = self.tokens.next_if(|token| !matches!(token.kind, Kind::Or | Kind::Close)) {
            if token.kind == Kind::And {
                if met.is_none() || joint.is_some() {
                    return Err(lonely(&token));
                }
                joint = Some(token);
                continue;
            }
            let one = self.operand(token)?;
            met = Some(if let Some(met) = met { met.and(one) } else { one });
            joint = None;
        }
        joint.map_or(Ok(met), |joint| Err(lonely(&joint)))
    }

    fn operand(&mut self, first: Token) -> Result<Query, QueryError> {
        let mut token = first;
        let mut denied = false;
        while token.kind == Kind::Not {
            let operand = |next: &Token| !matches!(next.kind, Kind::And | Kind::Or | Kind::Close);
            token = self.tokens.next_if(operand).ok_or_else(|| lonely(&token))?;
            denied = !denied;
        }
        let query = if token.kind == Kind::Open { self.group(&token)? } else { self.leaf(&token)? };
        Ok(if denied { !query } else { query })
    }

    fn group(&mut self, open: &Token) -> Result<Query, QueryError> {
        if self.reading.depth == DEEPEST {
            return Err(wrong(open, QueryFlaw::TooDeep));
        }
        self.reading.depth += 1;
        let query = self.alternatives()?;
        self.reading.depth -= 1;
        // At the end it may be missing.
        self.take(&Kind::Close);
        Ok(query)
    }

    fn leaf(&mut self, token: &Token) -> Result<Query, QueryError> {
        match &token.kind {
            Kind::Text(value) if value.text.is_empty() => Ok(Query::All),
            Kind::Text(value) => Ok(Query::Text(term(value))),
            Kind::Pattern(source) => match Pattern::new(source) {
                Ok(pattern) => Ok(Query::Pattern(pattern)),
                Err(why) => Err(wrong(token, QueryFlaw::NoPattern(why))),
            },
            Kind::Field(field, value) => match value.as_ref().filter(|value| !value.text.is_empty()) {
                Some(value) => condition(*field, value, self.reading)
                    .map_err(|flaw| QueryError { range: value.range.clone(), flaw }),
                None => Err(wrong(token, QueryFlaw::NoValue(*field))),
            },
            Kind::Unknown { name, near } => Err(QueryError {
                range: token.range.start..token.range.start + name.len(),
                flaw: QueryFlaw::UnknownField { name: name.clone(), near },
            }),
            Kind::Tilde => Err(wrong(token, QueryFlaw::LoneTilde)),
            // The others are no operands.
            Kind::Open | Kind::Close | Kind::And | Kind::Or | Kind::Not => Err(lonely(token)),
        }
    }
}

fn condition(field: Field, value: &Value, reading: &mut Reading<'_>) -> Result<Query, QueryFlaw> {
    let text = value.text.as_str();
    let now = reading.now;
    if !value.quoted && text.len() > 2 && text.starts_with('/') && text.ends_with('/') {
        return Err(QueryFlaw::PatternInField(field));
    }
    let age = || dates::ago(text, now).ok_or_else(|| QueryFlaw::NoAge(text.to_owned()));
    Ok(match field {
        Field::Saved => return saved(text, reading),
        Field::Title => Query::Title(term(value)),
        Field::Source => label(Facet::Source, value),
        Field::Category => label(Facet::Category, value),
        Field::Tag => label(Facet::Tag, value),
        Field::Code if text.is_ascii() || value.quoted => Query::Code(Symbol::new(text)),
        Field::Code => Query::Like(Facet::Stock, text.to_owned()),
        Field::Date => dates::between(text).ok_or_else(|| QueryFlaw::NoDate(text.to_owned()))?,
        Field::Newer => Query::Since(age()?),
        Field::Older => Query::Before(age()?),
        Field::Is | Field::Has => match chosen(field, text) {
            Some("unread") => Query::Unread,
            Some("read") => Query::Read,
            Some("bookmarked") => Query::Bookmarked,
            Some("image") => Query::HasImage,
            _ => return Err(QueryFlaw::NoChoice { field, value: text.to_owned() }),
        },
    })
}

fn term(value: &Value) -> Term {
    Term { text: value.text.clone(), with_variants: value.with_variants }
}

/// What is saved under a name stands in the place of the name.
fn saved(name: &str, reading: &mut Reading<'_>) -> Result<Query, QueryFlaw> {
    let folded = fold(name);
    if reading.within.contains(&folded) {
        return Err(QueryFlaw::Endless(name.to_owned()));
    }
    if reading.depth == DEEPEST {
        return Err(QueryFlaw::TooDeep);
    }
    let text = (reading.saved)(name).ok_or_else(|| QueryFlaw::NoSaved(name.to_owned()))?;
    reading.depth += 1;
    reading.within.push(folded);
    let query = read(&text, reading)
        .map_err(|error| QueryFlaw::InSaved { name: name.to_owned(), flaw: Box::new(error.flaw) })?;
    reading.within.pop();
    reading.depth -= 1;
    Ok(query)
}

/// In quotes the whole value, else a part of it.
fn label(facet: Facet, value: &Value) -> Query {
    if value.quoted {
        facet.query(SafeText::new(&value.text))
    } else {
        Query::Like(facet, value.text.clone())
    }
}

fn chosen(field: Field, text: &str) -> Option<&'static str> {
    let text = fold(text);
    let names = field.choices().iter().find(|names| names.contains(&text.as_str()))?;
    names.first().copied()
}
