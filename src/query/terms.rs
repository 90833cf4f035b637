//! What is marked in the texts that a query finds.

use super::{Facet, Pattern, Query, Symbol, Term, fold, fold_char};
use crate::post::StockCode;
use memchr::memmem;
use std::ops::Range;

/// Words, phrases, patterns and stocks that are looked for in a text, to be marked there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    words: Vec<Word>,
    patterns: Vec<Pattern>,
    stocks: Vec<Symbol>,
    /// The names and codes of the stocks, folded. No ASCII letter or digit stands beside them: `NIO` is not in `union`.
    names: Vec<String>,
}

/// A word or phrase: for each of its characters those that may stand there in a folded text. It has one at least.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word(Vec<Vec<char>>);

/// A shorter name or code stands everywhere.
const SHORTEST_NAME: usize = 2;

impl Terms {
    /// A word or phrase alone, compared as by [`fold`]; no term if it is empty.
    pub fn word(text: &str) -> Self {
        Self { words: Word::new(&text.into()).into_iter().collect(), ..Self::default() }
    }

    /// The name and the code of a stock alone.
    pub fn stock(stock: &StockCode) -> Self {
        let mut terms = Self::default();
        terms.add_stock(Symbol::of(stock), stock.name.as_deref());
        terms
    }

    /// Adds a stock: its code, in the ways in which texts write it, and a name.
    pub fn add_stock(&mut self, symbol: Symbol, name: Option<&str>) {
        for name in symbol.ways().into_iter().chain(name.map(fold)) {
            if name.chars().nth(SHORTEST_NAME - 1).is_some() && !self.names.contains(&name) {
                self.names.push(name);
            }
        }
        if !self.stocks.contains(&symbol) {
            self.stocks.push(symbol);
        }
    }

    /// The same with the names that a post gives the stocks among them.
    #[must_use]
    pub fn as_named_in(&self, codes: &[StockCode]) -> Self {
        let mut terms = self.clone();
        for code in codes.iter().filter(|code| self.stocks.iter().any(|stock| stock.means(code))) {
            terms.add_stock(Symbol::of(code), code.name.as_deref());
        }
        terms
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.patterns.is_empty() && self.names.is_empty()
    }

    /// The places in a text, in bytes, from its beginning on. Terms that overlap are one place.
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        if self.is_empty() {
            return Vec::new();
        }
        unfolded(text, self.places_in_folded(&fold(text)))
    }

    /// The same for a text that is folded already.
    pub fn places_in_folded(&self, text: &str) -> Vec<Range<usize>> {
        let names =
            self.names.iter().flat_map(|name| occurrences(text, name)).filter(|name| is_alone(text, name));
        let of_pattern = |pattern: &Pattern| {
            let found = pattern.regex().find_iter(text).map(|found| found.range());
            found.filter(|place| !place.is_empty()).collect::<Vec<_>>()
        };
        let words = self.words.iter().flat_map(|word| word.places(text));
        merged(words.chain(names).chain(self.patterns.iter().flat_map(of_pattern)).collect())
    }

    /// Whether there is a word or a phrase among them.
    pub fn have_words(&self) -> bool {
        !self.words.is_empty()
    }
}

impl Word {
    fn new(term: &Term) -> Option<Self> {
        Some(Self(term.spellings())).filter(|word| !word.0.is_empty())
    }

    /// Its places in a folded text, from its beginning on.
    fn places(&self, text: &str) -> Vec<Range<usize>> {
        if self.0.iter().all(|place| place.len() == 1) {
            return occurrences(text, &self.0.concat().into_iter().collect::<String>()).collect();
        }
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let mut places: Vec<Range<usize>> = Vec::new();
        for window in chars.windows(self.0.len()) {
            let is_it = window.iter().zip(&self.0).all(|((_, c), place)| place.contains(c));
            if let (true, Some((start, _)), Some((last, c))) = (is_it, window.first(), window.last())
                && places.last().is_none_or(|place| place.end <= *start)
            {
                places.push(*start..last + c.len_utf8());
            }
        }
        places
    }
}

impl Query {
    /// The words, phrases and patterns that it wants in title or text, not those that it forbids.
    pub fn terms(&self) -> Terms {
        let words = self.words().into_iter().filter_map(Word::new).collect();
        Terms { words, patterns: self.patterns().into_iter().cloned().collect(), ..Terms::default() }
    }

    /// The words and phrases among them.
    pub fn words(&self) -> Vec<&Term> {
        match self {
            Self::Text(term) | Self::Title(term) => vec![term],
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(Self::words).collect(),
            _ => Vec::new(),
        }
    }

    fn patterns(&self) -> Vec<&Pattern> {
        match self {
            Self::Pattern(pattern) => vec![pattern],
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(Self::patterns).collect(),
            _ => Vec::new(),
        }
    }

    /// Its parts that want stocks or boards, [`Query::Code`] and [`Query::Like`].
    pub fn stocks(&self) -> Vec<&Self> {
        match self {
            Self::Code(_) | Self::Like(Facet::Stock, _) => vec![self],
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(Self::stocks).collect(),
            _ => Vec::new(),
        }
    }
}

/// The places of a word in a text, from its beginning on.
fn occurrences(text: &str, word: &str) -> impl Iterator<Item = Range<usize>> {
    let places: Vec<usize> = memmem::find_iter(text.as_bytes(), word.as_bytes()).collect();
    let length = word.len();
    places.into_iter().map(move |at| at..at + length)
}

/// Whether what stands at a place is no part of a longer word or number.
fn is_alone(text: &str, place: &Range<usize>) -> bool {
    let goes_on = |one: Option<&u8>, other: Option<&u8>| {
        one.zip(other)
            .is_some_and(|(one, other)| one.is_ascii_alphanumeric() && other.is_ascii_alphanumeric())
    };
    let at = |byte: Option<usize>| text.as_bytes().get(byte?);
    let (first, last) = (at(Some(place.start)), at(place.end.checked_sub(1)));
    !goes_on(at(place.start.checked_sub(1)), first) && !goes_on(last, at(Some(place.end)))
}

/// Places in their order, with those that overlap made one.
pub fn merged(mut places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    places.sort_unstable_by_key(|place| place.start);
    places.dedup_by(|next, kept| {
        let overlap = next.start < kept.end;
        if overlap {
            kept.end = kept.end.max(next.end);
        }
        overlap
    });
    places
}

/// The places in a text that ascending ones in the same text folded are.
fn unfolded(text: &str, places: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let mut chars = text.chars();
    let (mut here, mut folded) = (0, 0);
    let mut place = |wanted: usize| {
        while folded < wanted
            && let Some(c) = chars.next()
        {
            here += c.len_utf8();
            folded += fold_char(c).len_utf8();
        }
        here
    };
    places.into_iter().map(|range| place(range.start)..place(range.end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::post::{Market, Timestamp};
    use crate::query::parse;
    use proptest::prelude::*;

    fn terms(query: &str) -> Terms {
        parse(query, Timestamp::new(0, 0).unwrap()).unwrap().terms()
    }

    fn found<'t>(query: &str, text: &'t str) -> Vec<&'t str> {
        terms(query).places(text).into_iter().map(|place| text.get(place).unwrap()).collect()
    }

    #[test]
    fn what_a_query_wants_is_found_and_what_it_forbids_is_not() {
        for (query, text, places) in [
            ("甲", "甲乙甲", &["甲", "甲"][..]),
            ("乙 甲", "甲丙乙", &["甲", "乙"]),
            ("甲 -乙 title:丙", "甲乙丙", &["甲", "丙"]),
            ("甲 | (乙 丙)", "甲乙丙", &["甲", "乙", "丙"]),
            ("\"a b\"", "A  b a B", &["a B"]),
            ("etf", "ＥＴＦ与Etf", &["ＥＴＦ", "Etf"]),
            ("證券", "证券時報、證券", &["证券", "證券"]),
            ("~二〇二二年 ~百", "２０２２年，二零二二年，百佰", &["２０２２年", "二零二二年", "百", "佰"]),
            ("~百百", "百佰佰佰百", &["百佰", "佰佰"]),
            ("/降.{0,2}准/", "全面降 准，降息", &["降 准"]),
            ("/x*/", "axxb", &["xx"]),
            ("/甲$/", "甲乙\n乙甲\n丙", &["甲"]),
            ("-甲", "甲", &[]),
            ("source:甲 tag:甲 is:unread", "甲", &[]),
            ("", "甲", &[]),
        ] {
            assert_eq!(found(query, text), places, "{query}");
        }
        assert!(terms("-甲 code:600519").is_empty() && Terms::word("").is_empty());
    }

    #[test]
    fn stocks_are_found_by_name_and_code() {
        let stock = |market, code: &str, name: &str| {
            Terms::stock(&StockCode { market, code: code.into(), name: Some(name.into()) })
        };
        let found = |terms: &Terms, text: &str| -> Vec<String> {
            terms.places(text).into_iter().map(|place| text.get(place).unwrap().to_owned()).collect()
        };
        let maotai = stock(Market::SHANGHAI, "600519", "贵州茅台");
        let text = "贵州茅台(600519.SH)，SH600519；6005190、A600519与茅台";
        assert_eq!(found(&maotai, text), ["贵州茅台", "600519.SH", "SH600519"]);
        let nio = stock(Market(106), "NIO", "蔚来");
        assert_eq!(found(&nio, "Union、蔚来NIO涨，nio-9"), ["蔚来", "NIO", "nio"]);
        assert_eq!(
            found(&stock(Market::HONG_KONG, "00700", "腾讯"), "腾讯(0700.HK)、1700.HK"),
            ["腾讯", "0700.HK"]
        );
        assert_eq!(found(&stock(Market(106), "F", "F"), "F and f"), [""; 0], "no name is so short");

        let post =
            [StockCode { market: Market::SHANGHAI, code: "600519".into(), name: Some("茅台".into()) }];
        assert_eq!(found(&maotai.as_named_in(&post), text), ["贵州茅台", "600519.SH", "SH600519", "茅台"]);
        assert_eq!(nio.as_named_in(&post), nio);
    }

    #[test]
    fn the_stocks_that_a_query_wants_are_its_parts() {
        let query = parse("甲 (code:600519 | code:茅台) -code:NIO", Timestamp::new(0, 0).unwrap()).unwrap();
        let parts: Vec<String> = query.stocks().iter().map(ToString::to_string).collect();
        assert_eq!(parts, ["code:600519", "code:茅台"]);
    }

    #[test]
    fn terms_that_overlap_are_one_place() {
        assert_eq!(found("甲乙 乙丙", "甲乙丙丁"), ["甲乙丙"]);
        assert_eq!(found("茅台 贵州茅台酒", "贵州茅台酒"), ["贵州茅台酒"]);
        assert_eq!(found("甲 乙", "甲乙"), ["甲", "乙"], "neighbours do not");
        assert_eq!(found("甲甲", "甲甲甲"), ["甲甲"]);
    }

    proptest! {
        #[test]
        fn places_are_those_of_the_text_itself(text in "[aＡａ甲乙İß　 \n👨]{0,30}", word in "[aＡ甲乙ß ]{1,3}") {
            let places = Terms::word(&word).places(&text);
            for place in &places {
                prop_assert!(fold(text.get(place.clone()).unwrap()).contains(&fold(&word)));
            }
            prop_assert!(places.is_sorted_by(|one, next| one.end <= next.start));
            prop_assert_eq!(places.is_empty(), !fold(&text).contains(&fold(&word)));
        }
    }
}
