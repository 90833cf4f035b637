//! A piece of a text around a place in it.

use super::{Ambiguous, base, cluster_width, first_cluster, of};
use crate::typeset::breaks::{never_last, segments};
use std::ops::Range;

/// What stands before the place gets one cell in so many.
const LEAD: usize = 5;
/// What ends a sentence or a part of one.
const STOPS: [char; 12] = ['。', '，', '；', '：', '！', '？', '.', ',', ';', ':', '!', '?'];

/// A piece of a text that fits into a row, cut between graphemes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// The bytes of the piece.
    pub bytes: Range<usize>,
    /// Whether something is left out before it, so that an ellipsis is to stand there.
    pub before: bool,
    /// The same after it.
    pub after: bool,
}

/// Cuts a text to at most so many cells, with room for the ellipses. The piece holds the beginning of a place, a
/// little of what stands before it, and what follows; where nothing more follows, more of what stands before. If it does
/// not begin with the place itself, it begins where a line may begin. `goes_on` says whether the text is a part of a
/// longer one that goes on before it and after it.
///
/// In less room than two ellipses and a grapheme take, there are no ellipses.
pub fn cut_around(
    text: &str,
    place: &Range<usize>,
    cells: usize,
    ambiguous: Ambiguous,
    goes_on: [bool; 2],
) -> Cut {
    let row = Row::new(text, cells, ambiguous, goes_on);
    let first = row.grapheme_at(place.start);
    let fits_before = |from: &usize| row.before(*from) + row.between(*from, first) <= cells / LEAD;
    let mut from = (0..first).find(fits_before).unwrap_or(first);
    while from > 0 && row.fits(from - 1, row.len()) {
        from -= 1;
    }
    if row.before(from) > 0 {
        from = row.beginning(text, from, first);
    }
    let to = (from..=row.len()).rev().find(|to| row.fits(from, *to)).unwrap_or(from);
    if to <= first && first < row.len() {
        let to = (first..=row.len()).rev().find(|to| row.between(first, *to) <= cells);
        return Cut { bytes: row.start(first)..row.start(to.unwrap_or(first)), before: false, after: false };
    }
    let (start, end) = (row.start(from), row.start(to));
    let after = row.after(to) > 0;
    let end = if after { row.start(first + 1).max(start + without_opening(text, start..end)) } else { end };
    Cut { bytes: start..end, before: row.before(from) > 0, after }
}

/// The length of a piece without what never ends a line, and blanks, at its end.
fn without_opening(text: &str, piece: Range<usize>) -> usize {
    text.get(piece).unwrap_or_default().trim_end_matches(|c: char| c == ' ' || never_last(c)).len()
}

/// The graphemes of a text that is to fit into a row.
struct Row {
    /// Where each begins, and the end of the text.
    starts: Vec<usize>,
    /// The cells that those before each take, and those that all take.
    sums: Vec<usize>,
    cells: usize,
    ellipsis: usize,
    goes_on: [bool; 2],
}

impl Row {
    fn new(text: &str, cells: usize, ambiguous: Ambiguous, goes_on: [bool; 2]) -> Self {
        let (mut starts, mut sums) = (vec![0], vec![0]);
        let (mut start, mut sum) = (0, 0);
        while let Some(cluster) = text.get(start..).and_then(first_cluster) {
            start += cluster.len();
            sum += cluster_width(base(cluster), ambiguous);
            starts.push(start);
            sums.push(sum);
        }
        Self { starts, sums, cells, ellipsis: of("…", ambiguous), goes_on }
    }

    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn grapheme_at(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).saturating_sub(1)
    }

    fn start(&self, grapheme: usize) -> usize {
        self.starts.get(grapheme).or(self.starts.last()).copied().unwrap_or_default()
    }

    /// The cells of some graphemes.
    fn between(&self, from: usize, to: usize) -> usize {
        let sum = |grapheme: usize| self.sums.get(grapheme).copied().unwrap_or_default();
        sum(to).saturating_sub(sum(from))
    }

    /// The cells of the ellipsis before a piece that begins here.
    fn before(&self, from: usize) -> usize {
        if from > 0 || self.goes_on[0] { self.ellipsis } else { 0 }
    }

    /// The cells of the ellipsis after a piece that ends here.
    fn after(&self, to: usize) -> usize {
        if to < self.len() || self.goes_on[1] { self.ellipsis } else { 0 }
    }

    fn fits(&self, from: usize, to: usize) -> bool {
        self.before(from) + self.between(from, to) + self.after(to) <= self.cells
    }

    /// A grapheme, from one on, that a line may begin with: one behind a stop if it is near, else the first. If there is none
    /// before another, that one.
    fn beginning(&self, text: &str, from: usize, latest: usize) -> usize {
        let start = self.start(from.saturating_sub(1));
        let part = text.get(start..self.start(latest + 1)).unwrap_or_default();
        let starts = segments(part).into_iter().map(|end| start + end);
        let mut fitting = starts.filter(|start| (self.start(from)..self.start(latest)).contains(start));
        let first = fitting.next();
        let is_near = |start: &usize| self.between(from, self.grapheme_at(*start)) <= self.cells / LEAD;
        let behind_stop =
            |start: &usize| text.get(..*start).is_some_and(|text| text.trim_end().ends_with(STOPS));
        let best = first.into_iter().chain(fitting).take_while(is_near).find(behind_stop);
        let chosen = best.or(first);
        chosen.map_or(latest, |start| self.grapheme_at(start))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    /// The piece around the first occurrence of a word.
    fn piece(text: &str, word: &str, cells: usize) -> String {
        let start = text.find(word).unwrap();
        shown(text, &cut_around(text, &(start..start + word.len()), cells, Ambiguous::Narrow, [false; 2]))
    }

    fn shown(text: &str, cut: &Cut) -> String {
        let ellipsis = |is_cut| if is_cut { "…" } else { "" };
        [ellipsis(cut.before), text.get(cut.bytes.clone()).unwrap(), ellipsis(cut.after)].concat()
    }

    #[test]
    fn a_piece_shows_the_place_with_a_little_before_it() {
        let text = "今年第一季度，央行宣布降准（五十个基点），市场反应平淡，成交清淡。";
        for (word, cells, expected) in [
            ("降准", 100, text),
            ("降准", 30, "…宣布降准（五十个基点），市场…"),
            ("降准", 20, "…布降准（五十个基点…"),
            // A bracket that opens does not end it, and a stop does not begin it.
            ("降准", 8, "…降准…"),
            ("央行", 20, "…央行宣布降准（五十…"),
            // Behind a stop it begins best.
            ("宣布", 40, "…央行宣布降准（五十个基点），市场反应平…"),
            ("今年", 10, "今年第一…"),
            ("清淡", 21, "…反应平淡，成交清淡。"),
            ("清淡", 20, "…应平淡，成交清淡。"),
            ("清淡", 4, "…清…"),
            ("清淡", 3, "清"),
            ("清淡", 1, ""),
        ] {
            assert_eq!(piece(text, word, cells), expected, "{word} at {cells}");
        }
    }

    #[test]
    fn words_of_letters_and_numbers_are_not_begun_in_the_middle() {
        let text = "The committee recommends that banks hold 4.5% more capital against such exposures.";
        for (word, cells, expected) in [
            ("hold", 50, "…banks hold 4.5% more capital against such exposu…"),
            ("capital", 44, "…4.5% more capital against such exposures."),
            ("apital", 20, "…capital against su…"),
            ("recommends", 60, "…committee recommends that banks hold 4.5% more capital aga…"),
        ] {
            assert_eq!(piece(text, word, cells), expected, "{word} at {cells}");
        }
    }

    #[test]
    fn graphemes_stay_whole_and_wide_terminals_have_wide_ellipses() {
        let text = "一家人👨\u{200d}👩\u{200d}👧和cafe\u{301}与“好”";
        for (cells, ambiguous, expected) in [
            (30, Ambiguous::Narrow, text),
            (11, Ambiguous::Narrow, "…👨\u{200d}👩\u{200d}👧和cafe\u{301}…"),
            (10, Ambiguous::Wide, "…👨\u{200d}👩\u{200d}👧和ca…"),
        ] {
            let start = text.find('👨').unwrap();
            let cut = cut_around(text, &(start..start + 4), cells, ambiguous, [false; 2]);
            assert_eq!(shown(text, &cut), expected, "{cells}");
        }
    }

    #[test]
    fn a_part_of_a_longer_text_has_ellipses_where_that_goes_on() {
        let cut = cut_around("甲乙丙", &(0..3), 10, Ambiguous::Narrow, [true, true]);
        assert_eq!(shown("甲乙丙", &cut), "…甲乙丙…");
        assert_eq!(cut_around("", &(0..0), 10, Ambiguous::Narrow, [false; 2]), Cut::default());
    }

    proptest! {
        #[test]
        fn a_piece_fits_and_holds_its_place_whole(
            text in "([a-z ]{1,8}|[一-龥，。“”（）…]{1,8}|\\PC|e\u{301}|👨\u{200d}👩|\u{200d}|🇨🇳){1,20}",
            place: prop::sample::Index,
            cells in 0usize..60,
            goes_on: [bool; 2],
        ) {
            let bounds: Vec<usize> = text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
            let at = place.index(bounds.len() - 1);
            for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide, Ambiguous::Avoided] {
                let cut = cut_around(&text, &(bounds[at]..bounds[at + 1]), cells, ambiguous, goes_on);
                let piece = shown(&text, &cut);
                prop_assert!(of(&piece, ambiguous) <= cells, "{piece:?}");
                prop_assert!(bounds.contains(&cut.bytes.start) && bounds.contains(&cut.bytes.end));
                let needed = of(text.get(bounds[at]..bounds[at + 1]).unwrap(), ambiguous);
                let is_whole = cut.bytes.start <= bounds[at] && bounds[at + 1] <= cut.bytes.end;
                prop_assert_eq!(is_whole, needed <= cells, "{:?}", cut);
                prop_assert!(cut.before || cut.bytes.start == 0 || cells < needed + 4);
            }
        }
    }
}
