//! What was found in the open article.

use crate::query::{Terms, fold_char};
use crate::typeset::{Line, Page};
use std::ops::Range;

/// What is looked for on a page, and the places where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    terms: Terms,
    /// The text that was typed for this article, and not for the list.
    typed: Option<String>,
    found: Vec<Hit>,
    current: usize,
    /// Whether the current hit was gone to; an article that was found is read from its beginning.
    seen: bool,
}

/// From which side hits are come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    First,
    Last,
}

/// One hit: the bytes of each line that it stands on. A hit that is broken over lines has several.
type Hit = Vec<(usize, Range<usize>)>;

impl Hits {
    /// Finds a text on a page, also where a line is broken within it; letters match in either case. The first
    /// hit on or below `from`, a line, becomes the current one, else the first of all.
    pub(crate) fn find(page: &Page, needle: &str, from: usize) -> Self {
        let (terms, typed) = (Terms::word(needle), Some(needle.to_owned()));
        let mut hits = Self { terms, typed, seen: true, ..Self::default() }.again(page);
        hits.current = hits.found.iter().position(|hit| first_line(hit) >= from).unwrap_or(0);
        hits
    }

    /// What an article was found by, to be marked as soon as it has a page.
    pub(crate) fn of(terms: &Terms) -> Self {
        Self { terms: terms.clone(), ..Self::default() }
    }

    /// The same on the article's page at another width; the same hit stays the current one.
    pub(crate) fn again(&self, page: &Page) -> Self {
        let found = if self.terms.is_empty() { Vec::new() } else { find_all(page, &self.terms) };
        Self { found, ..self.clone() }
    }

    /// The text that was typed to be looked for here; empty if none was.
    pub fn needle(&self) -> &str {
        self.typed.as_deref().unwrap_or_default()
    }

    /// Whether a text was typed to be looked for here.
    pub(crate) fn is_typed(&self) -> bool {
        !self.needle().is_empty()
    }

    /// The number of the current hit, from 1, and how many there are.
    pub fn position(&self) -> Option<(usize, usize)> {
        (!self.found.is_empty()).then_some((self.current + 1, self.found.len()))
    }

    /// The bytes of a line that belong to hits, from left to right, and whether to the current one.
    pub fn on_line(&self, line: usize) -> impl Iterator<Item = (Range<usize>, bool)> + '_ {
        let first = self.found.partition_point(|hit| last_line(hit) < line);
        let hits =
            self.found.iter().enumerate().skip(first).take_while(move |(_, hit)| first_line(hit) <= line);
        hits.flat_map(move |(index, hit)| {
            let parts = hit.iter().filter(move |(at, _)| *at == line);
            parts.map(move |(_, bytes)| (bytes.clone(), index == self.current))
        })
    }

    /// Whether these are the hits of what an article was found by.
    pub(crate) fn are_of(&self, terms: &Terms) -> bool {
        !self.is_typed() && self.terms == *terms
    }

    /// Goes on by so many hits: of a text that was typed here around the end, else as far as there are any. Returns
    /// whether there was a hit to go to.
    pub(crate) fn step(&mut self, step: isize) -> bool {
        // Before the first one, if none was gone to.
        let from = if self.seen { self.current.cast_signed() } else { -1 };
        let (next, count) = (from.saturating_add(step), self.found.len().cast_signed());
        let next = if self.is_typed() && count > 0 { next.rem_euclid(count) } else { next };
        if !(0..count).contains(&next) {
            return false;
        }
        (self.current, self.seen) = (next.cast_unsigned(), true);
        true
    }

    /// Goes to the first hit, or to the last one.
    pub(crate) fn enter(&mut self, end: End) {
        self.current = if end == End::First { 0 } else { self.found.len().saturating_sub(1) };
        self.seen = true;
    }

    /// The line on which the current hit begins.
    pub(crate) fn line(&self) -> Option<usize> {
        self.found.get(self.current).map(first_line)
    }
}

fn first_line(hit: &Hit) -> usize {
    hit.first().map_or(0, |(line, _)| *line)
}

fn last_line(hit: &Hit) -> usize {
    hit.last().map_or(0, |(line, _)| *line)
}

/// A character of the page with where it stands; `at` is `None` for a blank that the line break swallowed.
struct Letter {
    folded: char,
    at: Option<(usize, Range<usize>)>,
}

fn find_all(page: &Page, terms: &Terms) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut lines = page.lines().enumerate().peekable();
    while let Some((_, first)) = lines.peek() {
        let block = first.place.block;
        let (mut letters, mut previous) = (Vec::new(), None);
        while let Some((number, line)) = lines.next_if(|(_, line)| line.place.block == block) {
            push_line(&mut letters, number, &line, previous.as_ref());
            previous = Some(line);
        }
        hits.extend(find_in(&letters, terms));
    }
    hits
}

/// The letters of a line, without the marks of quotations and lists at its beginning and without what the
/// setting put in.
fn push_line(letters: &mut Vec<Letter>, number: usize, line: &Line, previous: Option<&Line>) {
    if previous.is_some_and(|previous| swallows_blank(previous, line)) {
        letters.push(Letter { folded: ' ', at: None });
    }
    let mut start = 0;
    for span in &line.spans {
        if span.is_text() {
            letters.extend(span.text.char_indices().map(|(byte, c)| Letter {
                folded: fold_char(c),
                at: Some((number, start + byte..start + byte + c.len_utf8())),
            }));
        }
        start += span.text.len();
    }
}

/// Whether a line ends before the next begins: a blank stood between them.
fn swallows_blank(line: &Line, next: &Line) -> bool {
    let own = line.spans.iter().filter(|span| span.is_text());
    line.place.offset + own.map(|span| span.text.len()).sum::<usize>() < next.place.offset
}

/// The hits in the letters of a block.
fn find_in(letters: &[Letter], terms: &Terms) -> Vec<Hit> {
    let text: String = letters.iter().map(|letter| letter.folded).collect();
    let (mut number, mut chars) = (0, text.char_indices().map(|(at, _)| at).peekable());
    let mut letter_at = |byte: usize| {
        while chars.next_if(|at| *at < byte).is_some() {
            number += 1;
        }
        number
    };
    let places = terms.places_in_folded(&text).into_iter();
    let places = places.map(|place| letter_at(place.start)..letter_at(place.end));
    let hits = places.map(|place| join(letters.get(place).unwrap_or_default()));
    // Of a blank that a line break swallowed there is nothing to see.
    hits.filter(|hit| !hit.is_empty()).collect()
}

/// One range of bytes for each line.
fn join(letters: &[Letter]) -> Hit {
    let mut hit: Hit = Vec::new();
    for (line, bytes) in letters.iter().filter_map(|letter| letter.at.clone()) {
        match hit.last_mut() {
            Some((last, range)) if *last == line => range.end = bytes.end,
            _ => hit.push((line, bytes)),
        }
    }
    hit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::{Body, Markup, Timestamp};
    use crate::query::parse;
    use crate::typeset::{Options, article, lay_out};
    use std::sync::Arc;

    fn page(text: &str, width: u16) -> Page {
        let article = article(&Body { markup: Markup::Markdown, text: text.to_owned() });
        lay_out(&Arc::new(article), &Options { width, ..Options::default() })
    }

    fn found(page: &Page, needle: &str) -> usize {
        Hits::find(page, needle, 0).position().map_or(0, |(_, count)| count)
    }

    #[test]
    fn hits_are_found_over_line_breaks_at_every_width() {
        let text = "海风吹过霜湾的旧码头，旧码头上没有船。The old wharf stands empty today. Там пусто теперь.\n\n\
                    > 海风吹过霜湾的旧码头，\n>\n> - 旧码头上没有船。The old wharf stands empty today. Там пусто теперь.";
        for width in 12..60 {
            let page = page(text, width);
            assert_eq!(found(&page, "旧码头"), 4, "{width}");
            assert_eq!(found(&page, "OLD wharf stands"), 2, "{width}");
            assert_eq!(found(&page, "там пусто"), 2, "{width}");
            assert_eq!(found(&page, "没有车"), 0);
            assert_eq!(found(&page, ""), 0);
        }
    }

    #[test]
    fn what_the_setting_puts_in_hides_no_hit() {
        let text = "海风吹过2号码头，“旧”码头——没有Ship停。The old wharf stands empty today, 它是1990年的。\n\n\
                    > 海风吹过2号码头，“旧”码头——没有Ship停。";
        let body = Body { markup: Markup::Markdown, text: text.to_owned() };
        for width in 12..60 {
            let options = Options {
                justify: true,
                autospace: true,
                full_width_punctuation: true,
                ..Options::default()
            };
            let page = lay_out(&Arc::new(article(&body)), &Options { width, ..options });
            for (needle, count) in [
                ("过2号码头，“旧”码", 2),
                ("头——没有ship停", 2),
                ("old wharf stands", 1),
                ("today, 它是1990年", 1),
            ] {
                assert_eq!(found(&page, needle), count, "{needle} at {width}");
            }
        }
    }

    #[test]
    fn width_and_case_of_letters_do_not_count() {
        let page = page("ＥＴＦ与etf", 40);
        assert_eq!(found(&page, "ETF"), 2);
    }

    #[test]
    fn the_marked_bytes_are_the_needle() {
        let page = page("一二三四五六七八九十甲乙丙丁", 10);
        let hits = Hits::find(&page, "三四五六七八", 0);
        let marked: String = (page.lines().enumerate())
            .flat_map(|(n, line)| {
                hits.on_line(n).map(move |(bytes, _)| line.text().get(bytes).unwrap().to_owned())
            })
            .collect();
        assert_eq!(marked, "三四五六七八");
    }

    #[test]
    fn patterns_are_found_within_a_block() {
        let terms = parse("/降.{0,3}准/", Timestamp::new(0, 0).unwrap()).unwrap().terms();
        for width in 8..30 {
            let hits = Hits::of(&terms).again(&page("央行昨天全面降了准。\n\n降\n\n准，降准", width));
            assert_eq!(hits.position(), Some((1, 2)), "{width}");
        }
    }

    #[test]
    fn stepping_goes_around_both_ends() {
        let mut hits = Hits::find(&page("甲乙甲乙甲", 40), "甲", 0);
        assert!(hits.step(-1));
        assert_eq!(hits.position(), Some((3, 3)));
        assert!(hits.step(2));
        assert_eq!(hits.position(), Some((2, 3)));
    }

    #[test]
    fn the_words_that_an_article_was_found_by_are_stepped_through_once() {
        let terms = parse("乙 甲乙 丙", Timestamp::new(0, 0).unwrap()).unwrap().terms();
        let mut hits = Hits::of(&terms).again(&page("甲乙甲丙乙", 40));
        assert_eq!(hits.position(), Some((1, 3)), "a hit within another is none");
        assert!(!hits.clone().step(-1), "none was gone to");
        assert!(hits.step(1) && hits.position() == Some((1, 3)));
        assert!(hits.step(2) && hits.position() == Some((3, 3)));
        assert!(!hits.step(1) && hits.position() == Some((3, 3)));
        hits.enter(End::First);
        assert!(!hits.step(-1) && hits.step(1) && hits.position() == Some((2, 3)));
    }
}
