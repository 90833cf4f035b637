//! What was found in the open article.

mod search;

use crate::post::StockCode;
use crate::query::Terms;
use crate::typeset::Page;
use search::find_all;
use std::ops::Range;

/// What is looked for on a page, and the places where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    sought: Vec<Terms>,
    purpose: Purpose,
    found: Vec<Hit>,
    current: usize,
    /// Whether the current hit was gone to; an article that was found is read from its beginning.
    seen: bool,
}

/// Why something is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Purpose {
    /// The article was found by it.
    #[default]
    Search,
    /// This text was typed to be found in the article alone.
    Typed(String),
    /// The article names these stocks, each of which is one of what is sought.
    Stocks(Vec<StockCode>),
}

/// From which side hits are come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum End {
    First,
    Last,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Hit {
    /// The bytes of each line that it stands on. A hit that is broken over lines has several.
    parts: Vec<(usize, Range<usize>)>,
    /// Which of what is sought it is.
    of: usize,
}

impl Hits {
    /// Finds a text on a page, also where a line is broken within it; letters match in either case. The first
    /// hit on or below `from`, a line, becomes the current one, else the first of all.
    pub(crate) fn find(page: &Page, needle: &str, from: usize) -> Self {
        if needle.is_empty() {
            return Self::default();
        }
        let hits = Self::local(page, vec![Terms::word(needle)], Purpose::Typed(needle.to_owned()), from);
        Self { seen: true, ..hits }
    }

    /// Finds the mentions of stocks on a page. Stepping begins at `from`, a line.
    pub(crate) fn mentions(page: &Page, stocks: &[StockCode], from: usize) -> Self {
        let sought = stocks.iter().map(Terms::stock).collect();
        Self::local(page, sought, Purpose::Stocks(stocks.to_vec()), from)
    }

    fn local(page: &Page, sought: Vec<Terms>, purpose: Purpose, from: usize) -> Self {
        let mut hits = Self { sought, purpose, ..Self::default() }.again(page);
        hits.current = hits.found.iter().position(|hit| hit.first_line() >= from).unwrap_or(0);
        hits
    }

    /// What an article was found by, to be marked as soon as it has a page.
    pub(crate) fn of(terms: Terms) -> Self {
        Self { sought: vec![terms], ..Self::default() }
    }

    /// The same on the article's page at another width; the same hit stays the current one.
    pub(crate) fn again(&self, page: &Page) -> Self {
        let is_empty = self.sought.iter().all(Terms::is_empty);
        let found = if is_empty { Vec::new() } else { find_all(page, &self.sought) };
        Self { found, ..self.clone() }
    }

    /// The text that was typed to be looked for here; empty if none was.
    pub fn needle(&self) -> &str {
        if let Purpose::Typed(needle) = &self.purpose { needle } else { "" }
    }

    /// The stock that the current hit names, where mentions of stocks are looked for.
    pub(crate) fn stock(&self) -> Option<&StockCode> {
        let Purpose::Stocks(stocks) = &self.purpose else { return None };
        stocks.get(self.found.get(self.current)?.of)
    }

    /// Whether mentions of stocks are looked for.
    pub(crate) fn are_mentions(&self) -> bool {
        matches!(self.purpose, Purpose::Stocks(_))
    }

    /// Whether something is looked for in this article alone.
    pub(crate) fn are_local(&self) -> bool {
        self.purpose != Purpose::Search
    }

    /// Whether there is any.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The number of the current hit, from 1, and how many there are.
    pub fn position(&self) -> Option<(usize, usize)> {
        (!self.is_empty()).then_some((self.current + 1, self.found.len()))
    }

    /// The bytes of a line that belong to hits, from left to right, and whether to the current one.
    pub fn on_line(&self, line: usize) -> impl Iterator<Item = (Range<usize>, bool)> + '_ {
        let first = self.found.partition_point(|hit| hit.last_line() < line);
        let hits =
            self.found.iter().enumerate().skip(first).take_while(move |(_, hit)| hit.first_line() <= line);
        hits.flat_map(move |(index, hit)| {
            let parts = hit.parts.iter().filter(move |(at, _)| *at == line);
            parts.map(move |(_, bytes)| (bytes.clone(), index == self.current))
        })
    }

    /// Whether these are the hits of what an article was found by.
    pub(crate) fn are_of(&self, terms: &Terms) -> bool {
        !self.are_local() && self.sought.first() == Some(terms)
    }

    /// Goes on by so many hits: of what is looked for here alone around the end, else as far as there are any. Returns
    /// whether there was a hit to go to.
    pub(crate) fn step(&mut self, step: isize) -> bool {
        // The current one is the next one, if none was gone to.
        let from = self.current.cast_signed() - isize::from(!self.seen && step > 0);
        let (next, count) = (from.saturating_add(step), self.found.len().cast_signed());
        let next = if self.are_local() && count > 0 { next.rem_euclid(count) } else { next };
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
        self.found.get(self.current).map(Hit::first_line)
    }
}

impl Hit {
    fn first_line(&self) -> usize {
        self.parts.first().map_or(0, |(line, _)| *line)
    }

    fn last_line(&self) -> usize {
        self.parts.last().map_or(0, |(line, _)| *line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::{Body, Market, Markup, Timestamp};
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
            let hits = Hits::of(terms.clone()).again(&page("央行昨天全面降了准。\n\n降\n\n准，降准", width));
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
        let mut hits = Hits::of(terms.clone()).again(&page("甲乙甲丙乙", 40));
        assert_eq!(hits.position(), Some((1, 3)), "a hit within another is none");
        assert!(!hits.clone().step(-1), "none was gone to");
        assert!(hits.step(1) && hits.position() == Some((1, 3)));
        assert!(hits.step(2) && hits.position() == Some((3, 3)));
        assert!(!hits.step(1) && hits.position() == Some((3, 3)));
        hits.enter(End::First);
        assert!(!hits.step(-1) && hits.step(1) && hits.position() == Some((2, 3)));
    }

    #[test]
    fn mentions_of_stocks_are_gone_through_from_where_the_reader_is_around_the_end() {
        let stock =
            |market, code: &str, name: &str| StockCode { market, code: code.into(), name: Some(name.into()) };
        let stocks = [
            stock(Market::SHANGHAI, "600519", "茅台"),
            stock(Market::SHANGHAI, "600999", "贵州茅台酒"),
            stock(Market(106), "NIO", "蔚来"),
        ];
        let page = page("茅台涨。\n\n贵州茅台酒，\n\n蔚来(NIO.US)。\n\n600519", 40);
        let walk = |from: usize, steps: &[isize]| -> Vec<(String, usize)> {
            let mut hits = Hits::mentions(&page, &stocks, from);
            let step = |step: &isize| {
                assert!(hits.step(*step));
                (hits.stock().unwrap().code.to_string(), hits.position().unwrap().0)
            };
            steps.iter().map(step).collect()
        };
        let expected = [("600519", 1), ("600999", 2), ("NIO", 3), ("NIO", 4), ("600519", 5), ("600519", 1)];
        assert_eq!(walk(0, &[1; 6]), expected.map(|(code, hit)| (code.to_owned(), hit)));
        assert_eq!(walk(0, &[-1]), [("600519".to_owned(), 5)]);
        assert_eq!(walk(1, &[1, -1]), [("600999".to_owned(), 2), ("600519".to_owned(), 1)]);
        assert_eq!(walk(1, &[-1]), [("600519".to_owned(), 1)], "the one above");
        assert!(Hits::mentions(&page, &[], 0).is_empty());
    }
}
