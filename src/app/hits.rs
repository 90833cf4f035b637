//! What was found in the open article.

use crate::query::{Term, fold_char};
use crate::typeset::{Line, Page};
use std::ops::Range;

/// Texts that are looked for on a page, and the places where they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    needles: Vec<Term>,
    /// Whether the text was typed for this article, and not for the list.
    typed: bool,
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
        let needles = if needle.is_empty() { Vec::new() } else { vec![needle.into()] };
        let mut hits = Self { needles, typed: true, seen: true, ..Self::default() }.again(page);
        hits.current = hits.found.iter().position(|hit| first_line(hit) >= from).unwrap_or(0);
        hits
    }

    /// The texts by which an article was found, to be marked as soon as it has a page.
    pub(crate) fn of(marks: &[Term]) -> Self {
        Self { needles: marks.to_vec(), ..Self::default() }
    }

    /// The same texts on the article's page at another width; the same hit stays the current one.
    pub(crate) fn again(&self, page: &Page) -> Self {
        let needles: Vec<Vec<Vec<char>>> = self.needles.iter().map(Term::spellings).collect();
        let found = if needles.is_empty() { Vec::new() } else { find_all(page, &needles) };
        Self { found, ..self.clone() }
    }

    /// The text that was typed to be looked for here; empty if none was.
    pub fn needle(&self) -> &str {
        self.needles.first().filter(|_| self.typed).map_or("", |needle| &needle.text)
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

    /// Whether these are the texts by which an article was found.
    pub(crate) fn are_of(&self, marks: &[Term]) -> bool {
        !self.typed && self.needles == marks
    }

    /// Goes on by so many hits: of a text that was typed here around the end, else as far as there are any. Returns
    /// whether there was a hit to go to.
    pub(crate) fn step(&mut self, step: isize) -> bool {
        // Before the first one, if none was gone to.
        let from = if self.seen { self.current.cast_signed() } else { -1 };
        let (next, count) = (from.saturating_add(step), self.found.len().cast_signed());
        let next = if self.typed && count > 0 { next.rem_euclid(count) } else { next };
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

fn find_all(page: &Page, needles: &[Vec<Vec<char>>]) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut lines = page.lines().enumerate().peekable();
    while let Some((_, first)) = lines.peek() {
        let block = first.place.block;
        let (mut letters, mut previous) = (Vec::new(), None);
        while let Some((number, line)) = lines.next_if(|(_, line)| line.place.block == block) {
            push_line(&mut letters, number, &line, previous.as_ref());
            previous = Some(line);
        }
        let mut found = Vec::new();
        for needle in needles.iter().filter(|needle| !needle.is_empty()) {
            find_in(&letters, needle, &mut found);
        }
        hits.extend(in_order(found));
    }
    hits
}

/// Hits in the order of the page, without those that begin within another.
fn in_order(mut hits: Vec<Hit>) -> Vec<Hit> {
    let start = |hit: &Hit| hit.first().map(|(line, bytes)| (*line, bytes.start));
    let end = |hit: &Hit| hit.last().map(|(line, bytes)| (*line, bytes.end));
    hits.sort_by_key(start);
    hits.dedup_by(|next, kept| start(next) < end(kept));
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

/// `needle` has for each of its characters those that may stand in its place.
fn find_in(letters: &[Letter], needle: &[Vec<char>], hits: &mut Vec<Hit>) {
    let mut rest = letters;
    while let Some(window) = rest.get(..needle.len()) {
        if window.iter().zip(needle).all(|(letter, place)| place.contains(&letter.folded)) {
            hits.push(join(window));
            rest = rest.get(needle.len()..).unwrap_or_default();
        } else {
            rest = rest.get(1..).unwrap_or_default();
        }
    }
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
    use crate::post::{Body, Markup};
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
    fn width_and_case_of_letters_do_not_count_nor_do_traditional_forms() {
        let page = page("ＥＴＦ与etf，證券与证券", 40);
        assert_eq!(found(&page, "ETF"), 2);
        assert_eq!((found(&page, "證券"), found(&page, "证券")), (2, 2));
    }

    #[test]
    fn marks_with_variants_are_found_in_all_of_them() {
        let page = page("二〇二二年、二零二二年、2022年、２０２２年、2023年", 40);
        let count = |mark: Term| Hits::of(&[mark]).again(&page).position().map_or(0, |(_, count)| count);
        assert_eq!(count("二〇二二年".into()), 1);
        assert_eq!(count(Term::with_variants("二〇二二年")), 4);
        assert_eq!(count(Term::with_variants("2")), 14);
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
    fn stepping_goes_around_both_ends() {
        let mut hits = Hits::find(&page("甲乙甲乙甲", 40), "甲", 0);
        assert!(hits.step(-1));
        assert_eq!(hits.position(), Some((3, 3)));
        assert!(hits.step(2));
        assert_eq!(hits.position(), Some((2, 3)));
    }

    #[test]
    fn the_words_that_an_article_was_found_by_are_stepped_through_once() {
        let marks = ["乙", "甲乙", "丙"].map(Term::from);
        let mut hits = Hits::of(&marks).again(&page("甲乙甲丙乙", 40));
        assert_eq!(hits.position(), Some((1, 3)), "a hit within another is none");
        assert!(!hits.clone().step(-1), "none was gone to");
        assert!(hits.step(1) && hits.position() == Some((1, 3)));
        assert!(hits.step(2) && hits.position() == Some((3, 3)));
        assert!(!hits.step(1) && hits.position() == Some((3, 3)));
        hits.enter(End::First);
        assert!(!hits.step(-1) && hits.step(1) && hits.position() == Some((2, 3)));
    }
}
