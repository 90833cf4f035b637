//! What is marked in the texts that a query finds.

use super::{Pattern, Query, fold, fold_char};
use memchr::memmem;
use std::ops::Range;

/// Words, phrases and patterns that are looked for in a text, to be marked there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Folded, none of them empty.
    words: Vec<String>,
    patterns: Vec<Pattern>,
}

impl Terms {
    /// A word or phrase alone, compared as by [`fold`]; no term if it is empty.
    pub fn word(text: &str) -> Self {
        let words = if text.is_empty() { Vec::new() } else { vec![fold(text)] };
        Self { words, ..Self::default() }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty() && self.patterns.is_empty()
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
        let of_word = |word: &String| {
            let length = word.len();
            memmem::find_iter(text.as_bytes(), word.as_bytes()).map(|at| at..at + length).collect::<Vec<_>>()
        };
        let of_pattern = |pattern: &Pattern| {
            let found = pattern.regex().find_iter(text).map(|found| found.range());
            found.filter(|place| !place.is_empty()).collect::<Vec<_>>()
        };
        let words = self.words.iter().flat_map(of_word);
        merged(words.chain(self.patterns.iter().flat_map(of_pattern)).collect())
    }

    fn add(&mut self, query: &Query) {
        match query {
            Query::Text(text) | Query::Title(text) if !text.is_empty() => self.words.push(fold(text)),
            Query::Pattern(pattern) => self.patterns.push(pattern.clone()),
            Query::And(parts) | Query::Or(parts) => parts.iter().for_each(|part| self.add(part)),
            _ => {}
        }
    }
}

impl Query {
    /// The words, phrases and patterns that it wants in title or text, not those that it forbids.
    pub fn terms(&self) -> Terms {
        let mut terms = Terms::default();
        terms.add(self);
        terms
    }
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
    use crate::post::Timestamp;
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
