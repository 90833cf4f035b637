//! A [`Query`] as [`parse`](super::parse) reads it.

use super::{Facet, Query, Term, dates};
use std::fmt::{self, Write as _};

/// What a query stands in, which decides whether it needs parentheses.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Within {
    Nothing,
    Or,
    And,
    Not,
}

/// The text of a query that was made by [`parse`](super::parse), [`Query::and`], [`Query::or`] and `!` reads as the
/// same query; of one that nests needlessly, as one with the same meaning.
impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        print(self, Within::Nothing, f)
    }
}

fn print(query: &Query, within: Within, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match query {
        Query::All if within == Within::Nothing => Ok(()),
        Query::All => f.write_str("()"),
        Query::And(all) => joined(all, (&Query::All, " ", Within::And), within, f),
        Query::Or(any) => joined(any, (&!Query::All, " OR ", Within::Or), within, f),
        Query::Not(denied) => {
            f.write_char('-')?;
            print(denied, Within::Not, f)
        }
        Query::Text(term) if is_joint(&term.text) && !term.with_variants => {
            f.write_str(&in_quotes(&term.text))
        }
        Query::Text(term) => print_term(term, f),
        Query::Title(term) => {
            f.write_str("title:")?;
            print_term(term, f)
        }
        Query::Pattern(pattern) => write!(f, "/{}/", pattern.as_str().replace('/', "\\/")),
        Query::Source(value) => quoted("source:", value, f),
        Query::Category(value) => quoted("category:", value, f),
        Query::Tag(value) => quoted("tag:", value, f),
        Query::Like(facet, text) => bare(name(*facet), text, f),
        Query::Code(symbol) if is_plain(symbol.as_str()) && symbol.as_str().is_ascii() => {
            write!(f, "code:{symbol}")
        }
        Query::Code(symbol) => quoted("code:", symbol.as_str(), f),
        Query::HasImage => f.write_str("has:image"),
        Query::Since(time) => write!(f, "date:{}..", dates::written(*time)),
        Query::Before(time) => write!(f, "date:..{}", dates::written_last(*time)),
        Query::Read => f.write_str("is:read"),
        Query::Unread => f.write_str("is:unread"),
        Query::Bookmarked => f.write_str("is:bookmarked"),
    }
}

/// Parts with a joint between them; `none` stands for no parts at all.
fn joined(
    parts: &[Query],
    (none, joint, inner): (&Query, &str, Within),
    within: Within,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    let (first, others) = match parts {
        [] => return print(none, within, f),
        [one] => return print(one, within, f),
        [first, others @ ..] => (first, others),
    };
    let (open, close) = if within >= inner { ("(", ")") } else { ("", "") };
    f.write_str(open)?;
    print(first, inner, f)?;
    for part in others {
        f.write_str(joint)?;
        print(part, inner, f)?;
    }
    f.write_str(close)
}

fn print_term(term: &Term, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if term.with_variants {
        f.write_char('~')?;
    }
    if is_plain(&term.text) { f.write_str(&term.text) } else { f.write_str(&in_quotes(&term.text)) }
}

fn name(facet: Facet) -> &'static str {
    match facet {
        Facet::Source => "source:",
        Facet::Month => "date:",
        Facet::Category => "category:",
        Facet::Tag => "tag:",
        Facet::Stock => "code:",
    }
}

/// A text in which no character is a sign.
fn is_plain(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || ".%+".contains(c))
}

fn is_joint(text: &str) -> bool {
    matches!(text, "AND" | "OR" | "NOT")
}

fn quoted(name: &str, text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{name}{}", in_quotes(text))
}

/// A text as a phrase.
pub fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A value without quotes, with a backslash before each sign.
fn bare(name: &str, text: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.write_str(name)?;
    text.chars().try_for_each(|c| {
        if !c.is_alphanumeric() {
            f.write_char('\\')?;
        }
        f.write_char(c)
    })
}
