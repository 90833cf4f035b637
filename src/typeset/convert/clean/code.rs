//! Program text: `<pre>` with the wrappers by which site generators say its language and number its lines.

use super::super::marks;
use super::super::tag::Tag;
use super::text::push_escaped;
use super::{Cleaner, Open};

/// Names of languages are shorter, in bytes.
const LONGEST: usize = 32;
/// Tables that only put line numbers beside program text: Rouge, Hugo, Pygments.
const CODE_TABLES: &[&str] = &["rouge-table", "lntable", "highlighttable"];

/// What the elements around program text say of it.
#[derive(Debug, Default)]
pub(super) struct Wrapper {
    /// The language of the program text that is open or comes next.
    language: String,
    /// Within Hexo's wrapper, which may hold a table of line numbers.
    in_highlight: bool,
    /// Within such a table.
    pub(super) in_table: bool,
}

impl Cleaner {
    /// A wrapper that may be one of program text.
    pub(super) fn wrap_code(&mut self, tag: &Tag<'_>) {
        self.code.in_highlight |= tag.name == "figure" && tag.has_class("highlight");
        self.name_language(tag);
    }

    pub(super) fn end_wrapped_code(&mut self, name: &str) {
        self.code.in_highlight &= name != "figure";
        self.code.language.clear();
    }

    /// Whether a table is the layout of program text with line numbers.
    pub(super) fn is_code_table(&self, tag: &Tag<'_>) -> bool {
        self.code.in_highlight || CODE_TABLES.iter().any(|class| tag.has_class(class))
    }

    pub(super) fn open_code(&mut self, tag: &Tag<'_>) {
        self.boundary();
        self.name_language(tag);
        self.heading = None;
        self.ensure_item();
        self.out.push_str("<pre>");
        self.out.push(marks::CODE_FIRST);
        self.open = Open::Code { language_at: self.out.len(), line_begun: false };
        self.out.push('\n');
    }

    /// A start tag within program text: a line end, or the element that names the language.
    pub(super) fn open_in_code(&mut self, tag: &Tag<'_>) {
        match &*tag.name {
            "br" => self.char('\n'),
            "code" => self.name_language(tag),
            _ => {}
        }
    }

    /// Writes the language behind the mark, where its place was left.
    pub(super) fn end_code(&mut self, language_at: usize) {
        let mut name = String::new();
        push_escaped(&mut name, &std::mem::take(&mut self.code.language));
        if self.out.is_char_boundary(language_at) {
            self.out.insert_str(language_at, &name);
        }
        self.out.push_str("</pre>");
    }

    fn name_language(&mut self, tag: &Tag<'_>) {
        if tag.attributes().is_empty() {
            return;
        }
        let classes = tag.attribute("class").unwrap_or_default();
        let mut words = classes.split_ascii_whitespace();
        let named = words.clone().find_map(|word| {
            let prefixes = ["language-", "lang-", "highlight-source-", "brush:"];
            prefixes.iter().find_map(|prefix| word.strip_prefix(prefix)).filter(|name| !name.is_empty())
        });
        // `brush: x`, Hexo's `highlight x`, Pandoc's `sourceCode x`.
        let follows = |word: &str| {
            matches!(word, "brush:" | "sourceCode") || (word == "highlight" && self.code.in_highlight)
        };
        let named = named.or_else(|| words.find(|word| follows(word)).and_then(|_| words.next()));
        let own = if tag.name == "pre" { tag.attribute("lang") } else { None };
        let name = own.or_else(|| tag.attribute("data-lang")).or(named.map(str::to_owned));
        if let Some(name) = name {
            let name = name.trim_matches(['{', '}', '.', ';', ' ']);
            let end =
                name.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '#' | '-' | '_' | '.')));
            let name = name.get(..end.unwrap_or(name.len())).filter(|name| name.len() <= LONGEST);
            self.code.language = name.unwrap_or_default().to_ascii_lowercase();
        }
    }
}
