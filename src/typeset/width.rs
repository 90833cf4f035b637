//! How many cells text takes.

mod ambiguous;
mod around;
mod stand_in;

use ambiguous::is_ambiguous;
pub use around::{Cut, cut_around};
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How wide the terminal draws characters of East Asian Width "ambiguous" (`“ ” — … · ① ℃ α Я`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Ambiguous {
    /// One cell: nearly every terminal.
    #[default]
    Narrow,
    /// Two cells: terminals set up for CJK (`xterm -cjk_width`, `mlterm --ac=2`, a profile option of VTE).
    Wide,
    /// One cell, because none is drawn: what writes the cells puts a [stand-in](stand_in) in the place of each. For
    /// tmux or screen in a terminal of the wide kind: these count one cell, the terminal draws two, and whatever is
    /// written, rows get out of place.
    Avoided,
}

/// The cells that a text takes, grapheme by grapheme.
pub fn of(text: &str, ambiguous: Ambiguous) -> usize {
    if text.is_ascii() {
        return text.bytes().filter(|b| !b.is_ascii_control()).count();
    }
    clusters(text, ambiguous).map(|(_, cells)| cells).sum()
}

/// The cells that a text takes where ambiguous characters are narrow, and how many more where they are wide.
pub(super) fn both(text: &str) -> (usize, usize) {
    if text.is_ascii() {
        return (of(text, Ambiguous::Narrow), 0);
    }
    let widths =
        clusters(text, Ambiguous::Narrow).map(|(cluster, cells)| (cells, usize::from(widens(cluster))));
    widths.fold((0, 0), |(narrow, extra), (cells, more)| (narrow + cells, extra + more))
}

/// A text cut to at most `cells` cells, at a grapheme, with `…` at its end when something was cut. The result
/// is never wider than `cells`, also at 0 and 1.
pub fn cut(text: &str, cells: usize, ambiguous: Ambiguous) -> Cow<'_, str> {
    // In ASCII alone a byte is a cell, and most labels are short: only the long ones are walked.
    if of(text, ambiguous) <= cells {
        return Cow::Borrowed(text);
    }
    let ellipsis = of("…", ambiguous);
    let Some(room) = cells.checked_sub(ellipsis) else { return Cow::Borrowed("") };
    let mut kept = String::with_capacity(text.len().min(room * 3 + ellipsis));
    let mut used = 0;
    for (cluster, width) in clusters(text, ambiguous) {
        used += width;
        if used > room {
            break;
        }
        kept.push_str(cluster);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    Cow::Owned(kept)
}

/// The grapheme clusters of a text as they are to be shown, each with its cells. Of an emoji sequence only the
/// base character is shown: terminals draw the whole of it one to eight cells wide.
pub fn clusters(text: &str, ambiguous: Ambiguous) -> impl Iterator<Item = (&str, usize)> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let cluster = first_cluster(rest)?;
        rest = rest.strip_prefix(cluster)?;
        let shown = base(cluster);
        Some((shown, cluster_width(shown, ambiguous)))
    })
}

/// A cluster up to the first character that only varies an emoji or joins another to it.
fn base(cluster: &str) -> &str {
    let pictured = cluster.starts_with(is_pictograph);
    let varies = |c: char| {
        matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}')
            || (pictured && c == '\u{200d}')
    };
    let end = cluster.char_indices().skip(1).find(|(_, c)| varies(*c)).map(|(at, _)| at);
    end.and_then(|end| cluster.get(..end)).unwrap_or(cluster)
}

/// Symbols and pictures that emoji sequences start with.
pub(super) fn is_pictograph(c: char) -> bool {
    matches!(c, '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

/// Segmentation proper is slow; between two characters that never combine there is always a boundary.
fn first_cluster(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    let first = chars.next()?;
    if is_lone(first) && chars.next().is_none_or(is_lone) {
        return text.get(..first.len_utf8());
    }
    text.graphemes(true).next()
}

/// Printing ASCII, Hanzi, kana without voicing marks, full-width forms and general punctuation: nothing here
/// joins its neighbour in a cluster (UAX #29).
fn is_lone(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{2010}'..='\u{2027}' | '\u{3000}'..='\u{3029}' | '\u{3041}'..='\u{3096}'
        | '\u{30a0}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}')
}

fn cluster_width(cluster: &str, ambiguous: Ambiguous) -> usize {
    let mut chars = cluster.chars();
    let Some(first) = chars.next() else { return 0 };
    let narrow = if chars.next().is_none() {
        first.width().unwrap_or(0)
    } else {
        // Few terminals know the signs that are narrower together (Khmer): the others draw each for itself.
        let apart = cluster.chars().filter_map(UnicodeWidthChar::width).sum();
        UnicodeWidthStr::width(cluster).max(apart)
    };
    narrow + usize::from(ambiguous == Ambiguous::Wide && widens(cluster))
}

/// What is drawn for a cluster where ambiguous characters are avoided; `None` for those that are not ambiguous.
pub fn stand_in(cluster: &str) -> Option<char> {
    cluster.chars().next().filter(|_| widens(cluster)).map(stand_in::of)
}

/// Whether a cluster takes one cell more where ambiguous characters are wide.
fn widens(cluster: &str) -> bool {
    cluster.chars().next().is_some_and(|first| first.width() == Some(1) && is_ambiguous(first))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths_by_kind_of_terminal() {
        for (text, narrow, wide) in [
            ("小米", 4, 4),
            ("“好”", 4, 6),
            ("——……", 4, 8),
            ("αЯé", 3, 6),
            ("e\u{301}", 1, 1),
            ("が\u{3099}", 2, 2),
            ("👨\u{200d}👩", 2, 2),
            ("👍\u{1f3fd}", 2, 2),
            ("1\u{fe0f}\u{20e3}", 1, 1),
            ("🇨🇳", 2, 2),
            ("100℃", 4, 5),
            ("①", 1, 2),
            ("\u{1781}\u{17d2}\u{1798}\u{17c2}", 3, 3),
            ("", 0, 0),
        ] {
            assert_eq!((of(text, Ambiguous::Narrow), of(text, Ambiguous::Wide)), (narrow, wide), "{text}");
        }
    }

    #[test]
    fn cutting_ends_in_an_ellipsis_and_fits() {
        for (text, cells, expected) in [
            ("小米金融", 8, "小米金融"),
            ("小米金融", 7, "小米金…"),
            ("小米金融", 6, "小米…"),
            ("小米", 1, "…"),
            ("👨\u{200d}👩\u{200d}👧一家", 5, "👨一…"),
            ("小米", 0, ""),
            ("a b c", 3, "a…"),
        ] {
            assert_eq!(cut(text, cells, Ambiguous::Narrow), expected, "{text} at {cells}");
        }
        assert_eq!(cut("小米", 1, Ambiguous::Wide), "");
        assert_eq!(cut("小米", 3, Ambiguous::Wide), "…");
    }

    proptest! {
        #[test]
        fn a_cut_is_never_too_wide(text in "\\PC*", cells in 0usize..30) {
            for ambiguous in [Ambiguous::Narrow, Ambiguous::Wide, Ambiguous::Avoided] {
                prop_assert!(of(&cut(&text, cells, ambiguous), ambiguous) <= cells);
            }
        }

        #[test]
        fn the_short_way_finds_the_same_clusters(text in "[a-z，。“”—…一-龥\u{300}-\u{304}\u{3099}가-힣\u{200d}👨🇨]*") {
            let clusters: Vec<_> = clusters(&text, Ambiguous::Narrow).map(|(c, _)| c).collect();
            prop_assert_eq!(clusters, text.graphemes(true).map(base).collect::<Vec<_>>());
        }
    }
}
