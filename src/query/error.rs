//! What can be wrong with a query.

use super::Field;
use std::ops::Range;

/// Why a text is no query, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{flaw}")]
pub struct QueryError {
    /// The bytes of the text that are wrong; never empty, and always whole characters.
    pub range: Range<usize>,
    /// What is wrong with them.
    pub flaw: QueryFlaw,
}

/// What is wrong with a part of a query.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QueryFlaw {
    /// A name that is almost a field's.
    #[error("unknown field \"{name}:\" (did you mean {near}:? a word with a colon goes in quotes)")]
    UnknownField {
        /// As it was written.
        name: String,
        /// The field that was probably meant.
        near: &'static str,
    },
    /// A field and nothing after its colon.
    #[error("{}: wants a value right behind the colon", _0.name())]
    NoValue(Field),
    /// A pattern as the value of a field.
    #[error("a pattern stands by itself, without {}:, and is looked for in titles and texts; slashes go in quotes", _0.name())]
    PatternInField(Field),
    /// A field that has only a few values, and another one.
    #[error("{}: is one of {}, not \"{value}\"", field.name(), shown(*field))]
    NoChoice {
        /// The field.
        field: Field,
        /// As it was written.
        value: String,
    },
    /// A date that is none.
    #[error("\"{0}\" is no date; write 2022, 2022-06, 2022-06-14, or two of them: 2022-01..2022-03")]
    NoDate(String),
    /// An age that is none.
    #[error("\"{0}\" is no age; write a number and d, w, m or y: 7d, 2w, 3m, 1y")]
    NoAge(String),
    /// A name under which no query is saved.
    #[error("no query is saved as \"{0}\"")]
    NoSaved(String),
    /// A saved query that stands for itself.
    #[error("the saved query \"{0}\" stands in itself")]
    Endless(String),
    /// A saved query that makes no sense.
    #[error("in the saved query \"{name}\": {flaw}")]
    InSaved {
        /// Its name.
        name: String,
        /// What is wrong with it.
        flaw: Box<QueryFlaw>,
    },
    /// A regular expression that is none.
    #[error("the pattern cannot be read: {0}")]
    NoPattern(String),
    /// `OR`, `AND` or `NOT` without what it joins.
    #[error("{0} joins words and has none on one side; the word itself goes in quotes")]
    Lonely(String),
    /// A tilde without what it widens.
    #[error("a tilde stands right before a word or a \"phrase\"; the sign itself goes in quotes")]
    LoneTilde,
    /// A closing parenthesis too many.
    #[error("this parenthesis closes none")]
    NothingToClose,
    /// Too many parentheses in each other.
    #[error("there are too many parentheses in each other")]
    TooDeep,
    /// More words than a catalog can be asked for at once.
    #[error("there are too many words")]
    TooLong,
}

fn shown(field: Field) -> String {
    let first = field.choices().iter().filter_map(|names| names.first().copied());
    first.collect::<Vec<_>>().join(", ")
}
