//! How a piece of text looks, in roles: themes decide on colours.

/// A quality that a piece of text has or not; several may meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Mark {
    /// Set apart by the author (`<em>`).
    Emphasis = 1,
    /// Important (`<strong>`).
    Strong = 1 << 1,
    /// Struck out.
    Strike = 1 << 2,
    /// Program text within a line.
    Code = 1 << 3,
    /// Part of a link.
    Link = 1 << 4,
    /// The name of a stock or a sector board.
    Stock = 1 << 5,
    /// Put into the line by the setting: a blank or half a mark that is no part of the article's text.
    Added = 1 << 6,
}

/// What a piece of program text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Token {
    /// A comment.
    Comment,
    /// A string or a character.
    String,
    /// A number, or a constant such as `true`.
    Number,
    /// A word of the language.
    Keyword,
    /// A type.
    Type,
    /// A function where it is defined or called, a command, a key.
    Function,
}

/// What a piece of text is within the article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Role {
    /// Running text.
    #[default]
    Text,
    /// A heading, 1 to 6.
    Heading(u8),
    /// Text within a quotation.
    Quote,
    /// A line of program text.
    CodeBlock,
    /// A piece of program text whose language is known.
    Syntax(Token),
    /// Words under a picture or over a table.
    Caption,
    /// The line that stands for a picture.
    Image,
    /// The head cell of a table, or the name of a value.
    TableHead,
    /// Lines of a table, the bar of a quotation, a horizontal rule.
    Border,
    /// The bullet or the number of a list item.
    Marker,
    /// A remark by finews about the text.
    Notice,
}

/// The look of a piece of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Style {
    marks: u8,
    /// What it is.
    pub role: Role,
}

impl Style {
    /// A style that is a role alone.
    pub const fn of(role: Role) -> Self {
        Self { marks: 0, role }
    }

    /// Whether the text has this mark.
    pub const fn has(self, mark: Mark) -> bool {
        self.marks & mark as u8 != 0
    }

    /// The same style with one mark more.
    #[must_use]
    pub const fn with(self, mark: Mark) -> Self {
        Self { marks: self.marks | mark as u8, role: self.role }
    }

    /// The same marks in another role.
    #[must_use]
    pub const fn in_role(self, role: Role) -> Self {
        Self { marks: self.marks, role }
    }
}
