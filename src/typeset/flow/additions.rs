//! What the setting adds to a text: it stands on the page and is no part of the article.

use super::{Flow, Run, Segment};
use crate::typeset::breaks::syllable_breaks;
use crate::typeset::style::{Mark, Style};
use std::borrow::Cow;

/// The blank half before `“`; it stays with the mark, as U+2007 allows no break.
pub(in crate::typeset) const OPENING_BLANK: char = '\u{2007}';
/// The blank half after `”`; it stays with the mark, as U+00A0 allows no break.
pub(in crate::typeset) const CLOSING_BLANK: char = '\u{a0}';
/// The marks that take one cell in a narrow terminal and two in a Chinese grid.
const HALVES: [char; 7] = ['“', '‘', '”', '’', '—', '…', '·'];
/// The share of letters, one ideograph to so many, up to which a text is set as Chinese.
const SHARE: usize = 10;

/// What the setting adds to a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting that a reader switches by itself")]
pub(in crate::typeset) struct Additions {
    /// A blank between Hanzi and Latin letters or digits.
    pub(in crate::typeset) autospace: bool,
    /// The second cell of narrow `“ ” ‘ ’ — … ·` in Chinese and Japanese.
    pub(in crate::typeset) full_width: bool,
    /// The number of a link behind its words.
    pub(in crate::typeset) link_numbers: bool,
    /// No text, but places where a line may break: within Korean words.
    pub(in crate::typeset) syllable_breaks: bool,
}

impl Additions {
    /// Whether nothing is added.
    pub(in crate::typeset) fn is_none(self) -> bool {
        self == Self::default()
    }
}

impl Flow {
    /// The flow with what the setting adds, which carries [`Mark::Added`]. `number` gives the number of a link.
    pub(in crate::typeset) fn with(
        &self,
        additions: Additions,
        number: impl Fn(usize) -> Option<usize>,
    ) -> Self {
        if additions.syllable_breaks {
            let rest = Additions { syllable_breaks: false, ..additions };
            return self.parted_at_syllables().with(rest, number);
        }
        let mut list = text_additions(&self.text, additions);
        if additions.link_numbers {
            list.extend(link_numbers(&self.runs, number));
            // Stable: a number stands before the blank at the same place.
            list.sort_by_key(|addition| (addition.at, addition.side));
        }
        if list.is_empty() {
            return self.clone();
        }
        let mut builder = Builder::default();
        let mut next = list.iter().peekable();
        let mut start = 0;
        for run in &self.runs {
            let here = |a: &&Addition| a.at < run.end || (a.at == run.end && a.side == Side::After);
            let mut done = start;
            while let Some(addition) = next.next_if(here) {
                builder.copy(self, done..addition.at, *run);
                done = addition.at;
                builder.add(addition, start, *run);
            }
            builder.copy(self, done..run.end, *run);
            start = run.end;
        }
        let ends = moved(&self.segments, &list);
        builder.finish(&ends)
    }

    fn parted_at_syllables(&self) -> Self {
        let mut ends = syllable_breaks(&self.text);
        ends.extend(self.segments.iter().map(|segment| segment.end as usize));
        ends.sort_unstable();
        Self { segments: Segment::all(&self.text, &ends), ..self.clone() }
    }
}

/// A text that comes into another at a byte.
#[derive(Clone, Debug)]
struct Addition {
    at: usize,
    side: Side,
    text: Cow<'static, str>,
}

/// What an addition belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    /// The character before.
    After,
    /// Neither: where a line breaks, it goes.
    Between,
    /// The character behind.
    Before,
}

/// In the order in which they stand in the text.
fn text_additions(text: &str, additions: Additions) -> Vec<Addition> {
    let full_width = additions.full_width && text.contains(HALVES) && is_ideographic(text);
    let mut list = Vec::new();
    if text.is_ascii() || !(full_width || additions.autospace) {
        return list;
    }
    let mut previous = ' ';
    for (at, c) in text.char_indices() {
        if is_combining(c) {
            continue;
        }
        let end = at + c.len_utf8();
        if additions.autospace && is_seam(previous, c) {
            list.push(Addition { at, side: Side::Between, text: " ".into() });
        }
        let is_letter = |c: char| c.is_ascii_alphanumeric();
        let half = match c {
            _ if !full_width => None,
            '’' if is_letter(previous) && text.get(end..).is_some_and(|t| t.starts_with(is_letter)) => None,
            '“' | '‘' => Some((at, Side::Before, OPENING_BLANK)),
            '”' | '’' | '·' => Some((end, Side::After, CLOSING_BLANK)),
            '—' | '…' => Some((end, Side::After, c)),
            _ => None,
        };
        list.extend(half.map(|(at, side, c)| Addition { at, side, text: c.to_string().into() }));
        previous = c;
    }
    list
}

/// The numbers of the links, each behind the last word of its link. The names of stocks have none: there are too
/// many of them, and all lead to the same site.
fn link_numbers(runs: &[Run], number: impl Fn(usize) -> Option<usize>) -> impl Iterator<Item = Addition> {
    let next = runs.iter().skip(1).map(|run| run.link).chain([None]);
    let ends = runs.iter().zip(next).filter(|(run, next)| run.link != *next && !run.style.has(Mark::Stock));
    ends.filter_map(move |(run, _)| {
        let text = format!("[{}]", number(run.link?)?);
        Some(Addition { at: run.end, side: Side::After, text: text.into() })
    })
}

/// The ends of the segments once everything is added.
fn moved(segments: &[Segment], additions: &[Addition]) -> Vec<usize> {
    let mut next = additions.iter().peekable();
    let mut added = 0;
    let moved = segments.iter().map(|segment| {
        let end = segment.end as usize;
        while let Some(a) = next.next_if(|a| a.at < end || (a.at == end && a.side != Side::Before)) {
            added += a.text.len();
        }
        end + added
    });
    moved.collect()
}

#[derive(Default)]
struct Builder {
    flow: Flow,
    bytes: usize,
    /// Where the blanks between Hanzi and Latin end.
    gaps: Vec<usize>,
}

impl Builder {
    fn copy(&mut self, source: &Flow, range: std::ops::Range<usize>, run: Run) {
        if let Some(text) = source.text.get(range).filter(|text| !text.is_empty()) {
            self.flow.text.push_str(text);
            self.flow.runs.push(Run { end: self.flow.text.len(), ..run });
        }
    }

    /// Adds a text within a run that begins at `start`; between two runs it has the look of neither.
    fn add(&mut self, addition: &Addition, start: usize, run: Run) {
        let outside = addition.side == Side::Between && addition.at == start;
        let (style, link) = if outside { (Style::of(run.style.role), None) } else { (run.style, run.link) };
        self.flow.text.push_str(&addition.text);
        let end = self.flow.text.len();
        self.bytes += addition.text.len();
        self.flow.runs.push(Run { end, style: style.with(Mark::Added), link });
        self.flow.added.push((end, self.bytes));
        if addition.side == Side::Between {
            self.gaps.push(end);
        }
    }

    fn finish(mut self, ends: &[usize]) -> Flow {
        self.flow.segments = Segment::all(&self.flow.text, ends);
        let mut gaps = self.gaps.iter().peekable();
        for segment in &mut self.flow.segments {
            let end = segment.end as usize;
            while gaps.next_if(|&&gap| gap < end).is_some() {}
            segment.squeezes = gaps.next_if(|&&gap| gap == end).is_some();
        }
        self.flow
    }
}

/// Whether Hanzi or kana meet Latin letters or digits between two characters.
pub(in crate::typeset) fn is_seam(one: char, other: char) -> bool {
    (is_ideograph(one) && is_latin(other)) || (is_latin(one) && is_ideograph(other))
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}'
        | '々' | '〇' | 'ー' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Letters of the scripts whose words have blanks between them, and digits.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || (matches!(c, '\u{c0}'..='\u{52f}') && c.is_alphabetic())
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Whether a text is Chinese or Japanese rather than words of another language with some Hanzi.
fn is_ideographic(text: &str) -> bool {
    let ideographs = text.chars().filter(|&c| is_ideograph(c)).count();
    let letters = text.chars().filter(|&c| c.is_alphabetic() && !is_ideograph(c)).count();
    ideographs * SHARE > letters
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const BOTH: Additions =
        Additions { autospace: true, full_width: true, link_numbers: false, syllable_breaks: false };

    /// What is shown, with `_` for blanks that were added.
    fn shown(text: &str, additions: Additions) -> String {
        let flow = Flow::new(text, Style::default());
        let spaced = flow.with(additions, |link| Some(link + 1));
        let pieces = spaced.pieces(0..spaced.text().len());
        let show = |(text, style, _): (&str, Style, _)| {
            if style.has(Mark::Added) && text.trim().is_empty() { "_".to_owned() } else { text.to_owned() }
        };
        pieces.map(show).collect()
    }

    #[test]
    fn a_blank_comes_between_hanzi_and_latin_where_there_is_none() {
        let autospace = Additions { autospace: true, ..Additions::default() };
        for (text, expected) in [
            ("使用Android系统", "使用_Android_系统"),
            ("使用 Android 系统", "使用 Android 系统"),
            ("2022年6月14日", "2022_年_6_月_14_日"),
            ("增长19.7%，达100℃左右", "增长_19.7%，达_100℃左右"),
            ("第一（A股）“B股”", "第一（A_股）“B_股”"),
            ("αβ与я，カナkana", "αβ_与_я，カナ_kana"),
            ("e\u{301}好", "e\u{301}_好"),
            ("삼성A주", "삼성A주"),
            ("only English", "only English"),
        ] {
            assert_eq!(shown(text, autospace), expected);
        }
    }

    #[test]
    fn narrow_punctuation_gets_its_second_cell_in_chinese() {
        let full_width = Additions { full_width: true, ..Additions::default() };
        for (text, expected) in [
            ("他说：“好。”我", "他说：_“好。”_我"),
            ("‘好’的", "_‘好’_的"),
            ("沉默——然后……", "沉默————然后…………"),
            ("史蒂夫·乔布斯", "史蒂夫·_乔布斯"),
            ("他说it’s好", "他说it’s好"),
            ("“It’s on” — he said 好", "“It’s on” — he said 好"),
            ("（好）", "（好）"),
        ] {
            assert_eq!(shown(text, full_width), expected);
        }
        assert_eq!(shown("用“A”吗", BOTH), "用_“A”_吗");
    }

    #[test]
    fn korean_words_are_parted_where_that_is_wanted() {
        let parts = |additions| -> Vec<String> {
            let flow = Flow::new("삼성전자가 A주를", Style::default()).with(additions, Some);
            let mut start = 0;
            let part =
                |end: usize| flow.text().get(std::mem::replace(&mut start, end)..end).unwrap().to_owned();
            flow.segments().iter().map(|segment| segment.end as usize).map(part).collect()
        };
        assert_eq!(parts(Additions::default()), ["삼성전자가 ", "A주를"]);
        let syllables = Additions { syllable_breaks: true, ..Additions::default() };
        assert_eq!(parts(syllables), ["삼", "성", "전", "자", "가 ", "A", "주", "를"]);
    }

    #[test]
    fn a_blank_at_the_edge_of_a_link_is_not_part_of_it() {
        let mut builder = super::super::FlowBuilder::default();
        builder.push("见", Style::default(), None);
        builder.push("Rust语言", Style::default(), Some(0));
        let flow = builder.finish();
        let spaced = flow.with(BOTH, |link| Some(link + 1));
        let pieces: Vec<_> =
            spaced.pieces(0..spaced.text().len()).map(|(text, _, link)| (text, link)).collect();
        let expected = [("见", None), (" ", None), ("Rust", Some(0)), (" ", Some(0)), ("语言", Some(0))];
        assert_eq!(pieces, expected);
    }

    proptest! {
        #[test]
        fn nothing_but_what_was_added_comes_in(
            texts in proptest::collection::vec("([一-龥ぁ-んa-z0-9 ，。“”‘’—…·\u{301}]|가|é|[$]){0,8}", 0..6),
            autospace: bool,
            full_width: bool,
            link_numbers: bool,
        ) {
            let mut builder = super::super::FlowBuilder::default();
            for (number, text) in texts.iter().enumerate() {
                builder.push(text, Style::default(), (number % 2 == 1).then_some(number));
            }
            let flow = builder.finish();
            let set = flow.with(Additions { autospace, full_width, link_numbers, syllable_breaks: false }, |link| Some(link + 1));
            let (mut at, mut kept) = (0, String::new());
            for (text, style, _) in set.pieces(0..set.text().len()) {
                if style.has(Mark::Added) {
                    prop_assert_eq!(set.source(at), kept.len());
                } else {
                    for (byte, _) in text.char_indices() {
                        prop_assert_eq!(set.source(at + byte), kept.len() + byte);
                    }
                    kept.push_str(text);
                }
                at += text.len();
            }
            prop_assert_eq!(at, set.text().len());
            prop_assert_eq!(&kept, flow.text());
            let ends: Vec<usize> = set.segments().iter().map(|s| set.source(s.end as usize)).collect();
            prop_assert_eq!(ends, flow.segments().iter().map(|s| s.end as usize).collect::<Vec<_>>());
        }
    }
}
