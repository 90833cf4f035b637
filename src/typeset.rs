//! A post's body to lines: Markdown and HTML become an [`Article`] of blocks once, and the article becomes a
//! [`Page`] of lines at any width, as often as the reader's window changes.
//!
//! Pure: no input or output, no threads, no clock. Nothing a body holds makes it panic, hang or lose the text,
//! and every string that comes out is safe to show.

mod article;
mod breaks;
mod convert;
#[cfg(test)]
mod corpus;
pub mod export;
mod fill;
mod flow;
pub mod guard;
mod layout;
mod line;
pub mod rules;
mod style;
mod syntax;
pub mod width;

pub use article::{
    Align, Article, Block, Cell, Code, Joined, Kind, Level, Link, Marker, Picture, Remark, Script, Table,
};
pub use convert::{article, literal, words};
pub use flow::Flow;
pub use layout::{Options, Page, lay_out};
pub use line::{Line, Piece, Place, Span};
pub use style::{Mark, Role, Style, Token};
pub use width::Ambiguous;
