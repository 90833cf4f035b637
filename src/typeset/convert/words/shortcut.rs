//! The words of simple HTML, told from its tokens: the same as cleaning, rendering and reading it would give.

use super::super::clean::{Blank, image, is_block, is_hidden, is_void, is_wide, skip_element};
use super::super::digest;
use super::super::entity::{Piece, pieces};
use super::super::read::says_nothing;
use super::super::tag::{Tag, Token, Tokens};
use super::solid::{is_solid, solid_length};

/// Elements that begin and end a paragraph, beside those of layout.
const PARAGRAPHS: &[&str] =
    &["p", "br", "center", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ul", "ol", "li", "menu", "dir"];
/// Elements of which a digest and the first paragraph of a text may consist.
const PROSE: &[&str] = &["p", "br", "a", "span", "center", "div"];
/// Elements that change no more than the look of what is in them.
const LOOKS: &[&str] = &[
    "a", "abbr", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "label", "mark", "s", "small",
    "span", "strike", "strong", "time", "u", "wbr",
];

/// No line ends here. A renderer drops it in some places.
const HARD_BLANK: char = '\u{a0}';

/// The words; `None` when anything in it is not as simple as that.
pub(super) fn words(html: &str) -> Option<String> {
    let mut words = Words { out: String::with_capacity(html.len() / 2), ..Words::default() };
    let mut tokens = Tokens::new(html);
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => words.text(text)?,
            Token::Close(name) => words.close(&name)?,
            // A formula is shown even where it is hidden.
            Token::Open(tag) if tag.name == "math" => return None,
            Token::Open(tag) if is_hidden(&tag) && !is_void(&tag.name) => {
                skip_element(&mut tokens, &tag.name).then_some(())?;
            }
            Token::Open(tag) => words.open(&tag)?,
        }
    }
    words.end_paragraph();
    Some(words.out)
}

#[derive(Default)]
struct Words {
    out: String,
    blank: Blank,
    /// What the open paragraph holds.
    holds: Holds,
    /// Whether a tag that makes no paragraph was the last thing in it.
    after_tag: bool,
    table: Table,
    digest: Digest,
}

/// The quotation at the beginning, which is left out when the text repeats it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Digest {
    /// Nothing stood before it that would make it or the text after it something else.
    #[default]
    Awaited,
    /// Something did.
    Unclear,
    Open,
    /// It ends at one byte, and the paragraphs that followed, so many, at another.
    Read {
        end: usize,
        reached: usize,
        paragraphs: usize,
    },
    /// It is read, or there is none.
    Over,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Holds {
    #[default]
    Nothing,
    Text,
    Picture,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Table {
    #[default]
    No,
    /// One is open, and had no cell yet.
    Begun,
    Cells,
}

impl Words {
    fn open(&mut self, tag: &Tag<'_>) -> Option<()> {
        let name = &*tag.name;
        self.digest(name)?;
        let is_open = self.table != Table::No;
        match name {
            "img" => return self.picture(tag),
            // These show their address.
            "iframe" | "video" | "audio" => return None,
            "span" if tag.attributes().contains("math") => return None,
            "table" | "ul" | "ol" | "li" | "menu" | "dir" | "blockquote" if is_open => return None,
            "table" => self.table = Table::Begun,
            "td" | "th" if self.table == Table::Begun => self.table = Table::Cells,
            _ => {}
        }
        self.border(name)
    }

    /// Takes notice of an element that may be a digest, or that may make headings of the paragraphs that repeat one.
    fn digest(&mut self, name: &str) -> Option<()> {
        let begins = name == "blockquote" && self.out.is_empty();
        let is_prose = PROSE.contains(&name);
        match self.digest {
            Digest::Awaited if begins => self.digest = Digest::Open,
            Digest::Awaited if !is_prose => self.digest = Digest::Unclear,
            Digest::Unclear if begins => return None,
            Digest::Open if !is_prose => return None,
            Digest::Read { .. } if !is_prose && name != "img" => return None,
            _ => {}
        }
        Some(())
    }

    fn close(&mut self, name: &str) -> Option<()> {
        if name == "table" && std::mem::take(&mut self.table) == Table::No {
            return Some(());
        }
        self.border(name)?;
        if name == "blockquote" && self.digest == Digest::Open {
            let end = self.out.len();
            self.digest = Digest::Read { end, reached: end, paragraphs: 0 };
        }
        Some(())
    }

    /// The start or the end of an element; `None` for one that does more than to begin and end a paragraph.
    fn border(&mut self, name: &str) -> Option<()> {
        if matches!(name, "table" | "blockquote") || PARAGRAPHS.contains(&name) || is_block(name) {
            self.end_paragraph();
            return Some(());
        }
        // What becomes of hard blanks beside a tag depends on the tag.
        (LOOKS.contains(&name) && !self.out.ends_with(HARD_BLANK)).then_some(())?;
        self.after_tag = true;
        Some(())
    }

    /// A picture has words if it stands in a text, or if it has a caption.
    fn picture(&mut self, tag: &Tag<'_>) -> Option<()> {
        if image::is_invisible(tag) {
            return Some(());
        }
        let is_alone = self.holds != Holds::Text && self.table == Table::No;
        let caption = image::caption(tag);
        let has_none = caption.is_empty() || says_nothing(caption.trim());
        self.holds = Holds::Picture;
        (is_alone && has_none).then_some(())
    }

    fn text(&mut self, text: &str) -> Option<()> {
        let mut is_simple = true;
        pieces(text, |piece| {
            is_simple = is_simple
                && match piece {
                    Piece::Text(text) => self.piece(text),
                    Piece::Char(c) => self.char(c),
                    Piece::Unknown(_) => None,
                }
                .is_some();
        });
        is_simple.then_some(())
    }

    /// A text without references. What is no more than text is taken in runs.
    fn piece(&mut self, text: &str) -> Option<()> {
        let mut rest = text;
        loop {
            let (run, after) = rest.split_at_checked(solid_length(rest))?;
            if let Some(first) = run.chars().next() {
                self.begin_word(first)?;
                self.out.push_str(run);
            }
            let Some(c) = after.chars().next() else { return Some(()) };
            self.char(c)?;
            rest = after.get(c.len_utf8()..)?;
        }
    }

    fn char(&mut self, c: char) -> Option<()> {
        match c {
            ' ' | '\t' if self.blank == Blank::None => self.blank = Blank::Space,
            ' ' | '\t' => {}
            '\n' => self.blank = Blank::LineEnd,
            HARD_BLANK | '\u{3000}' if self.holds != Holds::Text => {}
            HARD_BLANK if self.after_tag || self.blank != Blank::None => return None,
            HARD_BLANK | '\u{3000}' => self.push(c)?,
            c if is_solid(c) => self.push(c)?,
            _ => return None,
        }
        Some(())
    }

    fn push(&mut self, c: char) -> Option<()> {
        self.begin_word(c)?;
        self.out.push(c);
        Some(())
    }

    /// Writes what must stand before a character.
    fn begin_word(&mut self, next: char) -> Option<()> {
        if self.holds == Holds::Picture || self.table == Table::Begun {
            return None;
        }
        let blank = std::mem::take(&mut self.blank);
        self.after_tag = false;
        if self.holds == Holds::Nothing {
            self.holds = Holds::Text;
            if !self.out.is_empty() {
                self.out.push('\n');
            }
        } else if blank != Blank::None {
            if self.out.ends_with(HARD_BLANK) {
                return None;
            }
            let is_between_hanzi = blank == Blank::LineEnd && self.out.ends_with(is_wide) && is_wide(next);
            self.out.push_str(if is_between_hanzi { "" } else { " " });
        }
        Some(())
    }

    fn end_paragraph(&mut self) {
        self.out.truncate(self.out.trim_end().len());
        (self.holds, self.blank) = (Holds::Nothing, Blank::None);
        if let Digest::Read { end, reached, paragraphs } = self.digest
            && reached < self.out.len()
        {
            self.compare(end, reached, paragraphs + 1);
        }
    }

    /// Drops the digest, which ends at a byte, if the last paragraph repeats it, which begins at another.
    fn compare(&mut self, end: usize, begin: usize, paragraphs: usize) {
        let reached = self.out.len();
        let [digest, paragraph] = [0..end, begin..reached].map(|part| self.out.get(part).unwrap_or_default());
        self.digest = if digest::is_repeated_in(digest, paragraph) {
            self.out.drain(..=end);
            Digest::Over
        } else if paragraphs == digest::NEAR {
            Digest::Over
        } else {
            Digest::Read { end, reached, paragraphs }
        };
    }
}
