//! What a list shows of a text in which something was found.

use crate::post::{SafeText, is_unsafe};
use crate::query::{Terms, merged};
use crate::typeset::Ambiguous;
use crate::typeset::width::cut_around;
use std::ops::Range;
use unicode_segmentation::GraphemeCursor;

/// So many characters before and after the first hit are kept: more than a row holds.
const REACH: usize = 200;

/// The part of a post's text around the first hit, or its beginning where there is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    text: SafeText,
    hits: Vec<Range<usize>>,
    /// Whether the post's text goes on before and after it.
    goes_on: [bool; 2],
}

/// A text of one line with the bytes that are hits, from left to right.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marked {
    /// The text.
    pub text: String,
    /// The hits; they begin and end between graphemes.
    pub hits: Vec<Range<usize>>,
}

impl Snippet {
    /// Looks for terms in a post's text, as [`words`](crate::typeset::words) gives it, but not in a first line that
    /// repeats its title. The snippet is one line: white space and line ends are single blanks.
    pub fn new(title: &str, text: &str, terms: &Terms) -> Self {
        let text = below(text, title);
        let hits = terms.places(text);
        let first = hits.first().map_or(0, |hit| hit.start);
        let (before, after) = text.split_at_checked(first).unwrap_or_default();
        let start = before.char_indices().rev().take(REACH).last().map_or(first, |(at, _)| at);
        let end = after.char_indices().nth(REACH).map_or(text.len(), |(at, _)| first + at);
        let window = boundary(text, start)..boundary(text, end);
        let goes_on = [window.start > 0, window.end < text.len()];
        let line = one_line(text, window, &hits);
        let safe = SafeText::new(&line.text);
        // A grapheme with too many marks has lost some of them.
        let hits = if *safe == line.text { line.hits } else { terms.places(&safe) };
        let hits = whole(&safe, hits);
        Self { text: safe, hits, goes_on }
    }

    /// As much of it as so many cells hold, with an ellipsis where something is left out.
    pub fn fit(&self, cells: usize, ambiguous: Ambiguous) -> Marked {
        let first = self.hits.first().cloned().unwrap_or_default();
        let cut = cut_around(&self.text, &first, cells, ambiguous, self.goes_on);
        let mut text = String::from(if cut.before { "…" } else { "" });
        let shift = text.len();
        text.push_str(self.text.get(cut.bytes.clone()).unwrap_or_default());
        let place = |at: usize| at.clamp(cut.bytes.start, cut.bytes.end) - cut.bytes.start + shift;
        let hits = self.hits.iter().map(|hit| place(hit.start)..place(hit.end));
        let hits = hits.filter(|hit| !hit.is_empty()).collect();
        if cut.after {
            text.push('…');
        }
        Marked { text, hits }
    }
}

impl Marked {
    /// A title with what is found in it.
    pub fn title(title: &SafeText, terms: &Terms) -> Self {
        Self { text: title.to_string(), hits: whole(title, terms.places(title)) }
    }

    /// The text in pieces, and whether each is a hit.
    pub fn pieces(&self) -> impl Iterator<Item = (&str, bool)> {
        let ends = self.hits.iter().flat_map(|hit| [(hit.start, false), (hit.end, true)]);
        let mut start = 0;
        let pieces = ends.chain([(self.text.len(), false)]).map(move |(end, is_hit)| {
            let piece = self.text.get(start..end).unwrap_or_default();
            start = end;
            (piece, is_hit)
        });
        pieces.filter(|(piece, _)| !piece.is_empty())
    }
}

/// A text without a first line that repeats the title.
fn below<'t>(text: &'t str, title: &str) -> &'t str {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let visible = |text: &str| text.split_whitespace().collect::<String>();
    if visible(first) == visible(title) { rest } else { text }
}

/// A part of a text as one line, and where the hits are in it.
fn one_line(text: &str, part: Range<usize>, hits: &[Range<usize>]) -> Marked {
    let mut line = Marked::default();
    let push = |line: &mut String, range: Range<usize>| {
        text.get(range).unwrap_or_default().chars().for_each(|c| push_char(line, c));
    };
    let mut start = part.start;
    for hit in hits.iter().take_while(|hit| hit.start < part.end) {
        push(&mut line.text, start..hit.start);
        let begun = line.text.len();
        start = hit.end.min(part.end);
        push(&mut line.text, hit.start..start);
        line.hits.push(begun..line.text.len());
    }
    push(&mut line.text, start..part.end);
    line
}

fn push_char(line: &mut String, c: char) {
    if !c.is_whitespace() && !is_unsafe(c) {
        line.push(c);
    } else if c.is_whitespace() && !line.is_empty() && !line.ends_with(' ') {
        line.push(' ');
    }
}

/// Hits with the whole of the graphemes at their ends.
fn whole(text: &str, mut hits: Vec<Range<usize>>) -> Vec<Range<usize>> {
    for hit in &mut hits {
        hit.start = boundary(text, hit.start);
        if boundary(text, hit.end) < hit.end {
            let next = GraphemeCursor::new(hit.end, text.len(), true).next_boundary(text, 0);
            hit.end = next.ok().flatten().unwrap_or(hit.end);
        }
    }
    merged(hits)
}

/// The beginning of the grapheme that goes on at a place; the place itself where none does.
fn boundary(text: &str, at: usize) -> usize {
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    if cursor.is_boundary(text, 0) != Ok(false) {
        return at;
    }
    cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::Timestamp;
    use crate::query::parse;
    use crate::typeset::width;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn terms(query: &str) -> Terms {
        parse(query, Timestamp::new(0, 0).unwrap()).unwrap().terms()
    }

    /// The line with its hits in brackets.
    fn bracketed(marked: &Marked) -> String {
        marked
            .pieces()
            .map(|(piece, is_hit)| if is_hit { format!("[{piece}]") } else { piece.to_owned() })
            .collect()
    }

    fn snippet(text: &str, query: &str, cells: usize) -> String {
        bracketed(&Snippet::new("标题", text, &terms(query)).fit(cells, Ambiguous::Narrow))
    }

    #[test]
    fn hits_are_marked_and_the_first_one_is_visible() {
        let long = "海风吹过。\n".repeat(90);
        for (text, query, cells, expected) in [
            ("央行降准。\n市场 \n 平淡", "降准", 40, "央行[降准]。 市场 平淡"),
            ("央行降准", "央行", 40, "[央行]降准"),
            ("央行降准", "准", 40, "央行降[准]"),
            ("央行降准", "央行降 行降准", 40, "[央行降准]"),
            ("降准与降息", "降", 40, "[降]准与[降]息"),
            ("降准与降息", "央行", 40, "降准与降息"),
            ("降准与降息", "title:央行", 7, "降准与…"),
            ("ＥＴＦ and etf funds", "etf", 40, "[ＥＴＦ] and [etf] funds"),
            ("全面降\n准了", "/降\\s准/", 40, "全面[降 准]了"),
            ("cafe\u{301} noir", "cafe", 40, "[cafe\u{301}] noir"),
            ("一👨\u{200d}👩\u{200d}👧家", "👩", 40, "一[👨\u{200d}👩\u{200d}👧]家"),
            ("", "甲", 40, ""),
        ] {
            assert_eq!(snippet(text, query, cells), expected, "{query} in {text}");
        }
        assert_eq!(snippet(&(long.clone() + "霜湾。\n" + &long), "霜湾", 20), "…[霜湾]。 海风吹过。…");
        assert_eq!(snippet(&(long.clone() + "霜湾。"), "霜湾", 20), "…海风吹过。 [霜湾]。");
    }

    #[test]
    fn a_first_line_that_repeats_the_title_is_left_out() {
        for (text, query, expected) in
            [("标 题\n央行降准", "降准", "央行[降准]"), ("标题\n央行", "标题", "央行"), ("标题", "标题", "")]
        {
            assert_eq!(snippet(text, query, 40), expected, "{text}");
        }
    }

    #[test]
    fn titles_are_marked_whole() {
        let title = SafeText::label("央行降准");
        assert_eq!(bracketed(&Marked::title(&title, &terms("降准 -央行"))), "央行[降准]");
        assert_eq!(bracketed(&Marked::title(&title, &Terms::default())), "央行降准");
    }

    proptest! {
        #[test]
        fn a_snippet_fits_holds_a_hit_and_tears_nothing(
            before in "([a-z，。\n ]|[甲乙]|e\u{301}{1,12}|👨\u{200d}👩|\\PC|\u{1b}){0,300}",
            after in "([a-z，。\n ]|[甲乙]|e\u{301}|\u{301}|\u{200d}👩|\\PC){0,300}",
            word in "[丙丁]{1,3}|Ｘ|👧",
            cells in 8usize..80,
        ) {
            let text = before + &word + &after;
            for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide] {
                let snippet = Snippet::new("标题", &text, &Terms::word(&word));
                let marked = snippet.fit(cells, ambiguous);
                prop_assert!(width::of(&marked.text, ambiguous) <= cells);
                prop_assert!(!marked.hits.is_empty());
                prop_assert!(!marked.text.chars().any(is_unsafe) && !marked.text.contains("  "));
                let bounds: Vec<usize> =
                    marked.text.grapheme_indices(true).map(|(at, _)| at).chain([marked.text.len()]).collect();
                for hit in &marked.hits {
                    prop_assert!(bounds.contains(&hit.start) && bounds.contains(&hit.end), "{:?}", marked);
                }
                prop_assert_eq!(marked.pieces().map(|(piece, _)| piece).collect::<String>(), marked.text);
            }
        }
    }
}
